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
# What stock is worth "at the last price" is pay.
_SHARE_PRICE = re.compile(r"\b(?:last|latest|current|share|stock|strike|market)\sprice\b", _I)
_ADJECTIVES = r"(?:(?!(?:and|or|plus|to|for|but|with|by|from|including|on|through|because)\b)[\w’'-]+\s){0,3}?"
# "$100 million signing bonuses", "multimillion-dollar pay packages", "$300 million, four-year package".
_AFTER = re.compile(
    rf"^(?:[\s-]dollar|-plus)?[”\"’]?(?:,?\s|-)(?:in\s|of\s|as\s(?:a\s)?)?(?:[“\"‘])?(?:\w+-year\s)?{_ADJECTIVES}[“\"‘]?{_NOUN}\b",
    _I,
)
# "a salary of $2 million", "compensation packages worth upwards of $1 million".
_BEFORE = re.compile(rf"\b{_NOUN}\b[”\"’]?(?P<link>(?:[^.;!?$€£¥]|\.(?=\w)|(?<=\b[A-Z])\.){{0,100}})$", _I)
_LINK = re.compile(
    r"\b(?:of|worth|at|is|was|were|are|be|been|between|from|to|totals?|totaling|total+ed|"
    r"totalling|valued|ranging|ranges|range|reach\w*|exceed|exceeds|exceeding|"
    r"topp?e?d?|pass\w*|surpass\w*|climb\w*|soar\w*|rise|rose|rises|run|ran|go|goes|"
    r"went|up|around|about|as|above|over|starting|averaged|averages|than|hit|"
    r"includes?|included|including|for|approaching|or|per|with)\b|[:(,–—-]",
    _I,
)
VERB = re.compile(
    rf"\b(?P<verb>{either(_WORDS['paying'])})\b(?P<link>(?:[^.;!?]|\.(?=\w)|(?<=\b[A-Z])\.){{0,90}})$", _I
)
_NAMES_STAFF = re.compile(rf"\b(?:{either(_WORDS['recruiting'])}|him|her|them)\b", _I)
_TO_WIN = re.compile(r"^\s(?:to|in\sorder\sto)\s(?:keep|retain|lure|poach|attract|win|hire|recruit|tempt|hold)\b", _I)
# "500 yuan ($69) a day"
_CONVERSION = re.compile(r"^\s\([^)]{1,24}\)")
_ABOUT_PAY = re.compile(r"\b(?:pay|salary|salaries|compensation|wages?)\b", _I)
_STARTS = re.compile(r"^(?:starts?\son|pass(?:es)?|tops?\sout\sat)$", _I)
_FOR_STAFF = re.compile(rf"^\s(?:for|to)\s(?:[\w-]+\s){{0,5}}?{either(_WORDS['recruiting'])}\b", _I)
_PASSIVE = re.compile(r"\b(?:was|is|were|been|be|being)\s$", _I)
_LISTED = re.compile(r":\s(?:[\w-]+\s){0,2}$")
_TEMPTED = re.compile(
    r"\b(?:lur|tempt|keep|kept|woo|entic|poach|retain|attract|hold|held)\w*\s(?:on\sto\s)?(?:him|her|them|me|us|[A-Z][\w’'-]+|(?:its|the|their)\s\w+)"
    r"\s[^.;]{0,24}?with\s(?:another\s|an\sextra\s|an\sadditional\s)?(?:\w+\s){0,2}$",
    _I,
)
# "nabbed its chief scientist, Ada Byrne, by offering $200 million".
_BY_OFFERING = re.compile(
    r"\b(?:nab|poach|lur|hir|recruit|snag|land|sign|secur|win|won|steal|stole|tempt|woo|snatch|bag)\w*\b[^.;$€£¥]{0,110}\b"
    r"(?:by|after|for)\s(?:offering|paying|promising|dangling|guaranteeing)\s(?:[\w-]+\s){0,4}$",
    _I,
)
# "was approached for a four-year deal worth about $125 million".
_DEAL = re.compile(
    r"\b(?:approached|offered|courted|pitched|tempted|wooed|presented|handed|signed|recruited|lured)\b[^.;$€£¥]{0,30}?"
    r"\b(?:deal|agreement|arrangement)\s(?:of|worth|valued\sat|totaling)\s(?:[\w-]+\s){0,3}$",
    _I,
)
_COURTED = re.compile(
    r"\b(?:was|were|been)\s(?:\w+ly\s)?(?:approached|offered|courted|wooed|recruited)\s[^.;]{0,24}year\sdeal\b", _I
)
_YEARLY_JOB = re.compile(r"^[\s-]a[\s-]year\s(?:[\w-]+\s){0,2}?(?:job|role|position|gig|post)\b", _I)
# "entry-level researchers earn $250,000".
_STAFF_EARNS = re.compile(
    r"\b(?:researchers?|engineers?|scientists?|developers?|programmers?|analysts?|architects?|designers?|managers?|employees|staff(?:ers)?|workers|interns|ones|"
    r"graduates|recruits|postdocs?|specialists|candidates|hires|experts|talent)\s(?:(?:can|could|now|typically|often|usually|reportedly|routinely|regularly|there|here|may|will|in\s\w+)\s){0,3}"
    r"(?:earn|earns|make|makes|take\shome|takes\shome|command|commands)\s(?:as\smuch\sas\s|up\sto\s|at\sleast\s|more\sthan\s|over\s|about\s|around\s|roughly\s|between\s|an?\s|average\s|of\s|some\s|nearly\s|upwards\sof\s){0,4}$",
    _I,
)
# "a data scientist on the risk team can earn up to $184,800", "engineers will receive hundreds of thousands".
_CAN_EARN = re.compile(
    r"\b(?:researcher|engineer|scientist|developer|programmer|analyst|architect|designer|manager|director|lead|executive|employee|staffer|worker|intern|"
    r"graduate|recruit|postdoc|specialist|candidate|hire|expert|officer|technician|trader|quant)s?\b(?:[^.;$€£¥₹]|(?<=\b[A-Z])\.){0,80}?"
    r"\s(?:can|could|will|would|may|might|should|stand\sto|stands\sto)\s(?:now\s|still\s|each\s|typically\s|expect\sto\s|also\s){0,2}"
    r"(?:earn|make|receive|get|collect|command|pocket|take\shome|pull\sin|be\spaid|see)\s"
    r"(?:as|much|high|up|to|at|least|more|than|over|about|around|roughly|between|an?|average|of|some|nearly|upwards|from|\s){0,12}$",
    _I,
)
# "I was making $180,000 at Acme"
_SOMEBODY_EARNS = re.compile(
    r"\b(?:I|he|she|who|they|we)\s(?:(?:now|was|were|had|have|been|am|is|are|currently|previously|already|also)\s){0,3}"
    r"(?:making|makes?|made|earns?|earned|earning|paid)\s(?:(?:about|around|roughly|nearly|over|more|than|up|to|almost)\s){0,3}$",
    _I,
)
_AT_A_FIRM = re.compile(
    r"^(?:\s(?:a|per)\syear)?\s(?:at|from)\s(?:the\s)?[a-z]?[A-Z]|^\s(?:a|per)\s(?:year|month|hour)\s(?:there|at)\b"
)
# "listed a job paying as much as $900,000", "advertised the role at C$250,000".
_JOB_PAYS = re.compile(
    r"\b(?:jobs?|roles?|positions?|posts?|openings?|vacanc(?:y|ies)|internships?)\b(?:[^.;$€£¥₹]){0,40}?\b(?:pays?|paying|paid|at|worth|open\sfor|listed\sfor|going\sfor|advertised\sfor)\s(?:an?\s(?:\w+\s){1,2})?"
    r"(?:(?:as|much|high|up|to|at|least|more|than|over|about|around|roughly|between|an?|of|nearly|upwards|from|starting)\s){0,5}$",
    _I,
)
# Whoever does this with money was offered it: "turned down $125 million".
_ANSWERS = re.compile(r"accept|turn(?:s|ed|ing)?\sdown|reject|declin|refus|spurn", _I)
# "is hiring a tutor for its chatbot at $45 an hour"
_SEEKS = re.compile(
    r"\b(?:hiring|seeking|seeks|recruiting|looking\sfor|advertising\sfor|wants)\s(?:(?!\bto\b)[^.;$€£¥₹]){2,70}?\b(?:at|for|from|paying)\s(?:up\sto\s|about\s|around\s)?$",
    _I,
)
_CUSTOMERS = re.compile(r"\b(?:users|subscribers|customers|members|readers|clients|viewers|consumers)\s(?:\w+\s)?$", _I)
_EXPENSE = re.compile(
    r"\b(?:spent|spend|spends|spending|expenses?|expensed|costs?|booked|shared|payroll|wage\sbill|pay\sbill)\b[^.;]{0,20}$",
    _I,
)
_AMBIGUOUS_NOUNS = frozenset(_WORDS["ambiguous_nouns"])
_BONUS = re.compile(r"\b(?:bonus(?:es)?|salar(?:y|ies)|pay\spackages?|vesting|its\s(?:\w+\s)?team)\b", _I)
_PERSONAL = re.compile(rf"\b{either(_WORDS['recruiting'])}\b", _I)
_PER = r"(?:an?|per|each|every|/)"
_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(rf"\b{_PER}\s?day\b|/\s?day\b|\bdaily\b", _I)),
    ("week", re.compile(rf"\b{_PER}\s?week\b|/\s?(?:wk|week)\b|\bweekly\b", _I)),
    ("hour", re.compile(rf"\b{_PER}\s?hour\b|/\s?(?:hr|hour)\b|\bhourly\b|\ban hour\b", _I)),
    ("month", re.compile(rf"\b{_PER}\s?month\b|/\s?(?:mo|month)\b|\bmonthly\b", _I)),
    (
        "year",
        re.compile(
            rf"\b{_PER}\s?(?:year|annum)\b|/\s?(?:yr|year)\b|\b(?:annual|annually|"
            rf"yearly|annualized)\b|^\s(?:last|this)\syear\b|^\s(?:in|for)\s(?:fiscal\s)?20\d\d\b|"
            r"\b(?:in|for) (?:its|their|the|his|her) first year\b|\ba-year\b",
            _I,
        ),
    ),
    ("one_time", re.compile(r"\bone[- ](?:time|off)\b|\bup ?front\b|\bsign(?:ing|-on)\b", _I)),
)
_ONCE = _PERIODS[-1][1]
_NEAR = 25
# "$500 a day"; what "never worked a day" is further away.
_CLOSE = 3
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
# "her salary was", "the stock that came with the job".
_OWN_PAY = re.compile(
    r"\b(?:his|her|my|own)\s(?:[\w-]+\s){0,2}(?:salary|pay|grant|compensation|wages?|stock|bonus)\b|\bcame\swith\b", _I
)
_PAYS_STAFF = re.compile(
    r"\b(?:compensat|pay)\w*\s(?:its|their|all|every|most)\s(?:\w+\s)?(?:employees|staff|workers|engineers|researchers|people)\b",
    _I,
)
# "total compensation at Acme is about …", "bands reach up to …": what is usual there.
_STATED_BAND = re.compile(
    r"\b(?:total\scompensation|compensation|salar(?:y|ies)|base|pay)\s(?:for\s[^.;$€£¥]{2,40}\s)?(?:at|in)\s[^.;$€£¥]{2,40}\s(?:is|are|runs?|sits?|starts?)\b[^.;$€£¥]*$"
    r"|\b(?:bands?|ranges?|scales?|grades?|salaries|compensation|wages)\s(?:reach|run|go|stretch|start|extend|span)\w*\b[^.;$€£¥]*$",
    _I,
)
# "are on salaries in excess of $1 million"
_ON_PAY = re.compile(
    r"\b(?:is|are|was|were)\son\s(?:[\w-]+\s){0,2}(?:salar(?:y|ies)|pay|wages?|packages?)\b[^.;$€£¥]*$", _I
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
    right = _CONVERSION.sub("", text[amount.end : amount.end + _RIGHT])
    left = text[max(0, amount.start - REACH) : amount.start]
    if _EXPENSE.search(left):
        return None
    trap = _TRAP_AFTER.search(_SHARE_PRICE.sub("", right))
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
    if before is not None and not is_verb and _links(before["link"]) and not _trapped(right, 25):
        return _component(before["noun"]), "noun-before", 0.85
    if _SOMEBODY_EARNS.search(left) and _AT_A_FIRM.match(right):
        return "total", "earns", 0.7
    if (_STAFF_EARNS.search(left) or _CAN_EARN.search(left)) and trap is None:
        return "total", "earns", 0.7
    if _JOB_PAYS.search(left) and not _trapped(right, 25):
        return "total", "job-pays", 0.7
    if (people or _COURTED.search(left)) and _DEAL.search(left) and not _trapped(right, 25):
        return "total", "deal", 0.7
    if _YEARLY_JOB.match(right):
        return "total", "yearly-job", 0.8
    timed = any(p.search(right[:22]) for name, p in _PERIODS if name != "one_time")
    if timed and _SEEKS.search(left) and trap is None:
        return "salary", "seeks", 0.65
    if timed and _LISTED.search(left) and _PERSONAL.search(left):
        return "salary", "listing", 0.7
    if people and _BY_OFFERING.search(left) and trap is None:
        return "total", "by-offering", 0.7
    if _TEMPTED.search(left) and trap is None:
        return ("salary" if timed else "total"), "tempted", 0.7
    return _judge_by_verb(left, right, trap, people=[at - amount.start for at in people])


def _trapped(right: str, reach: int) -> bool:
    """Whether the figure's own clause goes on about other money, within ``reach`` characters."""
    trap = _TRAP_AFTER.search(re.split(r",\s|;", _SHARE_PRICE.sub("", right))[0])
    return trap is not None and trap.start() < reach


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
    at_work = bool(people) or _PERSONAL.search(left + right) is not None or _ABOUT_PAY.search(left) is not None
    timed = any(p.search(right[:30]) for name, p in _PERIODS if name != "one_time") or _MANY_YEARS.search(right[:40])
    staff = _NAMES_STAFF.search(verb["link"]) or _FOR_STAFF.match(right) or _USUAL.search(left)
    answered = bool(people) and _ANSWERS.match(verb["verb"]) is not None
    passive = answered or (bool(people) and _PASSIVE.search(left[: verb.start()]) is not None)
    staff = (
        staff
        or _TO_WIN.match(right)
        or (_STARTS.search(verb["verb"]) and (_PERSONAL.search(left) or _ABOUT_PAY.search(left)))
    )
    receiver = any(verb.end("verb") - len(left) <= at < 0 for at in people)
    if not (passive or receiver or (at_work and (staff or timed))):
        return None
    hourly = any(p.search(right[:30]) for name, p in _PERIODS if name in {"hour", "month"})
    return ("salary" if hourly else "total"), "verb", 0.7


def _of_work(noun: str, text: str, *, people: bool) -> bool:
    """Nouns that also speak of trade ("offer", "package") are pay only where the sentence is about people."""
    if noun == "Equity" or (noun == "equity" and re.search(r"\bprivate[- ]equity\b", text, _I)):
        return False
    return (
        noun.lower() not in _AMBIGUOUS_NOUNS
        or people
        or _PERSONAL.search(text) is not None
        or _BONUS.search(text) is not None
    )


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
    if len(link) > _FAR and not _AMOUNTS_TO.search(link):
        return False
    return len(link.strip()) <= 2 or _LINK.search(link) is not None


# A noun further away needs a verb that takes the figure up: "bonuses to its teams that in some cases totaled …".
_FAR = 70
_AMOUNTS_TO = re.compile(
    r"\b(?:total\w*|reach\w*|worth|amount\w*\sto|valued\sat|averag\w*|exceed\w*|top?p\w*|surpass\w*|rang\w*|as\s(?:much|high)\sas)\s"
    r"(?:[\w-]+\s){0,4}$",
    _I,
)
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
    right = _until_other_figure(_CONVERSION.sub("", text[amount.end : amount.end + 55]))
    left = text[max(0, amount.start - 60) : amount.start]
    for window in (right, left):
        years = _MANY_YEARS.search(window)
        named = [(p.search(window), name) for name, p in _PERIODS]
        hits = [(m.start(), name) for m, name in named if m is not None and name != "one_time"]
        hits = [hit for hit in hits if hit[1] not in {"day", "week"} or (window is right and hit[0] <= _CLOSE)]
        if years is not None and (not hits or window is left or years.start() < hits[0][0]):
            written = (years["a"] or years["b"]).lower()
            return f"multi_year:{_YEARS.get(written) or int(written)}"
        if hits:
            return min(hits)[1] if window is right else max(hits)[1]
    if component == "bonus" and kind == "typical":
        return "year"
    if component == "bonus" or (component != "salary" and _ONCE.search(right + left[-_NEAR:])):
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
    if _STATED_BAND.search(text[max(0, amount.start - 90) : amount.start]) and not _HIRES.search(text):
        return "typical"
    left = text[max(0, amount.start - REACH) : amount.start]
    if _ON_PAY.search(left) or (_STAFF_EARNS.search(left) and not _HIRES.search(text)):
        return "paid"
    last_offer = max((m.end() for m in _OFFERING.finditer(window)), default=-1)
    moved = [m.start() for m in _MAKES_THEM.finditer(window)]
    last_paid = max((m.end() for m in _PAID.finditer(window) if m.start() not in moved), default=-1)
    if _PAYS_STAFF.search(window) and not re.search(r"\b(?:hir|recruit|poach|lur)", window, _I):
        return "paid"
    if (
        amount.min is not None
        and max(last_paid, last_offer) < 0
        and _OWN_PAY.search(text[max(0, amount.start - 70) : amount.start])
    ):
        return "paid"
    if last_paid <= last_offer:
        return "offered"
    ranged = amount.min is not None and amount.max is not None and amount.min != amount.max
    return "typical" if ranged and _PRESENT.search(window) else "paid"
