"""English amounts of money with their bounds."""

import pytest

from articles.extraction.en.money import find_amounts


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("$250,000", 250_000, 250_000, "USD"),
        ("$5-10 million", 5e6, 10e6, "USD"),
        ("$10 to $20 million", 10e6, 20e6, "USD"),
        ("$250,000 to $350,000", 250_000, 350_000, "USD"),
        ("between $1 million and $2 million", 1e6, 2e6, "USD"),
        ("between $20 million and nearly $24 million", 20e6, 24e6, "USD"),
        ("$406K per year for juniors to $485K", 406_000, 485_000, "USD"),
        ("$300k-$500k", 300_000, 500_000, "USD"),
        ("more than $1 million", 1e6, None, "USD"),
        ("upwards of $100 million", 100e6, None, "USD"),
        ("$1 million or more", 1e6, None, "USD"),
        ("$1m+", 1e6, None, "USD"),
        ("up to $1.5 billion", None, 1.5e9, "USD"),
        ("as much as £2m", None, 2e6, "GBP"),
        ("about €1.2bn", 1.2e9, 1.2e9, "EUR"),
        ("HK$300,000", 300_000, 300_000, "HKD"),
        ("C$90,000", 90_000, 90_000, "CAD"),
        ("2 million yuan", 2e6, 2e6, "CNY"),
        ("half a million dollars", 500_000, 500_000, "USD"),
        ("multi-million-dollar pay", 1e6, None, "USD"),
        ("tens of millions of dollars", 10e6, None, "USD"),
        ("hundreds of millions of euros", 100e6, None, "EUR"),
        ("CAD$250,000", 250_000, 250_000, "CAD"),
        ("from $200,000 up to $300,000", 200_000, 300_000, "USD"),
        ("$300,000-plus", 300_000, None, "USD"),
        ("no less than $5 million", 5e6, None, "USD"),
        ("exceeding a remarkable $10 million", 10e6, None, "USD"),
        ("capped base pay at $350,000", None, 350_000, "USD"),
        ("$300,000 plus equity", 300_000, 300_000, "USD"),
        ("million-dollar bonuses", 1e6, None, "USD"),
        ("Rs 3.6 lakh", 360_000, 360_000, "INR"),
        ("a seven-figure salary", 1e6, None, "USD"),
    ],
)
def test_it_reads_an_amount_with_its_bounds(text, low, high, currency):
    (amount,) = find_amounts(text)
    assert (amount.min, amount.max, amount.currency) == (low, high, currency)


@pytest.mark.parametrize("text", ["14% of staff", "in 2024", "500 people", "GPT-4", "version 3.5 million"])
def test_it_takes_no_other_number_for_money(text):
    assert [a for a in find_amounts(text) if a.currency] == []


def test_it_keeps_two_amounts_apart_that_are_no_range():
    amounts = find_amounts("$20 million and $24 million")
    assert [a.min for a in amounts] == [20e6, 24e6]


def test_a_top_and_a_floor_are_one_range_and_blanks_may_part_thousands():
    from articles.extraction.en.money import find_amounts

    (joined,) = find_amounts("could earn as much as $510,000, though the minimum is $280,000")
    (parted,) = find_amounts("a salary of $200 000 a year")
    assert (joined.min, joined.max, parted.min) == (280_000, 510_000, 200_000)
