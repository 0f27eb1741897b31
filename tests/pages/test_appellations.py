"""Other names of people and companies: each leads to the words in which it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from talent.models import Claim, Person
from tests.factories import make_article, make_claim, make_company, make_move, make_person
from tests.pages.conftest import Read, words

pytestmark = pytest.mark.django_db


def _also_written(page: Any) -> dict[str, str]:
    """By each other name the number beside it."""
    [row] = [d for d in page.cssselect(".particulars > div") if words(d.cssselect("dt")[0]) == "Also written"]
    spans = row.cssselect("dd > span")
    return {words(s.cssselect("[lang]")[0]): "".join(words(m) for m in s.cssselect(".mark-number")) for s in spans}


def _called(person: Person, name: str, aliases: list[str], quote: str, **fields: Any) -> Claim:
    """A claim in which the person is called so."""
    claim = make_claim(quote=quote, **fields)
    Claim.objects.filter(pk=claim.pk).update(
        person=person, value={**claim.value, "person": {"name": name, "aliases": aliases}}
    )
    return claim


@pytest.fixture
def ada() -> Person:
    return make_person("Ada Quill", name_zh="阿达·奎尔", aliases=("A. Quill",))


def test_a_name_has_the_number_of_the_footnote_where_it_is_written(read: Read, ada: Person) -> None:
    make_move(ada, claim=_called(ada, "Ada Quill", ["阿达·奎尔"], "阿达·奎尔（Ada Quill）加入燕鸥"))
    assert _also_written(read(ada.get_absolute_url())) == {"A. Quill": "", "阿达·奎尔": "1"}


def test_a_name_from_elsewhere_adds_a_footnote(read: Read, ada: Person) -> None:
    make_move(ada, claim=_called(ada, "Ada Quill", [], "Ada Quill has left"))
    elsewhere = _called(ada, "A. Quill", [], "A. Quill is said to stay")
    page = read(ada.get_absolute_url())
    assert _also_written(page)["A. Quill"] == "2"
    note = page.cssselect(f"#note-{elsewhere.public_id}")[0]
    assert "A. Quill is said to stay" in words(note)
    assert note.get("value") == "2"


def test_names_of_later_are_not_known_on_an_earlier_day(read: Read, ada: Person) -> None:
    early, late = (make_article(published_at=datetime(year, 1, 1, tzinfo=UTC)) for year in (2024, 2025))
    make_move(ada, claim=_called(ada, "Ada Quill", [], "Ada Quill has left", article=early))
    _called(ada, "A. Quill", [], "A. Quill is said to stay", article=late)
    assert "A. Quill" not in words(read(f"{ada.get_absolute_url()}?as_of=2024-06-01"))


def test_a_name_of_a_company_leads_to_a_quote_that_has_it(read: Read) -> None:
    tern = make_company("Tern AI", aliases=("Tern Labs", "Tern"))
    make_move(destination=tern, claim=make_claim(quote="She joined Tern Labs in May"))
    page = read("/companies/tern-ai/")
    assert _also_written(page) == {"Tern": "1", "Tern Labs": "1"}
    make_move(destination=make_company("Cobalt", aliases=("Kobalt",)))
    page = read("/companies/cobalt/")
    assert _also_written(page) == {"Kobalt": ""}
    assert "names without a number are on the ledger's own list" in words(page)
