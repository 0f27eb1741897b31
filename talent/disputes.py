"""Where the accounts of one event contradict each other: each version beside the others, with who says which.

A claim that says less contradicts nobody: "in June" and "on 18 June" are one date. Pure, but for ``rivals``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from rapidfuzz.fuzz import token_set_ratio

from articles.extraction.names import script_of
from talent.dates import days_apart, precision
from talent.models import Claim, CompensationReport, Fact, Move, MoveKind, Signal, Status
from talent.resolve import SAME_MOVE_DAYS, claim_order, family_keys

# Counts of people change faster than moves are reported.
SAME_COUNT_DAYS = 60
# Figures of one offer may come out over a year.
SAME_PAY_DAYS = 400
# Roles in one language that share fewer words than this are different ones (0 to 100).
_ALIKE_ROLES = 40

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


def disputes(fact: Fact, claims: Sequence[Claim], others: Iterable[Fact] = ()) -> list[Dispute]:
    """Contradictions among the fact's ``claims``, and with ``others``, which are its ``rivals``."""
    ordered = sorted(claims, key=claim_order)
    found = [
        _parted("date", [(c.date, c) for c in ordered if c.date], _dates_agree, best=precision),
        _parted("status", [(_stand(c), c) for c in ordered], str.__eq__),
        *(_parted(name, _said(ordered, side, "org"), _companies_agree) for side, name in _SIDES),
        *(_parted(f"{name}_role", _said(ordered, side, "role"), _roles_agree) for side, name in _SIDES),
    ]
    return [dispute for dispute in found if dispute] + list(_with_rivals(fact, list(others)))


_SIDES = (("from", "origin"), ("to", "destination"))


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


def _companies_agree(left: str, right: str) -> bool:
    return not set(family_keys(left)).isdisjoint(family_keys(right))


def _roles_agree(left: str, right: str) -> bool:
    return script_of(left) != script_of(right) or token_set_ratio(left.lower(), right.lower()) >= _ALIKE_ROLES


# ------------------------------------------------------------------ rival facts


def rivals(fact: Fact, moves: Iterable[Move] = ()) -> list[Any]:
    """Facts that tell the same event otherwise, as readers may see them. One query at most; for a person's move none,
    where ``moves`` are the person's."""
    if isinstance(fact, Move) and fact.person_id:
        near = [m for m in moves if m.pk != fact.pk and abs((m.sort_date - fact.sort_date).days) <= SAME_MOVE_DAYS]
        return [m for m in near if _rival_ends(fact, m)]
    if isinstance(fact, Move):
        counted = _near(Move.objects.for_list(), fact, SAME_COUNT_DAYS).filter(person=None)
        alike = counted.filter(origin=fact.origin_id, destination=fact.destination_id)
        return [m for m in alike if _counts(m) != _counts(fact) and None not in (_counts(m)[0], _counts(fact)[0])]
    if isinstance(fact, CompensationReport) and fact.person_id:
        near = _near(CompensationReport.objects.for_list(), fact, SAME_PAY_DAYS)
        return list(near.filter(person=fact.person_id, company=fact.company_id, kind=fact.kind))
    if isinstance(fact, Signal) and fact.value_min is not None:
        near = _near(Signal.objects.for_list(), fact, SAME_COUNT_DAYS)
        return list(near.filter(company=fact.company_id, metric=fact.metric, team=fact.team).exclude(company=None))
    return []


def _near(rows: Any, fact: Fact, days: int) -> Any:
    """Other rows whose day lies within so many days."""
    window = timedelta(days=days)
    dated = Q(sort_date__gte=fact.sort_date - window, sort_date__lte=fact.sort_date + window)
    return rows.filter(dated).exclude(pk=fact.pk)


def _rival_ends(fact: Move, other: Move) -> bool:
    """Whether the two part at one end only, and neither is an offer turned down or a change within one company."""
    quiet = {fact.status, other.status} & {Status.DECLINED} or MoveKind.INTERNAL in (fact.kind, other.kind)
    agree = [_ends_agree(fact, other, side) for side in ("origin", "destination")]
    return not quiet and True in agree and False in agree


def _ends_agree(left: Move, right: Move, side: str) -> bool | None:
    ours, theirs = getattr(left, side), getattr(right, side)
    return _companies_agree(ours.name, theirs.name) if ours and theirs else None


def _counts(move: Move) -> tuple[int | None, int | None]:
    return move.cohort_min if move.cohort_min is not None else move.cohort_max, move.cohort_of


def _with_rivals(fact: Fact, others: Sequence[Any]) -> Iterator[Dispute]:
    by_field: dict[str, list[Any]] = {}
    for other in others:
        by_field.setdefault(_field_of(fact, other), []).append(other)
    for name in sorted(by_field):
        shown = sorted([fact, *by_field[name]], key=lambda f: (f.first_seen, f.public_id))
        yield Dispute(name, [Version("", fact=each) for each in shown])


def _field_of(fact: Fact, other: Any) -> str:
    if isinstance(fact, CompensationReport):
        return "amount"
    if isinstance(fact, Move) and fact.person_id:
        return "origin" if _ends_agree(fact, other, "origin") is False else "destination"
    return "count"
