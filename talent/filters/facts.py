"""What a reader may ask of the lists of facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as df
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from talent.filters.base import (
    LANGUAGES,
    YES_NO,
    Filters,
    PartialDate,
    Rows,
    Slug,
    WholeNumber,
    Words,
    one_of,
    several,
    sorting,
)
from talent.filters.names import company_at, facts_about, id_of
from talent.models import Claim, CompensationKind, Component, Metric, MoveKind, Person, RoleFamily, Status

FIRST_YEAR, LAST_YEAR = 1950, 2100
MAX_AMOUNT = 10**15
PERIODS = [
    ("year", _("a year")),
    ("month", _("a month")),
    ("hour", _("an hour")),
    ("one_time", _("once")),
    ("total", _("in total")),
    ("multi_year", _("over several years")),
]


class FactFilter(Filters):
    """What moves, compensation reports and signals are asked alike. A fact without a date is dated by its article."""

    ORDERS = {
        "newest": ("-sort_date", "-id"),
        "oldest": ("sort_date", "id"),
        "reporters": ("-reporters", "-sort_date", "-id"),
        # Facts are numbered as they are entered.
        "added": ("-id",),
    }
    # The field of a claim that leads to the fact, and the fact's fields that hold names.
    CLAIM = ""
    COMPANIES: tuple[str, ...] = ("company",)
    PEOPLE: tuple[str, ...] = ()

    q = Words(_("words in a name, in any script, or in a quote"))
    status = several(_("Status"), Status, _("how firmly it is reported; may be repeated"))
    after = PartialDate(method="since", label=_("After"), help_text=_("can be on or after this year, month or day"))
    before = PartialDate(method="until", label=_("Before"), help_text=_("can be on or before this year, month or day"))
    year = WholeNumber(
        method="in_year",
        label=_("Year"),
        help_text=_("is dated, and can lie in this year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    language = one_of(_("Language"), LANGUAGES, _("of an article that says so"), method="written_in")
    min_reporters = WholeNumber(
        method="corroborated",
        label=_("Reporters"),
        help_text=_("at least so many independent reporters"),
        min_value=1,
        max_value=1000,
    )
    sort = sorting(
        [
            ("newest", _("newest first")),
            ("oldest", _("oldest first")),
            ("reporters", _("most reporters first")),
            ("added", _("last entered first")),
        ]
    )

    def search(self, queryset: Rows, name: str, words: str) -> Rows:
        self.choose(*facts_about(words, claim=self.CLAIM, companies=self.COMPANIES, people=self.PEOPLE))
        return queryset

    def since(self, queryset: Rows, name: str, days: tuple[date, date]) -> Rows:
        return queryset.filter(Q(date_last__gte=days[0]) | Q(date_last=None, sort_date__gte=days[0]))

    def until(self, queryset: Rows, name: str, days: tuple[date, date]) -> Rows:
        # The day to sort by is the first that the date allows, or the article's.
        return queryset.filter(sort_date__lte=days[1])

    def in_year(self, queryset: Any, name: str, year: int) -> Rows:
        # What is dated in the year sorts before its end: the list's own index starts there.
        dated: Rows = queryset.dated_in(year).filter(sort_date__lte=date(year, 12, 31))
        return dated

    def written_in(self, queryset: Rows, name: str, language: str) -> Rows:
        claims = Claim.objects.standing().filter(article__language__startswith=language).order_by()
        return queryset.filter(Exists(claims.filter(**{self.CLAIM: OuterRef("pk")})))

    def corroborated(self, queryset: Rows, name: str, number: int) -> Rows:
        return queryset.filter(reporters__gte=number)

    def at_company(self, queryset: Rows, name: str, slug: str) -> Rows:
        return queryset.filter(company=company_at(slug))

    def of_person(self, queryset: Rows, name: str, slug: str) -> Rows:
        return queryset.filter(person=id_of(Person.objects.visible(), slug))


class MoveFilter(FactFilter):
    """Moves."""

    RENAMED = {"origin": "from", "destination": "to"}
    CLAIM = "move"
    COMPANIES = ("origin", "destination")
    PEOPLE = ("person",)

    person = Slug("of_person", label=_("Person"), help_text=_("slug of the person"))
    company = Slug("touching", label=_("Company"), help_text=_("slug of the company left or joined"))
    origin = Slug("leaving", label=_("From"), help_text=_("slug of the company left"))
    destination = Slug("joining", label=_("To"), help_text=_("slug of the company joined"))
    kind = several(_("Kind"), MoveKind, _("kind of move; may be repeated"))
    role = several(
        _("Field of work"),
        RoleFamily,
        _("family of the role joined or, where none is told, left; may be repeated"),
        field="role_family",
    )
    cohort = one_of(_("Group"), YES_NO, _("an unnamed group (yes) or a named person (no)"), method="of_cohort")

    def touching(self, queryset: Rows, name: str, slug: str) -> Rows:
        company = company_at(slug)
        self.choose(Q(origin=company), Q(destination=company))
        return queryset

    def leaving(self, queryset: Rows, name: str, slug: str) -> Rows:
        return queryset.filter(origin=company_at(slug))

    def joining(self, queryset: Rows, name: str, slug: str) -> Rows:
        return queryset.filter(destination=company_at(slug))

    def of_cohort(self, queryset: Rows, name: str, answer: str) -> Rows:
        return queryset.filter(person__isnull=answer == "yes")


class CompensationReportFilter(FactFilter):
    """Compensation reports."""

    CLAIM = "report"
    PEOPLE = ("person",)

    company = Slug("at_company", label=_("Company"), help_text=_("slug of the company"))
    person = Slug("of_person", label=_("Person"), help_text=_("slug of the person"))
    kind = several(_("Kind"), CompensationKind, _("paid, offered, typical …; may be repeated"))
    component = several(_("Component"), Component, _("part of the pay; may be repeated"))
    period = one_of(_("Period"), PERIODS, _("what the amount is for"), method="for_period")
    currency = df.CharFilter(
        method="in_currency",
        label=_("Currency"),
        help_text=_("ISO 4217 code, such as USD or CNY"),
        validators=[RegexValidator(r"^[A-Za-z]{3}$", _("Give a currency's three letters, such as USD."))],
    )
    min_amount = df.NumberFilter(
        method="reaching",
        label=_("Amount"),
        help_text=_("the figure, or the upper end of its range, is at least this, each in its own currency"),
        min_value=0,
        max_value=MAX_AMOUNT,
    )

    def for_period(self, queryset: Rows, name: str, period: str) -> Rows:
        exact = period != "multi_year"
        return queryset.filter(period=period) if exact else queryset.filter(period__startswith=period)

    def in_currency(self, queryset: Rows, name: str, currency: str) -> Rows:
        return queryset.filter(currency=currency.upper())

    def reaching(self, queryset: Rows, name: str, amount: Any) -> Rows:
        return queryset.filter(Q(amount_max__gte=amount) | Q(amount_max=None, amount_min__gte=amount))


class SignalFilter(FactFilter):
    """Signals."""

    CLAIM = "signal"

    company = Slug("at_company", label=_("Company"), help_text=_("slug of the company"))
    metric = several(_("Metric"), Metric, _("what is measured; may be repeated"))
