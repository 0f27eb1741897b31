"""What a move's quote holds: the whole clauses that carry it, from the source verbatim."""

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def quotes(text):
    return {m.person.name: text[m.span.start : m.span.end] for m in find_moves(read(Document("t", text, "en")))}


@pytest.mark.parametrize(
    ("text", "person", "quote"),
    [
        (
            "The model was late, and Lena Voss left Cohere for Nvidia in May.",
            "Lena Voss",
            "Lena Voss left Cohere for Nvidia in May",
        ),
        (
            "Shares fell after Lena Voss left Cohere for Nvidia.",
            "Lena Voss",
            "Lena Voss left Cohere for Nvidia",
        ),
        (
            "A spokesperson said that Lena Voss had joined Nvidia from Cohere.",
            "Lena Voss",
            "Lena Voss had joined Nvidia from Cohere",
        ),
        (
            "Lena Voss left Cohere for Nvidia; Tor Halvorsen joined Databricks from Tesla.",
            "Tor Halvorsen",
            "Tor Halvorsen joined Databricks from Tesla",
        ),
        (
            "- Lena Voss joined Nvidia from Cohere",
            "Lena Voss",
            "Lena Voss joined Nvidia from Cohere",
        ),
    ],
)
def test_it_quotes_the_clause_that_carries_the_move(text, person, quote):
    assert quotes(text)[person] == quote


def test_it_keeps_the_doubt_with_what_is_doubted():
    text = "Cohere denied that Lena Voss had left for Nvidia."
    assert quotes(text)["Lena Voss"] == "Cohere denied that Lena Voss had left for Nvidia"


def test_it_quotes_no_more_than_the_clause_of_a_long_sentence():
    text = "The firm, which makes chips for robots and tractors in three countries; " * 2 + "Lena Voss joined Cohere."
    assert quotes(text)["Lena Voss"] == "Lena Voss joined Cohere"
