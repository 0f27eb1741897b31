"""Review states with a version, what editors decided, and whether a fact is reviewed."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_article_list_index'),
        ('talent', '0004_note_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('accept', 'accepted'), ('reject', 'rejected'), ('correct', 'corrected'), ('split', 'split'), ('merge', 'merged'), ('judge', 'judged')], max_length=8)),
                ('reason', models.TextField(blank=True)),
                ('changes', models.JSONField(blank=True, default=list)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-id'],
                'permissions': [('use_desk', 'Can judge claims and questions at the desk')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='judgement',
            name='judgement_subject',
        ),
        migrations.AddField(
            model_name='claim',
            name='usefulness',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='claim',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='compensationreport',
            name='reviewed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='move',
            name='reviewed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='signal',
            name='reviewed',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='judgement',
            name='subject',
            field=models.CharField(choices=[('person', 'person'), ('company', 'company'), ('event', 'event')], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['person', 'company', 'event'])), name='judgement_subject'),
        ),
        migrations.AddField(
            model_name='decision',
            name='claim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='talent.claim'),
        ),
        migrations.AddField(
            model_name='decision',
            name='judgement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='talent.judgement'),
        ),
        migrations.AddField(
            model_name='decision',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['user', '-id'], name='decision_of_user'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=django.contrib.postgres.indexes.GinIndex(fields=['changes'], name='decision_changes'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('verb__in', ['accept', 'reject', 'correct', 'split', 'merge', 'judge'])), name='decision_verb'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim', None), _negated=True), models.Q(('judgement', None), _negated=True), _connector='OR'), name='decision_on_something'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(models.Q(('undone_at', None), _negated=True), models.Q(('undone_by', None), _negated=True)), _connector='OR'), name='decision_undone_by_somebody'),
        ),
    ]
