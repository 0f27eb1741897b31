"""People or companies one of whose names holds some words: a page of their list, in the order of their names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from django.db.models.functions import Collate, Lower

from articles.characters import spaced
from articles.extraction.names import name_key, script_of
from talent import keyset
from talent.filters.base import plain
from talent.hot.asking import Prepared, Value
from talent.hot.lists import SIZES, paged
from talent.hot.parts import written
from talent.models import Company, Person

Kind = Literal["person", "company"]
_MODELS: dict[Kind, Any] = {"person": Person, "company": Company}
# What trigrams are made of, a blank among them: fewer letters in a row are found by reading all names.
_LOOKED_UP = re.compile(r"[^\W_]{3}|[^\W_] [^\W_]")
# In the order in which ``talent.hot.records`` reads them.
_OWN = "e.public_id, e.slug, e.name, e.name_zh, e.wikidata_id, e.updated_at"
_PARENT = "w.visibility, w.public_id, w.slug, w.name, w.name_zh"


def page_of_names(kind: Kind, words: str, *, query: str, limit: int, cursor: str) -> keyset.Page | None:
    """The page; None for words that no index finds. One statement. BadCursor as in ``keyset``."""
    key = name_key(words)
    han = script_of(words) == "Hani" and bool(key)
    if not han and not _LOOKED_UP.search(plain(words)):
        return None
    direction, behind = keyset.read_cursor(cursor, query, _ordered(kind)) if cursor else (keyset.AFTER, None)
    size = next(size for size in SIZES if size >= limit)
    statement = _held(kind, han, bool(key), size, direction, behind is not None, settings.PUBLISH)
    values: list[Value] = [_holding(plain(words)), key, _holding(spaced(key)), *(behind or ("", 0))]
    return paged(statement.rows(*values), ("name_key", "id"), query, limit, direction, begun=behind is not None)


def _ordered(kind: Kind) -> Any:
    """The list in its order, which is that of names in English whatever language was spoken last."""
    return _MODELS[kind].objects.annotate(name_key=Collate(Lower("name"), "C")).order_by("name_key", "id")


def _holding(words: str) -> str:
    """A pattern for what holds the words."""
    literal = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{literal}%"


@lru_cache(maxsize=200)
def _held(kind: Kind, han: bool, keyed: bool, size: int, direction: str, begun: bool, publish: str) -> Prepared:
    """As the filters of the list say it: the name that is shown holds the words, or any other form of it does. Both
    are found by their trigrams, sorted as narrow rows, and only the page's are read whole."""
    back = direction == keyset.BEFORE
    order = f"named {'DESC' if back else 'ASC'}, id {'DESC' if back else 'ASC'}"
    # Not in the words of the index by name: what trigrams find is sorted, where a walk of all names might find nothing.
    beyond = f'WHERE (named, id) {"<" if back else ">"} ($4 COLLATE "C", $5::bigint)' if begun else ""
    visible = written(_MODELS[kind].objects.visible().order_by().values("id", "name"), {})
    shown = f"SELECT id, (lower(name) || '') COLLATE \"C\" AS named FROM ({visible}) AS e"
    held = (
        r"alias.script = 'Hani' AND (regexp_replace(alias.key, '(.)', ' \1', 'g') || ' ') LIKE $3"
        if han
        else "lower(alias.name) LIKE $1"
    )
    if keyed:
        held = f"(({held}) OR alias.key = $2)"
    owners = f"SELECT alias.{kind}_id FROM talent_alias AS alias WHERE {held} AND alias.{kind}_id IS NOT NULL"
    looks = (f"{shown} WHERE lower(e.name) LIKE $1", f"{shown} WHERE e.id = ANY (ARRAY({owners}))")
    firsts = " UNION ".join(
        f"(SELECT * FROM ({look}) AS found {beyond} ORDER BY {order} LIMIT {size + 1})" for look in looks
    )
    parent = "LEFT JOIN LATERAL (SELECT * FROM talent_company WHERE id = e.parent_id OFFSET 0) AS w ON true"
    # So all blanks are in every statement.
    given = "SELECT $1::text, $2::text, $3::text, $4::text, $5::bigint"
    return Prepared(
        f"WITH given AS ({given}) SELECT near.named, near.id, {_OWN}{f', {_PARENT}' if kind == 'company' else ''} "
        f"FROM (SELECT * FROM ({firsts}) AS either ORDER BY {order} LIMIT {size + 1}) AS near "
        f"CROSS JOIN LATERAL (SELECT * FROM talent_{kind} WHERE id = near.id OFFSET 0) AS e "
        f"{parent if kind == 'company' else ''} ORDER BY near.{order.replace(', ', ', near.')}"
    )
