"""What can be asked of a picture, in forms and in addresses."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.utils import translation

from talent.flows import Asked, End
from talent.views.pictures.asked import (
    MOST_SHOWN,
    FileForm,
    FlowsForm,
    SeriesForm,
    WindowForm,
    flows_asked,
    moves_address,
    moves_between,
    window_of,
    window_words,
)

TERN, META = End(1, "tern-ai", "Tern AI", ""), End(2, "meta", "Meta", "")


def _asked(written: str, form: type[Any] = WindowForm) -> Any:
    filled = form(QueryDict(written))
    assert filled.is_valid(), filled.errors
    return filled


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("", (None, None)),
        ("year=2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("after=2024", (date(2024, 1, 1), None)),
        ("after=2024-03", (date(2024, 3, 1), None)),
        ("before=2024", (None, date(2024, 12, 31))),
        ("before=2024-02", (None, date(2024, 2, 29))),
        ("after=2023-05-02&before=2023-05-02", (date(2023, 5, 2), date(2023, 5, 2))),
        ("after=&before=&year=", (None, None)),
    ],
)
def test_a_window_of_time(written: str, window: tuple[date | None, date | None]) -> None:
    assert window_of(_asked(written).cleaned_data) == window


@pytest.mark.parametrize(
    ("written", "words", "chinese"),
    [
        ("", "all years", "所有年份"),
        ("year=2024", "2024", "2024"),
        ("after=2024-03", "since Mar 2024", "2024年3月以来"),
        ("before=2025", "until 2025", "截至2025年"),
        ("after=2023&before=2024-06", "2023 to Jun 2024", "2023年至2024年6月"),
    ],
)
def test_a_window_in_words(written: str, words: str, chinese: str) -> None:
    form = _asked(written)
    assert window_words(form) == words
    with translation.override("zh-hans"):
        assert window_words(form) == chinese


def test_what_has_happened_counts_unless_statuses_are_chosen() -> None:
    assert flows_asked(_asked("").cleaned_data).statuses == ("confirmed", "reported")
    assert flows_asked(_asked("status=rumoured&status=planned").cleaned_data).statuses == ("rumoured", "planned")
    assert flows_asked(_asked("status=").cleaned_data).statuses == ("confirmed", "reported")


@pytest.mark.parametrize(
    ("form", "written", "field"),
    [
        (FileForm, "after=2024", "__all__"),
        (FileForm, "scheme=dim", "scheme"),
        (FileForm, "size=poster", "size"),
        (FileForm, "scheme=dark&scheme=light", "scheme"),
        (WindowForm, "after=2024-13", "after"),
        (WindowForm, "after=24", "after"),
        (WindowForm, "before=<script>", "before"),
        (WindowForm, "after=2025&before=2024", "before"),
        (WindowForm, "year=2024&before=2025", "year"),
        (WindowForm, "year=1066", "year"),
        (WindowForm, "year=-1", "year"),
        (WindowForm, "status=confirmed&status=sure", "status"),
        (WindowForm, "by=year", "__all__"),
        (SeriesForm, "by=decade", "by"),
        (FlowsForm, "top=1", "top"),
        (FlowsForm, f"top={MOST_SHOWN + 1}", "top"),
        (FlowsForm, "from=Tern+AI", "from"),
        (FlowsForm, "to=../../etc", "to"),
        (FlowsForm, "to=" + "a" * 161, "to"),
        (FlowsForm, "&".join(f"to=c{n}" for n in range(MOST_SHOWN + 1)), "to"),
    ],
)
def test_what_cannot_be_asked(form: type[Any], written: str, field: str) -> None:
    filled = form(QueryDict(written))
    assert not filled.is_valid()
    assert field in filled.errors


def test_companies_may_be_given_more_than_once() -> None:
    asked = _asked("from=tern-ai&from=meta&to=openai", FlowsForm).cleaned_data
    assert (asked["from"], asked["to"]) == (["tern-ai", "meta"], ["openai"])


def _parameters(address: str) -> list[tuple[str, str]]:
    parts = urlsplit(address)
    assert parts.path == "/moves/"
    return parse_qsl(parts.query)


def test_the_list_of_a_band_has_its_ends_its_statuses_and_its_window() -> None:
    asked = Asked(statuses=("reported",), after=date(2023, 1, 1), before=date(2023, 12, 31))
    assert _parameters(moves_between(asked, TERN, META)) == [
        ("from", "tern-ai"), ("to", "meta"), ("status", "reported"), ("after", "2023-01-01"), ("before", "2023-12-31"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "destination", "ends"),
    [(TERN, None, [("from", "tern-ai")]), (None, META, [("to", "meta")]), (None, None, [])],
)
def test_an_end_that_is_no_single_company_is_left_open(origin: Any, destination: Any, ends: list[Any]) -> None:
    address = moves_between(Asked(), origin, destination)
    assert _parameters(address) == [*ends, ("status", "confirmed"), ("status", "reported")]


def test_the_list_is_that_of_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert moves_address(Asked(), [], None, None).startswith("/zh-hans/moves/?")
