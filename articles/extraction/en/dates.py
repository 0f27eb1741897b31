"""English time expressions: "last week", "in the third quarter", "on Monday", "mid-2024", as EDTF."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from re import Match

from articles.extraction import dates
from articles.extraction.dates import Clock, Grammar, TimeExpression
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.patterns import either

_WORDS = table("en/dates")
_MONTHS: dict[str, int] = _WORDS["months"]
_WEEKDAYS: dict[str, int] = _WORDS["weekdays"]
_SEASONS: dict[str, str] = _WORDS["seasons"]
_PARTS: dict[str, str] = _WORDS["parts"]
_NUMBERS: dict[str, int] = _WORDS["numbers"]
_ORDINALS: dict[str, int] = _WORDS["ordinals"]

_MONTH = rf"(?P<month>{either(_MONTHS)})\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b(?!\s?[-–]\s?\d|%|,\d)"
_SEASON = rf"(?P<season>{either(_SEASONS)})\b"
_PART = rf"(?P<part>{either(_PARTS)})(?:[- ]|\s(?=the\b))(?:the )?(?:of |in )?"
_COUNT = rf"(?P<count>{either(_NUMBERS)}|\d{{1,2}})"
_OF_YEAR = r"(?:\s(?:of|in))?,?\s"
_OFFSETS = {
    "last": -1,
    "this": 0,
    "next": 1,
    "the previous": -1,
    "earlier this": 0,
    "later this": 0,
    "late last": -1,
    "early this": 0,
}
_WHICH = rf"(?P<which>{either(_OFFSETS)})"


def _year(match: Match[str]) -> int:
    return int(match["year"])


def _month(match: Match[str]) -> int:
    return _MONTHS[match["month"]]


def _count(match: Match[str]) -> int:
    word = match["count"].lower()
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _offset(match: Match[str]) -> int:
    return _OFFSETS[match["which"].lower()]


def _range(match: Match[str], _: Clock) -> str | None:
    first, last = int(match["first"]), int(match["last"])
    return f"{first}/{last}" if first < last else None


def _part_of_year(match: Match[str], clock: Clock) -> str | None:
    part = _PARTS[match["part"].lower()]
    if (written := match.groupdict().get("year")) is not None:
        return dates.year_part(int(written), part)
    return None if clock.today is None else dates.year_part(clock.today.year + _offset(match), part)


def _which(match: Match[str], clock: Clock) -> str | None:
    """ "last week", "next month", "earlier this year"."""
    unit, offset = match["unit"].lower(), _offset(match)
    step = {"week": dates.week_of, "month": _months_from, "year": _years_from}[unit]
    return step(clock, offset=offset)


def _months_from(clock: Clock, *, offset: int) -> str | None:
    return dates.months_from(clock, offset)


def _years_from(clock: Clock, *, offset: int) -> str | None:
    return dates.years_from(clock, offset)


def _which_season(match: Match[str], clock: Clock) -> str | None:
    name = _SEASONS[match["season"].lower()]
    if match["which"].lower() in {"last", "the previous"}:
        return dates.last_season(clock, name)
    return dates.season_of(clock, name, offset=None if _offset(match) == 0 and not clock.future else _offset(match))


def _which_month(match: Match[str], clock: Clock) -> str | None:
    """ "last May" is the latest May that is over; "next May" the coming one."""
    if match["which"].lower() == "next":
        return dates.month_of(Clock(clock.today, future=True), _month(match))
    if clock.today is not None and match["which"].lower() == "last" and clock.today.month == _month(match):
        return dates.month(clock.today.year - 1, _month(match))
    return dates.month_of(Clock(clock.today), _month(match))


def _weekday(match: Match[str], clock: Clock) -> str | None:
    lead = match["lead"].lower()
    future = clock.future or lead.startswith("next")
    if lead.startswith("last") and clock.today is not None and clock.today.weekday() == _WEEKDAYS[match["weekday"]]:
        return dates.days_from(clock, -7)
    return dates.weekday_of(Clock(clock.today, future), _WEEKDAYS[match["weekday"]])


def _ago(match: Match[str], clock: Clock) -> str | None:
    return dates.ago(clock, _count(match), match["unit"].lower())


def _past(match: Match[str], clock: Clock) -> str | None:
    count = _count(match) if match["count"] else 1
    return dates.past(clock, count, match["unit"].lower())


def _today(match: Match[str], clock: Clock) -> str | None:
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}
    return dates.days_from(clock, shift.get(match["day"].lower(), 0))


def _quarter(match: Match[str], clock: Clock) -> str | None:
    number = int(match["number"]) if match["number"] else _ORDINALS[match["ordinal"].lower()]
    if match["year"]:
        return dates.quarter(_year(match), number)
    if match["which"] and clock.today is not None:
        return dates.quarter(clock.today.year + _offset(match), number)
    return dates.quarter_of(clock, number)


def _half(match: Match[str], clock: Clock) -> str | None:
    number = _ORDINALS[match["ordinal"].lower()]
    if number > 2:
        return None
    if match["year"]:
        return dates.half(_year(match), number)
    if clock.today is None:
        return None
    return dates.half(clock.today.year + (_offset(match) if match["which"] else 0), number)


_I = re.IGNORECASE
_THIS_YEAR = rf"(?:(?:\s(?:of|in))?,?\s(?:{_YEAR}|{_WHICH}\syear))"
_PART_DAY = r"(?:\s(?:morning|afternoon|evening|night))?"
_GRAMMAR: Grammar = (
    (re.compile(r"\b(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)\b"), lambda m, c: _iso(m["iso"])),
    (
        re.compile(r"\b(?:from|between)\s(?P<first>(?:19|20)\d\d)\s(?:to|and|until)\s(?P<last>(?:19|20)\d\d)\b", _I),
        _range,
    ),
    (re.compile(rf"\b{_MONTH}\s{_DAY},?\s{_YEAR}"), lambda m, c: dates.day_of(_year(m), _month(m), int(m["day"]))),
    (
        re.compile(rf"\b{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR}"),
        lambda m, c: dates.day_of(_year(m), _month(m), int(m["day"])),
    ),
    (re.compile(rf"\b{_MONTH}{_OF_YEAR}{_YEAR}"), lambda m, c: dates.month(_year(m), _month(m))),
    (
        re.compile(rf"\b{_MONTH}(?:\sof|\sin|,)?\s{_WHICH}\syear\b"),
        lambda m, c: dates.month_in_year_from(c, _offset(m), _month(m)),
    ),
    (
        re.compile(rf"\b{_MONTH}\s{_DAY}(?!\s?(?:%|percent|people|million|billion))"),
        lambda m, c: dates.day_without_year(c, _month(m), int(m["day"])),
    ),
    (
        re.compile(rf"\b{_DAY}\s(?:of\s)?{_MONTH}(?!\w)"),
        lambda m, c: dates.day_without_year(c, _month(m), int(m["day"])),
    ),
    (
        re.compile(
            rf"\b(?:the\s)?(?:Q(?P<number>[1-4])|(?P<ordinal>{either(_ORDINALS)})[-\s]quarter)\b{_THIS_YEAR}?", _I
        ),
        _quarter,
    ),
    (re.compile(rf"\b(?:the\s)?(?P<ordinal>first|second)\shalf\b{_THIS_YEAR}?", _I), _half),
    (re.compile(rf"\b{_PART}{_YEAR}", _I), _part_of_year),
    (
        re.compile(rf"\b(?:the\s)?{_SEASON}{_OF_YEAR}{_YEAR}", _I),
        lambda m, c: dates.season(_year(m), _SEASONS[m["season"].lower()]),
    ),
    (re.compile(rf"\b{_WHICH}\s{_SEASON}", _I), _which_season),
    (
        re.compile(rf"\b(?:in|during|over|since)\sthe\s{_SEASON}(?!\sof)", _I),
        lambda m, c: dates.season_of(c, _SEASONS[m["season"].lower()]),
    ),
    (re.compile(rf"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s(?:past\s|coming\s)?{_MONTH}"), _which_month),
    (
        re.compile(rf"\b(?:[Ee]arly|[Mm]id|[Ll]ate|(?:[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle)\sof)[-\s]{_MONTH}"),
        lambda m, c: dates.month_of(c, _month(m)),
    ),
    (re.compile(rf"\b(?P<part>early|mid|late)[-\s]{_WHICH}\syear\b", _I), _part_of_year),
    (re.compile(rf"\b{_WHICH}\s(?P<unit>week|month|year)\b(?!['’]s|-)", _I), _which),
    (
        re.compile(
            rf"\b(?:(?:just|about|nearly|roughly|almost|over|more\sthan|some)\s)*{_COUNT}\s(?P<unit>day|"
            rf"week|month|year)s?\s(?:ago|earlier)\b",
            _I,
        ),
        _ago,
    ),
    (
        re.compile(
            rf"\b(?:in|over|during|within)\s(?:just\s)?the\s(?:past|last)\s(?:{_COUNT}\s)?(?P<unit>day|"
            rf"week|month|year)s?\b",
            _I,
        ),
        _past,
    ),
    (
        re.compile(
            r"\b(?P<day>today|yesterday|tomorrow|tonight|last\snight|this\s(?:morning|"
            r"afternoon|evening)|earlier\stoday)\b",
            _I,
        ),
        _today,
    ),
    (re.compile(r"\b(?:over|last|this)\s(?:the\s)?(?:past\s|last\s)?weekend\b", _I), lambda m, c: dates.weekend_of(c)),
    (
        re.compile(
            rf"\b(?P<lead>(?:[Oo]n\s|[Ll]ast\s|[Tt]his\s|[Nn]ext\s|[Ll]ate\s|[Ee]arly\s)?)"
            rf"(?P<weekday>{either(_WEEKDAYS)})\b{_PART_DAY}"
        ),
        _weekday,
    ),
    (
        re.compile(rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Ff]rom|[Oo]f|[Bb]ack\sin)\s{_MONTH}(?![\w’'])"),
        lambda m, c: dates.month_of(c, _month(m)),
    ),
    (
        re.compile(
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Ff]rom|[Bb]ack\sin|"
            rf"[Tt]hroughout|[Ff]or)\s(?:fiscal\s)?{_YEAR}"
        ),
        lambda m, c: dates.year(_year(m)),
    ),
)

# "a month after": counted back from the article's day, where the event itself opens the next clause.
_SINCE = re.compile(
    rf"\b(?:just\s|only\s|barely\s|over\s|about\s|nearly\s)*{_COUNT}\s(?P<unit>day|"
    rf"week|month|year)s?\safter\s(?!\w+ing\b)[^,;.]{{0,60}}$",
    _I,
)
_BREAK = re.compile(rf"[,;:()—–]|\.{{3}}|\s(?:{'|'.join(_WORDS['breaks'])})\s")
_OTHER_EVENT = re.compile(rf"\b{either(_WORDS['participles'])}\s(?:(?:back|earlier|it|the company|[A-Z]\w+)\s)?$", _I)
_FUTURE = re.compile(rf"\b{either(_WORDS['future'])}\b", _I)
_REPORTING = re.compile(rf"\b{either(_WORDS['reporting'])}\b", _I)
_TELLING = re.compile(r"\b(?:said|says|told|announced|reported|confirmed|wrote|posted|revealed|disclosed)\b", _I)
# "Byrne, a manager who joined last year, has left": the time belongs to the aside.
_ASIDE = re.compile(r",\s[^,]{0,60}\b(?:who|which|whose)\s[^,;]*$")
_FRONT = 30
# A word of the future counts for a time within this many characters.
_NEAR = 70


def find_date(reading: Reading, sentence: Sentence, span: Span) -> str | None:
    """EDTF of the time expression that governs the clause at ``span``, resolved against the article's date."""
    expressions = _expressions(sentence, reading.document.published, span)
    if not expressions:
        return _since(sentence, reading.document.published, span)
    clause = _clause(sentence, span)
    for region in (span, clause):
        chosen = [e for e in expressions if region.start < e.end and e.start < region.end]
        if chosen and (best := dates.nearest(chosen, span)) is not None:
            return best.edtf
    if (since := _since(sentence, reading.document.published, span)) is not None:
        return since
    return _from_neighbours(sentence, expressions, clause)


def time_expressions(sentence: Sentence, published: date | None) -> list[TimeExpression]:
    """Every time expression of a sentence in order, at its place in the document."""
    return list(_scanned(sentence.text, sentence.start, published))


@lru_cache(maxsize=16)
def _scanned(text: str, offset: int, published: date | None) -> tuple[TimeExpression, ...]:
    """A sentence is scanned once, however many claims ask for its times."""
    return tuple(dates.scan(text, offset, grammar=_GRAMMAR, clock=Clock(published), ahead=_looks_ahead))


def _looks_ahead(text: str, start: int, end: int) -> bool:
    """ "will join on Monday", "In June, she will join"; but not "told staff on Monday that it will"."""
    before = text[max(0, start - _NEAR) : start]
    cues = [m.end() for m in _FUTURE.finditer(before)]
    told = [m.end() for m in _TELLING.finditer(before)]
    if cues:
        return not told or told[-1] < cues[-1]
    ahead = _FUTURE.search(text, end, end + _NEAR) if start <= _FRONT and not told else None
    return ahead is not None and _TELLING.search(text, end, ahead.start()) is None


def _expressions(sentence: Sentence, published: date | None, span: Span) -> list[TimeExpression]:
    """Those that speak of the claim at ``span``, not of a founding or a birth mentioned by the way."""
    return [e for e in time_expressions(sentence, published) if not _tells_other_event(sentence, e, span)]


def _tells_other_event(sentence: Sentence, expression: TimeExpression, span: Span) -> bool:
    before = sentence.text[max(0, expression.start - sentence.start - 40) : expression.start - sentence.start]
    other = _OTHER_EVENT.search(before)
    if other is None:
        return False
    at = expression.start - len(before) + other.start()
    return not span.start <= at < span.end


def _clause(sentence: Sentence, span: Span) -> Span:
    """``span`` widened to the commas and conjunctions around it."""
    text, start, end = sentence.text, span.start - sentence.start, span.end - sentence.start
    left = max((m.end() for m in _BREAK.finditer(text, 0, max(0, start))), default=0)
    right = _BREAK.search(text, max(0, min(end, len(text))))
    return Span(sentence.start + min(left, start), sentence.start + (right.start() if right else len(text)))


def _from_neighbours(sentence: Sentence, expressions: list[TimeExpression], clause: Span) -> str | None:
    """A time that opens the sentence or the clause before, or one that closes it after a comma."""
    before = [e for e in expressions if e.end <= clause.start]
    after = [e for e in expressions if e.start >= clause.end]
    if after and _closes(sentence, after[0], clause):
        return after[0].edtf
    for expression in reversed(before):
        lead = sentence.text[: expression.start - sentence.start]
        if _ASIDE.search(lead):
            continue
        if len(lead) <= _FRONT or clause.start - expression.end <= 4 or _tells(sentence, expression):
            return expression.edtf
    return None


def _tells(sentence: Sentence, expression: TimeExpression) -> bool:
    """ "announced on Friday that …": the time of the telling stands for that of an event without its own."""
    start, end = expression.start - sentence.start, expression.end - sentence.start
    told = [m.end() for m in _TELLING.finditer(sentence.text, max(0, start - _TOLD_NEAR), start)]
    that = _THAT.match(sentence.text, end)
    return bool(told) and that is not None


# Between the word of telling and its time ("told staff in an e-mail on Friday that").
_TOLD_NEAR = 45
_THAT = re.compile(r"[^,;.]{0,30}?\bthat\b|\s(?:he|she|it|they)\b")


def _closes(sentence: Sentence, expression: TimeExpression, clause: Span) -> bool:
    between = sentence.text[clause.end - sentence.start : expression.start - sentence.start]
    if len(between.strip(" ,;—–-()")) <= 4:
        return True
    return len(between) < 80 and _REPORTING.search(between) is not None


def _since(sentence: Sentence, published: date | None, span: Span) -> str | None:
    match = _SINCE.search(sentence.text[: max(0, span.start - sentence.start)])
    return _ago(match, Clock(published)) if match else None


def _iso(value: str) -> str | None:
    return dates.day_of(*map(int, value.split("-")))
