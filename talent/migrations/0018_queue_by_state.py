"""The desk's queue of every state of review by one index, in the order of usefulness."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("talent", "0017_rights_to_feeds"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="claim",
            index=models.Index(fields=["review", "-usefulness", "-id"], name="claim_queue_by_state"),
        ),
        RemoveIndexConcurrently(model_name="claim", name="claim_queue"),
    ]
