"""Sentence tables of departures with the job that follows, and of words that name no employer."""

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
    return move.person.name if move.person else move.cohort.min


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rhea Sandoval left Nvidia in March for a job with Anthropic.",
            [("Rhea Sandoval", "Nvidia", "Anthropic")],
        ),
        (
            "Rhea Sandoval left Nvidia for the first time to join Cohere in 2019.",
            [("Rhea Sandoval", "Nvidia", "Cohere")],
        ),
        (
            "Rhea Sandoval, who ran design at Nvidia, departed for Anthropic last week to become its head of hardware.",
            [("Rhea Sandoval", "Nvidia", "Anthropic")],
        ),
        (
            "Jonas Petrov, a research scientist at Cohere, moved to a technical staff position at Databricks in June.",
            [("Jonas Petrov", "Cohere", "Databricks")],
        ),
        (
            "Cohere’s head of research Lena Voss retired on December 1st.",
            [("Lena Voss", "Cohere", None)],
        ),
        (
            "Lena Voss, who exited Cohere earlier this year, has written a book.",
            [("Lena Voss", "Cohere", None)],
        ),
    ],
)
def test_it_reads_a_departure_with_what_follows_it(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Other Cohere departures include counsel Iris Lowe, design executives Omar Daly and Petra Quist, and "
            "finance chief Noel Barra, who left for a role at Databricks.",
            [
                ("Iris Lowe", "Cohere", None),
                ("Noel Barra", "Cohere", "Databricks"),
                ("Omar Daly", "Cohere", None),
                ("Petra Quist", "Cohere", None),
            ],
        ),
        (
            "Tamsin Okoro left Nvidia after a quarrel with two board members and the finance chief, Piet Vance.",
            [("Tamsin Okoro", "Nvidia", None)],
        ),
        (
            "Four engineers have left Cohere in a month. Lena Voss has moved to Databricks.",
            [("Lena Voss", "Cohere", "Databricks"), (4, "Cohere", None)],
        ),
        (
            "Lena Voss left Cohere for Nvidia in May. Tor Halvorsen, a vice president at Databricks, took her place.",
            [("Lena Voss", "Cohere", "Nvidia"), ("Tor Halvorsen", "Databricks", "Cohere")],
        ),
        (
            "At Databricks, Lena Voss is joined by Tor Halvorsen, formerly head of research at Cohere.",
            [("Tor Halvorsen", "Cohere", "Databricks")],
        ),
        (
            "Bringing its founder Lena Voss into the fold, Databricks bought Cohere.",
            [("Lena Voss", "Cohere", "Databricks")],
        ),
        (
            "Cohere has entrusted Lena Voss with the role of chief AI officer.",
            [("Lena Voss", None, "Cohere")],
        ),
    ],
)
def test_it_tells_who_of_several_moves(text, expected):
    assert moves(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Late last week Lena Voss left Cohere.", [("Lena Voss", "Cohere", None)]),
        (
            "Tor Halvorsen, head of Service at Tesla, left in May.",
            [("Tor Halvorsen", "Tesla", None)],
        ),
        (
            "Sunday Robotics, a startup, has hired Lena Voss from Cohere.",
            [("Lena Voss", "Cohere", "Sunday Robotics")],
        ),
        (
            "LinkedIn records show that Cohere is growing. Lena Voss, a Tesla veteran, has joined the startup.",
            [("Lena Voss", "Tesla", "Cohere")],
        ),
        (
            "Lena Voss joined Databricks after graduating from Stanford.",
            [("Lena Voss", None, "Databricks")],
        ),
        ("Chipmakers such as Nvidia and AMD have bought startups to onboard their engineers.", []),
    ],
)
def test_it_takes_no_passing_word_for_an_employer(text, expected):
    assert moves(text) == expected
