"""How documents come in: bytes or an address become a snapshot, and a parsed snapshot becomes an article.

Everything here can be done twice: the same bytes from the same address are one snapshot, the same text is one article.
Nothing here enqueues a task.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from articles import addresses, archive
from articles.exceptions import NotADocument, Offline, TooLarge
from articles.models import Article, Snapshot, Source
from articles.parse import ParsedArticle

UPLOAD = "file:"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submission led to; ``waits`` is False where everything about it is known and stored already."""

    snapshot: Snapshot
    waits: bool


def submit_bytes(body: bytes, name: str, *, now: datetime, content_type: str = "", sample: bool = False) -> Submission:
    """A file, a paste or another program's bytes: kept in the archive, then waiting to be parsed."""
    if not body.strip():
        raise NotADocument("The file is empty.")
    if len(body) > settings.MAX_DOCUMENT_BYTES:
        raise too_large()
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
    return Submission(snapshot, waits=new or _try_again(snapshot))


def submit_address(address: str, *, now: datetime) -> Submission:
    """A web address: waiting to be fetched, also where it was fetched before, since the page may have changed."""
    if settings.OFFLINE:
        raise Offline("This installation runs without the network (OFFLINE is set); ingest the page as a file instead.")
    address = addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
    snapshot, new = Snapshot.objects.get_or_create(
        address=address, sha256="", defaults={"state": Snapshot.State.AWAITING_FETCH}
    )
    return Submission(snapshot, waits=new or _try_again(snapshot))


def too_large() -> TooLarge:
    return TooLarge(f"The file is larger than {settings.MAX_DOCUMENT_BYTES:,} bytes.")


def store(parsed: ParsedArticle, snapshot: Snapshot) -> tuple[Article, bool]:
    """The article with that text, and whether it is new. The one way an article comes to exist."""
    content_hash = hashlib.sha256(parsed.text.encode()).hexdigest()
    if known := Article.objects.filter(content_hash=content_hash).first():
        return known, False
    address = _address(parsed, snapshot)
    return Article.objects.get_or_create(
        content_hash=content_hash,
        defaults={
            "public_id": public_id(content_hash),
            "source": _source(parsed, address, sample=snapshot.sample),
            "address": address,
            "title": parsed.title,
            "author": parsed.author,
            "publisher": parsed.publisher,
            "language": parsed.language,
            "published_at": parsed.published_at,
            "published_on": parsed.published_on,
            "modified_at": parsed.modified_at,
            "retrieved_at": snapshot.retrieved_at or snapshot.created_at,
            "text": parsed.text,
        },
    )


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


def _address(parsed: ParsedArticle, snapshot: Snapshot) -> str:
    """Where the article lives. A fetched page may name another page of its own site, not of somebody else's."""
    own = snapshot.final_address or snapshot.address
    said = addresses.without_tracking(parsed.address)
    believed = own.startswith(UPLOAD) or addresses.same_site(said, own)
    if said and believed and len(said) <= addresses.MAX_LENGTH:
        return said
    return own if own.startswith(UPLOAD) else addresses.without_tracking(own)


def _source(parsed: ParsedArticle, address: str, *, sample: bool) -> Source:
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
