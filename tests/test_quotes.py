"""Full text search over quotes: what is found, in which order, and how it is kept."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from talent.filters.names import claims_quoting
from talent.models import Claim, QuoteWords
from talent.quotes import index_missing, index_quotes
from talent.words import asked_for, vector
from tests.factories import make_article, make_claim
from tests.knowledge import ingest, sample_names

pytestmark = pytest.mark.django_db

QUOTES = {
    "en": "Ada Quill has left Northwind AI's hiring team",
    "zh": "多名研究員已離開OpenAI",
    "mix": "加入灯光的 Ada Quill 获得 3000 万美元",
}


@pytest.fixture
def claims() -> dict[str, Claim]:
    return {name: make_claim(article=make_article(quote), quote=quote) for name, quote in QUOTES.items()}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("quill", "en mix"),
        ("QUILL ADA", "en mix"),
        ("northwind hire", "en"),
        ("lef", "en"),
        ('"quill has left"', "en"),
        ('"left quill"', ""),
        ("quill -northwind", "mix"),
        ("研究员", "zh"),
        ("离开OpenAI", "zh"),
        ("離開 openai", "zh"),
        ("究员已", "zh"),
        ("员", "zh"),
        ("开", "zh"),
        ("研究已", ""),
        ("3000万", "mix"),
        ("3000 美元", "mix"),
        ("tern", ""),
        ("the", ""),
        ("%", ""),
    ],
)
def test_it_finds_quotes(claims: dict[str, Claim], words: str, found: str) -> None:
    assert set(claims_quoting(words)) == {claims[name] for name in found.split()}


def test_what_editors_rejected_is_not_found(claims: dict[str, Claim]) -> None:
    Claim.objects.filter(pk=claims["en"].pk).update(review="rejected")
    assert set(claims_quoting("quill")) == {claims["mix"]}


def test_recording_keeps_the_words_of_new_quotes() -> None:
    ingest(sample_names()[0])
    assert Claim.objects.exists()
    for claim in Claim.objects.select_related("quoted"):
        assert re.findall(r"'([^']+)'", claim.quoted.words) == sorted(re.findall(r"'([^']+)'", vector(claim.quote)))


def test_quotes_that_came_without_words_get_them(claims: dict[str, Claim]) -> None:
    QuoteWords.objects.exclude(claim=claims["en"]).delete()
    assert index_missing() == 2
    assert index_missing() == 0
    assert set(claims_quoting("openai")) == {claims["zh"]}


def test_it_stops_where_it_is_told(claims: dict[str, Claim], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talent.quotes.BATCH", 1)
    QuoteWords.objects.all().delete()
    assert index_missing(enough=lambda: True) == 1


def test_all_are_cut_again_where_words_are_cut_otherwise(claims: dict[str, Claim]) -> None:
    QuoteWords.objects.update(words="'old':1")
    call_command("index_quotes", again=True, verbosity=0)
    assert set(claims_quoting("quill")) == {claims["en"], claims["mix"]}
    assert not claims_quoting("old")


def test_a_claim_takes_its_words_along(claims: dict[str, Claim]) -> None:
    claims["en"].delete()
    assert QuoteWords.objects.count() == 2


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_database_reads_whatever_is_cut(quote: str, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector(quote), str(asked_for(words))])


def test_indexing_nothing_asks_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        index_quotes([])
