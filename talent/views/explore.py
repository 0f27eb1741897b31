"""The lists of facts: moves, compensation reports and signals, with what each could be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from talent import keyset
from talent.exports import MOST_ROWS
from talent.facets import LOOKED_AT, Facets, facets, relief, with_totals
from talent.filters import CompensationReportFilter, FactFilter, MoveFilter, SignalFilter
from talent.flows import totals
from talent.models import CompensationReport, Move, Signal
from talent.templatetags.addresses import without_parameter
from talent.templatetags.amounts import counted
from talent.templatetags.dates import day
from talent.templatetags.ledger import company_options
from talent.templatetags.names import companies_of, own_name
from talent.views.lists import Chip, ListPage, chips
from talent.views.naming import Named, names_of
from talent.views.narrowing import Narrowing, narrowing


class FactList(ListPage):
    """Facts with their choices. Three queries at most, however many rows."""

    model: ClassVar[type[Any]]
    name: ClassVar[Any]
    filters: ClassVar[type[FactFilter]]

    def rows(self) -> Any:
        return self.model.objects.for_list()

    def around(self, asked: Any, parameters: QueryDict, page: keyset.Page, named: Named) -> dict[str, Any]:
        query = list_query(parameters)
        return {
            "narrowing": self.narrowed(asked, parameters, named),
            "reliefs": reliefs(asked, parameters, named) if not page.rows else [],
            "query": query,
            "most_rows": MOST_ROWS,
            "citation": self._citation(asked, parameters, query, named),
        }

    def narrowed(self, asked: FactFilter, parameters: QueryDict, named: Named) -> Narrowing:
        """What the list could be narrowed to, in words."""
        found = self.choices(asked, parameters)
        return narrowing(self.noun, found, parameters=parameters, known=named.companies)

    def choices(self, asked: FactFilter, parameters: QueryDict) -> Facets:
        """What the list could be narrowed to."""
        return facets(self.noun, asked, parameters)

    def _citation(self, asked: FactFilter, parameters: QueryDict, query: str, named: Named) -> str:
        """The list as somebody who relied on it names it, with the day they saw it."""
        return _("%(site)s, “%(list)s”, retrieved on %(day)s, %(address)s") % {
            "site": settings.SITE_NAME,
            "list": _title(self.noun, asked, parameters, named),
            "day": day(timezone.now()),
            "address": self.request.build_absolute_uri(f"{self.request.path}{query}"),
        }


class Unanswerable(ValueError):
    """A list that cannot be asked for: what is wrong, in sentences, and the page where it can be put right."""

    def __init__(self, problems: list[str], page: str) -> None:
        super().__init__(*problems)
        self.problems = problems
        self.page = page


def asked_for(noun: str, parameters: QueryDict, *, sort: str = "") -> FactFilter:
    """The list of that noun as the parameters ask for it, in the order ``sort`` where they name none.

    Raises Unanswerable.
    """
    page = LISTS[noun]
    rest = parameters.copy()
    if sort and "sort" not in rest:
        rest["sort"] = sort
    asked = page.filters(rest, queryset=page.model.objects.for_list())
    if not asked.form.is_valid():
        problems = [problem for errors in asked.form.errors.values() for problem in errors]
        raise Unanswerable(problems, reverse(noun) + list_query(parameters))
    return asked


def title_of(noun: str, asked: FactFilter, parameters: QueryDict, rows: Iterable[Any] = ()) -> str:
    """The list in words, "Moves – From: Meta, Status: rumoured"; ``rows`` tell names, or else a query for each kind."""
    return _title(noun, asked, parameters, names_of(parameters, rows))


def _title(noun: str, asked: FactFilter, parameters: QueryDict, named: Named) -> str:
    used = ", ".join(f"{chip.label}: {chip.value}" for chip in chips(asked.form, parameters, named))
    return f"{LISTS[noun].name} – {used}" if used else str(LISTS[noun].name)


@dataclass(frozen=True, slots=True)
class Relief:
    """A parameter's filters, and what the list without them has."""

    chips: list[Chip]
    size: str
    address: str


def reliefs(asked: FactFilter, parameters: QueryDict, named: Named) -> list[Relief]:
    """Which filter to take away from a list that has nothing, the one that helps most first."""
    shown = chips(asked.form, parameters, named)
    return [
        Relief(
            chips=[chip for chip in shown if chip.name == choice.value],
            size=counted(choice.count, LOOKED_AT),
            address=without_parameter(parameters, choice.value),
        )
        for choice in relief(asked, parameters)
    ]


def list_query(parameters: QueryDict) -> str:
    """The list that was asked for, whichever page of it, as the end of an address; "" for all of it."""
    rest = parameters.copy()
    for name in keyset.PARAMETERS:
        rest.pop(name, None)
    return f"?{rest.urlencode()}" if rest else ""


class Moves(FactList):
    """Who went where."""

    noun = "moves"
    name = _l("Moves")
    model = Move
    filters = MoveFilter

    def beside(self, rows: list[Any]) -> dict[str, Any]:
        return {"company_options": company_options({row.slug: own_name(row) for row in companies_of(rows)})}

    def choices(self, asked: FactFilter, parameters: QueryDict) -> Facets:
        found = super().choices(asked, parameters)
        of_all = not set(parameters) - {"sort", *keyset.PARAMETERS}
        if not of_all or found.whole:
            return found
        kept = totals()
        return with_totals(found, kept.moves, {"kind": kept.kinds, "status": kept.statuses})


class Compensation(FactList):
    """Figures of pay."""

    noun = "compensation"
    name = _l("Compensation")
    model = CompensationReport
    filters = CompensationReportFilter


class Signals(FactList):
    """Signs of hiring and shrinking."""

    noun = "signals"
    name = _l("Signals")
    model = Signal
    filters = SignalFilter


LISTS: dict[str, type[FactList]] = {page.noun: page for page in (Moves, Compensation, Signals)}
