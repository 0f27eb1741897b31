"""The run of whole clauses that carries a move: where it begins and ends in its sentence."""

from __future__ import annotations

import re

from articles.extraction.document import Span
from articles.extraction.en.events import Event
from articles.extraction.mentions import Sentence

# Where a clause can begin, for a sentence too long to be quoted from its start.
_CLAUSE = re.compile(r"[;:—–“(\n]\s*|\s[-–—]\s|,\s(?=(?:and|but|while|who|which|after|as|when)\b)")
_LONGEST_LEAD = 140
# Words behind which another clause begins.
_OPENS = re.compile(
    r"\b(?:that|noted)\s|,\s(?:and|but|while|as|with|after|whereas|when)\s|\b(?:after|while|because)\s|[;:]\s"
)
# What casts doubt on the clause belongs to it.
_DOUBTED = re.compile(r"\b(?:den(?:y|ie[sd]|ying)|untrue|false|dismiss\w*|rumou?r\w*|reject\w*|speculat\w*)\b")
_BULLET = re.compile(r"(?:[-•*·–—]|\d{1,2}[.)])\s+")
_PRONOUN = re.compile(r"\b(?:it|they|he|she|we|I)\b")
# Between a clause's opening and its subject stands no more than this.
_LITTLE = 30
_BREAK = re.compile(r"[;—]|,\s(?:while|and|but|as)\b")


def quote(sentence: Sentence, event: Event) -> Span:
    """The clauses that hold the event's phrases, from their beginning to their end."""
    start = _start(sentence, event)
    end = min(sentence.end, max(event.end, event.start + 1, *_ends_behind(sentence, event)))
    rest = sentence.text[end - sentence.start :]
    closes = (i for i, c in enumerate(rest) if c in ",;:—–()\n" or (c == "." and rest[i + 1 : i + 2] in {"", " "}))
    cut = next(closes, len(rest))
    if cut <= 60:
        end += cut
    return Span(start, min(end, sentence.end))


def _start(sentence: Sentence, event: Event) -> int:
    """Where the clause of the event begins: behind the last opening that leaves its subject in."""
    position = max(sentence.start, _phrase_start(event, min(event.start, event.end)))
    first = _clause_start(sentence, position)
    lead = sentence.text[: position - sentence.start]
    openings = [] if _DOUBTED.search(lead) else list(_OPENS.finditer(lead))
    for match in reversed(openings):
        at = sentence.start + match.end()
        if at > first and _holds_subject(sentence, event, at, position) and _clause_before(event, at):
            return at
    bullet = _BULLET.match(sentence.text)
    return first + bullet.end() if bullet is not None and first == sentence.start else first


def _phrase_start(event: Event, position: int) -> int:
    """Where the phrase begins of which the mover is a member ("A, B and others")."""
    around = (n for n in event.parsed.clauses.nodes if n.kind == "H" and n.start <= event.human.start < n.end)
    return min([position, *(n.start for n in around if n.end > position)])


def _holds_subject(sentence: Sentence, event: Event, at: int, position: int) -> bool:
    """Whether the one who acts stands behind ``at``: the mover, else whoever does it to them."""
    between = sentence.text[at - sentence.start : position - sentence.start]
    if event.human.start <= position:
        by_name = [m.start for m in sentence.people if m.name == event.human.person and not m.pronoun]
        return len(between) <= _LITTLE and (not by_name or max(by_name) >= at)
    starts = [m.start for m in sentence.organisations] + [m.start for m in sentence.people]
    return any(at <= start < position for start in starts) or _PRONOUN.search(between) is not None


def _clause_before(event: Event, at: int) -> bool:
    """Whether a verb stands before ``at``, so that what ends there is a clause of its own."""
    return any(node.end <= at and node.kind in {"V", "OV", "AUX"} for node in event.parsed.clauses.nodes)


def _clause_start(sentence: Sentence, position: int) -> int:
    """Where the clause at ``position`` begins: at the sentence's start, or behind a mark where that is far off."""
    lead = sentence.text[: position - sentence.start]
    marks = [match.end() for match in _CLAUSE.finditer(lead)]
    if len(lead) <= _LONGEST_LEAD and not any(c in lead for c in ";:\n"):
        return sentence.start
    return sentence.start + marks[-1] if marks else position


def _ends_behind(sentence: Sentence, event: Event) -> list[int]:
    """Where the employers of the move end that the sentence names shortly behind its phrases, in the same clause."""
    names = {place.name for place in (event.origin, event.destination) if place is not None}
    reach = max(event.start, event.end)
    near = (m for m in sentence.organisations if m.name in names and reach <= m.start <= reach + _LONGEST_LEAD)
    return [m.end for m in near if not _BREAK.search(sentence.text, reach - sentence.start, m.start - sentence.start)]
