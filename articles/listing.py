"""Lists of the admin over large tables: nothing is counted, nothing is loaded into a select, computed rows are read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

PER_PAGE = 50
# Beyond it a list is narrowed by a filter or a search: rows that are skipped are read, too.
LAST_PAGE = 200


class UncountedPaginator(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """Knows whether there is a page after ``asked`` by one more row, and never how many rows there are in all."""

    def __init__(self, *arguments: Any, asked: int = 1, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.asked = min(max(asked, 1), LAST_PAGE)

    @cached_property
    def count(self) -> int:
        """Rows up to the first of the page after the one that was asked for."""
        start = (self.asked - 1) * self.per_page
        rows: Any = self.object_list
        return start + len(rows.values_list("pk")[start : start + self.per_page + 1])


class UncountedList(ChangeList):
    """A list that does not tell how many rows it found, because it does not know."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.full_result_count = self.result_count


class LanguageFilter(admin.SimpleListFilter):
    """The two languages of the project, without looking through the table for others."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("en", _("English")), ("zh", _("Chinese"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(language__startswith=value) if value else queryset


class Listing(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """A list of pages that are never counted; rows are found by search and filters."""

    show_full_result_count = False
    list_per_page = PER_PAGE
    # "Show all" would.
    list_max_show_all = 0
    # Counts beside the filters would read the table once for each.
    show_facets = admin.ShowFacets.NEVER
    change_list_template = "admin/listing.html"

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[Any], per_page: int, *arguments: Any, **options: Any
    ) -> UncountedPaginator:
        asked = request.GET.get("p", "") or request.GET.get("page", "")
        page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
        return UncountedPaginator(queryset, per_page, *arguments, asked=page, **options)

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return UncountedList


class Computed(Listing):
    """Rows that the program writes: looked at, not edited."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
