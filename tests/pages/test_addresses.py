"""Addresses that pages are made of."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from talent.templatetags.addresses import original, text_fragment, without
from talent.views.lists import tidied
from tests.factories import make_article, make_claim


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("left for Tern-AI, Inc", "left%20for%20Tern%2DAI%2C%20Inc"),
        ("a\nb", "a%20b"),
        (" ".join(f"w{n}" for n in range(40)), "w0%20w1%20w2%20w3%20w4,w35%20w36%20w37%20w38%20w39"),
    ],
)
def test_it_points_at_a_quote_by_a_text_fragment(quote: str, fragment: str) -> None:
    assert text_fragment(quote) == fragment


def test_it_names_a_long_chinese_quote_by_its_ends() -> None:
    start, end = text_fragment("甲" * 60 + "乙" * 60).split(",")
    assert start == "%E7%94%B2" * 14
    assert end == "%E4%B9%99" * 14


@pytest.mark.django_db
def test_it_has_no_address_for_an_uploaded_file() -> None:
    assert original(make_claim(article=make_article(address="file:notes.txt"))) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "tidy"),
    [
        ("q=&from=&to=meta", "to=meta"),
        ("from=Google+DeepMind", "from=google-deepmind"),
        ("to=%E8%B0%B7%E6%AD%8C", "to=google"),
        ("kind=hire&kind=&kind=return", "kind=hire&kind=return"),
    ],
)
def test_it_makes_an_address_worth_sharing(asked: str, tidy: str) -> None:
    assert tidied(QueryDict(asked)).urlencode() == tidy


def test_it_takes_one_filter_off_and_goes_back_to_the_beginning() -> None:
    assert without(QueryDict("kind=hire&kind=return&cursor=x"), "kind", "hire") == "?kind=return"
