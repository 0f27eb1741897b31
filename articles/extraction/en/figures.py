"""What a figure of pay in English is: the part of pay, its period and its kind, from the words around it."""

from __future__ import annotations

import re

from articles.extraction import compensation
from articles.extraction.claims import CompensationKind, Component
from articles.extraction.lexicon import table
from articles.extraction.money import Amount
from articles.extraction.patterns import either

_WORDS = table("en/pay")
_NOUNS: dict[str, Component] = _WORDS["nouns"]
_I = re.IGNORECASE
_NOUN = rf"(?P<noun>{either(_NOUNS)})"
_TRAP = re.compile(rf"\b{either(_WORDS['traps'])}\b", _I)
_TRAP_AFTER = re.compile(rf"\b{either(_WORDS['traps'] + _WORDS['traps_after'])}\b", _I)
_ADJECTIVES = r"(?:(?!(?:and|or|plus|to|for|but|with)\b)[\w’'-]+\s){0,3}?"
# "$100 million signing bonuses", "multimillion-dollar pay packages", "$300 million, four-year package".
_AFTER = re.compile(
    rf"^(?:[\s-](?:dollar|plus))?[”\"’]?(?:,?\s|-)(?:in\s|of\s|as\s(?:a\s)?)?(?:[“\"‘])?(?:\w+-year\s)?{_ADJECTIVES}[“\"‘]?{_NOUN}\b",
    _I,
)
# "a salary of $2 million", "compensation packages worth upwards of $1 million".
_BEFORE = re.compile(rf"\b{_NOUN}\b[”\"’]?(?P<link>(?:[^.;!?$€£¥]|\.(?=\w)){{0,70}})$", _I)
_LINK = re.compile(
    r"\b(?:of|worth|at|is|was|were|are|be|been|between|from|to|totals?|totaling|"
    r"totalling|valued|ranging|ranges|range|reach\w*|exceed|exceeds|exceeding|"
    r"topp?e?d?|pass\w*|surpass\w*|climb\w*|soar\w*|rise|rose|rises|run|ran|go|goes|"
    r"went|up|around|about|as|above|over|starting|averaged|averages|than|hit|"
    r"includes?|included|including|for|approaching|or|per|with)\b|[:(,–—-]",
    _I,
)
VERB = re.compile(rf"\b(?P<verb>{either(_WORDS['paying'])})\b(?P<link>(?:[^.;!?]|\.(?=\w)){{0,90}})$", _I)
_NAMES_STAFF = re.compile(rf"\b(?:{either(_WORDS['recruiting'])}|him|her|them)\b", _I)
_TO_WIN = re.compile(r"^\s(?:to|in\sorder\sto)\s(?:keep|retain|lure|poach|attract|win|hire|recruit|tempt|hold)\b", _I)
_STARTS = re.compile(r"^(?:starts?\son|pass(?:es)?|tops?\sout\sat)$", _I)
_FOR_STAFF = re.compile(rf"^\s(?:for|to)\s(?:[\w-]+\s){{0,5}}?{either(_WORDS['recruiting'])}\b", _I)
_PASSIVE = re.compile(r"\b(?:was|is|were|been|be|being)\s$", _I)
_LISTED = re.compile(r":\s(?:[\w-]+\s){0,2}$")
_TEMPTED = re.compile(
    r"\b(?:lur|tempt|keep|kept|woo|entic|poach|retain|attract|hold|held)\w*\s(?:on\sto\s)?(?:him|her|them|me|us|[A-Z][\w’'-]+|(?:its|the|their)\s\w+)"
    r"\s[^.;]{0,24}?with\s(?:another\s|an\sextra\s|an\sadditional\s)?(?:\w+\s){0,2}$",
    _I,
)
_YEARLY_JOB = re.compile(r"^[\s-]a[\s-]year\s(?:[\w-]+\s){0,2}?(?:job|role|position|gig|post)\b", _I)
_CUSTOMERS = re.compile(r"\b(?:users|subscribers|customers|members|readers|clients|viewers|consumers)\s(?:\w+\s)?$", _I)
_EXPENSE = re.compile(r"\b(?:spent|spend|spends|spending|expenses?|expensed|costs?|booked)\b[^.;]{0,20}$", _I)
_AMBIGUOUS_NOUNS = frozenset(_WORDS["ambiguous_nouns"])
_PERSONAL = re.compile(rf"\b{either(_WORDS['recruiting'])}\b", _I)
_PER = r"(?:an?|per|each|every|/)"
_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hour", re.compile(rf"\b{_PER}\s?hour\b|/\s?(?:hr|hour)\b|\bhourly\b|\ban hour\b", _I)),
    ("month", re.compile(rf"\b{_PER}\s?month\b|/\s?(?:mo|month)\b|\bmonthly\b", _I)),
    (
        "year",
        re.compile(
            rf"\b{_PER}\s?(?:year|annum)\b|/\s?(?:yr|year)\b|\b(?:annual|annually|"
            rf"yearly|annualized)\b|\b(?:in|for) (?:its|their|the|his|her) first year\b|\ba-year\b",
            _I,
        ),
    ),
    ("one_time", re.compile(r"\bone[- ](?:time|off)\b|\bup ?front\b|\bsign(?:ing|-on)\b", _I)),
)
_YEARS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_MANY_YEARS = re.compile(
    rf"\b(?:over|across|for|within|in|spread over|vesting over)\s(?:at least\s|"
    rf"about\s|the next\s|a\s|roughly\s)*(?P<a>{either(_YEARS)}|\d{{1,2}})[\s-]years?\b|"
    rf"\b(?P<b>{either(_YEARS)}|\d{{1,2}})[- ]year\b(?!\s?old)",
    _I,
)
_PRESENT = re.compile(r"\b(?:pays?|earns?|makes?)\b", _I)
_USUAL = re.compile(r"\b(?:averag\w+|median|typical\w*|mean)\b", _I)
_HIRES = re.compile(
    r"\b(?:apply|applicants?|candidates?|job|hir\w+|recruit\w+|posting|listing|opening|vacanc\w+|seeking|"
    r"looking for)\b",
    _I,
)
# "to get them to leave" pays nobody; "is compensating its staff" does.
_MAKES_THEM = re.compile(r"\b(?:get|gets|getting|got)\s(?:them|him|her|people|it|[A-Z]\w+|\w+\s\w+)\sto\b", _I)
_PAYS_STAFF = re.compile(
    r"\b(?:compensat|pay)\w*\s(?:its|their|all|every|most)\s(?:\w+\s)?(?:employees|staff|workers|engineers|researchers|people)\b",
    _I,
)
_OFFERING = re.compile(rf"\b{either(_WORDS['offering'])}\b", _I)
_PAID = re.compile(rf"\b{either(_WORDS['paid'])}\b", _I)
_TYPICAL = re.compile(rf"\b{either(_WORDS['typical'])}\b", _I)
_COUNTER = re.compile(rf"\b{either(_WORDS['counter'])}\b", _I)
REACH = 110
_RIGHT = 60


def judge(text: str, amount: Amount, *, people: list[int]) -> tuple[Component, str, float] | None:
    """The component that makes the figure pay, with the rule that saw it; None where it is something else.

    ``people`` are the places of the persons mentioned near the figure.
    """
    right = text[amount.end : amount.end + _RIGHT]
    left = text[max(0, amount.start - REACH) : amount.start]
    if _EXPENSE.search(left):
        return None
    trap = _TRAP_AFTER.search(right)
    after = _AFTER.search(right)
    if (
        after is not None
        and not (trap and trap.start() < after.start("noun"))
        and _of_work(after["noun"], text, people=bool(people))
    ):
        return _component(after["noun"]), "noun-after", 0.9
    if "figure" in text[amount.start : amount.end]:
        return None
    before = _last(_BEFORE, left)
    is_verb = before is not None and before["noun"].lower() == "pay" and not before["link"].strip()
    if before is not None and not is_verb and _links(before["link"]) and not (trap and trap.start() < 25):
        return _component(before["noun"]), "noun-before", 0.85
    if _YEARLY_JOB.match(right):
        return "total", "yearly-job", 0.8
    timed = any(p.search(right[:22]) for name, p in _PERIODS if name != "one_time")
    if timed and _LISTED.search(left) and _PERSONAL.search(left):
        return "salary", "listing", 0.7
    if _TEMPTED.search(left) and trap is None:
        return ("salary" if timed else "total"), "tempted", 0.7
    return _judge_by_verb(left, right, trap, people=[at - amount.start for at in people])


def _judge_by_verb(
    left: str, right: str, trap: re.Match[str] | None, *, people: list[int]
) -> tuple[Component, str, float] | None:
    """ "earn $300,000 a year", "paid its researchers $1 million", "offered Ada Byrne $5 million over four years".

    ``people`` are places of persons, counted from the figure.
    """
    verb = _last(VERB, left)
    if verb is None or _TRAP.search(verb["link"]) or (trap is not None and trap.start() <= 20):
        return None
    if _CUSTOMERS.search(left[: verb.start()]):
        return None
    at_work = bool(people) or _PERSONAL.search(left + right) is not None
    timed = any(p.search(right[:30]) for name, p in _PERIODS if name != "one_time") or _MANY_YEARS.search(right[:40])
    staff = _NAMES_STAFF.search(verb["link"]) or _FOR_STAFF.match(right) or _USUAL.search(left)
    passive = bool(people) and _PASSIVE.search(left[: verb.start()]) is not None
    staff = staff or _TO_WIN.match(right) or (_STARTS.search(verb["verb"]) and _PERSONAL.search(left))
    receiver = any(verb.end("verb") - len(left) <= at < 0 for at in people)
    if not (passive or receiver or (at_work and (staff or timed))):
        return None
    hourly = any(p.search(right[:30]) for name, p in _PERIODS if name in {"hour", "month"})
    return ("salary" if hourly else "total"), "verb", 0.7


def _of_work(noun: str, text: str, *, people: bool) -> bool:
    """Nouns that also speak of trade ("offer", "package") are pay only where the sentence is about people."""
    if noun == "Equity" or (noun == "equity" and re.search(r"\bprivate[- ]equity\b", text, _I)):
        return False
    return noun.lower() not in _AMBIGUOUS_NOUNS or people or _PERSONAL.search(text) is not None


def _last(pattern: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The match that begins last, so nearest to the figure; "signing bonuses" stands before its own "bonuses"."""
    best, at = None, 0
    while (match := pattern.search(left, at)) is not None:
        if best is None or match.start() >= best.end(1):
            best = match
        at = match.start() + 1
    return best


def _links(link: str) -> bool:
    if _TRAP.search(link) or (_NEXT_CLAUSE.search(link) and "between" not in link):
        return False
    return len(link.strip()) <= 2 or _LINK.search(link) is not None


_NEXT_CLAUSE = re.compile(r",\swith\s|\sand\s(?:can|is|are|was|were|has|have|had|will|the|it|they|he|she)\b", _I)


def _component(noun: str) -> Component:
    return _NOUNS.get(noun.lower()) or _NOUNS.get(noun, "total")


def refined(text: str, amount: Amount, component: Component) -> Component:
    """ "$5 million in stock compensation" is equity even after "pay packages worth"."""
    right = text[amount.end : amount.end + 45]
    if component == "total" and re.match(
        r"\s(?:worth\s)?(?:of|in)\s(?:[\w-]+\s){0,2}?(?:stock|equity|shares|RSUs)\b", right, _I
    ):
        return "equity"
    left = text[max(0, amount.start - 40) : amount.start]
    if component == "total" and re.search(
        r"\b(?:stock|equity)\s(?:grants?|awards?|options?|compensation|packages?)\b[^.;]{0,30}$", left, _I
    ):
        return "equity"
    return component


def period_of(text: str, amount: Amount, component: Component, kind: CompensationKind) -> str:
    """The period nearest to the figure, to its right first; by the component where the text names none."""
    if component == "signing_bonus":
        return "one_time"
    right = _until_other_figure(text[amount.end : amount.end + 55])
    left = text[max(0, amount.start - 60) : amount.start]
    for window in (right, left):
        years = _MANY_YEARS.search(window)
        named = [(p.search(window), name) for name, p in _PERIODS]
        hits = [(m.start(), name) for m, name in named if m is not None and name != "one_time"]
        if years is not None and (not hits or window is left or years.start() < hits[0][0]):
            written = (years["a"] or years["b"]).lower()
            return f"multi_year:{_YEARS.get(written) or int(written)}"
        if hits:
            return min(hits)[1] if window is right else max(hits)[1]
    if component == "bonus" or _PERIODS[3][1].search(right + left):
        return "one_time"
    return compensation.default_period(component, amount, kind)


def _until_other_figure(text: str) -> str:
    stop = re.search(r"[$€£¥;]|\.\s", text)
    return text[: stop.start()] if stop else text


def kind_of(text: str, amount: Amount) -> CompensationKind:
    window = text[max(0, amount.start - 160) : amount.end + 110]
    near = (
        text[max(0, amount.start - 70) : amount.end] + re.split(r"[.;!?](?!\w)", text[amount.end : amount.end + 60])[0]
    )
    if _COUNTER.search(window) and not re.search(r"\bpoach|\blure", near, _I):
        return "counteroffer"
    if _TYPICAL.search(near) and not (_HIRES.search(text) and not _USUAL.search(near)):
        return "typical"
    last_offer = max((m.end() for m in _OFFERING.finditer(window)), default=-1)
    moved = [m.start() for m in _MAKES_THEM.finditer(window)]
    last_paid = max((m.end() for m in _PAID.finditer(window) if m.start() not in moved), default=-1)
    if _PAYS_STAFF.search(window) and not re.search(r"\b(?:hir|recruit|poach|lur)", window, _I):
        return "paid"
    if last_paid <= last_offer:
        return "offered"
    ranged = amount.min is not None and amount.max is not None and amount.min != amount.max
    return "typical" if ranged and _PRESENT.search(window) else "paid"
