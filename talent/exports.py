"""A list of facts as a file: CSV for people, JSON Lines as the API gives it, Parquet as the dumps have it.

Written while it is sent, a batch at a time: memory does not grow with the list. Whoever wants everything takes a dump.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from talent import keyset
from talent.dumps import TABLES, Column, Parquet, cells, csv_lines, json_lines
from talent.dumps.tables import INTEGER, REAL, TEXT, TIME
from talent.filters import FactFilter
from talent.serializers.base import Row

# The longest list that is sent as a file.
MOST_ROWS = 100_000
BATCH = 1_000
Batches = Iterator[list[Row]]


def _columns(*columns: tuple[str, str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, tuple(path.split(".")), kind, about) for name, path, kind, about in columns)


_WHEN = _columns(
    (
        "Date",
        "date",
        TEXT,
        "as sources give it, in EDTF: 2024, 2024-03, 2024-03-18/2024-03-24; empty where none does",
    ),
    ("Earliest day", "date_range.first", TEXT, "the first day that the date allows"),
    ("Latest day", "date_range.last", TEXT, "the last day that the date allows"),
)
_PERSON = _columns(
    ("Person", "person.name", TEXT, "empty where nobody is named"),
    ("Person (Chinese)", "person.name_zh", TEXT, "the Chinese name, where it is known"),
)
_COMPANY = _columns(
    ("Company", "company.name", TEXT, "empty where none is named"),
    ("Company (Chinese)", "company.name_zh", TEXT, "the Chinese name, where it is known"),
)
_SOURCES = _columns(
    ("Status", "status", TEXT, "how firmly it is reported: confirmed, reported, planned, rumoured, declined, denied"),
    ("Independent reporters", "reporters", INTEGER, "outlets that report it independently of one another"),
    ("Articles", "articles", INTEGER, "articles that say so"),
    ("Certainty", "confidence", REAL, "from 0 to 1: how sure the reading is"),
    ("Quote", "quote", TEXT, "the words that say it best, exactly as printed"),
    ("According to", "attribution", TEXT, "who says so, in the article's own words"),
    ("Outlet", "article.outlet", TEXT, "who published the quoted article"),
    ("Published", "article.published", TIME, "when"),
    ("Language", "article.language", TEXT, "of the quoted article"),
    ("Original", "article.address", TEXT, "where it was published"),
    ("Page", "html_url", TEXT, "the page on this site, with all of the evidence"),
    ("ID", "id", TEXT, "stable identifier"),
)
# The columns of a list's CSV. Names and order are kept: new columns come before the quote's or at the end.
COLUMNS: dict[str, tuple[Column, ...]] = {
    "moves": (
        *_WHEN,
        *_PERSON,
        *_columns(
            ("Group", "cohort.text", TEXT, "an unnamed group in the source's words; empty for a named person"),
            ("Group at least", "cohort.min", INTEGER, "the fewest people it can be"),
            ("Group at most", "cohort.max", INTEGER, "the most people it can be"),
            ("Group out of", "cohort.of", INTEGER, "the whole that they are a part of"),
            ("From", "from.company.name", TEXT, "the company left"),
            ("From (Chinese)", "from.company.name_zh", TEXT, "its Chinese name, where it is known"),
            ("Team left", "from.team", TEXT, "in the source's words"),
            ("Role left", "from.role", TEXT, "in the source's words"),
            ("To", "to.company.name", TEXT, "the company joined"),
            ("To (Chinese)", "to.company.name_zh", TEXT, "its Chinese name, where it is known"),
            ("Team joined", "to.team", TEXT, "in the source's words"),
            ("Role joined", "to.role", TEXT, "in the source's words"),
            ("Kind", "kind", TEXT, "hire, departure, founding, return, acquihire, internal"),
            ("Field of work", "role_family", TEXT, "of the role joined or, where none is told, left"),
        ),
        *_SOURCES,
    ),
    "compensation": (
        *_WHEN,
        *_COMPANY,
        *_PERSON,
        *_columns(
            ("For whom", "population", TEXT, "whose pay, in the source's words, where nobody is named"),
            ("At least", "min", REAL, "in units of the currency; empty where the range is open"),
            ("At most", "max", REAL, "in units of the currency; empty where the range is open"),
            ("Currency", "currency", TEXT, "ISO 4217"),
            ("Period", "period", TEXT, "year, month, hour, one_time, total or multi_year:N"),
            ("Component", "component", TEXT, "total, salary, bonus, signing_bonus, equity"),
            ("Kind", "kind", TEXT, "paid, offered, counteroffer, typical"),
        ),
        *_SOURCES,
    ),
    "signals": (
        *_WHEN,
        *_COMPANY,
        *_columns(
            ("Team", "team", TEXT, "in the source's words"),
            ("What", "metric", TEXT, "headcount, openings, hiring_plan, layoffs, hiring_freeze, practice"),
            ("At least", "min", REAL, "empty where open"),
            ("At most", "max", REAL, "empty where open"),
            ("Out of", "of", REAL, "the whole that it is a part of"),
            ("Unit", "unit", TEXT, "people, jobs, openings, percent and the like"),
        ),
        *_SOURCES,
    ),
}  # fmt: skip
_TABLES = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Format:
    """How a list becomes bytes, and what they are called."""

    ending: str
    media_type: str
    write: Callable[[str, Batches], Iterator[bytes]]


def size(asked: FactFilter) -> int:
    """How many rows the list has; one more than are sent for any longer one."""
    return keyset.first_of(asked.rows.values("pk"), MOST_ROWS + 1, either=asked.either).count()


def batches(noun: str, asked: FactFilter, site: str) -> Batches:
    """The records of a list as the API gives them, up to the most that are sent."""
    serializer = _TABLES[noun].serializer
    columns = dict.fromkeys([*serializer.columns, *keyset.fields_of(asked.rows)])
    rows = asked.rows.values(*columns)
    writing = serializer(context={"site": site})
    for batch in keyset.batches(rows, size=BATCH, most=MOST_ROWS, either=asked.either):
        yield [writing.to_representation(row) for row in batch]


def _csv(noun: str, records: Batches) -> Iterator[bytes]:
    columns = COLUMNS[noun]
    yield csv_lines([[column.name for column in columns]])
    for batch in records:
        yield csv_lines(cells(row, columns) for row in batch)


def _json_lines(noun: str, records: Batches) -> Iterator[bytes]:
    for batch in records:
        yield json_lines(batch)


def _parquet(noun: str, records: Batches) -> Iterator[bytes]:
    sink, table = _Sink(), _TABLES[noun]
    with Parquet(sink, table) as writer:
        for batch in records:
            writer.write(table.batch(batch))
            if written := sink.take():
                yield written
    yield sink.take()


class _Sink(io.RawIOBase):
    """A file that is handed on as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # all that is ever written are bytes
        self._held.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def take(self) -> bytes:
        """What was written since it was last asked."""
        taken, self._held = b"".join(self._held), []
        return taken


FORMATS = {
    each.ending: each
    for each in (
        Format("csv", "text/csv; charset=utf-8; header=present", _csv),
        Format("jsonl", "application/jsonl; charset=utf-8", _json_lines),
        Format("parquet", "application/vnd.apache.parquet", _parquet),
    )
}
