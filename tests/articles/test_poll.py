"""Feeds are polled when it is their time, cheaply and politely, and every failure says what is wrong."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from articles import entries, hosts, poll, stages, subscriptions
from articles.models import Entry, Feed, Host, Snapshot
from tests.articles.conftest import NOW, page
from tests.articles.test_feeds import SITEMAP, item, rss
from tests.press_site import Site, answer, conditional, dripping, giant, running_site

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.FETCH_ALLOW_PRIVATE = True
    with running_site() as running:
        yield running


def add(address: str, **fields: Any) -> Feed:
    """A feed that is due at NOW."""
    feed, _ = subscriptions.add(address, now=NOW, page=fields.pop("page", False))
    Feed.objects.filter(pk=feed.pk).update(**fields)
    return Feed.objects.get(pk=feed.pk)


def run(feed: Feed, *, at: datetime = NOW) -> Feed:
    """The feed after a poll, whose jitter is nought."""
    poll.run_poll(feed.pk, now=at, chance=lambda: 0.5)
    feed.refresh_from_db()
    return feed


def again(feed: Feed) -> Feed:
    """The feed after its next poll."""
    return run(feed, at=feed.next_poll_at)


def news(*numbers: int, **fields: str) -> str:
    return rss(*(item(link=f"/{n}", guid=f"g{n}", title=f"Story {n}", **fields) for n in numbers))


def urls(*lines: str) -> str:
    return f'<urlset xmlns="{SITEMAP}">{"".join(f"<url>{line}</url>" for line in lines)}</urlset>'


def index(*lines: str) -> str:
    return f'<sitemapindex xmlns="{SITEMAP}">{"".join(f"<sitemap>{line}</sitemap>" for line in lines)}</sitemapindex>'


# ---------------------------------------------------------------- what is new


def test_it_hands_on_what_a_feed_names(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(1, 2))))
    assert set(Snapshot.objects.values_list("address", "state")) == {
        (f"{site.address}/1", "awaiting_fetch"),
        (f"{site.address}/2", "awaiting_fetch"),
    }
    assert (feed.title, feed.entries_found, feed.error, feed.last_success_at) == ("The Ledger", 2, "", NOW)
    assert set(Snapshot.objects.values_list("feed", "host")) == {(feed.pk, feed.host_id)}


def test_it_hands_on_only_what_is_new(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(1, 2))))
    site.serve("/feed", news(1, 2, 3))
    feed = again(feed)
    assert Snapshot.objects.count() == feed.entries_found == 3


def test_it_polls_nothing_before_its_time_nor_twice(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(1))))
    run(feed, at=NOW + timedelta(minutes=5))
    assert site.asked("/feed") == 1


@pytest.mark.parametrize("state", ["paused", "gone"])
def test_it_polls_nothing_that_is_not_active(site: Site, state: str) -> None:
    run(add(site.serve("/feed", news(1)), state=state))
    assert site.requests == []


def test_it_does_not_fetch_again_what_was_deleted(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(1))))
    Snapshot.objects.all().delete()
    site.serve("/feed", news(1, updated="2025-06-02T20:00:00Z"))
    again(feed)
    assert not Snapshot.objects.exists()
    assert Entry.objects.get().snapshot is None


def test_it_does_not_fetch_again_what_another_feed_named(site: Site) -> None:
    run(add(site.serve("/feed", news(1))))
    site.serve("/map", urls(f"<loc>{site.address}/1?utm_source=map</loc>", f"<loc>{site.address}/2</loc>"))
    run(add(site.address + "/map"), at=NOW + HOUR)
    assert Snapshot.objects.count() == 2
    assert Entry.objects.filter(state="taken").count() == 3


def test_it_fetches_again_what_says_that_it_changed_but_ever_more_rarely(site: Site) -> None:
    feed, taken = run(add(site.serve("/map", urls(f"<loc>{site.address}/1</loc><lastmod>2025-06-01</lastmod>")))), []
    Snapshot.objects.update(state="stored", sha256="a" * 64, article=None)
    _keep_alive()
    for hour in range(1, 30):
        moment = NOW + hour * HOUR
        site.serve("/map", urls(f"<loc>{site.address}/1</loc><lastmod>{moment.isoformat()}</lastmod>"))
        Feed.objects.update(next_poll_at=moment)
        run(feed, at=moment)
        taken.append(Snapshot.objects.filter(state="awaiting_fetch").delete()[0] > 0)
        Entry.objects.update(snapshot=Snapshot.objects.get())
    assert [hour for hour, now in enumerate(taken, start=1) if now] == [1, 5, 21]


def _keep_alive() -> None:
    from tests.factories import make_article

    Snapshot.objects.update(article=make_article())


def test_it_fetches_another_story_under_the_same_key(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(1))))
    _keep_alive()
    site.serve("/feed", rss(item(guid="g1", link="/other")))
    Feed.objects.update(next_poll_at=NOW + 2 * HOUR)
    run(feed, at=NOW + 2 * HOUR)
    assert f"{site.address}/other" in Snapshot.objects.values_list("address", flat=True)


def test_it_notes_and_does_not_fetch_what_is_older_than_asked_for(site: Site) -> None:
    dated = ("Mon, 02 Jun 2025 10:00:00 GMT", "Tue, 01 Apr 2025 10:00:00 GMT", "sometime")
    run(add(site.serve("/feed", rss(*(item(link=f"/{n}", pubDate=day) for n, day in enumerate(dated))))))
    assert sorted(Snapshot.objects.values_list("address", flat=True)) == [f"{site.address}/0", f"{site.address}/2"]
    assert Entry.objects.filter(state="old").count() == 1


def test_it_refuses_addresses_that_lead_inwards(site: Site, settings: Any) -> None:
    feed = add(
        site.serve("/feed", rss(item(link="http://169.254.169.254/latest/"), item(link="https://news.example/1")))
    )
    document = poll.discovered(hosts.fetch(feed.address))
    settings.FETCH_ALLOW_PRIVATE = False
    entries.note(feed, document.entries, now=NOW)
    assert set(Entry.objects.values_list("address", "state")) == {
        ("http://169.254.169.254/latest/", "refused"),
        ("https://news.example/1", "waiting"),
    }


def test_it_reads_a_page_itself_each_time_that_it_changed(site: Site) -> None:
    feed = add(site.serve("/team", page(title="Our team")), page=True)
    assert poll.run_poll(feed.pk, now=NOW) == [Snapshot.objects.get().pk]
    feed.refresh_from_db()
    assert poll.run_poll(feed.pk, now=feed.next_poll_at) == []
    site.serve("/team", page(title="Our new team"))
    Feed.objects.update(next_poll_at=NOW + 30 * HOUR)
    assert len(poll.run_poll(feed.pk, now=NOW + 30 * HOUR)) == 1
    assert list(Snapshot.objects.values_list("address", "state")) == [(feed.address, "awaiting_parse")] * 2


# ---------------------------------------------------------------- a hundred thousand entries


def test_it_takes_up_a_hundred_thousand_entries_a_few_at_a_time(site: Site) -> None:
    day = "<lastmod>2025-06-01</lastmod>"
    site.serve("/map", gzip.compress(urls(*(f"<loc>{site.address}/{n}</loc>{day}" for n in range(100_000))).encode()))
    started = time.monotonic()
    feed = run(add(site.address + "/map"))
    assert time.monotonic() - started < 120
    assert (feed.error, feed.entries_found, Entry.objects.count()) == ("", 100_000, 100_000)
    assert Snapshot.objects.count() == entries.IN_FLIGHT
    assert entries.take_up(feed.pk, now=NOW) == 0
    Snapshot.objects.all()[:1].get().delete()
    assert entries.take_up_everywhere(now=NOW, limit=10) == 1


# ---------------------------------------------------------------- indexes of site maps


def test_it_follows_an_index_of_site_maps_as_deep_as_allowed(site: Site) -> None:
    for depth in range(6):
        site.serve(f"/i{depth}", index(f"<loc>{site.address}/i{depth + 1}</loc>"))
    feed, at = add(site.address + "/i0"), NOW
    for _ in range(6):
        for each in Feed.objects.all():
            poll.run_poll(each.pk, now=at)
            at += timedelta(minutes=1)
    assert sorted(Feed.objects.values_list("depth", flat=True)) == [0, 1, 2, 3]
    assert "more than 3 deep" in Feed.objects.get(depth=3).error
    assert set(Feed.objects.exclude(pk=feed.pk).values_list("parent", flat=True)) == {feed.pk}


def test_it_polls_the_site_maps_that_changed_and_leaves_out_old_ones(site: Site) -> None:
    def listed(day: str) -> str:
        return index(
            f"<loc>{site.address}/2019.xml</loc><lastmod>2019-12-31</lastmod>",
            f"<loc>{site.address}/now.xml</loc><lastmod>{day}</lastmod>",
        )

    site.serve("/now.xml", urls(f"<loc>{site.address}/1</loc>"))
    top = run(add(site.serve("/index", listed("2025-06-01"))))
    child = run(Feed.objects.get(depth=1), at=NOW + HOUR)
    assert (child.address, child.entries_found) == (f"{site.address}/now.xml", 1)
    assert child.next_poll_at > NOW + 10 * HOUR
    site.serve("/index", listed("2025-06-03"))
    Feed.objects.filter(pk=top.pk).update(next_poll_at=NOW + 2 * HOUR)
    run(top, at=NOW + 2 * HOUR)
    child.refresh_from_db()
    assert child.next_poll_at == NOW + 2 * HOUR
    top.refresh_from_db()
    assert top.entries_found == 1


# ---------------------------------------------------------------- cheaply


def test_it_asks_only_for_changes(site: Site) -> None:
    site.answers["/feed"] = conditional(news(1), '"v1"')
    feed = again(run(add(site.address + "/feed")))
    last = site.requests[-1].headers
    assert (last["If-None-Match"], feed.error, feed.last_success_at) == ('"v1"', "", feed.polled_at)
    assert feed.last_changed_at == NOW


def test_it_does_not_read_the_same_bytes_twice(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = run(add(site.serve("/feed", news(1), Last_Modified="Mon, 02 Jun 2025 10:00:00 GMT")))
    monkeypatch.setattr(poll, "work_safely", None)
    feed = again(feed)
    assert feed.error == ""
    assert site.requests[-1].headers["If-Modified-Since"] == "Mon, 02 Jun 2025 10:00:00 GMT"


def test_it_comes_more_often_where_there_is_news_and_more_rarely_where_there_is_none(site: Site) -> None:
    feed, intervals = add(site.serve("/feed", news(1))), []
    for number in range(2, 9):
        feed = run(feed, at=feed.next_poll_at)
        intervals.append(feed.interval)
        site.serve("/feed", news(*range(number)))
    assert intervals == sorted(intervals, reverse=True)
    assert intervals[-1] == 900
    for _ in range(30):
        feed = again(feed)
    assert feed.interval == 86_400


@pytest.mark.parametrize(
    ("head", "headers", "least"),
    [
        ("", {"Cache_Control": "public, max-age=14400"}, 4),
        ("", {"Expires": (NOW + timedelta(hours=6)).strftime("%a, %d %b %Y %H:%M:%S GMT")}, 6),
        ("<ttl>600</ttl>", {}, 10),
        ("", {"Cache_Control": "max-age=999999999"}, 24),
        ("", {"Expires": "0", "Cache_Control": "no-cache"}, 0),
    ],
)
def test_it_comes_no_sooner_than_the_answer_holds(site: Site, head: str, headers: dict[str, str], least: int) -> None:
    feed = run(add(site.serve("/feed", rss(item(link="/1"), head=head), **headers)))
    assert feed.next_poll_at - NOW >= least * HOUR
    assert feed.next_poll_at - NOW <= 24 * HOUR


def test_it_keeps_where_a_feed_moved_for_good(site: Site) -> None:
    site.serve("/new", news(1))
    site.serve("/old", b"", 301, Location="/newer")
    site.serve("/newer", b"", 308, Location="/new")
    site.serve("/for-now", b"", 302, Location="/new")
    assert run(add(site.address + "/old")).address == f"{site.address}/new"
    assert run(add(site.address + "/for-now"), at=NOW + HOUR).address == f"{site.address}/for-now"
    site.serve("/twin", b"", 301, Location="/new")
    twin = run(add(site.address + "/twin"), at=NOW + 2 * HOUR)
    assert (twin.state, "polled already" in twin.error) == ("gone", True)


# ---------------------------------------------------------------- what goes wrong


def test_it_waits_twice_as_long_after_each_failure(site: Site) -> None:
    feed, waits = add(site.serve("/feed", b"", 500)), []
    for _ in range(10):
        at = feed.next_poll_at
        feed = again(feed)
        waits.append((feed.next_poll_at - at).total_seconds() / 60)
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == 24 * 60
    assert (feed.failures, feed.error) == (10, "The server answered 500; it will be asked again.")
    site.serve("/feed", news(1))
    feed = again(feed)
    assert (feed.failures, feed.error, feed.last_error[:25]) == (0, "", "The server answered 500; ")


@pytest.mark.parametrize(("status", "wait"), [(429, 7200), (503, 7200)])
def test_it_stays_away_as_long_as_asked(site: Site, status: int, wait: int) -> None:
    feed = run(add(site.serve("/feed", b"", status, Retry_After=str(wait))))
    assert feed.next_poll_at >= NOW + timedelta(seconds=wait)
    assert feed.host.next_at >= NOW + HOUR


def test_it_gives_up_what_is_gone_and_can_be_told_to_ask_again(site: Site) -> None:
    feed = run(add(site.serve("/feed", b"", 410)))
    assert (feed.state, feed.failures) == ("gone", 1)
    assert "for good" in feed.error
    Feed.objects.filter(pk=feed.pk).resume(NOW + HOUR)
    site.serve("/feed", news(1))
    assert run(feed, at=NOW + HOUR).entries_found == 1


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<!doctype html><title>Sign in</title>", "HTML page"),
        ('<html><link rel=alternate type="application/rss+xml" href="/real.xml">', "it names /real.xml"),
        ("", "empty"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "entities"),
        (gzip.compress(bytes(200_000_000)), "larger than 50,000,000"),
    ],
)
def test_it_says_what_is_wrong_with_a_document(site: Site, document: str | bytes, reason: str) -> None:
    feed = run(add(site.serve("/feed", document)))
    assert reason in feed.error
    assert (feed.state, feed.taken_until, Entry.objects.count()) == ("active", None, 0)


def test_it_bounds_what_a_server_can_do_to_it(site: Site, settings: Any) -> None:
    settings.FETCH_TIMEOUT_SECONDS = 1.0
    bomb = gzip.compress(bytes(200_000_000))
    site.answers |= {
        "/slow": dripping(10),
        "/giant": giant(2, announced=True),
        "/secret-giant": giant(2, announced=False),
        "/bomb": answer(bomb, Content_Encoding="gzip"),
        "/short": answer(news(1), Content_Length="100000"),
    }
    told = {}
    for number, path in enumerate(("/slow", "/giant", "/secret-giant", "/bomb", "/short", "/loop-0"), start=1):
        feed = run(add(site.address + path), at=NOW + number * HOUR)
        told[path] = feed.error
    assert "longer than 1 seconds" in told["/slow"]
    assert "larger than 50,000,000" in told["/giant"]
    assert "larger than 50,000,000" in told["/secret-giant"] or "longer than" in told["/secret-giant"]
    assert "larger than 50,000,000" in told["/bomb"]
    assert "broke off" in told["/short"]
    assert "redirects more than" in told["/loop-0"]


def test_it_stops_asking_so_often_for_what_kills_its_worker(
    site: Site, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    class Killed(BaseException):
        pass

    def kill(*args: Any, **kwargs: Any) -> Any:
        raise Killed

    settings.MAX_ATTEMPTS = 2
    feed, at = add(site.serve("/feed", news(1))), NOW
    monkeypatch.setattr(poll, "work_safely", kill)
    for _ in range(2):
        with pytest.raises(Killed):
            poll.run_poll(feed.pk, now=at)
        at += HOUR
    feed = run(feed, at=at)
    assert "ended the worker" in feed.error
    assert feed.next_poll_at > at


def test_it_does_not_let_a_late_worker_undo_another(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = add(site.serve("/feed", news(1)))
    real = poll.work_safely

    def slow(*args: Any, **kwargs: Any) -> Any:
        Feed.objects.update(taken_until=NOW + 9 * HOUR)
        return real(*args, **kwargs)

    monkeypatch.setattr(poll, "work_safely", slow)
    run(feed)
    assert feed.last_success_at is None
    assert not Entry.objects.exists()


# ---------------------------------------------------------------- rhythm and shape


def test_it_notices_a_feed_that_went_quiet(site: Site) -> None:
    feed = add(site.serve("/feed", news(*range(10))))
    for day in range(1, 12):
        feed = run(feed, at=NOW + day * 24 * HOUR)
        site.serve("/feed", news(*range(10 + day)))
        Feed.objects.update(next_poll_at=NOW)
    assert not feed.quiet
    feed = run(feed, at=NOW + 30 * 24 * HOUR)
    Feed.objects.update(next_poll_at=NOW)
    assert not run(feed, at=NOW + 31 * 24 * HOUR).quiet
    Feed.objects.update(next_poll_at=NOW)
    assert run(feed, at=NOW + 90 * 24 * HOUR).quiet
    site.serve("/feed", news(*range(40)))
    Feed.objects.update(next_poll_at=NOW)
    assert not run(feed, at=NOW + 91 * 24 * HOUR).quiet


def test_it_takes_the_rhythm_of_a_new_feed_from_its_dates(site: Site) -> None:
    days = [item(link=f"/{n}", pubDate=f"2024-01-{n + 1:02d}") for n in range(10)]
    feed = run(add(site.serve("/feed", rss(*days))))
    assert feed.usual_gap == 86_400
    assert feed.quiet


def test_it_notices_that_entries_vanish(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(*range(30)))))
    site.serve("/feed", news(1))
    assert again(feed).changed_shape == "entries"
    site.serve("/feed", news(*range(30)))
    assert again(feed).changed_shape == ""


def test_it_notices_that_a_feed_is_none_any_more(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(1))))
    site.serve("/feed", "<html>We have a new site!</html>")
    assert again(feed).changed_shape == "no_feed"


# ---------------------------------------------------------------- politeness


def test_it_asks_a_host_once_at_a_time_with_a_pause(site: Site, settings: Any) -> None:
    settings.FETCH_DELAY_SECONDS = 5.0
    feed = run(add(site.serve("/feed", news(1, 2))))
    first, second = Snapshot.objects.order_by("pk")
    with pytest.raises(hosts.TooEarly):
        stages.run_fetch(first.pk, now=NOW + timedelta(seconds=4))
    first.refresh_from_db()
    assert (first.attempts, first.taken_until, first.state) == (0, None, "awaiting_fetch")
    site.serve("/1", page())
    assert stages.run_fetch(first.pk, now=NOW + timedelta(seconds=8)) == first.pk
    assert Host.objects.get().next_at >= NOW + timedelta(seconds=13)
    with hosts.turn(feed.host_id, now=NOW + HOUR), pytest.raises(hosts.TooEarly):
        stages.run_fetch(second.pk, now=NOW + HOUR)


def test_it_frees_a_host_whose_worker_died_in_its_turn(site: Site) -> None:
    host = hosts.named(site.address + "/")
    Host.objects.update(next_at=NOW + timedelta(seconds=60))
    with pytest.raises(hosts.TooEarly), hosts.turn(host.pk, now=NOW):
        pass
    with hosts.turn(host.pk, now=NOW + timedelta(seconds=61)):
        pass


def test_it_frees_a_host_when_the_clock_was_put_back(site: Site) -> None:
    host = hosts.named(site.address + "/")
    Host.objects.update(next_at=NOW + timedelta(days=3))
    with hosts.turn(host.pk, now=NOW):
        pass


def test_it_names_the_work_of_each_free_host_once(site: Site) -> None:
    feed = add(site.serve("/feed", news(1)))
    other = Snapshot.objects.create(
        address="https://news.example/1", host=hosts.named("https://news.example/"), state="awaiting_fetch"
    )
    resting = hosts.named("https://rests.example/")
    Snapshot.objects.create(address="https://rests.example/1", host=resting, state="awaiting_fetch")
    Host.objects.filter(pk=resting.pk).update(next_at=NOW + HOUR)
    named = hosts.ready(now=NOW, age=timedelta(seconds=30), limit=10)
    assert {(work.kind, work.pk) for work in named} == {(Feed, feed.pk), (Snapshot, other.pk)}
    assert hosts.ready(now=NOW + timedelta(seconds=20), age=timedelta(seconds=30), limit=10) == []


def test_it_takes_what_somebody_submitted_before_what_feeds_named(site: Site) -> None:
    feed = run(add(site.serve("/feed", news(1, 2))))
    mine = Snapshot.objects.create(address=f"{site.address}/mine", host=feed.host, state="awaiting_fetch")
    work = hosts.next_work(feed.host_id, now=NOW)
    assert work
    assert (work.kind, work.pk) == (Snapshot, mine.pk)


def test_it_asks_again_for_a_changed_page_only_if_it_differs(site: Site) -> None:
    run(add(site.serve("/feed", news(1))))
    site.answers["/1"] = conditional(page(), '"p1"')
    row = Snapshot.objects.get()
    stages.run_fetch(row.pk, now=NOW + HOUR)
    stages.run_parse(row.pk, now=NOW + HOUR)
    twin = Snapshot.objects.create(address=row.address, host=row.host, feed=row.feed, state="awaiting_fetch")
    Entry.objects.update(snapshot=twin)
    assert stages.run_fetch(twin.pk, now=NOW + 2 * HOUR) is None
    assert site.requests[-1].headers["If-None-Match"] == '"p1"'
    assert Snapshot.objects.get().pk == Entry.objects.get().snapshot_id == row.pk


def test_it_names_hosts_quickly_however_many_pages_wait_at_one(settings: Any) -> None:
    busy, *others = Host.objects.bulk_create(Host(name=f"h{number}.example") for number in range(500))
    rows = (Snapshot(address=f"https://h0.example/{n}", host=busy, state="awaiting_fetch") for n in range(10_000))
    Snapshot.objects.bulk_create(rows, batch_size=1_000)
    Snapshot.objects.create(address="https://h7.example/1", host=others[6], state="awaiting_fetch")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    started = time.monotonic()
    named = hosts.ready(now=NOW, age=timedelta(seconds=30), limit=500)
    assert time.monotonic() - started < 2
    assert len(named) == 2
