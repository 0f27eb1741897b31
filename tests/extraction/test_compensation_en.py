"""English figures of pay: whose, how much, for how long, of which part and kind."""

import pytest

from articles.extraction.en.compensation import find_compensation
from tests.extraction.read import read


def found(text, **kwargs):
    kwargs.setdefault("organisations", ("Acme", "Bolt"))
    kwargs.setdefault("people", ("Ada Byrne",))
    return find_compensation(read(text, **kwargs))


@pytest.mark.parametrize(
    ("text", "org", "low", "high", "period", "component", "kind"),
    [
        ("Acme offered Bolt engineers signing bonuses of $2 million.", "Acme", 2e6, 2e6, "one_time", "signing_bonus", "offered"),
        ("Acme has offered researchers from Bolt pay packages worth upwards of $5 million.", "Acme", 5e6, None, "total", "total", "offered"),
        ("Acme is offering multimillion-dollar pay packages to engineers.", "Acme", 1e6, None, "total", "total", "offered"),
        ("Acme offered Ada Byrne $8 million over four years.", "Acme", 8e6, 8e6, "multi_year:4", "total", "offered"),
        ("Acme pays its tutors $40 to $60 an hour.", "Acme", 40, 60, "hour", "salary", "typical"),
        ("The median total compensation at Acme is $570,000.", "Acme", 570_000, 570_000, "year", "total", "typical"),
        ("Acme is hiring a data scientist with a salary range of £65,000 - £90,000.", "Acme", 65_000, 90_000, "year", "salary", "offered"),
        ("Ada Byrne negotiated a $9 million salary from Bolt.", "Bolt", 9e6, 9e6, "year", "salary", "offered"),
        ("Acme granted its staff stock options valued at $3 million.", "Acme", 3e6, 3e6, "one_time", "equity", "paid"),
        ("Acme pays senior engineers about $400,000 a year in stock compensation.", "Acme", 400_000, 400_000, "year", "equity", "paid"),
        ("Acme answered with retention grants of up to $2 million.", "Acme", None, 2e6, "total", "equity", "counteroffer"),
        ("Acme pays interns 500 yuan ($69) a day.", "Acme", 500, 500, "total", "total", "paid"),
        ("Senior researchers earn $900,000 at Acme.", "Acme", 900_000, 900_000, "year", "total", "paid"),
        ("Acme is hiring a tutor for its chatbot at $45 to $100 an hour.", "Acme", 45, 100, "hour", "salary", "offered"),
        ("Top researchers at Acme are now regularly commanding packages exceeding a remarkable $10 million a year.", "Acme", 10e6, None, "year", "total", "typical"),
        ("Acme gave researchers stay-on bonuses of at least $1 million.", "Acme", 1e6, None, "one_time", "bonus", "counteroffer"),
        ("Ada Byrne left. The stock that came with the job at Acme is worth £2 million at the last price.", "Acme", 2e6, 2e6, "one_time", "equity", "paid"),
        ("“I was making $180,000 at Acme,” said the engineer.", "Acme", 180_000, 180_000, "year", "total", "paid"),
        ("Interns at Acme earn about $15,000 a month.", "Acme", 15_000, 15_000, "month", "salary", "paid"),
    ],
)  # fmt: skip
def test_it_reads_a_figure_of_pay(text, org, low, high, period, component, kind):
    (claim,) = found(text)
    assert (claim.org, claim.min, claim.max) == (org, low, high)
    assert (claim.period, claim.component, claim.kind) == (period, component, kind)
    assert claim.currency in {"USD", "GBP", "CNY"}


@pytest.mark.parametrize(
    "text",
    [
        "Acme raised $6 billion at a valuation of $150 billion.",
        "Acme paid $2 billion to acquire Bolt and its engineers.",
        "Acme spent $4 billion on stock-based compensation.",
        "Acme plans to spend $65 billion on data centers for its researchers.",
        "Acme was fined $5 million after its employees complained.",
        "Acme's capital expenditure will reach $72 billion, driven by employee compensation.",
        "Acme's 3,000 staff shared £826 million in pay last year.",
        "Acme offers a $20,000 prize to developers.",
        "Developers pay $200 a month for the plan of Acme.",
        "Acme reported $46 billion in revenue, and its engineers cheered.",
    ],
)
def test_it_leaves_other_money_alone(text):
    assert found(text) == []


def test_it_gives_a_figure_to_each_of_several_employers():
    claims = found("Acme and Bolt offer engineers salaries of $300,000.")
    assert [c.org for c in claims] == ["Acme", "Bolt"]


def test_it_finds_the_employer_in_an_earlier_sentence():
    (claim,) = found("Acme is growing. The company offers engineers salaries of $300,000.")
    assert claim.org == "Acme"


def test_it_names_the_one_person_who_is_offered_the_figure():
    (claim,) = found("Acme tried to lure Ada Byrne with a pay package of $7 million.")
    assert (claim.person, claim.population) == ("Ada Byrne", None)


def test_it_leaves_the_same_sum_in_another_currency_out():
    claims = found("Acme offers engineers salaries of 2 million yuan ($280,000).")
    assert [c.currency for c in claims] == ["CNY"]


def test_it_keeps_a_denial_as_one():
    (claim,) = found("Acme denied that it had offered engineers $5 million bonuses.")
    assert claim.status == "denied"


def test_it_quotes_the_text_character_for_character():
    text = "A rumour went round; Acme offered Bolt engineers bonuses of $2 million, people said."
    (claim,) = found(text)
    assert "Acme offered" in text[claim.span.start : claim.span.end]
    assert text[claim.span.start : claim.span.end] == text[claim.span.start : claim.span.end].strip()


def test_it_tells_who_is_lured_from_who_lures():
    claims = found("Zuckerberg is luring Bolt researchers with $90 million signing bonuses.")
    assert [(c.org, c.component) for c in claims] == [("Meta", "signing_bonus")]


def test_it_starts_anew_with_an_item_of_a_list():
    claims = found("Acme opened an office. - Jobs for linguists: Such roles pay an average salary of $74,000.")
    assert [(c.org, c.kind) for c in claims] == [(None, "typical")]


def test_it_leaves_equity_on_top_of_pay_aside():
    (claim,) = found("Acme is hiring an engineer with compensation of $160-200k + equity.")
    assert (claim.min, claim.max, claim.component) == (160_000, 200_000, "total")


def test_it_reads_a_job_ad_of_an_unnamed_employer():
    (claim,) = found(
        "A firm is hiring engineers. The firm is seeking developers and offering a salary of $90,000.", organisations=()
    )
    assert (claim.org, claim.min, claim.kind) == (None, 90_000, "offered")
