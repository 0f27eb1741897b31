"""Moves, compensation reports and signals."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from talent.models import AttributionKind, CompensationKind, Component, Metric, MoveKind, RoleFamily, Status
from talent.serializers.base import (
    COMPANIES,
    COMPENSATION,
    MOVES,
    PEOPLE,
    SIGNALS,
    CompanyReference,
    PersonReference,
    Row,
    RowSerializer,
    number,
    reference,
    within,
)
from talent.serializers.evidence import ArticleReference, ClaimSerializer, article_reference, evidence


class DateRange(RowSerializer):
    """The days that a partial date allows; null where an end is open."""

    first = serializers.DateField(allow_null=True)
    last = serializers.DateField(allow_null=True)


class FactSerializer(RowSerializer):
    """What facts share: computed from all claims that say so, quoted by the one that says it best."""

    columns = (
        "id",
        "public_id",
        "status",
        "date",
        "date_first",
        "date_last",
        "sort_date",
        "reporters",
        "articles_count",
        "confidence",
        "first_seen",
        "last_seen",
        "revision",
        "updated_at",
        *within("lead_claim", ("quote", "attribution", "attribution_kind")),
        *within("lead_claim__article", ArticleReference.columns),
    )

    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API")
    html_url = serializers.URLField(help_text="its page on this site")
    status = serializers.ChoiceField(choices=Status.choices, help_text="how firmly it is reported")
    date = serializers.CharField(allow_null=True, help_text="EDTF; null where no source says")
    date_range = DateRange(allow_null=True)
    attribution = serializers.CharField(allow_null=True, help_text="who says so, in the quoted article's own words")
    attribution_kind = serializers.ChoiceField(choices=AttributionKind.choices)
    reporters = serializers.IntegerField(min_value=0, help_text="independent reporters; copies of one story are one")
    articles = serializers.IntegerField(min_value=0, help_text="articles that say so")
    confidence = serializers.FloatField(min_value=0, max_value=1)
    quote = serializers.CharField(help_text="the words that say it best, exactly as printed")
    article = ArticleReference(help_text="where the quote stands")
    first_seen = serializers.DateTimeField()
    last_seen = serializers.DateTimeField()
    revision = serializers.IntegerField(min_value=1, help_text="grows with every change")
    updated = serializers.DateTimeField()

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        identifier, day = instance["public_id"], instance["date"] or None
        return {
            "id": identifier,
            "url": self.api(self.noun, identifier),
            "html_url": self.page(self.noun, identifier),
            **self.content(instance),
            "status": instance["status"],
            "date": day,
            "date_range": day and {"first": instance["date_first"], "last": instance["date_last"]},
            "attribution": instance["lead_claim__attribution"] or None,
            "attribution_kind": instance["lead_claim__attribution_kind"],
            "reporters": instance["reporters"],
            "articles": instance["articles_count"],
            "confidence": instance["confidence"],
            "quote": instance["lead_claim__quote"],
            "article": article_reference(self, instance, "lead_claim__article"),
            "first_seen": instance["first_seen"],
            "last_seen": instance["last_seen"],
            "revision": instance["revision"],
            "updated": instance["updated_at"],
        }

    def content(self, row: Row) -> Row:
        """What this kind of fact says."""
        raise NotImplementedError


class WithEvidence(RowSerializer):
    """A fact with every claim that supports it."""

    evidence = ClaimSerializer(many=True, help_text="the claims that support it in order of publication, at most 200")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        fact: Row = super().to_representation(instance)
        return fact | {"evidence": evidence(self, instance)}


class Version(RowSerializer):
    """One account of a contradicted field."""

    value = serializers.CharField(
        allow_null=True, help_text="as its claims give it; null where another fact stands for it"
    )
    claims = serializers.ListField(child=serializers.CharField(), help_text="identifiers of claims")
    fact = serializers.URLField(allow_null=True, help_text="the fact that tells it so, where it is one of its own")


class Contradiction(RowSerializer):
    """Accounts of one field that cannot all be right."""

    field = serializers.CharField(help_text="date, status, origin, destination, a role, amount or count")
    versions = Version(many=True)


class Stage(RowSerializer):
    """From this day on somebody gave the fact this status."""

    date = serializers.DateField()
    status = serializers.CharField(help_text="a status, or “reversed”")
    claims = serializers.ListField(child=serializers.CharField(), help_text="identifiers of claims")
    reversed_by = serializers.URLField(allow_null=True, help_text="the move that led back")


class WithAccounts(WithEvidence):
    """A fact with its contradictions and how it came to be known."""

    contradictions = Contradiction(many=True)
    life_cycle = Stage(many=True)

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        fact: Row = super().to_representation(instance)
        accounts = instance["accounts"]
        return fact | {
            "contradictions": [self._contradiction(dispute) for dispute in accounts["disputes"]],
            "life_cycle": [self._stage(stage) for stage in accounts["life"]],
        }

    def _contradiction(self, dispute: Any) -> Row:
        versions = [
            {
                "value": version.value or None,
                "claims": [claim.public_id for claim in version.claims],
                "fact": version.fact and self.api(self.noun, version.fact.public_id),
            }
            for version in dispute.versions
        ]
        return {"field": dispute.field, "versions": versions}

    def _stage(self, stage: Any) -> Row:
        return {
            "date": stage.day,
            "status": stage.status,
            "claims": [claim.public_id for claim in stage.claims],
            "reversed_by": stage.reversal and self.api(MOVES, stage.reversal.public_id),
        }


class Cohort(RowSerializer):
    """An unnamed group: bounds on how many, out of how many, and the words that say so."""

    min = serializers.IntegerField(allow_null=True)
    max = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class MoveEnd(RowSerializer):
    """What was left or joined."""

    company = CompanyReference(allow_null=True, help_text="null for a venture without a name")
    team = serializers.CharField(allow_null=True)
    role = serializers.CharField(allow_null=True, help_text="in the article's own words")


class MoveSerializer(FactSerializer):
    """A person, or an unnamed group, left one company, joined another, or both."""

    noun = MOVES
    renamed = {"origin": "from", "destination": "to"}
    columns = (
        *FactSerializer.columns,
        "kind",
        "role_family",
        "cohort_text",
        "cohort_min",
        "cohort_max",
        "cohort_of",
        "origin_team",
        "origin_role",
        "destination_team",
        "destination_role",
        *within("person", PersonReference.columns),
        *within("origin", CompanyReference.columns),
        *within("destination", CompanyReference.columns),
    )

    person = PersonReference(allow_null=True, help_text="null for a group")
    cohort = Cohort(allow_null=True, help_text="null for a named person")
    origin = MoveEnd(allow_null=True, help_text="null where no source says")
    destination = MoveEnd(allow_null=True, help_text="null where no source says")
    kind = serializers.ChoiceField(choices=MoveKind.choices)
    role_family = serializers.ChoiceField(
        choices=RoleFamily.choices,
        allow_null=True,
        help_text="field of work of the role; null where untold",
    )

    def content(self, row: Row) -> Row:
        """Who moved, from where, to where."""
        return {
            "person": reference(self, row, "person", PEOPLE),
            "cohort": _cohort(row) if row["cohort_text"] else None,
            "from": self._end(row, "origin"),
            "to": self._end(row, "destination"),
            "kind": row["kind"],
            "role_family": row["role_family"] or None,
        }

    def _end(self, row: Row, end: str) -> Row | None:
        company = reference(self, row, end, COMPANIES)
        team, role = row[f"{end}_team"] or None, row[f"{end}_role"] or None
        return {"company": company, "team": team, "role": role} if company or team or role else None


def _cohort(row: Row) -> Row:
    return {
        "min": row["cohort_min"],
        "max": row["cohort_max"],
        "of": row["cohort_of"],
        "text": row["cohort_text"],
    }


class CompensationReportSerializer(FactSerializer):
    """A figure of pay that a company pays, offers, or is said to pay."""

    noun = COMPENSATION
    columns = (
        *FactSerializer.columns,
        "population",
        "amount_min",
        "amount_max",
        "currency",
        "period",
        "component",
        "kind",
        *within("company", CompanyReference.columns),
        *within("person", PersonReference.columns),
    )

    company = CompanyReference(allow_null=True)
    person = PersonReference(allow_null=True)
    population = serializers.CharField(allow_null=True, help_text="whose pay, where nobody is named")
    min = serializers.FloatField(allow_null=True, help_text="in units of currency; null where open")
    max = serializers.FloatField(allow_null=True, help_text="in units of currency; null where open")
    currency = serializers.CharField(help_text="ISO 4217")
    period = serializers.CharField(help_text="year, month, hour, one_time, total or multi_year:N")
    component = serializers.ChoiceField(choices=Component.choices)
    kind = serializers.ChoiceField(choices=CompensationKind.choices)

    def content(self, row: Row) -> Row:
        """Whose pay, and how much for what."""
        return {
            "company": reference(self, row, "company", COMPANIES),
            "person": reference(self, row, "person", PEOPLE),
            "population": row["population"] or None,
            "min": number(row["amount_min"]),
            "max": number(row["amount_max"]),
            "currency": row["currency"],
            "period": row["period"],
            "component": row["component"],
            "kind": row["kind"],
        }


class SignalSerializer(FactSerializer):
    """A sign of hiring or shrinking."""

    noun = SIGNALS
    columns = (
        *FactSerializer.columns,
        "team",
        "metric",
        "value_min",
        "value_max",
        "value_of",
        "unit",
        *within("company", CompanyReference.columns),
    )

    company = CompanyReference(allow_null=True)
    team = serializers.CharField(allow_null=True)
    metric = serializers.ChoiceField(choices=Metric.choices)
    min = serializers.FloatField(allow_null=True, help_text="null where open")
    max = serializers.FloatField(allow_null=True, help_text="null where open")
    of = serializers.FloatField(allow_null=True, help_text="out of how many")
    unit = serializers.CharField(allow_null=True)

    def content(self, row: Row) -> Row:
        """What is measured where."""
        return {
            "company": reference(self, row, "company", COMPANIES),
            "team": row["team"] or None,
            "metric": row["metric"],
            "min": number(row["value_min"]),
            "max": number(row["value_max"]),
            "of": number(row["value_of"]),
            "unit": row["unit"] or None,
        }


class MoveDetailSerializer(WithAccounts, MoveSerializer):
    """A move with its evidence, its contradictions, and the moves that it belongs with."""

    members = serializers.ListField(child=serializers.URLField(), help_text="named moves of this group")
    groups = serializers.ListField(child=serializers.URLField(), help_text="moves of groups that this one belongs to")
    deal = serializers.ListField(child=serializers.URLField(), help_text="moves of one acquihire, this one among them")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        move: Row = super().to_representation(instance)
        around = {name: instance["accounts"][name] for name in ("members", "groups", "deal")}
        return move | {name: [self.api(MOVES, m.public_id) for m in moves] for name, moves in around.items()}


class CompensationReportDetailSerializer(WithAccounts, CompensationReportSerializer):
    """A compensation report with its evidence."""


class SignalDetailSerializer(WithAccounts, SignalSerializer):
    """A signal with its evidence."""
