"""What stands beside names is read past, and every quote still stands in the article as it was."""

from datetime import date

import pytest

from articles.extraction.document import Document
from articles.extraction.en.asides import without_asides
from articles.extraction.extract import extract


def told(text):
    document = Document("d", text, "en", published=date(2025, 9, 4))
    found = extract(document)
    ends = [
        (c.person.name if c.person else c.cohort.min, c.origin and c.origin.org, c.destination and c.destination.org)
        for c in found.moves
    ]
    return ends, [document.quote(c.span) for c in (*found.moves, *found.signals)]


@pytest.mark.parametrize(
    ("text", "expected", "quote"),
    [
        (
            "Tobias Lind, M.D., Ph.D., is joining OpenAI from Stripe.",
            [("Tobias Lind", "Stripe", "OpenAI")],
            "Tobias Lind, M.D., Ph.D., is joining OpenAI from Stripe",
        ),
        (
            "Stripe (NYSE: STRP) has hired Tobias Lind from OpenAI.",
            [("Tobias Lind", "OpenAI", "Stripe")],
            "Stripe (NYSE: STRP) has hired Tobias Lind from OpenAI",
        ),
        (
            "Larkspur Labs (Elmton, UK) has appointed Tobias Lind as chief executive.",
            [("Tobias Lind", None, "Larkspur Labs")],
            "Larkspur Labs (Elmton, UK) has appointed Tobias Lind as chief executive",
        ),
        ("⬤ Tobias Lind, 51, has left OpenAI.", [("Tobias Lind", "OpenAI", None)], "Tobias Lind, 51, has left OpenAI"),
    ],
)
def test_degrees_tickers_towns_and_ages_hide_no_move(text, expected, quote):
    assert told(text) == (expected, [quote])


def test_a_text_without_asides_is_read_as_it_is():
    document = Document("d", "Tobias Lind left OpenAI (for good), he said.", "en")
    assert without_asides(document) == (document, None)


def test_offsets_behind_many_asides_lead_back_to_the_words():
    text = "Ada Byrne, Ph.D., spoke. Tobias Lind, MBA, spoke. Mira Olsen, M.D., has left OpenAI."
    ends, quotes = told(text)
    assert ends == [("Mira Olsen", "OpenAI", None)]
    assert quotes == ["Mira Olsen, M.D., has left OpenAI"]
