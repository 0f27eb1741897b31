"""Chinese time expressions: 上周, 去年秋天, 两个月前, 8月2日, 年初, 第三季度, as EDTF."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from re import Match

from articles.extraction import dates, vicinity
from articles.extraction.dates import Clock, Grammar, TimeExpression
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.patterns import either
from articles.extraction.zh.plain import plain

_WORDS = table("zh/dates")
_YEARS: dict[str, int] = _WORDS["years"]
_MONTHS: dict[str, int] = _WORDS["months"]
_DAYS: dict[str, int] = _WORDS["days"]
_WEEKS: dict[str, int] = _WORDS["weeks"]
_WEEKDAYS: dict[str, int] = _WORDS["weekdays"]
_SEASONS: dict[str, str] = _WORDS["seasons"]
_PARTS: dict[str, str] = _WORDS["parts"]
_NUMBERS: dict[str, int] = _WORDS["numbers"]
_UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year"}

_NUMBER = rf"(?:\d{{1,2}}|{either(_NUMBERS)})"
_YEAR = rf"(?:(?<!\d)(?P<year>(?:19|20)\d\d)\s?年|(?P<years>{either(_YEARS)}))"
_MONTH = r"(?<!\d)(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月份?"
_DAY = r"(?<!\d)(?P<day>[12]\d|3[01]|0?[1-9])\s?[日号]"
_SEASON = rf"(?P<season>{either(_SEASONS)})[天季]"
_PART = rf"(?P<part>{either(_PARTS)})"
_QUARTER = r"(?:第\s?)?(?P<quarter>[一二三四1-4])\s?季度?"
_COUNT = rf"(?P<count>{_NUMBER})\s?个?\s?(?P<more>多)?\s?个?\s?(?P<unit>天|日|周|星期|礼拜|月|年)(?P<half>半)?"


def _number(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _year(match: Match[str], clock: Clock) -> int | None:
    """The year written, or the one that 去年 and its like name."""
    if match["year"]:
        return int(match["year"])
    return None if clock.today is None else clock.today.year + _YEARS[match["years"]]


def _full_day(match: Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else dates.day_of(year, _number(match["month"]), int(match["day"]))


def _full_month(match: Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else dates.month(year, _number(match["month"]))


def _season(match: Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else dates.season(year, _SEASONS[match["season"]])


def _quarter(match: Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else dates.quarter(year, _number(match["quarter"]))


def _part(match: Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else _part_of(year, match["part"])


def _part_of(year: int, word: str) -> str | None:
    part = _PARTS[word]
    if part in {"h1", "h2"}:
        return dates.half(year, int(part[1]))
    return dates.year(year) if part == "whole" else dates.year_part(year, part)


def _bare_part(match: Match[str], clock: Clock) -> str | None:
    """年初, 年底 without a year: the article's own year, or the last where that part has not begun."""
    if clock.today is None:
        return None
    part = _PARTS[match["part"]]
    first = {"h1": 1, "h2": 7}.get(part) or dates.YEAR_PARTS.get(part, (1, 12))[0]
    late = first > clock.today.month and not clock.future
    return _part_of(clock.today.year - late, match["part"])


def _whole_year(match: Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else dates.year(year)


def _range(match: Match[str], _: Clock) -> str | None:
    first, last = int(match["first"]), int(match["last"])
    return f"{first}/{last}" if first < last else None


def _ago(match: Match[str], clock: Clock) -> str | None:
    """两个月前; 半年前 is six months ago; 两个多月前 lies between two and three months back."""
    unit = _UNITS[match["unit"]]
    if match["count"] == "半":
        return dates.months_from(clock, -6) if unit == "year" else dates.days_from(clock, -15)
    count = _number(match["count"])
    if match["half"]:
        return dates.months_from(clock, -12 * count - 6) if unit == "year" else None
    if match["more"] and unit == "month":
        near, far = dates.months_from(clock, -count), dates.months_from(clock, -count - 1)
        return f"{far}/{near}" if near and far else None
    return dates.ago(clock, count, unit)


def _past(match: Match[str], clock: Clock) -> str | None:
    unit, count = _UNITS[match["unit"]], match["count"]
    if count == "半":
        return dates.past(clock, 6, "month") if unit == "year" else None
    return dates.past(clock, _number(count), unit)


def _weekday(match: Match[str], clock: Clock) -> str | None:
    if match["week"]:
        return dates.weekday_of_week(clock, _WEEKDAYS[match["weekday"]], offset=_WEEKS[match["week"]])
    return dates.weekday_of(clock, _WEEKDAYS[match["weekday"]])


def _day_of_named_month(match: Match[str], clock: Clock) -> str | None:
    month = dates.months_from(clock, _MONTHS[match["months"]])
    return None if month is None else dates.day_of(int(month[:4]), int(month[5:]), int(match["day"]))


def _day_of_this_month(match: Match[str], clock: Clock) -> str | None:
    return None if clock.today is None else dates.day_without_year(clock, clock.today.month, int(match["day"]))


_GRAMMAR: Grammar = (
    (re.compile(r"(?<!\d)(?P<iso>(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d)(?!\d)"), lambda m, c: _iso(m["iso"])),
    (
        re.compile(
            r"(?<!\d)(?P<first>(?:19|20)\d\d)\s?年?\s?(?:至|到|-|—|–|~)\s?(?P<last>(?:19|20)\d\d)\s?年(?!\s?\d)"
        ),
        _range,
    ),
    (
        re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)\s?年\s?(?:和|与|及)\s?(?P<last>(?:19|20)\d\d)\s?年(?!\s?\d)"),
        _range,
    ),
    (re.compile(rf"{_YEAR}\s?的?\s?{_MONTH}\s?{_DAY}"), _full_day),
    (re.compile(rf"{_YEAR}\s?的?\s?{_MONTH}[初中底末]?"), _full_month),
    (re.compile(rf"{_YEAR}\s?的?\s?{_SEASON}"), _season),
    (re.compile(rf"{_YEAR}\s?的?\s?{_QUARTER}"), _quarter),
    (re.compile(rf"{_YEAR}\s?的?\s?{_PART}"), _part),
    (re.compile(rf"{_MONTH}\s?{_DAY}"), lambda m, c: dates.day_without_year(c, _number(m["month"]), int(m["day"]))),
    (re.compile(rf"(?P<months>{either(_MONTHS)})\s?{_DAY}"), _day_of_named_month),
    (re.compile(rf"(?P<months>{either(_MONTHS)})"), lambda m, c: dates.months_from(c, _MONTHS[m["months"]])),
    (re.compile(rf"(?:过去|最近|(?<!任职)(?<!工作)(?<!效力)近|这)的?\s?{_COUNT}(?!前)"), _past),
    (re.compile(rf"(?<!第)(?<!\d){_COUNT}(?:之前|以前|前)(?![沿端景])"), _ago),
    (re.compile(rf"(?P<week>{either(_WEEKS)})(?P<weekday>[一二三四五六日天末])"), _weekday),
    (re.compile(rf"(?P<weeks>{either(_WEEKS)})(?!年)"), lambda m, c: dates.week_of(c, offset=_WEEKS[m["weeks"]])),
    (
        re.compile(r"(?P<week>)(?<![每一双两])(?:当地时间)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日])(?![年个季])"),
        _weekday,
    ),
    (re.compile(rf"(?P<days>{either(_DAYS)})"), lambda m, c: dates.days_from(c, _DAYS[m["days"]])),
    (re.compile(rf"(?<![\d个]){_MONTH}(?![\d])[初中底末]?"), lambda m, c: dates.month_of(c, _number(m["month"]))),
    (
        re.compile(r"(?:第\s?)(?P<quarter>[一二三四1-4])\s?季度?|(?P<q>[一二三四])季度"),
        lambda m, c: dates.quarter_of(c, _number(m["quarter"] or m["q"])),
    ),
    (re.compile(r"(?:(?<=今)|(?<![\w去前明]))(?P<part>年初|年中|年底|年末|上半年|下半年)"), _bare_part),
    (re.compile(rf"(?<![\d月年到至]){_DAY}(?=[，,上下午晚凌傍早\s宣消发]|$)"), _day_of_this_month),
    (re.compile(_YEAR + r"(?!\s?\d{1,2}\s?月)"), _whole_year),
)

_CLAUSE_END = re.compile(r"[，,；;。！!？?\n]")
_EVENT = re.compile(rf"{either(_WORDS['events'])}[^，,。；;]{{0,30}}?的")
_BORN = re.compile(rf"{either(_WORDS['born'])}\s?$")
# The day of a report is not that of what it reports: 12 月 4 日，据某报报道.
_REPORTED = re.compile(r"[,，]?\s?(?:据(?!悉)|[^,，。;]{1,16}(?:报道|報道|報導|消息|讯|訊)(?:称|稱)?[,，])")
_FUTURE = re.compile(either(_WORDS["future"]))


def find_date(reading: Reading, sentence: Sentence, span: Span, *, founding: bool = False) -> str | None:
    """EDTF of the time expression that governs the clause at ``span``, resolved against the article's date.

    A time is usually said before its verb and holds until the next one, so the last one before the span's end governs.
    Where the claim is a founding, the year of a founding is its own.
    """
    told = _with_hanging_years(reading, sentence, time_expressions(sentence, reading.document.published))
    expressions = [e for e in told if founding or not _tells_other_event(sentence, e, span)]
    inside = [e for e in expressions if span.start < e.end and e.start < span.end]
    if inside:
        return inside[0].edtf
    before = [e for e in expressions if e.end <= span.start]
    if before:
        return before[-1].edtf
    tail = _CLAUSE_END.search(sentence.text, max(0, min(span.end - sentence.start, len(sentence.text))))
    limit = sentence.start + (tail.start() if tail else len(sentence.text))
    return next((e.edtf for e in expressions if e.start < limit), None)


# Years told by the year before them: 同年, 次年 2 月.
_HANGING = re.compile(rf"(?P<which>{either(_WORDS['hanging'])})(?:\s?的?\s?{_MONTH})?")


def _with_hanging_years(reading: Reading, sentence: Sentence, found: list[TimeExpression]) -> list[TimeExpression]:
    """The expressions, and those that hang on the year told last before: in the sentence, or shortly before it."""
    for match in _HANGING.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        anchor = [e for e in found if e.end <= start] or [
            e
            for other in vicinity.before(reading, sentence.start, most=2)
            for e in time_expressions(other, reading.document.published)
        ]
        year = anchor[-1].edtf[:4] if anchor else ""
        if year.isdigit():
            told = int(year) + _WORDS["hanging"][match["which"]]
            edtf = dates.month(told, _number(match["month"])) if match["month"] else dates.year(told)
            found = [e for e in found if e.end <= start or e.start >= end]
            found = sorted([*found, TimeExpression(start, end, edtf)], key=lambda e: e.start) if edtf else found
    return found


def time_expressions(sentence: Sentence, published: date | None) -> list[TimeExpression]:
    """Every time expression of a sentence in order, at its place in the document."""
    return list(_scanned(plain(sentence.text), sentence.start, published))


@lru_cache(maxsize=16)
def _scanned(text: str, offset: int, published: date | None) -> tuple[TimeExpression, ...]:
    """A sentence is scanned once, however many claims ask for its times."""
    found = dates.scan(text, offset, grammar=_GRAMMAR, clock=Clock(published))
    if _FUTURE.search(text) is None:
        return tuple(found)
    ahead = dates.scan(text, offset, grammar=_GRAMMAR, clock=Clock(published, future=True))
    return tuple(_later(text, now, then, offset) for now, then in zip(found, ahead, strict=False))


def _later(text: str, now: TimeExpression, then: TimeExpression, offset: int) -> TimeExpression:
    """The coming reading only where 将于 or its like stands right before the time."""
    lead = text[max(0, now.start - offset - 4) : now.start - offset]
    return then if _FUTURE.search(lead) and now.start == then.start else now


def _tells_other_event(sentence: Sentence, expression: TimeExpression, span: Span) -> bool:
    """True for the year of a founding, a birth or a paper that only describes someone or something."""
    text, start, end = sentence.text, expression.start - sentence.start, expression.end - sentence.start
    if _BORN.search(text[max(0, start - 5) : start]) or _REPORTED.match(text, end):
        return True
    stop = _CLAUSE_END.search(text, end)
    clause = text[end : min(stop.start() if stop else len(text), end + 60)]
    event = _EVENT.search(clause)
    return event is not None and not (span.start < sentence.start + end + event.end() and expression.end <= span.start)


def _iso(value: str) -> str | None:
    return dates.day_of(*map(int, re.split(r"[-./]", value)))
