"""Texts that one address gave at different times are versions of one article, whatever the order they came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from articles import editions, ingest
from articles.models import Article, Snapshot, Source
from articles.parse import ParsedArticle
from articles.stories import join_story

pytestmark = pytest.mark.django_db

START = datetime(2025, 3, 1, 9, tzinfo=UTC)
HOME = "https://news.example/quill"
PARSED = ParsedArticle(
    text="", title="Quill leaves", author="", publisher="", published_at=START, published_on=START.date(),
    modified_at=None, language="en", address="",
)  # fmt: skip


def see(text: str, hour: int, fetched: str = HOME, **parsed: Any) -> Article:
    """The address gives that text at that hour, and the article is numbered as recording numbers it."""
    when = START + timedelta(hours=hour)
    given = replace(PARSED, text=text, **parsed)
    snapshot = Snapshot.objects.create(
        address=fetched, sha256=f"{hour:064x}", retrieved_at=when, checked_at=when, state="awaiting_parse"
    )
    article, _ = ingest.store(given, snapshot)
    Snapshot.objects.filter(pk=snapshot.pk).update(state="stored", article=article)
    number()
    return article


def number() -> None:
    """What recording does with every article that waits."""
    for article in Article.objects.filter(state="awaiting_extraction").order_by("pk"):
        join_story(article)
        editions.arrange(article)
        Article.objects.filter(pk=article.pk).update(state="recorded")


def told() -> list[tuple[Any, ...]]:
    """All that is known of versions, without database ids."""
    fields = ("text", "address", "version_of__text", "version", "replaced_at", "original__text", "source__slug")
    return sorted(Article.objects.values_list(*fields), key=str)


def forget() -> None:
    Snapshot.objects.all().delete()
    Article.objects.all().delete()
    Source.objects.all().delete()


def versions() -> list[tuple[str, int, int | None]]:
    """Text, number, and the hour at which it was replaced, in order of number."""
    rows = Article.objects.order_by("version", "address").values_list("text", "version", "replaced_at")
    return [(text, number, at and round((at - START).total_seconds() / 3600)) for text, number, at in rows]


def test_a_changed_text_is_the_next_version() -> None:
    first, second = see("Ada left.", 1), see("Ada left on Monday.", 5)
    first.refresh_from_db()
    second.refresh_from_db()
    assert versions() == [("Ada left.", 1, 5), ("Ada left on Monday.", 2, None)]
    assert (first.version_of, second.version_of) == (None, first)


def test_every_spelling_of_an_address_is_one_article() -> None:
    see("One.", 1, "https://www.news.example/quill/?utm_source=feed#top")
    see("Two.", 2, "http://m.news.example/quill")
    see("Three.", 3, "https://news.example/quill/amp/")
    see("Four.", 4, "https://news-example.cdn.ampproject.org/c/s/news.example/quill/amp")
    assert [number for _, number, _ in versions()] == [1, 2, 3, 4]


def test_another_address_is_another_article() -> None:
    see("One.", 1)
    see("Two.", 2, "https://news.example/other")
    assert [number for _, number, _ in versions()] == [1, 1]


def test_a_page_says_what_its_address_is() -> None:
    see("One.", 1)
    see("Two.", 2, "https://news.example/story?id=7", address=HOME)
    see("Three.", 3, "https://elsewhere.example/copied", address=HOME)
    assert versions() == [("Three.", 1, None), ("One.", 1, 2), ("Two.", 2, None)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_twin_that_does_not_point_back_is_known_by_the_page_that_names_it(order: tuple[int, ...]) -> None:
    light = "https://light.news.example/42"
    calls = [lambda: see("Whole page.", 1, twins=(light,)), lambda: see("Light page.", 2, light)]
    for turn in order:
        calls[turn]()
    assert versions() == [("Whole page.", 1, 2), ("Light page.", 2, None)]


def test_a_page_cannot_claim_another_sites_page_as_its_twin() -> None:
    see("Theirs.", 1, "https://other.example/7")
    see("Ours.", 2, twins=("https://other.example/7",))
    assert [number for _, number, _ in versions()] == [1, 1]


def test_files_of_one_name_are_not_versions_of_each_other() -> None:
    see("One.", 1, "file:page.html")
    see("Two.", 2, "file:page.html")
    assert [number for _, number, _ in versions()] == [1, 1]


def test_a_front_page_is_no_article_with_versions() -> None:
    see("One.", 1, "https://news.example/")
    see("Two.", 2, "https://news.example/")
    assert [number for _, number, _ in versions()] == [1, 1]


def test_a_text_that_comes_back_is_current_again() -> None:
    see("Ada left.", 1)
    see("Ada stayed.", 2)
    see("Ada left.", 3)
    assert versions() == [("Ada left.", 1, None), ("Ada stayed.", 2, 2)]


def test_the_same_bytes_again_bring_a_text_back() -> None:
    first = see("Ada left.", 1)
    see("Ada stayed.", 2)
    Snapshot.objects.filter(article=first).update(checked_at=START + timedelta(hours=3))
    editions.note(Article.objects.get(pk=first.pk), first.address_key)
    number()
    assert versions()[0] == ("Ada left.", 1, None)


def test_a_text_belongs_to_the_address_that_gave_it_first() -> None:
    see("Ada left.", 5, "https://copy.example/1")
    see("Ada left.", 1)
    article = Article.objects.get()
    assert (article.address, article.source.host, article.retrieved_at.hour) == (HOME, "news.example", 10)


def test_a_web_address_says_more_than_an_earlier_file() -> None:
    see("Ada left.", 1, "file:saved.html")
    see("Ada left.", 5)
    assert Article.objects.get().address == HOME


def test_it_has_an_article_read_again_whose_date_is_known_better(sent: list[tuple[str, int]]) -> None:
    article = see("Ada left.", 5, "https://copy.example/1")
    snapshot = Snapshot.objects.create(address=HOME, sha256="b" * 64, retrieved_at=START, state="awaiting_parse")
    again, new = ingest.store(replace(PARSED, text="Ada left."), snapshot)
    assert (again.pk, new, again.state) == (article.pk, False, "awaiting_extraction")


def test_versions_are_one_story_however_little_they_share() -> None:
    see("Ada left.", 1)
    see("Something wholly different stands here.", 2)
    assert len({article.original or article for article in Article.objects.all()}) == 1


SIGHTINGS = [
    ("Ada left.", 1, HOME),
    ("Ada left on Monday.", 3, HOME),
    ("Ada left.", 2, "https://copy.example/1"),
    ("Ada never left.", 4, "https://copy.example/1"),
    ("Ada left.", 5, "file:saved.html"),
]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_arrival_leaves_no_trace(seed: int) -> None:
    outcomes = set()
    for order in list(permutations(SIGHTINGS))[seed::6]:
        for text, hour, address in order:
            see(text, hour, address)
        outcomes.add(str(told()))
        forget()
    assert len(outcomes) == 1


def test_versions_at_an_address_are_found_with_few_queries(django_assert_max_num_queries: Any) -> None:
    for hour in range(1, 30):
        see(f"Text of hour {hour}.", hour)
    with django_assert_max_num_queries(4):
        editions.arrange(Article.objects.get(version=29))
