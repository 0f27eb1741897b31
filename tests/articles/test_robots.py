"""What a site asks of programs in its robots.txt is done, and what it forbids is said with its rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from articles import hosts, ingest, stages
from articles.models import Host, Snapshot
from articles.robots import judge
from tests.articles.conftest import NOW, page
from tests.press_site import Site, dripping, running_site

AGENT = "TalentLedger"
HOUR = timedelta(hours=1)


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.FETCH_ALLOW_PRIVATE = True
    with running_site() as running:
        running.serve("/story", page())
        yield running


def fetch(site: Site, path: str = "/story", hours: int = 0) -> Snapshot:
    """The page's row after a try to fetch it, so many hours after NOW; the one there was, if the page is the same."""
    row = ingest.submit_address(site.address + path, now=NOW).snapshot
    stages.run_fetch(row.pk, now=NOW + hours * HOUR)
    return Snapshot.objects.filter(address=row.address).order_by("-pk")[0]


@pytest.mark.parametrize(
    ("text", "path", "rule"),
    [
        ("User-agent: *\nDisallow: /private/", "/private/x", "Disallow: /private/"),
        ("User-agent: *\nDisallow: /\nDisallow: /a", "/a/x", "Disallow: /a"),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", "Disallow: /*.pdf$"),
        ("User-agent: talentledger\nDisallow: /\n\nUser-agent: *\nDisallow:", "/x", "Disallow: /"),
        ("user-agent: *\ndisallow: /新闻", "/%E6%96%B0%E9%97%BB/1", "Disallow: /新闻"),
        ("<html>no robots</html>", "/x", ""),
        ("User-agent: *\nDisallow:", "/x", ""),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", ""),
        ("User-agent: Other\nDisallow: /", "/x", ""),
        ("User-agent: ledger\nDisallow: /", "/x", ""),
        ("", "/x", ""),
    ],
)
def test_it_names_the_rule_that_forbids(text: str, path: str, rule: str) -> None:
    verdict = judge(text, agent=AGENT, address=f"https://news.example{path}")
    assert (verdict.allowed, verdict.rule) == (not rule, rule)


@pytest.mark.parametrize(("line", "delay"), [("Crawl-delay: 7.5", 7.5), ("Crawl-delay: soon", None), ("", None)])
def test_it_reads_the_delay_that_is_asked_for(line: str, delay: float | None) -> None:
    assert judge(f"User-agent: *\n{line}\nDisallow: /x", agent=AGENT, address="https://a.example/").delay == delay


pytest_db = pytest.mark.django_db


@pytest_db
def test_it_fetches_nothing_that_the_site_forbids(site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /story")
    row = fetch(site)
    assert (row.state, row.failed_for_good) == ("failed", True)
    assert "asks TalentLedger to leave this address alone: the rule “Disallow: /story” covers it" in row.error
    assert site.asked("/story") == 0


@pytest_db
def test_it_asks_for_the_rules_once_a_day(site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /no")
    for hours in (0, 1, 23, 25):
        fetch(site, hours=hours)
    assert site.asked("/robots.txt") == 2
    assert site.asked("/story") == 4


@pytest_db
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 302])
def test_it_takes_a_site_without_rules_to_allow_everything(site: Site, status: int) -> None:
    site.serve("/robots.txt", "", status, Location="/loop-0")
    assert fetch(site).state == "awaiting_parse"
    assert Host.objects.get().robots_state == "none"


@pytest_db
@pytest.mark.parametrize("status", [500, 503, 429])
def test_it_leaves_a_site_alone_whose_rules_cannot_be_read(site: Site, status: int) -> None:
    site.serve("/robots.txt", "", status)
    row = fetch(site)
    assert (row.state, site.asked("/story")) == ("awaiting_fetch", 0)
    assert (
        f"could not be read, and a host that does not say what it allows is left alone: The server answered {status}"
        in (row.error)
    )
    site.serve("/robots.txt", "User-agent: *\nDisallow: /no")
    assert fetch(site, hours=1).state == "awaiting_parse"


@pytest_db
def test_it_goes_by_the_rules_it_has_while_the_site_is_ill(site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /no")
    site.serve("/no", page())
    fetch(site)
    site.serve("/robots.txt", "", 500)
    assert fetch(site, hours=48).state == "awaiting_parse"
    assert "/no" in fetch(site, "/no", hours=49).error
    assert "could not be read" in fetch(site, hours=24 * 40).error


@pytest_db
def test_it_reads_no_more_of_the_rules_than_it_must(site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /no\n" + "# x\n" * 500_000 + "Disallow: /story\n")
    assert fetch(site).state == "awaiting_parse"
    assert len(Host.objects.get().robots) == 512_000


@pytest_db
def test_it_is_not_held_up_by_rules_that_drip(site: Site, settings: Any) -> None:
    settings.FETCH_TIMEOUT_SECONDS = 0.5
    site.answers["/robots.txt"] = dripping(10)
    assert "longer than 0.5 seconds" in fetch(site).error


@pytest_db
@pytest.mark.parametrize(("asked", "pause"), [("1", 5), ("20", 20), ("86400", 60)])
def test_it_makes_the_pause_that_is_asked_for_within_reason(site: Site, settings: Any, asked: str, pause: int) -> None:
    settings.FETCH_DELAY_SECONDS = 5.0
    site.serve("/robots.txt", f"User-agent: *\nCrawl-delay: {asked}")
    fetch(site)
    assert hosts.pause(Host.objects.get()) == timedelta(seconds=pause)
    assert Host.objects.get().next_at >= NOW + timedelta(seconds=pause)


@pytest_db
def test_it_asks_each_host_that_a_redirect_leads_to(site: Site, settings: Any) -> None:
    settings.FETCH_DELAY_SECONDS = 5.0
    with running_site() as other:
        other.serve("/robots.txt", "User-agent: *\nDisallow: /secret")
        other.serve("/open", page())
        site.serve("/to-secret", "", 302, Location=f"{other.address}/secret")
        site.serve("/to-open", "", 302, Location=f"{other.address}/open")
        assert "Disallow: /secret" in fetch(site, "/to-secret").error
        assert other.asked("/secret") == 0
        assert fetch(site, "/to-open", hours=1).final_address == f"{other.address}/open"
        assert hosts.named(other.address).next_at >= NOW + HOUR + timedelta(seconds=5)


@pytest_db
def test_it_rests_where_a_host_is_busy(site: Site) -> None:
    site.serve("/story", "", 429, Retry_After="600")
    fetch(site)
    assert NOW + timedelta(seconds=600) <= Host.objects.get().next_at < NOW + timedelta(seconds=700)
    other = ingest.submit_address(site.address + "/other", now=NOW).snapshot
    with pytest.raises(hosts.TooEarly):
        stages.run_fetch(other.pk, now=NOW + timedelta(seconds=500))


def test_it_says_who_it_is(settings: Any) -> None:
    settings.USER_AGENT = "MyLedger/2.1 (+mailto:me@ledger.example)"
    assert hosts.agent() == "MyLedger"


@pytest_db
@pytest.mark.parametrize(
    ("contact", "sent"), [("me@ledger.example", "me@ledger.example"), ("https://me.example/", None)]
)
def test_it_sends_where_its_owner_can_be_reached(site: Site, settings: Any, contact: str, sent: str | None) -> None:
    settings.FETCH_CONTACT = contact
    fetch(site)
    assert {request.headers.get("From") for request in site.requests} == {sent}
