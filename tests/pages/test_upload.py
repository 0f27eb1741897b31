"""The upload page: several things at once, and what became of each."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles import stages, tasks
from articles.models import Article, Snapshot
from talent.roles import ADMINISTRATOR, EDITOR, READER
from tests.articles.conftest import NOW, PROSE
from tests.articles.files import column, letter, mailbox, pdf
from tests.factories import make_member
from tests.pages.conftest import Read, hrefs, words

pytestmark = pytest.mark.django_db
UPLOAD = "/press/upload/"


@pytest.fixture(autouse=True)
def house(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of the test's own, and no broker."""
    archive = {**settings.STORAGES["archive"], "OPTIONS": {"location": str(tmp_path), "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "archive": archive}
    monkeypatch.setattr(tasks, "_send", lambda *message: None)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_member("ed", EDITOR))
    return client


def file(name: str, body: bytes, kind: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, kind)


def read_all() -> None:
    while rows := list(Snapshot.objects.filter(state="awaiting_parse")):
        for row in rows:
            stages.run_parse(row.pk, now=NOW)
    Article.objects.update(state="recorded")


@pytest.mark.parametrize(("role", "status"), [(READER, 403), (EDITOR, 200), (ADMINISTRATOR, 200), (None, 302)])
def test_it_is_open_to_editors_and_administrators(client: Client, role: str | None, status: int) -> None:
    if role:
        client.force_login(make_member("somebody", role))
    assert client.get(UPLOAD).status_code == status
    assert client.post(UPLOAD, {"text": PROSE[0]}).status_code == (302 if role in (EDITOR, ADMINISTRATOR) else status)
    assert Snapshot.objects.exists() == (role in (EDITOR, ADMINISTRATOR))


def test_it_says_what_became_of_each(editor: Client, read: Read) -> None:
    sent = {
        "documents": [
            file("quill.pdf", pdf([column([PROSE[0]])])),
            file("news.mbox", mailbox(letter(f"<p>{PROSE[1]}</p>"), letter(f"<p>{PROSE[2]}</p>"))),
            file("scan.pdf", b"%PDF-1.7 damaged"),
            file("empty.txt", b""),
        ],
        "text": "\n".join(PROSE),
        "addresses": "http://10.0.0.1/secret",
    }
    after = editor.post(UPLOAD, sent)["Location"]
    waiting = words(read(after).cssselect(".sent")[0])
    assert waiting.count("waits for a worker") == 4
    read_all()
    page = read(after)
    rows = [words(row) for row in page.cssselect(".sent tbody tr")]
    assert [row.split()[0] for row in rows] == [
        "quill.pdf",
        "news.mbox",
        "scan.pdf",
        "Pasted",
        "http://10.0.0.1/secret",
        "empty.txt",
    ]
    told = [
        "stored and read",
        "2 letters",
        "The PDF is damaged",
        "stored and read",
        "not an address of the public",
        "The file is empty.",
    ]
    assert all(part in row for part, row in zip(told, rows, strict=True))
    assert Article.objects.order_by("pk")[0].get_absolute_url() in hrefs(page)


def test_sending_it_again_changes_nothing(editor: Client, read: Read) -> None:
    for _ in range(2):
        after = editor.post(UPLOAD, {"text": "\n".join(PROSE)})["Location"]
        read_all()
    assert "known already" in words(read(after).cssselect(".sent")[0])
    assert Article.objects.count() == 1


def test_it_refuses_an_empty_form(editor: Client) -> None:
    answer = editor.post(UPLOAD, {})
    assert answer.status_code == 400
    assert "Give an address, a file or a text." in answer.content.decode()


def test_it_refuses_a_form_from_another_site() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member("ed", EDITOR))
    assert client.post(UPLOAD, {"text": PROSE[0]}).status_code == 403


def test_it_says_how_much_may_be_sent_at_once(editor: Client, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1_000_000
    answer = editor.post(UPLOAD, {"documents": file("large.txt", b"x" * 1_200_000)})
    assert answer.status_code == 413
    assert "At most 1 MB" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_a_file_larger_than_a_document_is_refused_by_name(editor: Client, read: Read, settings: Any) -> None:
    settings.MAX_DOCUMENT_BYTES = 100_000
    after = editor.post(UPLOAD, {"documents": [file("large.txt", b"x " * 80_000), file("ok.txt", PROSE[0].encode())]})
    rows = [words(row) for row in read(after["Location"]).cssselect(".sent tbody tr")]
    assert "large.txt refused The file is larger than 100,000 bytes." in rows[1]
    assert rows[0].startswith("ok.txt waits")


@pytest.mark.parametrize("sent", ["nonsense", "W10:1x:x", ""])
def test_nobody_makes_up_what_was_sent(editor: Client, sent: str) -> None:
    assert editor.get(f"{UPLOAD}?sent={sent}").status_code == 404


def test_it_works_from_the_keyboard_alone(editor: Client, read: Read) -> None:
    form = read(UPLOAD).cssselect("form.upload")[0]
    fields = [e for e in form.iter("input", "textarea", "button") if e.get("type") != "hidden"]
    assert [e.get("name") for e in fields] == ["documents", "addresses", "text", None]
    for field in fields[:3]:
        assert form.cssselect(f"label[for={field.get('id')}]")
        assert form.get_element_by_id(field.get("aria-describedby")) is not None


def test_the_desk_and_the_press_room_lead_there(editor: Client, read: Read) -> None:
    assert UPLOAD in hrefs(read("/desk/"))
    assert UPLOAD in hrefs(read("/press/"))
