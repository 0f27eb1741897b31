"""Letters as they come in: cleaned of who received them before they are kept; boxes of thousands cut into letters.

A box goes through in pieces of a few megabytes, so that its size costs time and no memory. Doing it again adds nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from articles import archive
from articles.models import Snapshot
from articles.parse.guard import MBOX, letter_kind
from articles.parse.sandbox import work_safely

PIECE = 4_000_000
BATCH = 200
LABEL = "message/rfc822"
_SEPARATOR = re.compile(rb"^From [^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,30}\d{4}\r?\n$")
_HEADER = re.compile(rb"^>?[!-9;-~]{1,76}:")
_ESCAPED = re.compile(rb"(?m)^>(>*From )")
# Who reads a box line by line does not read a line without an end.
_LONGEST_LINE = 65_536


@dataclass(frozen=True, slots=True)
class Clean:
    """Letters without their recipients; ``left_out`` says of each that cannot be read why."""

    body: bytes
    letters: int
    left_out: tuple[str, ...]


def is_letter(body: bytes) -> bool:
    """Whether the bytes are a letter or a box of letters."""
    return letter_kind(body) in ("mail", "mbox")


def clean(body: bytes) -> Clean:
    """The letters, in the sandboxed process, without what says who received them; raises what reading them raises."""
    answer = work_safely("clean_letters", body)
    return Clean(base64.b64decode(answer["body"]), answer["letters"], tuple(answer["refused"]))


def is_box_file(file: BinaryIO) -> bool:
    """Whether a file that can be read from its beginning again is a box of letters."""
    head = file.read(1024)
    file.seek(0)
    return bool(MBOX.match(head))


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A box in pieces that begin with a letter each; a letter too large to be read is a piece of its own, cut short."""
    piece, letter, previous = bytearray(), bytearray(), b"\n"
    held = file.readline(_LONGEST_LINE)
    while held:
        line, held = held, file.readline(_LONGEST_LINE)
        begins = not previous.strip() and _SEPARATOR.match(line) and _HEADER.match(held)
        if begins and len(piece) + len(letter) > PIECE:
            yield from filter(None, (bytes(piece), bytes(letter) if piece else b""))
            piece, letter = bytearray(), bytearray()
        elif begins:
            piece += letter
            letter = bytearray()
        if len(letter) <= settings.MAX_DOCUMENT_BYTES:
            letter += line
        previous = line
    if rest := bytes(piece + letter):
        yield rest


# ---------------------------------------------------------------- cutting


def is_box(body: bytes) -> bool:
    """Whether the bytes are a box of more than one letter."""
    return bool(MBOX.match(body[:400])) and len(list(islice(_letters(body), 2))) == 2


def cut(snapshot: Snapshot, body: bytes, *, until: datetime) -> int:
    """Every letter of a clean box as a snapshot that waits to be parsed; how many wait.

    Letters are written in batches, and the box is done with the last of them: a worker that dies begins anew, and
    letters that are there already are the same rows.
    """
    letters = _letters(body)
    while batch := list(islice(letters, BATCH)):
        rows = [_row(snapshot, letter) for letter in batch]
        with transaction.atomic():
            Snapshot.objects.bulk_create(rows, ignore_conflicts=True)
    held = Snapshot.objects.held(snapshot.pk, state=Snapshot.State.AWAITING_PARSE, until=until)
    held.update(state=Snapshot.State.STORED, attempts=0, taken_until=None, error="", failed_for_good=False)
    return len(waiting_parts(snapshot.pk))


def waiting_parts(pk: int) -> list[int]:
    """The letters of the box that wait to be parsed."""
    parts = Snapshot.objects.filter(part_of=pk, state=Snapshot.State.AWAITING_PARSE)
    return list(parts.order_by("pk").values_list("pk", flat=True))


def _letters(box: bytes) -> Iterator[bytes]:
    starts = [match.span() for match in re.finditer(rb"(?m)" + MBOX.pattern, box)]
    for (_, begin), (end, _) in zip(starts, [*starts[1:], (len(box), 0)], strict=True):
        yield _ESCAPED.sub(rb"\1", box[begin:end].strip(b"\r\n") + b"\n")


def _row(box: Snapshot, letter: bytes) -> Snapshot:
    return Snapshot(
        address=box.address,
        sha256=archive.put(letter),
        size=len(letter),
        content_type=LABEL,
        retrieved_at=box.retrieved_at,
        checked_at=box.checked_at,
        sample=box.sample,
        part_of=box,
        state=Snapshot.State.AWAITING_PARSE,
    )
