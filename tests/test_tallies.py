"""Tallies are exact: whatever happens to moves, people and companies, they are what a full recount in Python gives."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from talent import merge, tallies, tasks
from talent.models import Company, CompanyTally, KindTally, Move, MoveKind, PairTally, Person, Status, TallyRule
from talent.rebuild import rebuild
from tests.factories import make_claim, make_company, make_move, make_person
from tests.knowledge import ingest, sample_names
from tests.test_settle import move, tell

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 7, 2, 3, 41, tzinfo=UTC)
FIELDS = ("moves", "groups", "at_least", "at_most", "unbounded", "reports", "single", "vague")
Figures = dict[tuple[Any, ...], tuple[int, ...]]


def recount(certainty: float | None = None) -> tuple[Figures, Figures, Figures]:
    """What the three tables must say, counted move by move."""
    pairs, companies, kinds = (defaultdict[Any, list[int]](lambda: [0] * len(FIELDS)) for _ in range(3))
    for each in Move.objects.visible():
        grade = 2 if each.reviewed else int(certainty is not None and each.confidence >= certainty)
        sort, day = (each.status, grade), each.sort_date
        places: list[tuple[Any, Any]] = [(kinds, (each.kind, day.year, *sort))]
        if each.kind != "internal" and each.origin_id != each.destination_id:
            ends = each.origin_id or 0, each.destination_id or 0
            for period in (0, -day.year, day.year * 100 + day.month):
                places.append((pairs, (period, *ends, *sort)))
                for company, side in ((ends[0], "left"), (ends[1], "joined"), (-1, "all")):
                    places.append((companies, (company, side, period, *sort)))
        for table, key in places:
            table[key] = [a + b for a, b in zip(table[key], weight(each), strict=True)]
    return tuple({key: tuple(value) for key, value in table.items()} for table in (pairs, companies, kinds))  # type: ignore[return-value]


def weight(each: Move) -> list[int]:
    group = each.person_id is None
    most = each.cohort_max if each.cohort_max is not None else each.cohort_of
    first, last = each.date_first, each.date_last
    month = first and last and (first.year, first.month) == (last.year, last.month)
    least = 1 if each.cohort_min is None else each.cohort_min
    in_group = [1, least, most or 0, most is None] if group else [0] * 4
    return [1, *map(int, in_group), each.reporters, int(each.reporters <= 1), int(not month)]


def stored() -> tuple[Figures, Figures, Figures]:
    return (
        table(PairTally, "period", "origin", "destination"),
        table(CompanyTally, "company", "side", "period"),
        table(KindTally, "kind", "year"),
    )


def table(model: type[Any], *keys: str) -> Figures:
    rows = model.objects.exclude(**dict.fromkeys(FIELDS, 0)).values_list(*keys, "status", "grade", *FIELDS)
    return {row[: -len(FIELDS)]: row[-len(FIELDS) :] for row in rows}


def test_the_recount_of_the_test_tells_something() -> None:
    make_move()
    assert [len(figures) for figures in recount()] == [3, 9, 1]


# ------------------------------------------------------------------ whatever happens


class Play:
    """Random acts upon moves, people and companies."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.claim = make_claim()
        self.companies = [make_company() for _ in range(4)]
        self.people = [make_person() for _ in range(4)]
        self.moves: list[Move] = []
        self.acts: list[Callable[[], Any]] = [
            self.enter, self.enter, self.enter_many, self.remove, self.change, self.change_many,
            self.turn_a_person, self.turn_a_company, self.turn_companies, self.turn_a_move, self.take_back,
        ]  # fmt: skip

    def act(self) -> None:
        self.random.choice(self.acts)()

    def any_fields(self) -> dict[str, Any]:
        pick = self.random.choice
        origin, destination = pick([*self.companies, None]), pick(self.companies)
        low = pick([None, 0, 3, 7])
        cohort = {
            "cohort_text": "some",
            "cohort_min": low,
            "cohort_max": pick([None, 9]),
            "cohort_of": pick([None, 14]),
        }
        who = pick([{"person": pick(self.people), "cohort_text": ""}, {"person": None, **cohort}])
        month = pick([None, 1, 2, 12])
        first = date(pick([1999, 2023, 2024]), month or 1, 1)
        return {
            "kind": pick(MoveKind.values), "status": pick(Status.values), "confidence": pick([0.4, 0.8, 0.9]),
            "reviewed": pick([True, False]), "reporters": pick([0, 1, 2, 5]), "sort_date": first,
            "date_first": pick([first, None]), "date_last": pick([first + timedelta(days=pick([5, 300])), None]),
            "origin": origin, "destination": destination, **who,
        }  # fmt: skip

    def enter(self) -> None:
        fields = self.any_fields()
        person = fields.pop("person")
        self.moves.append(make_move(person, claim=make_claim(article=self.claim.article), **fields))

    def enter_many(self) -> None:
        for _ in range(3):
            self.enter()
        copies = [Move(**{**_values(each), "public_id": f"copy{each.pk}"}) for each in self.moves[-3:]]
        self.moves += Move.objects.bulk_create([c for c in copies if not _known(c)])

    def remove(self) -> None:
        if self.moves:
            gone = self.moves.pop(self.random.randrange(len(self.moves)))
            gone.claims.update(move=None)
            gone.delete()

    def change(self) -> None:
        if self.moves:
            each = self.random.choice(self.moves)
            fields = self.any_fields()
            if fields["person"] is not None:
                fields |= {"cohort_min": None, "cohort_max": None, "cohort_of": None}
            for name, value in fields.items():
                setattr(each, name, value)
            each.save()

    def change_many(self) -> None:
        Move.objects.filter(origin=self.random.choice(self.companies)).update(status=self.random.choice(Status.values))

    def turn_a_person(self) -> None:
        self.turn(Person.objects.filter(pk=self.random.choice(self.people).pk))

    def turn_a_company(self) -> None:
        self.turn(Company.objects.filter(pk=self.random.choice(self.companies).pk))

    def turn_companies(self) -> None:
        self.turn(Company.objects.all())

    def turn_a_move(self) -> None:
        if self.moves:
            self.turn(Move.objects.filter(pk=self.random.choice(self.moves).pk))

    def turn(self, rows: Any) -> None:
        rows.update(visibility=self.random.choice(["public", "unlisted", "hidden", "withdrawn"]))

    def take_back(self) -> None:
        """An act that a rollback undoes."""
        with suppress(KeyError), transaction.atomic():
            self.turn_companies()
            Move.objects.update(kind="hire")
            raise KeyError


def _values(each: Move) -> dict[str, Any]:
    return {f.attname: getattr(each, f.attname) for f in Move._meta.concrete_fields if not f.primary_key}


def _known(each: Move) -> bool:
    return Move.objects.filter(public_id=each.public_id).exists()


@pytest.mark.parametrize("seed", range(6))
def test_they_are_a_recount_after_any_acts(seed: int, settings: Any) -> None:
    certainty = None if seed % 2 else 0.8
    settings.PUBLISH = str(certainty or "all")
    tallies.repair()
    play = Play(Random(seed))
    for number in range(60):
        play.act()
        if number % 6 == 5:
            settings.PUBLISH = "all"
            assert stored() == recount(certainty)
            settings.PUBLISH = str(certainty or "all")
    assert play.moves
    assert tallies.drift() == 0


def test_settling_merging_undoing_and_rebuilding_keep_them(django_user_model: Any) -> None:
    editor = django_user_model.objects.create_user("erin")
    for name in sample_names()[:6]:
        ingest(name)
    tell("Ada goes.", move("Ada Stone", "Larkspur", "Meta"))
    assert stored() == recount()
    lark, meta = (Company.objects.get(key=key) for key in ("larkspur", "meta"))
    judgement = merge.judge(lark, meta, "same", editor)
    assert stored() == recount()
    merge.undo(judgement, editor)
    assert stored() == recount()
    before = list(PairTally.objects.order_by("pk").values())
    rebuild()
    assert list(PairTally.objects.order_by("pk").values()) == before
    assert stored() == recount()


def test_what_nobody_sees_is_not_counted() -> None:
    hidden = make_company(visibility="hidden")
    make_move(origin=hidden)
    make_move(make_person(visibility="withdrawn"))
    make_move(visibility="hidden")
    assert stored() == ({}, {}, {})
    Company.objects.filter(pk=hidden.pk).update(visibility="unlisted")
    assert [len(figures) for figures in stored()] == [3, 9, 1]


def test_a_change_of_name_counts_nothing_anew() -> None:
    each = make_move()
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM talent_pairtally")
        before = cursor.fetchall()
        Company.objects.update(name="Other")
        Person.objects.update(name="Other")
        Move.objects.filter(pk=each.pk).update(origin_role="head")
        cursor.execute("SELECT xmin::text FROM talent_pairtally")
        assert cursor.fetchall() == before


# ------------------------------------------------------------------ two writers


@pytest.mark.django_db(transaction=True)
def test_hiding_a_person_waits_for_who_writes_their_moves() -> None:
    person = make_person()
    hide = threading.Thread(target=_hide, args=[person.pk])
    with transaction.atomic():
        make_move(person)
        hide.start()
        while not _somebody_waits():
            assert hide.is_alive()
    hide.join()
    assert stored() == ({}, {}, {})
    assert tallies.drift() == 0


def _hide(pk: int) -> None:
    Person.objects.filter(pk=pk).update(visibility="hidden")
    connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


# ------------------------------------------------------------------ check and repair


def spoil() -> None:
    PairTally.objects.filter(period=0).update(moves=7)
    KindTally.objects.all().delete()
    CompanyTally.objects.filter(period=0, side="all").update(company=-2)


def test_a_check_finds_what_is_wrong_missing_or_too_much(capsys: pytest.CaptureFixture[str]) -> None:
    make_move()
    call_command("tallies")
    spoil()
    with pytest.raises(SystemExit):
        call_command("tallies", "--check")
    assert "4 rows of the tallies differ" in capsys.readouterr().out
    call_command("tallies", "--rebuild")
    assert stored() == recount()
    assert tallies.drift() == 0


def test_a_repair_writes_nothing_where_nothing_is_wrong_and_sweeps_what_fell_to_nought() -> None:
    make_move()
    assert tallies.repair() == 0
    Move.objects.update(visibility="hidden")
    assert tallies.drift() == 0
    assert tallies.repair() == 13
    assert not PairTally.objects.exists()


def test_another_certainty_is_told_and_counted_anew(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    make_move(confidence=0.9)
    settings.PUBLISH = "0.8"
    with pytest.raises(SystemExit):
        call_command("tallies")
    assert "another PUBLISH" in capsys.readouterr().err
    tallies.keep(now=NOW)
    assert set(PairTally.objects.exclude(moves=0).values_list("grade", flat=True)) == {1}
    call_command("tallies")


def test_every_day_drift_is_noted_and_mended() -> None:
    make_move()
    assert tallies.keep(now=NOW) == 0
    spoil()
    assert tallies.keep(now=NOW + timedelta(hours=1)) is None
    assert tallies.keep(now=NOW + timedelta(days=1)) == 4
    assert TallyRule.objects.get().drift == 4
    assert stored() == recount()
    assert tallies.keep(now=NOW + timedelta(days=2)) == 0
    assert TallyRule.objects.get().drift == 0


def test_the_clock_asks_for_it(settings: Any) -> None:
    assert "talent.tasks.tally" in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    make_move()
    assert tasks.tally() == 0
    assert tasks.tally() is None
