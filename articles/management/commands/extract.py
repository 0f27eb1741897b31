"""Reads articles as JSON Lines and writes their claims in the same order."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any

from django.core.management.base import BaseCommand

from articles.extraction import Document, extract
from articles.extraction.claims import Claim
from articles.extraction.language import load

Numbered = tuple[int, str]


class BadLine(ValueError):
    """A line of the input that is no article."""


class Command(BaseCommand):
    help = (
        'Reads articles from the standard input as JSON Lines, {"id", "lang", "title", "published", "url", "text"}, '
        "and writes their claims to the standard output in the same order, one JSON object a line. "
        "Needs no database. A bad line is reported with its number and gives exit code 1 once the rest is done."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--full", action="store_true", help="add confidence, rule and the kind of each attribution")
        parser.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to share the work (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = _lines(sys.stdin.buffer)
        failed = False
        with _mapper(options["jobs"]) as apply:
            for claims, problem in apply(_extract_full if options["full"] else _extract_plain, lines):
                if problem:
                    failed = True
                    self.stderr.write(problem)
                else:
                    self.stdout.write(claims)
        if failed:
            sys.exit(1)


def _positive(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise ArgumentTypeError(f"{value} is no positive whole number")
    return int(value)


@contextmanager
def _mapper(jobs: int) -> Iterator[Any]:
    """A map() that keeps the order: in this process, or shared by several that take a line at a time."""
    if jobs == 1:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield lambda function, items: _in_waves(pool, function, items, size=64 * jobs)


def _in_waves(pool: ProcessPoolExecutor, function: Any, items: Iterable[Numbered], *, size: int) -> Iterator[Any]:
    """Hands out a bounded number of lines at a time, so that no input is read whole into memory."""
    wave: list[Numbered] = []
    for item in items:
        wave.append(item)
        if len(wave) == size:
            yield from pool.map(function, wave, chunksize=8)
            wave = []
    yield from pool.map(function, wave, chunksize=8)


def _lines(stream: IO[bytes]) -> Iterator[Numbered]:
    for number, raw in enumerate(stream, start=1):
        line = raw.decode("utf-8", errors="surrogateescape").strip("\ufeff \t\r\n")
        if line:
            yield number, line


def _extract_plain(numbered: Numbered) -> tuple[str, str]:
    return _extracted(numbered, full=False)


def _extract_full(numbered: Numbered) -> tuple[str, str]:
    return _extracted(numbered, full=True)


def _extracted(numbered: Numbered, *, full: bool) -> tuple[str, str]:
    """The output line and "", or "" and what is wrong with the input line."""
    number, line = numbered
    try:
        document = document_of(line)
        extraction = extract(document)
    except BadLine as error:
        return "", f"line {number}: {error}"
    result = extraction.as_json(document.text)
    if full:
        for kind in ("moves", "compensation", "signals"):
            for shown, claim in zip(result[kind], getattr(extraction, kind), strict=True):
                shown.update(_origin(claim))
    return json.dumps(result, ensure_ascii=False), ""


def document_of(line: str) -> Document:
    """The article that a line of JSON describes; BadLine where it describes none."""
    try:
        line.encode("utf-8")
        record = json.loads(line)
    except UnicodeEncodeError as error:
        raise BadLine("not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise BadLine(f"expected a JSON object, not {type(record).__name__}")
    if not isinstance(record.get("id"), str | int) or isinstance(record.get("id"), bool):
        raise BadLine('"id" must be a string or a whole number')
    text = _string(record, "text")
    if text is None:
        raise BadLine('"text" is missing')
    return Document(
        id=str(record["id"]),
        text=text,
        lang=_language(record),
        title=_string(record, "title") or "",
        published=_day(record),
        url=_string(record, "url"),
    )


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLine(f'"{key}" must be a string, not {type(value).__name__}')
    if value is not None and not _encodable(value):
        raise BadLine(f'"{key}" holds half a surrogate pair')
    return value


def _encodable(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _language(record: dict[str, Any]) -> str:
    """The code of a language folder: "zh-CN" counts as "zh"; "" leaves the choice to the engine."""
    code = (_string(record, "lang") or "").split("-")[0].split("_")[0].lower()
    if not code:
        return ""
    try:
        load(code)
    except (ValueError, AttributeError) as error:
        raise BadLine(f'"lang" {code!r} is no language that this engine reads') from error
    return code


def _day(record: dict[str, Any]) -> date | None:
    """The day of publication; a time of day is dropped, a year or month alone gives no day to count from."""
    written = _string(record, "published")
    if not written or len(written) < 10:
        return None
    try:
        return datetime.fromisoformat(written[:10]).date()
    except ValueError as error:
        raise BadLine(f'"published" {written!r} is no date like 2024-03-26') from error


def _origin(claim: Claim) -> dict[str, Any]:
    source = claim.attribution
    return {
        "confidence": round(claim.confidence, 3),
        "rule": claim.rule,
        "attribution_kind": source.kind if source else None,
        "attribution_count": source.count if source else None,
    }
