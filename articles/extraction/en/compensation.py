"""Finds figures of pay in English: whose, how much, for how long, of which part, paid or only offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction import compensation, vicinity
from articles.extraction.claims import CompensationClaim, Component
from articles.extraction.compensation import Pay
from articles.extraction.document import Span
from articles.extraction.en import employer, employing, introduced
from articles.extraction.en.attribution import attribute
from articles.extraction.en.dates import find_date
from articles.extraction.en.figures import REACH, VERB, judge, kind_of, period_of, refined
from articles.extraction.en.firms import with_firms
from articles.extraction.en.money import find_amounts
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.money import Amount
from articles.extraction.patterns import either

_WORDS = table("en/pay")

_I = re.IGNORECASE
Judged = tuple[Sentence, Amount, tuple[Component, str, float]]
# "Acme offers $450,000, and Bolt pays $427,500".
_AS_WELL = re.compile(
    r"(?:\s(?:a|per)\s(?:year|month|hour))?(?:,\s[^;$€£¥]{3,50}?)?(?:[,;]?\s(?:and|while|whereas|versus|compared\swith)|;)\s"
    r"(?:(?:[A-Z][\w.&’'-]*\s){1,3}(?:pays?|offers?|paid|offered|gives|at)|at\s(?:[A-Z][\w.&’'-]*,?\s?){1,3}(?:it\sis|it’s)?)\s?(?:[a-z]+\s){0,3}"
)
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
    r"(?:in|for)\s(?:the\s)?(?:[^.;]|(?<=\b[A-Z])\.){2,50}$|\b(?:jobs|roles|positions)\swith\s[^.;]{0,20}$|\b(?:jobs|roles|positions)\sare\s\w+ing\s[^.;]{0,30}$",
    _I,
)
_ONE_EMPLOYER = re.compile(
    r"\b(?:one|an?|another|some|rival|competing)\s(?:[\w-]+\s){0,3}?(?:start-?ups?|company|companies|firms?|labs?|employers?|hedge\sfunds?|rivals?)"
    r"\s(?:has\s|had\s|have\s|is\s|are\s|was\s|were\s)?(?:offer|pay|paid|dangl|propos|guarante)\w*\b[^.;]{0,70}$",
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
_BOARDS = frozenset(_WORDS["boards"])
# Pay that a person gets where she goes.
_IN_RETURN = re.compile(
    r"^(?:(?!\b(?:from|but|while|whose|which|where|offered|countered)\b)[^.;:]){0,50}?"
    r"\b(?:for|in\s(?:return|exchange)\sfor|with|on|at|after|earning|thanks\sto|lured\sby|accepting)\b[^.;:]{0,90}$"
)
_THEIR_PAY = re.compile(
    rf"\b(?:his|her)\s(?:[\w-]+\s){{0,2}}(?:{'|'.join(sorted(n for n in _WORDS['nouns'] if n.islower()))})\b", _I
)
_AT_OLD = re.compile(r"\bat\s(?:the|that|his|her)\s\w+(?:\s\w+)?\s(?:was|had\sbeen|is)\s", _I)
_NEWCOMERS = re.compile(r"\bthe\s(?:new\s)?(?:defectors|recruits|newcomers|hires|arrivals|leavers)\b", _I)
# "some senior scientists now earn …" is said of a trade.
_TRADE = re.compile(
    r"\b(?:some|many|most|top|senior|junior|non-AI|specialized|specialised|skilled|mid-level|staff-level|entry-level|elite|star|AI|software|machine-learning|leading|experienced|seasoned)"
    r"\s(?:[\w-]+\s){0,3}?(?:engineers|researchers|scientists|developers|analysts|specialists|graduates|professionals|programmers|experts|workers|candidates|talent)"
    r"(?:\s(?:in|with)\s[^,.;]{2,30}?|\sat\s[^,.;]{2,30}?(?:startups|start-ups|companies|labs|firms|banks|funds))?\s(?:(?:now|often|typically|can|could|may|usually|regularly|routinely|currently|today|are|reportedly)\s){0,3}"
    r"(?:earn|make|get|command|commanding|paid|receive|take\shome|fetch|pull\sin|expect)\b[^.;]{0,60}$",
    _I,
)
_NOUN_BEFORE = re.compile(
    rf"\b{either(_WORDS['nouns'])}\b(?:\s(?:range|ranges|band|bands))?\s(?:of|is|was|at|worth)\s[^.;,]{{0,30}}$", _I
)
_HORIZON = 20_000
_JAPAN = re.compile(
    r"\b(?:Japan|Japanese|Tokyo|Osaka|yen|Sakana|SoftBank|Sony|Toyota|NTT|Fujitsu|Rakuten|Preferred Networks)\b"
)
_CHINA = re.compile(r"\b(?:China|Chinese|yuan|renminbi|RMB|Beijing|Shanghai|Shenzhen|Hangzhou)\b")
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
# "dangled packages at Acme researchers".
_WHOSE_STAFF = re.compile(
    r"(?:[’']s)?\s(?:[\w-]+\s)?(?:researchers|engineers|staff|employees|talent|scientists|workers|people)\b"
)
_LURES = re.compile(r"\b(?:to|lure|poach|hire|recruit|researchers|engineers|employees|people|talent|away)\b", _I)
_SURVEYED = re.compile(
    r"\b(?:surveys?|spreadsheet|study|respondents|nationally|across the industry|the industry|the market|employers)\b",
    _I,
)
_REFUSES = re.compile(
    r"\b(?:declin\w+|reject\w*|turn(?:s|ed|ing)?\sdown|spurn\w*|rebuff\w*|refus\w+|resist\w*)\s(?:all\sof\s|the\s)?", _I
)
_OFFERED = re.compile(
    r"[’']s?\s(?:[\w-]+\s){0,2}?(?:offers?|packages?|bids?|proposals?|advances|approach(?:es)?|money)\b", _I
)
_STUDIED = re.compile(
    r"\b(?:degree|doctorate|Ph\.?D|study|studying|studied|student|graduat\w+)\s[^,.;]{0,40}\b(?:at|from)\s(?:the\s)?$",
    _I,
)
_AT_WORK = re.compile(r"\b(?:at|from|by|with|of|that|which)\s(?:the\s)?$", _I)
_CLAUSE = re.compile(r"[;:—–()]|,\s(?!\d)|\.{3}|\s(?:but|while|although|though)\s")


# "The deal included $100 million in the first year", after a figure of pay.
_NEXT_SENTENCES = 600
_IN_FIRST_YEAR = re.compile(r"\s(?:in|for|during)\s(?:the|its|his|her|their)\sfirst\syear\b", _I)
_HOLDS = re.compile(
    r"\b(?:deal|package|offer|contract|proposal)\b[^.;$€£¥]{0,60}\b(?:includ|guarante|contain|promis|pay)\w*\s(?:[\w-]+\s){0,3}$",
    _I,
)


def find_compensation(reading: Reading) -> list[CompensationClaim]:
    """Every figure of pay that an organisation pays, offers or is said to pay; in the order of the text."""
    found = list(compensation.within_reason(_amounts(reading)))
    if not found:
        return []
    reading = compensation.without(with_firms(reading), _BOARDS.__contains__)
    sentences = {s.start: s for s in reading.sentences}
    claims: list[CompensationClaim] = []
    for sentence, amount, judged in _judged(sentences, found):
        claims += _claims(reading, sentence, amount, judged)
    return compensation.stated_once(claims)


def _judged(sentences: dict[int, Sentence], found: list[tuple[Sentence, Amount]]) -> Iterator[Judged]:
    """The figures that are pay; "and Acme pays $427,500" after a figure of pay is pay like it."""
    last: Judged | None = None
    for one, amount in found:
        sentence = sentences[one.start]
        text = sentence.text
        converted = _CONVERTED.search(text[max(0, amount.start - 30) : amount.start]) is not None
        judged = None if converted else judge(text, amount, people=_people_near(sentence, amount))
        if judged is None and last is not None and not converted:
            judged = _like_before(sentence, amount, last)
        if judged is not None:
            last = (sentence, amount, judged)
            yield last


def _amounts(reading: Reading) -> Iterator[tuple[Sentence, list[Amount]]]:
    for sentence in reading.sentences:
        if amounts := find_amounts(sentence.text):
            yield sentence, amounts


def _like_before(sentence: Sentence, amount: Amount, last: Judged) -> tuple[Component, str, float] | None:
    """What a figure is after one of pay: the next firm's, or what the deal holds in its first year."""
    text = sentence.text
    if last[0] is sentence and _AS_WELL.fullmatch(text, last[1].end, amount.start):
        return last[2]
    near = 0 <= sentence.start - last[0].start <= _NEXT_SENTENCES
    if near and _IN_FIRST_YEAR.match(text[amount.end :]) and _HOLDS.search(text[: amount.start]):
        return "total", "first-year", 0.6
    return None


def _claims(
    reading: Reading, sentence: Sentence, amount: Amount, judged: tuple[Component, str, float]
) -> Iterator[CompensationClaim]:
    component, rule, confidence = judged
    component = refined(sentence.text, amount, component)
    kind = kind_of(sentence.text, amount)
    period = period_of(sentence.text, amount, component, kind)
    currency = _yen(reading, sentence, amount) or amount.currency
    if currency is None or not compensation.is_sane(amount, period, component):
        return
    span = _quote(sentence, amount)
    organisations = _employers(reading, sentence, amount)
    if not organisations and _of_a_trade(sentence, sentence.text[: amount.start]):
        kind = "typical"
    if (
        not organisations
        and (kind != "typical" or amount.vague)
        and not (
            _LISTING.search(sentence.text)
            or _of_one_employer(sentence, amount)
            or (not amount.vague and _GENERIC.search(sentence.text[: amount.start]))
        )
    ):
        return
    person = _recipient(sentence, amount, organisations)
    pay = Pay(
        amount=amount,
        currency=currency,
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


def _yen(reading: Reading, sentence: Sentence, amount: Amount) -> str | None:
    """ "¥" is the yen where the text speaks of Japan and not of China."""
    if sentence.text[amount.start] != "¥":
        return None
    text = reading.document.text[:_HORIZON]
    return "JPY" if _JAPAN.search(text) and not _CHINA.search(text) else None


def _people_near(sentence: Sentence, amount: Amount) -> list[int]:
    """Where in the sentence persons are named or meant ("him"), within reach of the figure."""
    places = [p.start - sentence.start for p in sentence.people]
    places += [m.start() for m in _HIM.finditer(sentence.text)]
    return [at for at in places if abs(at - amount.start) < REACH]


def _employers(reading: Reading, sentence: Sentence, amount: Amount) -> list[str]:
    """Who pays: "from X" after the figure, the subject before it, a chief, X after it, whom the text speaks of."""
    start, end = sentence.start + amount.start, sentence.start + amount.end
    if (owner := introduced.headed(sentence) or _owner(sentence, amount) or _gapped(sentence, amount)) is not None:
        return [owner]
    for o in employing.employers(sentence):
        if _WHOSE_STAFF.match(sentence.text[o.end - sentence.start :]) and employer.subject(sentence, start):
            continue
        if o.start >= end and _AT.match(sentence.text[amount.end : o.start - sentence.start]):
            return [o.name]
    if (taker := _taker(reading, sentence, amount)) is not None:
        return [taker]
    if _of_one_employer(sentence, amount):
        return []
    if _GENERIC.search(sentence.text[: amount.start]) or (
        _FORMER_PAY.search(sentence.text[: amount.start]) and _workplace(sentence, start) is None
    ):
        return []
    if (refused := _refused(sentence)) is not None:
        return [refused]
    goes_to = _goes_to(reading, sentence, amount)
    if goes_to is not None:
        return [goes_to]
    if _of_a_trade(sentence, sentence.text[: amount.start]):
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
    if amount.vague and not sentence.organisations and not VERB.search(sentence.text[: amount.start]):
        return []
    if employer.refers_back(sentence.text[: amount.start]) or not sentence.organisations:
        before = employer.carried(reading, sentence)
        return [before] if before else employer.bystander(sentence, start)
    for o in employing.employers(sentence):
        between = sentence.text[amount.end : o.start - sentence.start]
        if end <= o.start <= end + 60 and _AT_WORK.search(between) and not _LURES.search(between):
            return [o.name]
    before = employer.carried(reading, sentence)
    return [before] if before else employer.bystander(sentence, start)


_TAKES = re.compile(r"\s(?:\w+ly\s)?(?:nabb|poach|lur|hir|recruit|snagg|land|sign|woo|tempt)ing\b")
_TAKEN_FROM = re.compile(
    r"\b(?:was|were|been|being)\s(?:\w+ly\s)?(?:lured|poached|hired|tempted|recruited|plucked|wooed|enticed)\s(?:away\s)?from\s(?:the\s)?$"
)


def _taker(reading: Reading, sentence: Sentence, amount: Amount) -> str | None:
    """ "Acme nabbing Byrne by offering …", "was lured away from Bolt with a package …": who takes, and so pays."""
    named = [o for o in employing.employers(sentence) if o.end - sentence.start <= amount.start]
    left = next((o for o in named if _TAKEN_FROM.search(sentence.text[: o.start - sentence.start])), None)
    if left is None:
        return next((o.name for o in named if _TAKES.match(sentence.text, o.end - sentence.start)), None)
    told = (employer.chief(sentence.text), employer.carried(reading, sentence))
    return next((name for name in told if name is not None and name != left.name), None)


_AT_ANOTHER = re.compile(r"(?:;|\band|\bwhile|\bversus)\sat\s$")


def _gapped(sentence: Sentence, amount: Amount) -> str | None:
    """ "…; at Acme about $650,000": the employer right before a figure that goes on with another's."""
    for o in employing.employers(sentence):
        start, end = o.start - sentence.start, o.end - sentence.start
        near = 0 <= amount.start - end <= 24 and not re.search(r"[.;$]", sentence.text[end : amount.start])
        if near and _AT_ANOTHER.search(sentence.text[:start]):
            return o.name
    return None


def _refused(sentence: Sentence) -> str | None:
    """Whose offers the sentence says were turned down: "Acme's researchers declined Bolt's packages"."""
    for match in _REFUSES.finditer(sentence.text):
        for o in employing.employers(sentence):
            if o.start - sentence.start == match.end() and _OFFERED.match(sentence.text[o.end - sentence.start :]):
                return o.name
        words = re.match(r"[^,.;]{0,30}?(?=[’'])", sentence.text[match.end() :])
        if words is not None and (chief := employer.chief(words[0])) is not None:
            return chief
    return None


def _of_one_employer(sentence: Sentence, amount: Amount) -> bool:
    """Whether an employer without a name pays: "one start-up offered …"."""
    match = _ONE_EMPLOYER.search(sentence.text[: amount.start])
    return match is not None and not any(
        o.start >= sentence.start + match.start() and o.end <= sentence.start + amount.start
        for o in employing.employers(sentence)
    )


def _of_a_trade(sentence: Sentence, before: str) -> bool:
    """Whether the words before a figure give what a trade earns, and no employer is named or meant."""
    named = employing.employers(sentence) or employer.refers_back(before)
    return not named and _TRADE.search(before) is not None


def _owner(sentence: Sentence, amount: Amount) -> str | None:
    """Whose pay the words right before the figure call it: "Acme's pay range of $5 million"."""
    noun = _NOUN_BEFORE.search(sentence.text[: amount.start])
    return (
        None
        if noun is None
        else introduced.owner(sentence, sentence.start + noun.start(), sentence.start + amount.start)
    )


def _goes_to(reading: Reading, sentence: Sentence, amount: Amount) -> str | None:
    """Where the person goes who is paid: "defected to Acme for $5 million"."""
    text, start = sentence.text, sentence.start + amount.start
    newest = introduced.newest(sentence, start)
    if newest is not None:
        named = [o for o in employing.employers(sentence) if o.name == newest and o.end <= start]
        return newest if _IN_RETURN.match(text[named[-1].end - sentence.start : amount.start]) else None
    theirs = _THEIR_PAY.search(text) or _NEWCOMERS.search(text[: amount.start])
    if employing.employers(sentence) or not theirs or _AT_OLD.search(text[: amount.start]):
        return None
    before = reversed(vicinity.before(reading, sentence.start, most=3))
    return next((name for s in before if (name := introduced.newest(s, s.end)) is not None), None)


def _told_by_chief(text: str) -> bool:
    return re.search(r"\b(?:said|says|told|complained|claimed|suggest\w+|noted|added|according)\b", text) is not None


def _workplace(sentence: Sentence, upto: int) -> str | None:
    """ "engineers at X", "X's researchers", before the figure."""
    for o in reversed(employing.employers(sentence)):
        if _STUDIED.search(sentence.text[: o.start - sentence.start]):
            continue
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
