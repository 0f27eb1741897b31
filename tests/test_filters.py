"""What each parameter of each list finds, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from articles.models import Article, Source
from talent import filters, keyset
from talent.models import Claim, Company, CompensationReport, Move, Person, Signal
from tests.factories import (
    make_article,
    make_claim,
    make_company,
    make_move,
    make_person,
    make_report,
    make_signal,
    make_source,
)

pytestmark = pytest.mark.django_db


def ask(filterset, model, query):
    """The rows a query finds; the query must be a good one."""
    asked = filterset(QueryDict(query), model.objects.all())
    assert asked.is_valid(), asked.errors
    return list(asked.qs)


def errors(filterset, query):
    asked = filterset(QueryDict(query), filterset_model(filterset).objects.all())
    return {} if asked.is_valid() else {name: list(messages) for name, messages in asked.errors.items()}


def filterset_model(filterset):
    return {
        filters.MoveFilter: Move,
        filters.CompensationReportFilter: CompensationReport,
        filters.SignalFilter: Signal,
        filters.CompanyFilter: Company,
        filters.PersonFilter: Person,
        filters.ArticleFilter: Article,
        filters.SourceFilter: Source,
        filters.ClaimFilter: Claim,
    }[filterset]


ALL = [
    filters.MoveFilter,
    filters.CompensationReportFilter,
    filters.SignalFilter,
    filters.CompanyFilter,
    filters.PersonFilter,
    filters.ArticleFilter,
    filters.SourceFilter,
    filters.ClaimFilter,
]


@pytest.fixture
def moves():
    """Two moves that differ in everything: a hire of a named person, and a group that left."""
    northwind = make_company("Northwind AI", name_zh="北风智能", aliases=("NW",))
    lantern = make_company("Lanternlight", name_zh="灯光")
    chinese = make_article(language="zh", text="据报道，多名研究员已离开灯光。")
    return {
        "ada": make_move(
            make_person("Ada Quill", name_zh="阿达·奎尔", aliases=("A. Quill",)),
            origin=northwind, destination=lantern, date="2024-03-18/2024-03-24", kind="hire",
            status="confirmed", reporters=3, role_family="research",
        ),
        "group": make_move(
            claim=make_claim(article=chinese, quote="多名研究员已离开灯光", status="rumoured"),
            origin=lantern, cohort_text="多名研究员", date="", sort_date=date(2025, 6, 1), kind="departure",
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "group ada"),
        ("sort=oldest", "ada group"),
        ("q=", "group ada"),
        ("q=quill", "ada"),
        ("q=QUILL", "ada"),
        ("q=阿达", "ada"),
        ("q=奎尔", "ada"),
        ("q=adaquill", "ada"),
        ("q=北风", "ada"),
        ("q=nw", "ada"),
        ("q=lanternlight", "group ada"),
        ("q=研究员", "group"),
        ("q=left+northwind", "ada"),
        ("q=no+such+thing", ""),
        ("q=%25", ""),
        ("q=_", ""),
        ("q=.*", ""),
        ("q=%5C", ""),
        ("person=ada-quill-PID", "ada"),
        ("company=northwind-ai", "ada"),
        ("company=lanternlight", "group ada"),
        ("company=nobody", ""),
        ("from=northwind-ai", "ada"),
        ("from=lanternlight", "group"),
        ("to=lanternlight", "ada"),
        ("from=northwind-ai&to=lanternlight", "ada"),
        ("kind=hire", "ada"),
        ("kind=hire&kind=departure", "group ada"),
        ("status=confirmed", "ada"),
        ("status=rumoured&status=denied", "group"),
        ("after=2024-03-20", "group ada"),
        ("after=2024-03-25", "group"),
        ("after=2025-07", ""),
        ("after=9999", ""),
        ("before=2024-02", ""),
        ("before=2024-12", "ada"),
        ("before=9999-12", "group ada"),
        ("before=2024-03-18", "ada"),
        ("before=2024-03-17", ""),
        ("before=2024", "ada"),
        ("after=2024-03&before=2024-03", "ada"),
        ("year=2024", "ada"),
        ("year=2025", ""),
        ("language=zh", "group"),
        ("language=en", "ada"),
        ("min_reporters=2", "ada"),
        ("role=research", "ada"),
        ("role=research&role=product", "ada"),
        ("role=policy", ""),
        ("sort=reporters", "ada group"),
        ("sort=added", "group ada"),
        ("cohort=yes", "group"),
        ("cohort=no", "ada"),
        ("limit=5&cursor=x", "group ada"),
    ],
)
def test_it_finds_moves(moves, query, found):
    query = query.replace("PID", moves["ada"].person.public_id[:5])
    assert ask(filters.MoveFilter, Move, query) == [moves[name] for name in found.split()]


@pytest.fixture
def reports():
    upto = {"amount_min": None, "amount_max": 100_000_000, "period": "multi_year:4", "component": "equity"}
    over = {"amount_min": 500_000, "amount_max": None, "currency": "CNY", "kind": "typical"}
    return {
        "range": make_report(make_company("Lanternlight"), date="2024"),
        "upto": make_report(date="", **upto),
        "over": make_report(date="2023-09/2023-11", **over),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("company=lanternlight", "range"),
        ("q=lantern", "range upto over"),  # the quote names it, too
        ("kind=typical", "over"),
        ("component=bonus&component=equity", "upto"),
        ("period=multi_year", "upto"),
        ("period=year", "range over"),
        ("currency=cny", "over"),
        ("min_amount=1500000", "upto range"),
        ("min_amount=500000.00", "upto range over"),
        ("year=2024", "range"),
        ("after=2023-12&before=2024", "range"),
        ("status=reported", "upto range over"),
    ],
)
def test_it_finds_compensation(reports, query, found):
    got = ask(filters.CompensationReportFilter, CompensationReport, query)
    assert {row.pk for row in got} == {reports[name].pk for name in found.split()}


def test_it_finds_signals():
    lantern = make_company("Lanternlight")
    headcount, layoffs = make_signal(lantern, date="2024"), make_signal(metric="layoffs", date="2023")
    assert ask(filters.SignalFilter, Signal, "metric=layoffs") == [layoffs]
    assert ask(filters.SignalFilter, Signal, "company=lanternlight") == [headcount]
    assert ask(filters.SignalFilter, Signal, "year=2023") == [layoffs]


@pytest.mark.parametrize("query", ["q=北风", "q=NORTHWIND", "q=northwindai", "q=北風", "q=ind+AI"])
def test_it_finds_companies_by_any_name(query):
    northwind, _ = make_company("Northwind AI", aliases=("北风智能", "北风")), make_company("Lanternlight")
    assert ask(filters.CompanyFilter, Company, query) == [northwind]


def test_it_sorts_companies_by_name_whatever_the_case():
    names = ["beta", "Alpha", "gamma"]
    for name in names:
        make_company(name)
    assert [c.name for c in ask(filters.CompanyFilter, Company, "")] == ["Alpha", "beta", "gamma"]
    assert [c.name for c in ask(filters.CompanyFilter, Company, "sort=-name")] == ["gamma", "beta", "Alpha"]


def test_it_finds_people_by_name_and_by_company():
    ada, bo = make_person("Ada Quill"), make_person("Bo Reed")
    lantern = make_company("Lanternlight")
    make_move(ada, destination=lantern)
    make_move(bo, origin=lantern, visibility="hidden")
    assert ask(filters.PersonFilter, Person, "q=reed") == [bo]
    assert ask(filters.PersonFilter, Person, "company=lanternlight") == [ada]


def test_it_finds_nothing_through_a_hidden_company():
    make_move(destination=make_company("Lanternlight", visibility="hidden"))
    assert ask(filters.MoveFilter, Move, "to=lanternlight") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "new old undated"),
        ("sort=oldest", "undated old new"),
        ("source=the-evening-lamp", "new"),
        ("language=zh", "new"),
        ("state=failed", "old"),
        ("q=RAISES+pay", "old"),
    ],
)
def test_it_finds_articles(query, found):
    from datetime import UTC, datetime

    rows = {
        "old": make_article(state="failed", title="Lanternlight raises pay"),
        "new": make_article(
            source=make_source("The Evening Lamp"), language="zh", published_at=datetime(2026, 1, 1, tzinfo=UTC)
        ),
        "undated": make_article(published_at=None, retrieved_at=datetime(2020, 1, 1, tzinfo=UTC)),
    }
    assert ask(filters.ArticleFilter, Article, query) == [rows[name] for name in found.split()]


def test_it_finds_claims():
    pay, move = make_claim("compensation", attribution_kind="company"), make_claim(origin="editor")
    assert ask(filters.ClaimFilter, Claim, "kind=compensation") == [pay]
    assert ask(filters.ClaimFilter, Claim, "origin=editor&origin=model") == [move]
    assert ask(filters.ClaimFilter, Claim, "attribution_kind=company") == [pay]
    assert ask(filters.ClaimFilter, Claim, f"article={pay.article.public_id}") == [pay]
    assert ask(filters.ClaimFilter, Claim, "q=has+left&sort=oldest") == [pay, move]


def test_it_finds_sources():
    lamp, _ = make_source("The Evening Lamp", language="zh"), make_source()
    assert ask(filters.SourceFilter, Source, "q=lamp") == [lamp]
    assert ask(filters.SourceFilter, Source, "language=zh") == [lamp]


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("kid=hire", "__all__", "did you mean “kind”?"),
        ("form=x", "__all__", "did you mean “from”?"),
        ("xyzzy=1", "__all__", "only: q, status"),
        ("%00=1", "__all__", "no parameter"),
        ("kind=hired", "kind", "hire, departure"),
        ("kind=hire,departure", "kind", "hire, departure"),
        ("status=", None, ""),
        ("cohort=maybe", "cohort", "yes, no"),
        ("sort=random", "sort", "newest, oldest"),
        ("year=abc", "year", "whole number"),
        ("year=0", "year", "1950"),
        ("year=99999999999999999999", "year", "2100"),
        ("year=2024&year=2025", "year", "once"),
        ("after=2024-13", "after", "2024-03-18"),
        ("after=2024-3", "after", "2024-03-18"),
        ("after=0000", "after", "2024-03-18"),
        ("before=yesterday", "before", "2024-03-18"),
        ("before=２０２４", "before", "2024-03-18"),
        ("min_reporters=-1", "min_reporters", "1"),
        ("period=week", "__all__", "no parameter"),
        ("min_reporters=1e9", "min_reporters", "whole number"),
        ("q=" + "a" * 201, "q", "200"),
        ("q=a%00b", "q", "Null"),
        ("person=" + "a" * 161, "person", "160"),
        ("language=fr", "language", "en, zh"),
    ],
)
def test_it_says_what_is_wrong_with_a_parameter(query, parameter, words):
    found = errors(filters.MoveFilter, query)
    assert list(found) == ([parameter] if parameter else [])
    assert words in "".join(message for messages in found.values() for message in messages)


@pytest.mark.parametrize(
    "query", ["currency=dollars", "currency=U$D", "min_amount=-1", "min_amount=NaN", "period=week"]
)
def test_it_refuses_impossible_pay(query):
    assert errors(filters.CompensationReportFilter, query)


@pytest.mark.parametrize("filterset", ALL)
@pytest.mark.parametrize("query", ["nonsense=1", "sort=sideways", "q=" + "x" * 300])
def test_every_list_refuses_nonsense(filterset, query):
    assert errors(filterset, query)


@pytest.mark.parametrize("filterset", ALL)
def test_every_list_has_an_order_that_is_a_key(filterset):
    for order in filterset.ORDERS.values():
        assert order[-1].lstrip("-") == "id"
        assert len({field.startswith("-") for field in order}) == 1


@pytest.mark.parametrize("query", ["", "company=lanternlight", "company=lanternlight&q=quill", "q=quill&kind=hire"])
def test_it_gives_a_page_what_it_gives_at_once(moves, query):
    asked = filters.MoveFilter(QueryDict(query), Move.objects.all())
    page = keyset.paginate(asked.rows, query="moves?", either=asked.either)
    assert page.rows == list(asked.qs)
