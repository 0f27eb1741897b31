"""From an address to its row: shown, withdrawn (410), hidden or unknown (404), or living elsewhere by now (308)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from talent.models import Claim, Company, Person, Visibility
from talent.querysets import VISIBLE

# A person's slug ends in this many characters of the public identifier of their first claim.
SLUG_ID_LENGTH = 5


class Withdrawn(Exception):
    """The address was good once; an editor took the page back."""


class MovedTo(Exception):
    """What the address meant lives at another one."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def find_fact(model: type[Any], public_id: str) -> Any:
    """The fact of that identifier with all that its page shows; raises what should be answered instead."""
    fact = model.objects.for_list().filter(public_id=public_id).first()
    if fact is not None:
        return fact
    _raise_if_taken_back(model.objects.filter(public_id=public_id))
    claim = Claim.objects.standing().filter(public_id=public_id).select_related("move", "report", "signal").first()
    if claim and claim.fact and claim.fact.visibility in VISIBLE:
        raise MovedTo(claim.fact.get_absolute_url())
    raise Http404(public_id)


def find_person(slug: str, people: QuerySet[Any]) -> Any:
    """The person of that slug among ``people``; their old slugs lead to the person their first claim is about now."""
    person = people.filter(slug=slug).first()
    if person is not None:
        return person
    _raise_if_taken_back(Person.objects.filter(slug=slug))
    claims = Claim.objects.standing().filter(public_id__startswith=slug[-SLUG_ID_LENGTH:])
    people_now = {claim.person for claim in claims.exclude(person=None).select_related("person")[:20]}
    visible = [person for person in people_now if person.visibility in VISIBLE]
    if len(visible) == 1 and len(slug) > SLUG_ID_LENGTH:
        raise MovedTo(visible[0].get_absolute_url())
    raise Http404(slug)


def find_company(slug: str, companies: QuerySet[Any]) -> Any:
    """The company of that slug among ``companies``."""
    company = companies.filter(slug=slug).first()
    if company is not None:
        return company
    _raise_if_taken_back(Company.objects.filter(slug=slug))
    raise Http404(slug)


def _raise_if_taken_back(rows: QuerySet[Any]) -> None:
    visibility = rows.values_list("visibility", flat=True).first()
    if visibility == Visibility.WITHDRAWN:
        raise Withdrawn
    if visibility == Visibility.HIDDEN:
        raise Http404
