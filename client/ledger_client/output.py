"""Rows as CSV, JSON, JSON Lines, or a table for people."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain, islice
from typing import Any, TextIO

from ledger_client.api import Row

# A spreadsheet takes a cell that begins so for a formula; the wide ones, where its language writes them.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
# What a table shows of each noun; the other formats have everything.
_COLUMNS: dict[str, Sequence[str]] = {
    "moves": ("date", "person.name", "cohort.text", "from.company.name", "to.company.name", "kind", "status", "id"),
    "compensation": ("date", "company.name", "min", "max", "currency", "period", "status", "id"),
    "signals": ("date", "company.name", "metric", "min", "max", "unit", "status", "id"),
    "people": ("name", "name_zh", "slug"),
    "companies": ("name", "name_zh", "slug"),
    "claims": ("kind", "status", "quote", "id"),
    "articles": ("published", "outlet.name", "title", "id"),
    "sources": ("name", "host", "slug"),
}


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def write(rows: Iterable[Row], noun: str, form: Format, out: TextIO) -> None:
    """Writes the rows as they come; a table alone waits for all of them."""
    if form is Format.JSONL:
        out.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    elif form is Format.JSON:
        _json(rows, out)
    elif form is Format.CSV:
        _csv(rows, out)
    else:
        _table(list(rows), _COLUMNS[noun], out)


def flat(row: Row, above: str = "") -> Row:
    """The row with one value for each column: ``from_company_name``. Lists become JSON."""
    found: Row = {}
    for name, value in row.items():
        if isinstance(value, dict) and value:
            found |= flat(value, f"{above}{name}_")
        else:
            found[above + name] = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
    return found


def _json(rows: Iterable[Row], out: TextIO) -> None:
    between = "[\n"
    for row in rows:
        out.write(between + json.dumps(row, ensure_ascii=False))
        between = ",\n"
    out.write("[]\n" if between == "[\n" else "\n]\n")


def _csv(rows: Iterable[Row], out: TextIO) -> None:
    """Columns are those of the first rows, in their order: an object that one row lacks, another may have."""
    remaining = iter(rows)
    head = list(islice(remaining, 200))
    first = [flat(row) for row in head]
    opened = {name for row in head for name in _objects(row)}
    names = [name for name in dict.fromkeys(name for row in first for name in row) if name not in opened]
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in chain(first, map(flat, remaining)):
        writer.writerow({name: _harmless(row.get(name)) for name in names})


def _objects(row: Row, above: str = "") -> Iterator[str]:
    """What the columns of objects begin with: where an object is missing, its columns are empty."""
    for name, value in row.items():
        if isinstance(value, dict) and value:
            yield above + name
            yield from _objects(value, f"{above}{name}_")


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULA else value


def _table(rows: Sequence[Row], columns: Sequence[str], out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column.replace(".name", "").replace(".company", "").replace(".", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_shown(row, column) for column in columns))
    Console(file=out).print(table)


def _shown(row: Row, column: str) -> str:
    value: Any = row
    for step in column.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return "" if value is None else str(value)
