"""Which claims speak of one event. Pure: a function of the claims and of what editors said, whatever their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talent.dates import days_apart, precision
from talent.models import Claim, MoveKind, Status
from talent.resolve import SAME_MOVE_DAYS, Directory, claim_order, effective_date
from talent.resolve.parts import Parts

# Counts of a group change faster than that.
SAME_GROUP_DAYS = 60


@dataclass(frozen=True, slots=True)
class Ties:
    """What editors said of claims, by their public identifiers: pairs that tell of one event, and of two."""

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()


def cluster_moves(claims: Iterable[Claim], companies: Directory, ties: Ties = Ties()) -> list[list[Claim]]:
    """One person's claims, parted into moves: the fullest claims found clusters, the others join the nearest."""
    ordered = sorted(claims, key=_fullness)
    word = _Word(ordered, ties)
    clusters: list[list[Claim]] = []
    for claim in ordered:
        near = [
            (distance, i)
            for i, cluster in enumerate(clusters)
            if word.allows(claim, cluster) and (distance := _distance(cluster[0], claim, companies)) is not None
        ]
        if near:
            clusters[min(near)[1]].append(claim)
        else:
            clusters.append([claim])
    return word.united(clusters)


def cluster_groups(claims: Iterable[Claim], ties: Ties = Ties()) -> list[list[Claim]]:
    """Claims with one ``group_key`` about one person or none, parted where their dates lie far apart."""
    by_key: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_key[claim.group_key, claim.person_id or 0].append(claim)
    word = _Word([claim for key in sorted(by_key) for claim in by_key[key]], ties)
    return word.united([cluster for key in sorted(by_key) for cluster in _by_date(by_key[key], word)])


class _Word:
    """Editors' word on some claims. Claims called one event go together, and one that must stay apart from any of
    them stays apart from all; where both were said of two claims, they stay apart."""

    def __init__(self, claims: Sequence[Claim], ties: Ties) -> None:
        self._index = {claim.public_id: i for i, claim in enumerate(claims)}
        self._claims = claims
        apart = self._pairs(ties.apart)
        self._parts = Parts(len(claims), apart)
        for left, right in sorted(ties.same):
            if left in self._index and right in self._index:
                self._parts.join(self._index[left], self._index[right])
        self._same = self._pairs(ties.same)
        self._silent = not apart

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        """The pairs among the claims at hand, in an order of their own."""
        return [(self._index[a], self._index[b]) for a, b in sorted(pairs) if a in self._index and b in self._index]

    def allows(self, claim: Claim, cluster: Iterable[Claim]) -> bool:
        """Whether nobody called the claim and one of the cluster's two events."""
        mine = self._index[claim.public_id]
        return self._silent or not any(self._parts.forbids(mine, self._index[c.public_id]) for c in cluster)

    def united(self, clusters: Sequence[list[Claim]]) -> list[list[Claim]]:
        """The clusters, those united that hold two claims of one event. Where they hold two events besides, only the
        claims called one go together, to the cluster of the first of them."""
        place = {self._index[c.public_id]: number for number, cluster in enumerate(clusters) for c in cluster}
        for left, right in self._same:
            if place[left] == place[right] or self._parts.of(left) != self._parts.of(right):
                continue
            low, high = sorted((place[left], place[right]))
            coming = [i for i, number in place.items() if number == high]
            if not all(self.allows(self._claims[i], self._at(place, low)) for i in coming):
                coming = [i for i in place if self._parts.of(i) == self._parts.of(left)]
                low = place[min(coming, key=lambda i: claim_order(self._claims[i]))]
            place |= dict.fromkeys(coming, low)
        found: dict[int, list[Claim]] = defaultdict(list)
        for i, number in place.items():
            found[number].append(self._claims[i])
        return [sorted(found[number], key=claim_order) for number in sorted(found)]

    def _at(self, place: dict[int, int], number: int) -> list[Claim]:
        return [self._claims[i] for i, here in place.items() if here == number]


def _by_date(claims: Sequence[Claim], word: _Word) -> list[list[Claim]]:
    clusters: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: (effective_date(c), claim_order(c))):
        allowed = [(i, cluster) for i, cluster in enumerate(clusters) if word.allows(claim, cluster)]
        gaps = [(days_apart(effective_date(c[-1]), effective_date(claim)) or 0, i) for i, c in allowed]
        gap, nearest = min(gaps, default=(SAME_GROUP_DAYS + 1, 0))
        if gap <= SAME_GROUP_DAYS:
            clusters[nearest].append(claim)
        else:
            clusters.append([claim])
    return clusters


def _ends(claim: Claim) -> tuple[str, str]:
    origin, destination = claim.value.get("from"), claim.value.get("to")
    return (origin or {}).get("org") or "", (destination or {}).get("org") or ""


def _fullness(claim: Claim) -> tuple[object, ...]:
    return -sum(map(bool, _ends(claim))), precision(claim.date), claim_order(claim)


def _distance(founder: Claim, claim: Claim, companies: Directory) -> tuple[int, int] | None:
    """How far the claim is from the cluster's founder, smaller is nearer; None where it tells of another event."""
    if _class_of(founder) != _class_of(claim):
        return None
    shared = [_same_company(a, b, companies) for a, b in zip(_ends(founder), _ends(claim), strict=True)]
    if False in shared or True not in shared:
        return None
    both = shared.count(True) == 2
    dated = days_apart(founder.date, claim.date)
    if dated is not None and dated > SAME_MOVE_DAYS:
        return None
    # A return and the first arrival share an end and are two events; only a date can tell that they are one.
    if (
        dated is None
        and not both
        and (founder.value["kind"] == MoveKind.RETURN) != (claim.value["kind"] == MoveKind.RETURN)
    ):
        return None
    guessed = days_apart(effective_date(founder), effective_date(claim))
    return (0 if both else 1), (dated if dated is not None else 10_000 + (guessed or 0))


def _class_of(claim: Claim) -> tuple[bool, bool]:
    """An offer turned down is no move, and a new role in one company is no move between two."""
    return claim.status == Status.DECLINED, claim.value["kind"] == MoveKind.INTERNAL


def _same_company(left: str, right: str, companies: Directory) -> bool | None:
    """True or False where both are known; None where one is not."""
    return companies.related(left, right) if left and right else None
