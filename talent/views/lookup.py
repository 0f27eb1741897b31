"""From an address to its row: shown, withdrawn (410), hidden or unknown (404), or living elsewhere by now (308)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from talent.models import Company, Person, Visibility
from talent.successors import company_succeeding, fact_succeeding, person_succeeding


class Withdrawn(Exception):
    """The address was good once; an editor took the page back."""

    def __init__(self, row: Any) -> None:
        super().__init__(str(row.pk))
        self.row = row


class MovedTo(Exception):
    """What the address meant lives at another one."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def site_of(request: HttpRequest) -> str:
    """Scheme and host of this site, as the reader knows it."""
    return request.build_absolute_uri("/")[:-1]


def find_fact(model: type[Any], public_id: str) -> Any:
    """The fact of that identifier with all that its page shows; raises what should be answered instead."""
    fact = model.objects.for_list().filter(public_id=public_id).first()
    if fact is not None:
        return fact
    _raise_if_taken_back(model.objects.filter(public_id=public_id))
    raise _elsewhere(fact_succeeding(public_id))


def find_person(slug: str, people: QuerySet[Any]) -> Any:
    """The person of that slug among ``people``; their old slugs lead to the person their first claim is about now."""
    person = people.filter(slug=slug).first()
    if person is not None:
        return person
    _raise_if_taken_back(Person.objects.filter(slug=slug))
    raise _elsewhere(person_succeeding(slug))


def find_company(slug: str, companies: QuerySet[Any]) -> Any:
    """The company of that slug among ``companies``; one that is part of another leads there."""
    company = companies.filter(slug=slug).first()
    if company is not None:
        return company
    _raise_if_taken_back(Company.objects.filter(slug=slug))
    raise _elsewhere(company_succeeding(slug))


def person_at(slug: str) -> Any:
    """The person of that slug."""
    return find_person(slug, Person.objects.visible())


def company_at(slug: str) -> Any:
    """The company of that slug."""
    return find_company(slug, Company.objects.visible())


@contextmanager
def onwards(rest: str) -> Iterator[None]:
    """Leads what has moved to the same part, ``rest``, of its new page."""
    try:
        yield
    except MovedTo as moved:
        raise MovedTo(f"{moved.address}{rest}") from moved


def _elsewhere(successor: Any) -> Exception:
    """What to raise: the way to the successor, unless there is none or the reader may not see it."""
    if successor is None or not type(successor).objects.visible().filter(pk=successor.pk).exists():
        return Http404()
    return MovedTo(successor.get_absolute_url())


def _raise_if_taken_back(rows: QuerySet[Any]) -> None:
    row = rows.first()
    if row is not None and row.visibility == Visibility.WITHDRAWN:
        raise Withdrawn(row)
    if row is not None and row.visibility == Visibility.HIDDEN:
        raise Http404
