"""Documents that other programs send in: what they become on the way to the press, and what became of each."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from html import escape
from typing import Any

from articles import ingest, outcomes
from articles.models import Article, Snapshot
from talent.models import ApiKey, Submission

HTML, TEXT = "text/html", "text/plain"
_LABELS = (("title", "Title"), ("author", "Author"), ("publisher", "Source"), ("address", "URL"))


@dataclass(frozen=True, slots=True)
class Document:
    """What was sent: an address to fetch, or a body with what is known about it."""

    address: str = ""
    body: bytes = b""
    content_type: str = ""
    name: str = ""
    about: dict[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """Tells two different documents apart, however they were packed for the journey."""
        head = json.dumps([self.address, self.content_type, self.name, self.about], sort_keys=True)
        return sha256(head.encode() + b"\0" + self.body).hexdigest()

    def complete(self) -> bytes:
        """The body with what is known about it, where the parser looks for that; a piece of a page as a whole one."""
        if self.content_type == TEXT:
            return _as_lines(self.about) + self.body if self.about else self.body
        if self.content_type != HTML or not (self.about or _is_piece(self.body)):
            return self.body
        head = _as_metadata(self.about) if self.about else b""
        return _WHOLE % (head, self.body) if _is_piece(self.body) else head + self.body


_WHOLE = b'<!DOCTYPE html><html><head><meta charset="utf-8">%s</head><body>%s</body></html>'


def _is_piece(body: bytes) -> bool:
    return b"<html" not in body[:5000].lower()


def _as_lines(about: dict[str, str]) -> bytes:
    lines = [f"{label}: {' '.join(about[name].split())}" for name, label in _LABELS if about.get(name)]
    lines += [about["published"]] if about.get("published") else []
    return ("\n".join(lines) + "\n\n").encode()


def _as_metadata(about: dict[str, str]) -> bytes:
    """A page's own account of itself, before the page: the first account wins."""
    said: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}
    said |= {"headline": about.get("title"), "datePublished": about.get("published")}
    said |= {noun: {"name": about[noun]} for noun in ("author", "publisher") if about.get(noun)}
    kept = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    # The script cannot be ended by what is said within it.
    kept = kept.replace("</", "<\\/")
    link = f'<link rel="canonical" href="{escape(about["address"])}">' if about.get("address") else ""
    return f'{link}<script type="application/ld+json">{kept}</script>\n'.encode()


def submit(document: Document, *, key: ApiKey, now: datetime) -> tuple[Submission, Snapshot]:
    """Hands a document to the press and notes who sent it. Raises an IntakeError where it cannot be taken."""
    if document.body or not document.address:
        body, label = document.complete(), document.content_type
        taken = ingest.submit_bytes(body, document.name or _name(body), now=now, content_type=label)
    else:
        taken = ingest.submit_address(document.address, now=now)
    snapshot = taken.snapshot
    submission = Submission.objects.create(
        public_id=secrets.token_urlsafe(16), key=key, snapshot_pk=snapshot.pk, address=snapshot.address
    )
    return submission, snapshot


def _name(body: bytes) -> str:
    return f"api-{sha256(body).hexdigest()[:16]}"


class State(StrEnum):
    WAITING = "waiting"
    STORED = "stored"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a submission; ``reason`` says why it failed, or why it waits for another try."""

    state: State
    reason: str = ""
    article: str | None = None


def fate_of(submission: Submission) -> Fate:
    """What has become of it so far, read from the rows of the press."""
    found = list(outcomes.finished({submission.snapshot_pk: submission.address}))
    if not found:
        return Fate(State.WAITING)
    outcome = found[0]
    if outcome.verdict == outcomes.Verdict.FAILED:
        return Fate(State.FAILED if outcome.final else State.WAITING, outcome.reason)
    return Fate(State(outcome.verdict), article=_article_of(submission))


def _article_of(submission: Submission) -> str | None:
    same = Snapshot.objects.filter(pk=submission.snapshot_pk)
    # A fetch that brought nothing new leaves no row; the address's last snapshot has the article.
    row = same.first() or Snapshot.objects.filter(address=submission.address).order_by("-checked_at").first()
    article: Article | None = row.article if row else None
    return article.public_id if article else None
