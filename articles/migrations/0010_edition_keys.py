"""Keys for the addresses of what was stored before there were editions; `manage.py rebuild` numbers the versions."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from articles.addresses import key_of, same_site

BATCH = 1000


def give_keys(apps, schema_editor):
    article, snapshot = (apps.get_model('articles', name) for name in ('Article', 'Snapshot'))
    last = 0
    while rows := list(article.objects.filter(pk__gt=last).order_by('pk').only('address')[:BATCH]):
        for row in rows:
            row.address_key = key_of(row.address)
        article.objects.bulk_update(rows, ['address_key'])
        last = rows[-1].pk
    last = 0
    while rows := list(
        snapshot.objects.filter(pk__gt=last, article__isnull=False).order_by('pk').select_related('article')
        .only('address', 'final_address', 'article__address', 'article__address_key')[:BATCH]
    ):
        for row in rows:
            own, told = row.final_address or row.address, row.article.address
            # A page may have named another address of its own site; that was kept with the article alone.
            row.address_key = row.article.address_key if own.startswith('file:') or same_site(own, told) else key_of(own)
        snapshot.objects.bulk_update(rows, ['address_key'])
        last = rows[-1].pk


class Migration(migrations.Migration):
    # Each batch of its own: no row stays locked for long.
    atomic = False

    dependencies = [
        ('articles', '0009_edition_indexes'),
    ]

    operations = [
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        ValidateConstraint('article', 'article_version'),
    ]
