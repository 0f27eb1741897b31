"""Where a vanished address leads: merges renumber facts and people, but the claims that they rest on live on."""

from __future__ import annotations

from django.db.models import Q

from talent.models import Claim, Company, CompensationReport, Move, Person, Review, Signal
from talent.querysets import STANDING

# A person's slug ends in so many characters of the identifier of their first claim.
TAIL = 5


def fact_succeeding(public_id: str) -> Move | CompensationReport | Signal | None:
    """The fact that the first claim of a vanished fact supports today."""
    heirs = _heirs(Q(public_id=public_id))
    claim = Claim.objects.select_related("move", "report", "signal").filter(pk__in=heirs).order_by("pk").first()
    return claim.fact if claim else None


def person_succeeding(slug: str) -> Person | None:
    """The one person who goes by a vanished slug today; None where two could be meant."""
    tail = slug.rpartition("-")[2]
    if len(tail) != TAIL:
        return None
    renamed = list(Person.objects.filter(public_id__startswith=tail)[:2])
    if not renamed:
        claims = Claim.objects.filter(pk__in=_heirs(Q(public_id__startswith=tail))).exclude(person=None).order_by()
        renamed = list(Person.objects.filter(pk__in=claims.values("person"))[:2])
    return renamed[0] if len(renamed) == 1 else None


def _heirs(condition: Q) -> list[int]:
    """The claims that stand today for those claims: they themselves, or the corrections in their place."""
    standing: list[int] = []
    rows = list(Claim.objects.filter(condition).values_list("pk", "review"))
    while rows:
        standing += [pk for pk, review in rows if review in STANDING]
        corrected = [pk for pk, review in rows if review == Review.CORRECTED]
        rows = list(Claim.objects.filter(corrects__in=corrected).values_list("pk", "review")) if corrected else []
    return standing


def company_succeeding(slug: str) -> Company | None:
    """The company that the one of this slug is part of by an editor's judgement."""
    part = Company.objects.select_related("merged_into").filter(slug=slug).exclude(merged_into=None).first()
    return part.merged_into if part else None
