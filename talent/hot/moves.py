"""A move with everything beside it, in two statements: its row with its evidence, and the facts that it is compared
with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import orjson
from django.conf import settings

from talent.disputes import SAME_COUNT_DAYS, disputes, rival_groups, rival_moves
from talent.editions import gone_since_in
from talent.hot import records
from talent.hot.asking import Prepared
from talent.hot.parts import CLAIM, MOVE, OF_MOVE, STANDS, published, seen
from talent.life import life_cycle, reversals
from talent.members import MOST, WIDE, Circle, circle_among, ends_of, stands_alone
from talent.models import MoveKind
from talent.resolve import Directory

# Claims that a record brings with it; its list of claims has the rest.
MAX_EVIDENCE = 200
# Companies that are part of another by judgement, as far as this way looks at them.
_JOINED = 500
_NOBODY_JUDGED = Directory({}, {})
_NO_CIRCLE = Circle([], [], [])
# What the rules look at of a move, in the order of ``_NARROW``.
_LOOKED_AT = ("id", "public_id", "person_id", "status", "kind", "date", "sort_date", "first_seen", "cohort_min",
              "cohort_max", "cohort_of")  # fmt: skip
_NARROW = ", ".join([*(f"m.{name}" for name in _LOOKED_AT), "o.id, o.key, o.name, d.id, d.key, d.name"])
_ENDS = """
LEFT JOIN LATERAL (SELECT * FROM talent_person WHERE id = m.person_id OFFSET 0) AS p ON true
LEFT JOIN LATERAL (SELECT * FROM talent_company WHERE id = m.origin_id OFFSET 0) AS o ON true
LEFT JOIN LATERAL (SELECT * FROM talent_company WHERE id = m.destination_id OFFSET 0) AS d ON true
"""
# What a part of the second statement is.
_LIKE, _NEAR, _JOINED_ONE = 1, 2, 3


class Unusual(Exception):
    """What only the general way answers."""


def move_with_evidence(public_id: str, site: str) -> tuple[records.Record, Any] | None:
    """The record of a move, and when it was changed last; None where readers see no such move. Unusual where merged
    companies concern it."""
    found = _whole(settings.PUBLISH).rows(public_id)
    if not found:
        return None
    row, claims = found[0][: records.MOVE_COLUMNS], [each[_CLAIMS_AT:] for each in found]
    if claims[0][0] is None:
        claims = []
    move = _looked_at(found[0][records.MOVE_COLUMNS : _CLAIMS_AT])
    others, near, companies = _beside(move)
    gone = _gone(move, claims)
    record = records.move(row, site)
    fact = {"id": move.public_id, "url": record["url"]}
    record["evidence"] = [records.claim(claim, site, fact, gone.get(claim[0])) for claim in claims]
    record |= records.accounts(site, **_compare(move, [_claim(claim) for claim in claims], others, near, companies))
    return record, record["updated"]


_CLAIMS_AT = records.MOVE_COLUMNS + len(_LOOKED_AT) + 6


@lru_cache(maxsize=8)
def _whole(publish: str) -> Prepared:
    """The move with its evidence in the order of publication, a row for each claim."""
    claims = (
        f"SELECT {CLAIM} FROM talent_claim AS c JOIN articles_article AS a ON a.id = c.article_id "  # no reader's words
        "JOIN articles_source AS s ON s.id = a.source_id LEFT JOIN talent_person AS p ON p.id = c.person_id "
        f"WHERE c.move_id = m.id AND c.review IN {STANDS} "
        f"ORDER BY a.published_at ASC NULLS LAST, c.id LIMIT {MAX_EVIDENCE}"
    )
    names = ", ".join(f"c{n}" for n in range(records.CLAIM_COLUMNS))
    published_at = f"e.c{records.CLAIM_PUBLISHED}"
    return Prepared(
        f"SELECT {MOVE}, {_NARROW}, e.* FROM talent_move AS m\n{OF_MOVE}\n"  # no reader's words
        f"LEFT JOIN LATERAL ({claims}) AS e ({names}) ON true\n"
        f"WHERE m.public_id = $1 AND {published('m')} AND {seen('p', 'o', 'd')}\n"
        f"ORDER BY {published_at} ASC NULLS LAST, e.c0"
    )


def _gone(move: Any, claims: Sequence[records.Columns]) -> dict[int, Any]:
    """Since when articles no longer make these claims; nothing is asked where all are as they were."""
    if all(claim[records.CLAIM_REPLACED] is None for claim in claims):
        return {}
    facts = {"move_id": move.pk, "report_id": None, "signal_id": None}
    return gone_since_in(
        {
            "id": claim[0],
            "article_id": claim[-2],
            "article__version_of_id": claim[-1],
            "article__replaced_at": claim[records.CLAIM_REPLACED],
            **facts,
        }
        for claim in claims
    )


# ------------------------------------------------------------------ what it is compared with


def _beside(move: Any) -> tuple[list[Any], list[Any], Directory]:
    """The person's moves or the groups like this one, moves that may belong with it, and what company names mean.
    Unusual where the move's own companies have another family by judgement than by the lexicon, for then other moves
    may belong with it than were looked for."""
    ends = _keys_of(move)
    keys = {side: f"{{{','.join(keys)}}}" for side, keys in ends.items()}
    found = _others(move.person_id is not None, tuple(ends), stands_alone(move), settings.PUBLISH).rows(
        move.pk, move.person_id, move.origin_id, move.destination_id, move.sort_date, keys.get("origin"),
        keys.get("destination"),
    )  # fmt: skip
    if not found:
        return [], [], _NOBODY_JUDGED
    joined = {row[-2]: row[-1] for row in found if row[0] == _JOINED_ONE}
    if len(joined) > _JOINED:
        raise Unusual
    companies = Directory(joined, {}) if joined else _NOBODY_JUDGED
    if joined and ends_of(move, companies) != ends_of(move, _NOBODY_JUDGED):
        raise Unusual
    found.sort(key=lambda row: (row[0], row[7], row[1]), reverse=True) if len(found) > 1 else None
    like, near = ([_looked_at(row[1:-2]) for row in found if row[0] == part] for part in (_LIKE, _NEAR))
    return like, near, companies


def _keys_of(move: Any) -> dict[str, tuple[str, ...]]:
    """As ``ends_of`` has them without judgements, as PostgreSQL reads them: the lexicon says so, and stays."""
    known = {"origin": move.origin, "destination": move.destination}
    return {side: _family(company) for side, company in known.items() if company is not None}


@lru_cache(maxsize=20_000)
def _family(company: Any) -> tuple[str, ...]:
    return tuple(f'"{key}"' for key in sorted(_NOBODY_JUDGED.relatives(company.name) | {company.key}))


@lru_cache(maxsize=16)
def _others(named: bool, ends: tuple[str, ...], alone: bool, publish: str) -> Prepared:
    """All that a move is compared with; ``named`` tells that it is a person's, ``ends`` which of its companies are
    known, ``alone`` that it can belong with no other. Its key is $1, its person's and its companies' $2 to $4, its day
    $5, the keys of companies at either end $6 and $7."""
    nobody = ", ".join(["NULL"] * (len(_LOOKED_AT) + 6))
    joined = (
        f"SELECT {_JOINED_ONE}, {nobody}, c.key, (SELECT key FROM talent_company WHERE id = c.merged_into_id) "
        f"FROM talent_company AS c WHERE c.merged_into_id IS NOT NULL ORDER BY c.merged_into_id LIMIT {_JOINED + 1}"
    )
    parts = [joined, _narrow(_LIKE, _moves("m.person_id = $2") if named else _alike(ends))]
    if not alone:
        parts.append(_near(named, ends))
    # So all blanks are in every statement.
    given = "SELECT $1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::date, $6::text[], $7::text[]"
    return Prepared(f"WITH given AS ({given}) ({') UNION ALL ('.join(parts)})")


def _narrow(part: int, rows: str, *, newest: bool = False) -> str:
    """What the rules look at of these moves, "m"; the newest of them where there may be many."""
    order = f"ORDER BY m.sort_date DESC, m.id DESC LIMIT {MOST}" if newest else ""
    return (
        f"SELECT {part}, {_NARROW}, NULL::text, NULL::text FROM ({rows}) AS m {_ENDS} "
        f"WHERE {seen('p', 'o', 'd')} {order}"
    )


def _moves(*conditions: str) -> str:
    return f"SELECT * FROM talent_move AS m WHERE {' AND '.join(conditions)} AND {published('m')} AND m.id <> $1"


def _near(named: bool, ends: Sequence[str]) -> str:
    """As ``candidates`` has it: for a named move groups that state both ends or one of them alone, for a group the
    named moves between what it states. Each pair of companies is a walk of its own, by day."""
    who = f"(m.person_id IS {'' if named else 'NOT '}NULL OR m.kind = '{MoveKind.ACQUIHIRE}')"
    dated = f"m.sort_date BETWEEN $5 - {WIDE.days} AND $5 + {WIDE.days}"
    if not named and len(ends) == 1:
        end = ends[0]
        walk = _narrow(_NEAR, _moves(f"m.{end}_id = {end}.id", who, dated), newest=True)
        # By sort_date and id.
        return f"SELECT m.* FROM {_at(end)} CROSS JOIN LATERAL ({walk}) AS m ORDER BY 8 DESC, 2 DESC LIMIT {MOST}"
    # The day is no condition of an index here: the index of pairs is to be walked, whatever is known of its lengths.
    dated = f"abs(m.sort_date - $5) <= {WIDE.days}"
    pairs = [{end: f"m.{end}_id = {end}.id" for end in ends}] if len(ends) > 1 else []
    if named:
        pairs += [
            {end: f"m.{end}_id = {end}.id AND m.{other}_id IS NULL"} for end, other in _OTHER.items() if end in ends
        ]
    walks = (
        f"SELECT m.* FROM {' CROSS JOIN '.join(_at(end) for end in pair)} "
        f"CROSS JOIN LATERAL ({_moves(*pair.values(), who, dated)} OFFSET 0) AS m"
        for pair in pairs
    )
    return _narrow(_NEAR, " UNION ALL ".join(walks), newest=True)


_KEYS = {"origin": "$6", "destination": "$7"}
_OTHER = {"origin": "destination", "destination": "origin"}


def _at(end: str) -> str:
    return f"(SELECT id FROM talent_company WHERE key = ANY ({_KEYS[end]})) AS {end}"


_BLANK = {"origin": "$3", "destination": "$4"}


def _alike(ends: Sequence[str]) -> str:
    """As ``groups_alike`` has it."""
    same = [f"m.{end}_id = {blank}" if end in ends else f"m.{end}_id IS NULL" for end, blank in _BLANK.items()]
    days = SAME_COUNT_DAYS
    return _moves(*same, "m.person_id IS NULL", f"m.sort_date BETWEEN $5 - {days} AND $5 + {days}")


def _compare(
    move: Any, claims: Sequence[Any], others: list[Any], near: list[Any], companies: Directory
) -> dict[str, Any]:
    """As ``talent.accounts`` has it."""
    named = move.person_id is not None
    if len(claims) == 1 and not others:
        # One account contradicts nobody.
        apart, later = [], []
    else:
        later = reversals(move, others if named else [], companies=companies)
        rivals = rival_moves(move, others, companies=companies) if named else rival_groups(move, others)
        apart = disputes(move, claims, rivals, companies=companies)
    around = circle_among(near, move, companies=companies) if near and not stands_alone(move) else _NO_CIRCLE
    return {"disputes": apart, "life": life_cycle(claims, later), "around": around}


# ------------------------------------------------------------------ rows as what the rules look at


@dataclass(frozen=True, slots=True)
class End:
    """A company, as far as the rules look at it."""

    pk: int
    key: str
    name: str


def _looked_at(columns: records.Columns) -> Any:
    """What the rules look at of a move."""
    *own, origin_id, origin_key, origin_name, destination_id, destination_key, destination_name = columns
    move = SimpleNamespace(
        **dict(zip(_LOOKED_AT, own, strict=True)), origin_id=origin_id, destination_id=destination_id
    )
    move.pk = move.id
    move.origin = None if origin_id is None else End(origin_id, origin_key, origin_name)
    move.destination = None if destination_id is None else End(destination_id, destination_key, destination_name)
    return move


def _claim(row: records.Columns) -> Any:
    """What the rules look at of a claim."""
    article = SimpleNamespace(published_at=row[records.CLAIM_PUBLISHED], retrieved_at=row[-3])
    return SimpleNamespace(
        public_id=row[1], key=row[2], status=row[5], date=row[6], value=orjson.loads(row[4]), article=article
    )
