"""The press room's feeds: what is polled, how it fares, and the operator's buttons."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import tasks
from articles.models import Entry, Feed, Snapshot
from tests.factories import make_article, make_member
from tests.pages.conftest import Read, hrefs, words
from tests.pages.test_sources import make_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(make_member("olga", "Administrator"))
    return client


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    messages: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks, "hand_on", lambda task, pk: messages.append((task, pk)))
    return messages


@pytest.mark.parametrize(
    ("role", "seen", "acted"), [("Reader", 403, 403), ("Editor", 200, 403), ("Administrator", 200, 302)]
)
def test_it_is_open_by_role(client: Client, sent: Any, role: str, seen: int, acted: int) -> None:
    feed = make_feed()
    client.force_login(make_member("somebody", role))
    assert client.get("/press/feeds/").status_code == seen
    assert client.get(f"/press/feeds/{feed.pk}/").status_code == seen
    assert client.post(f"/press/feeds/{feed.pk}/pause/").status_code == acted
    assert ("Resume" in client.get(f"/press/feeds/{feed.pk}/").content.decode()) is (acted == 302)


def test_it_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get("/press/feeds/")["Location"] == "/login/?next=/press/feeds/"


def test_it_adds_a_feed_and_polls_it_at_once(operator: Client, sent: list[tuple[str, int]]) -> None:
    response = operator.post("/press/feeds/add/", {"address": "https://news.example/rss", "since": "2025-06-01"})
    feed = Feed.objects.get()
    assert response["Location"] == f"/press/feeds/{feed.pk}/"
    assert (feed.address, feed.kind, feed.since.date().isoformat()) == (
        "https://news.example/rss",
        "feed",
        "2025-06-01",
    )
    assert sent == [(tasks.POLL, feed.pk)]
    operator.post("/press/feeds/add/", {"address": "https://news.example/rss"})
    operator.post("/press/feeds/add/", {"address": "https://news.example/team", "page": "1"})
    assert list(Feed.objects.values_list("kind", flat=True)) == ["page", "feed"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"address": "http://127.0.0.1/"}, "not an address of the public Internet"),
        ({"address": "ftp://news.example/"}, "Only addresses that begin with http"),
        ({"address": ""}, "Give the address of a feed"),
        ({"address": "https://news.example/", "since": "June"}, "a day as 2025-06-02"),
    ],
)
def test_it_says_why_it_adds_nothing_and_keeps_what_was_typed(
    operator: Client, typed: dict[str, str], reason: str
) -> None:
    response = operator.post("/press/feeds/add/", typed)
    assert response.status_code == 400
    assert reason in response.content.decode()
    assert typed["address"] in response.content.decode()
    assert not Feed.objects.exists()


def test_it_polls_now_pauses_and_resumes_with_all_site_maps(operator: Client, sent: list[tuple[str, int]]) -> None:
    later = timezone.now() + timezone.timedelta(days=1)
    feed = make_feed(next_poll_at=later, kind="sitemap")
    child = make_feed(parent=feed, next_poll_at=later)

    def press(what: str) -> list[Any]:
        assert operator.post(f"/press/feeds/{feed.pk}/{what}/").status_code == 302
        return list(Feed.objects.order_by("pk").values_list("state", flat=True))

    assert press("pause") == ["paused", "paused"]
    assert press("poll") == ["paused", "paused"]
    assert sent == []
    assert press("resume") == ["active", "active"]
    Feed.objects.update(next_poll_at=later)
    press("poll")
    child.refresh_from_db()
    assert child.next_poll_at < timezone.now()
    assert sent == [(tasks.POLL, feed.pk)] * 2
    assert operator.post(f"/press/feeds/{feed.pk}/delete/").status_code == 404


def test_it_tries_failed_pages_again(operator: Client, sent: list[tuple[str, int]]) -> None:
    feed = make_feed(last_entry_at=timezone.now())
    row = Snapshot.objects.create(address="https://news.example/1", state="failed", error="The server answered 500.")
    Entry.objects.create(feed=feed, key="1", address=row.address, state="taken", snapshot=row)
    assert "The server answered 500." in operator.get(f"/press/feeds/{feed.pk}/").content.decode()
    operator.post(f"/press/feeds/{feed.pk}/retry/")
    row.refresh_from_db()
    assert (row.state, row.error) == ("awaiting_fetch", "")
    assert sent == [(tasks.FETCH, row.pk)]


def test_it_shows_how_a_feed_fares(operator: Client, read: Read) -> None:
    article = make_article()
    feed = make_feed(
        article.source, title="All the news", failures=3, error="The server answered 503.", quiet=True,
        last_entry_at=timezone.now(), changed_shape="entries", usual_gap=7200.0,
    )  # fmt: skip
    snapshot = Snapshot.objects.create(address=article.address, sha256="a" * 64, state="stored", article=article)
    Entry.objects.create(feed=feed, key="1", address=article.address, title="One", state="taken", snapshot=snapshot)
    page = read(f"/press/feeds/{feed.pk}/")
    said = words(page)
    for each in ("The last 3 polls failed. The server answered 503.", "Gone quiet", "names far fewer articles",
                 "usually every 2 h", "robots.txt: not asked yet", article.title):  # fmt: skip
        assert each in said
    assert article.source.get_absolute_url() in hrefs(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 3), ("state=failing", 1), ("state=paused", 1), ("state=flagged", 1), ("q=feed/0", 1), ("state=nonsense", 3)],
)
def test_it_narrows_the_list(operator: Client, read: Read, query: str, found: int) -> None:
    parent = make_feed(failures=1)
    make_feed(state="paused")
    make_feed(changed_shape="text")
    make_feed(parent=parent)
    assert len(read(f"/press/feeds/?{query}").cssselect("tbody tr")) == found


def test_it_pages_by_key_and_asks_no_more_for_more(operator: Client, read: Read) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read("/press/feeds/")
        return len(queries)

    make_feed()
    one = asked()
    for _ in range(60):
        make_feed()
    assert asked() == one
    page = read("/press/feeds/")
    assert len(page.cssselect("tbody tr")) == 50
    further = next(a for a in hrefs(page) if "cursor=" in a)
    assert len(read(f"/press/feeds/{further}" if further.startswith("?") else further).cssselect("tbody tr")) == 11
    assert "middle of another list" in words(read("/press/feeds/?cursor=forged", 400))
