"""Tables of short English stories whose moves need more than one sentence, or a word that points back."""

import datetime

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def found(text, title=""):
    return find_moves(read(Document("t", text, "en", title, datetime.date(2026, 3, 10))))


def moves(text, title=""):
    told = [(_who(m), m.origin and m.origin.org, m.destination and m.destination.org) for m in found(text, title)]
    return sorted(told, key=str)


def _who(move):
    return move.person.name if move.person else move.cohort.min


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Meta has brought in at least nine researchers. Notable names include Ada Byrne and Tomas Lind from "
            "Google, along with Mira Olsen from OpenAI.",
            [
                (9, None, "Meta"),
                ("Ada Byrne", "Google", "Meta"),
                ("Mira Olsen", "OpenAI", "Meta"),
                ("Tomas Lind", "Google", "Meta"),
            ],
        ),
        (
            "Ada Byrne has joined Anthropic from Google. Other recent hires include Tomas Lind, a former director at "
            "Google.",
            [("Ada Byrne", "Google", "Anthropic"), ("Tomas Lind", "Google", "Anthropic")],
        ),
    ],
)
def test_it_goes_on_with_those_whom_the_next_sentence_names(text, expected):
    assert moves(text) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Byrne founded Larkspur Labs in May. Tomas Lind quit Google to join Byrne’s startup.",
            ("Tomas Lind", "Google", "Larkspur Labs"),
        ),
        (
            "Ada Byrne founded Larkspur Labs in May. Tomas Lind departed Google in June and joined the new startup.",
            ("Tomas Lind", "Google", "Larkspur Labs"),
        ),
        (
            "Ada Byrne founded Larkspur Labs in May. Tomas Lind left Google in June and is now part of Byrne’s team.",
            ("Tomas Lind", "Google", "Larkspur Labs"),
        ),
    ],
)
def test_it_knows_whose_venture_is_meant(text, expected):
    assert expected in moves(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Google’s head of research, Ada Byrne, announced that Tomas Lind and Mira Olsen are rejoining the company "
            "after a short stint at Anthropic. Lind was earlier a vice president at Google.",
            [("Mira Olsen", "Anthropic", "Google"), ("Tomas Lind", "Anthropic", "Google")],
        ),
        (
            "Ada Byrne resigned from Waymo’s CEO job on Monday. Tomas Lind, a lawyer at Ford, took over as "
            "president after Byrne’s departure.",
            [("Ada Byrne", "Waymo", None), ("Tomas Lind", "Ford", "Waymo")],
        ),
        (
            "Ada Byrne leads research at Apple. She will be replaced by Tomas Lind, who is currently working on robots "
            "at Amazon.",
            [("Tomas Lind", "Amazon", "Apple")],
        ),
        (
            "Ada Byrne left Apple. She is not the only hire that Meta made there. The company has also brought on "
            "several experts, including Tomas Lind from Scale AI, Mira Olsen, Oscar Weiss from Cohere, and Runa Holm from Intel.",
            [
                ("Ada Byrne", "Apple", None),
                ("Mira Olsen", None, "Meta"),
                ("Oscar Weiss", "Cohere", "Meta"),
                ("Runa Holm", "Intel", "Meta"),
                ("Tomas Lind", "Scale AI", "Meta"),
            ],
        ),
        (
            "At least three artificial intelligence (AI) researchers have resigned from Meta.",
            [(3, "Meta", None)],
        ),
        (
            "Four of Tesla’s long-serving, experienced engineers have departed for Waymo.",
            [(4, "Tesla", "Waymo")],
        ),
        (
            "Waymo was founded by two former directors of Google: Ada Byrne and Tomas Lind.",
            [("Ada Byrne", "Google", "Waymo"), ("Tomas Lind", "Google", "Waymo")],
        ),
        (
            "Intel Corporation (INTC) has hired Ada Byrne. Byrne will head a new unit.",
            [("Ada Byrne", None, "Intel")],
        ),
        (
            "Intel let go hundreds of people. Even its head of design, Ada Byrne, was among those let go.",
            [("Ada Byrne", "Intel", None)],
        ),
        ("Tomas Lind, a talent scout at Google, also transferred to Cohere.", [("Tomas Lind", "Google", "Cohere")]),
        (
            "Ada Byrne left Apple to join Meta. Two more Apple designers have defected to the company.",
            [(2, "Apple", "Meta"), ("Ada Byrne", "Apple", "Meta")],
        ),
        (
            "Cohere was founded in 2019 by Ada Byrne, alongside Tomas Lind and Mira Olsen, formerly of Google.",
            [("Ada Byrne", None, "Cohere"), ("Mira Olsen", "Google", "Cohere"), ("Tomas Lind", "Google", "Cohere")],
        ),
        (
            "Ada Byrne founded Larkspur Labs and quickly attracted 19 current and former Google employees.",
            [(19, "Google", "Larkspur Labs"), ("Ada Byrne", None, "Larkspur Labs")],
        ),
        (
            "Meta has embarked on a hiring spree. This included poaching Cohere co-founder Ada Byrne.",
            [("Ada Byrne", "Cohere", "Meta")],
        ),
        (
            "Meta grows. Meta spends. The plans of Meta have included the recruitment of Ada Byrne to lead a new lab.",
            [("Ada Byrne", None, "Meta")],
        ),
        (
            "Ada Byrne left Google to launch Larkspur Labs with two school friends who had been working at Meta.",
            [("Ada Byrne", "Google", "Larkspur Labs")],
        ),
        (
            "Amazon is in a shake-up, with Ada Byrne, a key figure behind its models, leaving the company.",
            [("Ada Byrne", "Amazon", None)],
        ),
        (
            "Two employees focused on safety and policy, Ada Byrne and Tomas Lind, resigned from Google.",
            [("Ada Byrne", "Google", None), ("Tomas Lind", "Google", None)],
        ),
        (
            "Ada Byrne, an Intel fellow in robotics and a professor at Norwell University, will lead Intel’s new lab.",
            [("Ada Byrne", "Intel", "Intel")],
        ),
        (
            "Ada Byrne quit Google and joined Cohere. Apple owns a part of Cohere. Besides Byrne resigning, Tomas Lind "
            "announced that he resigned.",
            [("Ada Byrne", "Google", "Cohere"), ("Tomas Lind", "Google", None)],
        ),
        (
            "Intel has appointed Ada Byrne as head of research. Two people at Cohere cheered. Byrne succeeds Tomas Lind.",
            [("Ada Byrne", None, "Intel")],
        ),
        ("Ada Byrne is leaving Google. Her destination: Anthropic.", [("Ada Byrne", "Google", "Anthropic")]),
        (
            "Ada Byrne, who leaves behind an eleven-year career at Google, is now part of Meta’s research group.",
            [("Ada Byrne", "Google", "Meta")],
        ),
        (
            "OpenAI celebrated the return in November of its co-founder Ada Byrne.",
            [("Ada Byrne", None, "OpenAI")],
        ),
        (
            "OpenAI has lost a quarter of its safety staff, more than 30 people, in a year.",
            [(30, "OpenAI", None)],
        ),
        ("Google lost six researchers this week to rivals Meta and Apple.", [(6, "Google", "Meta")]),
        (
            "Norwell University has entrusted Ada Byrne with the role of chief AI officer.",
            [("Ada Byrne", None, "Norwell University")],
        ),
        (
            "The City of Elmton has hired Ada Byrne, a former manager at Google, as its first AI officer.",
            [("Ada Byrne", "Google", "City of Elmton")],
        ),
        (
            "Ada Byrne will soon hold a full-time position at Norwell University.",
            [("Ada Byrne", None, "Norwell University")],
        ),
    ],
)
def test_it_finds_whom_and_what_a_story_points_back_to(text, expected):
    assert moves(text) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Byrne joins a growing list of former Google engineers launching ventures of their own.",
        "Ada Byrne is changing her role at Google but not immediately leaving the company.",
        "Ada Byrne works at Google. She is not leaving Google for good.",
        "Ada Byrne is retiring from the Lind Family Philanthropies.",
    ],
)
def test_it_tells_no_move_of_an_employer_that_nobody_leaves(text):
    assert not [m for m in found(text) if m.origin is not None and m.origin.org == "Google"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Apple named Google veteran Ada Byrne as its new chief technology officer.", "reported"),
        ("Ada Byrne is leaving Google at the end of next month.", "planned"),
        ("Ada Byrne will soon hold a full-time position at Google.", "planned"),
        ("Ada Byrne left Google at the end of last month.", "reported"),
    ],
)
def test_it_tells_what_is_ahead_and_takes_an_appointment_for_no_statement(text, status):
    assert [m.status for m in found(text)] == [status]


def test_it_takes_a_return_that_a_deal_brought_for_one_from_the_firm_of_the_deal():
    text = "Ada Byrne left Google for OpenAI. Google had paid $2 billion two years earlier in a licensing deal with "
    told = [m for m in found(f"{text}Larkspur AI to bring her back.") if m.kind == "acquihire"]
    assert [(m.origin.org, m.destination.org) for m in told] == [("Larkspur AI", "Google")]


def test_it_tells_no_group_of_an_exodus_that_nobody_counts():
    assert not found("The crisis deepens at Apple, which has already seen an exodus of talent.")
