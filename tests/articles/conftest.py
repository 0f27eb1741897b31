"""What the tests of the press share: an archive of their own, pages to read, and messages that go nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from articles import hosts, tasks
from articles.exceptions import Unavailable
from articles.fetch import Fetched

NOW = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)

PROSE = (
    "Ada Quill has left Northwind AI to lead research at Lanternlight, the two companies said on Monday.",
    "She will run a team of twelve and report to the chief executive, according to a note to the staff of the lab.",
    "Neither company would say what it pays her, but two people familiar with the offer put it at $3 million a year.",
)
PROSE_ZH = (
    "北岸实验室周一宣布，研究员林一已经离开公司，加入南湖科技担任首席科学家，她的团队还有十二个人。",
    "公司表示，这项任命将在下个月生效，双方都没有透露薪酬，也没有说明她为什么在这个时候离开原来的团队。",
    "据两位知情人士说，新的年薪在三百万到五百万元之间，主要以股票的形式发放，比她原来的收入高出一倍。",
)


def page(*paragraphs: str, head: str = "", title: str = "Quill joins Lanternlight", lang: str = "en") -> str:
    """An HTML page with navigation, an article and a footer."""
    menu = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(12))
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PROSE)
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head>'
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{story}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


@pytest.fixture(autouse=True)
def archive_folder(tmp_path: Path, settings: Any) -> Path:
    """An archive that belongs to one test."""
    folder = tmp_path / "archive"
    archive = {**settings.STORAGES["archive"], "OPTIONS": {"location": str(folder), "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "archive": archive}
    return folder


@pytest.fixture(autouse=True)
def in_no_hurry(settings: Any) -> None:
    """No pause between two requests to a host; tests of politeness set their own."""
    settings.FETCH_DELAY_SECONDS = 0.0


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The messages that would have gone to the broker."""
    messages: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks, "_send", lambda task, pk, delay=None: messages.append((task, pk)))
    return messages


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """Runs what waits for the commit, inside a test whose transaction never commits."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def answer_fetches(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], Fetched]) -> None:
    """Has every fetch answered so, on hosts without a robots.txt."""

    def fetch(address: str, *wish: Any, **options: Any) -> Fetched:
        if address.endswith("/robots.txt"):
            raise Unavailable("The server answered 404.")
        return answer(address)

    monkeypatch.setattr(hosts, "fetch", fetch)
