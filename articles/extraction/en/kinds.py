"""Whether a capitalised run names a person, an organisation or something else, by its shape and its neighbours.

A linear model decides, with the verdict of the grammar of names (``names.py``) as one of its features; every mention
of one name in the article has a voice. Without weights the grammar's verdict stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from articles.extraction import linear
from articles.extraction.en.names import Name
from articles.extraction.en.tokens import tag_of, verbs
from articles.extraction.lexicon import table, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = ("other", "person", "organisation")
MODEL = "en/kinds"
_WORD = re.compile(r"[A-Za-z0-9][\w’'-]*|[^\s\w]")
_CAMEL = re.compile(r"[a-z][A-Z]")
_REACH = 60
_SURE = 0.9
# So many mentions of a name tell its kind.
_MENTIONS = 12
_LIKELY, _PLAUSIBLE = 0.7, 0.6


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of one run and the chance that it is right."""

    kind: str
    chance: float


def kinds(text: str, names: Sequence[Name]) -> list[Kind]:
    """The kind of each run, decided over all runs of the article with the same words."""
    import numpy as np

    model = linear.load(MODEL)
    if model is None:
        return [Kind("person" if name.person else "other", 1.0) for name in names]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        groups[name.parts].append(index)
    found = [Kind("other", 0.0)] * len(names)
    for members in groups.values():
        scores = [model.scores(features(text, names[i])) for i in members[:_MENTIONS]]
        chances = linear.softmax(np.mean(scores, axis=0))
        parts = names[members[0]].parts
        if len(parts) > 1 and parts[-1].lower() in _suffixes() and parts[0] not in _given():
            chances[KINDS.index("person")] = 0.0
        form = " ".join(parts)
        if any(names_event(text, names[i].end) for i in members):
            chances[KINDS.index("organisation")] = 0.0
        if len(parts) > 1 and form in _firms():
            chances[KINDS.index("person")] = 0.0
        if len(form) < 2 or form in places() or _opens_only(text, [names[i] for i in members]):
            chances[KINDS.index("organisation")] = 0.0
        if len(parts) == 1 and form in places():
            chances[KINDS.index("person")] = 0.0
        person = chances[KINDS.index("person")] > 0 and any(names[i].person for i in members)
        verdict = _verdict(chances, person)
        for index in members:
            found[index] = verdict
    return found


# "Turing Award", "Goldman Street": the name of something else.
_EVENT = re.compile(
    r" (?:Award|Prize|Medal|Act|Bill|Street|Avenue|Road|Park|Hotel|Stadium|Cup|Festival|Conference|Summit"
    r"|Lecture|Fellowship)\b"
)
# Beginnings of adjectives and the like: capitalised only because they open the sentence.
_OPENS = re.compile(r"(?:^|[.!?:;“\"(\n])\s*$")
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:al|ous|ive|ful|less|able|ible|ary|ent|ant|ic|ish|est|ed|ing)")


def names_event(text: str, end: int) -> bool:
    """Whether the name that ends at ``end`` goes on as an award's, a street's or the like."""
    return _EVENT.match(text, end) is not None


def _opens_only(text: str, runs: Sequence[Name]) -> bool:
    """Whether a single word that looks like an adjective stands nowhere but at the beginning of sentences."""
    parts = runs[0].parts
    if len(parts) > 1 or not _ADJECTIVE.fullmatch(parts[0]) or parts[0] in _firms():
        return False
    return all(_OPENS.search(text, max(0, run.start - 4), run.start) for run in runs)


def _verdict(chances: NDArray[Any], person: bool) -> Kind:
    """The likeliest kind; against the grammar's word, and for what it left open, only where the model is sure."""
    best = int(chances.argmax())
    if person and chances[best] < _SURE:
        best = KINDS.index("person")
    elif not person and chances[best] < (_PLAUSIBLE if KINDS[best] == "organisation" else _LIKELY):
        best = KINDS.index("other")
    return Kind(KINDS[best], float(chances[best]))


def features(text: str, name: Name) -> set[str]:
    """What the model looks at: the run's words and shape, and five words on either side."""
    before = _words(text[max(0, name.start - _REACH) : name.start])[-5:]
    after = _words(text[name.end : name.end + _REACH])[:5]
    parts = name.parts
    result = set(_shape(name))
    for part in parts:
        low = part.lower()
        result.add(f"word:{low}")
        result |= {f"end:{low[-n:]}" for n in (2, 3, 4)} | {f"begin:{low[:n]}" for n in (2, 3, 4)}
    for n in (1, 2, 3):
        result |= {f"-{n}:{' '.join(before[-n:])}", f"+{n}:{' '.join(after[:n])}"}
    result |= {f"<:{word}" for word in before} | {f">:{word}" for word in after}
    left, right = " ".join(before[-1:]), " ".join(after[:1])
    classes = [_class(word) for word in (*before[-2:], *after[:2])]
    result |= {f"class{i}:{sort}" for i, sort in enumerate(classes, 2 - len(before[-2:]))}
    result.add(f"classes:{_classes(before, after)}")
    given = parts[0] in _given()
    result |= {f"-:{left},{len(parts)}", f"+:{right},{len(parts)}", f"-+:{left}|{right}", f"-given:{left},{given}"}
    return result


def _classes(before: list[str], after: list[str]) -> str:
    """The classes of the words next to the run, together."""
    return f"{_class(before[-1]) if before else '^'}|{_class(after[0]) if after else '$'}"


@cache
def _class(word: str) -> str:
    """What the grammar knows of a word: what its verb does, else its class, else its ending."""
    frames = sorted({verb.frame for verb in verbs().get(word, ()) if not verb.particles})
    if frames:
        return f"{frames[0]}:{'ing' if word.endswith('ing') else ''}"
    tag = tag_of(word)
    if tag in {"PREP", "P", "CONJ", "PRO", "REL"}:
        return word
    return tag or (word if not word.isalpha() else word[-2:])


def _shape(name: Name) -> Iterator[str]:
    parts = name.parts
    first, last = parts[0], parts[-1]
    given, surname = first in _given(), last in _surnames()
    yield f"grammar:{name.person}"
    yield f"parts:{len(parts)}"
    yield f"first:{first.lower()}"
    yield f"last:{last.lower()}"
    yield f"known:{given},{surname},{len(parts)}"
    yield f"firm:{' '.join(parts) in _firms()},{len(parts) > 1}"
    yield f"place:{' '.join(parts) in places()}"
    yield f"suffix:{last.lower() in _suffixes()}"
    yield f"hyphen:{'-' in first},{'-' in last}"
    yield f"capitals:{any(part.isupper() and len(part) > 1 for part in parts)}"
    yield f"camel:{any(_CAMEL.search(part) for part in parts)}"
    yield f"digit:{any(c.isdigit() for part in parts for c in part)}"
    yield f"initial:{any(len(part) == 2 and part[1] == '.' for part in parts)}"


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


@cache
def _given() -> frozenset[str]:
    return words("en/given_names")


@cache
def _surnames() -> frozenset[str]:
    return words("en/surnames")


@cache
def _firms() -> frozenset[str]:
    return words("en/companies")


@cache
def places() -> frozenset[str]:
    """Towns, countries and regions."""
    return words("en/places")


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(table("en/nouns")["organisation_suffixes"]) | {w.lower() for w in table("en/firms")["endings"]}
