"""What all lists share: the filter form, a page by key, and clear words where a reader asked for something odd."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views import View

from talent import keyset
from talent.filters import Filters
from talent.templatetags.addresses import without
from talent.views.naming import COMPANY_PARAMETERS, PERSON_PARAMETER, Named, company_slug, names_of, person_slug

PAGE_SIZE = 50
_SLUGS = frozenset({*COMPANY_PARAMETERS, PERSON_PARAMETER})


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the list without it."""

    name: str
    label: str
    value: str
    address: str


class ListPage(View):
    """A list with its filter form. What cannot be asked is explained on the page, with status 400."""

    http_method_names = ["get", "head", "options"]
    noun: ClassVar[str]
    filters: ClassVar[type[Filters]]

    def rows(self) -> Any:
        """The rows before any filter, with all that a row shows."""
        raise NotImplementedError

    def beside(self, rows: list[Any]) -> dict[str, Any]:
        """What else the template needs; at most one query, however many rows."""
        return {}

    def around(self, asked: Any, parameters: QueryDict, page: keyset.Page, named: Named) -> dict[str, Any]:
        """What the page says of the list as a whole; ``asked`` is what the reader may ask, of whom ``named`` tells."""
        return {}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        tidy = tidied(request.GET)
        if tidy != request.GET:
            return HttpResponseRedirect(f"{request.path}?{tidy.urlencode()}" if tidy else request.path)
        asked = self.filters(request.GET, queryset=self.rows())
        page, stale = self._page(asked, request)
        wrong = stale or not asked.form.is_valid()
        named = names_of(request.GET, page.rows)
        context = {
            "noun": self.noun,
            "form": asked.form,
            "chips": chips(asked.form, request.GET, named),
            "named": named.companies,
            "page": page,
            "stale": stale,
            "wrong": wrong,
            "narrowing": None,
            "reliefs": [],
            **self.beside(page.rows),
            **({} if wrong else self.around(asked, request.GET, page, named)),
        }
        return render(request, f"{self.noun}.html", context, status=400 if wrong else 200)

    def _page(self, asked: Filters, request: HttpRequest) -> tuple[keyset.Page, bool]:
        """The page asked for, and whether its cursor belongs to another list."""
        if not asked.form.is_valid():
            return keyset.Page([], None, None), False
        query = keyset.query_of(self.noun, request.GET)
        try:
            cursor = request.GET.get("cursor", "")
            page = keyset.paginate(asked.rows, query=query, limit=PAGE_SIZE, cursor=cursor, either=asked.either)
            return page, False
        except keyset.BadCursor:
            return keyset.Page([], None, None), True


def tidied(parameters: QueryDict) -> QueryDict:
    """The parameters as an address worth sharing: without empty ones, companies and people by slug."""
    tidy = QueryDict(mutable=True)
    for name, values in parameters.lists():
        kept = [_by_slug(name, value) for value in values if value.strip()]
        if kept:
            tidy.setlist(name, kept)
    return tidy


def _by_slug(name: str, value: str) -> str:
    if name in COMPANY_PARAMETERS:
        return company_slug(value)
    return person_slug(value) if name == PERSON_PARAMETER else value


def chips(form: Any, parameters: QueryDict, named: Named) -> list[Chip]:
    """The filters in use, in words, each with the way out of it."""
    return [
        Chip(
            name=name,
            label=str(form.fields[name].label),
            value=named.value(name, value) if name in _SLUGS else _in_words(form.fields[name], value),
            address=address,
        )
        for name, values in parameters.lists()
        if name in form.fields and name != "sort"
        for value in values
        for address in [without(parameters, name, value)]
    ]


def _in_words(field: Any, value: str) -> str:
    choices: Iterable[tuple[Any, Any]] = getattr(field, "choices", ())
    return next((str(label) for choice, label in choices if str(choice) == value), value)
