"""The guide says what the API does: each of its examples is asked, and its answer compared."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from talent.models import Claim

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
EXAMPLES = re.findall(r"```http\n(GET|POST) (\S+)\n```\n\n```json\n(.*?)\n```", GUIDE, re.S)
ANYTHING = "…"


def compare(written: Any, given: Any, at: str = "answer") -> None:
    """Every part that is written out must be given so; "…" is anything, and at the end of a list any number more."""
    if written == ANYTHING:
        return
    if isinstance(written, dict):
        assert isinstance(given, dict), at
        assert set(written) == set(given), at
        for name, value in written.items():
            compare(value, given[name], f"{at}.{name}")
    elif isinstance(written, list):
        more = bool(written) and written[-1] == ANYTHING
        written = written[:-1] if more else written
        assert len(given) >= len(written) if more else len(given) == len(written), at
        for number, (one, other) in enumerate(zip(written, given, strict=False)):
            compare(one, other, f"{at}[{number}]")
    else:
        assert written == given, at


@pytest.fixture
def asked(client, world):
    Claim.objects.filter(pk=world.move.lead_claim_id).update(move=world.move)
    connection.check_constraints()  # as a commit does: the feed has its events

    def ask(method, address):
        address = address.replace("{move}", world.move.public_id).replace("{claim}", world.move.lead_claim.public_id)
        return client.generic(method, address)

    return ask


def test_there_are_examples():
    assert len(EXAMPLES) >= 7
    assert GUIDE.count("```http") == len(EXAMPLES)


@pytest.mark.parametrize(("method", "address", "answer"), EXAMPLES, ids=[address for _, address, _ in EXAMPLES])
def test_the_guide_shows_what_the_api_answers(asked, method, address, answer):
    compare(json.loads(answer), asked(method, address).json())


def test_every_event_and_style_is_in_the_guide():
    from talent.citations import Style
    from talent.models import EventType

    for word in (*EventType.values, *Style):
        assert f"`{word}`" in GUIDE


def test_every_address_in_the_guide_exists(client, db):
    for address in set(re.findall(r"`(/(?:api|data|account)[^`{]*)`", GUIDE)):
        assert client.get(address.partition("?")[0]).status_code not in {404, 500}, address


@pytest.mark.parametrize("spoiled", [{"a": 2}, {"b": 1}, {"a": 1, "c": 1}, [1]])
def test_the_comparison_can_fail(spoiled):
    with pytest.raises(AssertionError):
        compare({"a": 1}, spoiled)
