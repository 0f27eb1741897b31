"""Indexes of the lists of facts by number of reporters, and of moves by the field of work."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models

MOST_REPORTERS = ["-reporters", "-sort_date", "-id"]


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the tables.
    atomic = False
    dependencies = [
        ("talent", "0021_role_families"),
    ]

    operations = [
        ValidateConstraint(model_name="move", name="move_role"),
        AddIndexConcurrently("move", models.Index(fields=MOST_REPORTERS, name="move_most_reporters")),
        AddIndexConcurrently(
            "move", models.Index(fields=["role_family", "-sort_date", "-id"], name="move_role_family")
        ),
        AddIndexConcurrently(
            "compensationreport", models.Index(fields=MOST_REPORTERS, name="compensation_most_reporters")
        ),
        AddIndexConcurrently("signal", models.Index(fields=MOST_REPORTERS, name="signal_most_reporters")),
    ]
