"""What happens in one part of the world: careers of people, moves of groups, pay and signs of hiring, each with the
reports of it. Pure: the same seed plans the same."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from talent.world.words import Soul, firm, soul, words

FIRST_DAY, LAST_DAY = date(2016, 1, 4), date(2026, 10, 30)
# Moves in one part. Parts are planned and written one by one, so that memory holds no more.
PART = 5_000
# Nobody of one part has the number of somebody of another.
PEOPLE = 1_080
# Of a hundred moves, so many are of unnamed groups.
GROUPS = 3
# Beside a hundred moves there are so many reports of pay, and signals.
PAY, SIGNALS = 4, 4
_MOVES_OF_A_PERSON = ((1, 10), (2, 11), (3, 13), (4, 14), (5, 14), (6, 12), (7, 10), (8, 7), (10, 6), (12, 3))
_REPORTS = ((1, 81), (2, 13), (3, 4), (4, 2))
_STATUSES = (("reported", 56), ("confirmed", 30), ("rumoured", 8), ("planned", 4), ("declined", 1), ("denied", 1))
_PRECISIONS = (("day", 50), ("month", 34), ("year", 6), ("", 10))


@dataclass(slots=True)
class Report:
    """One article's word on an event: when, how firmly, and how much of it."""

    event: Event
    day: date
    status: str
    precision: str
    # Which ends of a move it names.
    ends: tuple[bool, bool] = (True, True)


@dataclass(slots=True, eq=False)
class Event:
    """Something that becomes a fact: ``kind`` is its claims' kind, ``about`` what they say of it."""

    kind: str
    day: date
    about: dict[str, Any]
    soul: Soul | None = None
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Firms:
    """The world's companies by name, the great ones first: their share falls with their rank."""

    names: Sequence[str]
    weights: Sequence[float]

    @classmethod
    def of(cls, number: int) -> Firms:
        """So many companies; of 20,000 the first takes 1.3 % of all moves."""
        return cls([firm(n) for n in range(number)], list(accumulate(1 / (n + 8) ** 0.95 for n in range(number))))

    def any(self, random: Random) -> str:
        return self.names[bisect(self.weights, random.random() * self.weights[-1], 0, len(self.names) - 1)]

    def of_part(self, part: int, parts: int) -> Sequence[str]:
        """Those about which one part alone tells what needs no person: elsewhere the same numbers could meet."""
        return self.names[part::parts]


def how_many_firms(moves: int) -> int:
    return min(max(40, moves // 50), 20_000)


def parts_of(moves: int) -> int:
    return max(1, -(-moves // PART))


def plan(random: Random, firms: Firms, *, part: int, parts: int, moves: int) -> list[Event]:
    """The events of one part with ``moves`` moves."""
    groups = moves * GROUPS // 100
    own = firms.of_part(part, parts)
    events = [*_careers(random, firms, first=part * PEOPLE, moves=moves - groups), *_groups(random, firms, own, groups)]
    careers = [event for event in events if event.soul and event.about["destination"] and event.about["kind"] == "hire"]
    events += [*_pay(random, own, careers, moves * PAY // 100), *_signals(random, own, moves * SIGNALS // 100)]
    for event in events:
        _report(random, event)
    return events


def _careers(random: Random, firms: Firms, *, first: int, moves: int) -> Iterator[Event]:
    """People one after the other, each from company to company, never twice at one: so no two moves are alike."""
    number = 0
    while moves:
        several = min(_drawn(random, _MOVES_OF_A_PERSON), moves)
        stations = _stations(random, firms, several + 1)
        days = sorted(_day(random) for _ in range(several))
        for place, day in enumerate(days):
            yield Event("move", day, _move(random, stations, place, several), soul(first + number))
        moves, number = moves - several, number + 1
        if number > PEOPLE:
            raise ValueError("The dice made more people than a part has numbers for: take another seed.")


def _stations(random: Random, firms: Firms, number: int) -> list[str]:
    stations: dict[str, None] = {}
    while len(stations) < number:
        stations[firms.any(random)] = None
    return list(stations)


def _move(random: Random, stations: list[str], place: int, several: int) -> dict[str, Any]:
    origin: str | None = stations[place]
    destination: str | None = stations[place + 1]
    kind, draw = "hire", random.random()
    if several > 1 and place == 0 and draw < 0.3:
        origin = None
    elif several > 1 and place == several - 1 and draw < 0.15:
        destination, kind = None, "departure"
    elif draw > 0.97:
        kind = "founding"
    elif draw > 0.95:
        kind = "acquihire"
    return {
        "kind": kind,
        "origin": origin,
        "destination": destination,
        "role": random.randrange(len(words()["roles"])) if random.random() < 0.7 else None,
        "status": "reported" if kind in ("founding", "acquihire") else _drawn(random, _STATUSES),
    }


def _groups(random: Random, firms: Firms, own: Sequence[str], number: int) -> Iterator[Event]:
    known: set[tuple[Any, ...]] = set()
    while len(known) < number:
        origin, destination, count = random.choice(own), firms.any(random), random.randrange(3, 400)
        if origin == destination or (origin, destination, count) in known:
            continue
        known.add((origin, destination, count))
        about = {"kind": "hire", "origin": origin, "destination": destination, "role": None, "count": count}
        yield Event("move", _day(random), {**about, "group": random.choice(words()["groups"]), "status": "reported"})


def _pay(random: Random, own: Sequence[str], careers: Sequence[Event], number: int) -> Iterator[Event]:
    known: set[tuple[Any, ...]] = set()
    paid: set[int] = set()
    for n in range(number):
        low = random.randrange(8, 400) * 10_000
        high = low + random.randrange(1, 200) * 10_000
        about = {"min": low, "max": high, "population": None}
        if n % 5 == 0 and careers:
            move = random.choice(careers)
            if move.soul is None or move.soul.number in paid:
                continue
            paid.add(move.soul.number)
            yield Event("compensation", move.day, {**about, "org": move.about["destination"]}, move.soul)
            continue
        org = random.choice(own)
        if (org, low, high) not in known:
            known.add((org, low, high))
            yield Event(
                "compensation",
                _day(random),
                {**about, "org": org, "population": random.randrange(len(words()["populations"]))},
            )


def _signals(random: Random, own: Sequence[str], number: int) -> Iterator[Event]:
    known: set[tuple[Any, ...]] = set()
    for _ in range(number):
        metric = random.choice(("headcount", "headcount", "openings", "hiring_plan", "layoffs"))
        key = random.choice(own), metric, random.randrange(20, 20_000)
        if key not in known:
            known.add(key)
            yield Event("signal", _day(random), dict(zip(("org", "metric", "min"), key, strict=True)))


def _report(random: Random, event: Event) -> None:
    """Who reports the event: the first of them knows both ends of a move, a later one perhaps one of them."""
    status = event.about.get("status", "reported")
    whole = event.about.get("origin") is None or event.about.get("destination") is None or event.soul is None
    for n in range(_drawn(random, _REPORTS)):
        ends = (True, True)
        if n and not whole and event.about.get("kind") == "hire" and random.random() < 0.4:
            ends = random.choice(((True, False), (False, True)))
        told = "confirmed" if n and status in ("reported", "rumoured", "planned") and random.random() < 0.3 else status
        day = event.day + timedelta(days=random.randrange(0, 3) + 4 * n)
        event.reports.append(Report(event, day, told, _drawn(random, _PRECISIONS), ends))


def _day(random: Random) -> date:
    """More happens in later years."""
    return FIRST_DAY + timedelta(days=int((LAST_DAY - FIRST_DAY).days * random.random() ** 0.6))


def _drawn(random: Random, weighted: Sequence[tuple[Any, int]]) -> Any:
    draw = random.randrange(sum(weight for _, weight in weighted))
    for value, weight in weighted:
        draw -= weight
        if draw < 0:
            return value
    raise AssertionError("unreachable")
