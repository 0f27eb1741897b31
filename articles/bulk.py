"""Many pages at once: the same rows that ``ingest.store`` writes page by page, in a handful of statements.

What is plain, a new text at an address that nothing else is known of, is inserted in batches. All else goes the
single way, so that there is one account of versions, twins and reposts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from articles import addresses, editions, ingest
from articles.models import Article, Snapshot, Source
from articles.parse import ParsedArticle

State = Snapshot.State


@dataclass(slots=True)
class Item:
    """A page that was parsed, or could not be: a snapshot that is not saved, and what was found in its bytes."""

    snapshot: Snapshot
    parsed: ParsedArticle | None = None


@dataclass(slots=True)
class Stored:
    """What a batch led to: numbers of articles that wait to be read, and how many were new or known."""

    waiting: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Placed:
    item: Item
    parsed: ParsedArticle
    address: str
    key: str
    content_hash: str


def store_many(items: Sequence[Item]) -> Stored:
    """Writes snapshots and articles of a batch, in the caller's transaction; safe to do twice.

    Snapshots without a parsed article are written as they are.
    """
    stored = Stored()
    fresh = _without_known(items, stored)
    placed = [_place(item, item.parsed) for item in fresh if item.parsed is not None]
    plain = _plain(placed)
    chosen = {id(each) for each in plain}
    others = [each for each in placed if id(each) not in chosen]
    try:
        with transaction.atomic():
            _insert(plain, stored)
    except IntegrityError:
        # Another worker wrote one of them meanwhile: who came second is told by the single way.
        others = placed
    for each in others:
        _store_one(each, stored)
    Snapshot.objects.bulk_create((item.snapshot for item in fresh if item.parsed is None), ignore_conflicts=True)
    return stored


def is_known(snapshot: Snapshot) -> bool:
    """Whether the address gave these bytes before, and no later: then there is nothing to parse."""
    earlier = {"retrieved_at__lte": snapshot.retrieved_at, "state": State.STORED}
    return Snapshot.objects.filter(address=snapshot.address, sha256=snapshot.sha256, **earlier).exists()


def _without_known(items: Sequence[Item], stored: Stored) -> list[Item]:
    """The pages whose bytes the address has not given before; what is known of the others is kept up."""
    rows = Snapshot.objects.filter(sha256__in={item.snapshot.sha256 for item in items}).select_related("article")
    known = {(row.address, row.sha256): row for row in rows}
    fresh: dict[tuple[str, str], Item] = {}
    for item in items:
        at = (item.snapshot.address, item.snapshot.sha256)
        if at in known:
            _seen_again(known[at], item, stored)
        elif at in fresh:
            _widen(fresh[at].snapshot, item.snapshot)
            stored.counts["known"] += 1
        else:
            fresh[at] = item
    return list(fresh.values())


def _seen_again(row: Snapshot, item: Item, stored: Stored) -> None:
    """The address gave the same bytes at another time: the first and the last count."""
    stored.counts["known"] += 1
    before = row.retrieved_at
    if not _widen(row, item.snapshot):
        return
    row.save(update_fields=["retrieved_at", "checked_at", "updated_at"])
    if row.article is None:
        return
    if item.parsed is not None and row.retrieved_at != before:
        ingest.store(item.parsed, row)
    else:
        editions.note(row.article, row.address_key)


def _widen(row: Snapshot, other: Snapshot) -> bool:
    """Takes the earlier of two first sightings and the later of two last ones; whether that changed anything."""
    first = min(filter(None, (row.retrieved_at, other.retrieved_at)))
    last = max(filter(None, (row.checked_at, other.checked_at)))
    changed = (first, last) != (row.retrieved_at, row.checked_at)
    row.retrieved_at, row.checked_at = first, last
    return changed


def _place(item: Item, parsed: ParsedArticle) -> _Placed:
    address = ingest.address_of(parsed, item.snapshot)
    return _Placed(item, parsed, address, addresses.key_of(address), ingest.hash_of(parsed.text))


def _plain(placed: Sequence[_Placed]) -> list[_Placed]:
    """New texts, once each, at addresses that are no other page's twin and name none."""
    times = Counter(each.content_hash for each in placed)
    known = set(Article.objects.filter(content_hash__in=times).values_list("content_hash", flat=True))
    keys = {each.key for each in placed if each.key}
    pointing = Snapshot.objects.filter(twin_keys__overlap=sorted(keys)).values_list("twin_keys", flat=True)
    twins = {key for row in pointing for key in row}
    twins |= {addresses.key_of(twin) for each in placed for twin in each.parsed.twins}
    return [
        each
        for each in placed
        if times[each.content_hash] == 1
        and each.content_hash not in known
        and not each.parsed.twins
        and each.key not in twins - {""}
    ]


def _insert(plain: Sequence[_Placed], stored: Stored) -> None:
    # In one order everywhere, so that two workers with the same pages wait for each other and never in a ring.
    ordered = sorted(plain, key=lambda each: each.content_hash)
    sources = _sources(plain)
    articles = [
        Article(
            content_hash=each.content_hash,
            public_id=ingest.public_id(each.content_hash),
            text=each.parsed.text,
            **ingest.describe(
                each.parsed, each.address, each.key, each.item.snapshot, source=sources[addresses.host_of(each.address)]
            ),
        )
        for each in ordered
    ]
    Article.objects.bulk_create(articles)
    for each, article in zip(ordered, articles, strict=True):
        each.item.snapshot.article = article
        each.item.snapshot.address_key = each.key
        each.item.snapshot.state = State.STORED
    Snapshot.objects.bulk_create(each.item.snapshot for each in ordered)
    stored.waiting += [article.pk for article in articles]
    stored.counts["new"] += len(articles)


def _sources(placed: Iterable[_Placed]) -> dict[str, Source]:
    """The outlet of each host; hosts that are new, or nameless so far, are looked after one by one."""
    hosts = {addresses.host_of(each.address) for each in placed} - {""}
    found = {source.host: source for source in Source.objects.filter(host__in=hosts)}
    for each in placed:
        host = addresses.host_of(each.address)
        source = found.get(host)
        if source is None or (source.name == host and each.parsed.publisher):
            found[host] = ingest.source_of(each.parsed, each.address, sample=each.item.snapshot.sample)
            found[host].refresh_from_db(fields=["name"])
    return found


def _store_one(each: _Placed, stored: Stored) -> None:
    snapshot = each.item.snapshot
    # A failed batch has left numbers on rows that are not there.
    snapshot.pk, snapshot.article, snapshot.address_key = None, None, ""
    try:
        with transaction.atomic():
            snapshot.state = State.AWAITING_PARSE
            snapshot.save(force_insert=True)
    except IntegrityError:
        known = Snapshot.objects.select_related("article").get(address=snapshot.address, sha256=snapshot.sha256)
        _seen_again(known, each.item, stored)
        return
    article, new = ingest.store(each.parsed, snapshot)
    Snapshot.objects.filter(pk=snapshot.pk).update(state=State.STORED, article=article)
    stored.counts["new" if new else "known"] += 1
    if article.state == Article.State.AWAITING_EXTRACTION:
        stored.waiting.append(article.pk)
