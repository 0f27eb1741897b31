"""Arranging many articles at once leaves the rows that arranging them one by one leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from articles import editions
from articles.ingest import hash_of
from articles.models import Article, Snapshot, Source
from articles.stories import join_story
from articles.together import arrange_together
from tests.test_stories import CHINESE, OTHER, WIRE

pytestmark = pytest.mark.django_db

START = datetime(2025, 3, 1, 9, tzinfo=UTC)
Arrange = Callable[[Sequence[Article]], set[int]]


def arrive(text: str, day: int, address: str = "") -> Article:
    """An article nobody has arranged yet, seen on that day."""
    source, _ = Source.objects.get_or_create(slug="a", name="A")
    when = START + timedelta(days=day)
    found = Article.objects.create(
        public_id=hash_of(text)[:12], content_hash=hash_of(text), text=text, title="T", source=source,
        address=f"https://{address}", address_key=address, retrieved_at=when, published_at=when, language="en",
    )  # fmt: skip
    if address:
        Snapshot.objects.create(
            address=found.address, sha256=found.content_hash, retrieved_at=when, checked_at=when, state="stored",
            address_key=address, article=found,
        )  # fmt: skip
    return found


def one_by_one(articles: Sequence[Article]) -> set[int]:
    return {pk for each in articles for pk in (*join_story(each), *editions.arrange(each))}


def outcome(arrange: Arrange, texts: Sequence[tuple[Any, ...]], *, before: int) -> list[Any]:
    """All that arranging writes, where the first so many texts had been arranged before the others came."""
    arrange([arrive(*given) for given in texts[:before]])
    arrange([arrive(*given) for given in texts[before:]])
    fields = ("text", "original__text", "version_of__text", "version", "replaced_at", "bands", "signature")
    rows = [(*row[:-1], bytes(row[-1] or b"")) for row in Article.objects.order_by("text").values_list(*fields)]
    Snapshot.objects.all().delete()
    Article.objects.all().delete()
    return rows


TEXTS = [
    (WIRE, 2, "a.example/wire"),
    (WIRE + " Copy one.", 1, "b.example/wire"),
    ("Ada left.", 3, "c.example/ada"),
    ("Ada left on Monday.", 5, "c.example/ada"),
    (OTHER, 1),
]


@pytest.mark.parametrize("before", [0, 2, 4])
def test_it_writes_what_the_single_way_writes_in_any_order(before: int) -> None:
    orders = list(permutations(TEXTS))[::17]
    expected = outcome(one_by_one, TEXTS, before=0)
    assert [row for row in expected if row[1] or row[2]]
    for order in orders:
        assert outcome(arrange_together, order, before=before) == expected


def test_it_names_the_articles_whose_original_changed() -> None:
    late = arrive(WIRE, 9)
    assert arrange_together([late]) == set()
    assert arrange_together([arrive(WIRE + " Copy one.", 1), arrive(OTHER, 1)]) == {late.pk}


def test_an_article_that_leads_a_story_is_not_alone() -> None:
    first, copy = arrive(WIRE, 1), arrive(WIRE + " Copy one.", 2)
    arrange_together([first, copy])
    first.refresh_from_db()
    assert arrange_together([first]) == set()
    copy.refresh_from_db()
    assert copy.original_id == first.pk


def test_it_knows_the_row_better_than_the_reader_does() -> None:
    stale = arrive(WIRE, 2)
    arrange_together([Article.objects.get(pk=stale.pk), arrive(WIRE + " Copy one.", 1)])
    arrange_together([stale])
    assert stale.original_id is not None


def test_articles_alone_take_no_statement_each(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    texts = (WIRE, CHINESE, OTHER, *(f"Note {n}." for n in range(40)))
    articles = [arrive(text, n, f"a.example/{n}") for n, text in enumerate(texts)]
    with django_assert_max_num_queries(8):
        arrange_together(articles)
    assert Article.objects.exclude(bands=[]).count() == 3
