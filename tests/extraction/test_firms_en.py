"""Employers that only the text itself makes known, in English."""

import pytest

from articles.extraction.en.firms import with_firms
from tests.extraction.read import read


def names(text, **kwargs):
    reading = with_firms(read(text, **kwargs))
    return {text[o.start : o.end]: o.name for s in reading.sentences for o in s.organisations}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He left Oakbridge Systems in May.", "Oakbridge Systems"),
        ("Oakbridge employs 300 people.", "Oakbridge"),
        ("Oakbridge, which makes chips, plans to hire 100 engineers.", "Oakbridge"),
        ("Two of Oakbridge's engineers quit.", "Oakbridge"),
        ("An Oakbridge spokesman said so.", "Oakbridge"),
        ("The startup Oakbridge is growing.", "Oakbridge"),
        ("She worked at Oakbridge. Later she left Oakbridge for good.", "Oakbridge"),
    ],
)
def test_it_knows_an_employer_by_how_the_text_treats_it(text, name):
    assert names(text) == {name: name}


def test_it_joins_a_short_form_to_the_full_name():
    found = names("Oakbridge Systems is hiring. Pay at Oakbridge is good.")
    assert found == {"Oakbridge Systems": "Oakbridge Systems", "Oakbridge": "Oakbridge Systems"}


@pytest.mark.parametrize(
    "text",
    ["She lives in Oakbridge and works in Oakbridge.", "The rain has stopped.", "Ada Byrne said that Byrne has left."],
)
def test_it_takes_no_place_and_no_person_for_an_employer(text):
    assert names(text, people=("Ada Byrne", "Byrne=Ada Byrne")) == {}


def test_it_leaves_the_readers_own_mentions_in_place():
    assert names("Acme hired Oakbridge Systems.", organisations=("Acme",)) == {
        "Acme": "Acme",
        "Oakbridge Systems": "Oakbridge Systems",
    }
