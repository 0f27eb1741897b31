"""One box for everything."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.factories import (
    make_article,
    make_claim,
    make_company,
    make_move,
    make_person,
    make_report,
    make_signal,
)
from tests.pages.conftest import Read, hrefs, words

GROUPS = ("people", "companies", "moves", "quotes", "compensation", "signals", "articles")


@pytest.mark.parametrize("asked", ["quill", "阿达", "奎尔"])
def test_it_finds_people_in_any_script(read: Read, asked: str) -> None:
    make_person("Ada Quill", name_zh="阿达·奎尔")
    [hit] = read(f"/search?q={asked}").cssselect("section[aria-labelledby=people] li")
    assert words(hit) == "Ada Quill 阿达·奎尔"


_numbers = count()


def said(quote: str, kind: str = "move", **fields: Any) -> Any:
    """A claim with that quote."""
    return make_claim(kind, article=make_article(f"{quote}. {next(_numbers)}", **fields), quote=quote)


def test_it_finds_something_of_every_kind(read: Read) -> None:
    tern = make_company("Tern AI")
    make_move(make_person("Bo Tern"), claim=said("Tern AI hired her", title="Tern again"), destination=tern)
    make_report(claim=said("Tern AI pays a million", "compensation"))
    make_signal(claim=said("Tern AI has 300 people", "signal"))
    page = read("/search?q=tern")
    assert [section.get("aria-labelledby") for section in page.cssselect("main section")] == list(GROUPS)
    assert list(hrefs(page.cssselect("nav.groups")[0])) == [f"#{group}" for group in GROUPS]


def test_it_finds_facts_about_those_who_are_found(read: Read) -> None:
    tern = make_company("Tern AI")
    quiet = said("She has joined them")
    make_move(claim=quiet, destination=tern)
    make_report(tern, claim=said("They pay a million", "compensation"))
    page = read("/search?q=tern")
    assert page.cssselect("section[aria-labelledby=moves] .fact")
    assert page.cssselect("section[aria-labelledby=compensation] .fact")
    assert not page.cssselect("section[aria-labelledby=quotes]")


def test_it_marks_the_words_in_quotes(read: Read) -> None:
    make_move(claim=said("Ada <b>Quill</b> has left & joined"))
    [quote] = read('/search?q="left+joined"+quill').cssselect(".quotes blockquote")
    assert [mark.text for mark in quote.cssselect("mark")] == ["Quill", "left & joined"]
    assert words(quote) == "Ada <b>Quill</b> has left & joined"


def test_a_word_with_a_minus_is_left_out(read: Read) -> None:
    make_move(claim=said("Ada Quill has left"))
    make_move(claim=said("Ada Quill stays"))
    [quote] = read("/search?q=quill+-stays").cssselect(".quotes blockquote")
    assert words(quote) == "Ada Quill has left"


def test_it_finds_nothing_hidden(read: Read) -> None:
    ada = make_person("Ada Quill", visibility="hidden")
    make_move(ada, claim=make_claim(article=make_article(title="A move"), quote="Ada Quill left"), visibility="hidden")
    make_move(ada, claim=make_claim(article=make_article(title="Again"), quote="Ada Quill has joined"))
    assert "Nothing was found for “quill”" in words(read("/search?q=quill"))


@pytest.mark.parametrize("asked", ["", "%20", "%00", "%27%22%3C%3E", "%25%25", "x" * 3000, "the", "-the", '"', "a%00b"])
def test_it_takes_any_words(read: Read, asked: str) -> None:
    read(f"/search?q={asked}")


def test_it_asks_whether_another_name_was_meant(read: Read) -> None:
    make_person("Mark Zuckerberg")
    page = read("/search?q=Mark+Zukerberg")
    assert "Mark Zuckerberg" in words(page.cssselect("section.meant")[0])
    assert not read("/search?q=Zuckerberg").cssselect("section.meant")


def test_it_leads_on_where_more_is_found(read: Read) -> None:
    for number in range(12):
        make_move(make_person(f"Ada Quill {number}"), claim=said("Quill moves"))
    page = read("/search?q=quill")
    assert len(page.cssselect("section[aria-labelledby=people] li")) == 10
    more = [a.get("href") for a in page.cssselect(".more-link a")]
    assert {"/people/?q=quill", "/moves/?q=quill", "/quotes/?q=quill"} <= set(more)
    for address in more:
        read(str(address))


@pytest.mark.parametrize("rows", [1, 12])
def test_it_makes_nine_queries(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move(destination=make_company("Quill & Co") if _ == 0 else make_company())
        make_report(claim=said("Quill pays", "compensation"))
    with django_assert_num_queries(9):
        read("/search?q=quill")


def test_it_tells_apart_who_has_one_name(read: Read) -> None:
    make_move(
        make_person("Wei Quill"), origin=make_company("Lantern"), destination=make_company("Tern AI"), date="2025"
    )
    make_move(make_person("Wei Quill"), origin=make_company("Cobalt"), destination=None, date="")
    found = {words(li) for li in read("/search?q=Wei+Quill").cssselect("section[aria-labelledby=people] li")}
    assert any("Lantern" in each and "Tern AI" in each and "2025" in each for each in found)
    assert any("Cobalt" in each for each in found)


def test_it_leads_on_from_the_names_among_the_words(read: Read) -> None:
    lantern, tern = make_company("Lanternlight"), make_company("Tern AI")
    make_move(origin=lantern, destination=tern)
    page = read("/search?q=lanternlight+offer+stock")
    assert "One word alone" in words(page.cssselect(".empty")[0])
    assert "/search?q=stock" in hrefs(page)
    assert "/compensation/?company=lanternlight" in hrefs(page)
    between = read("/search?q=from+Lanternlight+to+Tern+AI")
    assert len(between.cssselect("section[aria-labelledby=between] tbody.fact")) == 1
    assert "/companies/lanternlight/with/tern-ai/" in hrefs(between)


# ------------------------------------------------------------------ the list of quotes


def test_quotes_have_a_list_of_their_own(read: Read) -> None:
    for number in range(60):
        make_move(claim=said(f"Quill moves for the {number}th time"))
    page = read("/quotes/?q=quill&kind=move")
    assert len(page.cssselect(".quotes blockquote")) == 50
    assert words(page.cssselect(".quotes blockquote mark")[0]) == "Quill"
    following = next(href for href in hrefs(page) if "cursor=" in href)
    assert len(read(f"/quotes/{following}" if following.startswith("?") else following).cssselect(".quotes li")) == 10


@pytest.mark.parametrize("asked", ["", "q=the", "q=%22", "kind=signal"])
def test_the_list_of_quotes_takes_any_words(read: Read, asked: str) -> None:
    make_move()
    read(f"/quotes/?{asked}")


@pytest.mark.parametrize("asked", ["q=a%00b", "kind=nonsense", "nonsense=1", "cursor=x", "q=" + "a" * 201])
def test_the_list_of_quotes_refuses_what_cannot_be_asked(read: Read, asked: str) -> None:
    read(f"/quotes/?{asked}", 400)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_quotes_makes_one_query(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move()
    with django_assert_num_queries(1):
        read("/quotes/?q=quill")
