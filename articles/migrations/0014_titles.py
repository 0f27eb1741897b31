"""Indexes by which words and Chinese characters in titles are found."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, TrigramExtension
from django.db import migrations, models

import articles.characters


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the table.
    atomic = False

    dependencies = [
        ("articles", "0013_entries_of_a_feed"),
    ]

    operations = [
        TrigramExtension(),
        AddIndexConcurrently(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower("title"), name="gin_trgm_ops"), name="article_title_trigram"),
        ),
        AddIndexConcurrently(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(articles.characters.Spaced(django.db.models.functions.text.Lower("title")), name="gin_trgm_ops"), condition=models.Q(articles.characters.HoldsChinese("title")), name="article_title_characters"),
        ),
    ]
