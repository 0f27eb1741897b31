"""Tries to sign in are counted, for a quarter of an hour each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0014_events_know_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("tries", models.PositiveIntegerField()),
                ("since", models.DateTimeField(help_text="the first of the tries")),
            ],
            options={
                "verbose_name": "sign-in attempt",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["since"], name="sign_in_attempt_since")],
            },
        ),
    ]
