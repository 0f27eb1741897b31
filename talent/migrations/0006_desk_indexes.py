"""Indexes of the desk's queue, the open questions, and the lists of reviewed facts."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the tables.
    atomic = False

    dependencies = [
        ('talent', '0005_the_desk'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='claim',
            index=models.Index(condition=models.Q(('review', 'unreviewed')), fields=['-usefulness', '-id'], name='claim_queue'),
        ),
        AddIndexConcurrently(
            model_name='compensationreport',
            index=models.Index(condition=models.Q(('reviewed', True)), fields=['-sort_date', '-id'], name='compensation_reviewed'),
        ),
        AddIndexConcurrently(
            model_name='judgement',
            index=models.Index(condition=models.Q(('undone_at', None), ('user', None), ('verdict', 'unsure')), fields=['-id'], name='judgement_open'),
        ),
        AddIndexConcurrently(
            model_name='move',
            index=models.Index(condition=models.Q(('reviewed', True)), fields=['-sort_date', '-id'], name='move_reviewed'),
        ),
        AddIndexConcurrently(
            model_name='signal',
            index=models.Index(condition=models.Q(('reviewed', True)), fields=['-sort_date', '-id'], name='signal_reviewed'),
        ),
    ]
