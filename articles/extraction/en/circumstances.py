"""What surrounds a move in an English article: jobs held before, a deal of the two companies, an announcement."""

from __future__ import annotations

import re

from articles.extraction.en.events import Event
from articles.extraction.en.frames import Frames
from articles.extraction.en.scene import Bond, Parsed, Place, Scene, employs
from articles.extraction.en.shapes import Organisation, Tie
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
_BY_DEAL = re.compile(
    r"\b(?:part of (?:it|the|that|this)|(?:deal|acquisition|agreement|arrangement|transaction)\b)", re.IGNORECASE
)
_MERE_WISH = re.compile(r" (?:attempts?|talks?|offers?|bids?|rumou?rs?|targets?)\b")
# Where the article comes back to it: an announcement of the mover's or of an employer that speaks of the move.
_FAR = 12
_FIRMLY = re.compile(
    r"\b(?:announc(?:e[sd]?|ing)|confirm(?:s|ed|ing)?)\b.{0,120}\b(?:join|leav|left|depart|"
    r"resign|hir|appoint|decision to|mov|exit|step|return)\w*"
)
_FOUNDERS = re.compile(r"\b(?:co-?)?founders?$|\bchief executive$|\bceo$")
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


def partner(scene: Scene, event: Event) -> Place | None:
    """The company whose people come "as part of the deal" that the text has just told of; None for none."""
    there = event.destination
    role = (event.human.role or "").lower()
    sentence = event.parsed.sentence
    of_deal = _BY_DEAL.search(sentence.text) is not None or _FOUNDERS.search(role) is not None
    if there is None or there.name is None or not of_deal:
        return None
    for near in reversed(_around(scene, sentence, 2, 0)):
        others = {o.name for o in near.organisations if employs(o)} - {there.name}
        other = next(iter(others)) if len(others) == 1 else None
        if other is not None and _buys(near, there.name, other):
            return Place(other)
    return None


def _buys(sentence: Sentence, buyer: str, bought: str) -> bool:
    """Whether the sentence tells of a deal by which ``buyer`` gets ``bought``, by their order around its word."""
    for match in _DEAL.finditer(sentence.text):
        at = sentence.start + match.start()
        first, second = (bought, buyer) if sentence.text[match.end() :].lstrip().startswith("by ") else (buyer, bought)
        before = any(o.name == first and at - 200 < o.start < at for o in sentence.organisations)
        after = any(o.name == second and at < o.start < at + 200 for o in sentence.organisations)
        if before and after and not _MERE_WISH.match(sentence.text, match.end()):
            return True
    return False


def announced(scene: Scene, event: Event) -> bool:
    """Whether the mover or an employer at either end announces it, in this sentence or the next two."""
    ends = {place.name for place in (event.origin, event.destination) if place is not None and place.name}
    person = event.human.person
    if any(_announces(sentence, person, ends) for sentence in _around(scene, event.parsed.sentence, 0, 2)):
        return True
    return person is not None and any(
        _announces(sentence, person, ends)
        for sentence in _around(scene, event.parsed.sentence, _FAR, _FAR)
        if _FIRMLY.search(sentence.text) and any(m.name == person for m in sentence.people)
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
# "who built Acme's models".
_MADE = frozenset(
    {"built", "created", "developed", "designed", "invented", "led", "ran", "headed", "oversaw", "managed", "trained"}
)
_AT_WORK = frozenset({"working", "employed", "serving", "teaching"})
_THESE_DAYS = frozenset({"currently", "presently"})
_ONCE = frozenset({"previously", "formerly", "once", "had", "earlier", "was", "were"})


def learn_careers(scene: Scene, parsed: Parsed) -> None:
    """Keep where the sentence says people worked ("who spent five years at Acme", "was previously at Acme")."""
    frames = Frames(scene, parsed)
    for i, node in enumerate(parsed.clauses.nodes):
        if node.kind in {"V", "OV", "W"} and node.low in _MADE and parsed.clauses.kind(i - 1) == "REL":
            _learn(frames, i, past=True, owned=True)
        elif node.kind == "V":
            held = next((v for v, _ in parsed.clauses.readings(i) if v.frame in _HELD), None)
            if held is not None and held.form != "gerund":
                if "currently" in parsed.clauses.subject(i).own:
                    _learn_present(frames, i)
                if parsed.clauses.low(i - 1) == "to" and parsed.clauses.low(i - 2) == "used":
                    _learn(frames, i, past=True)
                _learn(frames, i, past=held.form in {"past", "participle"} and held.lemma not in {"become", "take"})
        elif node.low in _THESE_DAYS and parsed.clauses.kind(i - 1) == "AUX":
            _learn_at(frames, i)
        elif (
            node.kind == "PREP"
            and node.low == "at"
            and _ONCE & {parsed.clauses.low(i - 1)}
            and parsed.clauses.kind(i - 2) in {"AUX", "P", "H", "REL"}
        ):
            _learn(frames, i - 1, past=True, at=i)


def _learn_at(frames: Frames, i: int) -> None:
    """ "who is currently involved in research at Acme": where they are until they move."""
    rest = frames.clauses.nodes[i + 1 : i + 9]
    at = next((k for k, node in enumerate(rest) if node.low == "at"), None)
    verbal = [n for n in rest[:at] if n.kind in {"V", "REL", "P", "CONJ"}] if at is not None else []
    place = frames.place(rest[at + 1]) if at is not None and at + 1 < len(rest) else None
    if place is None or not place.name or any(n.low not in _AT_WORK for n in verbal):
        return
    for human in frames.movers(frames.clauses.subject(i).node):
        if human.person:
            frames.scene.bind(human.person, Bond(Place(place.name), False, human.start))


def _learn_present(frames: Frames, i: int) -> None:
    """ "who currently runs Acme's labs": where they are until they move."""
    found = frames.clauses.arguments(i + 1)
    place = frames.place(found.object) or frames.first(found, "at", "as", "of")
    if place is None or not place.name:
        return
    for human in frames.movers(frames.clauses.subject(i).node):
        if human.person:
            frames.scene.bind(human.person, Bond(Place(place.name), False, human.start))


def _learn(frames: Frames, i: int, *, past: bool, at: int | None = None, owned: bool = False) -> None:
    found = frames.clauses.arguments(i + 1 if at is None else at)
    place = frames.first(found, "at", "as", "of")
    if owned and place is None:
        node = frames.clauses.nodes[i + 1] if i + 1 < len(frames.clauses.nodes) else None
        place = frames.place(node) if node is not None and node.kind == "O" and node.possessive else None
    ran = found.object is not None and found.object.kind == "O" and frames.clauses.low(i) in _MADE
    if place is None and ran and frames.clauses.kind(i - 2) == "REL":
        place = frames.place(found.object)
    subject = frames.clauses.subject(i)
    if place is None or place.name is None or not past or {"will", "would", "could"} & set(subject.words):
        return
    for human in frames.movers(subject.node):
        if human.person:
            frames.scene.bind(human.person, Bond(place, True, human.start))
        elif human.cohort and not human.ties and frames.clauses.kind(i - 1) in {"REL", "ADV"}:
            human.ties.append(Tie(Organisation(human.start, human.end, place.name, place.team), True, True))
