"""What surrounds a move in an English article: jobs held before, a deal of the two companies, an announcement."""

from __future__ import annotations

import re

from articles.extraction.en.events import Event
from articles.extraction.en.frames import Frames
from articles.extraction.en.scene import Bond, Parsed, Scene
from articles.extraction.mentions import Sentence

_DEAL = re.compile(
    r"\b(?:acqui-?hir\w*|acquir(?:e|es|ed|ing)|acquisition|licens(?:e|es|ed|ing)|buy(?:s|ing)?|bought|merger|takeover)\b"
    r"|\bpart of (?:the|a|its) (?:\w+ )?(?:deal|acquisition|transaction|purchase)\b|\bagreement to use\b"
    r"|\$[\d.]+\s?(?:billion|bn|B|million)\b[^.]{0,40}\b(?:deal|investment|stake)\b"
    r"|\$[\d.]+\s?(?:billion|bn|B)\b[^.]{0,30}\bto (?:re)?hire\b|\bdeal\b[^.]{0,60}\$[\d.]+",
    re.IGNORECASE,
)
# Told of the move itself, this far behind its verb, whether or not the other company is named.
_CLAUSE = 120
_PART_OF = re.compile(
    r"\b(?:as|in) (?:a )?part of (?:the|a|an|its) (?:[\w$.-]+ ){0,3}(?:deal|acquisition|takeover|licensing agreement)\b"
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
    sentence = event.parsed.sentence
    told = (event.focus or (event.start, event.end))[0] - sentence.start
    if _PART_OF.search(sentence.text, max(0, told), max(0, told) + _CLAUSE):
        return True
    if event.origin is None or event.origin.name is None:
        return "acqui" in sentence.text
    pair = {event.origin.name, event.destination.name}
    return any(_deal_of(near, pair) for near in _around(scene, sentence, 2, 3))


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


_HELD = frozenset({"hold", "become"})
_ONCE = frozenset({"previously", "formerly", "once", "had", "earlier", "was", "were"})


def learn_careers(scene: Scene, parsed: Parsed) -> None:
    """Keep where the sentence says people worked ("who spent five years at Acme", "was previously at Acme")."""
    frames = Frames(scene, parsed)
    for i, node in enumerate(parsed.clauses.nodes):
        if node.kind == "V":
            held = next((v for v, _ in parsed.clauses.readings(i) if v.frame in _HELD), None)
            if held is not None and held.form != "gerund":
                _learn(frames, i, past=held.form in {"past", "participle"} and held.lemma not in {"become", "take"})
        elif (
            node.kind == "PREP"
            and node.low == "at"
            and _ONCE & {parsed.clauses.low(i - 1)}
            and parsed.clauses.kind(i - 2) in {"AUX", "P", "H", "REL"}
        ):
            _learn(frames, i - 1, past=True, at=i)


def _learn(frames: Frames, i: int, *, past: bool, at: int | None = None) -> None:
    found = frames.clauses.arguments(i + 1 if at is None else at)
    place = frames.first(found, "at", "as", "of")
    subject = frames.clauses.subject(i)
    if place is None or place.name is None or not past or {"will", "would", "could"} & set(subject.words):
        return
    for human in frames.movers(subject.node):
        if human.person:
            frames.scene.bind(human.person, Bond(place, True, human.start))
