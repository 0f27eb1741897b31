"""Whose pay an English figure is: the employer, nobody who is named, or a trade."""

import pytest

from articles.extraction.en.compensation import find_compensation
from tests.extraction.read import read


def payers(text, organisations=("Acme", "Bolt", "Copper"), people=("Ada Byrne",)):
    return [(c.org, c.min, c.max) for c in find_compensation(read(text, organisations=organisations, people=people))]


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("The turmoil at Bolt began when Ada Byrne defected to Acme for a package worth $4 million.", "Acme"),
        ("That is more than even Acme’s pay range of $4 million at Bolt.", "Acme"),
        ("When engineers of Bolt met its founder's new venture, Copper, Acme countered with bonuses of $4 million.", "Acme"),
        ("Ada Byrne has left Bolt and joined Acme. Her package is worth $4 million.", "Acme"),
        ("Acme, staff scientist, remote: a salary of $4 million.", "Acme"),
        ("Acme dangled pay packages of $4 million at Bolt researchers.", "Acme"),
        ("Acme, a hedge fund, outbids Bolt. The fund offers engineers $4 million.", "Acme"),
        ("Ada Byrne turned down $4 million from Acme.", "Acme"),
        ("Acme listed a job paying $4 million.", "Acme"),
        ("It ended in Acme nabbing a director of Bolt, Ada Byrne, by offering $4 million.", "Acme"),
        ("Acme grows. Ada Byrne was lured away from Bolt with a package worth $4 million.", "Acme"),
        ("Ada Byrne told them in a Slack message that Acme staff would get bonuses of $4 million.", "Acme"),
    ],
)  # fmt: skip
def test_it_tells_who_pays(text, org):
    assert payers(text) == [(org, 4e6, 4e6)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme is growing. One start-up offered a young researcher $4 million a year.",
        "Acme is growing. Top candidates command $4 million a year.",
        "Acme is growing. Some senior scientists now earn $4 million a year.",
        "Acme is growing. Some researchers at young companies now receive stock grants of $4 million.",
    ],
)
def test_it_gives_pay_of_nobody_in_particular_to_nobody(text):
    assert payers(text) == [(None, 4e6, 4e6)]


@pytest.mark.parametrize("board", ["Glassdoor", "Levels.fyi", "HR"])
def test_it_gives_no_pay_to_who_only_tells_of_it(board):
    text = f"Acme is growing. The median salary at {board} is $400,000."
    assert board not in {org for org, _, _ in payers(text, organisations=("Acme", board))}


def test_it_takes_names_that_only_commas_part_for_no_list():
    text = "Years after its sale of Copper, Bolt, Acme offered engineers $4 million."
    assert len({org for org, _, _ in payers(text)}) == 1


def test_a_heading_of_words_pays_nobody():
    assert payers("Acme is growing.\nNine-Figure Compensation: The New Normal\n") == []


def test_it_gives_each_of_two_firms_its_own_range():
    text = "Total compensation at Acme is about $700,000 to $900,000; at Bolt about $650,000 to $800,000."
    assert payers(text) == [("Acme", 7e5, 9e5), ("Bolt", 6.5e5, 8e5)]
    text = "Top pay at Acme ranges from $186,000 to $900,000, a survey shows, while Bolt pays $212,000 to $800,000."
    assert payers(text) == [("Acme", 186e3, 9e5), ("Bolt", 212e3, 8e5)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Total compensation at Acme is about $700,000 to $900,000.", "typical"),
        ("Pay bands at Acme reach up to $900,000 for an engineer.", "typical"),
        ("Some researchers at Acme are on salaries of more than $900,000.", "paid"),
    ],
)
def test_it_tells_what_is_usual_and_what_is_paid(text, kind):
    assert [c.kind for c in find_compensation(read(text, organisations=("Acme",)))] == [kind]
