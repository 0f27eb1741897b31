"""Dates as documents print them."""

from datetime import UTC, date, datetime

import pytest

from articles.parse import dates


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("2024-03-26", date(2024, 3, 26), "00:00"),
        ("2024-03-26 09:30", date(2024, 3, 26), "09:30"),
        ("2024-03-26T09:30:15Z", date(2024, 3, 26), "09:30"),
        ("2024-03-26T09:30:15.123+08:00", date(2024, 3, 26), "01:30"),
        ("2024/3/6 14:02", date(2024, 3, 6), "14:02"),
        ("2024.03.26", date(2024, 3, 26), "00:00"),
        ("20240326", date(2024, 3, 26), "00:00"),
        ("2024年3月26日 9:05", date(2024, 3, 26), "09:05"),
        ("2024 年 3 月 26 日", date(2024, 3, 26), "00:00"),
        ("March 26, 2024 9:12 PM UTC", date(2024, 3, 26), "21:12"),
        ("Mar. 26th, 2024", date(2024, 3, 26), "00:00"),
        ("26 March 2024, 06:40", date(2024, 3, 26), "06:40"),
        ("Sept. 5, 2024 at 12:05 a.m.", date(2024, 9, 5), "00:05"),
        ("Tue, 26 Mar 2024 10:00:00 +0800", date(2024, 3, 26), "02:00"),
    ],
)
def test_it_reads_full_dates(text: str, day: date, time: str) -> None:
    stamp = dates.read(text)
    assert stamp is not None
    assert (stamp.day, f"{stamp.instant:%H:%M}") == (day, time)


@pytest.mark.parametrize(
    "text",
    ["", "may", "12", "10/11/12", "2024-02-30", "0000-01-01", "9999-12-31", "March 2024", "yesterday", "1711411200"],
)
def test_it_invents_nothing(text: str) -> None:
    assert dates.read(text) is None


def test_it_keeps_the_day_as_printed_beside_the_instant() -> None:
    stamp = dates.read("2024-03-26T00:30:00+08:00")
    assert stamp is not None
    assert stamp.day == date(2024, 3, 26)
    assert stamp.instant == datetime(2024, 3, 25, 16, 30, tzinfo=UTC)


def test_it_does_not_believe_the_future() -> None:
    fetched = datetime(2024, 3, 26, tzinfo=UTC)
    assert dates.read("2025-03-26", latest=fetched) is None
    assert dates.read("2024-03-27 00:00", latest=fetched) is not None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("3 月 26 日消息，新公司今天成立。", date(2024, 3, 26)),
        ("某通讯社3月26日电 新公司今天成立。", date(2024, 3, 26)),
        ("【某网 3月26日讯】新公司今天成立。", date(2024, 3, 26)),
        ("12 月 30 日消息，新公司今天成立。", date(2023, 12, 30)),
        ("2022年3月26日消息，新公司今天成立。", date(2022, 3, 26)),
        ("PARIS, March 26 (Harbour Wire) - A company was founded.", date(2024, 3, 26)),
        ("NEW YORK, Dec. 30 -- A company was founded.", date(2023, 12, 30)),
        ("3月26日，新公司成立。", None),
        ("据报道，新公司于3月26日成立，消息人士说。", None),
        ("On March 26 a company was founded.", None),
    ],
)
def test_it_reads_the_dateline_of_a_report(line: str, day: date | None) -> None:
    stamp = dates.dateline(line, reference=date(2024, 5, 2))
    assert (stamp.day if stamp else None) == day


def test_it_needs_a_year_from_somewhere() -> None:
    assert dates.dateline("3 月 26 日消息，新公司今天成立。", reference=None) is None


@pytest.mark.parametrize(
    ("text", "published", "updated"),
    [
        ("发布时间：2024-03-26 08:00\n正文", date(2024, 3, 26), None),
        ("正文\n更新时间 2024-05-02 09:30:40", date(2024, 5, 2), date(2024, 5, 2)),
        ("3 月 26 日消息，正文\n\n更新时间 2024-05-02 09:30:40", date(2024, 3, 26), date(2024, 5, 2)),
        ("Headline\nPublished: 26 March 2024\nUpdated: 2 May 2024\nText.", date(2024, 3, 26), date(2024, 5, 2)),
        ("Date: Tue, 26 Mar 2024 10:00:00 +0800\n\nText.", date(2024, 3, 26), None),
        ("Headline\nMarch 26, 2024\nText.", date(2024, 3, 26), None),
        ("报名截止：2024 年 4 月 25 日\n正文", None, None),
        ("Text about something that happened on March 26, 2024, in a long line of prose.", None, None),
    ],
)
def test_it_finds_the_date_of_a_text(text: str, published: date | None, updated: date | None) -> None:
    found = dates.best(text, None)
    assert tuple(stamp.day if stamp else None for stamp in found) == (published, updated)


def test_it_prefers_the_page_to_a_dateline_of_the_same_days() -> None:
    stated = dates.read("2024-03-27 10:00")
    assert dates.best("3 月 26 日消息，正文", stated)[0] == stated


def test_it_prefers_the_dateline_on_a_page_that_reprints() -> None:
    stated = dates.read("2024-05-02")
    published, updated = dates.best("3 月 26 日消息，正文", stated)
    assert published is not None
    assert published.day == date(2024, 3, 26)
    assert updated == stated
