import articles.querysets
from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built and checked beside the running site, without a lock on the table.
    atomic = False

    dependencies = [
        ('articles', '0006_failures_by_cause'),
    ]

    operations = [
        ValidateConstraint(model_name='article', name='article_state'),
        ValidateConstraint(model_name='snapshot', name='snapshot_state'),
        AddIndexConcurrently(
            model_name='article',
            index=models.Index(condition=models.Q(('state', 'awaiting_extraction')), fields=['created_at'], name='article_waiting_since'),
        ),
        AddIndexConcurrently(
            model_name='article',
            index=models.Index(articles.querysets.Cause(), condition=models.Q(('state', 'failed')), name='article_cause'),
        ),
        AddIndexConcurrently(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('state__in', ['awaiting_fetch', 'awaiting_parse'])), fields=['state', 'created_at'], name='snapshot_waiting_since'),
        ),
        AddIndexConcurrently(
            model_name='snapshot',
            index=models.Index(articles.querysets.Cause(), condition=models.Q(('state', 'failed')), name='snapshot_cause'),
        ),
    ]
