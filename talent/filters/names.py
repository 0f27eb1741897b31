"""Finding by words: names in any script by trigram indexes, quotes by an index of their words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, TextField, Value
from django.db.models.functions import Coalesce, Lower

from articles.characters import HoldsChinese, Spaced, spaced
from articles.extraction.names import name_key, script_of
from talent.filters.base import Rows, plain
from talent.models import Alias, Claim, Company, Person, QuoteWords
from talent.querysets import VISIBLE
from talent.words import asked_for

_QUOTES, _COMPANIES, _PEOPLE = "quotes", "companies", "people"
# What the words find so often is common.
_MANY = 500


def companies_called(words: str, field: str = "pk") -> list[Q]:
    """Conditions on ``field``: companies one of whose names, in any script, holds the words."""
    return _called(Company.objects.all(), "company", words, field=field)


def people_called(words: str, field: str = "pk") -> list[Q]:
    """Conditions on ``field``: people one of whose names, in any script, holds the words."""
    return _called(Person.objects.all(), "person", words, field=field)


def _called(entities: Rows, owner: str, words: str, *, field: str) -> list[Q]:
    """Every form of a name is an alias; the name that is shown may have been chosen later."""
    aliases = _aliases_holding(words)
    named = holding(entities, "name", words)
    owners = aliases.exclude(**{owner: None}).order_by().values(owner)
    return [Q(**{f"{field}__in": owners}), Q(**{f"{field}__in": named.order_by().values("pk")})]


def _aliases_holding(words: str) -> Rows:
    key = name_key(words)
    aliases = Alias.objects.alias(lowered=Lower("name"), spaced=Spaced("key"))
    found: Rows = aliases.filter(held_by_alias(words) | Q(key=key) if key else held_by_alias(words))
    return found


def held_by_alias(words: str) -> Q:
    """Whether an alias, with its name ``lowered`` and its key ``spaced``, holds the words. Chinese ones are looked for
    character by character, so that two are enough."""
    key = name_key(words)
    if script_of(words) == "Hani" and key:
        return Q(script="Hani", spaced__contains=spaced(key))
    return Q(lowered__contains=plain(words))


def claims_quoting(words: str) -> Rows:
    """Standing claims whose quote holds the words."""
    return quoting(Claim.objects.standing(), words).order_by()


def facts_about(words: str, *, claim: str, companies: Sequence[str], people: Sequence[str]) -> list[Q]:
    """Conditions of which a fact meets one: a quote of it holds the words, or the name of somebody in these fields.

    One statement looks what there is. What is rare is then asked for by its keys; what is common is soon met on a walk
    in the order of the list, where gathering it first would cost more the more there is.
    """
    found = _found(words)
    quotes = claims_quoting(words) if found[_QUOTES] is None else Claim.objects.standing().filter(pk__in=found[_QUOTES])
    conditions = [Q(pk__in=quotes.exclude(**{claim: None}).order_by().values(claim))] if found[_QUOTES] != [] else []
    for kind, fields, called in ((_COMPANIES, companies, companies_called), (_PEOPLE, people, people_called)):
        pks = found[kind]
        if pks is None and fields:
            conditions.append(reduce(or_, (condition for field in fields for condition in called(words, field))))
        elif pks:
            conditions += [Q(**{f"{field}__in": pks}) for field in fields]
    return conditions or [Q(pk__isnull=True)]


def _found(words: str) -> dict[str, list[int] | None]:
    """Keys of claims, companies and people that the words find, by kind; None where there are many."""
    asked = asked_for(words)
    aliases = _aliases_holding(words).order_by()
    looks = [
        _keys(_COMPANIES, aliases.exclude(company=None), "company_id"),
        _keys(_COMPANIES, holding(Company.objects.all(), "name", words).order_by(), "pk"),
        _keys(_PEOPLE, aliases.exclude(person=None), "person_id"),
        _keys(_PEOPLE, holding(Person.objects.all(), "name", words).order_by(), "pk"),
    ]
    if asked:
        matching = QuoteWords.objects.filter(words__matches=str(asked)).order_by("-claim_id")
        looks.append(_keys(_QUOTES, matching, "claim_id"))
    first, *others = looks
    found: dict[str, list[int]] = {_QUOTES: [], _COMPANIES: [], _PEOPLE: []}
    for kind, key in first.union(*others, all=True):
        found[kind].append(key)
    return {kind: keys if len(keys) < _MANY else None for kind, keys in found.items()}


def _keys(kind: str, rows: Rows, field: str) -> Rows:
    keys: Rows = rows.values_list(Value(kind, output_field=TextField()), field)[:_MANY]
    return keys


def quoting(claims: Rows, words: str) -> Rows:
    """Claims whose quote holds all of the words, in any form and order; see ``talent.words``."""
    asked = asked_for(words)
    return claims.filter(quoted__words__matches=str(asked)) if asked else claims.none()


def holding(rows: Rows, field: str, words: str) -> Rows:
    """Rows whose field holds the words, as an index on the lower-cased field finds them."""
    found: Rows = rows.alias(lowered=Lower(field)).filter(lowered__contains=plain(words))
    return found


def titled(articles: Rows, words: str) -> Rows:
    """Articles whose title holds the words; Chinese ones are looked for character by character, as in names."""
    if script_of(words) != "Hani":
        return holding(articles, "title", words)
    characters = articles.alias(spaced=Spaced(Lower("title"))).filter(HoldsChinese("title"))
    found: Rows = characters.filter(spaced__contains=spaced(plain(words)))
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
