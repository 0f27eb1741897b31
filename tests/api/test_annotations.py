"""Claims as Web Annotations: the selectors find the very words again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from talent.models import Claim
from tests.factories import QUOTE, make_article, make_claim, make_move

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    text = f"🙂 Before. {QUOTE}, it said. After."
    start = text.index(QUOTE)
    made = make_claim(
        article=make_article(text), quote=QUOTE, start=start, end=start + len(QUOTE), prefix=text[:start], suffix=", it"
    )
    move = make_move(claim=made)
    Claim.objects.filter(pk=made.pk).update(move=move)
    made.refresh_from_db()
    return made


def annotation(client: Client, claim: Claim, **headers: str) -> tuple[Any, dict[str, Any]]:
    answer = client.get(f"/api/v1/claims/{claim.public_id}/annotation/", headers=headers)
    assert answer.status_code == 200, answer.content
    return answer, json.loads(answer.content)


def test_both_selectors_find_the_quote_in_the_stored_text(client: Client, claim: Claim) -> None:
    _, found = annotation(client, claim)
    quote, place = found["target"]["selector"]
    text = Article.objects.get(pk=claim.article_id).text
    assert text[place["start"] : place["end"]] == quote["exact"] == QUOTE
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_it_names_the_fact_the_page_and_when_it_was_read(client: Client, claim: Claim) -> None:
    _, found = annotation(client, claim)
    assert found["body"]["id"].endswith(f"/api/v1/moves/{claim.move.public_id}/")
    assert found["target"]["source"] == claim.article.address
    assert found["target"]["state"]["type"] == "TimeState"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
        ("application/ld+json", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
        ("application/json", "application/json"),
    ],
)
def test_it_is_json_ld_of_the_profile_or_plain(client: Client, claim: Claim, accept: str, kind: str) -> None:
    answer, found = annotation(client, claim, Accept=accept)
    assert (answer["Content-Type"], found["@context"]) == (kind, "http://www.w3.org/ns/anno.jsonld")


def test_the_claim_of_a_hidden_fact_has_none(client: Client, claim: Claim) -> None:
    claim.move.visibility = "hidden"
    claim.move.save()
    assert client.get(f"/api/v1/claims/{claim.public_id}/annotation/").status_code == 404
