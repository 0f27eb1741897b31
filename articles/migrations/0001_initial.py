import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=120, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('site', 'site'), ('feed', 'feed'), ('upload', 'upload'), ('sample', 'sample written for this project')], default='site', max_length=10)),
                ('host', models.CharField(blank=True, max_length=255)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['site', 'feed', 'upload', 'sample'])), name='source_kind'), models.UniqueConstraint(condition=models.Q(('host', ''), _negated=True), fields=('host',), name='source_one_for_a_host')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('taken_until', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
                ('failed_for_good', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('address', models.CharField(help_text='canonical address, or file:NAME for an upload', max_length=2000)),
                ('title', models.TextField(blank=True)),
                ('author', models.TextField(blank=True)),
                ('publisher', models.TextField(blank=True)),
                ('language', models.CharField(max_length=12)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('modified_at', models.DateTimeField(blank=True, null=True)),
                ('retrieved_at', models.DateTimeField()),
                ('text', models.TextField()),
                ('content_hash', models.CharField(help_text='SHA-256 of the text', max_length=64, unique=True)),
                ('state', models.CharField(choices=[('awaiting_extraction', 'waiting to be read'), ('recorded', 'recorded'), ('failed', 'failed')], default='awaiting_extraction', max_length=24)),
                ('engine_version', models.CharField(blank=True, max_length=60)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='articles.source')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('taken_until', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
                ('failed_for_good', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('address', models.CharField(max_length=2000)),
                ('final_address', models.CharField(blank=True, max_length=2000)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('content_type', models.CharField(blank=True, max_length=200)),
                ('http_status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('headers', models.JSONField(blank=True, default=dict)),
                ('retrieved_at', models.DateTimeField(blank=True, null=True)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('sample', models.BooleanField(default=False, help_text='bundled with the project')),
                ('state', models.CharField(choices=[('awaiting_fetch', 'waiting to be fetched'), ('awaiting_parse', 'waiting to be parsed'), ('stored', 'stored'), ('failed', 'failed')], default='awaiting_fetch', max_length=24)),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='snapshots', to='articles.article')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['awaiting_fetch', 'awaiting_parse'])), fields=['state', 'updated_at'], name='snapshot_waiting'), models.Index(condition=models.Q(('state', 'failed')), fields=['id'], name='snapshot_failed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['awaiting_fetch', 'awaiting_parse', 'stored', 'failed'])), name='snapshot_state'), models.CheckConstraint(condition=models.Q(('sha256', ''), ('sha256__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='snapshot_hash'), models.UniqueConstraint(condition=models.Q(('sha256', ''), _negated=True), fields=('address', 'sha256'), name='snapshot_once'), models.UniqueConstraint(condition=models.Q(('sha256', '')), fields=('address',), name='snapshot_one_unfetched')],
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['address'], name='article_address'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['-published_at', '-id'], name='article_newest'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('state', 'awaiting_extraction')), fields=['updated_at'], name='article_waiting'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('state', 'failed')), fields=['id'], name='article_failed'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['awaiting_extraction', 'recorded', 'failed'])), name='article_state'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('content_hash__regex', '^[0-9a-f]{64}$')), name='article_hash'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='article_has_text'),
        ),
    ]
