"""Matrices and quotes by the short way: the bytes and headers of the general way, and nothing that is over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from articles.models import Article
from config.front import Front
from talent.api import flows
from talent.models import Claim, Company, CompanyTally, Move, PairTally
from talent.quotes import index_missing
from talent.tallies import repair
from talent.world import World, make_world
from tests.factories import make_article, make_claim, make_company, make_move, make_person, make_report

pytestmark = pytest.mark.django_db
CLOCKS = ("X-Request-ID", "RateLimit")
Ways = Callable[..., Any]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Tests share a process, and each begins with a change feed of its own."""
    flows._written_matrix.cache_clear()
    yield
    flows._written_matrix.cache_clear()


@pytest.fixture
def ways(client: Client) -> Ways:
    """Asks both ways; the answer that both must have given. With ``left`` the short way must have left it."""

    def ask(address: str, *, left: bool = False, **headers: str) -> Any:
        told: list[Any] = []
        environ = RequestFactory().get(address, headers=headers).environ
        body = b"".join(Front(lambda environ, start: [])(environ, lambda *answer: told.extend(answer)))
        general = client.get(address, headers=headers)
        assert bool(told) != left
        if not left:
            assert told[0][:3] == str(general.status_code)
            assert body == general.content
            assert _steady(dict(told[1])) == _steady(dict(general.headers))
        return json.loads(general.content) if general.content else general

    return ask


def _steady(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in CLOCKS}


# ------------------------------------------------------------------ matrices


def test_matrices_of_a_world_are_given_alike(ways: Ways) -> None:
    make_world(World(moves=60, seed=3), now=timezone.now())
    slug = Company.objects.order_by("pk")[0].slug
    for asked in ("", "?top=50", "?top=3&after=2024", "?status=planned&before=2025-06"):
        ways(f"/api/v1/flows/{asked}")
    for asked in ("?top=0", "?top=x", "?to=nobody", "?tops=3", f"?from={slug}", f"?to={slug}", "?after=2024-05-01"):
        ways(f"/api/v1/flows/{asked}", left=True)


def test_a_matrix_changes_with_the_moves(ways: Ways) -> None:
    tern, lark = make_company("Tern"), make_company("Lark")
    move = make_move(origin=tern, destination=lark)

    def total() -> int:
        connection.check_constraints()  # what is noted at the end of a transaction is noted now
        answer = ways("/api/v1/flows/")
        assert ways("/api/v1/flows/") == answer
        return int(answer["total"]["moves"])

    assert total() == 1
    make_move(origin=tern, destination=lark)
    assert total() == 2
    Move.objects.filter(pk=move.pk).update(visibility="hidden")
    assert total() == 1
    Company.objects.filter(pk=tern.pk).update(name="Tern Robotics")
    connection.check_constraints()
    assert ways("/api/v1/flows/")["from"][0]["name"] == "Tern Robotics"


def test_a_matrix_changes_where_the_tallies_are_mended(ways: Ways) -> None:
    make_move()
    PairTally.objects.update(moves=7)
    CompanyTally.objects.update(moves=7)
    assert ways("/api/v1/flows/")["total"]["moves"] == 7
    repair()
    assert ways("/api/v1/flows/")["total"]["moves"] == 1


def test_who_holds_a_matrix_is_not_sent_it_again(ways: Ways, client: Client) -> None:
    make_move()
    tag = client.get("/api/v1/flows/")["ETag"]
    assert ways("/api/v1/flows/", **{"If-None-Match": tag}).status_code == 304


# ------------------------------------------------------------------ quotes


@pytest.fixture
def quotes() -> list[Claim]:
    """Five quotes of Tern, the newest last; one of them is in Chinese and one is of pay."""
    written = [f"Ada Quill, Tern's chief scientist number {number}, left." for number in range(3)]
    claims = [make_claim(quote=text, prefix="", suffix="") for text in written]
    claims.append(make_claim(quote="燕鸥 Tern 的首席科学家奎尔离职", article=make_article(language="zh")))
    for claim in claims:
        make_move(make_person(), claim=claim)
    claims.append(make_report(claim=make_claim(quote="Tern pays its scientists well.")).lead_claim)
    index_missing(again=True)
    return claims


def found(answer: dict[str, Any]) -> list[str]:
    return [claim["id"] for claim in answer["results"]]


def test_quotes_of_a_world_are_found_alike(ways: Ways) -> None:
    make_world(World(moves=60, seed=3), now=timezone.now())
    names = list(Move.objects.exclude(person=None).values_list("person__name", flat=True)[:5])
    for words in ("joined", "chief scientist", '"left"', "加入", "nowhere at all", "joined -left", *names):
        for asked in ("", "&limit=3"):
            answer = ways(f"/api/v1/claims/?q={quote(words)}{asked}")
            for _ in range(3):
                if answer["next"]:
                    there = urlsplit(answer["next"])
                    answer = ways(f"{there.path}?{there.query}")


def test_quotes_are_walked_from_the_newest_on(ways: Ways, quotes: list[Claim]) -> None:
    newest_first = [claim.public_id for claim in reversed(quotes)]
    page = ways("/api/v1/claims/?q=tern&limit=2")
    assert found(page) == newest_first[:2]
    there = urlsplit(page["next"])
    second = ways(f"{there.path}?{there.query}")
    assert found(second) == newest_first[2:4]
    back = urlsplit(second["previous"])
    assert found(ways(f"{back.path}?{back.query}", left=True)) == newest_first[:2]


def test_what_is_hidden_or_rejected_is_found_on_neither_way(ways: Ways, quotes: list[Claim]) -> None:
    Move.objects.filter(lead_claim=quotes[0]).update(visibility="hidden")
    Claim.objects.filter(pk=quotes[1].pk).update(review="rejected")
    assert found(ways("/api/v1/claims/?q=tern")) == [claim.public_id for claim in reversed(quotes[2:])]
    # There are more than were looked at, of which some are not to be shown.
    assert len(found(ways("/api/v1/claims/?q=tern&limit=4", left=True))) == 3


def test_a_claim_that_its_article_no_longer_makes_is_marked_alike(ways: Ways, quotes: list[Claim]) -> None:
    article = quotes[0].article
    Article.objects.filter(pk=article.pk).update(replaced_at=timezone.now())
    make_article(version_of=article, version=2, state=Article.State.RECORDED)
    newest = ways("/api/v1/claims/?q=tern")["results"]
    assert [claim["no_longer_since"] is not None for claim in newest] == [False] * 4 + [True]


@pytest.mark.parametrize("publish", ["reviewed", "0.95"])
def test_what_is_not_published_is_found_on_neither_way(
    ways: Ways, quotes: list[Claim], settings: Any, publish: str
) -> None:
    settings.PUBLISH = publish
    Move.objects.filter(lead_claim=quotes[2]).update(reviewed=True, confidence=0.99)
    assert found(ways("/api/v1/claims/?q=tern")) == [quotes[2].public_id]


@pytest.mark.parametrize(
    "asked", ["", "?q=", "?q=%20", "?q=-tern", "?q=tern&sort=oldest", "?q=tern&limit=0", "?q=tern&cursor=x", "?q=%00"]
)
def test_what_is_out_of_the_ordinary_is_left_to_the_general_way(ways: Ways, quotes: list[Claim], asked: str) -> None:
    ways(f"/api/v1/claims/{asked}", left=True)
