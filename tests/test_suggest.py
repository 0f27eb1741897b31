"""Which names are suggested for what is typed, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.models import Company
from talent.resolve import candidate_keys
from talent.search import suggest
from tests.factories import make_claim, make_company, make_move, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    for name, zh in (("Mark Zuckerberg", ""), ("Ada Quill", "阿达·奎尔"), ("何恺明", ""), ("Metta Lund", "")):
        person = make_person(name, name_zh=zh)
        make_claim(person=person, person_name=name, person_candidates=candidate_keys([name]))
    make_company("Meta", aliases=("Facebook", "脸书"))
    make_company("Metabase Ten")
    make_company("月之暗面", slug="moonshot")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("met", ["Meta", "Metabase Ten", "Metta Lund"]),
        ("META", ["Meta", "Metabase Ten"]),
        ("face book", ["Meta"]),
        ("zuck", ["Mark Zuckerberg"]),
        ("uckerberg", ["Mark Zuckerberg"]),
        ("Mark Zukerberg", ["Mark Zuckerberg"]),
        ("扎克伯格", ["Mark Zuckerberg"]),
        ("阿", ["Ada Quill"]),
        ("奎尔", ["Ada Quill"]),
        ("奎爾", ["Ada Quill"]),
        ("恺明", ["何恺明"]),
        ("暗面", ["月之暗面"]),
        ("脸", ["Meta"]),
        ("Kaiming He", ["何恺明"]),
        ("plugh", []),
    ],
)
def test_it_suggests(typed: str, names: list[str]) -> None:
    assert [suggestion.name for suggestion in suggest(typed)] == names


def test_firms_that_the_lexicon_knows_come_before_others() -> None:
    make_company("Opel")
    make_company("OpenAI")
    assert [suggestion.name for suggestion in suggest("ope")] == ["OpenAI", "Opel"]


def test_many_companies_leave_room_for_people() -> None:
    for number in range(12):
        make_company(f"Ada {number}")
        make_person(f"Ada Quill {number}")
    kinds = [suggestion.kind for suggestion in suggest("ada")]
    assert kinds == ["company"] * 4 + ["person"] * 4


def test_a_person_with_exactly_that_name_comes_before_firms_that_begin_with_it() -> None:
    make_company("Ada Quill Research")
    make_person("Ada Quill")
    assert [suggestion.kind for suggestion in suggest("ada quill")] == ["person", "company"]


def test_nobody_hidden_is_suggested() -> None:
    make_person("Ada Quill", visibility="hidden")
    make_company("Ada Works", visibility="withdrawn")
    assert suggest("ada") == []


def test_a_merged_company_is_suggested_as_the_whole() -> None:
    whole, part = make_company("Lanternlight"), make_company("Glow Research")
    Company.objects.filter(pk=part.pk).update(merged_into=whole)
    assert [(s.name, s.matched) for s in suggest("glow")] == [("Lanternlight", "Glow Research")]


def test_only_what_is_published_is_suggested(settings: object) -> None:
    settings.PUBLISH = "reviewed"  # type: ignore[attr-defined]  # pytest-django's fixture
    make_move(make_person("Ada Quill"), reviewed=True)
    make_move(make_person("Ada Stone"))
    make_person("Ada Reed")
    assert [s.name for s in suggest("ada")] == ["Ada Quill"]
    assert [s.name for s in suggest("quill")] == ["Ada Quill"]


def test_moves_of_hidden_people_are_not_suggested() -> None:
    tern = make_company("Tern AI")
    make_move(make_person("Ada Quill", visibility="hidden"), destination=tern)
    assert [s.kind for s in suggest("ada quill tern ai")] == []


@given(st.text(max_size=80))
def test_no_text_is_too_strange(typed: str) -> None:
    assert len(suggest(typed)) <= 8
