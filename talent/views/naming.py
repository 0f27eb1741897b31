"""Companies and people in what a reader asks of a list: by slug in an address, by name on the page and in its boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from articles.extraction.names import name_key
from articles.extraction.organisations import canonical
from talent.models import Alias, Claim, Company, Person
from talent.querysets import VISIBLE
from talent.resolve import company_key, slug_for
from talent.templatetags.names import companies_of, own_name

# Where a reader may write a name instead of a slug.
COMPANY_PARAMETERS = ("from", "to", "company")
PERSON_PARAMETER = "person"
_SLUG = re.compile(r"[-a-z0-9]+")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Named:
    """Names by slug, in the reader's script."""

    companies: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def value(self, parameter: str, value: str) -> str:
        """The value in words, where the parameter is one of those that hold a slug."""
        known = self.people if parameter == PERSON_PARAMETER else self.companies
        return known.get(value, value)


def names_of(parameters: QueryDict, rows: Iterable[Any] = ()) -> Named:
    """The names of everybody in the parameters: as the rows tell them, else by a query for each kind."""
    rows = list(rows)
    companies = {company.slug: own_name(company) for company in companies_of(rows)}
    people = {person.slug: own_name(person) for person in map(_person_of, rows) if person}
    asked = {slug for name in COMPANY_PARAMETERS for slug in parameters.getlist(name)} - companies.keys()
    if asked := {slug for slug in asked if _SLUG.fullmatch(slug)}:
        found = Company.objects.filter(slug__in=asked).select_related("merged_into")
        wholes = ((company.slug, company.merged_into or company) for company in found)
        companies |= {slug: own_name(whole) for slug, whole in wholes if whole.visibility in VISIBLE}
    if asked := set(parameters.getlist(PERSON_PARAMETER)) - people.keys():
        people |= {each.slug: own_name(each) for each in Person.objects.visible().filter(slug__in=asked)}
    return Named(companies, people)


def company_slug(written: str) -> str:
    """ "谷歌" and "Google" as "google"; a slug stays as it is. Two queries for a name at most."""
    if _SLUG.fullmatch(written) or len(written) > _LONGEST:
        return written
    name = written.strip()
    keyed = Company.objects.filter(key=company_key(name)).values_list("pk", "merged_into")
    called = Alias.objects.filter(key=name_key(name)).exclude(company=None)
    for ids in (keyed, called.order_by("id").values_list("company", "company__merged_into")):
        wholes = [whole or pk for pk, whole in ids[:10]]
        if shown := _shown(Company, wholes):
            return str(shown[next(pk for pk in wholes if pk in shown)].slug)
    return slug_for(canonical(name))


def person_slug(written: str) -> str:
    """Somebody's name as their slug, where it is one person's alone; else what was written."""
    if _SLUG.fullmatch(written) or len(written) > _LONGEST or not (key := name_key(written)):
        return written
    called = Alias.objects.filter(key=key).exclude(person=None).order_by("id")
    shown = _shown(Person, called.values_list("person", flat=True)[:10])
    return str(next(iter(shown.values())).slug) if len(shown) == 1 else written


def _person_of(row: Any) -> Any:
    """Whose fact it is; of a claim the fact tells, and its person is not read with it."""
    return None if isinstance(row, Claim) else getattr(row, "person", None)


def _shown(model: type[Any], pks: Iterable[int]) -> dict[int, Any]:
    """Those that readers may see."""
    rows: dict[int, Any] = model.objects.visible().in_bulk(list(pks))
    return rows
