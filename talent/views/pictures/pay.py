"""Pay as ranges, of any list of compensation reports; one currency and period at a time, chosen or the commonest."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import django_filters as df
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from talent.accounts import facts_known_on
from talent.filters import CompensationReportFilter
from talent.filters.base import Rows, one_of
from talent.filters.facts import PERIODS
from talent.models import Company, CompensationReport
from talent.pictures.pay import GROUPINGS, MOST, pay_ranges
from talent.pictures.tables import Picture
from talent.templatetags.names import own_name
from talent.views.naming import names_of
from talent.views.pictures.answers import PictureView
from talent.views.pictures.asked import GROUNDS, SIZES

# Among so many of the newest reports the commonest currency and period are looked for.
LOOKED_AT = 200


class PayFilter(CompensationReportFilter):
    """The list's own parameters, by what the ranges are put together, and on which ground a file is drawn."""

    by = df.ChoiceFilter(
        method="unchanged",
        choices=list(GROUPINGS.items()),
        label=_("By"),
        help_text=_("what the ranges are put together by"),
        empty_label=None,
        error_messages={"invalid_choice": _("Give one of: %(values)s.") % {"values": ", ".join(GROUPINGS)}},
    )
    as_of = df.DateFilter(
        method="known_by",
        label=_("As known on"),
        help_text=_("as it was known by the end of this day"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as in 2025-03-18.")},
    )
    scheme = one_of(_("Ground"), GROUNDS, _("ground of a file"), method="unchanged")
    size = one_of(_("Width"), SIZES, _("width of a file"), method="unchanged")

    def known_by(self, queryset: Rows, name: str, day: date) -> Rows:
        return queryset.filter(first_seen__date__lte=day)

    def among(self, queryset: Rows, name: str, values: list[str]) -> Rows:
        """What was said of a status then is compared once it is known."""
        earlier = name == "status" and self.form.cleaned_data["as_of"]
        return queryset if earlier else super().among(queryset, name, values)


class PayPicture(PictureView):
    """One query; as known on a day, three."""

    template = "pictures/pay.html"

    def form_for(self, request: HttpRequest, **where: Any) -> forms.Form:
        self.asked = PayFilter(request.GET, queryset=CompensationReport.objects.for_list())
        form: forms.Form = self.asked.form
        return form

    def picture(self, subject: Any, form: Any, **where: Any) -> Picture:
        self.reports = self._reports(form.cleaned_data["as_of"], form.cleaned_data["status"])
        self.alike = commonest(self.reports)
        return drawn_pay(self.alike, grouping=form.cleaned_data["by"] or "company", within=_one_company(self.reports))

    def _reports(self, day: date | None, statuses: list[str]) -> list[Any]:
        """The newest that are asked for; of an earlier day more are looked at, for some had another status then."""
        if day is None:
            return list(self.asked.qs[:LOOKED_AT])
        then = facts_known_on(day, list(self.asked.qs[: LOOKED_AT * 5 if statuses else LOOKED_AT]))
        return [report for report in then if not statuses or report.status in statuses][:LOOKED_AT]

    def beside(self, subject: Any, form: Any, **where: Any) -> dict[str, Any]:
        if form.errors:
            return {"others": [], "left_out": 0, "named": {}}
        return {
            "others": _others(self.request, self.reports, self.alike),
            "left_out": _left_out(self.reports, self.alike),
            "named": names_of(self.request.GET, self.reports).companies,
        }


def drawn_pay(reports: list[Any], *, grouping: str, within: str) -> Picture:
    """The newest of these reports as a picture."""
    return pay_ranges(reports[:MOST], grouping=grouping, within=within)


def commonest(reports: list[Any]) -> list[Any]:
    """Those of the currency and the period that most of them have, the newer where as many have another."""
    counts = Counter((report.currency, report.period) for report in reports)
    best = max(counts, key=lambda pair: counts[pair], default=None)
    return [report for report in reports if (report.currency, report.period) == best]


def _one_company(reports: list[Any]) -> str:
    """The company that all of the reports are of."""
    companies: set[Company | None] = {report.company for report in reports}
    company = companies.pop() if len(companies) == 1 else None
    return own_name(company) if company else ""


def _left_out(reports: list[Any], alike: list[Any]) -> int:
    """How many of that currency and kind of period are not drawn: older ones, and those over other numbers of years."""
    shown = {(report.currency, report.period.partition(":")[0]) for report in alike}
    same = sum((report.currency, report.period.partition(":")[0]) in shown for report in reports)
    return same - min(len(alike), MOST)


def _others(request: HttpRequest, reports: list[Any], alike: list[Any]) -> list[tuple[str, int, str]]:
    """The other currencies and periods among the reports: in words, how many have them, and their picture."""
    periods = dict(PERIODS)
    kinds = Counter((report.currency, report.period.partition(":")[0]) for report in reports)
    shown = {(report.currency, report.period.partition(":")[0]) for report in alike}
    others = []
    for (currency, period), number in kinds.most_common():
        if (currency, period) not in shown:
            asked = request.GET.copy()
            asked["currency"], asked["period"] = currency, period
            others.append((f"{currency}, {periods[period]}", number, f"{request.path}?{asked.urlencode()}"))
    return others
