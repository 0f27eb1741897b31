"""From a feed that somebody adds to claims with quotes, by workers that share the hosts."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection

from articles import tasks
from articles.models import Article, Entry, Feed, Snapshot, Source
from articles.stages import database_now
from talent.models import Claim
from tests.articles.conftest import PROSE, PROSE_ZH, page
from tests.articles.test_feeds import item, rss
from tests.press_site import Site, running_site

pytestmark = pytest.mark.django_db(transaction=True)

PAUSE = 0.15


@pytest.fixture
def site(settings: Any, tmp_path: Any) -> Iterator[Site]:
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_DELAY_SECONDS = PAUSE
    archive = {**settings.STORAGES["archive"], "OPTIONS": {"location": str(tmp_path), "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "archive": archive}
    with running_site() as running:
        yield running


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> queue.Queue[tuple[str, int, float]]:
    """What would have gone to the broker, with the seconds that it is to wait."""
    current_app.loader.import_default_modules()
    sent: queue.Queue[tuple[str, int, float]] = queue.Queue()
    monkeypatch.setattr(tasks, "_send", lambda task, pk, delay=None: sent.put((task, pk, delay or 0.0)))
    return sent


def work(messages: queue.Queue[tuple[str, int, float]], ended: threading.Event) -> None:
    """What a worker does with its messages."""
    try:
        while not ended.is_set():
            try:
                task, pk, delay = messages.get(timeout=0.05)
            except queue.Empty:
                continue
            time.sleep(delay)
            current_app.tasks[task](pk)
    finally:
        connection.close()


def run_until(done: Callable[[], bool], messages: queue.Queue[tuple[str, int, float]], *, sweep: bool = True) -> None:
    """Three workers and a sweep now and then, until it is done."""
    ended = threading.Event()
    workers = [threading.Thread(target=work, args=(messages, ended)) for _ in range(3)]
    for worker in workers:
        worker.start()
    until = time.monotonic() + 60
    try:
        while not done() and time.monotonic() < until:
            if sweep:
                tasks.resend_overdue(now=database_now(), age=timedelta(0), limit=100)
            time.sleep(0.2)
    finally:
        ended.set()
        for worker in workers:
            worker.join()
    assert done()


def all_read(number: int) -> Callable[[], bool]:
    return lambda: Article.objects.filter(state="recorded").count() == number


def test_it_leads_from_a_feed_to_claims(site: Site, messages: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /members/")
    site.serve("/1", page())
    site.serve("/2", page(*PROSE_ZH, title="林一加入南湖科技", lang="zh").encode("gb18030"), Content_Type="text/html")
    site.serve("/3", page(*PROSE, "A third story.", title="Again"))
    site.serve("/members/4", page(title="Not for us"))
    paths = ("/1", "/2", "/3", "/members/4", "/5")
    site.serve("/feed", rss(*(item(link=path, title=f"Story {path}") for path in paths)))
    call_command("feeds", "add", site.address + "/feed", verbosity=0)
    run_until(lambda: all_read(3)() and not Snapshot.objects.filter(state="awaiting_fetch").exists(), messages)

    assert site.requests[0].path == "/robots.txt"
    assert (site.asked("/members/4"), site.most_at_once) == (0, 1)
    pages = [request for request in site.requests if request.path != "/robots.txt"]
    assert all(later.at - sooner.at > PAUSE for sooner, later in pairwise(pages))
    assert Claim.objects.filter(article__language="en").exists()
    assert Claim.objects.filter(article__language="zh").exists()
    assert Feed.objects.get().source == Source.objects.get()
    failed = {row.address.rpartition("/")[2]: row.error for row in Snapshot.objects.filter(state="failed")}
    assert "Disallow: /members/" in failed["4"]
    assert "404" in failed["5"]
    assert set(Entry.objects.values_list("state", flat=True)) == {"taken"}


def test_it_goes_from_page_to_page_of_a_host_without_the_sweep(site: Site, messages: Any) -> None:
    for number in range(4):
        site.serve(f"/{number}", page(*PROSE, f"Edition {number}."))
    site.serve("/feed", rss(*(item(link=f"/{number}") for number in range(4))))
    call_command("feeds", "add", site.address + "/feed", verbosity=0)
    run_until(all_read(4), messages, sweep=False)


def test_it_finds_everything_again_where_every_message_was_lost(site: Site, messages: Any) -> None:
    site.serve("/1", page())
    site.serve("/feed", rss(item(link="/1")))
    call_command("feeds", "add", site.address + "/feed", verbosity=0)
    tasks.poll_feed(Feed.objects.get().pk)
    messages.queue.clear()
    run_until(lambda: Article.objects.exists(), messages)
