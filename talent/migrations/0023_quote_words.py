"""The words of quotes, by which full text search finds them."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import talent.models.quotes


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0022_list_orders"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuoteWords",
            fields=[
                ("claim", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="quoted", serialize=False, to="talent.claim")),
                ("words", talent.models.quotes.WordsField()),
            ],
            options={
                "verbose_name_plural": "words of quotes",
                "ordering": ["-claim"],
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="quote_words")],
            },
        ),
    ]
