"""``manage.py ingest`` takes files, folders, addresses and standard input, twice if need be, and says what happened."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import stages, tasks
from articles.management.commands import ingest as command
from articles.models import Article, Snapshot
from tests.articles.conftest import NOW, PROSE, PROSE_ZH, answer_fetches, page
from tests.articles.files import chapter, column, epub, letter, mailbox, pdf, web_page_file
from tests.articles.test_stages import ADDRESS, answering

pytestmark = pytest.mark.django_db

Ingest = Callable[..., str]


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for the room above: every article is recorded as soon as it is handed on."""

    def send(task: str, pk: int) -> None:
        if task == tasks.PROCESS:
            Article.objects.filter(pk=pk).update(state="recorded")
        elif current_app.conf.task_always_eager:
            current_app.tasks[task](pk)

    # The transaction of a test never commits.
    monkeypatch.setattr(tasks, "hand_on", send)
    monkeypatch.setattr(command, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(command, "POLL_SECONDS", 0.02)


@pytest.fixture
def ingest(capsys: pytest.CaptureFixture[str]) -> Ingest:
    """Runs the command in this process; gives everything it said."""

    def run(*arguments: object, **options: Any) -> str:
        out = io.StringIO()
        options = {"inline": True, **options}
        try:
            call_command("ingest", *map(str, arguments), stdout=out, stderr=out, **options)
        except CommandError as error:
            out.write(f"exit {error.returncode}: {error}")
        return out.getvalue()

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Makes a file of that name with those bytes."""

    def make(name: str, body: bytes | str = "") -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)
        return path

    return make


def test_it_ingests_a_page_and_the_second_time_changes_nothing(ingest: Ingest, file: Any) -> None:
    path = file("quill.html", page())
    assert ingest(path) == "1 stored, 0 unchanged, 0 failed.\n"
    before = list(Article.objects.values()) + list(Snapshot.objects.values())
    assert ingest(path) == "0 stored, 1 unchanged, 0 failed.\n"
    assert list(Article.objects.values()) + list(Snapshot.objects.values()) == before


def test_it_ingests_a_folder_in_order(ingest: Ingest, file: Any) -> None:
    for name in ("b.html", "a.txt", "deeper/c.htm"):
        file(name, page(title=name))
    file("picture.jpg", "x")
    file(".hidden.html", page())
    file(".git/d.html", page())
    folder = file("b.txt", "the same as b.html").parent
    said = ingest(folder)
    assert f"{folder}: 2 other files left out." in said
    assert "3 stored" in said
    addresses = Snapshot.objects.order_by("pk").values_list("address", flat=True)
    assert list(addresses) == ["file:a.txt", "file:b.html", "file:c.htm"]


def test_it_ingests_standard_input(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Ada Quill has left.")))
    assert "1 stored" in ingest("-")
    assert Article.objects.get().text == "Ada Quill has left."


def test_it_ingests_an_address_and_notices_that_it_did_not_change(
    ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_fetches(monkeypatch, answering(page().encode(), retrieved_at=timezone.now()))
    assert "1 stored" in ingest(ADDRESS)
    assert "1 unchanged" in ingest(ADDRESS)
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_it_reads_chinese_pages_in_any_encoding(ingest: Ingest, file: Any, encoding: str) -> None:
    label = f'<meta charset="{encoding}">'
    assert "1 stored" in ingest(file("zh.html", page(*PROSE_ZH, head=label).encode(encoding)))
    assert PROSE_ZH[0] in Article.objects.get().text


def test_it_reads_a_big5_page(ingest: Ingest, file: Any) -> None:
    line = "北岸實驗室週一宣布，研究員林一已經離開公司，加入南湖科技擔任首席科學家，這項任命在下個月生效。"
    assert "1 stored" in ingest(
        file("zh.html", page(line, line[::-1], line, head="<meta charset=big5>").encode("big5"))
    )
    assert line in Article.objects.get().text


def test_it_reads_a_text_with_broken_characters(ingest: Ingest, file: Any) -> None:
    assert "1 stored" in ingest(file("a.txt", "林一离开了公司。".encode() + b"\xff\xc3("))
    assert Article.objects.get().text.startswith("林一离开了公司。")


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.html", b"", "The file is empty."),
        ("big.html", b"x" * 50_000_000, "larger than 10,000,000 bytes"),
        ("picture.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        ("links.html", b"<html><body>" + b"<a href=/>Section</a>" * 99, "no article"),
    ],
)
def test_it_says_in_one_line_why_a_file_failed(ingest: Ingest, file: Any, name: str, body: bytes, reason: str) -> None:
    path = file(name, body)
    said = ingest(path).splitlines()
    assert said[0].startswith(f"{path}: ")
    assert reason in said[0]
    assert said[1:] == ["0 stored, 0 unchanged, 1 failed.", "exit 1: 1 failed."]


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("/no/such/file.html", "There is no such file."),
        ("http://127.0.0.1/", "not an address of the public Internet"),
        ("ftp://site.example/", "Only addresses that begin with http"),
        ("/dev/null", "This is not a file."),
    ],
)
def test_it_says_why_an_argument_is_of_no_use(ingest: Ingest, argument: str, reason: str) -> None:
    said = ingest(argument)
    assert f"{argument}: " in said
    assert reason in said
    assert "exit 1" in said


def test_it_says_when_a_folder_holds_no_document(ingest: Ingest, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert "The folder holds no page, text, PDF, EPUB or letter." in ingest(tmp_path / "none")


def test_it_says_when_a_file_may_not_be_read(ingest: Ingest, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file("a.html", page())

    def refused(self: Path, *args: Any, **kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert f"{path}: The file cannot be read or kept: Permission denied." in ingest(path)


# The kernel lets root read any folder, so there is nothing to see; the test before plays the refusal of a file.
@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_it_says_when_a_folder_may_not_be_read(ingest: Ingest, file: Any) -> None:
    folder = file("locked/a.html", page()).parent
    folder.chmod(0)
    try:
        assert "The folder cannot be read: Permission denied." in ingest(folder)
    finally:
        folder.chmod(0o700)


def test_it_goes_on_after_a_failure(ingest: Ingest, file: Any) -> None:
    said = ingest(file("a.html"), file("b.html", page()), "/no/such/file")
    assert "1 stored, 0 unchanged, 2 failed." in said


def test_it_says_why_an_article_could_not_be_recorded(
    ingest: Ingest, file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(task: str, pk: int) -> None:
        if task == tasks.PROCESS:
            Article.objects.filter(pk=pk).update(state="failed", error="The engine broke.")
        else:
            current_app.tasks[task](pk)

    monkeypatch.setattr(tasks, "hand_on", send)
    assert "quill.html: The engine broke.\n" in ingest(file("quill.html", page()))


def test_it_says_that_a_fetch_will_be_tried_again(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(address: str) -> None:
        raise stages.IntakeError("The server answered 503.")

    monkeypatch.setattr(stages.IntakeError, "permanent", False)
    answer_fetches(monkeypatch, busy)
    assert f"{ADDRESS}: The server answered 503. It will be tried again." in ingest(ADDRESS)


def test_it_marks_samples(ingest: Ingest, file: Any) -> None:
    ingest(file("quill.html", page()), sample=True)
    assert Snapshot.objects.get().sample


def test_it_leaves_the_work_to_the_workers(ingest: Ingest, file: Any) -> None:
    assert (
        ingest(file("quill.html", page()), inline=False, no_wait=True)
        == "0 stored, 0 unchanged, 0 failed, 1 left to the workers.\n"
    )
    assert Snapshot.objects.get().state == "awaiting_parse"


def test_it_waits_for_a_worker(ingest: Ingest, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = iter(range(100))

    def work(seconds: float) -> None:
        if next(rounds) == 2:
            for row in Snapshot.objects.awaiting_parse(NOW):
                tasks.parse(row.pk)

    monkeypatch.setattr(command.time, "sleep", work)
    assert ingest(file("quill.html", page()), inline=False) == "1 stored, 0 unchanged, 0 failed.\n"


def test_it_does_the_work_itself_where_no_worker_answers(
    ingest: Ingest, file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_a_worker_answers", lambda: False)
    said = ingest(file("quill.html", page()), inline=False)
    assert "No worker answers; the work is done in this process." in said
    assert "1 stored" in said
    assert current_app.conf.task_always_eager is False


def test_it_has_patience_with_a_worker_that_is_busy(ingest: Ingest, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def answers() -> bool:
        asked.append(1)
        if len(asked) == 2:
            tasks.parse(Snapshot.objects.get().pk)
        return True

    monkeypatch.setattr(command, "_a_worker_answers", answers)
    said = ingest(file("quill.html", page()), inline=False)
    assert said == "1 stored, 0 unchanged, 0 failed.\n"


def test_it_may_be_interrupted(ingest: Ingest, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command.time, "sleep", interrupt)
    said = ingest(file("quill.html", page()), inline=False)
    assert "Interrupted; what was submitted waits for the workers." in said
    assert "1 left to the workers" in said


def test_it_takes_every_format(ingest: Ingest, tmp_path: Path) -> None:
    def told(number: int) -> str:
        return f"{PROSE[0]} Edition {number} says so."

    (tmp_path / "a.pdf").write_bytes(pdf([column(told(1).split(" to "))]))
    (tmp_path / "b.epub").write_bytes(epub({"one.xhtml": chapter(told(2))}))
    (tmp_path / "c.mht").write_bytes(web_page_file(page(told(3), *PROSE)))
    (tmp_path / "d.eml").write_bytes(letter(f"<p>{told(4)}</p>"))
    (tmp_path / "e.mbox").write_bytes(mailbox(letter(f"<p>{told(6)}</p>"), letter(f"<p>{told(7)}</p>")))
    (tmp_path / "f.txt").write_text(told(5))
    (tmp_path / "g.zip").write_bytes(b"PK\x03\x04 and so on")
    assert "6 stored" in ingest(tmp_path)
    assert Article.objects.filter(state="recorded").count() == 7


def test_it_says_what_is_wrong_with_a_file_and_with_letters(ingest: Ingest, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 damaged")
    bomb = letter("<p " + "a " * 100_000 + ">x</p>", subject="Bomb")
    (tmp_path / "news.mbox").write_bytes(mailbox(letter(f"<p>{PROSE[0]}</p>"), bomb))
    said = ingest(tmp_path)
    assert "The PDF is damaged" in said
    assert "Bomb: One element of the page has more than" in said
    assert "1 stored, 0 unchanged, 2 failed" in said
