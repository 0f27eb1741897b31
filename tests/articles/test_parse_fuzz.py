"""Whatever comes in, parsing answers with an article or with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles import addresses
from articles.exceptions import IntakeError, RefusedAddress
from articles.parse import dates, parse
from articles.parse.charset import decode
from tests.articles.conftest import PROSE, PROSE_ZH, page

FETCHED = datetime(2025, 6, 1, tzinfo=UTC)
LABELS = st.sampled_from(["", "text/html", "text/plain", "text/html; charset=gbk", "image/png", "\x00;charset="])


def try_parse(body: bytes, label: str) -> str:
    """The text, or "" where a reason was given."""
    try:
        return parse(body, label, "https://site.example/a", retrieved_at=FETCHED).text
    except IntakeError:
        return ""


@given(st.binary(max_size=2_000), LABELS)
@settings(max_examples=100, deadline=None)
def test_it_survives_any_bytes(body: bytes, label: str) -> None:
    try_parse(body, label)


@given(st.binary(min_size=1, max_size=40), st.integers(min_value=0), LABELS)
@settings(max_examples=60, deadline=None)
def test_it_survives_a_page_with_a_hole_in_it(damage: bytes, place: int, label: str) -> None:
    body = page(*PROSE, *PROSE_ZH).encode()
    place %= len(body)
    try_parse(body[:place] + damage + body[place + len(damage) :], label)


@given(st.text(max_size=300), LABELS)
@settings(max_examples=100, deadline=None)
def test_it_gives_text_that_the_database_takes(text: str, label: str) -> None:
    stored = try_parse(text.encode("utf-8", "surrogatepass"), label)
    assert "\x00" not in stored
    stored.encode()


@given(st.binary(max_size=500), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
@example(b"\0", "undefined")
@example(b"xn--\xff", "idna")
@example(b"\xff", "punycode")
def test_it_decodes_any_bytes_under_any_label(body: bytes, label: str) -> None:
    assert isinstance(decode(body, f"text/html; charset={label}"), str)


@given(st.text(alphabet="0123456789-/:. TZ+年月日AMaprilMy,", max_size=40))
@settings(max_examples=300, deadline=None)
def test_it_reads_dates_of_its_own_years_or_none(text: str) -> None:
    stamp = dates.read(text)
    assert stamp is None or 1990 <= stamp.day.year <= 2100


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_it_writes_an_address_in_a_form_that_stays(tail: str) -> None:
    try:
        once = addresses.check(f"https://site.example/{tail}")
    except RefusedAddress:
        return
    assert addresses.check(once) == once
    assert addresses.host_of(once) == "site.example"


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * 1_500 + PROSE[0],
        "<table><tr><td>" * 600 + PROSE[0],
        "<b><i><u>" * 600 + PROSE[0],
        "<a href='x'" * 500 + PROSE[0],
        "<!--" * 5_000 + PROSE[0],
        "<script>" * 300 + PROSE[0],
        "<![CDATA[" * 2_000 + PROSE[0],
        "&" * 50_000 + PROSE[0],
        "<div class='" + "x" * 300_000 + PROSE[0],
        "<meta content='" + "x" * 300_000 + "' name=date>" + PROSE[0],
        "<title>" + "word " * 60_000 + "</title>" + PROSE[0],
        "<time datetime='" + "2025-" * 20_000 + "'>" + PROSE[0],
    ],
    ids=lambda html: html[:12],
)
def test_it_is_quick_with_odd_markup(html: str) -> None:
    started = datetime.now(UTC)
    try_parse(f"<html><body>{html}</body></html>".encode(), "text/html")
    assert (datetime.now(UTC) - started).total_seconds() < 10
