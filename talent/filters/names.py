"""Finding by words: names in any script, and quotes. Trigram indexes answer; two Chinese characters are enough."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Coalesce, Lower

from articles.extraction.names import name_key
from talent.filters.base import Rows, plain
from talent.models import Alias, Claim, Company, Person
from talent.querysets import VISIBLE


def companies_called(words: str, field: str = "pk") -> list[Q]:
    """Conditions on ``field``: companies one of whose names, in any script, holds the words."""
    return _called(Company.objects.all(), "company", words, field=field)


def people_called(words: str, field: str = "pk") -> list[Q]:
    """Conditions on ``field``: people one of whose names, in any script, holds the words."""
    return _called(Person.objects.all(), "person", words, field=field)


def _called(entities: Rows, owner: str, words: str, *, field: str) -> list[Q]:
    """Every form of a name is an alias; the name that is shown may have been chosen later."""
    held = Q(lowered__contains=plain(words))
    key = name_key(words)
    aliases = Alias.objects.alias(lowered=Lower("name")).filter(held | Q(key=key) if key else held)
    named = entities.alias(lowered=Lower("name")).filter(held)
    owners = aliases.exclude(**{owner: None}).order_by().values(owner)
    return [Q(**{f"{field}__in": owners}), Q(**{f"{field}__in": named.order_by().values("pk")})]


def claims_quoting(words: str) -> Rows:
    """Standing claims whose quote holds the words."""
    return holding(Claim.objects.standing(), "quote", words).order_by()


def holding(rows: Rows, field: str, words: str) -> Rows:
    """Rows whose field holds the words, as an index on the lower-cased field finds them."""
    found: Rows = rows.alias(lowered=Lower(field)).filter(lowered__contains=plain(words))
    return found


def id_of(entities: Rows, slug: str) -> Rows:
    """The id behind that address, as a subquery: no second query, and still an index scan in the list's order."""
    return entities.filter(slug=slug).order_by().values("pk")[:1]


def company_at(slug: str) -> Rows:
    """The id of the company at that address or, where it is part of another by now, of the whole; a subquery, too."""
    named = Company.objects.filter(slug=slug, visibility__in=VISIBLE).order_by()
    whole = named.values(whole=Coalesce("merged_into_id", "pk"))[:1]
    found: Rows = Company.objects.visible().filter(pk=whole).order_by().values("pk")[:1]
    return found
