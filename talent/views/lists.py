"""What all lists share: the filter form, a page by key, and clear words where a reader asked for something odd."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views import View

from articles.extraction.organisations import canonical
from talent import keyset
from talent.filters import Filters
from talent.resolve import slug_for
from talent.templatetags.addresses import without
from talent.templatetags.names import companies_of, own_name

PAGE_SIZE = 50
# Where a reader may write a company's name instead of its slug.
COMPANY_PARAMETERS = ("from", "to", "company")
_SLUG = re.compile(r"[-a-z0-9]+")


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

    def around(self, asked: Any, parameters: QueryDict, page: keyset.Page) -> dict[str, Any]:
        """What the page says of the list as a whole; ``asked`` is what the reader may ask."""
        return {}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        tidy = tidied(request.GET)
        if tidy != request.GET:
            return HttpResponseRedirect(f"{request.path}?{tidy.urlencode()}" if tidy else request.path)
        asked = self.filters(request.GET, queryset=self.rows())
        page, stale = self._page(asked, request)
        wrong = stale or not asked.form.is_valid()
        context = {
            "noun": self.noun,
            "form": asked.form,
            "chips": chips(asked.form, request.GET),
            "page": page,
            "stale": stale,
            "wrong": wrong,
            "narrowing": None,
            "reliefs": [],
            **self.beside(page.rows),
            **({} if wrong else self.around(asked, request.GET, page)),
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
    """The parameters as an address worth sharing: without empty ones, companies by slug."""
    tidy = QueryDict(mutable=True)
    for name, values in parameters.lists():
        kept = [_company_slug(v) if name in COMPANY_PARAMETERS else v for v in values if v.strip()]
        if kept:
            tidy.setlist(name, kept)
    return tidy


def _company_slug(value: str) -> str:
    """ "谷歌" and "Google" as "google"; a slug stays as it is."""
    return value if _SLUG.fullmatch(value) or len(value) > 160 else slug_for(canonical(value.strip()))


def chips(form: Any, parameters: QueryDict, rows: Iterable[Any] = ()) -> list[Chip]:
    """The filters in use, in words, each with the way out of it; ``rows`` tell the names of companies."""
    known = {company.slug: own_name(company) for company in companies_of(rows)}
    return [
        Chip(
            name=name,
            label=str(form.fields[name].label),
            value=known.get(value, value) if name in COMPANY_PARAMETERS else _in_words(form.fields[name], value),
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
