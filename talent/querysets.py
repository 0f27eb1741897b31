"""Every read of the knowledge base that pages, API and pipeline share; methods read as English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

# Review states whose claims support facts.
STANDING = ("unreviewed", "accepted")
# What no list and no settling ever reads of an article.
HEAVY = (
    "article__text",
    "article__signature",
    "article__bands",
    "article__original__text",
    "article__original__signature",
    "article__original__bands",
)
VISIBLE = ("public", "unlisted")


def published(prefix: str = "") -> Q:
    """What the setting PUBLISH lets readers see of facts at ``prefix``: all, those with a claim that an editor
    accepted, or with those the ones above a certainty. What editors hid or withdrew is nobody's either way."""
    shown = Q(**{f"{prefix}visibility__in": VISIBLE})
    if settings.PUBLISH == "all":
        return shown
    reviewed = Q(**{f"{prefix}reviewed": True})
    if settings.PUBLISH == "reviewed":
        return shown & reviewed
    return shown & (reviewed | Q(**{f"{prefix}confidence__gte": float(settings.PUBLISH)}))


def is_published(fact: Any) -> bool:
    """The same of a fact that is at hand."""
    if fact.visibility not in VISIBLE:
        return False
    if settings.PUBLISH == "all" or fact.reviewed:
        return True
    return settings.PUBLISH != "reviewed" and bool(fact.confidence >= float(settings.PUBLISH))


class ClaimQuerySet(models.QuerySet[Any]):
    """Claims."""

    # What leads from a claim to the people and companies that its fact names.
    NAMED = ("person", "move__origin", "move__destination", "report__person", "report__company", "signal__company")

    def standing(self) -> Self:
        """Claims that support facts: not rejected, corrected or superseded."""
        return self.filter(review__in=STANDING)

    def visible(self) -> Self:
        """Standing claims of facts that readers may see: neither these nor anybody they name is hidden or withdrawn."""
        shown = published("move__") | published("report__") | published("signal__")
        seen = (Q(**{named: None}) | Q(**{f"{named}__visibility__in": VISIBLE}) for named in self.NAMED)
        return self.standing().filter(shown, *seen)

    def with_fact(self) -> Self:
        """With the fact that each supports, its article and outlet; without the text."""
        return self.select_related("article__source", "move", "report", "signal").defer(*HEAVY[:3])

    def for_settling(self) -> Self:
        """With the outlet that the words come from, and nothing heavy."""
        return self.select_related("article__source", "article__original__source", "person").defer(*HEAVY)

    def naming(self, keys: Iterable[str]) -> Self:
        """Claims about a person who goes by any of these keys."""
        return self.filter(person_keys__overlap=list(keys))

    def as_evidence(self) -> Self:
        """With the article and outlet that a footnote shows, in order of publication, without the text."""
        return (
            self.standing()
            .select_related("article__source")
            .defer(*HEAVY[:3])
            .order_by(F("article__published_at").asc(nulls_last=True), "id")
        )


class EntityQuerySet(models.QuerySet[Any]):
    """People or companies."""

    # Where their facts point at them, and what makes them worth a page without any.
    FACTS: tuple[str, ...] = ()
    OTHERS: tuple[str, ...] = ()
    # What an entity must be besides to have a page of its own.
    IN_ITS_OWN_RIGHT: dict[str, Any] = {}

    def visible(self) -> Self:
        """Those that are not hidden; where not every fact is published, those that a published one names."""
        shown = self.filter(visibility__in=VISIBLE, **self.IN_ITS_OWN_RIGHT)
        if settings.PUBLISH == "all":
            return shown
        named = [self._exists(name, published()) for name in self.FACTS]
        return shown.filter(reduce(or_, [*named, *(self._exists(name, Q()) for name in self.OTHERS)]))

    def _exists(self, name: str, condition: Q) -> Exists:
        relation: Any = self.model._meta.get_field(name)
        rows = relation.related_model._default_manager.filter(condition, **{relation.field.name: OuterRef("pk")})
        return Exists(rows)


class CompanyQuerySet(EntityQuerySet):
    """Companies; one that an editor called a part of another has no page."""

    FACTS = ("departures", "arrivals", "compensation", "signals")
    OTHERS = ("subsidiaries",)
    IN_ITS_OWN_RIGHT = {"merged_into": None}


class PersonQuerySet(EntityQuerySet):
    """People."""

    FACTS = ("moves", "compensation")


class FactQuerySet(models.QuerySet[Any]):
    """Moves, reports or signals."""

    # Fields that lead to people and companies.
    ENTITIES: tuple[str, ...] = ()

    def visible(self) -> Self:
        """Published facts: neither they nor anybody they name is hidden or withdrawn."""
        shown = published()
        for field in self.ENTITIES:
            shown &= Q(**{field: None}) | Q(**{f"{field}__visibility__in": VISIBLE})
        return self.filter(shown)

    def dated_in(self, year: int) -> Self:
        """Facts whose date can lie in that year."""
        return self.filter(date_first__lte=date(year, 12, 31), date_last__gte=date(year, 1, 1))

    def with_lead(self) -> Self:
        """With the claim, article and outlet that a row shows; no further query for any row."""
        return self.select_related("lead_claim__article__source").defer(*(f"lead_claim__{name}" for name in HEAVY[:3]))

    def newest(self) -> Self:
        return self.order_by("-sort_date", "-id")


class MoveQuerySet(FactQuerySet):
    """Moves."""

    ENTITIES = ("person", "origin", "destination")

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

    ENTITIES = ("company", "person")

    def for_list(self) -> Self:
        return self.visible().select_related("company", "person").with_lead().newest()


class SignalQuerySet(FactQuerySet):
    """Signals."""

    ENTITIES = ("company",)

    def for_list(self) -> Self:
        return self.visible().select_related("company").with_lead().newest()


class JudgementQuerySet(models.QuerySet[Any]):
    """Judgements."""

    def that_stand(self) -> Self:
        return self.filter(undone_at=None)

    def unanswered(self) -> Self:
        """Questions the machine asks and nobody has answered."""
        return self.that_stand().filter(verdict="unsure", user=None)


class DecisionQuerySet(models.QuerySet[Any]):
    """What editors did."""

    def touching(self, public_id: str) -> Self:
        """Decisions that changed the review state of this claim, newest first."""
        return self.filter(changes__contains=[{"claim": public_id}]).select_related("user", "undone_by").order_by("-id")

    def that_stand(self) -> Self:
        """Neither undone nor replaced by a later one."""
        return self.filter(Q(judgement=None) | Q(judgement__undone_at=None), undone_at=None)

    def for_list(self) -> Self:
        """Newest first, with what a row of the desk's list shows."""
        return (
            self.select_related("user", "undone_by", "claim__article__source", "judgement")
            .defer(*(f"claim__{name}" for name in HEAVY[:3]))
            .order_by("-id")
        )


class AnchoredQuerySet(models.QuerySet[Any]):
    """What is tied to claims or keys instead of rows."""

    def about(self, noun: str, anchors: Any) -> Self:
        """Those about a page of that kind which rests on any of these anchors, a list or a query of them."""
        known = anchors if isinstance(anchors, models.QuerySet) else list(anchors)
        return self.filter(noun=noun, anchors__overlap=known)


class CorrectionQuerySet(AnchoredQuerySet):
    """What readers sent."""


class ResponseQuerySet(AnchoredQuerySet):
    """Responses of people and companies named."""

    def published(self) -> Self:
        return self.filter(published=True)


class RestrictionQuerySet(AnchoredQuerySet):
    """Editors' decisions about who may see a page."""

    def that_stand(self) -> Self:
        return self.filter(lifted_at=None)


class NoticeQuerySet(AnchoredQuerySet):
    """Lines of the public log of corrections."""
