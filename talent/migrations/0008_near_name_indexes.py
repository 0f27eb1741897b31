"""Indexes of near names, of the companies that claims name, and of near companies."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the tables.
    atomic = False

    dependencies = [
        ('talent', '0007_near_names_and_merged_companies'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='claim',
            index=django.contrib.postgres.indexes.GinIndex(fields=['person_candidates'], name='claim_person_candidates'),
        ),
        AddIndexConcurrently(
            model_name='claim',
            index=django.contrib.postgres.indexes.GinIndex(fields=['company_keys'], name='claim_company_keys'),
        ),
        AddIndexConcurrently(
            model_name='company',
            index=models.Index(condition=models.Q(('stem', ''), _negated=True), fields=['stem'], name='company_stem'),
        ),
    ]
