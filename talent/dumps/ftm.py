"""Rows as entities of FollowTheMoney, for Aleph and its relatives.

A move that happened is an Employment that began or ended; every move, whatever became of it, is an Event, so that a
rumour is never read as a job. Quotes are Documentation between an event and its article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from talent.serializers.base import Row

Entity = dict[str, Any]
_HAPPENED = frozenset({"confirmed", "reported"})
# FollowTheMoney keeps languages by three letters.
_LANGUAGES = {"en": "eng", "zh": "zho"}


def _entity(kind: str, identifier: str, schema: str, **properties: Any) -> Entity:
    kept = {
        name: [str(v) for v in (value if isinstance(value, list) else [value]) if v not in (None, "")]
        for name, value in properties.items()
    }
    return {
        "id": f"talent-ledger-{kind}-{identifier}",
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _id(kind: str, reference: Row | None) -> str | None:
    return f"talent-ledger-{kind}-{reference['id']}" if reference else None


def company(row: Row) -> Iterator[Entity]:
    """An organisation."""
    yield _named("company", "Organization", row)


def person(row: Row) -> Iterator[Entity]:
    """A person."""
    yield _named("person", "Person", row)


def _named(kind: str, schema: str, row: Row) -> Entity:
    names = [row["name"], row["name_zh"]]
    return _entity(
        kind, row["id"], schema, name=names, wikidataId=row["wikidata"], sourceUrl=row["html_url"],
        modifiedAt=_day(row["updated"]),
    )  # fmt: skip


def move(row: Row) -> Iterator[Entity]:
    """An event, and where it happened to somebody, the employments that it ended and began."""
    ends = [row["from"], row["to"]]
    companies = [end["company"] for end in ends if end and end["company"]]
    involved = [_id("person", row["person"]), *(_id("company", company) for company in companies)]
    yield _event(row, "move", [row["kind"], row["status"]], involved)
    if row["person"] is not None and row["status"] in _HAPPENED:
        for end, name, date in ((row["from"], "left", "endDate"), (row["to"], "joined", "startDate")):
            if end and end["company"]:
                yield _employment(row, end, name, date)


def _employment(row: Row, end: Row, name: str, date: str) -> Entity:
    return _entity(
        "employment", f"{row['id']}-{name}", "Employment",
        employee=_id("person", row["person"]), employer=_id("company", end["company"]), role=end["role"],
        summary=row["quote"], status=row["status"], sourceUrl=row["html_url"], publisher=row["article"]["outlet"],
        **{date: _prefix(row["date"])},
    )  # fmt: skip


def compensation(row: Row) -> Iterator[Entity]:
    """An event: FollowTheMoney knows no pay."""
    involved = [_id("company", row["company"]), _id("person", row["person"])]
    yield _event(row, "compensation", [row["component"], row["kind"], row["status"]], involved)


def signal(row: Row) -> Iterator[Entity]:
    """An event."""
    yield _event(row, "signal", [row["metric"], row["status"]], [_id("company", row["company"])])


def _event(row: Row, kind: str, keywords: list[str], involved: list[str | None]) -> Entity:
    return _entity(
        kind, row["id"], "Event",
        name=row["quote"], date=_prefix(row["date"]), keywords=keywords, involved=[i for i in involved if i],
        sourceUrl=row["html_url"], publisher=row["article"]["outlet"], summary=row["attribution"],
        modifiedAt=_day(row["updated"]),
    )  # fmt: skip


def article(row: Row) -> Iterator[Entity]:
    """A document, without its text."""
    address = row["address"] if row["address"].startswith(("http://", "https://")) else row["html_url"]
    yield _entity(
        "article", row["id"], "Article",
        title=row["title"], author=row["author"], publisher=row["outlet"]["name"], sourceUrl=address,
        publishedAt=_day(row["published"]), language=_LANGUAGES.get(row["language"][:2]),
        retrievedAt=_day(row["retrieved"]),
    )  # fmt: skip


def claim(row: Row) -> Iterator[Entity]:
    """What ties an event to an article: the quote."""
    yield _entity(
        "claim", row["id"], "Documentation",
        document=_id("article", row["article"]), entity=_id(row["fact"]["kind"], row["fact"]), summary=row["quote"],
        role=row["status"], sourceUrl=row["article"]["html_url"],
    )  # fmt: skip


def _day(moment: Any) -> str | None:
    return moment.date().isoformat() if moment else None


def _prefix(edtf: str | None) -> str | None:
    """A day, month or year; of an interval what both ends share, since FollowTheMoney knows no others."""
    if not edtf:
        return None
    first, _, last = edtf.partition("/")
    if not last:
        return first if _is_prefix(first) else None
    shared = [a for a, b in zip(first.split("-"), last.split("-"), strict=False) if a == b]
    whole = "-".join(shared) if first.split("-")[: len(shared)] == last.split("-")[: len(shared)] else ""
    return whole if _is_prefix(whole) else None


def _is_prefix(text: str) -> bool:
    parts = text.split("-")
    return (
        len(parts) <= 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4 and int(text[5:7] or 1) <= 12
    )


ENTITIES: dict[str, Callable[[Row], Iterator[Entity]]] = {
    "companies": company,
    "people": person,
    "moves": move,
    "compensation": compensation,
    "signals": signal,
    "articles": article,
    "claims": claim,
}
