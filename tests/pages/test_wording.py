"""Facts as sentences: what is only talk is never worded as if it had happened, and the source is in the sentence."""

from __future__ import annotations

import pytest
from django.utils import translation
from jinja2.filters import do_striptags as plain

from talent.templatetags.wording import after, before, cohort_size, sentence, source_words
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


def _said(fact: object, language: str = "en") -> str:
    with translation.override(language):
        return plain(sentence(fact))


@pytest.mark.parametrize(
    ("status", "english", "chinese"),
    [
        ("reported", "Ada Quill left Northwind AI for Lanternlight", "Ada Quill离开Northwind AI，加入Lanternlight"),
        ("planned", "Planned: Ada Quill to leave Northwind AI for Lanternlight", "计划：Ada Quill将离开"),
        ("rumoured", "Rumoured: Ada Quill left Northwind AI for Lanternlight", "传闻：Ada Quill离开"),
        ("denied", "Denied: Ada Quill left Northwind AI for Lanternlight", "被否认：Ada Quill离开"),
        ("declined", "Ada Quill of Northwind AI turned down Lanternlight", "Northwind AI的Ada Quill谢绝了Lanternlight"),
    ],
)
def test_it_words_a_move_by_its_status(status: str, english: str, chinese: str) -> None:
    ends = {"origin": make_company("Northwind AI"), "destination": make_company("Lanternlight")}
    move = make_move(make_person("Ada Quill"), status=status, **ends)
    assert _said(move) == f"{english}, according to two people"
    assert chinese in _said(move, "zh-hans")


@pytest.mark.parametrize(
    ("kind", "ends", "words"),
    [
        ("founding", {"origin": "Tern AI"}, "left Tern AI to start a new company"),
        ("founding", {"origin": "Tern AI", "destination": "Fernhill"}, "left Tern AI to start Fernhill"),
        ("return", {"destination": "Fernhill"}, "returned to Fernhill"),
        ("departure", {"origin": "Tern AI"}, "left Tern AI"),
        ("acquihire", {"destination": "Fernhill"}, "came to Fernhill as part of a deal"),
        ("departure", {"origin": "Tern AI", "destination": "Fernhill"}, "left Tern AI for Fernhill"),
    ],
)
def test_it_words_a_move_by_its_kind_and_ends(kind: str, ends: dict[str, str], words: str) -> None:
    companies = {side: make_company(name) for side, name in ends.items()}
    move = make_move(make_person("Bo Marsh"), kind=kind, **{"origin": None, "destination": None, **companies})
    assert _said(move) == f"Bo Marsh {words}, according to two people"


def test_it_names_a_group_by_its_bounds() -> None:
    bounds = {"cohort_min": 7, "cohort_of": 14}
    move = make_move(cohort_text="at least 7 of the 14 authors", origin=make_company(), **bounds)
    assert cohort_size(move) == "at least 7 of 14 people"
    with translation.override("zh-hans"):
        assert cohort_size(move) == "14人中的至少7人"


def test_a_sentence_opens_with_a_capital() -> None:
    group = make_move(cohort_text="at least 7 authors", cohort_min=7, origin=make_company("Tern AI"))
    assert _said(group).startswith("At least 7 people left Tern AI")
    group.status = "rumoured"
    assert _said(group).startswith("Rumoured: at least 7 people left Tern AI")


def test_it_quotes_a_group_that_nobody_counted() -> None:
    move = make_move(cohort_text="most of the staff", origin=make_company("Tern AI"))
    assert '<q lang="en">most of the staff</q>' in sentence(move)


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [
        ("unnamed", 2, "2 unnamed sources (两名知情人士)"),
        ("unnamed", 1, "1 unnamed source (两名知情人士)"),
        ("unnamed", None, "sourcing that is not named (两名知情人士)"),
        ("company", None, "a company statement (两名知情人士)"),
        ("person", None, "两名知情人士"),
    ],
)
def test_it_never_makes_more_sources_than_the_article_counts(kind: str, count: int | None, words: str) -> None:
    article = make_article(language="zh")
    said = {"attribution": "两名知情人士", "attribution_kind": kind, "attribution_count": count}
    assert plain(source_words(make_claim(article=article, **said))) == words


def test_it_names_the_outlet_where_the_article_speaks_for_itself() -> None:
    claim = make_claim(attribution="", attribution_kind="article")
    assert _said(make_move(claim=claim)).endswith(", as The Daily Ledger reports")


def test_it_calls_an_uploaded_file_by_no_outlets_name() -> None:
    article = make_article(source=make_source("Uploads", kind="upload", host=""))
    claim = make_claim(article=article, attribution="", attribution_kind="article")
    assert _said(make_move(claim=claim)).endswith(", as an uploaded text reports")


def test_it_words_pay() -> None:
    report = make_report(make_company("Tern AI"), population="senior researchers")
    assert _said(report).startswith("Offered by Tern AI to senior researchers: $1 million to $2 million per year")


def test_it_marks_pay_that_was_only_rumoured() -> None:
    assert _said(make_report(status="rumoured")).startswith("Rumoured: Offered by")


def test_it_words_a_signal() -> None:
    signal = make_signal(make_company("Tern AI"), metric="layoffs", value_min=200, team="Research")
    assert _said(signal).startswith("Layoffs at Tern AI (Research): at least 200 people")


@pytest.mark.parametrize(
    ("language", "start", "prefix", "suffix", "shown"),
    [
        ("en", 90, "zen arrivals. ", ", under a deal wi", ("arrivals. ", ", under a deal")),
        ("en", 14, "Ten arrivals. ", ".", ("Ten arrivals. ", ".")),
        ("zh", 90, "据 OpenAI 说，", "。另据 Me", ("据 OpenAI 说，", "。另据 Me")),
    ],
)
def test_it_cuts_the_context_of_a_quote_between_words(
    language: str, start: int, prefix: str, suffix: str, shown: tuple[str, str]
) -> None:
    claim = make_claim(
        article=make_article(language=language), start=start, end=start + 9, prefix=prefix, suffix=suffix
    )
    assert (before(claim), after(claim)) == shown


def test_it_escapes_what_an_article_says() -> None:
    claim = make_claim(attribution="<script>alert(1)</script>")
    assert "<script>" not in sentence(make_move(claim=claim))
