"""English time expressions as EDTF, seen from an article's day."""

from datetime import date

import pytest

from articles.extraction.document import Document, Span
from articles.extraction.en.dates import find_date
from articles.extraction.mentions import Reading, Sentence

WEDNESDAY = date(2024, 3, 27)


def date_of(text, verb, published=WEDNESDAY):
    sentence = Sentence(0, len(text), text)
    reading = Reading(Document("d", text, "en", published=published), [sentence])
    at = text.index(verb)
    return find_date(reading, sentence, Span(at, at + len(verb)))


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on March 4, 2023", "2023-03-04"),
        ("on 4 March 2023", "2023-03-04"),
        ("in March 2023", "2023-03"),
        ("in May of last year", "2023-05"),
        ("in January", "2024-01"),
        ("last February", "2024-02"),
        ("last March", "2023-03"),
        ("in November", "2023-11"),
        ("in 2019", "2019"),
        ("in mid-2021", "2021-05/2021-08"),
        ("in early 2021", "2021-01/2021-04"),
        ("at the end of 2021", "2021-12"),
        ("in late June", "2023-06"),
        ("last week", "2024-03-18/2024-03-24"),
        ("earlier this week", "2024-03-25/2024-03-27"),
        ("last month", "2024-02"),
        ("earlier this year", "2024"),
        ("last year", "2023"),
        ("two months ago", "2024-01"),
        ("just over a year ago", "2023"),
        ("three days ago", "2024-03-24"),
        ("today", "2024-03-27"),
        ("yesterday", "2024-03-26"),
        ("on Monday", "2024-03-25"),
        ("on Friday", "2024-03-22"),
        ("last fall", "2023-09/2023-11"),
        ("last summer", "2023-06/2023-08"),
        ("in the summer of 2022", "2022-06/2022-08"),
        ("last winter", "2023-12/2024-02"),
        ("this past August", "2023-08"),
        ("in the third quarter", "2023-07/2023-09"),
        ("in the third quarter of 2022", "2022-07/2022-09"),
        ("in Q1", "2024-01/2024-03"),
        ("in the first half of 2022", "2022-01/2022-06"),
        ("over the past year", "2023-03/2024-03"),
        ("over the weekend", "2024-03-23/2024-03-24"),
        ("recently", None),
        ("in recent months", None),
        ("at 40", None),
    ],
)
def test_it_resolves_a_time_expression(words, edtf):
    assert date_of(f"Ada Byrne left Acme {words}.", "left") == edtf


@pytest.mark.parametrize(
    ("text", "verb", "edtf"),
    [
        ("In June, Ada Byrne, a researcher at Acme, joined Bolt.", "joined", "2023-06"),
        ("Ada Byrne left for Bolt in mid-2022, followed by Cy Dole in May 2023.", "followed by Cy", "2023-05"),
        ("Ada Byrne left for Bolt in mid-2022, followed by Cy Dole in May 2023.", "left", "2022-05/2022-08"),
        ("Ada Byrne is leaving Acme for Bolt, the Courier reported on Tuesday.", "leaving", "2024-03-26"),
        ("Ada Byrne joined Acme, founded in 2015.", "joined", None),
        ("Ada Byrne will join Acme on Monday.", "join", "2024-04-01"),
        ("Ada Byrne will leave next year.", "leave", "2025"),
        ("The cuts come just a month after Bolt hired its chief.", "hired", "2024-02"),
    ],
)
def test_it_chooses_the_expression_of_the_clause(text, verb, edtf):
    assert date_of(text, verb) == edtf


def test_it_resolves_nothing_relative_without_a_day_of_publication():
    assert date_of("Ada Byrne left Acme last week.", "left", published=None) is None
    assert date_of("Ada Byrne left Acme in 2019.", "left", published=None) == "2019"
