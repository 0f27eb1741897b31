"""Writers of tables: JSON Lines, CSV, Parquet, and SQLite. Each takes batches of rows and holds no more than one."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

import orjson

from talent.dumps.tables import BOOLEAN, INTEGER, REAL, TEXT, TIME, Batch, Column, Table, plain
from talent.serializers.base import Row

# A spreadsheet takes a cell that begins so for a formula; the wide ones, where its language writes them.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


class Writer(Protocol):
    """A file that takes rows; leaving it closes the file."""

    def __init__(self, path: Path, table: Table) -> None: ...
    def write(self, rows: Batch) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class _Compressed:
    """A gzip file; the same rows give the same bytes."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("wb")
        self.file: IO[bytes] = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=self._raw, mtime=0)  # type: ignore[assignment]  # it is one

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.file.close()
        finally:
            # On a full disk the last bytes are refused, too; what was taken up is free only when nothing is open.
            self._raw.close()


class JsonLines(_Compressed):
    """One record a line, exactly as the API's lists give it."""

    def __init__(self, path: Path, table: Table) -> None:
        super().__init__(path)

    def write(self, rows: Batch) -> None:
        """Writes a batch."""
        self.file.write(json_lines(rows))


class Csv(_Compressed):
    """The flat columns under their names, as RFC 4180 has it, in UTF-8."""

    def __init__(self, path: Path, table: Table) -> None:
        super().__init__(path)
        self.file.write(csv_lines([[c.name for c in table.columns]]))

    def write(self, rows: Batch) -> None:
        """Writes a batch."""
        self.file.write(csv_lines([harmless(value) for value in row] for row in rows.plain))


def json_lines(rows: Iterable[Row]) -> bytes:
    """The records, each on a line."""
    return b"".join(
        orjson.dumps(row, default=plain, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE) for row in rows
    )


def cells(row: Row, columns: Iterable[Column]) -> list[Any]:
    """The flat values of a record, none of which a spreadsheet would compute."""
    return [harmless(plain(column.of(row))) for column in columns]


def csv_lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as lines of CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULA else value


class Parquet:
    """The flat columns with their types; a row group for each batch."""

    # Row groups of some size are read faster than many small ones.
    _GROUP = 5_000

    def __init__(self, path: Path | io.RawIOBase, table: Table) -> None:
        # Loaded where it is needed: in a worker it would hold 46 MB for the one dump of the night.
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._arrow = pa
        types = {
            TEXT: pa.string(),
            INTEGER: pa.int64(),
            REAL: pa.float64(),
            BOOLEAN: pa.bool_(),
            TIME: pa.timestamp("us", tz="UTC"),
        }
        self._schema = pa.schema(
            [pa.field(c.name, types[c.type], metadata={"description": c.about}) for c in table.columns]
        )
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._held: list[list[Any]] = []

    def write(self, rows: Batch) -> None:
        """Writes a batch."""
        self._held += rows.flat
        if len(self._held) >= self._GROUP:
            self._flush()

    def _flush(self) -> None:
        arrow = self._arrow
        columns = zip(*self._held, strict=True)
        arrays = [arrow.array(values, field.type) for values, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(arrow.Table.from_arrays(arrays, schema=self._schema))
        self._held = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self._held:
            self._flush()
        self._writer.close()


class Sqlite:
    """All tables in one database that Datasette serves as it is: typed columns, keys, indexes, a full-text index."""

    _TYPES = {TEXT: "TEXT", INTEGER: "INTEGER", REAL: "REAL", BOOLEAN: "INTEGER", TIME: "TEXT"}
    # What people filter by; the rest they can index themselves.
    _INDEXED = {
        "moves": ("person_id", "from_company_id", "to_company_id", "date"),
        "compensation": ("company_id", "person_id"),
        "signals": ("company_id",),
        "claims": ("fact_id", "person_id", "article_id"),
        "articles": ("outlet_slug",),
    }

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        # The file is thrown away where writing it is cut off: no journal is needed.
        self._database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;")

    def table(self, table: Table) -> Callable[[Batch], None]:
        """Makes a table and gives what writes batches into it."""
        columns = table.columns
        declared = ", ".join(f'"{c.name}" {self._TYPES[c.type]}' for c in columns)
        key = "slug" if table.name == "sources" else "id"
        # With a row number of its own: rows as long as these would each take a page more in the tree of their keys.
        self._database.execute(f'CREATE TABLE "{table.name}" ({declared}, PRIMARY KEY ("{key}"))')
        marks = ", ".join("?" * len(columns))
        insert = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608  # the names are ours

        def write(rows: Batch) -> None:
            self._database.execute("BEGIN")
            self._database.executemany(insert, rows.plain)
            self._database.execute("COMMIT")

        return write

    def finish(self) -> None:
        """Indexes, the full-text index of quotes, and statistics."""
        for table, columns in self._INDEXED.items():
            for column in columns:
                self._database.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')
        # Three letters a term: finds Chinese words, which no separator tells apart. The words stay where they are.
        self._database.executescript(
            "CREATE VIRTUAL TABLE quotes USING fts5(id UNINDEXED, quote, content='claims', tokenize='trigram');"
            "INSERT INTO quotes (quotes) VALUES ('rebuild');"
            "ANALYZE;"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
