"""Indexes of company names in their order and of the characters of Chinese names; quotes are found by their words."""

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

import articles.characters


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the tables.
    atomic = False

    dependencies = [
        ("talent", "0025_alerts"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="alias",
            index=models.Index(django.db.models.functions.comparison.Collate(django.db.models.functions.text.Lower("name"), "C"), "id", name="alias_company_by_name", condition=models.Q(("company__isnull", False))),
        ),
        AddIndexConcurrently(
            model_name="alias",
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(articles.characters.Spaced("key"), name="gin_trgm_ops"), name="alias_characters", condition=models.Q(("script", "Hani"))),
        ),
        RemoveIndexConcurrently(
            model_name="claim",
            name="claim_quote_trigram",
        ),
    ]
