"""Finds figures of pay in English: whose, how much, for how long, of which part, paid or only offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction import compensation
from articles.extraction.claims import CompensationClaim
from articles.extraction.compensation import Pay
from articles.extraction.document import Span
from articles.extraction.en import employer
from articles.extraction.en.attribution import attribute
from articles.extraction.en.dates import find_date
from articles.extraction.en.figures import REACH, VERB, judge, kind_of, period_of, refined
from articles.extraction.en.firms import with_firms
from articles.extraction.en.money import find_amounts
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.money import Amount

_WORDS = table("en/pay")

_I = re.IGNORECASE
_HIM = re.compile(r"\b(?:he|she|him|her|his)\b", _I)

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
    r"(?:offer|pay|dangl|averag)\w*\s[^.;]{0,60}$|\b(?:average|median|minimum)\s(?:\w+\s)?(?:wage|salary|pay)\s"
    r"(?:in|for)\s(?:the\s)?[^.;]{2,30}$|\b(?:jobs|roles|positions)\sare\s\w+ing\s[^.;]{0,30}$",
    _I,
)
_LISTING = re.compile(
    r"\bjob\s(?:posting|listing|ad)\b|"
    r"\b(?:an?|the|this|their)\s(?:[\w-]+\s){0,3}?(?:company|firm|startup|team|agency)\s(?:is|are)\s(?:\w+\s){0,2}?"
    r"(?:hiring|seeking|recruiting|looking)\b|"
    r"\b(?:the|this)\s(?:position|role|job)\b",
    _I,
)
_FORMER_PAY = re.compile(r"\b(?:previous|former|prior|old)\s$", _I)
_NOBODY: list[str | None] = [None]
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
    r"equity|total|annual|signing|pay|salar\w+|packages?|offers?|bonus\w*|compensation|"
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
        else judge(sentence.text, amount, people=_people_near(sentence, amount))
    )
    if judged is None:
        return
    component, rule, confidence = judged
    component = refined(sentence.text, amount, component)
    kind = kind_of(sentence.text, amount)
    period = period_of(sentence.text, amount, component, kind)
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


def _people_near(sentence: Sentence, amount: Amount) -> list[int]:
    """Where in the sentence persons are named or meant ("him"), within reach of the figure."""
    places = [p.start - sentence.start for p in sentence.people]
    places += [m.start() for m in _HIM.finditer(sentence.text)]
    return [at for at in places if abs(at - amount.start) < REACH]


def _employers(reading: Reading, sentence: Sentence, amount: Amount) -> list[str]:
    """Who pays: "from X" after the figure, the subject before it, a chief, X after it, whom the text speaks of."""
    start, end = sentence.start + amount.start, sentence.start + amount.end
    for o in employer.employers(sentence):
        if o.start >= end and _AT.match(sentence.text[amount.end : o.start - sentence.start]):
            return [o.name]
    if _GENERIC.search(sentence.text[: amount.start]) or (
        _FORMER_PAY.search(sentence.text[: amount.start]) and _workplace(sentence, start) is None
    ):
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
        return [before] if before else employer.bystander(sentence, start)
    for o in employer.employers(sentence):
        between = sentence.text[amount.end : o.start - sentence.start]
        if end <= o.start <= end + 60 and _AT_WORK.search(between) and not _LURES.search(between):
            return [o.name]
    before = employer.carried(reading, sentence)
    return [before] if before else employer.bystander(sentence, start)


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
        if VERB.search(clause) or len(clause) > 200:
            return cut
    return left
