"""What surrounds a move in an English article: a deal between the two companies, the mover's own announcement."""

from __future__ import annotations

import re

from articles.extraction.en.frames import Event
from articles.extraction.en.scene import Scene
from articles.extraction.mentions import Sentence

_DEAL = re.compile(
    r"\b(?:acqui-?hir\w*|acquir(?:e|es|ed|ing)|acquisition|licens(?:e|es|ed|ing)|buy(?:s|ing)?|bought|merger|takeover)\b"
    r"|\bagreement to use\b|\$[\d.]+\s?(?:billion|bn|B|million)\b[^.]{0,40}\b(?:deal|investment|stake)\b|\bdeal\b[^.]{0,60}\$[\d.]+",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:announc(?:e|es|ed|ing)|confirm(?:s|ed)?|posted|tweeted|wrote|writes|stated|shared|revealed)\b"
)


def _around(scene: Scene, sentence: Sentence, before: int, after: int) -> list[Sentence]:
    at = scene.reading.index_of(sentence)
    return scene.reading.sentences[max(0, at - before) : at + after + 1]


def in_deal(scene: Scene, event: Event) -> bool:
    """Whether the article tells of one company buying or licensing the other close to the move."""
    if event.destination is None or event.destination.name is None:
        return False
    if event.origin is None or event.origin.name is None:
        return "acqui" in event.parsed.sentence.text
    pair = {event.origin.name, event.destination.name}
    return any(_deal_of(sentence, pair) for sentence in _around(scene, event.parsed.sentence, 2, 3))


def _deal_of(sentence: Sentence, pair: set[str]) -> bool:
    if not pair <= {organisation.name for organisation in sentence.organisations}:
        return False
    return any(_near_both(sentence, match.start() + sentence.start, pair) for match in _DEAL.finditer(sentence.text))


def _near_both(sentence: Sentence, position: int, pair: set[str]) -> bool:
    """Both companies stand within reach of the word that names the deal."""
    near = {o.name for o in sentence.organisations if abs(o.start - position) < 200}
    return pair <= near


def announced(scene: Scene, event: Event) -> bool:
    """Whether the mover or an employer at either end announces it, in this sentence or the next two."""
    ends = {place.name for place in (event.origin, event.destination) if place is not None and place.name}
    return any(
        _announces(sentence, event.human.person, ends) for sentence in _around(scene, event.parsed.sentence, 0, 2)
    )


def _announces(sentence: Sentence, person: str | None, ends: set[str]) -> bool:
    for match in _ANNOUNCES.finditer(sentence.text):
        at = sentence.start + match.start()
        before = [m for m in sentence.people if 0 <= at - m.end <= 160]
        if person and before and before[-1].name == person:
            return True
        if any(o.name in ends and 0 <= at - o.end <= 16 for o in sentence.organisations):
            return True
    return False
