"""What an English text must hold to be read at all, and how long reading takes."""

import time

import pytest

from articles.extraction.document import Document
from articles.extraction.en import LANGUAGE
from articles.extraction.en.relevance import is_relevant

PROSE = "The old man left the village and walked along the river until he came to the mill. "


@pytest.mark.parametrize(
    "text",
    [
        "Emeka Obi joined Anthropic.",
        "The startup laid off 40 people.",
        "Researchers are paid well.",
        "Emeka Obi is now at Meta.",
        "OpenAI has lost its chief scientist.",
    ],
)
def test_it_reads_what_may_hold_a_claim(text):
    assert is_relevant(text)


@pytest.mark.parametrize("text", [PROSE, "", "Rain is expected in the north tomorrow.", "x" * 1000])
def test_it_dismisses_the_rest(text):
    assert not is_relevant(text)


def test_it_dismisses_megabytes_in_seconds():
    text = PROSE * 25_000
    is_relevant(PROSE)
    start = time.process_time()
    assert not is_relevant(text)
    assert len(text) / 1_000_000 > time.process_time() - start


@pytest.mark.parametrize(
    "piece",
    [
        "Alice Johnson ",
        "(",
        "1",
        "researcher who left OpenAI and joined Meta and ",
        "A",
        "OpenAI, ",
        "Alice Johnson, ",
        "J. ",
        '"I joined OpenAI ',
        "Ann Lee who ",
        "Ann left OpenAI\n",
        "Ab Cd ",
        "chief ",
    ],
)
def test_it_reads_hostile_text_in_bounded_time(piece):
    """A second or so on any machine; work that grew with the square of the length would take minutes."""
    text = piece * (80_000 // len(piece))
    start = time.process_time()
    LANGUAGE.find_moves(LANGUAGE.read(Document("t", text)))
    assert time.process_time() - start < 30
