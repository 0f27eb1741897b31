"""The choices beside a list of facts: links that add, change or take away a filter, each with what it would leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from talent import keyset
from talent.facets import LOOKED_AT, WAYS, Choice, Facets
from talent.filters import CompensationReportFilter, MoveFilter, SignalFilter
from talent.templatetags.addresses import without
from talent.templatetags.amounts import number
from talent.templatetags.ledger import called

FILTERS: dict[str, Any] = {"moves": MoveFilter, "compensation": CompensationReportFilter, "signals": SignalFilter}
COMPANIES = frozenset({"from", "to", "company"})


@dataclass(frozen=True, slots=True)
class Option:
    """A link to the list with or without one value. ``count`` is in words, "" where nobody knows it."""

    key: str
    label: str
    count: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The options of one parameter."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How large the list is, and what it could be narrowed to; ``html`` where that is written already."""

    size: str
    groups: list[Group]
    html: str = ""


def narrowing(noun: str, found: Facets, *, parameters: QueryDict, known: dict[str, str]) -> Narrowing:
    """The choices of a list, in words; ``known`` are names of companies by slug, for those that are chosen already."""
    addresses, reader = _Addresses(parameters), get_language() or "en"
    groups = [_group(name, found, _field(noun, name, reader), addresses, known) for name in WAYS[noun]]
    return Narrowing(size=_size(found), groups=[group for group in groups if _tells(group, found)])


def _size(found: Facets) -> str:
    if not found.is_exact() and not found.total:
        return ""
    return ngettext("%(n)s entry", "%(n)s entries", found.total) % {"n": _count(found.total, found)}


def _count(value: int, found: Facets, name: str = "") -> str:
    """ "37"; "37+" where more may lie behind what was looked at."""
    reader = get_language() or "en"
    return _written(value, reader) if found.is_exact(name) else f"{_written(min(value, LOOKED_AT), reader)}+"


@lru_cache(maxsize=4096)
def _written(value: int, reader: str) -> str:
    """The number as the ``reader`` whose language is active writes it."""
    return number(value)


def _tells(group: Group, found: Facets) -> bool:
    """A single choice that leaves all there is tells nothing."""
    if any(option.chosen for option in group.options):
        return True
    return len(group.options) > 1 or any(option.count != _count(found.total, found) for option in group.options)


@dataclass(frozen=True, slots=True)
class _Field:
    """A parameter in words: what it is called, the labels of its values where they are few, and whether it may have
    several at once."""

    label: str
    labels: dict[str, str] | None
    several: bool


@lru_cache(maxsize=200)
def _field(noun: str, name: str, reader: str) -> _Field:
    """The parameter of that list's form, in the ``reader``'s language, which is active."""
    field = FILTERS[noun].base_filters[name].field
    special = {"min_reporters": _("Independent reporters"), "cohort": _("Who"), "language": _("Language of a source")}
    labels = {str(value): str(label) for value, label in getattr(field, "choices", ()) if value}
    return _Field(
        label=special.get(name, str(field.label)),
        labels=labels if isinstance(field, forms.ChoiceField) else None,
        several=isinstance(field, forms.MultipleChoiceField),
    )


def _group(name: str, found: Facets, field: _Field, addresses: _Addresses, known: dict[str, str]) -> Group:
    chosen = [value.upper() if name == "currency" else value for value in addresses.chosen(name)]
    counted = {choice.value: choice for choice in found.choices.get(name, [])}
    options = [
        Option(
            key=f"{name}-{_slugged(value)}",
            label=_label(name, value, field, counted.get(value), known),
            count=_count(counted[value].count, found, name) if value in counted else "",
            address=addresses.of(name, value, several=field.several, chosen=value in chosen),
            chosen=value in chosen,
        )
        for value in _values(name, field, counted.values(), chosen=chosen, whole=found.is_exact(name))
    ]
    return Group(name, field.label, options)


_slugged = lru_cache(maxsize=4096)(slugify)


def _values(name: str, field: _Field, counted: Iterable[Choice], *, chosen: list[str], whole: bool) -> Iterable[str]:
    """The values to offer: as the form orders them, companies by size, years from the newest."""
    found = [choice.value for choice in counted]
    if field.labels is not None:
        # Of a list that was not looked through, a value that was not met may yet be there.
        return [value for value in field.labels if not whole or value in found or value in chosen]
    found += [value for value in chosen if value not in found]
    if name == "year":
        return sorted(found, reverse=True)
    if name == "min_reporters":
        return sorted(found, key=int)
    sizes = {choice.value: choice.count for choice in counted}
    return sorted(found, key=lambda value: (-sizes.get(value, 0), value))


def _label(name: str, value: str, field: _Field, choice: Choice | None, known: dict[str, str]) -> str:
    if name in COMPANIES:
        names = choice and choice.names
        return called(*names, get_language() or "en") if names else known.get(value, value)
    if name == "min_reporters":
        return _("%(n)s or more") % {"n": value}
    if name == "cohort":
        return _("unnamed groups") if value == "yes" else _("named people")
    return (field.labels or {}).get(value, value)


class _Addresses:
    """Where the options of a list lead, each for the list that is shown."""

    def __init__(self, parameters: QueryDict) -> None:
        self._parameters = parameters
        self._rest = {name: values for name, values in parameters.lists() if name not in keyset.PARAMETERS}
        self._begun = f"{urlencode(self._rest, doseq=True)}&" if self._rest else ""

    def chosen(self, name: str) -> list[str]:
        """The values that the parameter has."""
        return self._rest.get(name, [])

    def of(self, name: str, value: str, *, several: bool, chosen: bool) -> str:
        """The list with the value or, where it is chosen already, without it."""
        values = self.chosen(name)
        if chosen:
            return without(self._parameters, name, value if several else values[0])
        if not values:
            return f"?{self._begun}{quote_plus(name)}={quote_plus(value)}"
        changed = {**self._rest, name: [*(values if several else []), value]}
        return f"?{urlencode(changed, doseq=True)}"
