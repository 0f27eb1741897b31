"""Every read of the knowledge base that pages, API and pipeline share; methods read as English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

# Review states whose claims support facts.
STANDING = ("unreviewed", "accepted")
VISIBLE = ("public", "unlisted")


class ClaimQuerySet(models.QuerySet[Any]):
    """Claims."""

    def standing(self) -> Self:
        """Claims that support facts: not rejected, corrected or superseded."""
        return self.filter(review__in=STANDING)

    def naming(self, keys: Iterable[str]) -> Self:
        """Claims about a person who goes by any of these keys."""
        return self.filter(person_keys__overlap=list(keys))

    def as_evidence(self) -> Self:
        """With the article and outlet that a footnote shows, in order of publication, without the text."""
        return (
            self.standing()
            .select_related("article__source")
            .defer("article__text")
            .order_by(F("article__published_at").asc(nulls_last=True), "id")
        )


class EntityQuerySet(models.QuerySet[Any]):
    """People or companies."""

    def visible(self) -> Self:
        return self.filter(visibility__in=VISIBLE)


class CompanyQuerySet(EntityQuerySet):
    """Companies."""


class PersonQuerySet(EntityQuerySet):
    """People."""


class FactQuerySet(models.QuerySet[Any]):
    """Moves, reports or signals."""

    def visible(self) -> Self:
        return self.filter(visibility__in=VISIBLE)

    def dated_in(self, year: int) -> Self:
        """Facts whose date can lie in that year."""
        return self.filter(date_first__lte=date(year, 12, 31), date_last__gte=date(year, 1, 1))

    def with_lead(self) -> Self:
        """With the claim, article and outlet that a row shows; no further query for any row."""
        return self.select_related("lead_claim__article__source").defer("lead_claim__article__text")

    def newest(self) -> Self:
        return self.order_by("-sort_date", "-id")


class MoveQuerySet(FactQuerySet):
    """Moves."""

    def joining(self, company: Any) -> Self:
        return self.filter(destination=company)

    def leaving(self, company: Any) -> Self:
        return self.filter(origin=company)

    def touching(self, company: Any) -> Self:
        """Moves with the company at either end."""
        return self.filter(Q(origin=company) | Q(destination=company))

    def of_person(self, person: Any) -> Self:
        return self.filter(person=person)

    def for_list(self) -> Self:
        return self.visible().select_related("person", "origin", "destination").with_lead().newest()


class CompensationReportQuerySet(FactQuerySet):
    """Compensation reports."""

    def for_list(self) -> Self:
        return self.visible().select_related("company", "person").with_lead().newest()


class SignalQuerySet(FactQuerySet):
    """Signals."""

    def for_list(self) -> Self:
        return self.visible().select_related("company").with_lead().newest()


class JudgementQuerySet(models.QuerySet[Any]):
    """Judgements."""

    def that_stand(self) -> Self:
        return self.filter(undone_at=None)

    def unanswered(self) -> Self:
        """Questions the machine asks and nobody has answered."""
        return self.that_stand().filter(verdict="unsure", user=None)
