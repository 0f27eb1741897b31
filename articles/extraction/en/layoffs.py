"""Layoffs in English: which counts of a sentence are people or jobs that go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from articles.extraction import signals
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, Sign

_WORDS = table("en/signals")
_I = re.IGNORECASE
ABOUT = rf"(?:(?:{either([*_WORDS['about'], *_WORDS['least'], *_WORDS['most']])})\s?)*"
_LAYOFF_VERB = re.compile(
    rf"(?<!\bthe\s)(?<!\bjob\s)(?<!\bof\s)(?<!these\s)\b(?P<verb>{either(_WORDS['layoff_verbs'])})"
    rf"\b(?P<link>(?:[^.;:!?]|\.(?=\w)){{0,70}})$",
    _I,
)
# "will lay off 15% in manufacturing" needs no word for staff.
_LAYS_OFF = re.compile(r"l(?:ay|ays|aying|aid)[\s-]off|let(?:s|ting)?\sgo", _I)
_WEAK = frozenset(_WORDS["weak_layoff_verbs"])
_LAYOFF_NOUN = re.compile(rf"\b{either(_WORDS['layoff_nouns'])}\b(?P<link>(?:[^.;!?]|\.(?=\w)){{0,70}})$", _I)
_NOUN_AFTER = re.compile(
    rf"\s?(?:job\s|staff\s|additional\s|workforce\s)?{either([*_WORDS['layoff_nouns'], 'reduction'])}\b", _I
)
_PASSIVE = re.compile(
    rf"^[^.;!?]{{0,70}}?\b(?:were|was|are|is|be|been|being|will|would|could|to|"
    rf"have|had|has|have\sbeen)\s(?:\w+\s)?{either(_WORDS['passive'])}\b(?!\sinto\b)",
    _I,
)
_STAFF = re.compile(rf"\b{either(_WORDS['staff_words'])}\b", _I)
# "told 300 workers that they may lose their jobs".
_WARNED = re.compile(
    r"^[^.;!?]{0,70}?\bthey\s(?:are|were|will|would|may|might|could|risk|face)\b[^.;!?]{0,30}?"
    r"(?:\b(?:laid\soff|let\sgo|los(?:e|ing)\stheir|redundan\w+|dismiss\w+|layoffs?|terminat\w+)\b)",
    _I,
)
_OF_STAFF = re.compile(rf"^[^.;!?]{{0,40}}?\b{either(_WORDS['staff_words'])}\b", _I)
BARE_LAYOFF = re.compile(
    r"\b(?:lays|laid|laying|lay)\soff\s(?:(?:some|several|many|more|most|part|"
    r"much|a\s(?:number|portion|part|handful)\sof|its|their|of|the)\s)*"
    r"(?:(?!\d)[\w.’'-]+\s){0,3}?"
    r"(?:staff|employees|workers|people|team|members|workforce)\b|\b(?:announc(?:e[sd]|ing)|"
    r"beg[ai]ns?|beginning|start(?:s|ed|ing)|confirm(?:s|ed)|conduct(?:s|ed|ing)|carried\sout|underwent|planning|plans|doing|suffered|faces|facing)"
    r"\s(?:\w+\s){0,4}?layoffs\b|\b(?:hit|struck|rocked|gone|goes|going)\s(?:by|with|through)\s(?:\w+\s){0,5}?layoffs\b|"
    r"\b(?:has|have|had)\s(?:also\s|since\s|recently\s|quietly\s)?(?:cut|slashed|shed|axed|trimmed)\s(?:\w+\s)?(?:jobs|staff|roles)\b|"
    r"\b(?:amid|after|following|despite|since)\s(?:(?!no\b)\w+\s){0,3}?layoffs\s(?:at|across)\b|"
    r"^[\s•*-]*[A-Z][\w’'& .-]{1,40}:\s(?:mass\s|more\s)?layoffs\b|"
    r"\blayoff\s(?:notices|notifications)\s(?:\w+\s)?(?:hit|went|sent|issued|arrived|landed|reached)\b|"
    r"\b(?:issu|sen[dt]|fil|hand)\w*\s(?:out\s)?(?:\w+\s){0,2}?layoff\s(?:notices|notifications)\b|"
    r"\b(?:cuts?|cutting|slash(?:es|ed|ing)?|eliminat(?:es|ed|ing)|axe[sd]|axing)\s(?:(?!\d)[\w&-]+,?\s){0,4}?"
    r"(?:jobs|roles|positions|staff)\b",
    _I,
)
# What a machine, or a guess about the future, does to jobs is no layoff.
MACHINE = re.compile(
    r"\b(?:AI|automation|robots?|technology|software|agents?|models?|machines?|chatbots?|could|may|might|can|"
    r"would|will)\s(?:\w+\s){0,2}$",
    _I,
)
NEGATED = re.compile(r"\b(?:no|not|never|without|avoid\w*|ruled\sout|denied|n[’']t)\s(?:\w+\s){0,3}$", _I)
_OTHER_CUTS = re.compile(r"\b(?:rate|tax|price|budget|spending|interest|pay|cost|power)\scuts", _I)
_OF_A_CUT = re.compile(
    r"\b(?:of|for|affect\w*|impact\w*|hit\w*|total\w*|includ\w*|amount\w*|cover\w*|claim\w*|cost\w*|to)\b", _I
)
_STAYS = re.compile(r"\b(?:have|has|had|left\swith|remain\w*|keep\w*)\s", _I)
# "1% of service firms cut jobs": firms, not people.
_OF_FIRMS = re.compile(
    r"^\s(?:of\s(?:[\w-]+\s){0,3}?(?:firms|companies|employers|businesses|organi[sz]ations|managers|executives)\b|"
    r"have\s(?:already\s)?reduced\s(?:hiring)|plan\sto\s)",
    _I,
)
_OF_ALL = re.compile(r"^\s(?:of\s)?all\b|^\s(?:global|worldwide)\sjobs", _I)
_TELLERS = re.compile(r"\b(?:according\sto|told\sby|interviews\swith)\s$", _I)
FEWEST = 5
_AS_MANY = re.compile(r"\bas\s(?:many|much|few)\sas\b", _I)
# "a model that eliminates 9% of positions" dismisses nobody.
_OF_A_MACHINE = re.compile(
    r"\b(?:models?|tools?|technology|software|chatbots?|robots?|automation|algorithms?|agents?)\s"
    r"(?:that\s|which\s)?(?:\w+\s)?$"
)
# "9% of workforce cut as …", "300 workers laid off".
_HEADLINE_PASSIVE = re.compile(
    r"^\s?(?:of\s(?:its\s|the\s|all\s)?(?:global\s|total\s|entire\s)?(?:workforce|staff|employees|jobs|workers|positions)\s)?"
    r"(?:to\sbe\s)?(?:(?:laid\soff|let\sgo|axed|slashed)\b|cut(?=\s(?:as|at|in|by|after|from|amid)\b|[,.;]|$))",
    _I,
)
# "cuts that could result in the loss of thousands of jobs".
_MAY = re.compile(r"\b(?:could|would|might|may|can)\b[^.;]{0,70}$", _I)
_LOSS_OF = re.compile(rf"\bloss\sof\s{ABOUT}$", _I)
_LAID_OFF_BARE = re.compile(
    rf"\b(?:(?:lay(?:s|ing)?|laid)\soff|(?:reduc|cut|trim|slash|lower|shrink)"
    rf"\w*\s(?:its\s|the\s|their\s)?(?:[\w-]+\s){{0,2}}?(?:headcount|workforce|"
    rf"staff|payroll)\sby)\s(?:another\s)?(?P<lead>{ABOUT})(?P<n>\d{{1,3}}(?:,\d{{3}})+|"
    rf"\d{{2,6}}|dozens|hundreds|thousands)(?P<plus>\+)?"
    r"(?=[.,;:]|\s(?:after|in|as|at|from|across|amid|following|on|over|this|"
    r"last|and|to|since|because|due|during|—|–|-)|$)",
    _I,
)
# "expands its layoffs to 900".
_LAYOFFS_TO = re.compile(
    rf"\b(?:expand|rais|increas|widen|br(?:ing|ought)|tak|took|extend)\w*\s(?:its\s|the\s|total\s|planned\s)*"
    rf"(?:own\s)?(?:layoffs|job\scuts|redundancies|cuts|tally)\s(?:tally\s|total\s)?to\s(?P<lead>{ABOUT})"
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?P<plus>\+)?(?![\w%]|\s?(?:%|percent|countries|cities))",
    _I,
)
# "Hundreds cut from the cloud unit".
_VAGUELY_CUT = re.compile(
    r"(?:^|[.;:]\s)(?P<lead>)(?P<n>dozens|hundreds|thousands)(?P<plus>)\s(?:more\s)?(?:were\s|are\s|have\sbeen\s)?"
    r"(?:cut|laid\soff|let\sgo|fired|axed)\s(?:from|at|across|by|in)\b",
    _I,
)
# "laid off 1,900 employees in January and 650 more in September".
_AND_MORE = re.compile(
    rf"\b(?:laid\soff|cut|let\sgo(?:\sof)?|fired|axed)\s{ABOUT}\d[\d,]*\+?\s[^.;]{{3,60}}?\band\s(?P<lead>{ABOUT})(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?P<plus>\+)?"
    r"\s(?:more|others|additional)\b(?!\s(?:hires|than))",
    _I,
)
# "laid 9,000 people off", "layoffs totalling 15,000", "add to over 6,000 announced in May".
_SPLIT = re.compile(
    rf"\b(?:lay(?:s|ing)?|laid)\s(?P<lead>{ABOUT})(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?P<plus>\+)?\s(?:[\w-]+\s){{0,2}}?off\b",
    _I,
)
_TOTALLING = re.compile(
    rf"\b(?:layoffs|job\s(?:cuts|losses)|redundancies)\s(?:totall?(?:ing|ed)|number(?:ing|ed))\s(?P<lead>{ABOUT})"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{2,6})(?P<plus>\+)?(?![\w%]|\s?(?:%|percent))",
    _I,
)
_ADD_TO = re.compile(
    rf"\b(?:layoffs|job\s(?:cuts|losses)|redundancies)\b[^.;]{{0,40}}?\b(?:adds?|come|comes|adding)\s(?:to|on\stop\sof)\s"
    rf"(?P<lead>{ABOUT})(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?P<plus>\+)?(?=\s(?:announced|made|already|in|last|earlier)\b)",
    _I,
)
# "half of the workforce (about 3,700)".
_IN_BRACKETS = re.compile(
    rf"\b(?:workforce|staff|employees|headcount|payroll)\s\((?P<lead>{ABOUT})(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?P<plus>\+)?\)",
    _I,
)

# "roughly 500 of those were laid off".
_OF_THOSE = re.compile(
    rf"(?P<lead>{ABOUT})(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?P<plus>\+)?\sof\s(?:those|them|these|whom|its|their)\s?(?:\w+\s)?"
    r"(?:were|was|are|have\sbeen|had\sbeen|will\sbe)\s(?:\w+ly\s|later\s|since\s|also\s)?(?:laid\soff|let\sgo|cut|fired|dismissed|axed|made\sredundant)\b",
    _I,
)

# "laid off 30 people, which represents 20% of its staff", "900 jobs, or 24% of its workforce".
_AMOUNTS = re.compile(
    rf"(?:\b(?:represent\w*|equal\w*|equivalent\sto|amount\w*\sto|account\w*\sfor|mak\w+\sup|compris\w+|or|is|was|about|roughly|nearly)"
    rf"|[,(—–])\s?{ABOUT}$",
    _I,
)
_STRUCK = re.compile(rf"\b(?:affect|impact|hit)\w*\s(?:both\s(?:[\w-]+\s){{1,3}}and\s)?{ABOUT}$", _I)
_SHRINKING = re.compile(
    r"\b(?:layoffs?|laid\soff|lay(?:s|ing)?\soff|let(?:s|ting)?\sgo|cuts?|restructur\w+|reductions?|downsiz\w+|redundanc\w+|closure|closing|eliminat\w+)\b",
    _I,
)


# "reducing its workforce from 10,000 to about 6,000 employees": those stay.
_SHRINKS_TO = re.compile(
    rf"\b(?:workforce|headcount|staff|payroll|team|itself)\s(?:(?:down\s)?from\s[^.;]{{1,40}}?\s)?(?:down\s)?to\s{ABOUT}$",
    _I,
)
# A government's staff is nobody's that an article on firms names.
_PUBLIC_STAFF = re.compile(r"\b(?:federal|government|civil|public)\b", _I)
# "employers are already eliminating entry-level jobs" is said of nobody in particular.
EVERYBODY = re.compile(
    r"\b(?:employers|companies|firms|businesses|startups|industries|organi[sz]ations|executives|bosses|managers|CEOs|many)\s(?:\w+\s){0,4}$",
    _I,
)


def layoff(text: str, quantity: Quantity) -> Sign | None:
    """The count as a layoff where a verb, a noun or a passive says that these people or jobs go."""
    left, right = text[max(0, quantity.start - 110) : quantity.start], text[quantity.end : quantity.end + 80]
    if quantity.unit == "percent" and _OF_FIRMS.match(right):
        return None
    if quantity.unit == "openings" or _OF_ALL.match(right) or _TELLERS.search(left) or _is_worded_few(text, quantity):
        return None
    if _SHRINKS_TO.search(left) or _PUBLIC_STAFF.search(text[quantity.start : quantity.end]):
        return None
    if quantity.unit == "cuts":
        return _counted_cuts(text, quantity)
    verb = _verb(text, quantity, left, right)
    rule = "verb" if verb is not None else _rule_without_verb(text, quantity, left, right)
    before = left[: verb.start()] if verb is not None else left
    if rule is None or NEGATED.search(before[-25:]) or _OF_A_MACHINE.search(before[-40:]):
        return None
    start = quantity.start - len(left) + verb.start() if verb is not None else quantity.start
    return _sign(rule, Span(start, quantity.end), quantity)


def _counted_cuts(text: str, quantity: Quantity) -> Sign | None:
    """ "16,000 job cuts", but no "rate cuts"."""
    if _OTHER_CUTS.search(text[quantity.start : quantity.end]):
        return None
    return _sign("count", Span(quantity.start, quantity.end), replace(quantity, unit="jobs"))


def _sign(rule: str, at: Span, quantity: Quantity) -> Sign:
    return Sign(metric="layoffs", at=at, rule=f"en.layoffs.{rule}", confidence=0.85, quantity=quantity)


def _verb(text: str, quantity: Quantity, left: str, right: str) -> re.Match[str] | None:
    """The verb of laying off whose object the count is."""
    verb = _last(_LAYOFF_VERB, left)
    if verb is None or _other_verb(verb["link"]):
        return None
    if verb["verb"].lower() in _WEAK and not _cuts_staff(text, quantity, verb["link"], right):
        return None
    strong = verb["verb"].lower() not in _WEAK and _LAYS_OFF.match(verb["verb"]) is not None
    of_staff = strong or quantity.unit != "percent" or _OF_STAFF.match(right) or _STAFF.search(verb["link"])
    return verb if of_staff else None


def _rule_without_verb(text: str, quantity: Quantity, left: str, right: str) -> str | None:
    """ "layoffs of 300", "300 jobs will go", "the restructuring affects 300 people"."""
    if quantity.unit != "percent" and _STRUCK.search(left) and _SHRINKING.search(text):
        return "struck"
    if quantity.unit == "jobs" and _LOSS_OF.search(left) and not _MAY.search(left):
        return "loss"
    noun = _last(_LAYOFF_NOUN, left)
    link = noun["link"] if noun is not None else ""
    of_cut = noun is not None and _OF_A_CUT.search(link) is not None and _STAYS.search(link) is None
    if of_cut and not _other_verb(link.replace("including", "")):
        return "noun"
    if quantity.unit == "percent" and _OF_STAFF.match(right) and _AMOUNTS.search(left) and _SHRINKING.search(text):
        return "share"
    of_jobs = quantity.unit != "percent" or _OF_STAFF.match(right) is not None
    passive = of_jobs and _PASSIVE.match(right) is not None and "hir" not in right[:45]
    if _HEADLINE_PASSIVE.match(right):
        return "headline"
    warned = quantity.unit in {"people", "contractors"} and _WARNED.match(right) is not None
    return "passive" if passive or warned or _NOUN_AFTER.match(right) else None


def _is_worded_few(text: str, quantity: Quantity) -> bool:
    """ "two researchers" are rather somebody's colleagues than a layoff."""
    return quantity.unit == "people" and (quantity.min or 0) < FEWEST and text[quantity.start].isalpha()


def _cuts_staff(text: str, quantity: Quantity, link: str, right: str) -> bool:
    if quantity.unit == "percent":
        return _OF_STAFF.match(right) is not None or _STAFF.search(link) is not None
    return quantity.unit in {"people", "jobs", "contractors"} and len(link) < 60


def _other_verb(link: str) -> bool:
    """True where another event stands between the verb and the count."""
    link = _AS_MANY.sub("", link)
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


def laid_off_without_noun(text: str, used: list[Quantity]) -> Iterator[Sign]:
    """ "lays off 1,900 after the deal"."""
    of_a_share = [*_IN_BRACKETS.finditer(text)] if any(q.unit == "percent" for q in used) else []
    for match in chain(
        _LAID_OFF_BARE.finditer(text),
        _OF_THOSE.finditer(text),
        _AND_MORE.finditer(text),
        _SPLIT.finditer(text),
        _TOTALLING.finditer(text),
        _ADD_TO.finditer(text),
        _LAYOFFS_TO.finditer(text),
        _VAGUELY_CUT.finditer(text),
        of_a_share,
    ):
        if any(q.start < match.end() and match.start("n") < q.end for q in used):
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


def of_compound(text: str, quantity: Quantity) -> Sign | None:
    """ "a 900-person layoff"."""
    return (
        _sign("compound", Span(quantity.start, quantity.end), quantity)
        if _NOUN_AFTER.match(text, quantity.end)
        else None
    )


def bare_quantity(match: re.Match[str]) -> Quantity | None:
    """The number in group "n", open at the top after "more than", as a count of people."""
    return _people(match.start("n"), match["n"], match["lead"])


def bare_quantity_of(text: str, start: int, written: str) -> Quantity | None:
    """The number ``written`` at ``start`` as a count of people; "more than" before it opens its top."""
    return _people(start, written, text[max(0, start - 24) : start])


def _people(start: int, written: str, lead: str) -> Quantity | None:
    value = float(written.replace(",", ""))
    least = re.search(rf"\b{either(_WORDS['least'])}\s?{ABOUT}$", lead, _I)
    most = re.search(rf"\b{either(_WORDS['most'])}\s?{ABOUT}$", lead, _I)
    low, high = None if most else value, None if least else value
    quantity = Quantity(start, start + len(written), low, high, "people")
    year = 1990 <= value <= 2100 and "," not in written
    return quantity if signals.is_sane(quantity) and value >= FEWEST and not year else None


def taken(quantity: Quantity, used: list[Quantity]) -> bool:
    return any(q.start < quantity.end and quantity.start < q.end for q in used)


def _last(pattern: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The match that begins last, so nearest to the figure."""
    best, at = None, 0
    while (match := pattern.search(left, at)) is not None:
        best, at = match, match.start() + 1
    return best
