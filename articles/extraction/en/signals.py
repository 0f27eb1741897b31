"""Finds signs of hiring and shrinking in English: headcount, openings, plans, layoffs, freezes, practices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from articles.extraction import signals
from articles.extraction.claims import SignalClaim
from articles.extraction.document import Span
from articles.extraction.en import employer, employing, introduced
from articles.extraction.en.attribution import attribute
from articles.extraction.en.dates import find_date
from articles.extraction.en.firms import with_firms
from articles.extraction.en.signs import CUE, signs_of
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.signals import Sign

_CLAUSE = re.compile(r"[;:—–()]|,\s(?=(?:and|but|while|which|who|with|as|after)\b)|\s(?:but|while|although|though)\s")

# What a deal for some leaves behind is the staff of whom it was made with.
# "630 tech companies have cut 80,902 jobs".
_OF_AN_INDUSTRY = re.compile(
    r"\b(?:\d[\d,]*|tech|technology|global|many|most)\s(?:\w+\s)?(?:companies|firms|employers|businesses)\b|"
    r"\b\d[\d,]*\s(?:tech|technology)\s(?:jobs|workers|employees)\b",
    re.I,
)
_FORMERLY = re.compile(r"\b(?:[Ff]ormer|[Ee]x-?|[Oo]ne-?time)\s?$")
_LEFT_BEHIND = re.compile(r"\bleav(?:ing|es)\s[^.;,]{0,40}$")
# What these state holds as it is told, though their words look ahead ("will hire 40 people").
# What is counted ahead has not happened yet, whoever says so.
_PLANNED = frozenset({"en.plan", "en.plan.size", "en.plan.more"})
_TOLD = frozenset({None, "reported", "confirmed", "planned"})
_LASTING = frozenset({"practice", "headcount", "hiring_plan", "openings"})


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
        if CUE.search(sentence.text) is not None:
            for sign in signs_of(sentence.text):
                yield sentence, sign


def _claims(reading: Reading, sentence: Sentence, sign: Sign) -> Iterator[SignalClaim]:
    organisations = _employers(reading, sentence, sign)
    if not organisations:
        return
    span = _quote(sentence, sign.at)
    date = find_date(reading, sentence, Span(sentence.start + sign.at.start, sentence.start + sign.at.end))
    for org, team in organisations:
        attribution, status = attribute(reading, sentence, span, about=org)
        if sign.rule in _PLANNED and status in _TOLD:
            status = "planned"
        elif status == "planned" and sign.metric in _LASTING:
            status = "confirmed" if attribution is not None and attribution.kind == "company" else "reported"
        yield signals.claim(sign, org=org, team=team, span=span, date=date, attribution=attribution, status=status)


def _employers(reading: Reading, sentence: Sentence, sign: Sign) -> list[tuple[str, str | None]]:
    """Whose staff: the subject of the clause, whom it refers back to, or the only organisation of the sentence."""
    text, at = sentence.text, sign.at
    if sign.metric == "practice" and (chief := employer.chief(text[at.start : at.end])) is not None:
        return [(chief, None)]
    if (heading := introduced.headed(sentence)) is not None:
        return [(heading, None)]
    if sign.quantity is None and (group := introduced.such_as(sentence, at.start)):
        return [(name, None) for name in group]
    if sign.quantity is not None and (owner := introduced.owns_figure(sentence, sign.quantity.start)) is not None:
        return [(owner, None)]
    subjects = employer.subject(sentence, sentence.start + at.start)
    if _LEFT_BEHIND.search(text[: at.start]):
        subjects = [o for o in employing.employers(sentence) if o.end <= sentence.start + at.start][-1:]
    if subjects:
        # A count belongs to one of them, a bare statement to all.
        return [(o.name, o.team) for o in (subjects[:1] if sign.quantity else subjects)]
    if sign.metric == "layoffs" and sign.quantity is not None and _OF_AN_INDUSTRY.search(text):
        return []
    named = employing.employers(sentence)
    inside = [o for o in named if sentence.start + at.start <= o.start < sentence.start + at.end + 40]
    if not named and (guess := employer.unknown(sentence, at)) is not None:
        return [(guess, None)]
    if employer.refers_back(text[: at.end]) or not named:
        carried = employer.meant_here(sentence, sentence.start + at.start) or employer.carried(reading, sentence)
        if carried is None:
            own = [o for o in named if employing.is_arm(sentence, o) or employing.speaks_for(sentence, o)]
            if own:
                return [(own[0].name, own[0].team)]
            carried = employer.chief(text) if not named else None
        return [(carried, None)] if carried else []
    workplace = [
        o
        for o in inside
        if re.search(
            r"\b(?:at|from|by|of|for)\s(?:the\s)?$",
            text[max(0, o.start - sentence.start - 9) : o.start - sentence.start],
        )
        or 0 <= o.start - sentence.start - at.end <= 1
    ]
    workplace = workplace or [o for o in named if employing.speaks_for(sentence, o)]
    if sign.rule == "en.layoffs.count" and not workplace:
        return []
    named = [o for o in named if not _FORMERLY.search(text[: o.start - sentence.start])]
    if sign.metric == "hiring_plan":
        named = [o for o in named if o.end - sentence.start <= at.start]
    if not workplace and not named:
        return []
    chosen = (workplace or named)[0]
    if workplace and sign.quantity is None and sign.metric == "layoffs":
        return [(o.name, o.team) for o in employer.joined(sentence, named, chosen)] if chosen in named else []
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
