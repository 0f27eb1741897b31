"""The data, citing, outlets, the press room and a reader's own pages in a real browser: nothing serious for axe,
nothing that scrolls sideways, in both languages, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles.models import Job, Shard, Source
from talent import access
from talent.models import ApiKey, Claim, Delivery, Move, Webhook
from tests.factories import make_article, make_claim, make_company, make_member, make_move, make_person
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE
from tests.pages.test_jobs import make_job
from tests.pages.test_sources import make_feed

LONG = "https://receiver.example/" + "hook" * 60

pytestmark = IN_A_BROWSER


@pytest.fixture
def administrator(db: None) -> User:
    return make_member("olga", "Administrator", is_staff=True)


def signed_in(browser: Browser, live_server: LiveServer, user: User, **options: Any) -> Page:
    """A page of somebody who has just signed in."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(**{"viewport": WIDE, **options})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context.new_page()


def make_cited_move() -> Move:
    """A move that two outlets tell of, one in Chinese, each with a quote as long as quotes get."""
    tern = make_company("Tern Artificial Intelligence Laboratories", name_zh="燕鸥人工智能实验室", aliases=("Tern",))
    ada = make_person("Ada Wilhelmina Quill-Featherstonehaugh", name_zh="阿达·奎尔")
    quote = "Quill has left for Tern, which is in Supercalifragilisticexpialidociousverylongtown"
    told = make_article(f"First. {quote}. Last.", address=f"https://x.example/{'a' * 200}")
    fact = make_move(ada, claim=make_claim(article=told, quote=quote), destination=tern, destination_role="研究副总裁")
    quote = "阿达·奎尔已加入燕鸥人工智能实验室"
    in_chinese = make_article(f"{quote}。此前无人报道。", language="zh", title="阿达·奎尔加入燕鸥")
    second = make_claim(article=in_chinese, quote=quote, attribution="两名知情人士")
    Claim.objects.filter(pk=second.pk).update(move=fact)
    return fact


def make_webhook(owner: User) -> Webhook:
    """A webhook in trouble, with a message in every state."""
    webhook = Webhook.objects.create(
        public_id="wh_tested", user=owner, name="The newsroom's own channel", address=LONG, nouns=["move", "signal"],
        companies=["tern-artificial-intelligence-laboratories"], failing_since=timezone.now(), cursor=120,
    )  # fmt: skip
    for number, (state, fields) in enumerate(
        {
            "delivered": {"status": 204, "milliseconds": 35},
            "failed": {"status": 500, "milliseconds": 1250, "excerpt": "<h1>" + "x" * 300, "error": "It said 500."},
            "waiting": {"error": "receiver.example could not be reached: the connection was refused."},
        }.items()
    ):
        Delivery.objects.create(
            webhook=webhook, message_id=f"msg_{number:027}", sequence=number + 1, noun="compensation", type="retracted",
            state=state, attempts=number + 1, **fields,
        )  # fmt: skip
    Delivery.objects.create(webhook=webhook, message_id="msg_of_a_test", state="delivered", status=200)
    return webhook


def make_keys(owner: User) -> None:
    """A key that opens, one that is revoked, one that expired."""
    for name, fields in (
        ("The crawler of the newsroom", {}),
        ("An old one", {"revoked_at": timezone.now()}),
        ("Expired", {"expires_at": timezone.now(), "last_used_at": timezone.now()}),
    ):
        key, _ = access.make_key(owner, name=name, scopes=["articles:write"], expires_at=None)
        ApiKey.objects.filter(pk=key.pk).update(**fields)


def make_jobs() -> Job:
    """A job under way with a part that failed, one that is done and one that failed."""
    make_job(state="done", done=4_000_000, finished_at=timezone.now(), counts={"pages": 12, "kept": 3})
    make_job(state="failed", finished_at=timezone.now(), error="The archive ends in the middle of a record.")
    running = make_job(done=1_000_000, counts={"pages": 5021, "kept": 17}, name="a-" + "very-" * 20 + "long.warc.gz")
    Shard.objects.filter(job=running, number=1).update(state="failed", failed_for_good=True, error="Cut off. " * 9)
    return running


@pytest.fixture
def addresses(live_server: LiveServer, administrator: User, settings: Any, tmp_path: Path) -> dict[str, str]:
    """Where each page is, with something on it."""
    fact = make_cited_move()
    settings.DUMPS_DIR = tmp_path / "dumps"
    call_command("dump", verbosity=0)
    make_keys(administrator)
    feed = make_feed(address="https://news.example/" + "feed" * 40, title="新闻 and " + "News" * 30)
    source = Source.objects.get(slug=fact.lead_claim.article.source.slug)
    type(feed).objects.filter(pk=feed.pk).update(source=source)
    return {
        "data": "/data/",
        "cite": f"{fact.get_absolute_url()}cite/",
        "sources": "/sources/",
        "source": source.get_absolute_url(),
        "webhooks": "/account/webhooks/",
        "webhook": make_webhook(administrator).get_absolute_url(),
        "keys": "/account/keys/",
        "jobs": "/press/jobs/",
        "job": make_jobs().get_absolute_url(),
        "feeds": "/press/feeds/",
        "feed": f"/press/feeds/{feed.pk}/",
        "preview": "/api/v1/reconcile/preview/?id=companies/tern-artificial-intelligence-laboratories",
        "home": "/",
    }


@pytest.mark.parametrize("prefix", ["", "/zh-hans"], ids=["English", "Chinese"])
@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light, wide", "dark, phone"])
def test_it_gives_axe_nothing_serious_and_fits_a_phone(
    browser: Browser,
    live_server: LiveServer,
    addresses: dict[str, str],
    administrator: User,
    scheme: str,
    size: dict[str, int],
    prefix: str,
) -> None:
    found, too_wide = [], []
    page = signed_in(browser, live_server, administrator, viewport=size, color_scheme=scheme)
    for address in addresses.values():
        page.goto(live_server.url + ("" if address.startswith("/api/") else prefix) + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((address, violation["id"], violation["nodes"][0]["html"][:160]))
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            too_wide.append(address)
    page.context.close()
    assert (found, too_wide) == ([], [])


def test_the_rooms_of_an_account_are_reached_by_keyboard(
    browser: Browser, live_server: LiveServer, administrator: User
) -> None:
    page = signed_in(browser, live_server, administrator)
    page.goto(f"{live_server.url}/data/")
    page.focus("footer .own a >> nth=0")
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/webhooks/")
    page.fill("#id_name", "Mine")
    page.fill("#id_address", "no address")
    page.keyboard.press("Enter")
    page.wait_for_selector(".problem")
    assert page.get_attribute("#id_address", "aria-invalid") == "true"
    described = (page.get_attribute("#id_address", "aria-describedby") or "").split()
    assert all(page.locator(f"#{name}").is_visible() for name in described)
    page.context.close()
