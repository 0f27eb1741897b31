"""Which claims speak of one event. Pure: a function of the claims given, whatever their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from talent.dates import days_apart, precision
from talent.models import Claim, MoveKind, Status
from talent.resolve import SAME_MOVE_DAYS, Directory, claim_order, effective_date

# Counts of a group change faster than that.
SAME_GROUP_DAYS = 60


def cluster_moves(claims: Iterable[Claim], companies: Directory) -> list[list[Claim]]:
    """One person's claims, parted into moves: the fullest claims found clusters, the others join the nearest."""
    clusters: list[list[Claim]] = []
    for claim in sorted(claims, key=_fullness):
        near = [
            (distance, i) for i, c in enumerate(clusters) if (distance := _distance(c[0], claim, companies)) is not None
        ]
        if near:
            clusters[min(near)[1]].append(claim)
        else:
            clusters.append([claim])
    return [sorted(cluster, key=claim_order) for cluster in clusters]


def cluster_groups(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims with one ``group_key`` about one person or none, parted where their dates lie far apart."""
    by_key: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_key[claim.group_key, claim.person_id or 0].append(claim)
    return [cluster for key in sorted(by_key) for cluster in _by_date(by_key[key])]


def _by_date(claims: Sequence[Claim]) -> list[list[Claim]]:
    clusters: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: (effective_date(c), claim_order(c))):
        apart = days_apart(effective_date(clusters[-1][-1]), effective_date(claim)) if clusters else None
        if clusters and (apart is None or apart <= SAME_GROUP_DAYS):
            clusters[-1].append(claim)
        else:
            clusters.append([claim])
    return [sorted(cluster, key=claim_order) for cluster in clusters]


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
    if not left or not right:
        return None
    return not set(companies.family(left)).isdisjoint(companies.family(right))
