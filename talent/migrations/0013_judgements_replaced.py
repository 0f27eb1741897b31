"""A judgement says which later one took its place; editors part claims of two events."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0012_the_change_feed"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_verb",
        ),
        migrations.AddField(
            model_name="judgement",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaced",
                to="talent.judgement",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="verb",
            field=models.CharField(
                choices=[
                    ("accept", "accepted"),
                    ("reject", "rejected"),
                    ("correct", "corrected"),
                    ("split", "split"),
                    ("merge", "merged"),
                    ("part", "parted"),
                    ("judge", "judged"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("verb__in", ["accept", "reject", "correct", "split", "merge", "part", "judge"])),
                name="decision_verb",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by", None), models.Q(("undone_at", None), _negated=True), _connector="OR"
                ),
                name="judgement_replaced_stands_no_longer",
            ),
        ),
    ]
