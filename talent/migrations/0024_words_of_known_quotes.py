"""Cuts the quotes that are there already into words, a batch of claims at a time."""

from django.db import migrations

from talent.words import vector

BATCH = 1_000
WRITE = """
INSERT INTO talent_quotewords (claim_id, words)
SELECT given.id, given.words::tsvector FROM unnest(%s::bigint[], %s::text[]) AS given (id, words)
JOIN talent_claim AS claim ON claim.id = given.id
ON CONFLICT (claim_id) DO NOTHING
"""


def fill(apps, schema_editor):
    claims = apps.get_model("talent", "Claim").objects.order_by("pk").values_list("pk", "quote")
    after = 0
    while batch := list(claims.filter(pk__gt=after)[:BATCH]):
        pks, quotes = zip(*batch)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(WRITE, [list(pks), [vector(quote) for quote in quotes]])
        after = pks[-1]


class Migration(migrations.Migration):
    # Every batch is a transaction of its own: nothing is locked for long, and a run that was stopped goes on.
    atomic = False

    dependencies = [
        ("talent", "0023_quote_words"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
