"""Where the accounts of one event contradict each other: each version beside the others, with who says which.

A claim that says less contradicts nobody: "in June" and "on 18 June" are one date. Pure, but for ``rivals``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from typing import Any

from django.db.models import Q, QuerySet
from rapidfuzz.fuzz import token_set_ratio

from articles.extraction.names import name_key, script_of
from talent.dates import days_apart, precision
from talent.models import Claim, CompensationReport, Fact, Move, MoveKind, Signal, Status
from talent.resolve import SAME_MOVE_DAYS, Directory, claim_order

# Counts of people change faster than moves are reported.
SAME_COUNT_DAYS = 60
# Figures of one offer may come out over a year.
SAME_PAY_DAYS = 400
# Roles in one language that share fewer words than this are different ones (0 to 100).
_ALIKE_ROLES = 40
# Rows of one kind that are looked at, at the most.
MOST = 100
_EMPTY_WORDS = frozenset(("a", "an", "its", "of", "the", "their"))

Said = tuple[str, Claim]


@dataclass(frozen=True, slots=True)
class Version:
    """One account: its value as claims give it, the claims, or the rival fact that stands for it."""

    value: str
    claims: list[Claim] = field(default_factory=list)
    fact: Any = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Versions of one field that cannot all be right: date, status, origin, destination, role, amount or count."""

    field: str
    versions: list[Version]


def disputes(
    fact: Fact, claims: Sequence[Claim], others: Iterable[Fact] = (), *, companies: Directory
) -> list[Dispute]:
    """Contradictions among the fact's ``claims``, and with ``others``, which are its ``rivals``."""
    ordered = sorted(claims, key=claim_order)
    found = [
        _parted("date", [(c.date, c) for c in ordered if c.date], _dates_agree, best=precision),
        _parted("status", [(_stand(c), c) for c in ordered], str.__eq__),
        *(_parted(name, _said(ordered, side, "org"), companies.related) for side, name in _SIDES),
        *(_parted(f"{name}_role", _said(ordered, side, "role"), _roles_agree) for side, name in _SIDES),
    ]
    return [dispute for dispute in found if dispute] + list(_with_rivals(fact, list(others), companies))


_SIDES = (("from", "origin"), ("to", "destination"))


def at_odds(told: Iterable[tuple[str, str, dict[str, Any]]], companies: Directory) -> bool:
    """Whether ``disputes`` has any among claims of which only date, status and value are at hand."""
    dates, statuses, values = zip(*told, strict=True)
    return (
        len({status == Status.DENIED for status in statuses}) > 1
        or _any_apart(dates, _dates_agree)
        or any(_any_apart(_parts(values, side, "org"), companies.related) for side, _ in _SIDES)
        or any(_any_apart(_parts(values, side, "role"), _roles_agree) for side, _ in _SIDES)
    )


def _any_apart(values: Iterable[str | None], agree: Callable[[str, str], bool]) -> bool:
    different = sorted({value for value in values if value})
    return any(not agree(left, right) for left, right in combinations(different, 2))


def _parts(values: Iterable[dict[str, Any]], side: str, part: str) -> list[str | None]:
    return [(value.get(side) or {}).get(part) for value in values]


def _said(claims: Iterable[Claim], side: str, part: str) -> list[Said]:
    return [(value, claim) for claim in claims if (value := (claim.value.get(side) or {}).get(part))]


def _parted(
    name: str, said: Sequence[Said], agree: Callable[[str, str], bool], *, best: Callable[[str], int] | None = None
) -> Dispute | None:
    """A dispute where the values fall apart into more than one version; a version shows its ``best`` value."""
    versions: list[list[Said]] = []
    for value, claim in sorted(said, key=lambda s: (best(s[0]) if best else 0, claim_order(s[1]))):
        fitting = (version for version in versions if all(agree(value, other) for other, _ in version))
        version = next(fitting, None)
        if version is None:
            versions.append(version := [])
        version.append((value, claim))
    if len(versions) < 2:
        return None
    shown = [Version(v[0][0], sorted((c for _, c in v), key=claim_order)) for v in versions]
    return Dispute(name, sorted(shown, key=lambda version: claim_order(version.claims[0])))


def _stand(claim: Claim) -> str:
    """Only a denial contradicts; a rumour that is confirmed later is a life cycle."""
    return Status.DENIED if claim.status == Status.DENIED else Status.REPORTED


def _dates_agree(left: str, right: str) -> bool:
    return not days_apart(left, right)


def _roles_agree(left: str, right: str) -> bool:
    return script_of(left) != script_of(right) or token_set_ratio(left.lower(), right.lower()) >= _ALIKE_ROLES


# ------------------------------------------------------------------ rival facts


def rivals(fact: Fact, moves: Iterable[Move] = (), *, companies: Directory) -> list[Any]:
    """Facts that tell the same event otherwise, as readers may see them. One query at most; for a person's move none,
    where ``moves`` are the person's."""
    if isinstance(fact, Move) and fact.person_id:
        return rival_moves(fact, moves, companies=companies)
    if isinstance(fact, Move):
        return rival_groups(fact, groups_alike(fact))
    if isinstance(fact, CompensationReport):
        return [report for report in _of_one_pay(fact) if _amounts_apart(fact, report)]
    if isinstance(fact, Signal) and fact.value_min is not None:
        near = _near(Signal.objects.for_list(), fact, SAME_COUNT_DAYS)
        return list(near.filter(company=fact.company_id, metric=fact.metric, team=fact.team).exclude(company=None))
    return []


def rival_moves(move: Move, moves: Iterable[Move], *, companies: Directory) -> list[Move]:
    """Of one person's ``moves`` those that tell the same one otherwise."""
    near = [m for m in moves if m.pk != move.pk and abs((m.sort_date - move.sort_date).days) <= SAME_MOVE_DAYS]
    return [m for m in near if _rival_ends(move, m, companies)]


def groups_alike(move: Move) -> QuerySet[Move]:
    """Other groups between the same companies at about the same time, as readers may see them."""
    counted = _near(Move.objects.for_list(), move, SAME_COUNT_DAYS).filter(person=None)
    alike: QuerySet[Move] = counted.filter(origin=move.origin_id, destination=move.destination_id)
    return alike


def rival_groups(move: Move, alike: Iterable[Move]) -> list[Move]:
    """Of the groups ``alike`` those that another number of people is told of."""
    return [m for m in alike if _counted_otherwise(m, move)]


def _counted_otherwise(left: Move, right: Move) -> bool:
    """Whether two counts contradict each other. "7 of the 14" and "10 of the 68" are counts of two groups."""
    (ours, our_whole), (theirs, their_whole) = _counts(left), _counts(right)
    if ours is None or theirs is None or (ours, our_whole) == (theirs, their_whole):
        return False
    of_two_groups = ours != theirs and our_whole != their_whole and None not in (our_whole, their_whole)
    return not of_two_groups


def _of_one_pay(fact: CompensationReport) -> list[CompensationReport]:
    """Reports of the same part of the same pay: a person's, or a population's at one company."""
    same = {name: getattr(fact, name) for name in ("company_id", "kind", "component", "period", "currency")}
    near = _near(CompensationReport.objects.for_list(), fact, SAME_PAY_DAYS).filter(person=fact.person_id, **same)
    if fact.person_id:
        return list(near[:MOST])
    # Without a company, or with nobody said to earn it, nothing shows that two figures are of one pay.
    who = population_key(fact.population) if fact.company_id and fact.population else ()
    return [report for report in near[:MOST] if population_key(report.population) == who] if who else []


def population_key(words: str) -> tuple[str, ...]:
    """What two wordings of one population share: "The AI researchers" and "AI researcher", never "senior" ones."""
    if script_of(words) == "Hani":
        return (name_key(words),)
    parts = re.findall(r"[^\W_]+", words.casefold())
    return tuple(sorted(part.removesuffix("s") for part in parts if part not in _EMPTY_WORDS))


def _amounts_apart(left: CompensationReport, right: CompensationReport) -> bool:
    """Whether the two figures leave no amount that both could mean; an open end leaves all beyond it."""
    lower, upper = sorted((left, right), key=lambda r: (r.amount_min or 0, r.amount_max is None, r.amount_max or 0))
    return upper.amount_min is not None and lower.amount_max is not None and lower.amount_max < upper.amount_min


def _near(rows: Any, fact: Fact, days: int) -> Any:
    """Other rows whose day lies within so many days."""
    window = timedelta(days=days)
    dated = Q(sort_date__gte=fact.sort_date - window, sort_date__lte=fact.sort_date + window)
    return rows.filter(dated).exclude(pk=fact.pk)


def _rival_ends(fact: Move, other: Move, companies: Directory) -> bool:
    """Whether the two part at one end only, and neither is an offer turned down or a change within one company."""
    quiet = {fact.status, other.status} & {Status.DECLINED} or MoveKind.INTERNAL in (fact.kind, other.kind)
    agree = [_ends_agree(fact, other, side, companies) for side in ("origin", "destination")]
    return not quiet and True in agree and False in agree


def _ends_agree(left: Move, right: Move, side: str, companies: Directory) -> bool | None:
    ours, theirs = getattr(left, side), getattr(right, side)
    return companies.related(ours.name, theirs.name) if ours and theirs else None


def _counts(move: Move) -> tuple[int | None, int | None]:
    return move.cohort_min if move.cohort_min is not None else move.cohort_max, move.cohort_of


def _with_rivals(fact: Fact, others: Sequence[Any], companies: Directory) -> Iterator[Dispute]:
    by_field: dict[str, list[Any]] = {}
    for other in others:
        by_field.setdefault(_field_of(fact, other, companies), []).append(other)
    for name in sorted(by_field):
        shown = sorted([fact, *by_field[name]], key=lambda f: (f.first_seen, f.public_id))
        yield Dispute(name, [Version("", fact=each) for each in shown])


def _field_of(fact: Any, other: Any, companies: Directory) -> str:
    if isinstance(fact, CompensationReport):
        return "amount"
    if getattr(fact, "person_id", None):
        return "origin" if _ends_agree(fact, other, "origin", companies) is False else "destination"
    return "count"
