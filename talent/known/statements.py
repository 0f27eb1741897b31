"""What a text states about moves, pay and staff, and which of the ledger's facts say the same or something near it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from articles.extraction import Extraction
from articles.extraction.claims import AS_JSON
from talent.keys import lookups, organisations
from talent.models import Claim, ClaimKind, CompensationReport, Fact, Move, Signal, Status
from talent.resolve import Directory, directory_of

# A text states no more than these that anybody would look through, and each is answered by so many facts.
MAX_STATEMENTS = 40
MAX_FACTS = 5
_MOST_CLAIMS = 400
_FACTS: dict[str, type[Any]] = {"move": Move, "report": CompensationReport, "signal": Signal}


class Standing(StrEnum):
    """How a statement stands to the ledger."""

    KNOWN = "known"
    NEAR = "near"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """``text[start:end]`` states something; ``facts`` say the same, or speak of the same person or firm."""

    kind: str
    status: str
    quote: str
    start: int
    end: int
    standing: Standing
    facts: tuple[Fact, ...]

    def get_status_display(self) -> str:
        return str(Status(self.status).label)

    def get_kind_display(self) -> str:
        return str(ClaimKind(self.kind).label)


Value = dict[str, Any]
# Facts by the field of a claim that leads to them, and their key.
Shown = dict[tuple[str, int], Fact]


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim of the text as the ledger would look it up."""

    kind: str
    value: Value
    keys: dict[str, Any]


def statements_of(text: str, extraction: Extraction) -> tuple[Statement, ...]:
    """The statements in the order of the text. At most five queries, however many there are."""
    claims = [
        (kind, claim)
        for kind, found in (
            (ClaimKind.MOVE, extraction.moves),
            (ClaimKind.COMPENSATION, extraction.compensation),
            (ClaimKind.SIGNAL, extraction.signals),
        )
        for claim in found
    ]
    values = [(kind.value, AS_JSON[kind](claim, text)) for kind, claim in claims]
    values = sorted(values, key=lambda each: (each[1]["start"], each[1]["end"]))[:MAX_STATEMENTS]
    companies = directory_of(org for _, value in values for org in organisations(value))
    here = hashlib.sha256(text.encode()).hexdigest()
    said = [_Said(kind, value, lookups(here, kind, value, companies)) for kind, value in values]
    known = _claims_near(said)
    matched = [_matching(each, known, companies) for each in said]
    facts = _facts(claim for _, found in matched for claim in found)
    return tuple(_statement(each, *found, facts) for each, found in zip(said, matched, strict=True))


def _claims_near(said: Sequence[_Said]) -> list[Claim]:
    """Claims about the same people at one of the same companies, or of the same group; one query."""
    people = sorted({key for each in said for key in each.keys["person_keys"]})
    companies = sorted({key for each in said for key in each.keys["company_keys"]})
    groups = sorted({each.keys["group_key"] for each in said} - {""})
    near = Q(group_key__in=groups)
    if people:
        near |= (
            Q(person_keys__overlap=people)
            if not companies
            else Q(person_keys__overlap=people, company_keys__overlap=companies)
        )
    if not groups and not people:
        return []
    return list(Claim.objects.visible().filter(near).defer("article").order_by("-pk")[:_MOST_CLAIMS])


def _matching(said: _Said, known: Iterable[Claim], companies: Directory) -> tuple[Standing, list[Claim]]:
    same: list[Claim] = []
    near: list[Claim] = []
    for claim in known:
        if claim.kind != said.kind:
            continue
        people = set(said.keys["person_keys"])
        if people.isdisjoint(claim.person_keys) and (people or said.keys["group_key"] != claim.group_key):
            continue
        (same if _says_the_same(said, claim, companies) else near).append(claim)
    if same:
        return Standing.KNOWN, same
    return (Standing.NEAR, near) if near else (Standing.UNKNOWN, [])


def _says_the_same(said: _Said, claim: Claim, companies: Directory) -> bool:
    """Of moves, that no end contradicts and one agrees; of pay, the figures; a group's key says it all."""
    if not said.keys["person_keys"]:
        return True
    if said.kind == ClaimKind.COMPENSATION:
        return all(said.value[name] == claim.value.get(name) for name in ("min", "max", "currency"))
    agree = [
        companies.related(ours, theirs)
        for side in ("from", "to")
        if (ours := _org(said.value, side)) and (theirs := _org(claim.value, side))
    ]
    return bool(agree) and all(agree)


def _org(value: Value, side: str) -> str:
    return str((value.get(side) or {}).get("org") or "")


def _facts(claims: Iterable[Claim]) -> Shown:
    """The facts of the claims with all that is shown of them; a query for each kind that there is."""
    wanted: dict[str, set[int]] = {name: set() for name in _FACTS}
    for claim in claims:
        for name, pks in wanted.items():
            if (pk := getattr(claim, f"{name}_id")) is not None:
                pks.add(pk)
    return {
        (name, fact.pk): fact
        for name, pks in wanted.items()
        if pks
        for fact in _FACTS[name].objects.for_list().filter(pk__in=pks)
    }


def _statement(
    said: _Said, standing: Standing, claims: Iterable[Claim], facts: dict[tuple[str, int], Fact]
) -> Statement:
    shown: dict[tuple[str, int], Fact] = {}
    for claim in claims:
        place = next((name, pk) for name in _FACTS if (pk := getattr(claim, f"{name}_id")) is not None)
        if place in facts:
            shown[place] = facts[place]
    value = said.value
    return Statement(
        kind=said.kind,
        status=value["status"],
        quote=value["quote"],
        start=value["start"],
        end=value["end"],
        standing=standing if shown else Standing.UNKNOWN,
        facts=tuple(shown.values())[:MAX_FACTS],
    )
