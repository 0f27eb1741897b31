"""Stories and editions of many articles at once: what stands alone takes a handful of statements for all of them.

An article that copies none, and whose addresses gave no other text, is a story of its own and its only version. All
else goes the single way, so that there is one account of copies and versions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from typing import Any

from django.db.models import Q

from articles.editions import arrange
from articles.models import Article, Snapshot
from articles.stories import alike, fingerprint, join_story

# Signature and bands of a text, by the number of its article.
_Prints = dict[int, tuple[bytes, list[int]]]
_ALONE = {"original_id": None, "version_of_id": None, "version": 1, "replaced_at": None}


def arrange_together(articles: Sequence[Article]) -> set[int]:
    """Puts each article into its story and numbers its versions; the ids of others that this changed.

    The caller holds a transaction and the lock under which facts are settled.
    """
    prints = {article.pk: fingerprint(article.text) for article in articles}
    beside = _copies(prints) | _known_otherwise(articles) | _sharing_addresses(articles)
    _keep_alone([article for article in articles if article.pk not in beside], prints)
    moved = set[int]()
    for article in articles:
        if article.pk in beside:
            moved |= {*join_story(article), *arrange(article)}
    return moved


def _keep_alone(articles: Iterable[Article], prints: _Prints) -> None:
    changed = []
    for article in articles:
        for name, value in _ALONE.items():
            setattr(article, name, value)
        if (bytes(article.signature or b""), article.bands) != prints[article.pk]:
            article.signature, article.bands = prints[article.pk]
            changed.append(article)
    Article.objects.bulk_update(changed, ["signature", "bands"], batch_size=100)


def _copies(prints: _Prints) -> set[int]:
    """Those of the articles that are alike each other, or any other article."""
    by_band: dict[int, set[int]] = defaultdict(set)
    for pk, (_, bands) in prints.items():
        for band in bands:
            by_band[band].add(pk)
    pairs = {pair for pks in by_band.values() for pair in combinations(sorted(pks), 2)}
    found = {pk for pair in pairs if alike(prints[pair[0]][0], prints[pair[1]][0]) for pk in pair}
    if not by_band:
        return found
    others = Article.objects.filter(bands__overlap=list(by_band)).exclude(pk__in=prints).order_by()
    for signature, bands in others.values_list("signature", "bands"):
        near = set[int]().union(*(by_band.get(band, ()) for band in bands))
        found |= {pk for pk in near - found if alike(signature, prints[pk][0])}
    return found


def _known_otherwise(articles: Sequence[Article]) -> set[int]:
    """Those of the articles that are known as part of a story, as one of several versions, or by another address."""
    keys = {article.pk: article.address_key for article in articles}
    rows: Any = Article.objects.filter(Q(pk__in=keys) | Q(original__in=keys) | Q(version_of__in=keys)).order_by()
    found = set(keys)
    followed = set[int]()
    for pk, key, *rest in rows.values_list("pk", "address_key", *_ALONE):
        followed |= {rest[0], rest[1]} - {None}
        if rest == list(_ALONE.values()) and keys.get(pk) == key:
            found.discard(pk)
    return found | (followed & keys.keys())


def _sharing_addresses(articles: Sequence[Article]) -> set[int]:
    """Those of the articles at an address that gave another text as well."""
    numbers = {article.pk for article in articles}
    snapshots = Snapshot.objects.exclude(address_key="").order_by()
    seen = snapshots.filter(article__in=numbers).values_list("address_key", flat=True)
    keys = {*seen, *(article.address_key for article in articles)} - {""}
    at: dict[str, set[int]] = defaultdict(set)
    homes = Article.objects.filter(address_key__in=keys).order_by().values_list("address_key", "pk")
    sightings = snapshots.filter(address_key__in=keys, article__isnull=False).values_list("address_key", "article")
    for key, pk in chain(homes, sightings):
        at[key].add(pk)
    return {pk for pks in at.values() if len(pks) > 1 for pk in pks & numbers}
