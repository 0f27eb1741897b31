from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the table.
    atomic = False

    dependencies = [
        ('articles', '0011_feeds'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='article',
            index=models.Index(fields=['source', '-id'], name='article_of_source'),
        ),
        AddIndexConcurrently(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('state', 'awaiting_fetch')), fields=['host', 'id'], name='snapshot_to_fetch'),
        ),
        AddIndexConcurrently(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('state', 'awaiting_fetch')), fields=['feed', 'id'], name='snapshot_of_feed'),
        ),
    ]
