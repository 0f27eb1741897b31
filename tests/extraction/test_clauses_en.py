"""Sentence tables of moves whose mover or employer stands elsewhere in the sentence."""

import datetime

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def moves(text):
    found = find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))
    told = [(_who(m), m.origin and m.origin.org, m.destination and m.destination.org) for m in found]
    return sorted(told, key=str)


def _who(move):
    return move.person.name if move.person else (move.cohort.min, move.cohort.max, move.cohort.of)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "AMD paid $20 million to lure Helena Voss away from Nvidia.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD managed to lure Helena Voss away from Nvidia.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD succeeded in hiring Helena Voss from Nvidia.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "By hiring Helena Voss, Nvidia’s head of software, AMD hopes to close the gap.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD, by hiring Helena Voss from Nvidia, has closed the gap.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD’s decision to hire Helena Voss from Nvidia has paid off.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "After hiring Helena Voss from Nvidia in May, AMD is now going after her team.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD, having hired Helena Voss from Nvidia in May, is now going after her team.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "AMD, which hired Helena Voss from Nvidia in May, is now going after her team.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
    ],
)
def test_it_finds_who_hires_around_a_gerund_or_an_infinitive(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Joining Cohere are Nadia Ferrell and Tom Vance, both of whom worked at Stripe.",
            [("Nadia Ferrell", "Stripe", "Cohere"), ("Tom Vance", "Stripe", "Cohere")],
        ),
        (
            "Stepping into the role is Priya Nair, who joined Apple in 2015 from Nokia.",
            [("Priya Nair", "Nokia", "Apple")],
        ),
        (
            "Replacing Anita Rao at Intel is Tom Keller, who comes from TSMC.",
            [("Tom Keller", "TSMC", "Intel")],
        ),
        (
            "Leading the lab will be Karim Haddad, who joined Anthropic from Inflection AI in April.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "Another Nvidia engineer to join AMD is Markus Klein.",
            [("Markus Klein", "Nvidia", "AMD")],
        ),
        (
            "Priya Nair is the latest executive to leave Apple.",
            [("Priya Nair", "Apple", None)],
        ),
    ],
)
def test_it_finds_the_mover_behind_the_verb(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Odell Robotics, spun out of Tesla last year by Marcus Odell and Priya Nair, has raised $40 million.",
            [("Marcus Odell", "Tesla", "Odell Robotics"), ("Priya Nair", "Tesla", "Odell Robotics")],
        ),
        (
            "Jonas Weil, fired by Mistral in May, has resurfaced at Microsoft.",
            [("Jonas Weil", "Mistral AI", "Microsoft")],
        ),
        (
            "Mina Cho, pushed out of OpenAI last year, has resurfaced at Anthropic.",
            [("Mina Cho", "OpenAI", "Anthropic")],
        ),
        (
            "Sal Reyes, hired by OpenAI from Stripe in 2023, will take charge of sales.",
            [("Sal Reyes", "Stripe", "OpenAI")],
        ),
        (
            "Osei Mensah, laid off by Tessen on Friday, is looking for work.",
            [("Osei Mensah", "Tessen", None)],
        ),
        (
            "Having left Stripe in May, Sal Reyes is starting at OpenAI this week.",
            [("Sal Reyes", "Stripe", None), ("Sal Reyes", None, "OpenAI")],
        ),
        (
            "Jonas Weil starts next month as chief scientist of Mistral, arriving from Google.",
            [("Jonas Weil", "Google", "Mistral AI")],
        ),
    ],
)
def test_it_finds_the_mover_of_a_participle(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A former Google engineer, Jonas Weil joined Anthropic in 2023 and left this month to start Kestrel AI.",
            [("Jonas Weil", "Anthropic", "Kestrel AI"), ("Jonas Weil", "Google", "Anthropic")],
        ),
        (
            "Microsoft’s Zurich lab will be led by Jonas Weil, who left Google last month.",
            [("Jonas Weil", "Google", "Microsoft")],
        ),
        (
            "Sal Reyes has rejoined OpenAI, which he left for Stripe in 2022.",
            [("Sal Reyes", "OpenAI", "Stripe"), ("Sal Reyes", "Stripe", "OpenAI")],
        ),
        (
            "Karim Haddad, whom Anthropic hired from Inflection AI in April, leads the new lab.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "The new lab is led by Karim Haddad, whom Anthropic poached from Inflection AI.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "Karim Haddad, the man hired to lead the lab, came to Anthropic in April from Inflection AI.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "Inflection AI, which Karim Haddad founded after he left Google, has 70 employees.",
            [("Karim Haddad", "Google", "Inflection AI")],
        ),
    ],
)
def test_it_finds_the_mover_of_a_relative_clause(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Apple confirmed that Priya Nair had left and that Jonas Weil would take over her team.",
            [("Jonas Weil", None, "Apple"), ("Priya Nair", "Apple", None)],
        ),
        (
            "Intel said Anita Rao, who heads its foundry unit, will retire at the end of March. She will be succeeded by Tom Keller, a former TSMC executive who joined last year.",
            [("Anita Rao", "Intel", None), ("Tom Keller", "TSMC", "Intel")],
        ),
        (
            "Tom Keller was let go last week, a Samsung spokesperson confirmed.",
            [("Tom Keller", "Samsung", None)],
        ),
        (
            "Suno announced today that Robin Hale has joined as head of research. Hale led audio at Stability AI.",
            [("Robin Hale", "Stability AI", "Suno")],
        ),
        (
            "Helena Voss is no longer listed on Nvidia’s website, and a spokesman confirmed that she had left.",
            [("Helena Voss", "Nvidia", None)],
        ),
        (
            "It is not clear why Helena Voss left Nvidia.",
            [("Helena Voss", "Nvidia", None)],
        ),
        (
            "Colleagues were stunned when Helena Voss quit Nvidia.",
            [("Helena Voss", "Nvidia", None)],
        ),
        (
            "Helena Voss’s decision to leave Nvidia surprised colleagues.",
            [("Helena Voss", "Nvidia", None)],
        ),
        (
            "The news that Helena Voss is leaving Nvidia sent its shares down 2%.",
            [("Helena Voss", "Nvidia", None)],
        ),
        (
            "Nvidia shares fell 2% after Helena Voss, its head of software, said she would leave.",
            [("Helena Voss", "Nvidia", None)],
        ),
        (
            "Tessen said Lior Adler would transition to an advisory role and that Osei Mensah would succeed him.",
            [("Osei Mensah", None, "Tessen")],
        ),
    ],
)
def test_it_finds_the_mover_through_what_is_told(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Priya Nair went from Apple to Lumio to Google in three years.",
            [("Priya Nair", "Apple", "Lumio"), ("Priya Nair", "Lumio", "Google")],
        ),
        (
            "Hannah Moss started her career at Google, moved to Uber in 2016 and joined Waymo two years later.",
            [("Hannah Moss", "Google", "Uber"), ("Hannah Moss", "Uber", "Waymo")],
        ),
        (
            "Hannah Moss worked at Uber before joining Waymo in 2018.",
            [("Hannah Moss", "Uber", "Waymo")],
        ),
        (
            "Before joining Waymo, Hannah Moss was a manager at Uber.",
            [("Hannah Moss", "Uber", "Waymo")],
        ),
        (
            "Osei Mensah joined AMD straight out of MIT in 2012.",
            [("Osei Mensah", None, "AMD")],
        ),
        (
            "Osei Mensah earned his doctorate at MIT and joined AMD in 2012. He moved to Tessen in 2023.",
            [("Osei Mensah", "AMD", "Tessen"), ("Osei Mensah", None, "AMD")],
        ),
        (
            "Mina Cho sold Sonnet Labs to Salesforce in 2022 and stayed on until last month, when she left to join Anthropic.",
            [("Mina Cho", "Salesforce", "Anthropic")],
        ),
    ],
)
def test_it_follows_a_career_through_a_sentence(text, expected):
    assert moves(text) == expected
