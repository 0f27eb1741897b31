"""What an editor takes away is gone from everything that is given out: pages, files, feeds, API, search, pictures."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.extraction import CompensationClaim, SignalClaim, Span
from articles.models import Article
from talent import corrections
from talent.dumps.tables import TABLES
from talent.models import Company, CompensationReport, Move, Person, Signal
from tests.test_settle import move, tell

pytestmark = pytest.mark.django_db

# Names that stand in records alone, never in the text: of somebody, and of a company that each kind of fact names.
WHO, WHERE = "Ottilie Brandvold", "Fernquist"
SHARED = [
    "/", "/moves/", "/people/", "/companies/", "/compensation/", "/signals/", "/articles/", "/disputed/", "/flows/",
    "/search?q=Ottil", "/search?q=Fernq", "/search/suggest?q=Ottil", "/search/suggest?q=Fernq", "/quotes/",
    "/quotes/?q=Story", "/sources/", "/corrections/", "/moves/?company=meta", "/companies/meta/", "/zh-hans/moves/",
    "/api/v1/moves/", "/api/v1/people/", "/api/v1/companies/", "/api/v1/compensation/", "/api/v1/signals/",
    "/api/v1/claims/", "/api/v1/claims/?q=Story", "/api/v1/events/", "/api/v1/flows/", "/api/v1/articles/",
    "/api/v1/suggest/?q=Ottil", "/api/v1/suggest/?q=Fernq", "/api/v1/companies/meta/", "/moves/feed.atom",
    "/moves/feed.json", "/compensation/feed.atom", "/signals/feed.json", "/moves/download.csv",
    "/moves/download.jsonl", "/compensation/download.csv", "/signals/download.jsonl", "/companies/meta/embed/",
    "/companies/meta/pictures/", "/moves/picture/", "/flows/picture/", "/companies/meta/history/",
    '/api/v1/reconcile/?queries={"q":{"query":"Ottilie Brandvald"}}', "/sitemap.xml",
]  # fmt: skip
MENTIONED = {"text": "Meta spoke of OTTILIE BRANDVOLD and of FERNQUIST."}


def everything() -> list[str]:
    """Addresses of all that tells of the facts below: what is shared, and pages, files and records of their own."""
    found = list(SHARED)
    for row in (*Move.objects.all(), *CompensationReport.objects.all(), *Signal.objects.all()):
        page = row.get_absolute_url()
        claim = row.claims.first().public_id
        found += [page, f"/api/v1{page}", f"{page}history/", f"{page}cite/", f"{page}cite.ris", f"{page}embed/"]
        found += [f"/oembed?url=http://testserver{page}", f"/claims/{claim}/cite/", f"/api/v1/claims/{claim}/"]
        found += [f"/api/v1/claims/{claim}/annotation/"]
    for row in (*Person.objects.all(), Company.objects.get(name=WHERE)):
        page = row.get_absolute_url()
        found += [page, f"/api/v1{page}", f"{page}history/", f"{page}pictures/", f"{page}timeline/", f"{page}embed/"]
    for article in Article.objects.all():
        found += [article.get_absolute_url(), f"/api/v1/articles/{article.public_id}/"]
    return found


def telling(client: Client, addresses: list[str], name: str) -> list[str]:
    """Which of the addresses, and of the tables of a dump, give the name."""
    found = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code < 500, address
        body = b"".join(getattr(response, "streaming_content", ())) if response.streaming else response.content
        if name in body.decode(errors="replace"):
            found.append(address)
    if name in client.post("/mentions/", MENTIONED).content.decode():
        found.append("mentions")
    return found + [table.name for table in TABLES if name in str(list(table.read("http://testserver")))]


@pytest.fixture
def told() -> list[str]:
    """A move, pay of somebody, and a signal, each in an article of its own; where all of that is told."""
    pay = CompensationClaim(
        org=WHERE, person=WHO, population=None, min=5_000_000, max=5_000_000, currency="USD", period="year",
        component="total", kind="paid", status="reported", span=Span(0, 5),
    )  # fmt: skip
    freeze = SignalClaim(org=WHERE, metric="layoffs", min=678, status="reported", span=Span(0, 5))
    tell("Story one of a move.", move(WHO, WHERE, "Meta", date="2025-06"))
    tell("Story two of a move.", move(WHO, WHERE, "Meta", date="2025-07"), outlet="Other")
    tell("Story of pay.", pay)
    tell("Story of a signal.", freeze)
    connection.check_constraints()
    return everything()


def take_away(row: Any, visibility: str) -> None:
    editor = User.objects.create_user("erin")
    corrections.set_visibility(row, visibility, reason="Asked for.", user=editor, now=timezone.now())
    connection.check_constraints()


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_a_person_who_is_taken_away_is_named_nowhere(client: Client, told: list[str], visibility: str) -> None:
    assert len(telling(client, told, "Brandvold")) > 40
    take_away(Person.objects.get(name=WHO), visibility)
    assert telling(client, told, "Brandvold") == []


def test_a_company_that_is_taken_away_is_named_nowhere(client: Client, told: list[str]) -> None:
    assert len(telling(client, told, WHERE)) > 40
    take_away(Company.objects.get(name=WHERE), "hidden")
    assert telling(client, told, WHERE) == []
