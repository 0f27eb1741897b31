"""An editor's version of a claim as a form: every field of the annotation guide, checked as the database checks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from articles.extraction import Attribution, Cohort, CompensationClaim, MoveClaim, MoveEnd, PersonName, SignalClaim
from articles.extraction.claims import Claim as Draft
from talent.dates import day_range
from talent.exceptions import UngroundedQuote
from talent.models import (
    CURRENCY_PATTERN,
    EDTF_PATTERN,
    PERIOD_PATTERN,
    AttributionKind,
    Claim,
    ClaimKind,
    CompensationKind,
    Component,
    Metric,
    MoveKind,
    Status,
)
from talent.review import locate

NUMBERLESS = (Metric.PRACTICE, Metric.HIRING_FREEZE)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the form beside what the machine said."""

    bound: forms.BoundField
    raw: str
    original: str
    changed: bool


def _text(label: Any, *, most: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=10_000_000, required=False)


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=18, decimal_places=2, required=False)


class ClaimForm(forms.Form):
    """What every kind of claim has. Unbound it holds the claim's own values."""

    date = _text(_("Date"), most=24, help_text=_("EDTF: 2024-03-18, 2024-03, 2023-09/2023-11; empty where not said"))
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices)
    attribution = _text(_("Who says so"), most=1000, help_text=_("in the text's words; empty for the article itself"))
    attribution_kind = forms.ChoiceField(label=_("Kind of source"), choices=AttributionKind.choices)
    attribution_count = forms.IntegerField(
        label=_("Number of unnamed sources"), min_value=1, max_value=1000, required=False
    )
    quote = forms.CharField(
        label=_("Quote"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("words of the article, letter for letter; their place is found by themselves"),
    )

    def __init__(self, claim: Claim, data: Any = None, *, prefix: str | None = None) -> None:
        self.claim = claim
        super().__init__(data, initial=flat(claim), prefix=prefix, label_suffix="", use_required_attribute=False)
        own = [name for name in self.fields if name not in ClaimForm.base_fields]
        self.order_fields([*own, *ClaimForm.base_fields])

    def rows(self, original: Claim) -> Iterator[Row]:
        """Every field beside the machine's ``original``."""
        said = flat(original)
        for bound in self:
            before = _shown(said.get(bound.name))
            yield Row(bound, before, self._in_words(bound.name, before), changed=_shown(bound.value()) != before)

    def _in_words(self, name: str, value: str) -> str:
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))

    def draft(self) -> Draft:
        """The editor's version; the form must be valid."""
        raise NotImplementedError

    def clean_date(self) -> str:
        date = str(self.cleaned_data["date"])
        try:
            RegexValidator(EDTF_PATTERN)(date) if date else None
            first, last = day_range(date)
        except (ValueError, ValidationError) as error:
            raise ValidationError(_("Write the date as EDTF, such as 2024-03 or 2023-09/2023-11.")) from error
        if first and last and first > last:
            raise ValidationError(_("The date ends before it begins."))
        return date

    def clean_quote(self) -> str:
        quote = str(self.cleaned_data["quote"]).replace("\r\n", "\n")
        try:
            self.span = locate(self.claim.article.text, quote, self.claim.start)
        except UngroundedQuote as error:
            raise ValidationError(str(error)) from error
        return quote

    def clean(self) -> Values:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("attribution") and cleaned.get("attribution_kind") not in (None, AttributionKind.ARTICLE):
            self.add_error("attribution", _("Give the words that say who it is, or choose the article itself."))
        return cleaned

    def _ordered(self, *names: str) -> None:
        """Each of the values, where known, is at most the next."""
        known = [name for name in names if self.cleaned_data.get(name) is not None]
        for low, high in pairwise(known):
            if self.cleaned_data[low] > self.cleaned_data[high]:
                self.add_error(high, _("This is less than the bound below it."))

    def _common(self) -> Values:
        said = self.cleaned_data
        source = (said["attribution"], said["attribution_kind"], said["attribution_count"])
        return {
            "status": said["status"],
            "date": said["date"] or None,
            "span": self.span,
            "attribution": Attribution(*source) if said["attribution"] else None,
        }

    def _or_none(self, name: str) -> Any:
        value = self.cleaned_data[name]
        return float(value) if isinstance(value, Decimal) else (None if value == "" else value)


class MoveForm(ClaimForm):
    """A person, or an unnamed group, between two ends."""

    person_name = _text(_("Person"))
    person_aliases = forms.CharField(
        label=_("Other forms of the name"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("one a line"),
    )  # fmt: skip
    cohort_text = _text(_("Group, in the text's words"), most=300)
    cohort_min = _count(_("At least"))
    cohort_max = _count(_("At most"))
    cohort_of = _count(_("Out of"))
    from_org = _text(_("Left"))
    from_team = _text(_("Team left"))
    from_role = _text(_("Role left"))
    to_org = _text(_("Joined"))
    to_team = _text(_("Team joined"))
    to_role = _text(_("New role"))
    kind = forms.ChoiceField(label=_("Kind"), choices=MoveKind.choices)

    def clean(self) -> Values:
        cleaned = super().clean()
        self._ordered("cohort_min", "cohort_max", "cohort_of")
        if bool(cleaned.get("person_name")) == bool(cleaned.get("cohort_text")):
            self.add_error("person_name", _("Name either a person or a group."))
        counted = any(cleaned.get(f"cohort_{part}") is not None for part in ("min", "max", "of"))
        if counted and not cleaned.get("cohort_text"):
            self.add_error("cohort_text", _("Give the words that name the group."))
        if not (cleaned.get("from_org") or cleaned.get("to_org")) and cleaned.get("kind") != MoveKind.FOUNDING:
            self.add_error("from_org", _("Name the company left or the one joined."))
        return cleaned

    def draft(self) -> MoveClaim:
        said = self.cleaned_data
        aliases = tuple(dict.fromkeys(line.strip() for line in said["person_aliases"].splitlines() if line.strip()))
        cohort = (said["cohort_text"], said["cohort_min"], said["cohort_max"], said["cohort_of"])
        return MoveClaim(
            person=PersonName(said["person_name"], aliases) if said["person_name"] else None,
            cohort=Cohort(*cohort) if said["cohort_text"] else None,
            origin=self._end("from"),
            destination=self._end("to"),
            kind=said["kind"],
            **self._common(),
        )

    def _end(self, side: str) -> MoveEnd | None:
        parts = [self._or_none(f"{side}_{part}") for part in ("org", "team", "role")]
        return MoveEnd(*parts) if any(parts) else None


class CompensationForm(ClaimForm):
    """A figure of pay."""

    org = _text(_("Company"))
    person = _text(_("Person"))
    population = _text(_("Who is paid so"), most=300)
    min = _amount(_("At least"))
    max = _amount(_("At most"))
    currency = forms.CharField(
        label=_("Currency"), validators=[RegexValidator(CURRENCY_PATTERN, _("Give three letters, such as USD."))]
    )
    period = forms.CharField(
        label=_("Period"),
        help_text="year, month, hour, one_time, total, multi_year:4",
        validators=[RegexValidator(PERIOD_PATTERN, _("Write year, month, hour, one_time, total or multi_year:N."))],
    )
    component = forms.ChoiceField(label=_("Component"), choices=Component.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=CompensationKind.choices)

    def clean(self) -> Values:
        cleaned = super().clean()
        self._ordered("min", "max")
        if cleaned.get("min") is None and cleaned.get("max") is None and not {"min", "max"} & self.errors.keys():
            self.add_error("min", _("Give at least one bound."))
        return cleaned

    def draft(self) -> CompensationClaim:
        names = ("org", "person", "population", "min", "max", "currency", "period", "component", "kind")
        return CompensationClaim(**{name: self._or_none(name) for name in names}, **self._common())


class SignalForm(ClaimForm):
    """A sign of hiring or shrinking."""

    org = _text(_("Company"))
    team = _text(_("Team"))
    metric = forms.ChoiceField(label=_("Metric"), choices=Metric.choices)
    min = _amount(_("At least"))
    max = _amount(_("At most"))
    of = _amount(_("Out of"))
    unit = _text(_("Unit"), most=20)

    def clean(self) -> Values:
        cleaned = super().clean()
        self._ordered("min", "max")
        numbered = [name for name in ("min", "max", "of") if cleaned.get(name) is not None]
        if numbered and cleaned.get("metric") in NUMBERLESS:
            self.add_error(numbered[0], _("A practice or a hiring freeze carries no number."))
        return cleaned

    def draft(self) -> SignalClaim:
        names = ("org", "team", "metric", "min", "max", "of", "unit")
        return SignalClaim(**{name: self._or_none(name) for name in names}, **self._common())


FORMS: dict[str, type[ClaimForm]] = {
    ClaimKind.MOVE: MoveForm,
    ClaimKind.COMPENSATION: CompensationForm,
    ClaimKind.SIGNAL: SignalForm,
}


def flat(claim: Claim) -> Values:
    """The claim's values by the names of the form's fields."""
    value = dict(claim.value)
    for part in ("person", "cohort", "from", "to"):
        if isinstance(value.get(part), dict):
            value |= {f"{part}_{name}": each for name, each in value.pop(part).items()}
    aliases = value.get("person_aliases") or []
    return {
        **value,
        "person_aliases": "\n".join(aliases),
        "date": claim.date,
        "status": claim.status,
        "attribution": claim.attribution,
        "attribution_kind": claim.attribution_kind,
        "attribution_count": claim.attribution_count,
        "quote": claim.quote,
    }


def _shown(value: Any) -> str:
    """A value as the form shows it: 5.0 and "5" are one, and so are all kinds of nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
