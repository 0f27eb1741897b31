"""What a list could be narrowed to, and how many rows each choice would leave: one statement for all of it.

The list is walked by its own index, a bounded number of rows and no further. What an index answers chooses the rows to
walk; every other condition is a column of the walk. So a choice is counted among the rows that fit all the *other*
parameters, and no question costs more than the walk, however large the tables are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import QueryDict

from talent import keyset
from talent.filters import FactFilter
from talent.querysets import STANDING

# So many rows of a list are looked at; of a longer one the counts are lower bounds.
LOOKED_AT = 1_000
# Of companies and years the largest or newest so many are offered; the form takes any other.
OFFERED = 8
LEAST_REPORTERS = (2, 3, 5)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a parameter, and how many rows of the walk have it. ``names`` are a company's in both scripts."""

    value: str
    count: int
    names: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of each parameter. Where ``whole`` is false the list goes on behind what was looked at; ``exact``
    names the parameters whose counts are right all the same, "" the length of the list itself."""

    total: int
    whole: bool
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()

    def is_exact(self, name: str = "") -> bool:
        """Whether the counts of that parameter are more than lower bounds."""
        return self.whole or name in self.exact


@dataclass(frozen=True, slots=True)
class _Way:
    """How a parameter's values are told from a walked row: columns of the row, the value in SQL, and what the row is
    joined with where it has several values; with ``once`` it may have one several times, and counts once."""

    columns: tuple[str, ...]
    value: str
    joined: str = ""
    company: bool = False
    newest: bool = False
    once: bool = False


def _column(name: str) -> _Way:
    return _Way((name,), f"{name}::text")


def _company(name: str) -> _Way:
    return _Way((name,), name, company=True)


def _language(claim_field: str) -> _Way:
    """The languages of the articles whose claims stand for a row."""
    claims = f"JOIN talent_claim AS claim ON claim.{claim_field}_id = pk AND claim.review IN {_STANDING}"
    articles = "JOIN articles_article AS article ON article.id = claim.article_id"
    return _Way((), "left(article.language, 2)", f"{claims} {articles}", once=True)


_STANDING = f"({', '.join(map(repr, STANDING))})"
_SHARED = {
    "status": _column("status"),
    # As the filter understands it: a date that lies in two years is found in both.
    "year": _Way(
        ("date_first", "date_last"),
        "generate_series(extract(year FROM date_first)::int, extract(year FROM date_last)::int)::text",
        newest=True,
    ),
    "min_reporters": _Way(
        ("reporters",),
        "least.number::text",
        f"JOIN (VALUES {', '.join(f'({number})' for number in LEAST_REPORTERS)}) AS least (number)"
        " ON reporters >= least.number",
    ),
}
# The parameters of each list that are counted, in the order of the page.
WAYS: dict[str, dict[str, _Way]] = {
    "moves": {
        "from": _company("origin_id"),
        "to": _company("destination_id"),
        "role": _column("role_family"),
        "kind": _column("kind"),
        "status": _SHARED["status"],
        "year": _SHARED["year"],
        "cohort": _Way(("person_id",), "CASE WHEN person_id IS NULL THEN 'yes' ELSE 'no' END"),
        "language": _language("move"),
        "min_reporters": _SHARED["min_reporters"],
    },
    "compensation": {
        "company": _company("company_id"),
        "kind": _column("kind"),
        "component": _column("component"),
        "currency": _column("currency"),
        "period": _Way(("period",), "split_part(period, ':', 1)"),
        **_SHARED,
        "language": _language("report"),
    },
    "signals": {
        "company": _company("company_id"),
        "metric": _column("metric"),
        **_SHARED,
        "language": _language("signal"),
    },
}
# An index answers these, or chooses where its walk begins: they say which rows are walked.
_WALKED_BY = frozenset({"q", "person", "from", "to", "company", "year", "after", "before", "sort"})


def facets(noun: str, asked: FactFilter, parameters: QueryDict) -> Facets:
    """The choices for the list of ``noun`` that ``asked`` made of good ``parameters``. One query."""
    given = {name for name in parameters if parameters.get(name)}
    walk, conditions = _walk(asked, parameters, _ways(noun, given).values())
    sql, values = walk.query.sql_with_params()
    parts = counting(noun, given=given, conditions=conditions)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH walked AS MATERIALIZED ({sql}) {' UNION ALL '.join(parts)}", values)
        return collected(noun, cursor.fetchall(), given=given)


def counting(noun: str, *, given: Collection[str], conditions: Sequence[str] = ()) -> list[str]:
    """The statements that count rows of ``walked``, where these parameters are given. Each row of theirs is a name, a
    value, a count, and a company's names; those without a name are sizes."""
    parts = [_size("walked", ()), _size("fitting", conditions)]
    return parts + [_counted(name, way, conditions) for name, way in _ways(noun, given).items()]


def collected(noun: str, rows: Iterable[Sequence[Any]], *, given: Collection[str]) -> Facets:
    """What those statements found."""
    sizes: dict[str, int] = {}
    choices: dict[str, list[Choice]] = {name: [] for name in _ways(noun, given)}
    for name, value, count, latin, chinese in rows:
        if name in choices:
            choices[name].append(Choice(value, count, None if latin is None else (latin, chinese)))
        elif not name:
            sizes[value] = count
    return Facets(total=sizes["fitting"], whole=sizes["walked"] <= LOOKED_AT, choices=choices)


def _ways(noun: str, given: Collection[str]) -> dict[str, _Way]:
    return {name: way for name, way in WAYS[noun].items() if not (name in _WALKED_BY and name in given)}


def with_totals(found: Facets, moves: int, kept: Mapping[str, Mapping[str, int]]) -> Facets:
    """The choices of all ``moves``, with what the tallies keep count of."""
    counted = {name: [Choice(value, number) for value, number in each.items()] for name, each in kept.items()}
    return replace(found, total=moves, choices=found.choices | counted, exact=frozenset(["", *counted]))


def relief(asked: FactFilter, parameters: QueryDict) -> list[Choice]:
    """How many rows the list would have without each of its parameters, most first; those that help alone. One query.

    A value here is the name of a parameter. Of a long list the number is a lower bound.
    """
    parts: list[str] = []
    values: list[Any] = []
    for name in [name for name in parameters if name in asked.filters and name != "sort"]:
        rest = parameters.copy()
        rest.pop(name)
        walk, conditions = _walk(type(asked)(rest, queryset=asked.queryset), rest, ())
        sql, bound = walk.query.sql_with_params()
        parts.append(f"SELECT '{name}', count(*) FROM ({sql}) AS walked WHERE {_all(conditions)}")  # noqa: S608  # as below
        values += bound
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = [Choice(name, count) for name, count in cursor.fetchall() if count]
    return sorted(found, key=lambda choice: -choice.count)


def _walk(asked: FactFilter, parameters: QueryDict, ways: Iterable[_Way]) -> tuple[QuerySet[Any, Any], list[str]]:
    """The first rows of the list without the conditions that no index answers; these as columns of each row."""
    asked_of_rows = {name: asked.condition(name) for name in asked.filters if name not in _WALKED_BY}
    loose = {name: condition for name, condition in asked_of_rows.items() if condition is not None}
    rest = parameters.copy()
    for name in (*loose, *keyset.PARAMETERS):
        rest.pop(name, None)
    rest = type(asked)(rest, queryset=asked.queryset)
    rows = keyset.first_of(rest.rows, LOOKED_AT + 1, either=rest.either)
    columns = {column for way in ways for column in way.columns}
    computed: dict[str, Any] = {}
    for name, condition in loose.items():
        computed[f"fits_{name}"] = ExpressionWrapper(condition, output_field=BooleanField())
    return rows.values("pk", *sorted(columns), **computed), list(loose)


# Every name in these statements is one of this file's or of a FilterSet; values go to the database apart from them.


def _size(name: str, conditions: Sequence[str]) -> str:
    columns = f"'' AS name, '{name}' AS value, count(*) AS count, NULL AS latin, NULL AS chinese"
    return f"SELECT {columns} FROM walked WHERE {_all(conditions)}"  # noqa: S608


def _counted(name: str, way: _Way, conditions: Sequence[str]) -> str:
    """The statement that counts a parameter's values, whatever was asked of that parameter itself."""
    others = _all(condition for condition in conditions if condition != name)
    found = f"SELECT {way.value} AS value FROM walked {way.joined} WHERE {others}"  # noqa: S608
    if way.once:
        found = f"{found} GROUP BY pk, 1"
    counting = f"(SELECT value, count(*) AS count FROM ({found}) AS found GROUP BY 1)"  # noqa: S608
    if way.company:
        largest = f"{counting} AS c WHERE value IS NOT NULL ORDER BY count DESC, value LIMIT {OFFERED}"
        joined = f"(SELECT * FROM {largest}) AS c JOIN talent_company AS company ON company.id = c.value"  # noqa: S608
        return f"SELECT '{name}', slug, count, company.name, company.name_zh FROM {joined}"  # noqa: S608
    newest = f"ORDER BY value DESC LIMIT {OFFERED}" if way.newest else ""
    return f"(SELECT '{name}', value, count, NULL, NULL FROM {counting} AS c WHERE value <> '' {newest})"  # noqa: S608


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(f"fits_{condition}" for condition in conditions) or "true"
