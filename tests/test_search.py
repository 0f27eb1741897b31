"""Finding people and companies by a name, in any script, whole or not, and with typing errors."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from talent.models import Company
from talent.resolve import candidate_keys
from talent.search import How, companies_like, people_like
from tests.factories import make_claim, make_company, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    for name, zh in (
        ("Mark Zuckerberg", ""),
        ("Ada Quill", "阿达·奎尔"),
        ("Ada Quint", ""),
        ("何恺明", "何恺明"),
        ("Wei Han", "韩伟"),
    ):
        person = make_person(name, name_zh=zh)
        make_claim(person=person, person_name=name, person_candidates=candidate_keys([name]))
    make_company("Lanternlight", name_zh="灯光科技", aliases=("LL Labs",))
    make_company("Northwind AI")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("words", "first", "how"),
    [
        ("Mark Zuckerberg", "Mark Zuckerberg", How.WHOLE),
        ("mark zuck", "Mark Zuckerberg", How.BEGINS),
        ("zuckerberg", "Mark Zuckerberg", How.WITHIN),
        ("Mark Zukerberg", "Mark Zuckerberg", How.SPELLED),
        ("扎克伯格", "Mark Zuckerberg", How.SOUNDS),
        ("阿达·奎尔", "Ada Quill", How.WHOLE),
        ("奎尔", "Ada Quill", How.WITHIN),
        ("Kaiming He", "何恺明", How.SOUNDS),
        ("韩", "Wei Han", How.BEGINS),
    ],
)
def test_it_finds_a_person(words: str, first: str, how: How) -> None:
    hit = people_like(words, limit=5)[0]
    assert (hit.entity.name, hit.how) == (first, how)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Lanternlight", "Lanternlight"),
        ("灯光", "Lanternlight"),
        ("ll l", "Lanternlight"),
        ("Lanternlihgt", "Lanternlight"),
    ],
)
def test_it_finds_a_company(words: str, first: str) -> None:
    assert companies_like(words, limit=5)[0].entity.name == first


@pytest.mark.usefixtures("world")
def test_the_better_fit_comes_first() -> None:
    assert [hit.entity.name for hit in people_like("Ada Quil", limit=5)] == ["Ada Quill", "Ada Quint"][:1]
    assert [hit.entity.name for hit in people_like("Ada Qui", limit=5)] == ["Ada Quill", "Ada Quint"]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("words", ["", " ", "a", "\0", "xyzzy plugh", "%", "_", "'", "\\"])
def test_it_finds_nobody_by_nothing(words: str) -> None:
    assert people_like(words, limit=5) == []


def test_it_shows_nobody_who_is_hidden() -> None:
    make_person("Vera Lockhart", visibility="hidden")
    assert people_like("Vera Lockhart", limit=5) == []


def test_a_company_that_is_part_of_another_leads_to_the_whole() -> None:
    whole, part = make_company("Lanternlight"), make_company("Glow Research")
    Company.objects.filter(pk=part.pk).update(merged_into=whole)
    (hit,) = companies_like("Glow Research", limit=5)
    assert (hit.entity.name, hit.name) == ("Lanternlight", "Glow Research")


@given(st.text(max_size=120))
def test_no_text_is_too_strange(words: str) -> None:
    assert all(0 <= hit.score <= 100 for hit in [*people_like(words, limit=5), *companies_like(words, limit=5)])


@pytest.mark.usefixtures("world")
def test_a_whole_name_takes_few_questions(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # pytest-django's fixture
        people_like("Ada Quill", limit=1)


def test_beginnings_are_read_from_the_index_in_its_order() -> None:
    with connection.cursor() as cursor:
        # A handful of rows is as soon sorted; what is asked is whether the index can give the order.
        for other in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
        cursor.execute(
            "EXPLAIN SELECT name FROM talent_alias WHERE lower(name) COLLATE \"C\" >= 'ada' "
            'AND lower(name) COLLATE "C" < \'adb\' ORDER BY lower(name) COLLATE "C", id LIMIT 10'
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "alias_by_name" in plan
    assert "Sort" not in plan
