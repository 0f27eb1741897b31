"""What the tests of pictures share: facts without a database, and what a drawing says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from lxml import etree

from talent.dates import day_range
from talent.pictures.ink import Scheme
from talent.pictures.sheet import NARROW, WIDE
from talent.pictures.tables import Picture

HOSTILE = '<script>alert("1")</script> & \x00\x1b 何恺明 ' + "x" * 200


def named(name: str, *, noun: str = "companies", name_zh: str = "") -> Any:
    """A company or a person."""
    address = f"/{noun}/{name.lower().replace(' ', '-')}/"
    return SimpleNamespace(pk=name, name=name, name_zh=name_zh, slug=name, get_absolute_url=lambda: address)


def fact(noun: str, pk: int, **fields: Any) -> Any:
    """A fact of that day, month or year."""
    day = fields.pop("date", "2025-03")
    first, last = day_range(day)
    defaults = {
        "pk": pk, "date": day, "date_first": first, "date_last": last, "sort_date": first or last or date(2025, 6, 1),
        "status": "reported", "reporters": 2, "get_absolute_url": lambda: f"/{noun}/{pk}/",
    }  # fmt: skip
    return SimpleNamespace(**{**defaults, **fields})


def move(pk: int = 1, **fields: Any) -> Any:
    person = fields.setdefault("person", named("Ada Quill", noun="people"))
    ends = {"origin": named("Northwind"), "destination": named("Lanternlight")}
    return fact("moves", pk, person_id=person and person.pk, **{**ends, **fields})


def signal(pk: int = 1, **fields: Any) -> Any:
    numbers = {name: Decimal(fields.pop(name)) if fields.get(name) else None for name in ("value_min", "value_max")}
    shared = {"metric": "headcount", "unit": "people", "team": "", "value_of": None}
    return fact("signals", pk, **{**shared, **numbers, **fields})


def report(pk: int = 1, **fields: Any) -> Any:
    amounts = {name: Decimal(fields.pop(name)) if fields.get(name) else None for name in ("amount_min", "amount_max")}
    source = SimpleNamespace(
        name="The Daily Ledger", kind="feed", host="x.example", Kind=SimpleNamespace(UPLOAD="upload")
    )
    article = SimpleNamespace(source=source, language="en")
    claim = SimpleNamespace(attribution="two people", attribution_kind="unnamed", attribution_count=2, article=article)
    shared = {
        "company": named("Lanternlight"), "person": None, "population": "", "currency": "USD", "period": "year",
        "component": "total", "kind": "offered", "lead_claim": claim,
    }  # fmt: skip
    return fact("compensation", pk, **{**shared, **amounts, **fields})


def roots(picture: Picture) -> list[Any]:
    """The picture as it can be shown anywhere, parsed: well-formed in both widths, on pages and in files."""
    drawings = [picture.drawn(width) for width in (WIDE, NARROW)]
    texts = [each.inline() for each in drawings]
    texts += [each.file(scheme=scheme, site="https://x.example") for each in drawings for scheme in Scheme]
    return [etree.fromstring(text) for text in texts]


def said(root: Any) -> list[str]:
    """What its parts are called, for those who listen or point."""
    return [str(each) for each in root.xpath("//*[@aria-label]/@aria-label")]


def written(root: Any) -> str:
    """The words in it."""
    return " ".join(root.xpath("//*[local-name() = 'text']/text()"))


def assert_harmless(picture: Picture) -> None:
    """Nothing in the picture runs, is styled past a content policy, or stands outside of it."""
    for root in roots(picture):
        for element in root.iter():
            assert etree.QName(element).localname not in ("script", "style", "foreignObject", "image")
            assert "style" not in element.attrib
            assert not [name for name in element.attrib if name.startswith("on")]
        width, height = (float(size) for size in root.get("viewBox").split()[2:])
        assert width > 0
        assert height > 0
        for x in root.xpath("//*[local-name() = 'text']/@x"):
            assert -1 <= float(x) <= width + 1
