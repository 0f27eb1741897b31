"""How documents come in: bytes or an address become a snapshot, and a parsed snapshot becomes an article.

Everything here can be done twice: the same bytes from the same address are one snapshot, the same text is one article.
Nothing here enqueues a task.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from articles import addresses, archive, boxes, editions, hosts
from articles.exceptions import NotADocument, Offline, TooLarge
from articles.models import Article, Snapshot, Source
from articles.parse import ParsedArticle

UPLOAD = "file:"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submission led to; ``waits`` is False where everything about it is known and stored already."""

    snapshot: Snapshot
    waits: bool
    # Of a box of letters, why some of them cannot be read.
    left_out: tuple[str, ...] = ()


def submit_file(
    file: BinaryIO, name: str, *, now: datetime, content_type: str = "", sample: bool = False
) -> Iterator[Submission]:
    """A file of any size that is a box of letters, in pieces; else one that is no larger than a document may be."""
    about: dict[str, Any] = {"now": now, "content_type": content_type, "sample": sample}
    if boxes.is_box_file(file):
        for piece in boxes.pieces(file):
            yield submit_bytes(piece, name, **about)
    else:
        yield submit_bytes(file.read(settings.MAX_DOCUMENT_BYTES + 1), name, **about)


def submit_bytes(body: bytes, name: str, *, now: datetime, content_type: str = "", sample: bool = False) -> Submission:
    """A file, a paste or another program's bytes: kept in the archive, then waiting to be parsed.

    Of letters nothing is kept that says who received them.
    """
    if not body.strip():
        raise NotADocument("The file is empty.")
    if len(body) > settings.MAX_DOCUMENT_BYTES:
        raise too_large()
    left_out: tuple[str, ...] = ()
    if boxes.is_letter(body):
        body, left_out = _clean(body)
        content_type = boxes.LABEL
    # The bytes are safe before the row says that they are.
    sha256 = archive.put(body)
    snapshot, new = Snapshot.objects.get_or_create(
        address=UPLOAD + _storable(name)[:500],
        sha256=sha256,
        defaults={
            "size": len(body),
            "content_type": content_type[:200],
            "retrieved_at": now,
            "checked_at": now,
            "sample": sample,
            "state": Snapshot.State.AWAITING_PARSE,
        },
    )
    return Submission(snapshot, waits=new or _try_again(snapshot), left_out=left_out)


def _clean(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    clean = boxes.clean(body)
    if not clean.letters:
        raise NotADocument(" ".join(("The box holds no letter that can be read.", *clean.left_out[:1])))
    return clean.body, clean.left_out


def submit_address(address: str, *, now: datetime) -> Submission:
    """A web address: waiting to be fetched, also where it was fetched before, since the page may have changed."""
    if settings.OFFLINE:
        raise Offline("This installation runs without the network (OFFLINE is set); ingest the page as a file instead.")
    address = addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
    snapshot, new = Snapshot.objects.get_or_create(
        address=address, sha256="", defaults={"state": Snapshot.State.AWAITING_FETCH, "host": hosts.named(address)}
    )
    return Submission(snapshot, waits=new or _try_again(snapshot))


def outlet_of(address: str) -> Source | None:
    """The known outlet at the address's host, or else of the nearest site that it lies under."""
    labels = addresses.host_of(address).split(".")
    names = [".".join(labels[number:]) for number in range(max(len(labels) - 1, 1))]
    known = {source.host: source for source in Source.objects.filter(host__in=names).exclude(host="")}
    return next((known[name] for name in names if name in known), None)


def too_large() -> TooLarge:
    return TooLarge(f"The file is larger than {settings.MAX_DOCUMENT_BYTES:,} bytes.")


def store(parsed: ParsedArticle, snapshot: Snapshot) -> tuple[Article, bool]:
    """The article with that text, and whether it is new. The one way an article comes to exist.

    A text that several addresses gave belongs to the one that gave it first, in whatever order they come in.
    """
    content_hash = hash_of(parsed.text)
    address = address_of(parsed, snapshot)
    key = editions.place(snapshot, address, parsed.twins)
    known = Article.objects.filter(content_hash=content_hash).first()
    if known is None:
        about = describe(parsed, address, key, snapshot)
        known, new = Article.objects.get_or_create(
            content_hash=content_hash, defaults={"public_id": public_id(content_hash), "text": parsed.text, **about}
        )
        if new:
            return known, True
    if editions.sighting(key, _retrieved(snapshot), address) < editions.first_sighting(known):
        editions.move(known, describe(parsed, address, key, snapshot))
    else:
        editions.note(known, key)
    return known, False


def describe(
    parsed: ParsedArticle, address: str, key: str, snapshot: Snapshot, *, source: Source | None = None
) -> dict[str, Any]:
    """All that is known of an article but its text, as one address tells it; the outlet is found where none is."""
    return {
        "source": source or source_of(parsed, address, sample=snapshot.sample),
        "address": address,
        "address_key": key,
        "title": parsed.title,
        "author": parsed.author,
        "publisher": parsed.publisher,
        "language": parsed.language,
        "published_at": parsed.published_at,
        "published_on": parsed.published_on,
        "modified_at": parsed.modified_at,
        "retrieved_at": _retrieved(snapshot),
    }


def _retrieved(snapshot: Snapshot) -> datetime:
    return snapshot.retrieved_at or snapshot.created_at


def hash_of(text: str) -> str:
    """What tells texts apart."""
    return hashlib.sha256(text.encode()).hexdigest()


def public_id(content_hash: str) -> str:
    """The first sixty bits of the hash, in letters and digits that survive being read aloud."""
    return base64.b32encode(bytes.fromhex(content_hash)).decode().lower()[:12]


def _try_again(snapshot: Snapshot) -> bool:
    """Sends back what had failed, at whatever stage; True where something is left to do."""
    if Snapshot.objects.filter(pk=snapshot.pk).retry():
        snapshot.refresh_from_db()
    if snapshot.article and Article.objects.filter(pk=snapshot.article.pk).retry():
        snapshot.article.refresh_from_db()
    return snapshot.article is None or snapshot.article.state != Article.State.RECORDED


def address_of(parsed: ParsedArticle, snapshot: Snapshot) -> str:
    """Where the article lives. A fetched page may name another page of its own site, not of somebody else's."""
    own = addresses.uncached(snapshot.final_address or snapshot.address)
    said = addresses.without_tracking(parsed.address)
    believed = own.startswith(UPLOAD) or addresses.same_site(said, own)
    if said and believed and len(said) <= addresses.MAX_LENGTH:
        return said
    return own if own.startswith(UPLOAD) else addresses.without_tracking(own)


def source_of(parsed: ParsedArticle, address: str, *, sample: bool) -> Source:
    """The outlet: by its host; where the document names none, by the publisher's name; else all uploads are one."""
    host = addresses.host_of(address)
    if host:
        kind = Source.Kind.SAMPLE if sample else Source.Kind.SITE
        source: Source = _named_source(host.replace(".", "-"), parsed.publisher or host, kind, host=host)
        if source.name == host and parsed.publisher:
            Source.objects.filter(pk=source.pk, name=host).update(name=parsed.publisher)
        return source
    if parsed.publisher:
        known: Source | None = Source.objects.filter(name__iexact=parsed.publisher).order_by("pk").first()
        if known:
            return known
        kind = Source.Kind.SAMPLE if sample else Source.Kind.UPLOAD
        return _named_source(parsed.publisher, parsed.publisher, kind)
    return _named_source("upload", "Uploads", Source.Kind.UPLOAD)


def _named_source(words: str, name: str, kind: Source.Kind, *, host: str = "") -> Source:
    slug = slugify(words, allow_unicode=True)[:100] or "source"
    key = {"host": host} if host else {"slug": slug}
    defaults = {"slug": slug, "host": host, "name": name[:200], "kind": kind}
    try:
        with transaction.atomic():
            return _get_or_create(key, defaults)
    except IntegrityError:
        # Another host reads the same as a slug: a-b.com and a.b.com.
        defaults["slug"] = f"{slug}-{hashlib.sha256(host.encode()).hexdigest()[:8]}"
        return _get_or_create(key, defaults)


def _get_or_create(key: dict[str, str], defaults: dict[str, str]) -> Source:
    source: Source
    source, _ = Source.objects.get_or_create(**key, defaults=defaults)
    return source


def _storable(name: str) -> str:
    """A file's name in characters that the database takes, whatever bytes it was made of."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\x00", "")
