"""Sentence tables of moves told in lists: members with asides, gaps, groups spelled out."""

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
            "Nadia Ferrell, who led growth at Stripe, and Tom Vance, formerly of Databricks, are joining Cohere.",
            [("Nadia Ferrell", "Stripe", "Cohere"), ("Tom Vance", "Databricks", "Cohere")],
        ),
        (
            "Cohere’s newest hires are Nadia Ferrell, previously of Stripe, and Tom Vance, who comes from Databricks.",
            [("Nadia Ferrell", "Stripe", "Cohere"), ("Tom Vance", "Databricks", "Cohere")],
        ),
        (
            "Lumio has hired Priya Nair from Apple as chief operating officer and Jonas Weil from Google as chief scientist.",
            [("Jonas Weil", "Google", "Lumio"), ("Priya Nair", "Apple", "Lumio")],
        ),
        (
            "Priya Nair, Apple’s design chief, and Jonas Weil, a Google vice president, have joined Lumio.",
            [("Jonas Weil", "Google", "Lumio"), ("Priya Nair", "Apple", "Lumio")],
        ),
        (
            "Anthropic has hired Karim Haddad, who was chief scientist at Inflection AI, and Lucia Bianchi, who taught at ETH Zurich.",
            [("Karim Haddad", "Inflection AI", "Anthropic"), ("Lucia Bianchi", "ETH Zurich", "Anthropic")],
        ),
        (
            "Nightjar emerged from stealth on Monday. It was founded by Karim Haddad, a former Google director, and Lucia Bianchi, who led design at Figma.",
            [("Karim Haddad", "Google", "Nightjar"), ("Lucia Bianchi", "Figma", "Nightjar")],
        ),
        (
            "In addition to Novik, OpenAI has lost Sal Reyes, its head of recruiting, and Mina Cho, who led policy.",
            [("Mina Cho", "OpenAI", None), ("Sal Reyes", "OpenAI", None)],
        ),
    ],
)
def test_it_reads_members_of_a_list_over_their_asides(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cohere named three vice presidents on Monday: Nadia Ferrell, Tom Vance and Julia Marsh.",
            [("Julia Marsh", None, "Cohere"), ("Nadia Ferrell", None, "Cohere"), ("Tom Vance", None, "Cohere")],
        ),
        (
            "Cohere’s newest hire is Nadia Ferrell, a former Stripe executive.",
            [("Nadia Ferrell", "Stripe", "Cohere")],
        ),
        (
            "The departures — Marcus Odell, Priya Nair and Jonas Weil — leave OpenAI without its safety leads.",
            [("Jonas Weil", "OpenAI", None), ("Marcus Odell", "OpenAI", None), ("Priya Nair", "OpenAI", None)],
        ),
        (
            "Meta’s superintelligence team has added Priya Nair, Jonas Weil and Marcus Odell, all from OpenAI’s Zurich office.",
            [("Jonas Weil", "OpenAI", "Meta"), ("Marcus Odell", "OpenAI", "Meta"), ("Priya Nair", "OpenAI", "Meta")],
        ),
        (
            "The latest departure is Priya Nair, who worked on Siri at Apple and has joined Meta.",
            [("Priya Nair", "Apple", "Meta")],
        ),
        (
            "Others who have left Apple include Priya Nair, Jonas Weil and Marcus Odell.",
            [("Jonas Weil", "Apple", None), ("Marcus Odell", "Apple", None), ("Priya Nair", "Apple", None)],
        ),
        (
            "Recent additions to Meta’s team include Priya Nair from Apple and Jonas Weil from Google.",
            [("Jonas Weil", "Google", "Meta"), ("Priya Nair", "Apple", "Meta")],
        ),
        (
            "Meta’s recent hires include Priya Nair (Apple), Jonas Weil (Google) and Marcus Odell (OpenAI).",
            [("Jonas Weil", "Google", "Meta"), ("Marcus Odell", "OpenAI", "Meta"), ("Priya Nair", "Apple", "Meta")],
        ),
        (
            "New at Meta: Priya Nair, previously with Apple, and Jonas Weil, previously with Google.",
            [("Jonas Weil", "Google", "Meta"), ("Priya Nair", "Apple", "Meta")],
        ),
        (
            "Among the recruits is Priya Nair, an Apple alumna who joined Lumio in June.",
            [("Priya Nair", "Apple", "Lumio")],
        ),
        (
            "The departing executives are Priya Nair and Jonas Weil, Lumio said.",
            [("Jonas Weil", "Lumio", None), ("Priya Nair", "Lumio", None)],
        ),
        (
            "Also leaving OpenAI are Sal Reyes and Mina Cho.",
            [("Mina Cho", "OpenAI", None), ("Sal Reyes", "OpenAI", None)],
        ),
        (
            "New faces at Anthropic include Karim Haddad, Inflection AI’s former chief scientist.",
            [("Karim Haddad", "Inflection AI", "Anthropic")],
        ),
        (
            "AMD’s biggest hire this year was Helena Voss, Nvidia’s head of software.",
            [("Helena Voss", "Nvidia", "AMD")],
        ),
        (
            "Tessen’s hires from AMD include Osei Mensah and Bea Frost.",
            [("Bea Frost", "AMD", "Tessen"), ("Osei Mensah", "AMD", "Tessen")],
        ),
    ],
)
def test_it_reads_lists_that_a_noun_heads(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anthropic welcomed two new leaders this month, Karim Haddad from Inflection AI and Lucia Bianchi from ETH Zurich.",
            [("Karim Haddad", "Inflection AI", "Anthropic"), ("Lucia Bianchi", "ETH Zurich", "Anthropic")],
        ),
        (
            "Helena Voss left for AMD, Markus Klein for Intel. Nvidia declined to comment.",
            [("Helena Voss", None, "AMD"), ("Markus Klein", None, "Intel")],
        ),
        (
            "Sal Reyes and Mina Cho are both leaving OpenAI, as is Vera Novik.",
            [("Mina Cho", "OpenAI", None), ("Sal Reyes", "OpenAI", None), ("Vera Novik", "OpenAI", None)],
        ),
        (
            "Mina Cho was ousted from OpenAI and replaced by Sal Reyes.",
            [("Mina Cho", "OpenAI", None), ("Sal Reyes", None, "OpenAI")],
        ),
    ],
)
def test_it_carries_a_verb_on_to_those_who_follow_without_one(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two more researchers have left OpenAI. The pair, Marcus Odell and Priya Nair, are joining Anthropic.",
            [("Marcus Odell", "OpenAI", "Anthropic"), ("Priya Nair", "OpenAI", "Anthropic")],
        ),
        (
            "Marcus Odell and Priya Nair resigned from OpenAI on Friday. Both are headed to Anthropic.",
            [("Marcus Odell", "OpenAI", "Anthropic"), ("Priya Nair", "OpenAI", "Anthropic")],
        ),
        (
            "Helena Voss, Markus Klein and Rosa Lind all left Nvidia in the spring; the trio now work at AMD.",
            [("Helena Voss", "Nvidia", "AMD"), ("Markus Klein", "Nvidia", "AMD"), ("Rosa Lind", "Nvidia", "AMD")],
        ),
        (
            "A trio of DeepMind researchers — Priya Nair, Jonas Weil and Marcus Odell — has left to found Lumio.",
            [
                ("Jonas Weil", "Google DeepMind", "Lumio"),
                ("Marcus Odell", "Google DeepMind", "Lumio"),
                ("Priya Nair", "Google DeepMind", "Lumio"),
            ],
        ),
    ],
)
def test_it_knows_the_group_that_the_text_just_told_of(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "xAI has now lost half of its 12 co-founders.",
            [((6, 6, 12), "xAI", None)],
        ),
        (
            "Five of the eleven co-founders have departed xAI.",
            [((5, 5, 11), "xAI", None)],
        ),
        (
            "Seven researchers who worked on Siri at Apple have joined Meta.",
            [((7, 7, None), "Apple", "Meta")],
        ),
        (
            "Five people who built Samsung’s speech models have joined Nimbra since June, including Ines Prado and Yoon Seok-min.",
            [
                ("Ines Prado", "Samsung", "Nimbra"),
                ("Yoon Seok-min", "Samsung", "Nimbra"),
                ((5, 5, None), "Samsung", "Nimbra"),
            ],
        ),
        (
            "Of the eight authors of the paper, six have since left Google.",
            [((6, 6, 8), "Google", None)],
        ),
        (
            "At least nine of the 30 people on the team have left Apple, most of them for Meta.",
            [((9, None, 30), "Apple", None)],
        ),
        (
            "Suno poached Stability AI’s head of audio, Robin Hale, and two members of his team.",
            [("Robin Hale", "Stability AI", "Suno"), ((2, 2, None), "Stability AI", "Suno")],
        ),
        (
            "A total of 14 employees have left Inflection AI for Microsoft since March.",
            [((14, 14, None), "Inflection AI", "Microsoft")],
        ),
        (
            "Fourteen of Inflection AI’s 70 employees followed Karim Haddad to Microsoft.",
            [((14, 14, 70), "Inflection AI", "Microsoft")],
        ),
        (
            "Almost all of Inflection AI’s staff moved to Microsoft.",
            [((None, None, None), "Inflection AI", "Microsoft")],
        ),
        (
            "Microsoft hired Karim Haddad and nine engineers from Inflection AI.",
            [("Karim Haddad", "Inflection AI", "Microsoft"), ((9, 9, None), "Inflection AI", "Microsoft")],
        ),
    ],
)
def test_it_counts_groups_by_what_stands_around_them(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least seven Apple researchers bolted for Meta. Among them were Priya Nair and Jonas Weil.",
            [("Jonas Weil", "Apple", "Meta"), ("Priya Nair", "Apple", "Meta"), ((7, None, None), "Apple", "Meta")],
        ),
        (
            "At least seven Apple researchers bolted for Meta. That group included Priya Nair, now Meta’s chief "
            "scientist, and Jonas Weil, known for his work on reasoning.",
            [("Jonas Weil", "Apple", "Meta"), ("Priya Nair", "Apple", "Meta"), ((7, None, None), "Apple", "Meta")],
        ),
        (
            "Five of Cohere’s 12 co-founders have left. The departures include Priya Nair and Jonas Weil.",
            [("Jonas Weil", "Cohere", None), ("Priya Nair", "Cohere", None), ((5, 5, 12), "Cohere", None)],
        ),
        (
            "Five of Cohere’s 12 co-founders have left. They are tired, Priya Nair said.",
            [((5, 5, 12), "Cohere", None)],
        ),
        (
            "Priya Nair and Jonas Weil represent the latest high-profile departures from Cohere.",
            [("Jonas Weil", "Cohere", None), ("Priya Nair", "Cohere", None)],
        ),
        (
            "Meta has recruited several researchers from Apple. Priya Nair and Jonas Weil are the latest departures from "
            "the company.",
            [("Jonas Weil", "Apple", None), ("Priya Nair", "Apple", None), ((None, None, None), "Apple", "Meta")],
        ),
    ],
)
def test_it_gives_the_named_ones_the_move_of_their_group(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Apple has hired the former Google scientist Priya Nair, who left the search giant amid turmoil.",
            [("Priya Nair", "Google", "Apple")],
        ),
        ("Priya Nair has joined the ChatGPT maker.", [("Priya Nair", None, "OpenAI")]),
        ("Priya Nair threatened to quit Meta and return to OpenAI.", []),
        (
            "Priya Nair is set to join Meta. Nair has worked on OpenAI’s models since joining the company in 2023.",
            [("Priya Nair", None, "Meta"), ("Priya Nair", None, "OpenAI")],
        ),
    ],
)
def test_it_knows_which_firm_is_meant_and_what_came_first(text, expected):
    assert moves(text) == expected
