"""The short way to the list of moves gives the page of the general way, byte for byte, and nothing that is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from lxml import html

from config.front import Front
from talent import facets
from talent.hot.asking import Prepared
from talent.hot.choices import choices
from talent.models import Company, Move, Person
from talent.tallies import repair
from talent.templatetags.ledger import move_row
from talent.views import moves as short
from talent.views import narrowing
from talent.world import World, make_world
from tests.factories import make_article, make_claim, make_company, make_move, make_person
from tests.pages.conftest import hrefs, words

pytestmark = pytest.mark.django_db
LANGUAGES = ("", "/zh-hans")
Ways = Callable[..., html.HtmlElement]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Tests share a process, and each begins with a change feed of its own."""
    short._narrowed.cache_clear()
    yield
    short._narrowed.cache_clear()


@pytest.fixture
def ways(client: Client) -> Ways:
    """Asks both ways; the page that both must have given, parsed. With ``left`` the short way must have left it."""

    def ask(address: str, *, left: bool = False) -> html.HtmlElement:
        told: list[Any] = []
        front = Front(lambda environ, start: [])
        body = b"".join(front(RequestFactory().get(address).environ, lambda *answer: told.extend(answer)))
        general = client.get(address)
        assert bool(told) != left
        if not left:
            assert body == general.content
            assert dict(told[1]) == dict(general.headers)
        # A redirect has no page.
        return html.fromstring(general.content or b"<p></p>")

    return ask


def test_both_ways_show_every_list_of_a_world_alike(ways: Ways) -> None:
    make_world(World(moves=70, seed=3), now=timezone.now())
    companies = [company.slug for company in Company.objects.order_by("pk")[:2]]
    lists = ["", *(f"?{name}={slug}" for name in ("to", "from", "company") for slug in companies)]
    lists += [f"?person={person.slug}" for person in Person.objects.order_by("pk")[:2]]
    for prefix in LANGUAGES:
        for asked in lists:
            page = ways(f"{prefix}/moves/{asked}", left=not client_finds(f"/moves/{asked}"))
            for link in page.cssselect("a[rel=next], a[rel=prev]"):
                ways(f"{prefix}/moves/{link.get('href')}")


def client_finds(address: str) -> bool:
    """Whether the list has rows, and something to choose: only then there is a short way."""
    page = html.fromstring(Client().get(address).content)
    return bool(page.cssselect("tbody.fact")) and bool(page.cssselect(".facets"))


@pytest.fixture
def tern(db: None) -> Company:
    """A company that some people and a group joined, from companies with names in both scripts."""
    tern, lark = make_company("Tern & Sons"), make_company("Lark", name_zh="云雀")
    chinese = make_claim(article=make_article(language="zh"), attribution="两名员工", attribution_kind="unnamed")
    make_move(make_person("Ada Quill", name_zh="阿达·奎尔"), origin=lark, destination=tern, claim=chinese)
    make_move(make_person("Bo <Reed>"), destination=tern, status="rumoured", date="", destination_role="CTO & more")
    make_move(cohort_text="seven of “them”", cohort_min=7, cohort_of=9, origin=lark, destination=tern, reporters=3)
    make_move(make_person(), origin=tern, destination=None, kind="founding", origin_team="Robots", date="2024/2025")
    return tern


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_all_that_a_row_may_hold_is_shown_alike(ways: Ways, tern: Company, prefix: str) -> None:
    for asked in ("", f"?to={tern.slug}", f"?company={tern.slug}", "?from=lark"):
        ways(f"{prefix}/moves/{asked}")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_rows_say_what_the_pieces_of_other_pages_say(tern: Company, language: str) -> None:
    jinja: Any = engines["jinja2"]

    def said(cell: html.HtmlElement) -> list[str]:
        links = [f"{a.get('lang')} {a.get('href')} {words(a)}" for a in cell.iter("a")]
        return [words(cell), *links, *(f"{e.get('class')} {e.get('lang')}" for e in cell.iter("span", "blockquote"))]

    with translation.override(language):
        pieces = jinja.env.get_template("parts/pieces.html").make_module()
        for move in Move.objects.for_list():
            row = html.fromstring(f"<table>{move_row(move)}</table>")
            for shown, piece in (
                (row.cssselect("td.when")[0], pieces.when(move)),
                (row.cssselect("td.who")[0], pieces.who(move)),
                (row.cssselect("td.evidence, td[colspan]")[0], pieces.evidence(move)),
            ):
                assert said(shown) == said(html.fromstring(f"<td>{piece}</td>"))


def test_a_change_shows_at_once(ways: Ways, tern: Company) -> None:
    address = f"/moves/?to={tern.slug}"

    def counted() -> dict[str, str]:
        connection.check_constraints()  # what is noted at the end of a transaction is noted now
        page = ways(address)
        return {words(a): str(a.get("href")) for a in page.cssselect("[aria-labelledby=facet-status] a")}

    assert "rumoured 1" in counted()
    Move.objects.filter(status="rumoured").update(status="denied")
    assert "denied 1" in counted()
    make_move(make_person(), origin=make_company(), destination=tern, status="denied")
    assert "denied 2" in counted()
    Person.objects.filter(name="Bo <Reed>").update(visibility="hidden")
    assert "denied 1" in counted()
    Company.objects.filter(pk=tern.pk).update(name="Tern Robotics")
    assert "Tern Robotics" in words(ways(address).cssselect(".chips")[0])


def test_it_asks_three_statements_at_most(ways: Ways, tern: Company) -> None:
    asked: list[str] = []
    rows = Prepared.rows

    def noted(self: Prepared, *values: Any) -> Any:
        asked.append(self.sql)
        return rows(self, *values)

    with pytest.MonkeyPatch.context() as patched, CaptureQueriesContext(connection) as others:
        patched.setattr(Prepared, "rows", noted)
        for number in (3, 2):
            Front(lambda environ, start: [])(RequestFactory().get("/moves/?to=tern-sons").environ, lambda *told: None)
            assert len(asked) == number
            asked.clear()
    # The five that were noted, and no others.
    assert len(others.captured_queries) == 5


@pytest.mark.parametrize("publish", ["reviewed", "0.95", "0.2"])
def test_what_is_published_is_counted_alike(ways: Ways, tern: Company, settings: Any, publish: str) -> None:
    settings.PUBLISH = publish
    repair()
    Move.objects.filter(status="rumoured").update(reviewed=True)
    address = f"/moves/?to={tern.slug}"
    ways(address, left=not client_finds(address))


@pytest.mark.parametrize("looked_at", [1, 2, 3])
def test_counts_of_a_long_list_are_bounds_on_both_ways(
    ways: Ways, tern: Company, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    for module in (facets, narrowing):
        monkeypatch.setattr(module, "LOOKED_AT", looked_at)
    assert "+" in words(ways(f"/moves/?company={tern.slug}").cssselect(".tally")[0])
    assert words(ways("/moves/").cssselect(".tally")[0]) == "4 entries"


def test_where_somebody_is_hidden_the_list_is_walked_further(
    ways: Ways, tern: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (facets, narrowing):
        monkeypatch.setattr(module, "LOOKED_AT", 2)
    newest = Move.objects.joining(tern).newest()[0]
    Move.objects.filter(pk=newest.pk).update(visibility="unlisted")
    assert choices("to", tern.slug) is not None
    Company.objects.filter(name="Lark").update(visibility="hidden")
    assert choices("to", tern.slug) is None
    ways(f"/moves/?to={tern.slug}", left=not client_finds(f"/moves/?to={tern.slug}"))


@pytest.mark.parametrize(
    "asked", ["?to=Tern", "?to=", "?to=tern-sons&year=2025", "?to=tern-sons&from=lark", "?cursor=x", "?to=nobody"]
)
def test_what_is_out_of_the_ordinary_is_left_to_the_general_way(ways: Ways, tern: Company, asked: str) -> None:
    ways(f"/moves/{asked}", left=True)


def test_nothing_of_the_frame_shows(ways: Ways, tern: Company) -> None:
    page = ways(f"/moves/?to={tern.slug}")
    assert short._MARK not in html.tostring(page, encoding="unicode")
    assert not [address for address in hrefs(page) if "hole" in address]
