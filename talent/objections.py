"""Judgements that speak against a new one. Two verdicts of editors that cannot both hold are never weighed in silence:
the second is refused, and told which of the others would have to be undone first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from talent.lineage import forebears, heirs
from talent.models import Claim, Judgement, Subject, Verdict
from talent.resolve import is_wikidata


def objections(subject: str, low: str, high: str, verdict: str) -> list[Judgement]:
    """Standing judgements that together say the opposite of ``verdict`` on this pair, by way of others.

    The one on the pair itself is none of them: the new one takes its place.
    """
    if verdict == Verdict.DIFFERENT:
        return _path(subject, low, high)
    return _between(subject, low, high) if verdict == Verdict.SAME else []


def _judged(subject: str, verdict: str, low: str, high: str) -> Q:
    own = Q(left=low, right=high)
    return Q(subject=subject, verdict=verdict, undone_at=None) & ~own


def _path(subject: str, low: str, high: str) -> list[Judgement]:
    """The chain of judgements that make one of the two ends; none where there is no such chain."""
    came: dict[str, list[Judgement]] = {node: [] for node in _alike(subject, {low})}
    goals, fresh = _alike(subject, {high}), set(came)
    while fresh:
        if met := goals & fresh:
            return sorted(came[min(met)], key=lambda judgement: judgement.pk)
        steps = Judgement.objects.filter(_judged(subject, Verdict.SAME, low, high)).select_related("user")
        reached: dict[str, list[Judgement]] = {}
        for step in steps.filter(Q(left__in=fresh) | Q(right__in=fresh)).order_by("pk"):
            for here, there in ((step.left, step.right), (step.right, step.left)):
                if here in fresh:
                    reached |= {node: [*came[here], step] for node in _alike(subject, {there}) - came.keys()}
        came |= reached
        fresh = set(reached)
    return []


def _between(subject: str, low: str, high: str) -> list[Judgement]:
    """Judgements that part anything called one with the one end from anything called one with the other, or that give
    the two different items of Wikidata."""
    ours, theirs = (_called_one(subject, end, low, high) for end in (low, high))
    apart = Q(left__in=ours, right__in=theirs) | Q(left__in=theirs, right__in=ours)
    wanted = _judged(subject, Verdict.DIFFERENT, low, high) & apart
    items = [set(filter(is_wikidata, nodes)) for nodes in (ours, theirs)]
    if all(items) and items[0] != items[1]:
        given = items[0] ^ items[1]
        wanted |= _judged(subject, Verdict.SAME, low, high) & (Q(left__in=given) | Q(right__in=given))
    return list(Judgement.objects.filter(wanted).select_related("user").order_by("pk"))


def _called_one(subject: str, end: str, low: str, high: str) -> set[str]:
    """The end, all that its person or event rests on, and whatever editors have called one with it."""
    known: set[str] = set()
    fresh = _alike(subject, {end} | _bearers(subject, end))
    while fresh:
        known |= fresh
        steps = Judgement.objects.filter(_judged(subject, Verdict.SAME, low, high))
        pairs = steps.filter(Q(left__in=fresh) | Q(right__in=fresh)).values_list("left", "right")
        fresh = _alike(subject, {node for pair in pairs for node in pair}) - known
    return known


def _bearers(subject: str, end: str) -> set[str]:
    """Every claim about the person of this one: what is said of any is said of the person."""
    if subject != Subject.PERSON:
        return set()
    person = Claim.objects.filter(public_id=end).exclude(person=None).values("person")
    return set(Claim.objects.filter(person__in=person).values_list("public_id", flat=True))


def _alike(subject: str, nodes: Iterable[str]) -> set[str]:
    """The nodes with the claims that they took the place of, and those in their place today."""
    own = set(nodes)
    if subject == Subject.COMPANY:
        return own
    before = own | set(forebears(own))
    return before.union(*heirs(before).values())
