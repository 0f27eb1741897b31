"""Letters come in without their recipients, and boxes of thousands are cut into letters with little memory."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from articles import archive, boxes, ingest, outcomes, stages
from articles.exceptions import NotADocument
from articles.models import Article, Snapshot
from tests.articles.conftest import NOW, PROSE
from tests.articles.files import letter, mailbox

pytestmark = pytest.mark.django_db


def letters(number: int) -> list[bytes]:
    return [letter(f"<p>{PROSE[0]} This is letter {n} of the year.</p>", subject=f"Letter {n}") for n in range(number)]


def submit(*mails: bytes) -> Snapshot:
    [submission] = ingest.submit_file(BytesIO(mailbox(*mails)), "news.mbox", now=NOW)
    return submission.snapshot


def read_all() -> None:
    while rows := list(Snapshot.objects.filter(state="awaiting_parse")):
        for row in rows:
            stages.run_parse(row.pk, now=NOW)


def test_what_is_kept_of_a_letter_names_no_recipient() -> None:
    snapshot = ingest.submit_bytes(letter(f"<p>{PROSE[0]}</p>"), "a.eml", now=NOW).snapshot
    assert b"jane" not in archive.get(snapshot.sha256)
    assert snapshot.content_type == "message/rfc822"


def test_every_letter_of_a_box_is_an_article() -> None:
    submit(*letters(3))
    read_all()
    assert sorted(Article.objects.values_list("title", "publisher")) == [
        (f"Letter {n}", "Talent Weekly") for n in range(3)
    ]


def test_the_same_box_again_adds_nothing() -> None:
    first = submit(*letters(3))
    read_all()
    again = submit(*letters(3))
    assert (again.pk, Snapshot.objects.count(), Article.objects.count()) == (first.pk, 4, 3)


def test_a_box_that_overlaps_an_earlier_one_adds_what_is_new() -> None:
    submit(*letters(3))
    read_all()
    submit(*letters(5))
    read_all()
    assert Article.objects.count() == 5


def test_a_worker_that_died_half_way_leaves_nothing_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    box = submit(*letters(5))
    monkeypatch.setattr(boxes, "BATCH", 2)
    written = boxes._row

    def dying(*args: Any) -> Snapshot:
        if Snapshot.objects.filter(part_of=box).count() == 2:
            raise SystemExit
        return written(*args)

    monkeypatch.setattr(boxes, "_row", dying)
    with pytest.raises(SystemExit):
        stages.run_parse(box.pk, now=NOW)
    monkeypatch.setattr(boxes, "_row", written)
    Snapshot.objects.filter(pk=box.pk).update(taken_until=None)
    read_all()
    assert Article.objects.count() == 5


def test_a_box_has_ended_when_its_letters_have() -> None:
    box = submit(*letters(2))
    stages.run_parse(box.pk, now=NOW)
    assert list(outcomes.finished({box.pk: box.address})) == []
    read_all()
    Article.objects.update(state="recorded")
    [outcome] = outcomes.finished({box.pk: box.address})
    assert outcome.verdict == "stored"


def test_it_tells_of_letters_that_cannot_be_read() -> None:
    mails = [*letters(2), letter("<p " + "a " * 100_000 + ">x</p>", subject="Bomb")]
    [submission] = ingest.submit_file(BytesIO(mailbox(*mails)), "news.mbox", now=NOW)
    assert len(submission.left_out) == 1
    assert submission.left_out[0].startswith("Bomb: ")


def test_a_box_without_a_letter_to_read_is_refused() -> None:
    with pytest.raises(NotADocument, match="no letter that can be read"):
        ingest.submit_bytes(mailbox(letter("<p " + "a " * 100_000 + ">x</p>")), "news.mbox", now=NOW)


def test_pieces_of_a_box_are_whole_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "PIECE", 5_000)
    box = mailbox(*letters(40))
    found = list(boxes.pieces(BytesIO(box)))
    assert b"".join(found) == box
    assert len(found) > 5
    assert all(piece.startswith(b"From MAILER") for piece in found)


def test_a_large_box_takes_little_memory(tmp_path: Path, settings: Any) -> None:
    settings.MAX_DOCUMENT_BYTES = 1_000_000
    path = tmp_path / "large.mbox"
    one = mailbox(letter(plain="word " * 4_000))
    with path.open("wb") as file:
        for _ in range(3_000):
            file.write(one)
    tracemalloc.start()
    with path.open("rb") as file:
        number = sum(1 for _ in boxes.pieces(file))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 60_000_000
    assert number > 10
    assert most < 20_000_000


def test_a_letter_larger_than_a_document_is_left_out_and_the_others_stay(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.MAX_DOCUMENT_BYTES = 50_000
    monkeypatch.setattr(boxes, "PIECE", 5_000)
    box = mailbox(*letters(3), letter(plain="x" * 1_000_000), *letters(5)[3:])
    good = 0
    for piece in boxes.pieces(BytesIO(box)):
        assert len(piece) < 200_000
        good += piece.count(b"Subject: Letter")
    assert good == 5
