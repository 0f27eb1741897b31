"""Puts together what an article's clauses tell of moves: two halves become one record, a thing told twice one claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from articles.extraction.claims import MoveClaim, MoveEnd, Status
from articles.extraction.document import Span
from articles.extraction.names import name_key
from articles.extraction.organisations import family

# Two halves of one move may stand this many characters apart, or anywhere where the person has no other move.
_NEAR = 600
_DID_NOT: frozenset[Status] = frozenset({"declined", "denied"})
_RANK: dict[Status, int] = {"confirmed": 0, "reported": 1, "planned": 2, "rumoured": 3, "declined": 4, "denied": 5}

Who = tuple[str, int | None, int | None]
End = tuple[Who, str, str, bool]


def assemble(claims: Iterable[MoveClaim]) -> list[MoveClaim]:
    """The article's moves in the order of its text: halves joined, no end told twice."""
    claims = list(claims)
    told = [claim for claim in claims if _key(claim.origin) or _key(claim.destination)]
    joined = _join_halves(_named_ones(_with_ventures(claims, told)))
    return sorted(_come_back(_once(joined)), key=lambda claim: (claim.span.start, claim.span.end))


def who(claim: MoveClaim) -> Who:
    """The person's key, or a group's counts: what makes two statements be about the same people."""
    if claim.person is not None:
        return name_key(claim.person.name), None, None
    return "", claim.cohort and claim.cohort.min, claim.cohort and claim.cohort.of


def _key(end: MoveEnd | None) -> str:
    return name_key(end.org) if end is not None and end.org else ""


def _ends(claim: MoveClaim) -> list[End]:
    sides = (("from", claim.origin), ("to", claim.destination))
    return [(who(claim), side, _group(end), claim.status not in _DID_NOT) for side, end in sides if _key(end)]


def _group(end: MoveEnd | None) -> str:
    return name_key(family(end.org)) if end is not None and end.org else ""


def _with_ventures(claims: list[MoveClaim], told: list[MoveClaim]) -> list[MoveClaim]:
    """Claims that name an employer, and ventures without a name whose founder is told to have left one."""
    movers = {who(claim) for claim in told}
    return [c for c in claims if c in told or (c.kind == "founding" and who(c) in movers)]


def _named_ones(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Without groups whose members are all named: "a founder" told again by name, "four more" then listed."""
    named = [c for c in claims if c.person is not None]
    kept: list[MoveClaim] = []
    for claim in claims:
        count = claim.cohort.min if claim.cohort and claim.cohort.min == claim.cohort.max else None
        twins = {who(c): c for c in named if count and _matches(claim, c)}
        if count is None or claim.cohort is None or len(twins) < count or "other" in claim.cohort.text.split():
            kept.append(claim)
        elif count == 1:
            twin = min(twins.values(), key=lambda c: abs(c.span.start - claim.span.start))
            kept.append(replace(claim, person=twin.person, cohort=None))
    return kept


def _matches(group: MoveClaim, named: MoveClaim) -> bool:
    """Whether a named move can be one of the group's: every end that both tell is the same, and one is."""
    pairs = [(_key(group.origin), _key(named.origin)), (_key(group.destination), _key(named.destination))]
    told = [(a, b) for a, b in pairs if a and b]
    near = abs(group.span.start - named.span.start) <= 4 * _NEAR
    return near and bool(told) and all(a == b for a, b in told) and group.status == named.status


def _come_back(claims: list[MoveClaim]) -> list[MoveClaim]:
    """A return whose stay elsewhere the article tells comes from there."""
    result = []
    for claim in claims:
        stays = [
            c
            for c in claims
            if c is not claim and who(c) == who(claim) and _key(c.origin) and _key(c.origin) == _key(claim.destination)
        ]
        if claim.kind == "return" and claim.origin is None and stays and stays[0].destination:
            claim = replace(claim, origin=stays[0].destination)
        result.append(claim)
    return result


def _join_halves(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Join a departure told in one place with the arrival told in another."""
    left = list(claims)
    for departure in [c for c in claims if _is_departure(c)]:
        partners = [c for c in left if _fits(departure, c)]
        if not partners or departure not in left:
            continue
        arrival = min(partners, key=lambda c: abs(c.span.start - departure.span.start))
        if abs(arrival.span.start - departure.span.start) > _NEAR and len(partners) > 1:
            continue
        left[left.index(arrival)] = _joined(departure, arrival)
        left.remove(departure)
    return left


def _is_departure(claim: MoveClaim) -> bool:
    return (
        claim.kind == "departure"
        and claim.person is not None
        and claim.origin is not None
        and claim.status not in _DID_NOT
    )


def _fits(departure: MoveClaim, arrival: MoveClaim) -> bool:
    """Whether ``arrival`` can be the other half: same person, no origin of its own, another employer, same time."""
    if (
        arrival.person is None
        or arrival.origin is not None
        or arrival.destination is None
        or who(arrival) != who(departure)
    ):
        return False
    if arrival.kind == "internal" or arrival.status in _DID_NOT or _key(arrival.destination) == _key(departure.origin):
        return False
    return not (departure.date and arrival.date) or departure.date[:4] == arrival.date[:4]


def _joined(departure: MoveClaim, arrival: MoveClaim) -> MoveClaim:
    near = abs(departure.span.start - arrival.span.start) <= _NEAR and _touching(departure.span, arrival.span)
    span = (
        Span(min(departure.span.start, arrival.span.start), max(departure.span.end, arrival.span.end))
        if near
        else arrival.span
    )
    better = min(departure, arrival, key=lambda c: _RANK[c.status])
    return replace(
        arrival,
        origin=departure.origin,
        kind="hire" if arrival.kind == "departure" else arrival.kind,
        span=span,
        status=better.status,
        date=arrival.date or departure.date,
        attribution=better.attribution or arrival.attribution or departure.attribution,
        confidence=min(departure.confidence, arrival.confidence),
    )


def _touching(one: Span, two: Span) -> bool:
    return max(one.start, two.start) - min(one.end, two.end) <= 120


def _once(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Keep each end once, in its fullest record; what a second telling adds (a date, a role) goes to the first."""
    kept: list[MoveClaim] = []
    seen: dict[End, int] = {}
    for claim in sorted(claims, key=lambda c: (-len(_ends(c)), _RANK[c.status], c.span.start)):
        ends = _ends(claim)
        old = [end for end in ends if end in seen]
        if ends and len(old) == len(ends):
            at = seen[ends[-1]]
            kept[at] = _fuller(kept[at], claim)
            continue
        if not ends and any(_unplaced_twin(claim, other) for other in kept):
            continue
        for end in old:
            claim = replace(claim, origin=None) if end[1] == "from" else replace(claim, destination=None)
        for end in _ends(claim):
            seen[end] = len(kept)
        kept.append(claim)
    return kept


def _unplaced_twin(claim: MoveClaim, other: MoveClaim) -> bool:
    return who(claim) == who(other) and claim.kind == other.kind


def _fuller(kept: MoveClaim, other: MoveClaim) -> MoveClaim:
    better = min(kept, other, key=lambda c: _RANK[c.status]) if kept.status in {"reported", "planned"} else kept
    return replace(
        kept,
        date=kept.date or other.date,
        origin=_end(kept.origin, other.origin),
        destination=_end(kept.destination, other.destination),
        status=better.status,
        attribution=kept.attribution or other.attribution,
        confidence=min(0.98, max(kept.confidence, other.confidence) + 0.03),
    )


def _end(kept: MoveEnd | None, other: MoveEnd | None) -> MoveEnd | None:
    if kept is None or other is None or _key(kept) != _key(other):
        return kept
    return replace(kept, team=kept.team or other.team, role=kept.role or other.role)
