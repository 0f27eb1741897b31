"""Whom and which employer a later English sentence means, and what is no employer at all."""

from datetime import date

import pytest

from articles.extraction.document import Document
from articles.extraction.extract import extract


def moves(text, title=""):
    found = extract(Document("d", text, "en", title=title, published=date(2025, 9, 4)))
    ends = [
        (c.person.name if c.person else c.cohort.min, c.origin and c.origin.org, c.destination and c.destination.org)
        for c in found.moves
    ]
    return sorted(ends, key=str)


def layoffs(text):
    found = extract(Document("d", text, "en", published=date(2025, 9, 4)))
    return sorted(((c.org, c.min, c.max) for c in found.signals if c.metric == "layoffs"), key=str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Unlike OpenAI chief Ada Byrne, who came from sales, Mira Olsen is an engineer. She joined Anthropic from Stripe.",
            ("Mira Olsen", "Stripe", "Anthropic"),
        ),
        (
            "The news is a setback for Anthropic, a lab started by former OpenAI engineers. The company lost Tobias Lind to Meta.",
            ("Tobias Lind", "Anthropic", "Meta"),
        ),
        ("Tobias Lind is leaving Stripe. Its head, Ada Byrne, confirmed his exit.", ("Tobias Lind", "Stripe", None)),
        (
            "OpenAI's Tobias Lind took to Twitter to announce that he was fired.",
            ("Tobias Lind", "OpenAI", None),
        ),
        (
            "Stripe chief Tobias Lind has announced that he is leaving the Galleon developer after ten years.",
            ("Tobias Lind", "Stripe", None),
        ),
        (
            "Mira Olsen has left Stripe for OpenAI. Her move was quickly followed by design director Tobias Lind.",
            ("Tobias Lind", "Stripe", None),
        ),
        (
            "Anthropic, a rival of OpenAI, said Tobias Lind is stepping down as chief executive.",
            ("Tobias Lind", "Anthropic", None),
        ),
        (
            "The group works under Tobias Lind, the former Stripe chief brought in to lead Anthropic in 2024.",
            ("Tobias Lind", "Stripe", "Anthropic"),
        ),
        ("Tobias Lind left for a four-year contract at Meta.", ("Tobias Lind", None, "Meta")),
        ("Tobias Lind recently left his vice president of policy role at Stripe.", ("Tobias Lind", "Stripe", None)),
        ("OpenAI’s top executive overseeing video models left for Meta.", (1, "OpenAI", "Meta")),
    ],
)
def test_it_knows_whom_and_which_employer_is_meant(text, expected):
    assert expected in moves(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Thrilled to welcome Ada Byrne back!” the chief wrote.",
        "In January, Stripe named new R&D chief. Ada Byrne runs a charity.",
        "Comet Kart creator Ada Byrne is out.",
    ],
)
def test_what_is_no_employer_ends_no_move(text):
    assert moves(text) == []


def test_two_moves_to_one_employer_at_other_times_are_two():
    text = "Ada Byrne joined Stripe in 1998. She became its chief operating officer in 2007."
    assert moves(text) == [("Ada Byrne", None, "Stripe"), ("Ada Byrne", None, "Stripe")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Layoffs go on: Stripe laid 9,000 people off last week.", [("Stripe", 9000, 9000)]),
        ("It was the third in a series of layoffs totaling 15,000 at Stripe.", [("Stripe", 15000, 15000)]),
        ("Jobs are scarce amid layoffs at Stripe and Meta.", [("Meta", None, None), ("Stripe", None, None)]),
        ("Stripe: Layoffs affecting roughly 200 people", [("Stripe", 200, 200)]),
        ("Stripe fears cuts that could result in the loss of thousands of jobs.", []),
    ],
)
def test_it_reads_layoffs_however_they_are_counted(text, expected):
    assert layoffs(text) == expected
