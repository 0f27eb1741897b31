"""The versions of one article: its page, what changed, and what facts say of claims that are gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from talent.models import Claim
from talent.roles import EDITOR
from tests.factories import LONG_AGO, QUOTE, make_article, make_claim, make_member, make_move, make_source
from tests.pages.conftest import Read, hrefs, words

pytestmark = pytest.mark.django_db

FILLER = "Nothing of note happens in this sentence. " * 30


def make_versions(*texts: str, **fields: Any) -> list[Article]:
    """Texts that one address gave, a day apart."""
    rows: list[Article] = []
    for number, text in enumerate(texts, start=1):
        last = number == len(texts)
        rows.append(
            make_article(
                text, address="https://news.example/one", version=number, version_of=rows[0] if rows else None,
                retrieved_at=LONG_AGO + timedelta(days=number),
                replaced_at=None if last else LONG_AGO + timedelta(days=number + 1), **fields,
            )
        )  # fmt: skip
    return rows


def test_an_article_lists_its_versions_and_leads_to_the_newest(read: Read) -> None:
    old, new = make_versions(f"{QUOTE}. Early.", f"{QUOTE}. Late.")
    page = read(old.get_absolute_url())
    assert "since 5 Mar 2025 its address gives another text" in words(page)
    assert new.get_absolute_url() in hrefs(page.cssselect(".alert")[0])
    assert len(page.cssselect(".editions li")) == 2
    assert f"{new.get_absolute_url()}changes/" in hrefs(page)


def test_an_article_without_other_versions_says_nothing_of_versions(read: Read) -> None:
    assert "ersion" not in words(read(make_article().get_absolute_url()).get_element_by_id("content"))


def test_a_claim_says_in_which_version_it_stands_and_since_when_it_is_gone(read: Read) -> None:
    old, _new = make_versions(f"{QUOTE}. Early.", "Nobody left.")
    move = make_move(claim=make_claim(article=old))
    for page in (read(move.get_absolute_url()), read(old.get_absolute_url())):
        assert "no longer in the article since 5 Mar 2025" in words(page)
    page = read(move.get_absolute_url())
    assert "in version 1 of the article" in words(page)
    assert "None of these articles says so any longer" in words(page)


def test_a_claim_that_the_newest_version_makes_in_other_words_is_not_gone(read: Read) -> None:
    old, new = make_versions(f"{QUOTE}. Early.", f"At last: {QUOTE}!")
    move = make_move(claim=make_claim(article=old))
    Claim.objects.filter(pk=make_claim(article=new).pk).update(move=move)
    page = read(move.get_absolute_url())
    assert "no longer" not in words(page)
    assert "in version 2 of the article" in words(page)


def test_it_says_nothing_of_a_newest_version_that_nobody_has_read(read: Read) -> None:
    old, new = make_versions(f"{QUOTE}. Early.", "Nobody left.")
    Article.objects.filter(pk=new.pk).update(state="awaiting_extraction")
    assert "no longer" not in words(read(make_move(claim=make_claim(article=old)).get_absolute_url()))


def test_the_day_is_that_of_the_last_version_that_told_it(read: Read) -> None:
    first, second, _third = make_versions(f"{QUOTE}. Early.", f"{QUOTE}. Late.", "Nobody left.")
    move = make_move(claim=make_claim(article=first))
    Claim.objects.filter(pk=make_claim(article=second).pk).update(move=move)
    assert words(read(move.get_absolute_url())).count("no longer in the article since 6 Mar 2025") == 2


def test_as_known_before_the_change_nothing_is_gone(read: Read) -> None:
    old, _new = make_versions(f"{QUOTE}. Early.", "Nobody left.")
    move = make_move(claim=make_claim(article=old))
    assert "no longer" not in words(read(f"{move.get_absolute_url()}?as_of=2025-03-04"))


def test_it_marks_what_went_and_what_came(read: Read) -> None:
    source = make_source("Samples", kind="sample")
    _, new = make_versions("Ada runs a team of twelve here.", "Ada runs a team of fifteen here.", source=source)
    page = read(f"{new.get_absolute_url()}changes/")
    assert ([words(d) for d in page.cssselect(".hunk del")], [words(i) for i in page.cssselect(".hunk ins")]) == (
        ["twelve"],
        ["fifteen"],
    )


def test_it_compares_with_the_version_asked_for(read: Read) -> None:
    source = make_source("Samples", kind="sample")
    first, _, third = make_versions("One stands here.", "Two stand here.", "Three stand here.", source=source)
    page = read(f"{third.get_absolute_url()}changes/?from={first.public_id}")
    assert words(page.cssselect(".hunk")[0]).startswith("One stands")


@pytest.mark.parametrize("asked", ["", "?from=nothere", "?from=OTHER", "?from=SELF"])
def test_there_is_nothing_to_compare_with(client: Client, asked: str) -> None:
    only = make_article()
    asked = asked.replace("OTHER", make_article().public_id).replace("SELF", only.public_id)
    assert client.get(f"{only.get_absolute_url()}changes/{asked}").status_code == 404


def test_changes_far_from_any_quote_are_not_shown_to_readers(read: Read) -> None:
    secret = "A secret of the publisher."
    old, new = make_versions(f"{FILLER}{QUOTE} soon. {FILLER}", f"{secret} {FILLER}{QUOTE} today. {FILLER}{secret}")
    for article in (old, new):
        make_move(claim=make_claim(article=article))
    page = read(f"{new.get_absolute_url()}changes/")
    assert secret not in words(page)
    assert [words(i) for i in page.cssselect(".hunk ins")] == ["today"]
    assert words(page).count("Nothing of note") <= 4


def test_an_editor_sees_all_changes(client: Client) -> None:
    _, new = make_versions(f"{FILLER}End.", f"{FILLER}An end.")
    assert "differ only in parts" in client.get(f"{new.get_absolute_url()}changes/").content.decode()
    client.force_login(make_member("ed", EDITOR))
    assert "<ins>An end." in client.get(f"{new.get_absolute_url()}changes/").content.decode()


@pytest.mark.parametrize("versions", [1, 8])
def test_a_page_asks_the_database_a_fixed_number_of_times(
    read: Read, django_assert_max_num_queries: Any, versions: int
) -> None:
    old = make_versions(*(f"{QUOTE}. Version {n}." for n in range(versions)), "Nobody left.")[0]
    make_move(claim=make_claim(article=old))
    with django_assert_max_num_queries(5):
        read(old.get_absolute_url())


def test_whole_texts_are_for_editors_and_for_everybody_where_the_setting_says_so(
    client: Client, read: Read, settings: Any
) -> None:
    article = make_article(f"{FILLER}{QUOTE}. {FILLER}")
    make_move(claim=make_claim(article=article))
    assert words(read(article.get_absolute_url())).count("Nothing of note") <= 3
    client.force_login(make_member("ed", EDITOR))
    assert client.get(article.get_absolute_url()).content.decode().count("Nothing of note") == 60
    client.logout()
    settings.SHOW_TEXT = "all"
    assert words(read(article.get_absolute_url())).count("Nothing of note") == 60
