"""Citations through the API."""

from __future__ import annotations

import pytest

from talent.citations import Style
from talent.models import Claim, Move


@pytest.fixture(autouse=True)
def _claimed(world):
    Claim.objects.filter(pk=world.move.lead_claim_id).update(move=world.move)


@pytest.mark.parametrize("style", [style.value for style in Style])
def test_a_fact_and_a_claim_are_cited_in_every_style(get, world, style):
    for noun, identifier in (("moves", world.move.public_id), ("claims", world.move.lead_claim.public_id)):
        found = get(f"{noun}/{identifier}/citation/?style={style}").json()
        assert found["style"] == style
        assert found["csl"]["URL"] in found["text"]
        assert found["bibtex"].startswith("@online{")
        assert found["ris"].startswith("TY  - ELEC")


def test_a_claim_is_cited_as_its_article_at_the_quoted_words(get, world):
    csl = get(f"claims/{world.move.lead_claim.public_id}/citation/").json()["csl"]
    assert csl["author"] == [{"literal": "Bo Reed"}]
    assert csl["URL"] == world.article.address
    assert csl["custom"]["quote_url"].startswith(f"{world.article.address}#:~:text=")


@pytest.mark.parametrize("address", ["moves/nope/citation/", "claims/nope/citation/"])
def test_what_is_not_there_cannot_be_cited(get, world, address):
    assert get(address).status_code == 404


def test_what_is_hidden_cannot_be_cited(get, world):
    Move.objects.update(visibility="hidden")
    assert get(f"moves/{world.move.public_id}/citation/").status_code == 404
    assert get(f"claims/{world.move.lead_claim.public_id}/citation/").status_code == 404


@pytest.mark.parametrize(("query", "named"), [("style=vancouver", "style"), ("stile=apa", "stile")])
def test_a_wrong_parameter_is_named(get, world, query, named):
    answer = get(f"moves/{world.move.public_id}/citation/?{query}")
    assert [error["parameter"] for error in answer.json()["errors"]] == [named]
