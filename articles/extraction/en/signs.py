"""Which words and counts of an English sentence are signals of hiring or shrinking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from articles.extraction import signals
from articles.extraction.document import Span
from articles.extraction.en.layoffs import (
    ABOUT,
    BARE_LAYOFF,
    EVERYBODY,
    MACHINE,
    NEGATED,
    bare_quantity,
    bare_quantity_of,
    laid_off_without_noun,
    layoff,
    of_compound,
    taken,
)
from articles.extraction.en.workforce import compounds, counts, shares
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, Sign

_WORDS = table("en/signals")
_I = re.IGNORECASE
CUE = re.compile(
    r"\b(?:lay\w*|laid|cut|cuts|cutting|shr[aiu]nk\w*|slash|slashed|slashing|"
    r"eliminat\w+|axe|axed|axing|shed|shedding|fire|fired|firing|dismiss\w*|"
    r"let\sgo|letting|"
    r"sack\w*|trim\w*|terminat\w+|redundan\w+|downsiz\w+|job\slosses|reduc\w+|furlough\w*|part(?:ed|ing)?\sways|"
    r"hir\w+|recruit\w*|staff\w*|employ\w*|headcount|workforce|team|openings|"
    r"vacanc\w+|open\s(?:roles|positions|jobs)|"
    r"job\s(?:listings|postings|ads)|people|person|researchers|engineers|workers|"
    r"jobs|roles|positions|retain|retention|"
    r"counter-?offer\w*|interview\w*|personally|comp|compensation|himself|herself|"
    r"candidates|posts|recruiters|resign\w*|lets?|degree|vacancies|interviews|"
    r"rings|calls|offer|trial|test|vesting|offers|stock|equity|non-?competes?|"
    r"talent|lectureships?|professorships?|fellowships?|advertis\w+|tutors|tally)\b",
    _I,
)
_HIRE = re.compile(
    rf"\b(?:{either(_WORDS['plan_verbs'])})\s(?:\w+ly\s|also\s|then\s)?(?:{either(_WORDS['hire_verbs'])})"
    rf"\s(?:up\s)?{ABOUT}$|"
    rf"\b(?:hiring|recruiting|wants|needs|seeks|seeking|adding|creating)\s(?:for\s|to\sfill\s)?{ABOUT}$|"
    rf"\b(?:to|will|would)\s(?:{either(_WORDS['hire_verbs'])})"
    rf"\s{ABOUT}$",
    _I,
)
_GROW = re.compile(
    rf"\b(?:expand|grow|increase|boost|scale|enlarg|bring|ramp|doubl|tripl|quadrupl)\w*\s(?:up\s)?(?:its\s|"
    rf"the\s|their\s)?[^.;]{{0,30}}?(?:team|headcount|workforce|staff)\s(?:up\s)?(?:to|"
    rf"by)\s{ABOUT}$|\b(?:to|will)\s(?:expand|grow)\sto\s{ABOUT}$",
    _I,
)
# "had expanded its team to 300 people": so many it has.
_HAS_GROWN = re.compile(
    rf"(?<!be\s)(?<!have\s)\b(?:expanded|grew|grown|increased|boosted|scaled|enlarged|brought|doubled|tripled)\s(?:up\s)?(?:its|the|their|our)\s"
    rf"(?:[\w’'-]+\s){{0,4}}?(?:team|headcount|workforce|staff)\s(?:up\s)?to\s{ABOUT}$|"
    rf"\b(?:grown|grew|swelled|swollen|ballooned|expanded|risen|shrunk|shrank)\s(?:from\s[^.;]{{1,30}}?\s)?to\s(?:employ\s)?{ABOUT}$",
    _I,
)
# "hiring 24 people from Acme over the past months": they have come.
_HAVE_COME = re.compile(
    r"^[^.;]{0,12}?\sfrom\s(?:[a-z’'-]+\s){0,3}[A-Z]|^[^.;]{0,60}?\b(?:over|in|during)\s(?:the\s)?(?:past|last|recent)\b|"
    r"^[^.;]{0,40}?\b(?:so\sfar|since\s|last\s(?:year|month|week|summer|fall|autumn|spring|winter)|away\b)"
)
_STAFF_OF_OTHERS = re.compile(
    r"\b(?:customers?|clients?|partners|companies|businesses|schools|enterprises|firms|organi[sz]ations)\b[^.;]{0,24}\bwith\s(?:\w+\s){0,2}$|"
    r"\b(?:partner|work|collaborat)\w*\swith\s(?:\w+\s){0,3}$|\b(?:survey|interview|poll|ask|train|question)\w*\s(?:\w+\s){0,3}$|"
    r"\bout\sof\s(?:\w+\s){0,2}$|\b(?:only|just)\s(?:a\s)?(?:few|several)\b[^.;]{0,30}$",
    _I,
)
_NOT_ALL_STAFF = re.compile(
    r"\b(?:fewer|former|ex|other|additional|laid-off|would-be|potential|prospective|more)\b|\bex-", _I
)
_JOBS_PROMISED = re.compile(r"\b(?:creat|generat|support|bring)\w*\s", _I)
_MOST_PROMISED = 20_000
# "We are now 640 people".
_WE_ARE = re.compile(
    rf"\b(?:we|they)\s(?:are|were|number)\s(?:now\s|already\s|currently\s|just\s|today\s)?{ABOUT}$", _I
)
_MOVED = re.compile(r"^\s(?:who|short|from|fewer|strong\s(?:in|on))\b", _I)
_OPEN = re.compile(r"\b(?:open|unfilled|vacant|available)\s(?:job\s)?$", _I)
_HAS = re.compile(
    rf"\b(?:employs|employed|employing|employ|has|have|had|boasts|counts|counted|houses|"
    rf"numbering|boasting|numbers|with|comprising|comprises|includes|included|oversees|oversee|oversaw|supervised|"
    rf"overseeing|manages|managing|leads|leading|runs)\s(?:(?:a|an)\s(?:\w+\s){{0,2}}?(?:team|"
    rf"staff|workforce|headcount|group)\sof\s)?{ABOUT}$",
    _I,
)
_OWN = re.compile(rf"(?:[’']s|\bits|\btheir|\bour)\s(?:\w+\s){{0,2}}?{ABOUT}$", _I)
# "Acme's roughly 4,000 employees received …": so many it has, whatever they did.
_ALL_OWN = re.compile(
    r"(?:[’']s|\bits|\btheir|\bour)\s(?:approximately|about|around|roughly|nearly|almost|some|estimated|entire|total|more\sthan|over|\s){1,3}$",
    _I,
)
_TEAM_OF = re.compile(
    rf"\b(?:team|staff|workforce|headcount|organi[sz]ation|group|lab|payroll|"
    rf"unit|startup|company|firm)\s(?:of|to|at|reached|hit|was|is|stood\sat|stands\sat|"
    rf"now|has\sgrown\sto|grew\sto|rose\sto|numbers)\s{ABOUT}$",
    _I,
)
_N = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d,.]*\s?(?:%|percent|million|billion|years?|times|x\b))\b"
_TEAM_NUMBER = re.compile(
    rf"\b(?:team|staff|workforce|headcount)\s(?:[\w’'-]+\s){{0,3}}?(?:of|reached|"
    rf"stood\sat|stands\sat|(?:has\s|have\s)?(?:grown|grew|risen|rose|climbed|"
    rf"swelled|"
    rf"increased|fallen|fell|shrunk|shrank|dropped|ballooned|expanded|doubled|tripled|quadrupled)\sto|(?:will\s|"
    rf"to\s)(?:shrink|fall|drop|grow|rise|swell|climb)\sto|(?:will\s)?reach|is|"
    rf"was|to\sjust)\s(?P<lead>{ABOUT}){_N}",
    _I,
)
# "has grown to a team of 40", "a company of about 60 people".
_GROWN_TO_TEAM = re.compile(
    rf"\b(?:grown|grew|swelled|risen|shrunk|shrank|fallen)\s(?:in)?to\s(?:a|the)\s(?:\w+\s)?(?:team|staff|group)\sof\s"
    rf"(?P<lead>{ABOUT}){_N}",
    _I,
)
_APPOSED = re.compile(
    r"[A-Z][\w’'-]+,\s(?:an?)\s(?:[\w-]+\s){0,3}(?:company|startup|start-up|firm|lab)\sof\s(?:\w+\s){0,2}$"
)
_M = _N.replace("?P<n>", "?P<m>")
_SIZE = r"(?:team|staff|workforce|headcount|payroll|ranks|group|division|unit|lab)"
_TEAM_FROM_TO = re.compile(
    rf"\b(?:cut|cuts|cutting|shr[aiu]nk|shrinking|reduc\w+|trim\w*|slash\w*|grew|grow\w*|expand\w*|swell\w*|swelled|double[ds]?|tripled?)\s(?:its|the|their|in|size|[\w’'-]+\s){{0,6}}?"
    rf"{_SIZE}\s(?:down\s|up\s)?from\s{ABOUT}{_N}\s(?:people\s|employees\s)?(?:down\s)?to\s{ABOUT}{_M}",
    _I,
)
_FROM_TO = re.compile(
    rf"\b{_SIZE}\s(?:has\s|had\s)?(?:shr[aiu]nk|fallen|fell|dropped|declined|grew|grown|risen|rose|swelled|climbed|expanded|increased|gone|went)"
    rf"\s(?:down\s|up\s)?from\s{ABOUT}{_N}\s(?:people\s|employees\s)?(?:down\s)?to\s{ABOUT}{_M}",
    _I,
)
_TO_FROM = re.compile(
    rf"\b(?:(?:cut|reduced|shrank|slashed|trimmed|grew|expanded)\s(?:its|the|their)\s(?:[\w’'-]+\s){{0,3}}?)?{_SIZE}\s(?:has\s|had\s)?(?:shr[aiu]nk|fallen|fell|dropped|declined|grew|grown|risen|rose|swelled|climbed|expanded|increased)?\s?to\s{ABOUT}{_M}"
    rf"(?:\s(?:people|employees|workers))?,?\sfrom\s{ABOUT}{_N}",
    _I,
)
_NOW_HAS = re.compile(
    rf"\bnow\s(?:has|have|counts?|employs?|numbers?|says?|reports?|stands\sat)\s{ABOUT}{_N}(?=[.,;)]|\s(?:and|across|in|on)\b|$)",
    _I,
)
_A_FIRM = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:start-?up|company|firm|outfit)\b")
_A_SOME = re.compile(r"\b(?:an?|another|his|her)\s(?:\w+\s)?$", _I)
_NAMED_A = re.compile(r"[A-Z][\w’'.-]*(?:\s\([^)]{1,20}\))?,?\s(?:(?:is|was|remains|as|still)\s){0,2}an?\s(?:\w+\s)?$")
_ON_PAYROLL = re.compile(r"^\son\s(?:its|the|their)\s(?:payroll|books|staff)\b", _I)
_EMPLOYS = re.compile(rf"\bemploy(?:s|ed|ing)?\s(?P<lead>{ABOUT}){_N}(?=[.,;:)]|$)", _I)
_GROW_TO = re.compile(
    rf"\b(?:double|triple|doubling|tripling|grow|growing|expand|expanding|increase|"
    rf"increasing|boost|boosting|raise|raising|bring|bringing|ramp\sup)\s(?:its|"
    rf"their|the|our)?"
    rf"\s?(?:[\w’'-]+\s){{0,3}}?(?:team|staff|workforce|headcount|employees|ranks)"
    rf"\s(?:up\s)?(?:to|by)\s(?P<lead>{ABOUT}){_N}(?!\s(?:countries|cities|offices)"
    rf")",
    _I,
)
_HIRE_MORE = re.compile(
    rf"\b(?:hire|recruit|add|hiring|recruiting|adding)\s(?:up\sto\s)?(?P<lead>{ABOUT}){_N}(?=\s(?:more|"
    rf"others|additional)\b|\s(?:in|by|this|over|next|across|for)\s|[.,;]|$)",
    _I,
)
_WORK = re.compile(
    r"^\s(?:now\s|currently\s|already\s)?(?:work|works|report|reporting|reports|"
    r"worldwide|globally|on\sstaff|across|in\s(?:its|the|total)|are\semployed|"
    r"(?:that\s|whom\s)?(?:it|they|the\scompany)\s(?:had\s)?employ(?:s|ed)|"
    r"based)\b",
    _I,
)
_NOT_STAFF = re.compile(rf"^\s(?:{either(_WORDS['not_staff_after'])})\b", _I)
_OUT_OF = re.compile(r"\b(?:out\sof|of\sthe|of)\s(?:~|about\s|roughly\s|the\s|some\s)*$", _I)
_LEADS = re.compile(r"\b(?:manag|lead|led|head|ran|run)\w*\s(?:a|the)\s(?:[\w-]+\s){0,2}(?:team|group)\sof\s", _I)
_SIMPLY_HAS = re.compile(rf"\b(?:has|have|had)\s{ABOUT}$", _I)
_ENDS = re.compile(r"^\s?(?:[.,;:)]|$|in\b|across\b|working\b|globally\b|worldwide\b|on\sstaff\b)", _I)
_STRONG_NOUNS = re.compile(
    r"\b(?:employees|staff|workers|staffers|personnel|workforce|engineers|researchers|"
    r"scientists|developers|members|tutors|annotators|lecturers|professors|designers|programmers|analysts|technicians)\b",
    _I,
)
_FREEZE = re.compile(
    rf"\b{either(_WORDS['freeze'])}\b|\b(?:froze|frozen|freez(?:es|ing)|paus(?:es|ed|ing)|halt(?:s|ed|ing)|suspend(?:s|ed|ing))\s"
    r"(?:(?!its\splan)[\w-]+\s){0,3}?(?:hiring|recruitment|recruiting)\b",
    _I,
)
_PLAN_BARE = re.compile(rf"\b{either(_WORDS['plan_bare'])}", _I)
_PRACTICES = tuple((name, re.compile(pattern, _I)) for name, pattern in _WORDS["practice"].items())
_WANTED = re.compile(
    r"\s(?:whom|who|that)\s(?:it|they|the\s\w+)\s(?:wants?|hopes?|plans?|intends?|"
    r"would\slike)\b",
    _I,
)
_DOWN_FROM = re.compile(rf"^[^.;!?]{{0,40}}?\b(?:down|up)\s(?:from|to)\s(?P<lead>{ABOUT}){_N}", _I)
_DOWN_TO = re.compile(rf"^(?:\s[\w-]+){{0,3}}?\sto\s(?P<lead>{ABOUT}){_N}", _I)
_LISTS = re.compile(rf"\b(?:lists?|listed|listing|advertis\w+|posted)\s{ABOUT}$", _I)
_SOME_FIRM = re.compile(
    r"\b(?:an?|another|one)\s[^,.;]{0,60}\b(?:startup|company|firm|business|"
    r"maker)\s(?:with|of|that\shas)\s(?:\w+\s){0,2}$",
    _I,
)
_CHANGED_FROM = re.compile(
    rf"\b(?:shr[aiu]nk\w*|grew|grow\w*|expand\w*|swell\w*|balloon\w*|fell|fall|"
    rf"drop\w*|gone|go|whittl\w*|slim\w*|pared?|paring|trim\w*|reduc\w*|cut|cutting|took|taken|brought)"
    rf"(?:\s(?:(?:the|its|their)\s)?[\w-]+)?\s(?:down\s)?(?:in\ssize\s)?from\s"
    rf"(?:(?:its|a|the|their)\s)?(?:(?:peak|high|total|workforce|staff|headcount)\sof\s)?{ABOUT}$",
    _I,
)


def signs_of(text: str) -> Iterator[Sign]:
    """The signals of a sentence: first those that count, then those that do not."""
    counted = list(_counted(text))
    yield from counted
    metrics = {sign.metric for sign in counted}
    bare = None if "layoffs" in metrics else BARE_LAYOFF.search(text)
    if bare is not None and not any(
        p.search(text[max(0, bare.start() - 30) : bare.start()]) for p in (NEGATED, MACHINE, EVERYBODY)
    ):
        yield Sign(metric="layoffs", at=Span(*bare.span()), rule="en.layoffs.bare", confidence=0.7, unit="people")
    yield from _worded(text, planned="hiring_plan" in metrics)


def _counted(text: str) -> Iterator[Sign]:
    used: list[Quantity] = []
    found = [*counts(text), *shares(text)]
    for quantity in found if len(found) <= signals.MOST_COUNTS else []:
        sign = (
            (
                None
                if _CHANGED_FROM.search(text[max(0, quantity.start - 70) : quantity.start])
                else layoff(text, quantity)
            )
            or _opening(text, quantity)
            or _plan(text, quantity)
            or _headcount(text, quantity)
        )
        if sign is not None:
            used.append(quantity)
            yield sign
            yield from _former_headcount(text, sign)
    yield from laid_off_without_noun(text, used)
    yield from _plans_without_noun(text, used)
    yield from _headcounts_without_noun(text, used)
    yield from _changes(text, used)


def _worded(text: str, *, planned: bool) -> Iterator[Sign]:
    """Signals that carry no number."""
    if (freeze := _FREEZE.search(text)) is not None and not NEGATED.search(
        text[max(0, freeze.start() - 30) : freeze.start()]
    ):
        yield Sign(metric="hiring_freeze", at=Span(*freeze.span()), rule="en.freeze", confidence=0.85)
    if not planned and (plan := _PLAN_BARE.search(text)) is not None:
        yield Sign(metric="hiring_plan", at=Span(*plan.span()), rule="en.plan.bare", confidence=0.6, unit="people")
    for name, pattern in _PRACTICES:
        if (match := pattern.search(text)) is not None:
            yield Sign(metric="practice", at=Span(*match.span()), rule=f"en.practice.{name}", confidence=0.6)
            return


def _opening(text: str, quantity: Quantity) -> Sign | None:
    listed = _LISTS.search(text[max(0, quantity.start - 40) : quantity.start]) is not None
    is_open = quantity.unit == "jobs" and (listed or _OPEN.search(text[: quantity.end - len(_noun(text, quantity))]))
    if quantity.unit != "openings" and not is_open:
        return None
    counted = replace(quantity, unit="openings")
    return Sign(
        metric="openings",
        at=Span(quantity.start, quantity.end),
        rule="en.openings",
        confidence=0.8,
        quantity=counted,
    )


def _noun(text: str, quantity: Quantity) -> str:
    return text[quantity.start : quantity.end].rsplit(" ", 1)[-1]


def _plan(text: str, quantity: Quantity) -> Sign | None:
    left = text[max(0, quantity.start - 90) : quantity.start]
    if quantity.unit == "people" and _WANTED.match(text[quantity.end :]):
        return Sign(
            metric="hiring_plan",
            at=Span(quantity.start, quantity.end),
            rule="en.plan.list",
            confidence=0.6,
            quantity=quantity,
        )
    match = None if quantity.unit == "percent" else _HIRE.search(left)
    match = match or _GROW.search(left)
    if match is None or _HAS_GROWN.search(left) or _HAVE_COME.match(text[quantity.end : quantity.end + 80]):
        return None
    if quantity.unit == "jobs" and (quantity.min or 0) > _MOST_PROMISED and _JOBS_PROMISED.search(match[0]):
        return None
    return Sign(
        metric="hiring_plan",
        at=Span(quantity.start - len(left) + match.start(), quantity.end),
        rule="en.plan",
        confidence=0.75,
        quantity=quantity,
    )


def _headcount(text: str, quantity: Quantity) -> Sign | None:
    if quantity.unit != "people":
        return None
    left, right = text[max(0, quantity.start - 70) : quantity.start], text[quantity.end : quantity.end + 30]
    changed = _CHANGED_FROM.search(left) is not None
    if (
        (_NOT_STAFF.match(right) and not _ALL_OWN.search(left))
        or (_OUT_OF.search(left) and not changed)
        or (_SOME_FIRM.search(left) and not _APPOSED.search(left))
        or _LEADS.search(left)
        or _STAFF_OF_OTHERS.search(left)
        or _NOT_ALL_STAFF.search(text[quantity.start : quantity.end])
    ):
        return None
    noun_is_firm = _STRONG_NOUNS.search(text[quantity.start : quantity.end]) is not None
    works = _WORK.match(right)
    if (
        _TEAM_OF.search(left)
        or _HAS_GROWN.search(left)
        or (_WE_ARE.search(left) and not _MOVED.match(right))
        or _APPOSED.search(left)
        or (_HAS.search(left) and _ON_PAYROLL.match(right))
        or (_SIMPLY_HAS.search(left) and _ENDS.match(right))
        or changed
        or (noun_is_firm and (_HAS.search(left) or _OWN.search(left) or works))
        or (works and re.match(r"\s(?:now\s|currently\s|already\s)?(?:work|report)", right))
    ):
        return Sign(
            metric="headcount",
            at=Span(quantity.start, quantity.end),
            rule="en.headcount",
            confidence=0.75,
            quantity=quantity,
        )
    if re.search(r"\bemploy(?:s|ed|ing)?\s(?:\w+\s){0,2}$", left, _I):
        return Sign(
            metric="headcount",
            at=Span(quantity.start, quantity.end),
            rule="en.headcount.employs",
            confidence=0.85,
            quantity=quantity,
        )
    return None


def _former_headcount(text: str, sign: Sign) -> Iterator[Sign]:
    """ "350 employees, down from 412"."""
    if sign.metric != "headcount":
        return
    changed = _CHANGED_FROM.search(text[max(0, sign.at.start - 70) : sign.at.start]) is not None
    match = (_DOWN_TO if changed else _DOWN_FROM).match(text[sign.at.end :])
    before = bare_quantity(match) if match else None
    if before is not None:
        yield replace(sign, quantity=before, at=Span(sign.at.start, sign.at.end), rule="en.headcount.former")


def _headcounts_without_noun(text: str, used: list[Quantity]) -> Iterator[Sign]:
    """ "a 12-person team", "a workforce of 3,000"."""
    for quantity in compounds(text):
        if (cut := of_compound(text, quantity)) is not None:
            yield cut
        elif not _of_some_firm(text, quantity) and re.match(
            r"\s(?:[\w-]+\s){0,2}?(?:team|startup|start-up|company|lab|workforce|"
            r"staff|group|firm|outfit|division|unit)\b",
            text[quantity.end : quantity.end + 40],
        ):
            yield Sign(
                metric="headcount",
                at=Span(quantity.start, quantity.end),
                rule="en.headcount.compound",
                confidence=0.7,
                quantity=quantity,
            )
    for match in chain(_TEAM_NUMBER.finditer(text), _EMPLOYS.finditer(text), _GROWN_TO_TEAM.finditer(text)):
        counted = bare_quantity(match)
        led = _LEADS.search(text[: match.start("n")]) is not None
        if counted is not None and not led and not taken(counted, used):
            yield Sign(
                metric="headcount", at=Span(*match.span()), rule="en.headcount.team", confidence=0.7, quantity=counted
            )


def _of_some_firm(text: str, quantity: Quantity) -> bool:
    """Whether it is the size of a firm that no name stands beside: "now runs a 15-person start-up"."""
    return (
        _A_FIRM.match(text[quantity.end : quantity.end + 30]) is not None
        and _A_SOME.search(text[: quantity.start]) is not None
        and _NAMED_A.search(text[max(0, quantity.start - 60) : quantity.start]) is None
    )


def _changes(text: str, used: list[Quantity]) -> Iterator[Sign]:
    """ "cut its team from 1,500 to 900", "shrank to 3,500 from 5,000", "had 240 employees and now has 1,100"."""
    for match in chain(
        _TEAM_FROM_TO.finditer(text),
        _FROM_TO.finditer(text),
        _TO_FROM.finditer(text),
        _NOW_HAS.finditer(text) if used else (),
    ):
        for name in ("n", "m"):
            written = match.groupdict().get(name)
            counted = bare_quantity_of(text, match.start(name), written) if written else None
            if counted is not None and not taken(counted, used):
                used.append(counted)
                yield Sign(
                    metric="headcount",
                    at=Span(match.start(), match.end()),
                    rule="en.headcount.change",
                    confidence=0.7,
                    quantity=counted,
                )


def _plans_without_noun(text: str, used: list[Quantity]) -> Iterator[Sign]:
    """ "double its workforce to 8,000", "plans to hire 100 more"."""
    for pattern, rule in ((_GROW_TO, "size"), (_HIRE_MORE, "more")):
        for match in pattern.finditer(text):
            quantity = bare_quantity(match)
            if quantity is not None and not taken(quantity, used):
                used.append(quantity)
                yield Sign(
                    metric="hiring_plan",
                    at=Span(*match.span()),
                    rule=f"en.plan.{rule}",
                    confidence=0.7,
                    quantity=quantity,
                )
