"""The index of moves between two companies."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the table.
    atomic = False
    dependencies = [
        ("talent", "0028_tally_known_moves"),
    ]

    operations = [
        AddIndexConcurrently(
            "move", models.Index(fields=["origin", "destination", "-sort_date", "-id"], name="move_pair")
        ),
    ]
