import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the table.
    atomic = False

    dependencies = [
        ('articles', '0008_editions'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='article',
            index=models.Index(condition=models.Q(('address_key', ''), _negated=True), fields=['address_key'], name='article_key'),
        ),
        AddIndexConcurrently(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('address_key', ''), _negated=True), fields=['address_key'], name='snapshot_key'),
        ),
        AddIndexConcurrently(
            model_name='snapshot',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('twin_keys', []), _negated=True), fields=['twin_keys'], name='snapshot_twins'),
        ),
    ]
