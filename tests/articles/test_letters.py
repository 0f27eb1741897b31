"""Newsletters and saved pages: what they say and who says it; nothing of who received them."""

from __future__ import annotations

import base64
import time
from datetime import date

import pytest

from articles.exceptions import NotADocument, TooLarge
from articles.parse import parse
from articles.parse.guard import kind_of
from articles.parse.letters import cleaned, letters_in
from tests.articles.conftest import PROSE, PROSE_ZH, page
from tests.articles.files import letter, mailbox, web_page_file

HTML = (
    '<html><body><div style="display:none">Preview words nobody sees</div>'
    '<img src="https://post.example/open.gif?u=amFuZUBob21lLmV4YW1wbGU" width="1" height="1">'
    "<table><tr><td><h1>Quill goes</h1></td></tr><tr><td><p>Hi Jane,</p>"
    f'<p>{PROSE[0]} <a href="https://post.example/click?to=jane%40home.example">Read on</a></p><p>{PROSE[1]}</p>'
    "</td></tr>"
    "<tr><td><p>This email was sent to jane@home.example. Unsubscribe</p></td></tr></table></body></html>"
)
RECIPIENT = ("jane@home.example", "jane%40home.example", "jane=home.example", "amFuZUBob21lLmV4YW1wbGU", "Jane Reader")


def test_a_letter_is_one_article() -> None:
    parsed = parse(letter(HTML))
    assert (parsed.title, parsed.publisher, parsed.published_on) == (
        "The week in moves",
        "Talent Weekly",
        date(2025, 3, 18),
    )
    assert parsed.text == f"Quill goes\n{PROSE[0]} Read on\n{PROSE[1]}"


def test_its_html_is_preferred_to_its_plain_text() -> None:
    assert PROSE[1] in parse(letter(HTML, "Only a summary stands here, friends.")).text


def test_plain_text_is_unwrapped() -> None:
    wrapped = "Ada Quill has left Northwind AI to lead research at the lab\r\nof Lanternlight."
    assert parse(letter(plain=f"{wrapped}\r\n\r\n* One\r\n* Two\r\n-- \r\nBo")).text.split("\n") == [
        "Ada Quill has left Northwind AI to lead research at the lab of Lanternlight.",
        "* One",
        "* Two",
    ]


def test_its_list_names_the_outlet() -> None:
    headers = 'List-Id: "The Lamp" <lamp.weekly.example>\r\nArchived-At: <https://weekly.example/12>\r\n'
    parsed = parse(letter(HTML, headers=headers))
    assert (parsed.publisher, parsed.author, parsed.address) == (
        "The Lamp",
        "Talent Weekly",
        "https://weekly.example/12",
    )


@pytest.mark.parametrize(
    "subject",
    [f"=?utf-8?B?{base64.b64encode('林一离开北岸实验室'.encode()).decode()}?=",
     f"=?gb2312?B?{base64.b64encode('林一离开北岸实验室'.encode('gb18030')).decode()}?=",
     "林一离开北岸实验室"],
)  # fmt: skip
def test_its_subject_is_read_in_any_encoding(subject: str) -> None:
    parsed = parse(letter(plain="\n\n".join(PROSE_ZH), subject=subject))
    assert (parsed.title, parsed.language) == ("林一离开北岸实验室", "zh")


def test_nothing_of_the_recipient_is_in_its_text() -> None:
    parsed = parse(letter(HTML.replace("Hi Jane,", "Written for Jane Reader alone.")))
    assert not [form for form in RECIPIENT if form in parsed.text + parsed.title]


@pytest.mark.parametrize(
    "raw", [letter(HTML), letter(plain="For jane@home.example, with thanks."), mailbox(letter(HTML))]
)
def test_nothing_of_the_recipient_is_kept(raw: bytes) -> None:
    kept = cleaned(raw).body
    assert not [form for form in RECIPIENT if form.encode() in kept]
    assert b"post.example/" not in kept
    assert b"Received" not in kept


def test_a_recipient_hidden_in_an_encoding_is_not_kept_either() -> None:
    html = base64.encodebytes(HTML.encode())
    raw = letter(html="x").replace(b"8bit", b"base64").replace(b"\r\n\r\nx", b"\r\n\r\n" + html)
    kept = cleaned(raw)
    assert b"jane" not in kept.body.lower().replace(b"hi jane", b"")
    assert PROSE[0].encode() in kept.body


@pytest.mark.parametrize(
    "raw", [letter(HTML), letter(plain="\n".join(PROSE)), mailbox(letter(HTML), letter(plain=PROSE[0]))]
)
def test_cleaning_twice_changes_nothing(raw: bytes) -> None:
    once = cleaned(raw).body
    assert cleaned(once).body == once


def test_a_clean_letter_says_the_same() -> None:
    assert parse(cleaned(letter(HTML)).body) == parse(letter(HTML))


def test_a_box_is_cut_into_its_letters() -> None:
    odd = letter(plain="From here on it is different.\r\n\r\nFrom 2025 on, too.")
    box = cleaned(mailbox(letter(HTML), odd))
    assert (box.letters, box.refused) == (2, [])
    assert [parse(one).text.partition("\n")[0] for one in letters_in(box.body)] == [
        "Quill goes",
        "From here on it is different.",
    ]


def test_a_bad_letter_of_a_box_is_left_out_with_its_reason() -> None:
    box = cleaned(
        mailbox(letter(HTML), letter("<p " + "a " * 100_000 + ">x</p>", subject="Bomb"), letter(plain=PROSE[0]))
    )
    assert box.letters == 2
    assert "Bomb: One element of the page has more than" in box.refused[0]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (letter(HTML), "mail"),
        (mailbox(letter(HTML)), "mbox"),
        (web_page_file(page()), "mhtml"),
        (b"Title: Quill leaves\nAuthor: Bo Reed\nSource: The Lamp\nDate: 2025-03-18\n\nAda Quill has left.", "text"),
        (b"From here on it is 2025\nDate: today\n", "text"),
        (b"From: the staff\nSubject: a change\n\nAda Quill has left.", "text"),
    ],
)
def test_letters_are_told_from_texts(body: bytes, kind: str) -> None:
    assert kind_of(body, "text/plain") == kind


def test_a_saved_page_is_read_as_the_page() -> None:
    parsed = parse(web_page_file(page()))
    assert (parsed.title, parsed.address) == ("Quill joins Lanternlight", "https://news.example/quill")
    assert parsed.text.endswith(PROSE[-1])


def test_a_saved_page_is_read_in_its_own_charset() -> None:
    html = page(*PROSE_ZH, title="林一离职", lang="zh")
    assert PROSE_ZH[0] in parse(web_page_file(html, charset="gb18030")).text


def test_a_saved_page_names_its_canonical_address() -> None:
    html = page(head='<link rel="canonical" href="https://news.example/real">')
    assert parse(web_page_file(html)).address == "https://news.example/real"


def nested(depth: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\nx\r\n"
    for n in range(depth):
        inner = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n%s\r\n--b%d--\r\n' % (n, n, inner, n)
    return b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\n" + inner


def many_parts(number: int) -> bytes:
    part = b"--cut\r\nContent-Type: image/png\r\n\r\nx\r\n"
    head = b'From: a@b.example\r\nMessage-ID: <1@b.example>\r\nContent-Type: multipart/mixed; boundary="cut"\r\n\r\n'
    return head + part * number + b"--cut--\r\n"


@pytest.mark.parametrize(
    "body",
    [
        many_parts(20_000),
        letter("<p " + "a=1 " * 100_000 + ">x</p>"),
        letter("<b>" * 100_000),
        letter(plain="x", headers="X-Odd: " + "=?utf-8?q?x?=" * 100_000 + "\r\n", subject="=?utf-8?q?x?= " * 50_000),
        web_page_file("<div>" * 80_000),
    ],
)
def test_bombs_are_refused_or_read_at_once(body: bytes) -> None:
    began = time.process_time()
    try:
        parse(body)
    except (TooLarge, NotADocument):
        pass
    assert time.process_time() - began < 5


def test_a_letter_in_letters_in_letters_is_refused() -> None:
    with pytest.raises((TooLarge, NotADocument, RecursionError)):
        parse(nested(3_000))


def test_a_letter_of_attachments_alone_holds_no_text() -> None:
    with pytest.raises(NotADocument, match="attachments"):
        parse(many_parts(2))
