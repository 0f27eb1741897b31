"""Sentence tables of the turns of phrase: moves told without a verb of movement."""

import datetime
import time

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read
from articles.extraction.en.turns import turns


def moves(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))
    return [(m.person and m.person.name, m.origin and m.origin.org, m.destination and m.destination.org) for m in found]


def told(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))
    return [(m.person and m.person.name, m.kind, m.status) for m in found]


RUNA, OSCAR = "Runa Halvorsen", "Oscar Lindgren"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (
            "OpenAI has hired Runa Halvorsen. She arrives from Veldt Robotics, where she built grippers.",
            "Veldt Robotics",
        ),
        ("OpenAI has hired Runa Halvorsen. Until last month she was with Google.", "Google"),
        ("OpenAI has hired Runa Halvorsen. She was a vice president at Google until the appointment.", "Google"),
        ("OpenAI has hired Runa Halvorsen. She previously ran research at Google.", "Google"),
        ("Runa Halvorsen, until recently of Google, has joined OpenAI.", "Google"),
        ("OpenAI has hired Runa Halvorsen. Google, her current employer, has been told.", "Google"),
        ("OpenAI has hired Runa Halvorsen. Until Friday she had been head of design at Google.", "Google"),
        ("Runa Halvorsen, fresh out of Google, has joined OpenAI.", "Google"),
    ],
)
def test_it_finds_the_employer_left_in_another_clause(text, origin):
    assert (RUNA, origin, "OpenAI") in moves(text)


@pytest.mark.parametrize(
    "text",
    [
        "Runa Halvorsen exchanged Google for OpenAI in 2021.",
        "Runa Halvorsen swapped Google for OpenAI.",
        "Runa Halvorsen gave up a post at Google to lecture at OpenAI.",
        "OpenAI talked Runa Halvorsen into leaving Google.",
        "Runa Halvorsen, from Google to OpenAI (principal scientist).",
        "In: Runa Halvorsen (Google → OpenAI).",
        "Google’s loss is OpenAI’s gain: Runa Halvorsen starts at OpenAI in May.",
        "Runa Halvorsen, both out of Google, both to OpenAI.",
    ],
)
def test_it_finds_both_ends_in_one_turn(text):
    assert (RUNA, "Google", "OpenAI") in moves(text)


@pytest.mark.parametrize(
    "text",
    [
        "Runa Halvorsen is no longer with Google.",
        "Runa Halvorsen is no longer chief scientist at Google.",
        "Runa Halvorsen is off after four years at Google; she has handed in her notice at Google.",
        "Runa Halvorsen handed in her badge at Google on Friday.",
        "Runa Halvorsen has cleared her desk at Google.",
        "Runa Halvorsen’s stint at Google lasted a year.",
        "Runa Halvorsen was let go by Google.",
        "Runa Halvorsen ceased to be a director of Google on Friday.",
        "Google accepted Runa Halvorsen’s resignation.",
        "Runa Halvorsen’s job at Google was eliminated.",
        "Runa Halvorsen is headed for the exit at Google.",
        "“Today is my last day at Google,” Runa Halvorsen wrote on LinkedIn.",
    ],
)
def test_it_finds_who_is_gone(text):
    assert (RUNA, "Google", None) in moves(text)


@pytest.mark.parametrize(
    "text",
    [
        "Runa Halvorsen has resurfaced at OpenAI.",
        "Runa Halvorsen has popped up at OpenAI.",
        "Runa Halvorsen is bound for OpenAI.",
        "Runa Halvorsen is off to OpenAI.",
        "Runa Halvorsen has been put in charge of OpenAI.",
        "OpenAI hands the keys to Runa Halvorsen.",
        "OpenAI gained a chairman in Runa Halvorsen.",
        "OpenAI counts Runa Halvorsen among its recruits.",
        "OpenAI has a new chief executive: Runa Halvorsen.",
        "Runa Halvorsen is now on the payroll of OpenAI.",
        "Runa Halvorsen has thrown in her lot with OpenAI.",
        "Runa Halvorsen appointed group chief executive of OpenAI",
        "Runa Halvorsen made the jump to OpenAI.",
    ],
)
def test_it_finds_who_has_arrived(text):
    assert (RUNA, "OpenAI") in [(who, joined) for who, _, joined in moves(text)]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Runa Halvorsen turned down OpenAI.", "hire", "declined"),
        ("Runa Halvorsen passed on OpenAI.", "hire", "declined"),
        ("Runa Halvorsen said no to OpenAI.", "hire", "declined"),
        ("Runa Halvorsen denied that she was leaving for OpenAI.", "hire", "denied"),
        ("Google dismissed as untrue a report that Runa Halvorsen had resigned to join OpenAI.", "hire", "denied"),
        ("Runa Halvorsen was among the founders of Adept.", "founding", "reported"),
        ("Runa Halvorsen found herself interim chief executive of Adept AI.", "internal", "reported"),
        ("Runa Halvorsen has re-enlisted at OpenAI.", "return", "reported"),
        ("Google reinstated Runa Halvorsen as chief scientist of Google.", "return", "reported"),
    ],
)
def test_it_tells_what_came_of_it(text, kind, status):
    assert (RUNA, kind, status) in told(text)


def test_it_gives_the_founders_beside_the_first():
    text = "Runa Halvorsen founded Veldt Robotics with Oscar Lindgren."
    assert [(who, kind) for who, kind, _ in told(text)] == [(RUNA, "founding"), (OSCAR, "founding")]


def test_it_lets_others_make_the_same_move():
    text = "Runa Halvorsen left Google for OpenAI. Oscar Lindgren followed her in May."
    assert moves(text)[1] == (OSCAR, "Google", "OpenAI")


def test_it_gives_both_of_two_what_is_said_of_both():
    text = "Runa Halvorsen and Oscar Lindgren, both late of Google, have joined OpenAI."
    assert moves(text) == [(RUNA, "Google", "OpenAI"), (OSCAR, "Google", "OpenAI")]


def test_it_names_each_of_a_group_that_comes_along():
    text = (
        "Runa Halvorsen joins OpenAI. Two colleagues come with her: Oscar Lindgren and Nadia Brandt, "
        "all of them formerly of Google."
    )
    assert moves(text)[1:] == [(OSCAR, "Google", "OpenAI"), ("Nadia Brandt", "Google", "OpenAI")]


def test_it_knows_a_university_by_its_whole_name():
    assert moves("Runa Halvorsen has left Google for the University of Elmton.") == [
        (RUNA, "Google", "University of Elmton")
    ]


def test_it_follows_whose_and_the_one_replaced():
    assert (RUNA, None, "OpenAI") in moves("The latest loss is that of Runa Halvorsen, whose move to OpenAI is out.")
    text = "Google has appointed Runa Halvorsen as chief scientist. She succeeds Oscar Lindgren. He was let go in May."
    assert (OSCAR, "Google", None) in moves(text)


def test_it_takes_a_division_for_a_part_of_its_owner():
    text = "Runa Halvorsen has left Microsoft’s Corvid division."
    assert moves(text) == [(RUNA, "Microsoft", None)]


def test_it_lets_pronouns_agree():
    text = "Runa Halvorsen has joined OpenAI. She succeeds Oscar Lindgren. He has left for Google."
    assert (OSCAR, "Google") in [(who, joined) for who, _, joined in moves(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Runa Halvorsen joins the board of OpenAI.",
        "Runa Halvorsen took a board seat at OpenAI.",
        "Microsoft appointed Runa Halvorsen to its observing seat on the board of OpenAI.",
        "The striker Runa Halvorsen joined Google from Microsoft on deadline day.",
        "The researcher Runa Halvorsen returned to Porto last week after the forum.",
        "Runa Halvorsen, chief executive of Veldt Robotics, has moved to Ljubljana with her family.",
        "OpenAI’s chief, Runa Halvorsen, has a plan to shift control from the fund to the company’s staff.",
        "Runa Halvorsen left open whether Google would sell.",
        "Runa Halvorsen still works at OpenAI.",
        "Google did not hire Runa Halvorsen.",
    ],
)
def test_it_finds_no_move_where_nobody_moves(text):
    assert moves(text) == []


def test_every_turn_has_a_word_and_a_known_sort():
    assert all(any(isinstance(e, frozenset) for e in turn.elements) for known in turns().values() for turn in known)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Stone joined Meta and " * 40_000,
        " and ".join(f"Ada Stone joined Meta {n} times" for n in range(4_000)),
        "from Google to OpenAI, " * 6_000,
        "Ada Stone is no longer with Meta; " * 4_000,
        "P’s job , the the the of of at at " * 5_000,
    ],
)
def test_it_stays_quick_on_a_hostile_text(text):
    began = time.process_time()
    moves(text)
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "text",
    [
        "Runa Halvorsen and Oscar Lindgren, both former Google researchers, are joining OpenAI.",
        "OpenAI has hired Runa Halvorsen and Oscar Lindgren, both former Google researchers.",
        "Runa Halvorsen and Oscar Lindgren, each a former Google engineer, have joined OpenAI.",
        "Runa Halvorsen and Oscar Lindgren, who were both researchers at Google, are joining OpenAI.",
        "Mia Tran, Runa Halvorsen and Oscar Lindgren, the latter two from Google, have joined OpenAI.",
    ],
)
def test_it_finds_the_employer_that_a_list_shares(text):
    assert {(RUNA, "Google", "OpenAI"), (OSCAR, "Google", "OpenAI")} <= set(moves(text))


@pytest.mark.parametrize(
    "text",
    [
        "Runa Halvorsen was ousted from OpenAI, and then reinstated.",
        "Runa Halvorsen was fired by OpenAI. She was reinstated five days later.",
        "OpenAI fired Runa Halvorsen, then reinstated her.",
    ],
)
def test_it_finds_who_is_put_out_and_back(text):
    assert {kind for who, kind, _ in told(text) if who == RUNA} == {"departure", "return"}
    assert {(RUNA, "OpenAI", None), (RUNA, None, "OpenAI")} == set(moves(text))


def groups(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))
    return [
        (m.cohort and (m.cohort.min, m.cohort.text), m.origin and m.origin.org, m.destination and m.destination.org)
        for m in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The paper's publisher, Harbor Media, has fired three senior executives.",
        "Magazine publisher, Harbor Media, has fired three senior executives.",
    ],
)
def test_it_finds_the_employer_that_commas_set_off(text):
    assert groups(text) == [((3, "three senior executives"), "Harbor Media", None)]


def test_it_finds_the_team_of_a_firm_that_moves():
    assert groups("The Loopline AI team joined Spotify.") == [
        ((None, "The Loopline AI team"), "Loopline AI", "Spotify")
    ]
    assert groups("The Google team joined OpenAI in calling for rules.") == []


def test_it_knows_korean_names_with_syllables_that_are_common_words():
    text = "Jing Chen and Hae Won Park, both former Google researchers, are joining OpenAI."
    assert moves(text) == [("Jing Chen", "Google", "OpenAI"), ("Hae Won Park", "Google", "OpenAI")]


@pytest.mark.parametrize(
    "text",
    [
        "Harbor Media appoints four senior executives.",
        "The new unit at Harbor Media has appointed four senior executives.",
        "Four senior executives were appointed by Harbor Media.",
    ],
)
def test_it_finds_appointees_without_names(text):
    assert [(who[0], joined) for who, _, joined in groups(text)] == [(4, "Harbor Media")]


def test_it_takes_no_seats_and_plans_for_appointees():
    assert groups("Google appointed two directors to the board. Google plans to appoint four executives.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Runa Halvorsen joined OpenAI as part of a licensing deal with Loopline AI.",
        "Former Google engineer Runa Halvorsen recently joined OpenAI as part of a billion-dollar deal.",
    ],
)
def test_it_finds_who_came_with_a_deal(text):
    assert told(text) == [(RUNA, "acquihire", "reported")]
