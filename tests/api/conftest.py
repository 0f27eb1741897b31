"""One row of every noun, and the API's own document."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.factories import (
    make_article,
    make_claim,
    make_company,
    make_move,
    make_person,
    make_report,
    make_signal,
    make_source,
)

NOUNS = ("companies", "people", "moves", "compensation", "signals", "articles", "claims", "sources")


@pytest.fixture
def world(db):
    """A small world with every optional field filled in somewhere and left out somewhere else."""
    parent = make_company("Lanternlight Group", name_zh="灯光集团")
    lantern = make_company("Lanternlight", name_zh="灯光", parent=parent, wikidata_id="Q1", aliases=("LL",))
    northwind = make_company("Northwind AI")
    ada = make_person("Ada Quill", name_zh="阿达·奎尔", aliases=("A. Quill",))
    article = make_article(author="Bo Reed", source=make_source("The Daily Ledger"))
    move = make_move(
        ada, claim=make_claim(article=article, date="2025-03"), origin=northwind, origin_team="Core",
        origin_role="researcher", destination=lantern,
    )  # fmt: skip
    undated = make_claim(article=make_article(title="", published_at=None, language="zh"), attribution="", rule="")
    group = make_move(
        claim=undated, destination=lantern, date="", cohort_text="at least seven", cohort_min=7, cohort_of=14
    )
    report = make_report(lantern, person=ada)
    open_report = make_report(amount_min="0.5", amount_max=None, population="researchers", date="2024/..")
    signal = make_signal(lantern, team="Core", value_of=1000)
    practice = make_signal(metric="practice", value_min=None, unit="")
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "db"})


@pytest.fixture(scope="session")
def document():
    """The OpenAPI document."""
    from drf_spectacular.generators import SchemaGenerator

    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture
def get(client):
    """Reads an address of the API, whole or below /api/v1/."""

    def read(address, **headers):
        return client.get(address if "//" in address else f"/api/v1/{address}", headers=headers)

    return read


@pytest.fixture
def records(world, get):
    """The address of a record of every noun."""
    return [row["url"] for noun in NOUNS for row in get(f"{noun}/").json()["results"]]
