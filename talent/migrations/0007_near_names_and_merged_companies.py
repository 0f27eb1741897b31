"""What near names and near companies are found by, and which company is part of which by judgement.

The new columns of old rows are filled by ``manage.py rebuild``.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talent', '0006_desk_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='alias',
            name='borrowed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='claim',
            name='person_candidates',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='company',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='talent.company'),
        ),
        migrations.AddField(
            model_name='company',
            name='stem',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name='company',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='company_not_merged_into_itself'),
        ),
    ]
