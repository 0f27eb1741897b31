"""How the moves that single clauses tell become the moves of an article."""

from dataclasses import replace

from articles.extraction.claims import Attribution, Cohort, MoveClaim, MoveEnd, PersonName
from articles.extraction.document import Span
from articles.extraction.moves import assemble


def move(who, origin, destination, *, kind="hire", at=0, status="reported", date=None, role=None):
    person = PersonName(who) if isinstance(who, str) else None
    return MoveClaim(
        status=status,
        span=Span(at, at + 10),
        date=date,
        person=person,
        cohort=None if person else Cohort(who[0], who[1], who[1]),
        origin=MoveEnd(origin, None, role) if origin else None,
        destination=MoveEnd(destination) if destination else None,
        kind=kind,
    )


def told(*claims):
    return [
        (m.person.name if m.person else m.cohort.min, m.origin and m.origin.org, m.destination and m.destination.org)
        for m in assemble(claims)
    ]


def test_it_joins_a_departure_with_an_arrival():
    assert told(move("A", "X", None, kind="departure"), move("A", None, "Y", at=50)) == [("A", "X", "Y")]


def test_it_leaves_two_people_apart():
    assert len(told(move("A", "X", None, kind="departure"), move("B", None, "Y", at=50))) == 2


def test_it_keeps_halves_of_different_years_apart():
    halves = move("A", "X", None, kind="departure", date="2025-05"), move("A", None, "Y", at=50, date="2019")
    assert len(told(*halves)) == 2


def test_it_tells_an_end_once():
    assert told(move("A", "X", "Y"), move("A", "X", None, kind="departure", at=90), move("A", None, "Y", at=99)) == [
        ("A", "X", "Y")
    ]


def test_a_headline_gets_the_source_that_the_text_names():
    headline, body = move("A", "X", "Y"), move("A", "X", "Y", at=90)
    wire = Attribution("Harbour Wire", "outlet")
    [claim] = assemble([headline, replace(body, attribution=wire)])
    assert (claim.span, claim.attribution) == (headline.span, wire)


def test_it_counts_employers_of_one_group_once():
    assert told(move("A", "X", "Google"), move("A", None, "Google DeepMind", at=90)) == [("A", "X", "Google")]


def test_it_keeps_what_was_refused_beside_what_happened():
    assert len(told(move("A", "X", "Y", status="declined"), move("A", "X", "Y", at=60))) == 2


def test_it_gives_an_unnamed_person_the_name_told_later():
    assert told(move(("a founder", 1), "X", "Y"), move("A", "X", None, kind="departure", at=80)) == [("A", "X", "Y")]


def test_it_drops_a_group_that_is_named_in_full():
    assert told(move(("two engineers", 2), "X", "Y"), move("A", "X", "Y", at=50), move("B", "X", "Y", at=50)) == [
        ("A", "X", "Y"),
        ("B", "X", "Y"),
    ]


def test_it_keeps_a_group_of_others():
    claims = move(("two other engineers", 2), "X", "Y"), move("A", "X", "Y", at=50), move("B", "X", "Y", at=50)
    assert len(told(*claims)) == 3


def test_it_brings_a_returner_back_from_where_they_went():
    claims = move("A", "X", "Y"), move("A", None, "X", kind="return", at=60)
    assert told(*claims) == [("A", "X", "Y"), ("A", "Y", "X")]


def test_it_drops_a_venture_without_a_name_that_nobody_left_for():
    assert told(move("A", None, None, kind="founding")) == []


def test_it_keeps_the_order_of_the_text():
    assert [who for who, _, _ in told(move("B", "X", "Y", at=90), move("A", "X", "Y", at=5))] == ["A", "B"]
