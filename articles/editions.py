"""Editions: the texts that one address gave at different times are versions of one article.

Which text is which version follows from the addresses and the times of all sightings, never from the order in which
they came in. A sighting is a snapshot with its article: this address gave this text at that time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from articles import addresses
from articles.models import Article, Snapshot

Sighting = tuple[bool, datetime, str]
_NUMBERED = ("version_of", "version", "replaced_at")
_WAITING = ("state", "attempts", "taken_until", "error", "failed_for_good")


def place(snapshot: Snapshot, address: str, twins: Sequence[str] = ()) -> str:
    """The key of the article's address, kept with the snapshot together with those of the twins that the page names.

    An AMP or mobile page that does not point back is known by the page that points at it, whichever comes first.
    """
    own = addresses.key_of(address)
    named = {addresses.key_of(twin) for twin in twins if addresses.same_site(twin, address)} - {"", own}
    key = _pointed_at(own) or own
    if (snapshot.address_key, set(snapshot.twin_keys)) != (key, named):
        snapshot.address_key, snapshot.twin_keys = key, sorted(named)
        snapshot.save(update_fields=["address_key", "twin_keys", "updated_at"])
    if named and own:
        _take_over(named, key)
    return key


def _pointed_at(key: str) -> str:
    """The key of the page that names this one as its twin; "" where none does."""
    pages = Snapshot.objects.filter(twin_keys__contains=[key]).exclude(address_key__in=["", key]) if key else None
    return (pages and pages.order_by("address_key").values_list("address_key", flat=True).first()) or ""


def _take_over(twins: set[str], key: str) -> None:
    """What came in under the addresses of twins belongs to the page that names them."""
    if Snapshot.objects.filter(address_key__in=twins).update(address_key=key):
        moved = Article.objects.filter(address_key__in=twins)
        wait_again({key, *twins})
        moved.update(address_key=key)


def sighting(key: str, when: datetime, address: str) -> Sighting:
    """What sightings of one text are ordered by: a web address says more than a file, then the earlier one counts."""
    return key == "", when, address


def first_sighting(article: Article) -> Sighting:
    """The sighting that the article was described by."""
    return sighting(article.address_key, article.retrieved_at, article.address)


def move(article: Article, about: dict[str, Any]) -> None:
    """Describes a known text by an earlier sighting of it; it and the versions beside it wait to be read again."""
    wait_again({article.address_key, about["address_key"]} - {""}, article.pk)
    for name, value in about.items():
        setattr(article, name, value)
    article.version_of, article.version, article.replaced_at = None, 1, None
    article.save(update_fields=[*about, "version_of", "version", "replaced_at", "updated_at"])
    article.refresh_from_db(fields=_WAITING)


def note(article: Article, key: str) -> None:
    """A known text was seen once more: it is back where it had been replaced, and one story with others there."""
    if key == article.address_key:
        changes = article.replaced_at is not None
    else:
        at_key = Article.objects.filter(Q(address_key=key) | Q(snapshots__address_key=key))
        changes = bool(key) and at_key.exclude(pk=article.pk).exists()
    if changes:
        wait_again(set(), article.pk)
        article.refresh_from_db(fields=_WAITING)


def wait_again(keys: Iterable[str], *pks: int) -> None:
    """Has articles read anew; a worker that reads one just now loses its lease, for it may not know what changed."""
    wanted = Article.objects.filter(Q(address_key__in=keys) | Q(pk__in=pks)).exclude(state="discarded")
    wanted.update(
        state=Article.State.AWAITING_EXTRACTION, attempts=0, taken_until=None, error="", failed_for_good=False
    )


# ---------------------------------------------------------------- numbering


def beside(article: Article) -> set[int]:
    """Articles that any address gave at another time than this one: with it, they are one reporter's."""
    keys = set(article.snapshots.exclude(address_key="").values_list("address_key", flat=True))
    keys |= {article.address_key} - {""}
    if not keys:
        return set()
    at_home = Article.objects.filter(address_key__in=keys).values_list("pk", flat=True)
    seen = Snapshot.objects.filter(address_key__in=keys, article__isnull=False).values_list("article", flat=True)
    return (set(at_home) | set(seen)) - {article.pk}


def arrange(article: Article) -> list[int]:
    """Numbers the versions at the article's address; the ids of those, other than it, that count as another's now.

    The caller holds a transaction and the lock under which facts are settled.
    """
    if not article.address_key:
        return []
    versions = list(_versions_at(article.address_key))
    newest = max(versions, key=lambda row: (_last_seen(row), *_order(row)))
    times = sorted({row.retrieved_at for row in versions} | {_last_seen(row) for row in versions if row != newest})
    changed, moved = [], []
    for number, row in enumerate(versions, start=1):
        head = None if number == 1 else versions[0].pk
        replaced = None if row == newest else _next_after(times, _last_seen(row))
        if row.version_of_id != head and row.pk != article.pk:
            moved.append(row.pk)
        if (row.version_of_id, row.version, row.replaced_at) != (head, number, replaced):
            row.version_of_id, row.version, row.replaced_at = head, number, replaced
            changed.append(row)
    Article.objects.bulk_update(changed, _NUMBERED, batch_size=500)
    article.refresh_from_db(fields=_NUMBERED)
    return moved


def _versions_at(key: str) -> list[Any]:
    """The texts whose home this address is, in the order in which it gave them first."""
    fields = ("version_of", "version", "replaced_at", "retrieved_at", "content_hash")
    seen = Max("snapshots__checked_at", filter=Q(snapshots__address_key=key))
    rows = Article.objects.filter(address_key=key).annotate(seen=seen).only(*fields)
    return sorted(rows, key=_order)


def _order(row: Any) -> tuple[datetime, str]:
    return row.retrieved_at, row.content_hash


def _last_seen(row: Any) -> datetime:
    last: datetime = max(row.seen or row.retrieved_at, row.retrieved_at)
    return last


def _next_after(times: Sequence[datetime], moment: datetime) -> datetime:
    """When something else was seen first after that moment; the moment itself where an older text came back."""
    after = bisect_right(times, moment)
    return times[after] if after < len(times) else moment
