"""Articles that tell the events of one part, and the claims, people and facts that they amount to: the rows that
recording and settling would write, by the same functions, without asking a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from django.utils.text import slugify

from articles import addresses, ingest
from articles.extraction import CompensationClaim, MoveClaim, MoveEnd, PersonName, SignalClaim, Span
from articles.extraction.claims import Cohort
from articles.models import Article, Source
from articles.stories import fingerprint
from talent.models import Alias, Claim, ClaimKind, Company, CompensationReport, Move, Person, QuoteWords, Signal
from talent.record import claim_row
from talent.resolve import Directory, claim_order, written_forms
from talent.settle import alias_row
from talent.usefulness import usefulness
from talent.values import Values, move_values, person_values, report_values, signal_values
from talent.words import vector
from talent.world.plan import Event, Report
from talent.world.prose import Saying, attribution, edtf, filler, written
from talent.world.words import Soul, words

ENGINE = "world"
# What an article tells at the least and at the most.
_FEWEST, _MOST = 3, 8
# Of a hundred articles, so many are in Chinese, and so many are printed again by another outlet.
_CHINESE, _COPIED = 18, 7
_NOBODY_JUDGED = Directory({}, {})
_FACTS: dict[str, type[Any]] = {"move": Move, "compensation": CompensationReport, "signal": Signal}
_COLUMN = {"move": "move", "compensation": "report", "signal": "signal"}


@dataclass(frozen=True, slots=True)
class Press:
    """Who publishes, by language, and the rows of the companies that are written about, by key."""

    outlets: Mapping[bool, Sequence[Source]]
    companies: Mapping[str, Company]


@dataclass(slots=True)
class Rows:
    """The rows of one part. Keys begin behind ``base``, so that parts can be written side by side."""

    base: int
    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    facts: dict[str, list[Any]] = field(default_factory=lambda: {kind: [] for kind in _FACTS})

    def all(self) -> Iterator[tuple[type[Any], Sequence[Any]]]:
        """The rows by table."""
        yield from ((Article, self.articles), (Person, self.people), (Alias, self.aliases))
        yield from ((_FACTS[kind], rows) for kind, rows in self.facts.items())
        yield Claim, self.claims
        yield QuoteWords, [QuoteWords(claim_id=claim.pk, words=vector(claim.quote)) for claim in self.claims]


def tell(random: Random, events: Sequence[Event], press: Press, *, base: int) -> Rows:
    """The rows of the part with these events."""
    rows = Rows(base)
    told: dict[Event, list[Claim]] = defaultdict(list)
    reports = sorted((r for event in events for r in event.reports), key=lambda r: r.day)
    for zh, together in _bundled(random, reports):
        for event, claim in _article(random, rows, press, together, zh=zh):
            told[event].append(claim)
    _people(rows, told)
    for event in events:
        _fact(rows, event, sorted(told[event], key=claim_order), press)
    return rows


def _bundled(random: Random, reports: Sequence[Report]) -> Iterator[tuple[bool, list[Report]]]:
    """Reports of about one day, a few to an article, none of which tells one event twice."""
    waiting: dict[bool, list[Report]] = {False: [], True: []}
    wanted = {zh: random.randrange(_FEWEST, _MOST) for zh in waiting}
    for report in reports:
        zh = random.randrange(100) < _CHINESE
        known = any(other.event is report.event for other in waiting[zh])
        if known or len(waiting[zh]) >= wanted[zh]:
            yield zh, waiting[zh]
            waiting[zh], wanted[zh] = [], random.randrange(_FEWEST, _MOST)
        waiting[zh].append(report)
    yield from ((zh, together) for zh, together in waiting.items() if together)


# ------------------------------------------------------------------ articles


def _article(
    random: Random, rows: Rows, press: Press, reports: Sequence[Report], *, zh: bool
) -> Iterator[tuple[Event, Claim]]:
    """The article with its claims, and perhaps another outlet's copy of it."""
    names = [source.name for source in press.outlets[zh]]
    source, other = random.sample(list(press.outlets[zh]), 2)
    sayings = [_saying(random, report, names, zh=zh) for report in reports]
    text = _text(random, sayings, zh=zh)
    published = datetime.combine(max(r.day for r in reports), time(random.randrange(5, 20), random.randrange(60)), UTC)
    first = _row(random, rows, text, source=source, published=published, zh=zh)
    yield from _claims(random, rows, first, reports, sayings)
    if random.randrange(100) < _COPIED:
        note = f"本文首发于{source.name}。" if zh else f"This report first appeared in {source.name}."
        later = published + timedelta(hours=random.randrange(2, 30))
        copy = _row(random, rows, f"{text}\n{note}", source=other, published=later, zh=zh)
        copy.original = first
        yield from _claims(random, rows, copy, reports, sayings)


def _text(random: Random, sayings: Sequence[Saying], *, zh: bool) -> str:
    """Paragraphs: in each a sentence that claims something, and one or two that do not."""
    paragraphs, end, space = [filler(random, zh=zh)], "。" if zh else ".", "" if zh else " "
    for saying in sayings:
        around = [filler(random, zh=zh) for _ in range(random.choice((1, 1, 2)))]
        paragraphs.append(space.join([f"{saying.write()}{end}", *around]))
    return "\n".join(paragraphs)


def _row(random: Random, rows: Rows, text: str, *, source: Source, published: datetime, zh: bool) -> Article:
    digest = sha256(text.encode()).hexdigest()
    number = rows.base + len(rows.articles)
    title = text.partition("\n")[2].partition("。" if zh else ".")[0][:120]
    address = f"https://{source.host}/{published:%Y/%m}/{slugify(title)[:40] or 'news'}-{number}"
    signature, bands = fingerprint(text)
    row = Article(
        pk=number, public_id=ingest.public_id(digest), source=source, address=address, title=title,
        author="", publisher=source.name, language="zh" if zh else "en", published_at=published,
        published_on=published.date(), retrieved_at=published + timedelta(minutes=random.randrange(2, 300)), text=text,
        content_hash=digest, state=Article.State.RECORDED, engine_version=ENGINE, signature=signature, bands=bands,
        address_key=addresses.key_of(address), attempts=1,
    )  # fmt: skip
    rows.articles.append(row)
    return row


# ------------------------------------------------------------------ claims


def _saying(random: Random, report: Report, outlets: list[str], *, zh: bool) -> Saying:
    """What the article says of the event, in the words of its language."""
    about, event = report.event.about, report.event
    said: dict[str, Any] = {"claim": event.kind, **about, "status": report.status}
    both = zh or (event.soul is not None and event.soul.chinese and random.random() < 0.5)
    if event.kind == ClaimKind.MOVE:
        said["origin"], said["destination"] = _named(report)
        said["kind"] = about["kind"] if said["destination"] else "departure"
        said["role"] = None if about["role"] is None else _in(zh, "roles", about["role"])
        said["who"] = _who(about, event.soul, zh=zh, both=both)
    if event.kind == ClaimKind.COMPENSATION:
        said["population"] = None if event.soul else _in(zh, "populations", about["population"])
        said["who"] = event.soul.name if event.soul else said["population"]
        both = False
    said["both"] = both
    date = edtf(event.day, report.precision)
    return Saying(zh, said, attribution(random, outlets, zh=zh), date)


def _named(report: Report) -> tuple[str | None, str | None]:
    about, (origin, destination) = report.event.about, report.ends
    return (about["origin"] if origin else None), (about["destination"] if destination else None)


def _in(zh: bool, name: str, number: int) -> str:
    pool = words()[f"{name}_zh" if zh else name]
    return str(pool[number % len(pool)])


def _who(about: dict[str, Any], soul: Soul | None, *, zh: bool, both: bool) -> str:
    if soul is not None:
        return written(soul, zh=zh, both=both)
    return f"{about['count']}人" if zh else f"{about['count']} {about['group']}"


def _claims(
    random: Random, rows: Rows, article: Article, reports: Sequence[Report], sayings: Sequence[Saying]
) -> Iterator[tuple[Event, Claim]]:
    for report, saying in zip(reports, sayings, strict=True):
        start = article.text.index(saying.sentence)
        span = Span(start, start + len(saying.sentence))
        found = _extracted(random, report.event, saying, span)
        row = claim_row(article, report.event.kind, found, engine_version=ENGINE, companies=_NOBODY_JUDGED)
        row.pk = rows.base + len(rows.claims)
        rows.claims.append(row)
        yield report.event, row


def _extracted(random: Random, event: Event, saying: Saying, span: Span) -> Any:
    """The claim as an engine would find it."""
    said = saying.said
    shared: dict[str, Any] = {
        "status": said["status"],
        "span": span,
        "attribution": saying.by,
        "date": saying.date or None,
        "confidence": random.choice((0.62, 0.74, 0.81, 0.88, 0.93)),
        "rule": f"world-{event.kind}",
    }
    if event.kind == ClaimKind.MOVE:
        soul = event.soul
        person = PersonName(soul.name, (soul.han,) if said["both"] else ()) if soul else None
        count = said.get("count")
        cohort = None if person else Cohort(said["who"], count, count)
        role = {("origin", "destination")[bool(said["destination"])]: said["role"]}
        ends: dict[str, Any] = {
            side: MoveEnd(said[side], role=role.get(side)) if said[side] else None for side in ("origin", "destination")
        }
        return MoveClaim(person=person, cohort=cohort, kind=said["kind"], **ends, **shared)
    if event.kind == ClaimKind.COMPENSATION:
        pay = {"min": said["min"], "max": said["max"], "currency": "USD", "period": "year", "component": "total"}
        person_name = event.soul.name if event.soul else None
        return CompensationClaim(
            org=said["org"], person=person_name, population=said["population"], kind="offered", **pay, **shared
        )
    unit = "people" if said["metric"] != "openings" else "positions"
    return SignalClaim(org=said["org"], metric=said["metric"], min=said["min"], max=said["min"], unit=unit, **shared)


# ------------------------------------------------------------------ people and facts


def _people(rows: Rows, told: Mapping[Event, Sequence[Claim]]) -> None:
    """A row for everybody, with the forms of the name, and the claims that are about them."""
    groups: dict[int, list[Claim]] = defaultdict(list)
    for event, claims in told.items():
        if event.soul is not None:
            groups[event.soul.number] += claims
    for group in groups.values():
        group.sort(key=claim_order)
        person = Person(pk=rows.base + len(rows.people), public_id=group[0].public_id, **person_values(group))
        for claim in group:
            claim.person = person
        rows.people.append(person)
        for form in sorted({form[:200] for form in written_forms(group)}):
            alias = alias_row(person, form)
            alias.pk = rows.base + len(rows.aliases)
            rows.aliases.append(alias)


def _fact(rows: Rows, event: Event, cluster: Sequence[Claim], press: Press) -> None:
    values = _values(event, cluster, press)
    of_kind = rows.facts[event.kind]
    fact = _FACTS[event.kind](pk=rows.base + len(of_kind), public_id=cluster[0].public_id, **values)
    of_kind.append(fact)
    for claim, useful in zip(cluster, usefulness(cluster, _NOBODY_JUDGED), strict=True):
        setattr(claim, f"{_COLUMN[event.kind]}_id", fact.pk)
        claim.usefulness = useful


def _values(event: Event, cluster: Sequence[Claim], press: Press) -> Values:
    if event.kind == ClaimKind.COMPENSATION:
        return report_values(cluster, press.companies)
    if event.kind == ClaimKind.SIGNAL:
        return signal_values(cluster, press.companies)
    values = move_values(cluster, cluster[0].person, press.companies)
    assert values is not None
    return values
