"""The admin shows what came in and what failed, tries it again, and ingests as the command does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles import ingest, stages, tasks
from articles.models import Article, Snapshot
from tests.articles.conftest import NOW, page

pytestmark = pytest.mark.django_db

INGEST = "/admin/articles/snapshot/ingest/"


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


@pytest.fixture
def reader(client: Client) -> Client:
    """A member of the staff who may look and do nothing else."""
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    return client


def stored() -> Snapshot:
    row = ingest.submit_bytes(page().encode(), "quill.html", now=NOW).snapshot
    stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    return row


def failed(name: str = "x.pdf") -> Snapshot:
    row = ingest.submit_bytes(b"%PDF-1.7", name, now=NOW).snapshot
    stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("model", ["source", "article", "snapshot"])
def test_it_lists_and_shows_the_rows(editor: Client, model: str) -> None:
    row = stored()
    pk = {"source": row.article.source_id, "article": row.article_id, "snapshot": row.pk}[model]  # type: ignore[union-attr]
    assert editor.get(f"/admin/articles/{model}/").status_code == 200
    assert editor.get(f"/admin/articles/{model}/?q=quill").status_code == 200
    assert editor.get(f"/admin/articles/{model}/{pk}/change/").status_code == 200


def test_it_shows_the_text_and_lets_nobody_edit_it(editor: Client) -> None:
    row = stored()
    shown = editor.get(f"/admin/articles/article/{row.article_id}/change/").content.decode()
    assert "Ada Quill has left Northwind AI" in shown
    assert "<textarea" not in shown
    assert "<select" not in shown
    response = editor.post(f"/admin/articles/article/{row.article_id}/change/", {"text": "forged"})
    assert response.status_code == 403


@pytest.mark.parametrize("model", ["article", "snapshot"])
def test_it_lists_a_hundred_rows_with_as_many_queries_as_one(
    editor: Client, model: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        row = ingest.submit_bytes(page(title=f"Story {number}").encode(), f"{number}.html", now=NOW).snapshot
        stages.run_parse(row.pk, now=NOW)
    with django_assert_max_num_queries(12):
        editor.get(f"/admin/articles/{model}/")


def test_it_shows_why_something_failed(editor: Client) -> None:
    failed()
    shown = editor.get("/admin/articles/snapshot/?state__exact=failed").content.decode()
    assert "The PDF is damaged" in shown


def test_it_tries_again_what_failed(editor: Client, sent: list[tuple[str, int]], commit: Callable[[], Any]) -> None:
    row, other = failed(), stored()
    action = {"action": "retry", "_selected_action": [row.pk, other.pk]}
    with commit():
        shown = editor.post("/admin/articles/snapshot/", action, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == ("awaiting_parse", "", 0)
    assert sent == [(tasks.PARSE, row.pk)]
    assert "1 is tried again." in shown


def test_it_tries_an_article_again(editor: Client, sent: list[tuple[str, int]], commit: Callable[[], Any]) -> None:
    stored()
    Article.objects.update(state="failed", error="broken", attempts=5, failed_for_good=True)
    article = Article.objects.get()
    with commit():
        editor.post("/admin/articles/article/", {"action": "retry", "_selected_action": [article.pk]})
    article.refresh_from_db()
    assert (article.state, article.attempts) == ("awaiting_extraction", 0)
    assert sent == [(tasks.PROCESS, article.pk)]


def test_it_offers_the_form(editor: Client) -> None:
    assert INGEST in editor.get("/admin/articles/snapshot/").content.decode()
    shown = editor.get(INGEST).content.decode()
    assert 'for="id_addresses"' in shown
    assert "<script>" not in shown.replace(" ", "")


def test_it_ingests_addresses_files_and_text(
    editor: Client, sent: list[tuple[str, int]], commit: Callable[[], Any]
) -> None:
    files = [SimpleUploadedFile(f"{n}.html", page(title=f"Story {n}").encode(), "text/html") for n in range(2)]
    data = {"addresses": "https://site.example/a\n\nhttps://site.example/b", "documents": files, "text": "She left."}
    with commit():
        response = editor.post(INGEST, data)
    assert response.status_code == 302
    rows = Snapshot.objects.order_by("pk")
    assert [row.address for row in rows] == [
        "https://site.example/a", "https://site.example/b", "file:0.html", "file:1.html", "file:pasted text",
    ]  # fmt: skip
    assert [pk for _, pk in sent] == [row.pk for row in rows]
    shown = editor.get(response.headers["Location"]).content.decode()
    assert "5 documents were submitted" in shown
    assert "waiting to be parsed" in shown


def test_it_does_what_the_command_does(editor: Client, sent: list[tuple[str, int]]) -> None:
    by_hand = stored()
    editor.post(INGEST, {"documents": [SimpleUploadedFile("quill.html", page().encode(), "text/html")]})
    assert Snapshot.objects.get() == by_hand


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "Give an address, a file or a text."),
        ({"addresses": "http://127.0.0.1/"}, "not an address of the public Internet"),
        ({"addresses": "\n".join(f"https://site.example/{n}" for n in range(201))}, "At most 200 addresses"),
        ({"documents": [SimpleUploadedFile("a.html", b"")]}, "empty"),
        ({"documents": [SimpleUploadedFile("a.html", b"x" * 10_000_001)]}, "larger than 10,000,000 bytes"),
        ({"text": " \n "}, "empty"),
    ],
)
def test_it_says_why_a_submission_is_refused(editor: Client, data: dict[str, Any], reason: str) -> None:
    shown = editor.post(INGEST, data).content.decode()
    assert reason in shown
    assert not Snapshot.objects.exists()


def test_it_lets_readers_look_only(reader: Client) -> None:
    row = failed()
    assert reader.get("/admin/articles/snapshot/").status_code == 200
    assert reader.get(INGEST).status_code == 403
    reader.post("/admin/articles/snapshot/", {"action": "retry", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.state == "failed"


def test_it_keeps_strangers_out(client: Client) -> None:
    assert client.get(INGEST).status_code == 302
