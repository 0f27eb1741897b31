"""Puts together what an article's clauses tell of moves: two halves become one record, a thing told twice one claim."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from articles.extraction.claims import MoveClaim, MoveEnd, Status
from articles.extraction.document import Span
from articles.extraction.names import name_key
from articles.extraction.organisations import family

# Two halves of one move may stand this many characters apart, or anywhere where the person has no other move.
_NEAR = 600
# A group and the names of its members stand within this many characters.
_IN_SIGHT = 2_400
_DID_NOT: frozenset[Status] = frozenset({"declined", "denied"})
_RANK: dict[Status, int] = {"confirmed": 0, "reported": 1, "planned": 2, "rumoured": 3, "declined": 4, "denied": 5}

Who = tuple[str, int | None, int | None]
End = tuple[Who, str, str, bool]


def assemble(claims: Iterable[MoveClaim]) -> list[MoveClaim]:
    """The article's moves in the order of its text: halves joined, no end told twice."""
    told = _with_ventures(_distinct(claims))
    joined: list[MoveClaim] = []
    for mine in _by_who(_named_ones(told)).values():
        joined += _come_back(_once(_not_from_the_future(_join_halves(mine))))
    return sorted(joined, key=lambda claim: (claim.span.start, claim.span.end))


def who(claim: MoveClaim) -> Who:
    """The person's key, or a group's counts: what makes two statements be about the same people."""
    if claim.person is not None:
        return name_key(claim.person.name), None, None
    cohort = claim.cohort
    return ("", cohort.min, cohort.of) if cohort is not None else ("", None, None)


def _by_who(claims: Iterable[MoveClaim]) -> dict[Who, list[MoveClaim]]:
    groups: dict[Who, list[MoveClaim]] = defaultdict(list)
    for claim in claims:
        groups[who(claim)].append(claim)
    return groups


def _distinct(claims: Iterable[MoveClaim]) -> list[MoveClaim]:
    """Each statement once, word for word repetitions folded into the first: a headline says nothing of who told it."""
    first: dict[tuple[Who, str, str, str, Status, str | None], MoveClaim] = {}
    for claim in claims:
        key = (who(claim), claim.kind, _key(claim.origin), _key(claim.destination), claim.status, claim.date)
        earlier = first.setdefault(key, claim)
        if earlier.attribution is None and claim.attribution is not None:
            first[key] = replace(earlier, attribution=claim.attribution)
    return list(first.values())


def _key(end: MoveEnd | None) -> str:
    return name_key(end.org) if end is not None and end.org else ""


def _group(end: MoveEnd | None) -> str:
    return name_key(family(end.org)) if end is not None and end.org else ""


def _ends(claim: MoveClaim) -> list[End]:
    sides = (("from", claim.origin), ("to", claim.destination))
    return [(who(claim), side, _group(end), claim.status not in _DID_NOT) for side, end in sides if _key(end)]


def _with_ventures(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Claims that name an employer, and ventures without a name whose founder is told to have left one."""
    told = [claim for claim in claims if _key(claim.origin) or _key(claim.destination)]
    movers = {who(claim) for claim in told if claim.person is not None}
    named = {id(claim) for claim in told}
    return [c for c in claims if id(c) in named or (c.kind == "founding" and who(c) in movers)]


def _named_ones(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Without groups whose members are all named: "a founder" told again by name, "four more" then listed."""
    named = sorted((c for c in claims if c.person is not None), key=lambda c: c.span.start)
    starts = [c.span.start for c in named]
    kept: list[MoveClaim] = []
    for claim in claims:
        at = claim.span.start
        near = named[bisect_left(starts, at - _IN_SIGHT) : bisect_right(starts, at + _IN_SIGHT)]
        kept += _unless_named(claim, near)
    return kept


def _unless_named(claim: MoveClaim, near: list[MoveClaim]) -> list[MoveClaim]:
    cohort = claim.cohort
    count = cohort.min if cohort and cohort.min == cohort.max and "other" not in cohort.text.split() else None
    twins = {who(c): c for c in near if count and _matches(claim, c) and (count > 1 or _as_far(claim, c))}
    if count is None or len(twins) < count:
        return [claim]
    if count > 1:
        return []
    twin = min(twins.values(), key=lambda c: abs(c.span.start - claim.span.start))
    better = min(claim, twin, key=lambda c: _RANK[c.status])
    return [replace(claim, person=twin.person, cohort=None, status=better.status)]


def _matches(group: MoveClaim, named: MoveClaim) -> bool:
    """Whether a named move can be one of the group's: every end that both tell is the same, and one is."""
    pairs = [(_key(group.origin), _key(named.origin)), (_key(group.destination), _key(named.destination))]
    told = [(a, b) for a, b in pairs if a and b]
    if _another_role(group, named) or (group.date and named.date and _years_apart(group.date, named.date)):
        return False
    return bool(told) and all(a == b for a, b in told) and (group.status in _DID_NOT) == (named.status in _DID_NOT)


def _another_role(group: MoveClaim, named: MoveClaim) -> bool:
    """Whether "its engineering lead" cannot be the chief scientist named beside."""
    words = group.cohort.text.lower().split() if group.cohort else []
    roles = [end.role.lower().split()[-1] for end in (group.origin, named.origin) if end is not None and end.role]
    return len(roles) == 2 and roles[0] != roles[1] and words[:1] not in (["one"], ["a"], ["an"], ["another"])


def _as_far(group: MoveClaim, named: MoveClaim) -> bool:
    """Whether the named one is told to go where "one of its co-founders" goes, or at least left no other role."""
    if not _key(group.destination) or _key(named.destination):
        return True
    roles = [end.role.lower().split()[-1].removesuffix("s") for end in (group.origin, named.origin) if end and end.role]
    return len(roles) < 2 or roles[0] == roles[1]


def _join_halves(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Join a departure told in one place with the arrival told in another, for one person."""
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
    happened = claim.status not in _DID_NOT
    return claim.kind == "departure" and claim.person is not None and claim.origin is not None and happened


def _fits(departure: MoveClaim, arrival: MoveClaim) -> bool:
    """Whether ``arrival`` can be the other half: no origin of its own, another employer, the same time."""
    if arrival.person is None or arrival.origin is not None or arrival.destination is None:
        return False
    if arrival.kind == "internal" or arrival.status in _DID_NOT or _key(arrival.destination) == _key(departure.origin):
        return False
    return not (departure.date and arrival.date) or departure.date[:4] == arrival.date[:4]


def _joined(departure: MoveClaim, arrival: MoveClaim) -> MoveClaim:
    one, two = departure.span, arrival.span
    touching = max(one.start, two.start) - min(one.end, two.end) <= 120
    better = min(departure, arrival, key=lambda c: _RANK[c.status])
    return replace(
        arrival,
        origin=departure.origin,
        kind="hire" if arrival.kind == "departure" else arrival.kind,
        span=Span(min(one.start, two.start), max(one.end, two.end)) if touching else two,
        status=better.status,
        date=arrival.date or departure.date,
        attribution=better.attribution or arrival.attribution or departure.attribution,
        confidence=min(departure.confidence, arrival.confidence),
    )


def _not_from_the_future(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Without the origin of an earlier arrival to which the person goes only later, or which they leave only now."""
    return [
        replace(c, origin=None) if any(_leads_later(o, c) or _left_later(o, c) for o in claims) else c for c in claims
    ]


def _left_later(later: MoveClaim, claim: MoveClaim) -> bool:
    """Whether the employer from which ``claim`` would have somebody come years ago is the one that they leave now."""
    if later is claim or not _is_departure(later) or not claim.date or claim.destination is None:
        return False
    if not _key(claim.origin) or _key(later.origin) != _key(claim.origin):
        return False
    return _years_apart(later.date, claim.date) and later.date > claim.date if later.date else later.status == "planned"


def _leads_later(later: MoveClaim, claim: MoveClaim) -> bool:
    if later is claim or "return" in (later.kind, claim.kind) or not claim.date:
        return False
    if claim.destination is None or not _key(claim.origin):
        return False
    if _key(later.destination) != _key(claim.origin) or _key(later.origin) not in ("", _key(claim.destination)):
        return False
    return later.date[:4] > claim.date[:4] if later.date else later.status == "planned" or bool(_key(later.origin))


def _once(claims: list[MoveClaim]) -> list[MoveClaim]:
    """Keep each end once, in its fullest record; what a second telling adds (a date, a role) goes to the first."""
    kept: list[MoveClaim] = []
    seen: dict[End, list[int]] = defaultdict(list)
    kinds: set[str] = set()
    for claim in sorted(claims, key=lambda c: (-len(_ends(c)), _RANK[c.status], c.span.start)):
        ends = _ends(claim)
        twins = {end: at for end in ends if (at := _twin(claim, end, seen[end], kept)) is not None}
        if ends and len(twins) == len(ends):
            at = twins[ends[-1]]
            kept[at] = _fuller(kept[at], claim)
            continue
        if not ends and claim.kind in kinds:
            continue
        for end in twins:
            claim = replace(claim, origin=None) if end[1] == "from" else replace(claim, destination=None)
        for end in _ends(claim):
            seen[end].append(len(kept))
        kinds.add(claim.kind)
        kept.append(claim)
    return kept


def _twin(claim: MoveClaim, end: End, told: list[int], kept: list[MoveClaim]) -> int | None:
    """Which of the kept claims told the same end of the same move; None for none. Nobody is left twice."""
    return next((at for at in told if end[1] == "from" or not _at_another_time(claim, kept[at])), None)


def _at_another_time(one: MoveClaim, two: MoveClaim) -> bool:
    """Whether two moves to one employer are two: joined in 1984, made its chief in 2007 or without a date."""
    if one.date and two.date:
        return _years_apart(one.date, two.date)
    changes = (one.kind == "internal") != (two.kind == "internal")
    return changes and (one.date if two.kind == "internal" else two.date) is not None


def _years_apart(one: str, two: str) -> bool:
    """Whether two dates in EDTF share no year."""
    first, second = ({part[:4] for part in date.split("/") if part[:4].isdecimal()} for date in (one, two))
    return bool(first and second) and (max(first) < min(second) or max(second) < min(first))


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


def _come_back(claims: list[MoveClaim]) -> list[MoveClaim]:
    """A return whose stay elsewhere the article tells comes from there."""
    return [_from_stay(claim, claims) if claim.kind == "return" and claim.origin is None else claim for claim in claims]


def _from_stay(claim: MoveClaim, claims: list[MoveClaim]) -> MoveClaim:
    home = _key(claim.destination)
    stays = (c for c in claims if c is not claim and home and _key(c.origin) == home and c.destination is not None)
    stay = next(stays, None)
    return replace(claim, origin=stay.destination) if stay is not None else claim
