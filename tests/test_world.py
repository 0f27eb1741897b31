"""The invented world to measure in: what its facts say is what settling computes from its claims."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.stories import join_story
from talent.filters.names import quoting
from talent.models import Alias, Change, Claim, EventCounter, FactEvent, Judgement, Move, Person, QuoteWords
from talent.rebuild import rebuild
from talent.verification import verify
from talent.world import NotEmpty, World, make_world
from tests.factories import make_article
from tests.knowledge import beliefs

pytestmark = pytest.mark.django_db
SMALL = World(moves=200, seed=1)


@pytest.fixture
def world() -> World:
    make_world(SMALL, now=timezone.now())
    return SMALL


def _facts() -> dict[str, Any]:
    """All that is believed, but for the questions to editors, which only settling asks."""
    return {name: rows for name, rows in json.loads(beliefs()).items() if name != "questions"}


def test_its_facts_are_those_that_settling_computes(world: World) -> None:
    before = _facts()
    assert len(before["moves"]) == 200
    rebuild()
    assert _facts() == before


def test_its_facts_come_back_from_its_claims_alone(world: World) -> None:
    before = _facts()
    Claim.objects.update(person=None, move=None, report=None, signal=None)
    Move.objects.all().delete()
    Person.objects.filter(compensation=None).delete()
    rebuild()
    assert _facts()["moves"] == before["moves"]
    assert _facts()["people"] == before["people"]


def test_no_two_of_its_names_are_near_enough_to_be_one_person(world: World) -> None:
    people = Person.objects.count()
    rebuild()
    assert Person.objects.count() == people


def test_every_quote_stands_in_its_text(world: World) -> None:
    found = verify(now=timezone.now())
    assert found.sound
    assert found.states.total() == Claim.objects.count()


def test_it_has_copies_that_are_one_story_with_their_originals(world: World) -> None:
    copies = Article.objects.exclude(original=None)
    assert copies.exists()
    for copy in copies:
        assert join_story(copy) == []
        assert copy.original_id is not None


def test_it_is_written_in_both_languages_and_names_people_in_both_scripts(world: World) -> None:
    assert set(Article.objects.values_list("language", flat=True)) == {"en", "zh"}
    assert Alias.objects.filter(script="Hani").exists()
    assert Person.objects.exclude(name_zh="").exists()


def test_one_seed_gives_one_world_and_another_one_another() -> None:
    first, second, other = (
        [claim.key for claim in world.part(0, world.press()).claims]
        for world in (SMALL, World(200, seed=1), World(200, seed=2))
    )
    assert first == second
    assert not set(first) & set(other)


def test_some_companies_have_far_more_moves_than_others(world: World) -> None:
    arrivals = sorted(Move.objects.exclude(destination=None).values_list("destination", flat=True))
    counts = sorted((arrivals.count(company) for company in set(arrivals)), reverse=True)
    assert counts[0] >= 5 * counts[-1]


def test_it_has_the_change_feed_and_the_history_that_triggers_would_have_written(world: World) -> None:
    events = FactEvent.objects.order_by("sequence")
    assert list(events.values_list("sequence", flat=True)) == list(range(1, events.count() + 1))
    assert EventCounter.objects.get().last == events.count()
    assert set(events.values_list("type", flat=True)) == {"created"}
    assert Change.objects.filter(noun="claim", operation="insert").count() == Claim.objects.count()


def test_its_tallies_are_those_of_a_full_recount(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT talent_tally_drift(), sum(moves) FROM talent_kindtally")
        assert cursor.fetchone() == (0, 200)


def test_its_quotes_are_found_by_their_words(world: World) -> None:
    assert QuoteWords.objects.count() == Claim.objects.count()
    claim = Claim.objects.exclude(person_name="").first()
    assert claim is not None
    assert quoting(Claim.objects.all(), claim.person_name).filter(pk=claim.pk).exists()


def test_settling_it_again_is_no_event(world: World) -> None:
    before = FactEvent.objects.count()
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert FactEvent.objects.count() == before


def test_it_leaves_the_indexes_and_triggers_as_they_were() -> None:
    def standing() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' "
                "UNION ALL SELECT concat(tgname, ' ', tgenabled, ' ', tgrelid::regclass) FROM pg_trigger ORDER BY 1"
            )
            return list(cursor.fetchall())

    before = standing()
    make_world(SMALL, now=timezone.now())
    assert standing() == before


def test_rows_written_afterwards_get_keys_of_their_own(world: World) -> None:
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert make_article().pk > newest


def test_it_asks_editors_nothing_before_somebody_settles(world: World) -> None:
    assert not Judgement.objects.exists()


def test_it_is_refused_where_there_are_articles_already() -> None:
    make_article()
    with pytest.raises(NotEmpty):
        make_world(SMALL, now=timezone.now())
    assert Article.objects.count() == 1


def test_the_command_tells_what_it_cannot_make() -> None:
    with pytest.raises(CommandError, match="1,000,000"):
        call_command("make_world", moves=2_000_000)


def test_the_command_makes_one(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_world", moves=50)
    assert Move.objects.count() == 50
    assert "part 1 of 1" in capsys.readouterr().out
