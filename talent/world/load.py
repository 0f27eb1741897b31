"""Writes an invented world into an empty database by COPY, and makes right what COPY goes round: indexes, triggers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from multiprocessing import get_context
from random import Random
from typing import Any

import orjson
from django.db import connection, connections, transaction
from django.db.models import JSONField
from django.utils.text import slugify

from articles.models import Article, Source
from talent.models import FACTS, Alias, AliasKind, Claim, Company, Person, QuoteWords
from talent.resolve import company_key, public_id, slug_for, stem
from talent.world import aftermath
from talent.world.plan import PART, Firms, how_many_firms, parts_of, plan
from talent.world.tell import Press, Rows, tell
from talent.world.words import words

# Keys of one part; none of its tables holds more rows.
_KEYS = 10 * PART
_TABLES: tuple[type[Any], ...] = (Article, Person, Alias, *FACTS.values(), Claim, QuoteWords)
Progress = Callable[[str], None]


class NotEmpty(Exception):
    """The database holds articles already: an invented world is never mixed with one that is not."""


@dataclass(frozen=True, slots=True)
class World:
    """What a world is made from; one and the same for the same numbers."""

    moves: int
    seed: int

    def press(self) -> Press:
        """The outlets and companies, as rows that are not saved."""
        outlets: dict[bool, list[Source]] = {False: [], True: []}
        for number, written in enumerate(words()["outlets"], start=1):
            language, name = written.split(" ", 1)
            slug = slugify(name, allow_unicode=True)
            source = Source(pk=number, slug=slug, name=name, host=f"outlet{number}.example", language=language)
            outlets[language == "zh"].append(source)
        return Press(outlets, {row.key: row for row in _companies(how_many_firms(self.moves))})

    def part(self, number: int, press: Press) -> Rows:
        """The rows of one part."""
        random = Random(f"{self.seed}/{number}")
        moves = min(PART, self.moves - number * PART)
        firms = Firms.of(how_many_firms(self.moves))
        events = plan(random, firms, part=number, parts=parts_of(self.moves), moves=moves)
        return tell(random, events, press, base=number * _KEYS + 1)


def _companies(number: int) -> Iterator[Company]:
    for pk, name in enumerate(Firms.of(number).names, start=1):
        key = company_key(name)
        identifier = public_id(f"company:{key}")
        yield Company(pk=pk, key=key, public_id=identifier, slug=slug_for(name), name=name, stem=stem(name))


def make_world(world: World, *, now: datetime, workers: int = 1, progress: Progress = lambda said: None) -> None:
    """Fills the database. Raises NotEmpty where it is none of ours.

    Killed on the way it leaves a database without its indexes: make a new one. The role must be allowed to set
    ``session_replication_role``, as a superuser is: the triggers tell nothing of each row, and are stood in for at the
    end.
    """
    if Article.objects.exists():
        raise NotEmpty("The database holds articles: a world is made in an empty one.")
    press = world.press()
    with _without_indexes(progress):
        _begin(press, now)
        parts = range(parts_of(world.moves))
        if workers == 1 or len(parts) == 1:
            for number in parts:
                _write_part(world, number, now)
                progress(f"part {number + 1} of {len(parts)}")
        else:
            _write_together(world, now, parts=parts, workers=workers, progress=progress)
        aftermath.move_sequences([Source, Company, *_TABLES[:-1]])
    aftermath.make_right(now, progress)


def _write_together(world: World, now: datetime, *, parts: range, workers: int, progress: Progress) -> None:
    # No process inherits a connection.
    connections.close_all()
    close_pool()
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        waiting = [pool.submit(_write_part, world, number, now) for number in parts]
        for done, future in enumerate(as_completed(waiting), start=1):
            future.result()
            progress(f"part {done} of {len(parts)}")


def close_pool() -> None:
    """Ends the threads of the connection pool, which no fork survives."""
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def _begin(press: Press, now: datetime) -> None:
    """Outlets and companies, which all parts name."""
    named = [
        Alias(company=row, name=row.name, key=row.key, language="en", script="Latn", kind=AliasKind.NAME)
        for row in press.companies.values()
    ]
    for pk, alias in enumerate(named, start=1):
        # Behind the keys of every part.
        alias.pk = 10**9 + pk
    with _copying():
        copy(Source, [source for sources in press.outlets.values() for source in sources], now)
        copy(Company, list(press.companies.values()), now)
        copy(Alias, named, now)


def _write_part(world: World, number: int, now: datetime) -> None:
    rows = world.part(number, _press(world))
    with _copying():
        for model, objects in rows.all():
            copy(model, objects, now)


_made: dict[World, Press] = {}


def _press(world: World) -> Press:
    """The press of the world, made once in each process."""
    if world not in _made:
        _made.clear()
        _made[world] = world.press()
    return _made[world]


# ------------------------------------------------------------------ COPY


@contextmanager
def _copying() -> Iterator[None]:
    """A transaction in which no trigger is asked, those of foreign keys among them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def copy(model: type[Any], objects: Sequence[Any], now: datetime) -> None:
    """Writes the objects, which know their keys, in one COPY."""
    if not objects:
        return
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    readers = [_reader(field, now) for field in fields]
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as into:
        for each in objects:
            into.write_row([read(each) for read in readers])


def _reader(field: Any, now: datetime) -> Callable[[Any], Any]:
    """How a column's value is taken from a row."""
    name = field.attname
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda row: now
    if isinstance(field, JSONField):
        return lambda row: orjson.dumps(getattr(row, name)).decode()
    return lambda row: value.value if isinstance(value := getattr(row, name), Enum) else value


@contextmanager
def _without_indexes(progress: Progress) -> Iterator[None]:
    """Without the indexes that keep no rule: building them at the end takes a fraction of keeping them meanwhile."""
    tables = [model._meta.db_table for model in _TABLES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique ORDER BY 1",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            for name, definition in indexes:
                cursor.execute(definition)
                progress(f"index {name}")
            cursor.execute("RESET maintenance_work_mem")


def processors() -> int:
    return os.cpu_count() or 1
