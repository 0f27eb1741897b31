"""What a reader may ask of the lists of people and companies."""

from __future__ import annotations

from django.db.models.functions import Collate, Lower
from django.utils.translation import gettext_lazy as _

from talent.filters.base import Filters, Rows, Slug, Words, sorting
from talent.filters.names import companies_called, company_at, people_called
from talent.models import Move


class NamedFilter(Filters):
    """Lists in the order of names, by the index that stands in that order."""

    ORDERS = {"name": ("name_key", "id"), "-name": ("-name_key", "-id")}

    sort = sorting([("name", _("A to Z")), ("-name", _("Z to A"))])

    def filter_queryset(self, queryset: Rows) -> Rows:
        return super().filter_queryset(queryset.annotate(name_key=Collate(Lower("name"), "C")))


class CompanyFilter(NamedFilter):
    """Companies."""

    q = Words(_("words in a name, in any script"))

    def search(self, queryset: Rows, name: str, words: str) -> Rows:
        self.choose(*companies_called(words))
        return queryset


class PersonFilter(NamedFilter):
    """People."""

    q = Words(_("words in a name, in any script"))
    company = Slug("having_moved", label=_("Company"), help_text=_("slug of a company they left or joined"))

    def search(self, queryset: Rows, name: str, words: str) -> Rows:
        self.choose(*people_called(words))
        return queryset

    def having_moved(self, queryset: Rows, name: str, slug: str) -> Rows:
        moves = Move.objects.visible().touching(company_at(slug))
        return queryset.filter(pk__in=moves.exclude(person=None).order_by().values("person"))
