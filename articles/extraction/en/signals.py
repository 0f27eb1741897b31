"""Finds signs of hiring and shrinking in English: headcount, openings, plans, layoffs, freezes, practices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from articles.extraction import signals
from articles.extraction.claims import SignalClaim
from articles.extraction.document import Span
from articles.extraction.en import employer
from articles.extraction.en.attribution import attribute
from articles.extraction.en.dates import find_date
from articles.extraction.en.firms import with_firms
from articles.extraction.en.signs import CUE, signs_of
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.signals import Sign

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
        yield signals.claim(sign, org=org, team=team, span=span, date=date, attribution=attribution, status=status)


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
        if carried is None:
            own = [o for o in named if employer.is_arm(sentence, o) or employer.speaks_for(sentence, o)]
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
    ]
    workplace = workplace or [o for o in named if employer.speaks_for(sentence, o)]
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
