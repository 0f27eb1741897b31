"""What a reader may ask of the lists of people and companies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talent.filters.base import Filters, Rows, Slug, Words, sorting
from talent.filters.names import companies_called, company_at, people_called
from talent.models import Move
from talent.models.orders import by_name


class NamedFilter(Filters):
    """Lists in the order of names as the reader's language has it, by the index that stands in that order."""

    ORDERS = {"name": ("name_key", "id"), "-name": ("-name_key", "-id")}
    KEY = staticmethod(by_name)

    sort = sorting([("name", _("A to Z")), ("-name", _("Z to A"))])

    def filter_queryset(self, queryset: Rows) -> Rows:
        return super().filter_queryset(queryset.annotate(name_key=self.KEY()))


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
