"""What the wording of an English move says of its standing, and the evidence that it keeps."""

import datetime

import pytest

from articles.extraction.document import Document
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import read


def moves(text):
    return find_moves(read(Document("t", text, "en", "", datetime.date(2025, 9, 10))))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Emeka Obi has joined Anthropic.", "reported"),
        ("Emeka Obi announced he is leaving Nvidia.", "confirmed"),
        ("Emeka Obi will join Anthropic next month.", "planned"),
        ("Emeka Obi is set to leave Nvidia later this year.", "planned"),
        ("Emeka Obi is in talks to join Meta.", "rumoured"),
        ("Meta tried to hire Emeka Obi from Google DeepMind, but he declined.", "declined"),
        ("Emeka Obi turned down an offer from Meta.", "declined"),
        ("Emeka Obi denied that he is leaving OpenAI.", "denied"),
        ("Emeka Obi will not be leaving Google.", "denied"),
    ],
)
def test_it_tells_what_happened_from_what_did_not(text, status):
    assert [move.status for move in moves(text)] == [status]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Emeka Obi left Nvidia in April.", "2025-04"),
        ("Emeka Obi joined Anthropic in 2021.", "2021"),
        ("Emeka Obi left Nvidia.", None),
    ],
)
def test_it_dates_moves(text, date):
    assert [move.date for move in moves(text)] == [date]


def test_it_quotes_the_text_letter_for_letter():
    text = "News. Lena Fischer, who joined Meta in June from Google DeepMind, has left; others stay."
    for move in moves(text):
        assert "Fischer" in text[move.span.start : move.span.end]
        assert text[move.span.start : move.span.end] in text


def test_it_keeps_teams_and_roles():
    (move,) = moves("Wei Chen, a former Alibaba executive, joined Meta Superintelligence Labs as chief scientist.")
    assert (move.destination.org, move.destination.team) == ("Meta", "Meta Superintelligence Labs")
    assert move.destination.role == "chief scientist"
    assert move.origin.role == "executive"


def test_it_names_its_rule_and_confidence():
    (move,) = moves("Emeka Obi has joined Anthropic.")
    assert move.rule == "en.join"
    assert 0.5 < move.confidence < 1


def test_it_names_people_in_full_with_every_form():
    (move,) = moves("Ada Byrne spoke. Byrne left OpenAI.")
    assert (move.person.name, move.person.aliases) == ("Ada Byrne", ("Byrne",))
