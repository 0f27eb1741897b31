"""What facts make of the versions of one article."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from articles import ingest, stages
from articles.models import Article, Snapshot
from talent import pipeline
from talent.models import Move
from talent.rebuild import rebuild
from talent.record import record
from tests.articles.conftest import NOW, page
from tests.knowledge import beliefs, forget
from tests.test_settle import article, extraction, move

pytestmark = pytest.mark.django_db

ADA = move("Ada Stone", "OpenAI", "Meta")
BOB = move("Bob Reed", "OpenAI", "Google")


def tell(text: str, *claims: Any, hour: int, address: str = "https://a.example/1", outlet: str = "A") -> Article:
    """The article's claims as recording writes them."""
    row = article(text, outlet=outlet)
    Article.objects.filter(pk=row.pk).update(
        address=address, address_key=address.removeprefix("https://"), retrieved_at=f"2025-07-01T{hour:02}:00Z"
    )
    row.refresh_from_db()
    record(row, extraction(*claims), engine_version="test")
    Article.objects.filter(pk=row.pk).update(state="recorded")
    return row


def test_versions_of_one_article_are_one_reporter_and_one_article() -> None:
    tell("Ada Stone goes to Meta.", ADA, hour=1)
    tell("Ada Stone goes to Meta at last.", ADA, hour=2)
    assert (Move.objects.get().reporters, Move.objects.get().articles_count) == (1, 1)


def test_a_copy_of_a_later_version_is_no_reporter_of_its_own() -> None:
    wire = " ".join(f"Sentence {n} of the later version says what firm {n} said of its people." for n in range(12))
    tell("Ada Stone goes to Meta.", ADA, hour=1)
    tell(wire, ADA, hour=2)
    tell(wire + " Edited here.", ADA, hour=3, address="https://b.example/1", outlet="B")
    assert (Move.objects.get().reporters, Move.objects.get().articles_count) == (1, 2)


def test_a_fact_that_the_newest_version_no_longer_tells_stands() -> None:
    tell("Ada Stone goes to Meta. Bob Reed too.", ADA, BOB, hour=1)
    tell("Ada Stone goes to Meta.", ADA, hour=2)
    assert Move.objects.count() == 2


def test_the_facts_are_the_same_in_any_order_and_after_a_rebuild() -> None:
    told = [("One.", (ADA, BOB), 1), ("Two.", (ADA,), 2), ("Three.", (BOB,), 3)]
    outcomes = set()
    for order in permutations(told):
        for text, claims, hour in order:
            tell(text, *claims, hour=hour)
        outcomes.add(beliefs())
        rebuild()
        outcomes.add(beliefs())
        forget()
    assert len(outcomes) == 1


HEAD = '<link rel="canonical" href="https://{}"><meta property="article:published_time" content="{}T09:00:00Z">'
STORY = (
    "The group has grown to sixty people after two years of quiet work on models for hospitals, its founders said.",
    "Ada Stone has left OpenAI to join Meta as chief scientist, two people familiar with the matter said on Monday.",
    "Neither company answered messages, and a spokesman for the group would not say when she had begun her work there.",
)
LATER = (
    STORY[0],
    "Bob Reed has left OpenAI to join Google as chief scientist, the companies said on Tuesday.",
    STORY[2],
)
# Hour, address, day printed on the page, paragraphs: a text, the same elsewhere, and what its address gave later.
SEEN = [
    (1, "one.example/a", "2025-05-30", STORY),
    (5, "one.example/a", "2025-05-30", LATER),
    (3, "two.example/b", "2025-06-01", STORY),
]


def read_all() -> None:
    while waiting := list(Snapshot.objects.filter(state="awaiting_parse").values_list("pk", flat=True)):
        for pk in waiting:
            stages.run_parse(pk, now=NOW)
    for pk in Article.objects.filter(state="awaiting_extraction").values_list("pk", flat=True):
        pipeline.process(pk, now=NOW)


def numbered() -> list[Any]:
    fields = ("public_id", "address", "version", "version_of__public_id", "replaced_at", "source__host", "published_on")
    return list(Article.objects.order_by("public_id").values_list(*fields))


def test_pages_read_in_any_order_tell_the_same(tmp_path: Path, settings: Any) -> None:
    archive = {**settings.STORAGES["archive"], "OPTIONS": {"location": str(tmp_path), "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "archive": archive}
    outcomes = set()
    for order in permutations(SEEN):
        for hour, address, day, paragraphs in order:
            html = page(*paragraphs, head=HEAD.format(address, day), title="Scientist moves on")
            when = NOW + timedelta(hours=hour)
            ingest.submit_bytes(html.encode(), f"{hour}.html", now=when, content_type="text/html")
            read_all()
        assert [version for _, _, version, *_ in numbered()].count(2) == 1
        outcomes.add((beliefs(), str(numbered())))
        Snapshot.objects.all().delete()
        forget()
    assert len(outcomes) == 1
