"""What the API tells of an article's versions and text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from talent.models import Claim
from tests.factories import LONG_AGO, QUOTE, make_article, make_claim, make_move, make_source

SECRET = "This sentence belongs to the publisher and is told to nobody else by us."
LONG = f"{SECRET} " * 6 + f"It was a surprise. {QUOTE}. Nobody commented. " + f"{SECRET} " * 6

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed():
    """Two versions of one article; only the first one has the claim."""
    first = make_article(LONG, replaced_at=LONG_AGO + timedelta(days=2))
    second = make_article("Nobody left.", version=2, version_of=first, retrieved_at=LONG_AGO + timedelta(days=2))
    move = make_move(claim=make_claim(article=first))
    return first, second, move


def test_an_article_names_all_its_versions(get, changed):
    first, second, _ = changed
    record = get(f"articles/{first.public_id}/").json()
    assert [(v["id"], v["version"], v["replaced"] is None) for v in record["versions"]] == [
        (first.public_id, 1, False),
        (second.public_id, 2, True),
    ]
    assert (record["version"], record["current"], record["replaced"]) == (1, False, "2025-03-05T09:30:00Z")


def test_an_article_that_never_changed_is_its_only_version(get):
    record = get(f"articles/{make_article().public_id}/").json()
    assert [v["version"] for v in record["versions"]] == [1]


def test_a_claim_tells_its_version_and_since_when_it_is_gone(get, changed):
    _, _, move = changed
    claim = Claim.objects.get(move=move)
    evidence = get(f"moves/{move.public_id}/").json()["evidence"][0]
    [listed] = get("claims/").json()["results"]
    alone = get(f"claims/{claim.public_id}/").json()
    for row in (evidence, listed, alone):
        assert row["no_longer_since"] == "2025-03-05T09:30:00Z"
        assert (row["article"]["version"], row["article"]["current"]) == (1, False)


def test_a_claim_of_a_current_article_is_not_gone(get):
    move = make_move()
    assert get(f"moves/{move.public_id}/").json()["evidence"][0]["no_longer_since"] is None


def test_an_article_shows_only_what_stands_around_its_quotes(get, changed):
    record = get(f"articles/{changed[0].public_id}/").json()
    [excerpt] = record["excerpts"]
    assert record["text"] is None
    assert QUOTE in excerpt["text"]
    assert excerpt["text"] == LONG[excerpt["start"] : excerpt["end"]]
    assert len(excerpt["text"]) < 150


def test_more_sentences_are_a_setting(get, changed, settings):
    settings.QUOTE_SENTENCES = 0
    [excerpt] = get(f"articles/{changed[0].public_id}/").json()["excerpts"]
    assert excerpt["text"].strip() == f"{QUOTE}."


def test_the_whole_text_is_shown_where_the_setting_or_the_sample_allows(get, changed, settings):
    sample = make_article(LONG + "Sample.", source=make_source("Samples", kind="sample"))
    assert get(f"articles/{sample.public_id}/").json()["text"] == LONG + "Sample."
    settings.SHOW_TEXT = "all"
    assert get(f"articles/{changed[0].public_id}/").json()["text"] == LONG


def test_no_page_and_no_answer_gives_the_text_away(client, changed):
    first, second, move = changed
    fact = move.get_absolute_url()
    pages = [
        "/", "/articles/", first.get_absolute_url(), f"{second.get_absolute_url()}changes/", "/moves/", fact,
        f"{fact}history/", "/search?q=publisher", "/search?q=Quill", "/api/v1/articles/", "/api/v1/claims/",
        f"/api/v1/articles/{first.public_id}/", f"/api/v1/articles/{second.public_id}/", "/api/v1/articles/?q=sentence",
        f"/api/v1/moves/{move.public_id}/", f"/api/v1/claims/{Claim.objects.get().public_id}/",
        "/api/v1/claims/?q=Quill",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert SECRET not in answer.content.decode(), page
