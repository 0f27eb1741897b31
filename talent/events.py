"""Editors' word on events: claims that the rules keep apart, and that somebody has called one and the same event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from talent.lineage import forebears, heirs
from talent.models import Claim, Judgement, Subject, Verdict
from talent.resolve import claim_order


def together(clusters: Sequence[list[Claim]]) -> list[list[Claim]]:
    """The clusters, those united that hold two claims of one event; the same in any order of judgements."""
    place = {claim.public_id: index for index, cluster in enumerate(clusters) for claim in cluster}
    if len(clusters) > 1:
        place |= {before: place[min(after)] for before, after in forebears(place).items() if before not in place}
    pairs = _same(Q(left__in=place) & Q(right__in=place)) if len(clusters) > 1 else []
    part = list(range(len(clusters)))
    for left, right in pairs:
        low, high = sorted((part[place[left]], part[place[right]]))
        part = [low if number == high else number for number in part]
    united: dict[int, list[Claim]] = {}
    for number, cluster in zip(part, clusters, strict=True):
        united.setdefault(number, []).extend(cluster)
    return [sorted(claims, key=claim_order) for claims in united.values()]


def linked_groups(keys: Iterable[str]) -> set[str]:
    """``keys`` and those of claims that somebody has called one event with theirs, over any number of steps."""
    known: set[str] = set()
    fresh = set(keys)
    while fresh:
        known |= fresh
        here = set(Claim.objects.standing().filter(group_key__in=fresh).values_list("public_id", flat=True))
        here |= set(forebears(here))
        beyond = {end for pair in _same(Q(left__in=here) | Q(right__in=here)) for end in pair} - here
        today = heirs(beyond)
        current = [heir for node in beyond for heir in today.get(node) or {node}]
        keys_beyond = Claim.objects.filter(public_id__in=current).exclude(group_key="")
        fresh = set(keys_beyond.values_list("group_key", flat=True)) - known
    return known


def _same(condition: Q) -> list[tuple[str, str]]:
    judged = Judgement.objects.that_stand().filter(condition, subject=Subject.EVENT, verdict=Verdict.SAME)
    return sorted(judged.values_list("left", "right"))
