"""What a dossier costs does not grow with the tables: it walks indexes, and never further than it shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from talent.models import Claim, Company, Move, Person
from tests.factories import make_company, make_move
from tests.pages.test_desk_plans import _copy as copy
from tests.pages.test_desk_plans import _store as store
from tests.pages.test_desk_plans import read_whole

pytestmark = pytest.mark.django_db

ROWS = 3_000
PAGES = ["/companies/tern-ai/", "/companies/fernhill/with/tern-ai/", "/people/p7/", "/companies/tern-ai/embed/"]


@pytest.fixture
def crowd() -> None:
    """Two large companies: thousands leave the one, thousands join the other, and a few do both at once."""
    fern, tern = make_company("Fernhill"), make_company("Tern AI")
    fact = make_move(origin=fern, destination=tern)
    model = Claim.objects.get()
    people = store(Person(public_id=f"p{n}", slug=f"p{n}", name=f"Ada {n}") for n in range(ROWS))
    firms = store(Company(public_id=f"f{n}", slug=f"f{n}", key=f"f{n}", name=f"Firm {n}") for n in range(ROWS))
    claims = store(copy(model, key=f"k{n}", public_id=f"c{n}", person=people[n], move=None) for n in range(ROWS))
    moves = [(fern, firms[n]) if n % 2 else (firms[n], tern) for n in range(ROWS)]
    moves[::500] = [(fern, tern)] * len(moves[::500])
    store(
        copy(fact, public_id=f"m{n}", person=people[n], lead_claim=claims[n], origin=origin, destination=destination)
        for n, (origin, destination) in enumerate(moves)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_reads_a_large_table_whole(client: Client, crowd: None, address: str) -> None:
    assert read_whole(client, address) == []


def test_moves_of_a_pair_are_found_by_their_own_index(crowd: None) -> None:
    fern, tern = Company.objects.get(slug="fernhill"), Company.objects.get(slug="tern-ai")
    rows: Any = Move.objects.for_list().leaving(fern).joining(tern)[:25]
    assert "move_pair" in rows.explain()
