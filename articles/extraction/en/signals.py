"""Finds signs of hiring and shrinking in English: headcount, openings, plans, layoffs, freezes, practices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from articles.extraction import signals
from articles.extraction.claims import SignalClaim
from articles.extraction.document import Span
from articles.extraction.en import employer
from articles.extraction.en.attribution import attribute
from articles.extraction.en.dates import find_date
from articles.extraction.en.firms import with_firms
from articles.extraction.en.workforce import compounds, counts, shares
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, Sign

_WORDS = table("en/signals")
_I = re.IGNORECASE

_ABOUT = rf"(?:(?:{either([*_WORDS['about'], *_WORDS['least'], *_WORDS['most']])})\s?)*"
_CUE = re.compile(
    r"\b(?:lay\w*|laid|cut|cuts|cutting|shr[aiu]nk\w*|slash|slashed|slashing|"
    r"eliminat\w+|axe|axed|axing|shed|shedding|fire|fired|firing|dismiss\w*|"
    r"let\sgo|letting|"
    r"sack\w*|trim\w*|terminat\w+|redundan\w+|downsiz\w+|job\slosses|reduc\w+|furlough\w*|part(?:ed|ing)?\sways|"
    r"hir\w+|recruit\w*|staff\w*|employ\w*|headcount|workforce|team|openings|"
    r"vacanc\w+|open\s(?:roles|positions|jobs)|"
    r"job\s(?:listings|postings|ads)|people|person|researchers|engineers|workers|"
    r"jobs|roles|positions|retain|retention|"
    r"counter-?offer\w*|interview\w*|personally|comp|compensation|himself|herself|candidates|posts|recruiters|resign\w*|lets?|degree|vacancies|interviews|rings|calls|offer|trial|test|vesting|offers|stock|equity|non-?compete|talent)\b",
    _I,
)
_LAYOFF_VERB = re.compile(
    rf"(?<!\bthe\s)(?<!\bjob\s)(?<!\bof\s)(?<!these\s)\b(?P<verb>{either(_WORDS['layoff_verbs'])})\b(?P<link>(?:[^.;:!?]|\.(?=\w)){{0,70}})$",
    _I,
)
_WEAK = frozenset(_WORDS["weak_layoff_verbs"])
_LAYOFF_NOUN = re.compile(rf"\b{either(_WORDS['layoff_nouns'])}\b(?P<link>(?:[^.;!?]|\.(?=\w)){{0,50}})$", _I)
_NOUN_AFTER = re.compile(rf"^\s?(?:job\s|staff\s|additional\s)?{either(_WORDS['layoff_nouns'])}\b", _I)
_PASSIVE = re.compile(
    rf"^[^.;!?]{{0,45}}?\b(?:were|was|are|is|be|been|being|will|would|could|to|"
    rf"have|had|has|have\sbeen)\s(?:\w+\s)?{either(_WORDS['passive'])}\b",
    _I,
)
_STAFF = re.compile(rf"\b{either(_WORDS['staff_words'])}\b", _I)
_OF_STAFF = re.compile(rf"^[^.;!?]{{0,40}}?\b{either(_WORDS['staff_words'])}\b", _I)
_BARE_LAYOFF = re.compile(
    r"\b(?:lays|laid|laying|lay)\soff\s(?:(?:some|several|many|more|most|part|"
    r"much|a\s(?:number|portion|part|handful)\sof|its|their|of|the)\s)*"
    r"(?:staff|employees|workers|people|team|members|workforce)\b|\b(?:announced|"
    r"began|started|confirmed|conducted|carried\sout|underwent|planning|plans)"
    r"\s(?:\w+\s){0,2}?layoffs\b",
    _I,
)
_NEGATED = re.compile(r"\b(?:no|not|never|without|avoid\w*|ruled\sout|denied|n[’']t)\s(?:\w+\s){0,3}$", _I)

_HIRE = re.compile(
    rf"\b(?:{either(_WORDS['plan_verbs'])})\s(?:\w+ly\s|also\s|then\s)?(?:{either(_WORDS['hire_verbs'])})"
    rf"\s(?:up\s)?{_ABOUT}$|"
    rf"\b(?:hiring|recruiting|wants|needs|seeks|seeking)\s(?:for\s|to\sfill\s)?{_ABOUT}$|\b(?:to|will|would)\s(?:{either(_WORDS['hire_verbs'])})"
    rf"\s{_ABOUT}$",
    _I,
)
_GROW = re.compile(
    rf"\b(?:expand|grow|increase|boost|scale|enlarg|bring|ramp)\w*\s(?:up\s)?(?:its\s|"
    rf"the\s|their\s)?[^.;]{{0,30}}?(?:team|headcount|workforce|staff)\s(?:up\s)?(?:to|"
    rf"by)\s{_ABOUT}$|\b(?:to|will)\s(?:expand|grow)\sto\s{_ABOUT}$",
    _I,
)
_OPEN = re.compile(r"\b(?:open|unfilled|vacant|available)\s(?:job\s)?$", _I)

_HAS = re.compile(
    rf"\b(?:employs|employed|employing|employ|has|have|had|boasts|counts|counted|houses|"
    rf"numbering|numbers|with|comprising|comprises|includes|oversees|oversee|"
    rf"overseeing|manages|managing|leads|leading|runs)\s(?:(?:a|an)\s(?:\w+\s){{0,2}}?(?:team|"
    rf"staff|workforce|headcount|group)\sof\s)?{_ABOUT}$",
    _I,
)
_OWN = re.compile(rf"(?:[’']s|\bits|\btheir|\bour)\s(?:\w+\s){{0,2}}?{_ABOUT}$", _I)
_TEAM_OF = re.compile(
    rf"\b(?:team|staff|workforce|headcount|organi[sz]ation|group|lab|payroll|"
    rf"unit|startup|company|firm)\s(?:of|to|at|reached|hit|was|is|stood\sat|stands\sat|"
    rf"now|has\sgrown\sto|grew\sto|rose\sto|numbers)\s{_ABOUT}$",
    _I,
)
_N = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d,.]*\s?(?:%|percent|million|billion|years?|times|x\b))\b"
_TEAM_NUMBER = re.compile(
    rf"\b(?:team|staff|workforce|headcount)\s(?:[\w’'-]+\s){{0,3}}?(?:of|reached|"
    rf"stood\sat|stands\sat|(?:has\s|have\s)?(?:grown|grew|risen|rose|climbed|"
    rf"swelled|"
    rf"increased|fallen|fell|shrunk|shrank|dropped|ballooned|expanded)\sto|(?:will\s|"
    rf"to\s)(?:shrink|fall|drop|grow|rise|swell|climb)\sto|(?:will\s)?reach|is|"
    rf"was|to\sjust)\s(?P<lead>{_ABOUT}){_N}",
    _I,
)
_GROW_TO = re.compile(
    rf"\b(?:double|triple|doubling|tripling|grow|growing|expand|expanding|increase|"
    rf"increasing|boost|boosting|raise|raising|bring|bringing|ramp\sup)\s(?:its|"
    rf"their|the|our)?"
    rf"\s?(?:[\w’'-]+\s){{0,3}}?(?:team|staff|workforce|headcount|employees|ranks)"
    rf"\s(?:up\s)?to\s(?P<lead>{_ABOUT}){_N}(?!\s(?:countries|cities|offices)"
    rf")",
    _I,
)
_HIRE_MORE = re.compile(
    rf"\b(?:hire|recruit|add|hiring|recruiting|adding)\s(?:up\sto\s)?(?P<lead>{_ABOUT}){_N}(?=\s(?:more|"
    rf"others|additional)\b|\s(?:in|by|this|over|next|across|for)\s|[.,;]|$)",
    _I,
)
_WORK = re.compile(
    r"^\s(?:now\s|currently\s|already\s)?(?:work|works|report|reporting|reports|"
    r"worldwide|globally|on\sstaff|across|in\s(?:its|the|total)|are\semployed|"
    r"based)\b",
    _I,
)
_NOT_STAFF = re.compile(rf"^\s(?:{either(_WORDS['not_staff_after'])})\b", _I)
_OUT_OF = re.compile(r"\b(?:out\sof|of\sthe|of)\s(?:~|about\s|roughly\s|the\s|some\s)*$", _I)
_LEADS = re.compile(r"\b(?:manag|lead|led|head|ran|run)\w*\s(?:a|the)\s(?:[\w-]+\s){0,2}(?:team|group)\sof\s", _I)
_SIMPLY_HAS = re.compile(rf"\b(?:has|have|had)\s{_ABOUT}$", _I)
_ENDS = re.compile(r"^\s?(?:[.,;:)]|$|in\b|across\b|working\b|globally\b|worldwide\b|on\sstaff\b)", _I)
_STRONG_NOUNS = re.compile(
    r"\b(?:employees|staff|workers|staffers|personnel|workforce|engineers|researchers|"
    r"scientists|developers|members)\b",
    _I,
)

_FREEZE = re.compile(rf"\b{either(_WORDS['freeze'])}\b", _I)
_PLAN_BARE = re.compile(rf"\b{either(_WORDS['plan_bare'])}", _I)
_PRACTICES = tuple((name, re.compile(pattern, _I)) for name, pattern in _WORDS["practice"].items())
_OTHER_CUTS = re.compile(r"\b(?:rate|tax|price|budget|spending|interest|pay|cost|power)\scuts", _I)
_WANTED = re.compile(r"\s(?:whom|who|that)\s(?:it|they|the\s\w+)\s(?:wants?|hopes?|plans?|intends?|would\slike)\b", _I)
_DOWN_FROM = re.compile(rf"^[^.;!?]{{0,40}}?\b(?:down|up)\s(?:from|to)\s(?P<lead>{_ABOUT}){_N}", _I)
_LISTS = re.compile(rf"\b(?:lists?|listed|listing|advertis\w+|posted)\s{_ABOUT}$", _I)
_OF_A_CUT = re.compile(
    r"\b(?:of|affect\w*|impact\w*|hit\w*|total\w*|includ\w*|amount\w*|cover\w*|claim\w*|cost\w*|to)\b", _I
)
_STAYS = re.compile(r"\b(?:have|has|had|left\swith|remain\w*|keep\w*)\s", _I)
_OF_ALL = re.compile(r"^\s(?:of\s)?all\b|^\s(?:global|worldwide)\sjobs", _I)
_TELLERS = re.compile(r"\b(?:according\sto|told\sby|interviews\swith)\s$", _I)
_SOME_FIRM = re.compile(
    r"\b(?:an?|another|one)\s[^,.;]{0,60}\b(?:startup|company|firm|business|"
    r"maker)\s(?:with|of|that\shas)\s(?:\w+\s){0,2}$",
    _I,
)
_FEWEST = 5
_STRUCK = re.compile(rf"\b(?:affect|impact|hit)\w*\s{_ABOUT}$", _I)
_SHRINKING = re.compile(
    r"\b(?:layoffs?|cuts?|restructur\w+|reductions?|downsiz\w+|redundanc\w+|closure|closing|eliminat\w+)\b", _I
)
_LAID_OFF_BARE = re.compile(
    rf"\b(?:(?:lay(?:s|ing)?|laid)\soff|(?:reduc|cut|trim|slash|lower|shrink)"
    rf"\w*\s(?:its\s|the\s|their\s)?(?:[\w-]+\s){{0,2}}?(?:headcount|workforce|"
    rf"staff|payroll)\sby)\s(?:another\s)?(?P<lead>{_ABOUT})(?P<n>\d{{1,3}}(?:,\d{{3}})+|"
    rf"\d{{2,6}}|dozens|hundreds|thousands)(?P<plus>\+)?"
    r"(?=[.,;:]|\s(?:after|in|as|at|from|across|amid|following|on|over|this|"
    r"last|and|to|since|because|due|during|—|–|-)|$)",
    _I,
)
_CHANGED_FROM = re.compile(
    rf"\b(?:shr[aiu]nk\w*|grew|grow\w*|expand\w*|swell\w*|balloon\w*|fell|fall|"
    rf"drop\w*|gone|go)\s(?:in\ssize\s)?from\s{_ABOUT}$",
    _I,
)
_CLAUSE = re.compile(r"[;:—–()]|,\s(?=(?:and|but|while|which|who|with|as|after)\b)|\s(?:but|while|although|though)\s")


def find_signals(reading: Reading) -> list[SignalClaim]:
    """Every sign of hiring or shrinking that the text states, in its order."""
    found = list(islice(_all_signs(reading), signals.MOST_SIGNALS))
    if not found:
        return []
    reading = with_firms(reading)
    sentences = {s.start: s for s in reading.sentences}
    claims: list[SignalClaim] = []
    for sentence, sign in found:
        claims += _claims(reading, sentences[sentence.start], sign)
    return signals.stated_once(claims)


def _all_signs(reading: Reading) -> Iterator[tuple[Sentence, Sign]]:
    for sentence in reading.sentences:
        if _CUE.search(sentence.text) is not None:
            for sign in _signs(sentence.text):
                yield sentence, sign


def _claims(reading: Reading, sentence: Sentence, sign: Sign) -> Iterator[SignalClaim]:
    organisations = _employers(reading, sentence, sign)
    if not organisations:
        return
    span = _quote(sentence, sign.at)
    date = find_date(reading, sentence, Span(sentence.start + sign.at.start, sentence.start + sign.at.end))
    for org, team in organisations:
        attribution, status = attribute(reading, sentence, span, about=org)
        yield signals.claim(sign, org=org, team=team, span=span, date=date, attribution=attribution, status=status)


def _signs(text: str) -> Iterator[Sign]:
    """The signals of a sentence: first those that count, then those that do not."""
    counted = list(_counted(text))
    yield from counted
    metrics = {sign.metric for sign in counted}
    bare = None if "layoffs" in metrics else _BARE_LAYOFF.search(text)
    if bare is not None and not _NEGATED.search(text[max(0, bare.start() - 30) : bare.start()]):
        yield Sign(metric="layoffs", at=Span(*bare.span()), rule="en.layoffs.bare", confidence=0.7, unit="people")
    yield from _worded(text, planned="hiring_plan" in metrics)


def _counted(text: str) -> Iterator[Sign]:
    used: list[Quantity] = []
    found = [*counts(text), *shares(text)]
    for quantity in found if len(found) <= signals.MOST_COUNTS else []:
        sign = (
            _layoff(text, quantity) or _opening(text, quantity) or _plan(text, quantity) or _headcount(text, quantity)
        )
        if sign is not None:
            used.append(quantity)
            yield sign
            yield from _former_headcount(text, sign)
    yield from _laid_off_without_noun(text, used)
    yield from _plans_without_noun(text, used)
    yield from _headcounts_without_noun(text, used)


def _worded(text: str, *, planned: bool) -> Iterator[Sign]:
    """Signals that carry no number."""
    if (freeze := _FREEZE.search(text)) is not None and not _NEGATED.search(
        text[max(0, freeze.start() - 30) : freeze.start()]
    ):
        yield Sign(metric="hiring_freeze", at=Span(*freeze.span()), rule="en.freeze", confidence=0.85)
    if not planned and (plan := _PLAN_BARE.search(text)) is not None:
        yield Sign(metric="hiring_plan", at=Span(*plan.span()), rule="en.plan.bare", confidence=0.6, unit="people")
    for name, pattern in _PRACTICES:
        if (match := pattern.search(text)) is not None:
            yield Sign(metric="practice", at=Span(*match.span()), rule=f"en.practice.{name}", confidence=0.6)
            return


def _layoff(text: str, quantity: Quantity) -> Sign | None:
    left, right = text[max(0, quantity.start - 110) : quantity.start], text[quantity.end : quantity.end + 80]
    verb = _last(_LAYOFF_VERB, left)
    if quantity.unit == "openings" or _OF_ALL.match(right) or _TELLERS.search(left) or _is_worded_few(text, quantity):
        return None
    if quantity.unit == "cuts":
        if _OTHER_CUTS.search(text[quantity.start : quantity.end]):
            return None
        counted = replace(quantity, unit="jobs")
        return Sign(
            metric="layoffs",
            at=Span(quantity.start, quantity.end),
            rule="en.layoffs.count",
            confidence=0.85,
            quantity=counted,
        )
    strong = verb is not None and (
        verb["verb"].lower() not in _WEAK or _cuts_staff(text, quantity, verb["link"], right)
    )
    noun = _last(_LAYOFF_NOUN, left)
    of_staff = quantity.unit != "percent" or _OF_STAFF.match(right) is not None
    rule = None
    if (
        strong
        and of_staff | (verb is not None and _STAFF.search(verb["link"]) is not None)
        and not _other_verb(verb["link"] if verb else "")
    ):
        rule = "verb"
    elif (
        noun is not None
        and not _other_verb(noun["link"])
        and _OF_A_CUT.search(noun["link"])
        and not _STAYS.search(noun["link"])
    ):
        rule = "noun"
    elif _NOUN_AFTER.match(right) or (quantity.unit != "percent" and _PASSIVE.match(right) and "hir" not in right[:45]):
        rule = "passive"
    before = left[: verb.start()] if verb is not None and rule == "verb" else left
    if rule is None or _NEGATED.search(before[-25:]):
        return None
    start = quantity.start - len(left) + verb.start() if verb and rule == "verb" else quantity.start
    return Sign(
        metric="layoffs", at=Span(start, quantity.end), rule=f"en.layoffs.{rule}", confidence=0.85, quantity=quantity
    )


def _is_worded_few(text: str, quantity: Quantity) -> bool:
    """ "two researchers" are rather somebody's colleagues than a layoff."""
    return quantity.unit == "people" and (quantity.min or 0) < _FEWEST and text[quantity.start].isalpha()


def _cuts_staff(text: str, quantity: Quantity, link: str, right: str) -> bool:
    if quantity.unit == "percent":
        return _OF_STAFF.match(right) is not None or _STAFF.search(link) is not None
    return quantity.unit in {"people", "jobs", "contractors"} and len(link) < 45


def _other_verb(link: str) -> bool:
    """True where another event stands between the verb and the count."""
    return (
        re.search(
            r"\b(?:as|after|while|when|because|since|following|hir(?:e|ed|ing)"
            r"|recruit\w*|joined|raised|added|grew|employs|who|which|spent|including)"
            r"\b",
            link,
            _I,
        )
        is not None
    )


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
    if match is None:
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
    if _NOT_STAFF.match(right) or _OUT_OF.search(left) or _SOME_FIRM.search(left) or _LEADS.search(left):
        return None
    noun_is_firm = _STRONG_NOUNS.search(text[quantity.start : quantity.end]) is not None
    works = _WORK.match(right)
    if (
        _TEAM_OF.search(left)
        or (_SIMPLY_HAS.search(left) and _ENDS.match(right))
        or _CHANGED_FROM.search(left)
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
    match = _DOWN_FROM.match(text[sign.at.end :]) if sign.metric == "headcount" else None
    before = _bare_quantity(match) if match else None
    if before is not None:
        yield replace(sign, quantity=before, at=Span(sign.at.start, sign.at.end), rule="en.headcount.former")


def _headcounts_without_noun(text: str, used: list[Quantity]) -> Iterator[Sign]:
    """ "a 12-person team", "a workforce of 3,000"."""
    for quantity in compounds(text):
        if re.match(
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
    for match in _TEAM_NUMBER.finditer(text):
        counted = _bare_quantity(match)
        led = _LEADS.search(text[: match.start("n")]) is not None
        if counted is not None and not led and not _taken(counted, used):
            yield Sign(
                metric="headcount", at=Span(*match.span()), rule="en.headcount.team", confidence=0.7, quantity=counted
            )


def _laid_off_without_noun(text: str, used: list[Quantity]) -> Iterator[Sign]:
    """ "lays off 1,900 after the deal"."""
    for match in _LAID_OFF_BARE.finditer(text):
        if any(q.start < match.end() and match.start() < q.end for q in used):
            continue
        word = match["n"].lower()
        vague = {"dozens": 12, "hundreds": 100, "thousands": 1000}.get(word)
        value = float(vague or word.replace(",", ""))
        open_top = bool(vague or match["plus"] or re.search(rf"\b{either(_WORDS['least'])}\b", match["lead"], _I))
        quantity = Quantity(match.start("n"), match.end("n"), value, None if open_top else value, "people")
        if signals.is_sane(quantity):
            used.append(quantity)
            yield Sign(
                metric="layoffs", at=Span(*match.span()), rule="en.layoffs.number", confidence=0.8, quantity=quantity
            )


def _plans_without_noun(text: str, used: list[Quantity]) -> Iterator[Sign]:
    """ "double its workforce to 8,000", "plans to hire 100 more"."""
    for pattern, rule in ((_GROW_TO, "size"), (_HIRE_MORE, "more")):
        for match in pattern.finditer(text):
            quantity = _bare_quantity(match)
            if quantity is not None and not _taken(quantity, used):
                used.append(quantity)
                yield Sign(
                    metric="hiring_plan",
                    at=Span(*match.span()),
                    rule=f"en.plan.{rule}",
                    confidence=0.7,
                    quantity=quantity,
                )


def _bare_quantity(match: re.Match[str]) -> Quantity | None:
    """The number in group "n", open at the top after "more than", as a count of people."""
    value = float(match["n"].replace(",", ""))
    least = re.search(rf"\b{either(_WORDS['least'])}\b", match["lead"], _I)
    quantity = Quantity(match.start("n"), match.end("n"), value, None if least else value, "people")
    year = 1990 <= value <= 2100 and "," not in match["n"]
    return quantity if signals.is_sane(quantity) and value >= _FEWEST and not year else None


def _taken(quantity: Quantity, used: list[Quantity]) -> bool:
    return any(q.start < quantity.end and quantity.start < q.end for q in used)


def _last(pattern: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The match that begins last, so nearest to the figure."""
    best, at = None, 0
    while (match := pattern.search(left, at)) is not None:
        best, at = match, match.start() + 1
    return best


def _employers(reading: Reading, sentence: Sentence, sign: Sign) -> list[tuple[str, str | None]]:
    """Whose staff: the subject of the clause, whom it refers back to, or the only organisation of the sentence."""
    text, at = sentence.text, sign.at
    if sign.metric == "practice" and (chief := employer.chief(text[at.start : at.end])) is not None:
        return [(chief, None)]
    subjects = employer.subject(sentence, sentence.start + at.start)
    if subjects:
        return [(o.name, o.team) for o in subjects[:1]]
    named = employer.employers(sentence)
    inside = [o for o in named if sentence.start + at.start <= o.start < sentence.start + at.end + 40]
    if not named and (guess := employer.unknown(sentence, at)) is not None:
        return [(guess, None)]
    if employer.refers_back(text[: at.end]) or not named:
        carried = employer.carried(reading, sentence)
        return [(carried, None)] if carried else []
    workplace = [
        o
        for o in inside
        if re.search(
            r"\b(?:at|from|by|of|for)\s(?:the\s)?$",
            text[max(0, o.start - sentence.start - 9) : o.start - sentence.start],
        )
    ]
    if sign.rule == "en.layoffs.count" and not workplace:
        return []
    chosen = (workplace or named)[0]
    return [(chosen.name, chosen.team)]


def _quote(sentence: Sentence, at: Span) -> Span:
    """The clause around the signal, widened to the subject; the whole sentence where it is short."""
    text = sentence.text
    left, right = 0, len(text)
    if len(text.strip()) > 180:
        left = max((m.end() for m in _CLAUSE.finditer(text, 0, at.start)), default=0)
        right = min((m.start() for m in _CLAUSE.finditer(text, at.end)), default=len(text))
    while left < right and text[left].isspace():
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    return Span(sentence.start + left, sentence.start + right)
