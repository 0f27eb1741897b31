"""All that the ledger believes, as bytes to compare; and articles in both languages to make it believe something."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from articles.extraction import (
    Attribution,
    Cohort,
    CompensationClaim,
    Extraction,
    MoveClaim,
    MoveEnd,
    PersonName,
    SignalClaim,
    Span,
)
from articles.models import Article, Source
from articles.samples.build import HERE
from talent.models import Alias, Claim, Company, CompensationReport, Judgement, Move, Person, Signal
from talent.record import record

# What says when and how often a row was written, and not what it says.
_CLERICAL = {"id", "created_at", "updated_at", "revision", "usefulness"}


def beliefs() -> bytes:
    """Every person, company, fact, question and what each claim supports, in one order, without database ids."""
    rows = {
        "people": _rows(Person),
        "companies": _rows(Company, parent="parent__key", merged_into="merged_into__key"),
        "names": [*_names("person__public_id"), *_names("company__key")],
        "moves": _rows(Move, person="person__public_id", origin="origin__key", destination="destination__key"),
        "pay": _rows(CompensationReport, company="company__key", person="person__public_id"),
        "signals": _rows(Signal, company="company__key"),
        "claims": list(_support()),
        "questions": list(
            Judgement.objects.unanswered()
            .order_by("left", "right")
            .values("subject", "left", "right", "score", "reason")
        ),
    }
    return json.dumps(rows, default=str, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _rows(model: type[Any], **related: str) -> list[dict[str, Any]]:
    plain = [f.attname for f in model._meta.concrete_fields if f.name not in {*_CLERICAL, *related, "lead_claim"}]
    led = ["lead_claim__public_id"] if any(f.name == "lead_claim" for f in model._meta.fields) else []
    return list(model.objects.order_by("public_id").values(*plain, *led, *related.values()))


def _names(owner: str) -> Iterable[dict[str, Any]]:
    named = Alias.objects.exclude(**{f"{owner.partition('__')[0]}": None})
    return named.order_by(owner, "name").values(owner, "name", "key", "language", "script", "kind", "borrowed")


def _support() -> Iterable[dict[str, Any]]:
    facts = ("person", "move", "report", "signal")
    return Claim.objects.order_by("public_id").values("public_id", *(f"{fact}__public_id" for fact in facts))


def _questions() -> Iterable[dict[str, Any]]:
    open_ones = Judgement.objects.unanswered().order_by("left", "right")
    return open_ones.values("subject", "left", "right", "score", "reason")


def forget() -> None:
    """Leaves nothing but the articles' outlets."""
    Judgement.objects.all().delete()
    Claim.objects.update(person=None, move=None, report=None, signal=None)
    for model in (Move, CompensationReport, Signal, Claim, Person, Article, Alias):
        model.objects.all().delete()
    Company.objects.update(parent=None, merged_into=None)
    Company.objects.all().delete()


# ------------------------------------------------------------------ the bundled samples, by their editor's records


@cache
def sample(name: str) -> dict[str, Any]:
    """The record of a bundled article, with its text."""
    source = HERE / "pages" / f"{name}.json"
    return {**json.loads(source.read_text()), "text": source.with_suffix(".txt").read_text()}


def sample_names() -> list[str]:
    """Names of the bundled articles that the site starts with."""
    return sorted(path.stem for path in Path(HERE, "pages").glob("*.json"))


def ingest(name: str) -> Article:
    """Records a bundled article with the claims that a careful editor finds in it."""
    entry = sample(name)
    row = store(entry["text"], outlet=entry["page"]["site"], published=entry["published"], language=entry["lang"])
    record(row, extraction_of(entry["claims"]), engine_version="gold")
    return row


def store(text: str, *, outlet: str, published: str, language: str = "en") -> Article:
    """An article of that outlet, known by its text."""
    slug = sha256(outlet.encode()).hexdigest()[:12]
    source, _ = Source.objects.get_or_create(slug=slug, defaults={"name": outlet})
    digest = sha256(text.encode()).hexdigest()
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC)
    return Article.objects.create(
        public_id=digest[:12], source=source, address=f"file:{digest}", language=language, published_at=moment,
        retrieved_at=moment, text=text, content_hash=digest,
    )  # fmt: skip


def extraction_of(gold: dict[str, list[dict[str, Any]]]) -> Extraction:
    """Gold as an engine that errs nowhere would give it."""
    return Extraction(
        "gold",
        tuple(_move(r) for r in gold["moves"] if r["person"] or r["cohort"]),
        tuple(_pay(r) for r in gold["compensation"]),
        tuple(_signal(r) for r in gold["signals"]),
    )


def _first(names: list[str] | None) -> str | None:
    return names[0] if names else None


def _shared(r: dict[str, Any]) -> dict[str, Any]:
    said = r["attribution"] and Attribution(r["attribution"], r["attribution_kind"], r.get("attribution_count"))
    return {
        "status": r["status"], "date": r["date"], "attribution": said, "span": Span(r["start"], r["end"]),
        "confidence": 0.9,
    }  # fmt: skip


def _move(r: dict[str, Any]) -> MoveClaim:
    ends = [e and MoveEnd(_first(e["org"]), e["team"], e["role"]) for e in (r["from"], r["to"])]
    return MoveClaim(
        person=PersonName(r["person"][0], tuple(r["person"][1:])) if r["person"] else None,
        cohort=Cohort(**r["cohort"]) if r["cohort"] else None,
        origin=ends[0], destination=ends[1], kind=r["kind"], **_shared(r),
    )  # fmt: skip


def _pay(r: dict[str, Any]) -> CompensationClaim:
    plain = {name: r[name] for name in ("population", "min", "max", "currency", "period", "component", "kind")}
    return CompensationClaim(org=_first(r["org"]), person=_first(r["person"]), **plain, **_shared(r))


def _signal(r: dict[str, Any]) -> SignalClaim:
    plain = {name: r[name] for name in ("team", "metric", "min", "max", "of", "unit")}
    return SignalClaim(org=_first(r["org"]), **plain, **_shared(r))
