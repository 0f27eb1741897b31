"""Rows to test with: plain functions with sensible defaults, each call a new row."""

from __future__ import annotations

import hashlib
import importlib
import itertools
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from articles.extraction.names import name_key, script_of
from articles.models import Article, Source
from talent.dates import day_range
from talent.models import Alias, Claim, Company, CompensationReport, Move, Person, Signal
from talent.quotes import index_quotes

_numbers = itertools.count(1)
LONG_AGO = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
QUOTE = "Ada Quill has left Northwind AI to join Lanternlight"


def _hash(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def _identifier() -> str:
    return _hash("row", next(_numbers))[:10]


def make_source(name: str = "The Daily Ledger", **fields: Any) -> Source:
    """The outlet of that name."""
    slug = slugify(name, allow_unicode=True)
    defaults = {"name": name, "language": "en", "host": f"{slug}.example", **fields}
    return Source.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_article(text: str = "", *, source: Source | None = None, **fields: Any) -> Article:
    """An article that has been read."""
    number = next(_numbers)
    text = text or f"{QUOTE}, two people said. This is text number {number}."
    defaults: dict[str, Any] = {
        "public_id": _identifier(),
        "source": source or make_source(),
        "address": f"https://news.example/{number}",
        "title": f"Quill joins Lanternlight ({number})",
        "publisher": "The Daily Ledger",
        "language": "en",
        "published_at": LONG_AGO,
        "retrieved_at": LONG_AGO,
        "content_hash": _hash(text),
        "state": "recorded",
    }
    return Article.objects.create(text=text, **{**defaults, **fields})


def make_company(name: str = "", *, aliases: tuple[str, ...] = (), **fields: Any) -> Company:
    """A company with its names as aliases."""
    name = name or f"Northwind {next(_numbers)}"
    defaults = {"public_id": _identifier(), "slug": slugify(name), "key": name_key(name)}
    company = Company.objects.create(name=name, **{**defaults, **fields})
    for form in dict.fromkeys((name, *filter(None, [company.name_zh]), *aliases)):
        _make_alias(form, company=company)
    return company


def make_person(name: str = "", *, aliases: tuple[str, ...] = (), **fields: Any) -> Person:
    """A person with their names as aliases."""
    name = name or f"Ada Quill {next(_numbers)}"
    identifier = fields.pop("public_id", None) or _identifier()
    defaults = {"public_id": identifier, "slug": f"{slugify(name)}-{identifier[:5]}"}
    person = Person.objects.create(name=name, **{**defaults, **fields})
    for form in dict.fromkeys((name, *filter(None, [person.name_zh]), *aliases)):
        _make_alias(form, person=person)
    return person


def _make_alias(name: str, **owner: Any) -> Alias:
    script = script_of(name)
    language = "zh" if script == "Hani" else "en"
    return Alias.objects.create(name=name, key=name_key(name), script=script, language=language, **owner)


def make_claim(kind: str = "move", *, article: Article | None = None, **fields: Any) -> Claim:
    """A claim of one article, its quote found in the text where it is there."""
    article = article or make_article()
    quote = fields.pop("quote", QUOTE)
    start = max(article.text.find(quote), 0)
    defaults: dict[str, Any] = {
        "key": _hash("claim", next(_numbers)),
        "public_id": _identifier(),
        "value": {"kind": "hire"},
        "status": "reported",
        "start": start,
        "end": start + len(quote),
        "prefix": article.text[max(start - 32, 0) : start],
        "suffix": article.text[start + len(quote) :][:32],
        "attribution": "two people",
        "attribution_kind": "unnamed",
        "attribution_count": 2,
        "rule": "left-to-join",
        "engine_version": "rules-1",
        "confidence": 0.9,
    }
    claim: Claim = Claim.objects.create(kind=kind, article=article, quote=quote, **{**defaults, **fields})
    index_quotes([claim])
    return claim


def _fact(claim: Claim, fields: dict[str, Any]) -> dict[str, Any]:
    """What every fact has; its days follow from its date."""
    day = fields.get("date", "2025-03")
    first, last = day_range(day)
    defaults = {
        "public_id": claim.public_id,
        "lead_claim": claim,
        "status": claim.status,
        "date": day,
        "date_first": first,
        "date_last": last,
        "sort_date": first or last or date(2025, 3, 3),
        "reporters": 1,
        "articles_count": 1,
        "confidence": claim.confidence,
        "first_seen": LONG_AGO,
        "last_seen": LONG_AGO,
    }
    return {**defaults, **fields}


def make_move(person: Person | None = None, *, claim: Claim | None = None, **fields: Any) -> Move:
    """A move of a person, or of a group where ``cohort_text`` is given, with the claim that says so."""
    claim = claim or make_claim()
    if not fields.get("cohort_text"):
        fields["person"] = person or make_person()
    if "origin" not in fields and "destination" not in fields:
        fields |= {"origin": make_company(), "destination": make_company()}
    move = Move.objects.create(**_fact(claim, {"kind": "hire", **fields}))
    Claim.objects.filter(pk=claim.pk).update(move=move, person=move.person)
    return move


def make_report(company: Company | None = None, *, claim: Claim | None = None, **fields: Any) -> CompensationReport:
    """A report that a company offers one to two million dollars a year."""
    claim = claim or make_claim("compensation")
    pay = {"amount_min": 1_000_000, "amount_max": 2_000_000, "currency": "USD", "period": "year"}
    defaults = {"company": company or make_company(), "component": "total", "kind": "offered", **pay}
    report = CompensationReport.objects.create(**_fact(claim, {**defaults, **fields}))
    Claim.objects.filter(pk=claim.pk).update(report=report, person=report.person)
    return report


def make_signal(company: Company | None = None, *, claim: Claim | None = None, **fields: Any) -> Signal:
    """A sign that a company employs five hundred people."""
    claim = claim or make_claim("signal")
    defaults = {"company": company or make_company(), "metric": "headcount", "value_min": 500, "unit": "people"}
    signal = Signal.objects.create(**_fact(claim, {**defaults, **fields}))
    Claim.objects.filter(pk=claim.pk).update(signal=signal)
    return signal


def make_member(name: str, role: str, **fields: Any) -> User:
    """Somebody with an account and a role. The groups are made as the migration made them, where a test emptied all."""
    if not Group.objects.filter(name=role).exists():
        importlib.import_module("talent.migrations.0009_roles").make(apps, None)
        for later in (
            "0011_the_press_room",
            "0017_rights_to_feeds",
            "0019_rights_to_oversee",
            "0031_rights_to_letters",
        ):
            importlib.import_module(f"talent.migrations.{later}").add_rights(apps, None)
    user = User.objects.create_user(name, **fields)
    user.groups.add(Group.objects.get(name=role))
    return user
