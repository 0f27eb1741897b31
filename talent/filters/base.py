"""The parts that every FilterSet is made of: the strict form, the kinds of parameter, the order of a list."""

from __future__ import annotations

import difflib
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import reduce
from itertools import product
from operator import and_, or_
from typing import Any

import django_filters as df
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from talent import keyset

Rows = QuerySet[Any, Any]

LANGUAGES = [("en", _("English")), ("zh", _("Chinese"))]
YES_NO = [("yes", _("yes")), ("no", _("no"))]


class FilterForm(forms.Form):
    """Refuses parameters that the list does not have, and a second value for one that takes one."""

    def clean(self) -> dict[str, Any]:
        data: Any = self.data
        known = [*self.fields, *keyset.PARAMETERS]
        for name in data:
            field = self.fields.get(name)
            if name not in known:
                self._refuse(name, unknown_parameter(name, known))
            elif len(data.getlist(name)) > 1 and not isinstance(field, forms.MultipleChoiceField):
                self._refuse(name, _("Give “%(name)s” once.") % {"name": name})
        return self.cleaned_data

    def _refuse(self, name: str, message: str) -> None:
        """An error beside the field or, where there is none, above the form."""
        # The message holds the reader's words: it must not be the format itself.
        error = ValidationError("%(message)s", params={"message": message, "parameter": name})
        self.add_error(name if name in self.fields else None, error)


def unknown_parameter(name: str, known: Iterable[str]) -> str:
    """What to tell a reader who wrote ``name``: the nearest parameter there is, or all of them."""
    shown, known = name.replace("\0", "")[:60], list(known)
    if near := difflib.get_close_matches(shown, known, n=1, cutoff=0.5):
        return _("There is no parameter “%(name)s” here; did you mean “%(near)s”?") % {"name": shown, "near": near[0]}
    if known:
        return _("There is no parameter “%(name)s” here, only: %(known)s.") % {"name": shown, "known": ", ".join(known)}
    return _("There is no parameter “%(name)s”: this address takes none.") % {"name": shown}


class _Asking:
    """Stands for the rows that a filter is put to, and gives back what it asks of them."""

    def filter(self, *conditions: Any, **fields: Any) -> Q:
        return Q(*conditions, **fields)


class Filters(df.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """A list's filters and its order: ``qs`` is filtered and sorted.

    ``rows`` and ``either`` are the same list for ``keyset.paginate``: rows that match one of the conditions.
    """

    # What "sort" may say, and the order it stands for; the first is the default.
    ORDERS: dict[str, tuple[str, ...]] = {}
    # Parameters that are named by a word which Python keeps for itself, or which the model names otherwise.
    RENAMED: dict[str, str] = {}

    class Meta:
        form = FilterForm

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The filters by parameter."""
        return {cls.RENAMED.get(name, name): each for name, each in super().get_filters().items()}

    def filter_queryset(self, queryset: Rows) -> Rows:
        """Applies every parameter that was given, and the order."""
        self._alternatives: list[list[Q]] = []
        self._rows: Rows = super().filter_queryset(queryset).order_by(*self.order)
        return reduce(lambda rows, alternatives: rows.filter(reduce(or_, alternatives)), self._alternatives, self._rows)

    @property
    def rows(self) -> Rows:
        """The sorted rows without what ``either`` asks."""
        self.qs  # noqa: B018 -- filters
        return self._rows

    @property
    def either(self) -> list[Q]:
        """Conditions of which a row must match one; none where there is nothing to choose between."""
        self.qs  # noqa: B018 -- filters
        return [] if not self._alternatives else [reduce(and_, chosen) for chosen in product(*self._alternatives)]

    def condition(self, name: str) -> Q | None:
        """What a parameter asks of a row, where it is one condition; None where nothing was given."""
        if not self.form.is_valid():
            return None
        asking: Any = _Asking()
        asked = self.filters[name].filter(asking, self.form.cleaned_data[name])
        return asked if isinstance(asked, Q) else None

    def choose(self, *alternatives: Q) -> None:
        """Asks that one of the alternatives hold; each is best answered by an index of its own."""
        self._alternatives.append(list(alternatives))

    @property
    def order(self) -> tuple[str, ...]:
        """The fields to sort by; the last is unique."""
        chosen = self.form.cleaned_data.get("sort") if self.form.is_valid() else None
        return self.ORDERS[chosen or next(iter(self.ORDERS))]

    def among(self, queryset: Rows, name: str, values: list[str]) -> Rows:
        return queryset.filter(**{f"{name}__in": values}) if values else queryset

    def unchanged(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset


def plain(words: str) -> str:
    """Search words as they are compared: lower case, single spaces."""
    return " ".join(words.lower().split())


class Words(df.CharFilter):  # type: ignore[misc]  # django-filter ships no types
    """Words to search for, at most 200 characters; the FilterSet's ``search`` finds them."""

    def __init__(self, help_text: Any) -> None:
        super().__init__(method="search", label=_("Search"), help_text=help_text, max_length=200)


class Slug(df.CharFilter):  # type: ignore[misc]  # django-filter ships no types
    """The last part of an address of this site."""

    def __init__(self, method: str, *, label: Any, help_text: Any) -> None:
        super().__init__(method=method, label=label, help_text=help_text, max_length=160)


class WholeNumber(df.Filter):  # type: ignore[misc]  # django-filter ships no types
    """An integer between two bounds."""

    field_class = forms.IntegerField


class PartialDateField(forms.Field):
    """A year, a month or a day ("2024", "2024-03", "2024-03-18") as its first and last day."""

    default_error_messages = {"invalid": _("Give a year, a month or a day: 2024, 2024-03 or 2024-03-18.")}

    def to_python(self, value: Any) -> tuple[date, date] | None:
        text = str(value or "").strip()
        if not text:
            return None
        parts = text.split("-")
        if [len(p) for p in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(
            p.isascii() and p.isdigit() for p in parts
        ):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return _days(*map(int, parts))
        except (ValueError, OverflowError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def _days(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    first = date(year, month or 1, day or 1)
    return first, date(year, month or 12, day or monthrange(year, month or 12)[1])


class PartialDate(df.Filter):  # type: ignore[misc]  # django-filter ships no types
    """A date as precise as the reader likes."""

    field_class = PartialDateField


class SeveralField(forms.MultipleChoiceField):
    """Any number of the choices; an empty one, as a form sends it, asks for nothing."""

    def to_python(self, value: Any) -> list[str]:
        return [each for each in super().to_python(value) if each]


class Several(df.MultipleChoiceFilter):  # type: ignore[misc]  # django-filter ships no types
    """One or more of the choices."""

    field_class = SeveralField


def several(label: Any, choices: Any, help_text: Any, *, field: str | None = None) -> Any:
    """A filter of one or more of the choices, the parameter repeated: ``kind=hire&kind=return``.

    ``field`` is the model's, where it is named otherwise than the parameter.
    """
    return Several(
        field_name=field,
        method="among",
        choices=choices,
        label=label,
        help_text=help_text,
        error_messages={"invalid_choice": _not_one_of(choices)},
    )


def one_of(label: Any, choices: Any, help_text: Any, *, method: str) -> Any:
    """A filter of one of the choices."""
    return df.ChoiceFilter(
        method=method,
        choices=choices,
        label=label,
        help_text=help_text,
        empty_label=_("any"),
        error_messages={"invalid_choice": _not_one_of(choices)},
    )


def sorting(choices: list[tuple[str, Any]]) -> Any:
    """The parameter that names one of ``ORDERS``."""
    return one_of(_("Sort"), choices, _("order of the list"), method="unchanged")


def _not_one_of(choices: Any) -> str:
    values = ", ".join(value for value, _label in getattr(choices, "choices", choices))
    return _("Give one of: %(values)s.") % {"values": values}
