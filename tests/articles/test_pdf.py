"""PDF files: text in reading order, mended into paragraphs; what cannot be read is refused with the reason."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from articles.exceptions import IntakeError, NotADocument, TooLarge
from articles.parse import parse, parse_safely
from articles.parse.sandbox import ParserFailed
from tests.articles.files import Placed, column, pdf

STORY = [
    "Ada Quill has left Northwind AI to lead re-",
    "search at Lanternlight, the two companies",
    "said on Monday. She will run a team of twelve.",
    "",
    "Neither company would say what it pays her.",
]


def text_of(*pages: list[Placed]) -> str:
    return parse(pdf(pages)).text


def test_lines_become_paragraphs_and_broken_words_whole_again() -> None:
    assert text_of(column(STORY)).split("\n") == [
        "Ada Quill has left Northwind AI to lead research at Lanternlight, the two companies said on Monday. "
        "She will run a team of twelve.",
        "Neither company would say what it pays her.",
    ]


def test_chinese_lines_are_joined_without_a_space() -> None:
    text = text_of(column(["北岸实验室周一宣布，研究员林一已经离开公司，", "加入南湖科技担任首席科学家。"]))
    assert text == "北岸实验室周一宣布，研究员林一已经离开公司，加入南湖科技担任首席科学家。"


def test_a_hyphen_of_the_words_own_is_kept() -> None:
    lines = ["The post-training team and the post-", "training group met with long-", "standing friends of Ada Quill."]
    assert "the post-training group" in text_of(column(lines))


def test_an_indented_line_begins_a_paragraph() -> None:
    page = [*column(["One sentence fills this whole line to its end.", "And a second one fills the next line too."]),
            (84, 712, 11, "An indented one begins here.")]  # fmt: skip
    assert text_of(page).split("\n")[1] == "An indented one begins here."


def test_columns_are_read_one_after_the_other() -> None:
    left = column(["The left column tells of Ada Quill", "who goes to Lanternlight. It was"], x=40)
    right = column(["a surprise to all of her friends", "and to the staff of the lab."], x=320)
    assert text_of([*left, *right]) == (
        "The left column tells of Ada Quill who goes to Lanternlight. It was a surprise to all of her friends "
        "and to the staff of the lab."
    )


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [(60, 780, 9, "The Daily Ledger"), *column([f"Sentence {word} of it ends here."]), (300, 20, 9, f"Page {n}")]
        for n, word in enumerate(("one", "two", "three", "four"), start=1)
    ]  # fmt: skip
    text = text_of(*pages)
    assert "Ledger" not in text
    assert "Page" not in text
    assert text.count("\n") == 3


def test_a_sentence_goes_on_over_the_page() -> None:
    pages = (
        column(["The committee met in the morning to", "choose"]),
        column(["a new chief scientist for the laboratory."]),
    )
    assert text_of(*pages) == "The committee met in the morning to choose a new chief scientist for the laboratory."


def test_the_title_is_what_stands_out_where_the_file_names_none() -> None:
    page = [(60, 760, 22, "Quill joins Lanternlight"), *column(STORY, top=700)]
    assert parse(pdf([page], info="/Title (Microsoft Word - draft7.docx)")).title == "Quill joins Lanternlight"


def test_the_first_paragraph_stands_in_for_a_title() -> None:
    assert parse(pdf([column(STORY)])).title.startswith("Ada Quill has left Northwind AI to lead research at")


def test_it_reads_what_the_file_says_about_itself() -> None:
    about = "/Title (Quill moves) /Author (Bo Reed) /CreationDate (D:20250318093000+08'00')"
    parsed = parse(pdf([column(STORY)], info=about), retrieved_at=datetime(2025, 6, 1, tzinfo=UTC))
    assert (parsed.title, parsed.author, parsed.language) == ("Quill moves", "Bo Reed", "en")
    assert (parsed.published_on, parsed.published_at) == (date(2025, 3, 18), datetime(2025, 3, 18, 1, 30, tzinfo=UTC))


def test_a_printed_date_counts_for_more_than_the_files() -> None:
    page = column(["March 17, 2025", "", *STORY])
    assert parse(pdf([page], info="/CreationDate (D:20250401)")).published_on == date(2025, 3, 17)


def test_bytes_before_the_signature_do_not_matter() -> None:
    assert "Ada Quill" in parse(b"\n\n" + pdf([column(STORY)]), "text/html").text


def test_it_says_of_a_scan_that_it_holds_no_text() -> None:
    with pytest.raises(NotADocument, match="OCR"):
        parse(pdf([[], []]))


def test_it_says_that_a_file_is_locked() -> None:
    with pytest.raises(NotADocument, match="password"):
        parse(pdf([column(STORY)], encrypt=True))


@pytest.mark.parametrize("cut", [12, 200, 900])
def test_it_says_that_a_file_is_damaged(cut: int) -> None:
    with pytest.raises(NotADocument):
        parse(pdf([column(STORY)])[:cut])


def test_it_refuses_too_many_pages() -> None:
    with pytest.raises(TooLarge, match="400 pages"):
        parse(pdf([[(60, 700, 11, "x")]] * 401))


def test_no_damage_of_a_file_harms_the_house() -> None:
    whole, dice = pdf([column(STORY)] * 3), random.Random(5)
    for _ in range(25):
        broken = bytearray(whole)
        for _ in range(12):
            broken[dice.randrange(9, len(broken))] = dice.randrange(256)
        try:
            parse_safely(bytes(broken))
        except (IntakeError, ParserFailed):
            continue
