"""Matching names of other people's tables with people and companies, by the OpenRefine Reconciliation API 0.2.

A score of a name alone never joins people: two with one name stay two. A candidate is certain only where nobody else
bears the name and nothing that was said of them contradicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.db.models import Prefetch, prefetch_related_objects
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from articles.extraction.names import name_key
from talent.models import Alias, Company, Move, Person
from talent.querysets import VISIBLE
from talent.resolve import is_wikidata
from talent.search import Hit, How, companies_like, people_like

MAX_QUERIES, MAX_IDS, MAX_VALUES = 50, 200, 20
DEFAULT_LIMIT, MAX_LIMIT = 5, 25
PERSON, COMPANY = "person", "company"
TYPES = {PERSON: "Person", COMPANY: "Company"}
_NOUNS = {PERSON: "people", COMPANY: "companies"}

Answer = dict[str, Any]
Firms = dict[str, set[str]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EntityValue(_Strict):
    """A value that was reconciled before."""

    id: str = Field(max_length=200)
    name: str = Field(default="", max_length=500)


Value = Annotated[str, Field(max_length=500)] | float | bool | EntityValue


def _several(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class PropertyValue(_Strict):
    """What the table says of the entity beside its name."""

    pid: str = Field(max_length=100)
    v: Annotated[list[Value], BeforeValidator(_several), Field(max_length=MAX_VALUES)]


class Query(_Strict):
    """One row of the table."""

    query: str = Field(default="", max_length=1000)
    type: Annotated[list[str], BeforeValidator(_several)] = []
    limit: int = Field(default=DEFAULT_LIMIT, ge=1)
    properties: list[PropertyValue] = Field(default=[], max_length=20)
    type_strict: Literal["any", "should", "all"] = "any"

    @model_validator(mode="after")
    def _asks_for_something(self) -> Query:
        if "query" not in self.model_fields_set and not self.properties:
            raise ValueError("a query needs a name in “query”, or “properties”")
        return self


class AskedProperty(_Strict):
    """A column to add."""

    id: str = Field(max_length=100)
    settings: dict[str, Any] = {}


class Extension(_Strict):
    """Columns to add to rows that were reconciled."""

    ids: list[Annotated[str, Field(max_length=200)]] = Field(max_length=MAX_IDS)
    properties: list[AskedProperty] = Field(max_length=20)


QUERIES: TypeAdapter[dict[str, Query]] = TypeAdapter(Annotated[dict[str, Query], Field(max_length=MAX_QUERIES)])


@dataclass(frozen=True, slots=True)
class Property:
    """Something known of entities of one type; ``values`` gives cells of the protocol."""

    id: str
    name: str
    type: str
    values: Callable[[Any], Iterator[Answer]]

    @property
    def described(self) -> Answer:
        """As the protocol names it."""
        return {"id": self.id, "name": self.name}


def identifier(entity: Person | Company) -> str:
    """Its identifier here: the path of its page."""
    return f"{_NOUNS[type_of(entity)]}/{entity.slug}"


def type_of(entity: Person | Company) -> str:
    """ "person" or "company"."""
    return PERSON if isinstance(entity, Person) else COMPANY


def named(entity: Person | Company) -> Answer:
    """The entity as the protocol refers to it."""
    return {"id": identifier(entity), "name": entity.name}


# ------------------------------------------------------------------ matching


def reconcile(queries: Mapping[str, Query]) -> Answer:
    """The candidates for each query, the best first. What is compared is read for the whole batch at once."""
    hits = {key: _hits_for(query) for key, query in queries.items()}
    acquaint([hit.entity for found in hits.values() for hit in found])
    firms = _firms_named_in(queries.values())
    return {key: {"result": _candidates(query, hits[key], firms)} for key, query in queries.items()}


def _hits_for(query: Query) -> list[Hit]:
    kinds = [kind for kind in TYPES if not query.type or kind in query.type]
    if len(set(query.type)) > 1 and query.type_strict == "all":
        return []
    return [hit for kind in kinds for hit in _hits(kind, query, min(query.limit, MAX_LIMIT))]


def _candidates(query: Query, hits: Sequence[Hit], firms: Firms) -> list[Answer]:
    judged = sorted(((_judged(hit, query, firms), hit) for hit in hits), key=_rank)[: min(query.limit, MAX_LIMIT)]
    certain = _certain(judged)
    return [_candidate(hit, score, features, match=hit is certain) for (score, features), hit in judged]


def _rank(judged: tuple[tuple[float, list[Answer]], Hit]) -> tuple[float, int]:
    """The best first; of equal ones those of whom more is known to agree."""
    (score, features), _ = judged
    return -score, -sum(feature["value"] is True for feature in features)


def _hits(kind: str, query: Query, limit: int) -> list[Hit]:
    by_wikidata = [str(v) for p in query.properties if p.pid == "wikidata" for v in p.v if is_wikidata(str(v))]
    model: type[Any] = Person if kind == PERSON else Company
    if by_wikidata and (found := list(model.objects.visible().filter(wikidata_id__in=by_wikidata)[:limit])):
        return [Hit(entity, entity.name, How.WHOLE, 100) for entity in found]
    find = people_like if kind == PERSON else companies_like
    return find(query.query, limit=max(limit, DEFAULT_LIMIT))


def _judged(hit: Hit, query: Query, firms: Firms) -> tuple[float, list[Answer]]:
    """The score, 0 to 100, and the features it was made of: the name, and what else the table says."""
    features: list[Answer] = [{"id": "name", "value": round(hit.score, 1)}]
    score = hit.score
    for each in query.properties:
        agrees = _agrees(hit.entity, each, firms)
        if agrees is not None:
            features.append({"id": each.pid, "value": agrees})
            score = score + (100 - score) / 2 if agrees else score * 0.6
    return round(score, 1), features


def _agrees(entity: Person | Company, said: PropertyValue, firms: Firms) -> bool | None:
    """Whether one of the values is what is known; None where nothing is known to compare with."""
    prop = PROPERTIES.get((type_of(entity), said.pid))
    known = list(prop.values(entity)) if prop else []
    if not known:
        return None
    ids = {cell["id"] for cell in known if "id" in cell}
    keys = {name_key(str(cell.get("name") or cell.get("str") or "")) for cell in known}
    wanted = [(v.id, v.name) if isinstance(v, EntityValue) else ("", str(v)) for v in said.v]
    return any(
        identity in ids or (key := name_key(name)) in keys - {""} or bool(ids & firms.get(key, set()))
        for identity, name in wanted
    )


def _firms_named_in(queries: Iterable[Query]) -> Firms:
    """Identifiers of the companies that go by a name among the queries' values, by the key of the name. One query."""
    values = (value for query in queries for said in query.properties for value in said.v)
    names = (value.name if isinstance(value, EntityValue) else str(value) for value in values)
    forms = {key for name in names if (key := name_key(name))}
    firms: Firms = {}
    aliases = Alias.objects.filter(key__in=sorted(forms)).exclude(company=None).select_related("company__merged_into")
    for alias in aliases if forms else ():
        assert alias.company is not None
        firms.setdefault(alias.key, set()).add(identifier(alias.company.merged_into or alias.company))
    return firms


def _certain(judged: Sequence[tuple[tuple[float, list[Answer]], Hit]]) -> Hit | None:
    """The candidate that can be taken without a look: whole name, nobody else with it, nothing against it."""
    whole = [(features, hit) for (_, features), hit in judged if hit.how == How.WHOLE]
    agreeing = [hit for features, hit in whole if any(f["value"] is True for f in features)]
    unopposed = [hit for features, hit in whole if all(f["value"] is not False for f in features)]
    if len(agreeing) == 1:
        return agreeing[0]
    return unopposed[0] if len(whole) == 1 and unopposed else None


def _candidate(hit: Hit, score: float, features: list[Answer], *, match: bool) -> Answer:
    kind = type_of(hit.entity)
    candidate = {
        **named(hit.entity),
        "type": [{"id": kind, "name": TYPES[kind]}],
        "score": score,
        "match": match,
        "features": features,
    }
    return candidate | {"description": text} if (text := description(hit.entity)) else candidate


def description(entity: Person | Company) -> str:
    """What tells namesakes apart: the other name, and of people the company of their newest move."""
    parts = [entity.name_zh if entity.name_zh != entity.name else ""]
    if isinstance(entity, Person) and (moves := _moves(entity)):
        parts.append(str(moves[0].destination or moves[0].origin))
    return ", ".join(part for part in parts if part)


# ------------------------------------------------------------------ properties


def acquaint(entities: Iterable[Person | Company]) -> None:
    """Reads what the properties tell of all these entities: names, moves, parents. A query for each of these."""
    known = list(entities)
    people = [entity for entity in known if isinstance(entity, Person)]
    companies = [entity for entity in known if isinstance(entity, Company)]
    names = Prefetch("aliases", Alias.objects.order_by("name"), to_attr="known_names")
    moves = Move.objects.visible().select_related("origin", "destination").order_by("-sort_date", "-id")
    prefetch_related_objects(people, names, Prefetch("moves", moves, to_attr="known_moves"))
    prefetch_related_objects(companies, names, "parent")


def _moves(person: Person) -> list[Move]:
    known: list[Move] = person.known_moves  # type: ignore[attr-defined]  # read by ``acquaint``
    return known


def _names(entity: Person | Company) -> Iterator[Answer]:
    for alias in entity.known_names[:MAX_VALUES]:  # type: ignore[union-attr]  # read by ``acquaint``
        yield {"str": alias.name}


def _chinese(entity: Person | Company) -> Iterator[Answer]:
    if entity.name_zh:
        yield {"str": entity.name_zh}


def _wikidata(entity: Person | Company) -> Iterator[Answer]:
    if entity.wikidata_id:
        yield {"str": entity.wikidata_id}


def _employers(person: Person) -> Iterator[Answer]:
    ends = (end for move in _moves(person)[:MAX_VALUES] for end in (move.destination, move.origin))
    seen = {end.pk: end for end in ends if end is not None and end.visibility in VISIBLE}
    yield from (named(company) for company in seen.values())


def _parent(company: Company) -> Iterator[Answer]:
    if company.parent is not None and company.parent.visibility in VISIBLE:
        yield named(company.parent)


_ALL = (
    *(Property("names", "All names", kind, _names) for kind in TYPES),
    *(Property("name_zh", "Chinese name", kind, _chinese) for kind in TYPES),
    *(Property("wikidata", "Wikidata item", kind, _wikidata) for kind in TYPES),
    Property("employer", "Employer left or joined", PERSON, _employers),
    Property("parent", "Parent company", COMPANY, _parent),
)
PROPERTIES = {(prop.type, prop.id): prop for prop in _ALL}


def properties_of(kind: str) -> list[Property]:
    """What is known of entities of this type; of any where it is empty, each once."""
    return list({prop.id: prop for prop in _ALL if not kind or prop.type == kind}.values())


def extend(extension: Extension) -> Answer:
    """The values of the columns for each identifier; an unknown one has none."""
    asked = [prop.id for prop in extension.properties]
    names = {prop.id: prop for prop in _ALL}
    entities = _entities(extension.ids)
    acquaint(entities.values())
    return {
        "meta": [names[each].described if each in names else {"id": each, "name": each} for each in asked],
        "rows": {one: {each: _cells(entities.get(one), each) for each in asked} for one in extension.ids},
    }


def _cells(entity: Person | Company | None, prop: str) -> list[Answer]:
    known = PROPERTIES.get((type_of(entity), prop)) if entity is not None else None
    return list(known.values(entity)) if known else []


def _entities(ids: Sequence[str]) -> dict[str, Person | Company]:
    slugs = {noun: [one.partition("/")[2] for one in ids if one.startswith(f"{noun}/")] for noun in _NOUNS.values()}
    found: list[Person | Company] = [
        *Person.objects.visible().filter(slug__in=slugs["people"]),
        *Company.objects.visible().filter(slug__in=slugs["companies"]),
    ]
    return {identifier(entity): entity for entity in found}


def entity_at(one: str) -> Person | Company | None:
    """The entity with that identifier, if readers may see it, with what ``description`` tells of it."""
    entities = _entities([one])
    acquaint(entities.values())
    return entities.get(one)


def suggest(prefix: str, *, limit: int = 10) -> list[Answer]:
    """People and companies whose name may be meant by what was typed so far."""
    hits = [*people_like(prefix, limit=limit), *companies_like(prefix, limit=limit)]
    best = sorted(hits, key=lambda hit: -hit.score)[:limit]
    acquaint([hit.entity for hit in best])
    return [
        {
            **named(hit.entity),
            "description": description(hit.entity),
            "notable": [{"id": type_of(hit.entity), "name": TYPES[type_of(hit.entity)]}],
        }
        for hit in best
    ]
