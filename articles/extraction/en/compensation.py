"""Finds figures of pay in English: whose, how much, for how long, of which part, paid or only offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction import compensation
from articles.extraction.claims import CompensationClaim, CompensationKind, Component
from articles.extraction.compensation import Pay
from articles.extraction.document import Span
from articles.extraction.en import employer
from articles.extraction.en.attribution import attribute
from articles.extraction.en.dates import find_date
from articles.extraction.en.firms import with_firms
from articles.extraction.en.money import find_amounts
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
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
    r"topp?e?d?|surpass\w*|climb\w*|soar\w*|rise|rose|rises|run|ran|go|goes|"
    r"went|up|around|about|as|above|over|starting|averaged|averages|than|hit|"
    r"includes?|included|including|for|approaching|or|per)\b|[:(,–—-]",
    _I,
)
_VERB = re.compile(rf"\b(?P<verb>{either(_WORDS['paying'])})\b(?P<link>(?:[^.;!?]|\.(?=\w)){{0,90}})$", _I)
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
_HIM = re.compile(r"\b(?:he|she|him|her|his)\b", _I)
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
            rf"yearly|annualized)\b|\bin (?:its|their|the) first year\b|\ba-year\b",
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
# "£74 million (about $100 million)": the same figure in another currency.
_CONVERTED = re.compile(
    r"(?:[£€¥$₩₹][\d.,]+(?:\s\w+)?|\b(?:yuan|renminbi|RMB|euros|pounds|rupees|won|yen|dollars|francs|USD|EUR|GBP))"
    r"(?:\s(?:a|per)\s(?:year|month|hour))?\s\((?:about|around|roughly|approximately|"
    r"nearly|or|equivalent to|US|some|~)?\s?$",
    _I,
)
# An employer that the text leaves unnamed.
_GENERIC = re.compile(
    r"\b(?:companies|firms|rivals|competitors|employers|startups|giants|labs|"
    r"jobs|roles)\s(?:like\s[^,;.]{2,40}\s)?(?:are\s|is\s|were\s|have\sbeen\s|"
    r"now\s|reportedly\s){0,2}"
    r"(?:offer|pay|dangl|averag)\w*\s[^.;]{0,60}$|\b(?:jobs|roles|positions)\sare\s\w+ing\s[^.;]{0,30}$",
    _I,
)
_PRESENT = re.compile(r"\b(?:pays?|earns?|makes?)\b", _I)
_USUAL = re.compile(r"\b(?:averag\w+|median|typical\w*|mean)\b", _I)
_HIRES = re.compile(r"\b(?:job|hir\w+|recruit\w+|posting|listing|opening|vacanc\w+|seeking|looking for)\b", _I)
_LISTING = re.compile(r"\bjob\s(?:posting|listing|ad)\b", _I)
_NOBODY: list[str | None] = [None]
_OFFERING = re.compile(rf"\b{either(_WORDS['offering'])}\b", _I)
_PAID = re.compile(rf"\b{either(_WORDS['paid'])}\b", _I)
_TYPICAL = re.compile(rf"\b{either(_WORDS['typical'])}\b", _I)
_COUNTER = re.compile(rf"\b{either(_WORDS['counter'])}\b", _I)
_TO = re.compile(
    r"^[^.;]{0,60}?\b(?:to|for|per)\s(?P<who>(?:[\w’'-]+\s){0,5}?(?:researchers?|"
    r"engineers?|employees?|staff|scientists?|talent|candidates?|workers?|executives?|"
    r"people|leaders?|hires|developers?|contractors?|tutors|experts|recruits|"
    r"staffers))\b",
    _I,
)
_WHO = re.compile(
    r"\b(?P<who>(?:(?!and\b|offer|pay|paid|has|have|is|are|was|that\b|told\b|"
    r"said\b)[\w’'-]+\s){0,4}?(?:researchers|engineers|employees|staff|scientists|"
    r"talent|candidates|workers|executives|developers|contractors|tutors|experts|"
    r"recruits|staffers|officers)(?:\sfrom\s(?:[A-Z]\w+(?:\sand\s)?\s?)+)?)\b"
)
_UP_TO_VERB = re.compile(
    r"^.*\b(?:hire|hiring|lure|luring|recruit|recruiting|poach|poaching|attract|"
    r"attracting|prevent|keep|retain|woo|wooing|pay|paying|"
    r"compensating|offering|giving|given|make|making|also|by|years|to)\s",
    _I,
)
_AT = re.compile(
    r"^[\s,”\"’-]*(?:dollar\s|a year\s|per year\s|annually\s|in\s|[\w’-]*(?:stock|"
    r"equity|total|annual|pay|salar\w+|packages?|offers?|bonus\w*|compensation|"
    r"contract|deal)\s)*(?:from|at|by)\s(?:the\s)?$",
    _I,
)
_LURES = re.compile(r"\b(?:to|lure|poach|hire|recruit|researchers|engineers|employees|people|talent|away)\b", _I)
_SURVEYED = re.compile(
    r"\b(?:surveys?|spreadsheet|study|respondents|nationally|across the industry|the industry|the market|employers)\b",
    _I,
)
_AT_WORK = re.compile(r"\b(?:at|from|by|with|of|that|which)\s(?:the\s)?$", _I)
_CLAUSE = re.compile(r"[;:—–()]|,\s(?!\d)|\.{3}|\s(?:but|while|although|though)\s")
_LEFT, _RIGHT = 110, 60


def find_compensation(reading: Reading) -> list[CompensationClaim]:
    """Every figure of pay that an organisation pays, offers or is said to pay; in the order of the text."""
    found = list(compensation.within_reason(_amounts(reading)))
    if not found:
        return []
    reading = with_firms(reading)
    sentences = {s.start: s for s in reading.sentences}
    claims: list[CompensationClaim] = []
    for sentence, amount in found:
        claims += _claims(reading, sentences[sentence.start], amount)
    return compensation.stated_once(claims)


def _amounts(reading: Reading) -> Iterator[tuple[Sentence, list[Amount]]]:
    for sentence in reading.sentences:
        if amounts := find_amounts(sentence.text):
            yield sentence, amounts


def _claims(reading: Reading, sentence: Sentence, amount: Amount) -> Iterator[CompensationClaim]:
    judged = (
        None
        if _CONVERTED.search(sentence.text[max(0, amount.start - 30) : amount.start])
        else _judge(sentence.text, amount, people=_people_near(sentence, amount))
    )
    if judged is None:
        return
    component, rule, confidence = judged
    component = _refined(sentence.text, amount, component)
    kind = _kind(sentence.text, amount)
    period = _period(sentence.text, amount, component, kind)
    if amount.currency is None or not compensation.is_sane(amount, period, component):
        return
    span = _quote(sentence, amount)
    organisations = _employers(reading, sentence, amount)
    if (
        not organisations
        and kind != "typical"
        and not (_LISTING.search(sentence.text) or _GENERIC.search(sentence.text[: amount.start]))
    ):
        return
    person = _recipient(sentence, amount, organisations)
    pay = Pay(
        amount=amount,
        currency=amount.currency,
        component=component,
        period=period,
        kind=kind,
        span=span,
        rule=f"en.pay.{rule}",
        confidence=confidence,
        person=person,
        population=None if person else _population(sentence.text, amount),
        date=find_date(reading, sentence, span),
    )
    for org in organisations or _NOBODY:
        attribution, status = attribute(reading, sentence, span, about=org)
        yield compensation.claim(pay, org, attribution, status)


def _judge(text: str, amount: Amount, *, people: list[int]) -> tuple[Component, str, float] | None:
    """The component that makes the figure pay, with the rule that saw it; None where it is something else.

    ``people`` are the places of the persons mentioned near the figure.
    """
    right = text[amount.end : amount.end + _RIGHT]
    left = text[max(0, amount.start - _LEFT) : amount.start]
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
    if before is not None and _links(before["link"]) and not (trap and trap.start() < 25):
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
    verb = _last(_VERB, left)
    if verb is None or _TRAP.search(verb["link"]) or (trap is not None and trap.start() <= 20):
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


def _people_near(sentence: Sentence, amount: Amount) -> list[int]:
    """Where in the sentence persons are named or meant ("him"), within reach of the figure."""
    places = [p.start - sentence.start for p in sentence.people]
    places += [m.start() for m in _HIM.finditer(sentence.text)]
    return [at for at in places if abs(at - amount.start) < _LEFT]


def _of_work(noun: str, text: str, *, people: bool) -> bool:
    """Nouns that also speak of trade ("offer", "package") are pay only where the sentence is about people."""
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


def _refined(text: str, amount: Amount, component: Component) -> Component:
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


def _period(text: str, amount: Amount, component: Component, kind: CompensationKind) -> str:
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


def _kind(text: str, amount: Amount) -> CompensationKind:
    window = text[max(0, amount.start - 160) : amount.end + 110]
    near = (
        text[max(0, amount.start - 70) : amount.end] + re.split(r"[.;!?](?!\w)", text[amount.end : amount.end + 60])[0]
    )
    if _COUNTER.search(window) and not re.search(r"\bpoach|\blure", near, _I):
        return "counteroffer"
    if _TYPICAL.search(near) and not (_HIRES.search(text) and not _USUAL.search(near)):
        return "typical"
    last_offer = max((m.end() for m in _OFFERING.finditer(window)), default=-1)
    last_paid = max((m.end() for m in _PAID.finditer(window)), default=-1)
    if last_paid <= last_offer:
        return "offered"
    ranged = amount.min is not None and amount.max is not None and amount.min != amount.max
    return "typical" if ranged and _PRESENT.search(window) else "paid"


def _employers(reading: Reading, sentence: Sentence, amount: Amount) -> list[str]:
    """Who pays: "from X" after the figure, the subject before it, a chief, X after it, whom the text speaks of."""
    start, end = sentence.start + amount.start, sentence.start + amount.end
    for o in employer.employers(sentence):
        if o.start >= end and _AT.match(sentence.text[amount.end : o.start - sentence.start]):
            return [o.name]
    if _GENERIC.search(sentence.text[: amount.start]):
        return []
    chief = employer.chief(sentence.text[: amount.start])
    subjects = employer.subject(sentence, start)
    if subjects and not (chief and employer.chief_acts(sentence.text[subjects[0].end - sentence.start : amount.start])):
        return [o.name for o in subjects]
    if _workplace(sentence, start) is not None:
        return [str(_workplace(sentence, start))]
    if chief is not None and not _told_by_chief(sentence.text[: amount.start]):
        return [chief]
    if _SURVEYED.search(sentence.text) and not employer.refers_back(sentence.text):
        return []
    if employer.refers_back(sentence.text[: amount.start]) or not sentence.organisations:
        before = employer.carried(reading, sentence)
        return [before] if before else employer.bystander(sentence)
    for o in employer.employers(sentence):
        between = sentence.text[amount.end : o.start - sentence.start]
        if end <= o.start <= end + 60 and _AT_WORK.search(between) and not _LURES.search(between):
            return [o.name]
    before = employer.carried(reading, sentence)
    return [before] if before else employer.bystander(sentence)


def _told_by_chief(text: str) -> bool:
    return re.search(r"\b(?:said|says|told|complained|claimed|suggest\w+|noted|added|according)\b", text) is not None


def _workplace(sentence: Sentence, upto: int) -> str | None:
    """ "engineers at X", "X's researchers", before the figure."""
    for o in reversed(employer.employers(sentence)):
        if o.end <= upto and re.search(
            r"\b(?:at|by|for|of)\s(?:the\s)?$",
            sentence.text[max(0, o.start - sentence.start - 8) : o.start - sentence.start],
        ):
            return o.name
    return None


def _recipient(sentence: Sentence, amount: Amount, organisations: list[str]) -> str | None:
    """The one person who is offered or paid the figure: the nearest named one who does not speak and is no chief."""
    start = sentence.start + amount.start
    for person in sorted(sentence.people, key=lambda p: abs(p.start - start)):
        after = sentence.text[person.end - sentence.start : person.end - sentence.start + 30]
        before = sentence.text[max(0, person.start - sentence.start - 25) : person.start - sentence.start]
        if employer.chief(person.name) or re.search(r"\b(?:said|told|according to|by|wrote)\s$", before):
            continue
        if re.match(r"[^.;]{0,20}\b(?:said|says|told|wrote|reported|claimed|noted|complained)\b", after):
            continue
        if abs(person.start - start) <= 120 and not _PLURAL.search(
            sentence.text[max(0, amount.start - 60) : amount.end + 60]
        ):
            return person.name
    return None


_PLURAL = re.compile(
    r"\b(?:researchers|engineers|employees|people|packages|offers|bonuses|salaries|workers|scientists|staff)\b", _I
)


def _population(text: str, amount: Amount) -> str | None:
    after = _TO.search(text[amount.end : amount.end + 130])
    if after is not None:
        return _without_verbs(after["who"])
    before = list(_WHO.finditer(text[max(0, amount.start - 160) : amount.start]))
    return _without_verbs(before[-1]["who"]) if before else None


def _without_verbs(phrase: str) -> str:
    """ "lure top researchers" without the verb."""
    return _UP_TO_VERB.sub("", phrase.strip())


def _quote(sentence: Sentence, amount: Amount) -> Span:
    """The clauses around the figure that hold its verb and its employer, at most the sentence without outer blanks."""
    text = sentence.text
    cuts = list(_CLAUSE.finditer(text))
    left = max((m.end() for m in cuts if m.end() <= amount.start), default=0)
    right = min((m.start() for m in cuts if m.start() >= amount.end), default=len(text))
    left = _with_verb(text, left, amount.start, cuts)
    while left < right and text[left].isspace():
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    return Span(sentence.start + left, sentence.start + right)


def _with_verb(text: str, left: int, until: int, cuts: list[re.Match[str]]) -> int:
    """Moves the left edge back to the clause that holds a word of pay or an offer."""
    for cut in reversed([0, *(m.end() for m in cuts if m.end() <= left)]):
        clause = text[cut:until]
        if _VERB.search(clause) or len(clause) > 200:
            return cut
    return left
