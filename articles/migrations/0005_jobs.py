
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_article_list_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('warc', 'web archive'), ('mbox', 'mailbox'), ('export', 'export'), ('rebuild', 'rebuild')], max_length=20)),
                ('name', models.CharField(help_text='what is worked on, as the operator knows it', max_length=300)),
                ('address', models.CharField(blank=True, max_length=2000)),
                ('state', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('stopped', 'stopped')], default='running', max_length=10)),
                ('unit', models.CharField(max_length=20)),
                ('total', models.BigIntegerField(blank=True, null=True)),
                ('done', models.BigIntegerField(default=0)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('options', models.JSONField(blank=True, default=dict)),
                ('error', models.TextField(blank=True)),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('heartbeat_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='the last sign of life')),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Shard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('taken_until', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
                ('failed_for_good', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('number', models.PositiveIntegerField()),
                ('start', models.BigIntegerField()),
                ('end', models.BigIntegerField()),
                ('position', models.BigIntegerField()),
                ('within', models.BigIntegerField(default=0)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=10)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shards', to='articles.job')),
            ],
            options={
                'ordering': ['job', 'number'],
            },
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state', 'running')), fields=['id'], name='job_running'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'done', 'failed', 'stopped'])), name='job_state'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='job_finished'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('done__gte', 0)), name='job_done'),
        ),
        migrations.AddIndex(
            model_name='shard',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['job', 'number'], name='shard_waiting'),
        ),
        migrations.AddIndex(
            model_name='shard',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['updated_at'], name='shard_overdue'),
        ),
        migrations.AddIndex(
            model_name='shard',
            index=models.Index(condition=models.Q(('state', 'failed')), fields=['job', 'number'], name='shard_failed'),
        ),
        migrations.AddConstraint(
            model_name='shard',
            constraint=models.UniqueConstraint(fields=('job', 'number'), name='shard_once'),
        ),
        migrations.AddConstraint(
            model_name='shard',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'failed'])), name='shard_state'),
        ),
        migrations.AddConstraint(
            model_name='shard',
            constraint=models.CheckConstraint(condition=models.Q(('start__gte', 0), ('end__gte', models.F('start')), ('position__gte', models.F('start'))), name='shard_range'),
        ),
    ]
