"""What a reader may ask of a picture: a window of time, statuses, companies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talent.filters.base import FilterForm, PartialDateField, SeveralField
from talent.filters.facts import FIRST_YEAR, LAST_YEAR
from talent.flows import HAPPENED, Asked, End
from talent.models import Status
from talent.templatetags.dates import in_words

_SLUG = re.compile(r"[-a-z0-9]{1,160}")
# So many companies can be told apart on one side, and drawn in some 20 ms with a band from each to each.
MOST_SHOWN = 16


def _one_of(choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    values = ", ".join(value for value, _label in choices)
    wrong = gettext_lazy("Give one of: %(values)s.") % {"values": values}
    return forms.ChoiceField(choices=choices, required=False, error_messages={"invalid_choice": wrong})


GROUNDS = [("light", gettext_lazy("light")), ("dark", gettext_lazy("dark"))]
SIZES = [("wide", gettext_lazy("for a page")), ("narrow", gettext_lazy("for a phone"))]


class FileForm(FilterForm):
    """On which ground a file is drawn, and how wide."""

    scheme = _one_of(GROUNDS)
    size = _one_of(SIZES)


class KnownForm(FileForm):
    """A picture that can be drawn as it would have been on an earlier day."""

    as_of = forms.DateField(
        required=False, label=gettext_lazy("As known on"), error_messages={
            "invalid": gettext_lazy("Write the day as in 2025-03-18.")
        }, input_formats=["%Y-%m-%d"],
    )  # fmt: skip


class WindowForm(FileForm):
    """The moves of a time and of some statuses."""

    after = PartialDateField(required=False, label=gettext_lazy("Not before"))
    before = PartialDateField(required=False, label=gettext_lazy("Not after"))
    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, label=gettext_lazy("Year"))
    status = SeveralField(
        choices=Status,
        required=False,
        label=gettext_lazy("Status"),
        error_messages={
            "invalid_choice": gettext_lazy("Give one of: %(values)s.") % {"values": ", ".join(Status.values)}
        },
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        after, before = data.get("after"), data.get("before")
        if after and before and after[0] > before[1]:
            self.add_error("before", ValidationError(_("This lies before the beginning of the window.")))
        if data.get("year") and (after or before):
            self.add_error("year", ValidationError(_("Give a year, or the ends of a window.")))
        return data


class KnownWindowForm(WindowForm, KnownForm):
    """The same, as it would have been on an earlier day."""


class SeriesForm(KnownWindowForm):
    """The same by steps of time."""

    by = _one_of(
        [("year", gettext_lazy("year")), ("quarter", gettext_lazy("quarter")), ("month", gettext_lazy("month"))]
    )


class SlugsField(forms.MultipleChoiceField):
    """Companies by the last part of their address."""

    def valid_value(self, value: str) -> bool:
        return bool(_SLUG.fullmatch(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_SHOWN:
            raise ValidationError(_("Give at most %(n)s companies.") % {"n": MOST_SHOWN})


class FlowsForm(KnownWindowForm):
    """From which companies to which; the greatest where none are given."""

    top = forms.IntegerField(
        required=False, min_value=2, max_value=MOST_SHOWN, label=gettext_lazy("Companies on each side")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = gettext_lazy("Give the last part of a company's address here.")
        # Words that Python keeps for itself.
        for name, label in (("from", gettext_lazy("From")), ("to", gettext_lazy("To"))):
            self.fields[name] = SlugsField(required=False, label=label, error_messages={"invalid_choice": wrong})


def window_of(asked: dict[str, Any]) -> tuple[date | None, date | None]:
    """First and last day of the window."""
    if year := asked.get("year"):
        return date(year, 1, 1), date(year, 12, 31)
    after, before = asked.get("after"), asked.get("before")
    return after and after[0], before and before[1]


def flows_asked(asked: dict[str, Any]) -> Asked:
    """The same for the counts of moves."""
    after, before = window_of(asked)
    return Asked(statuses=tuple(asked.get("status") or HAPPENED), after=after, before=before)


def window_words(form: Any) -> str:
    """The window as the reader wrote it, in words."""
    asked = form.cleaned_data
    if asked.get("year"):
        return str(asked["year"])
    after, before = (in_words(str(form.data.get(name, "")).strip()) for name in ("after", "before"))
    if after and before:
        return _("%(start)s to %(end)s") % {"start": after, "end": before}
    if after:
        return _("since %(date)s") % {"date": after}
    return _("until %(date)s") % {"date": before} if before else _("all years")


def moves_between(asked: Asked, origin: End | None, destination: End | None) -> str:
    """The list of these moves from one company to another; any company where none is given."""
    ends = [(name, end.slug) for name, end in (("from", origin), ("to", destination)) if end is not None]
    return moves_address(asked, ends, asked.after, asked.before)


def moves_address(asked: Asked, ends: Sequence[tuple[str, str]], first: date | None, last: date | None) -> str:
    """The list of moves with these companies at these ends in these days."""
    days = [(name, day.isoformat()) for name, day in (("after", first), ("before", last)) if day is not None]
    return f"{reverse('moves')}?{urlencode([*ends, *(('status', status) for status in asked.statuses), *days])}"
