from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_jobs'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='article',
            name='article_state',
        ),
        migrations.RemoveConstraint(
            model_name='snapshot',
            name='snapshot_state',
        ),
        migrations.AlterField(
            model_name='article',
            name='state',
            field=models.CharField(choices=[('awaiting_extraction', 'waiting to be read'), ('recorded', 'recorded'), ('failed', 'failed'), ('discarded', 'discarded')], default='awaiting_extraction', max_length=24),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='state',
            field=models.CharField(choices=[('awaiting_fetch', 'waiting to be fetched'), ('awaiting_parse', 'waiting to be parsed'), ('stored', 'stored'), ('failed', 'failed'), ('discarded', 'discarded')], default='awaiting_fetch', max_length=24),
        ),
        AddConstraintNotValid(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['awaiting_extraction', 'recorded', 'failed', 'discarded'])), name='article_state'),
        ),
        AddConstraintNotValid(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['awaiting_fetch', 'awaiting_parse', 'stored', 'failed', 'discarded'])), name='snapshot_state'),
        ),
    ]
