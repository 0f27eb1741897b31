"""A feed whose pages change their shape is flagged by running means of its row; the flag goes with the trouble."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import hosts, ingest, shape, stages, subscriptions
from articles.models import Feed, Snapshot, Source
from tests.articles.conftest import NOW, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed() -> Feed:
    return subscriptions.add("https://feeds.news.example/rss", now=NOW)[0]


def read(feed: Feed, *lengths: int | None) -> str:
    """The feed's flag after pages of these lengths; None for one that could not be read."""
    for length in lengths:
        shape.note_page(feed.pk, length)
    feed.refresh_from_db()
    return feed.changed_shape


def test_it_flags_pages_that_give_much_less_text(feed: Feed) -> None:
    assert read(feed, *[4000] * 30) == ""
    assert (feed.pages_read, feed.usual_length, feed.recent_length) == (30, 4000, 4000)
    assert read(feed, 200, 200) == ""
    assert read(feed, *[200] * 8) == "text"
    assert read(feed, *[4000] * 8) == ""


def test_it_flags_pages_that_cannot_be_read_any_more(feed: Feed) -> None:
    read(feed, *[4000] * 30)
    assert read(feed, None, None) == ""
    assert read(feed, None, None) == "failures"
    assert read(feed, *[4000] * 5) == ""


def test_it_flags_no_feed_that_was_always_so(feed: Feed) -> None:
    assert read(feed, *[None, 4000] * 40) == ""
    assert read(feed, *[300] * 5) == ""


def test_it_flags_nothing_before_it_knows_what_is_usual(feed: Feed) -> None:
    assert read(feed, 4000, 4000, 50, 50, 50, 50, None, None, None, None) == ""


def test_it_counts_nothing(feed: Feed) -> None:
    with CaptureQueriesContext(connection) as queries:
        shape.note_page(feed.pk, 4000)
    assert len(queries) <= 3
    assert not any("COUNT(" in query["sql"].upper() for query in queries)


def parsed(feed: Feed, address: str, body: str) -> Snapshot:
    """A page of the feed after it was parsed."""
    row = ingest.submit_bytes(body.encode(), "x.html", now=NOW, content_type="text/html").snapshot
    Snapshot.objects.filter(pk=row.pk).update(address=address, feed=feed, host=hosts.named(address))
    stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    return row


def test_it_learns_from_what_is_parsed(feed: Feed) -> None:
    parsed(feed, "https://www.news.example/1", page())
    parsed(feed, "https://www.news.example/2", "<html><body><ul>" + "<li><a href=/>Section</a></li>" * 50)
    feed.refresh_from_db()
    assert feed.pages_read == 2
    assert feed.recent_length > 200
    assert feed.recent_failures == pytest.approx(0.2)


def test_the_first_article_of_its_own_site_tells_whose_a_feed_is(feed: Feed) -> None:
    parsed(feed, "https://elsewhere.example/1", page(title="By somebody else"))
    feed.refresh_from_db()
    assert feed.source is None
    parsed(feed, "https://www.news.example/1", page(title="Our own"))
    feed.refresh_from_db()
    assert feed.source == Source.objects.get(host="news.example")
    again, _ = subscriptions.add("https://www.news.example/other", now=NOW)
    assert again.source == feed.source
