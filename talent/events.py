"""Editors' word on events: claims that somebody has called one event or two, whatever the rules make of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from django.db.models import Q

from talent.cluster import Ties
from talent.lineage import forebears, heirs
from talent.models import Claim, Judgement, Subject, Verdict


def ties_on(claims: Iterable[Claim]) -> Ties:
    """What editors said of any two of these claims, or of claims that they took the place of. Two queries at most."""
    here = {claim.public_id for claim in claims}
    if len(here) < 2:
        return Ties()
    today = {identifier: {identifier} for identifier in here} | forebears(here)
    judged = Judgement.objects.that_stand().filter(subject=Subject.EVENT, left__in=today, right__in=today)
    same, apart = set[tuple[str, str]](), set[tuple[str, str]]()
    for left, right, verdict in judged.values_list("left", "right", "verdict"):
        if verdict == Verdict.SAME:
            # Of the parts of a claim that was split, one will do.
            same.add((min(today[left]), min(today[right])))
        elif verdict == Verdict.DIFFERENT:
            apart |= set(product(today[left], today[right]))
    return Ties(*(frozenset((a, b) for a, b in pairs if a != b) for pairs in (same, apart)))


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
    return list(judged.values_list("left", "right"))
