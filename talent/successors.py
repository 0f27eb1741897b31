"""Where a vanished address leads: merges renumber facts and people, but the claims that they rest on live on."""

from __future__ import annotations

from talent.models import Claim, CompensationReport, Move, Person, Signal

# A person's slug ends in so many characters of the identifier of their first claim.
TAIL = 5


def fact_succeeding(public_id: str) -> Move | CompensationReport | Signal | None:
    """The fact that the first claim of a vanished fact supports today."""
    claim = Claim.objects.standing().select_related("move", "report", "signal").filter(public_id=public_id).first()
    return claim.fact if claim else None


def person_succeeding(slug: str) -> Person | None:
    """The one person who goes by a vanished slug today; None where two could be meant."""
    tail = slug.rpartition("-")[2]
    if len(tail) != TAIL:
        return None
    renamed = list(Person.objects.filter(public_id__startswith=tail)[:2])
    if not renamed:
        claims = Claim.objects.standing().filter(public_id__startswith=tail).exclude(person=None).order_by()
        renamed = list(Person.objects.filter(pk__in=claims.values("person"))[:2])
    return renamed[0] if len(renamed) == 1 else None
