"""Where each name of somebody is written: the claims behind "also written", as footnotes of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from talent.dossier import Note
from talent.models import Claim, Person
from talent.resolve import claim_order, written_forms
from talent.templatetags.names import own_name
from talent.values import seen_at

# Nobody's name is written in more ways than so many claims show.
_CLAIMS = 200


@dataclass(frozen=True, slots=True)
class Name:
    """One more name of somebody, and the number of the footnote that has it; None where no quote of the page does."""

    name: str
    note: Note | None


def names_of_person(
    person: Person, names: Iterable[dict[str, str]], notes: list[Note], day: date | None = None
) -> tuple[list[Name], list[Note]]:
    """The person's other names, each with a footnote, and the page's footnotes with those that names add.

    One query where there is any other name. As of a ``day``, names that nobody had written by then are left out.
    """
    others = [each["name"] for each in names if each["name"] != own_name(person)]
    first = _first_written(person, day) if others else {}
    numbered = {note.claim.pk: note for note in notes}
    found, more = [], list(notes)
    for name in others:
        claim = first.get(name)
        if claim is None:
            if day is None:
                found.append(Name(name, None))
            continue
        if claim.pk not in numbered:
            numbered[claim.pk] = Note(len(more) + 1, claim, None)
            more.append(numbered[claim.pk])
        found.append(Name(name, numbered[claim.pk]))
    return found, more


def _first_written(person: Person, day: date | None) -> dict[str, Claim]:
    """By each form of the name the first of the claims that have it."""
    claims = [c for c in person.claims.as_evidence()[:_CLAIMS] if day is None or seen_at(c).date() <= day]
    first: dict[str, Claim] = {}
    for claim in sorted(claims, key=claim_order):
        for form in written_forms([claim]):
            first.setdefault(form[:200], claim)
    return first


def names_of_company(company: Any, names: Iterable[dict[str, str]], notes: Sequence[Note]) -> list[Name]:
    """The company's other names, those that stand in a quote of the page with its footnote. No query."""
    others = [each["name"] for each in names if each["name"] != own_name(company)]
    patterns = [re.compile(_alone(name)) for name in others]
    return [
        Name(name, next((note for note in notes if pattern.search(note.claim.quote)), None))
        for name, pattern in zip(others, patterns, strict=True)
    ]


def _alone(name: str) -> str:
    """The name, and of a Latin one no part of a longer word."""
    before = r"(?<![A-Za-z0-9])" if name[:1].isascii() else ""
    behind = r"(?![A-Za-z0-9])" if name[-1:].isascii() else ""
    return f"{before}{re.escape(name)}{behind}"
