"""A move as one clause tells it, and what the words that govern its verb say of its standing."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.claims import MoveKind, Status
from articles.extraction.en.antecedents import standing
from articles.extraction.en.scene import Parsed, Place
from articles.extraction.en.shapes import Human
from articles.extraction.organisations import lookup

# "is not immediately leaving" denies no more than the time.
NOT_YET = frozenset({"immediately", "yet", "entirely", "completely", "fully", "necessarily", "only", "just"})
FOR_GOOD = frozenset({"good", "altogether", "entirely", "completely", "yet"})


@dataclass(slots=True)
class Event:
    """A move as one clause tells it, before what the rest of the article adds."""

    human: Human
    kind: MoveKind
    start: int
    end: int
    rule: str
    confidence: float
    parsed: Parsed
    origin: Place | None = None
    destination: Place | None = None
    status: Status | None = None
    role: str | None = None
    focus: tuple[int, int] | None = None


@dataclass(slots=True)
class Verdict:
    """What governs a verb says: its status where the wording decides it, or that nothing is claimed."""

    status: Status | None = None
    void: bool = False


def judge(words: list[str], *, named: bool, attempt: bool = False, vague: bool = False) -> Verdict:
    """The standing of a move whose verb these words govern; ``attempt`` for verbs whose object may say no."""
    found = set(words)
    if found & standing("prevented") or "if" in found:
        return Verdict(void=True)
    if found & standing("tried"):
        return Verdict("declined") if attempt and named else Verdict(void=True)
    if found & standing("declining"):
        return Verdict("declined") if named else Verdict(void=True)
    if found & standing("negative") or any(w.endswith(("n't", "n’t")) for w in found):
        if found & NOT_YET:
            return Verdict(void=True)
        return Verdict("denied") if named else Verdict(void=True)
    if found & standing("rumoured"):
        return Verdict("rumoured") if named or found & {"appears", "appear", "seems"} else Verdict(void=True)
    if found & {"would", "'d", "’d"} and "told" in found:
        return Verdict("planned")
    if not named and found & standing("habitual"):
        return Verdict(void=True)
    if found & standing("trying") or found & standing("hypothetical"):
        return Verdict(void=True)
    if found & standing("planned") and "now" not in found:
        return Verdict("planned", void=vague)
    return Verdict("confirmed" if "self" in found else None)


def same(one: Place | None, two: Place | None) -> bool:
    """Whether two places are one employer."""
    return one is not None and two is not None and one.name is not None and one.name == two.name


def employs_people(place: Place) -> bool:
    entry = lookup(place.name or "")
    return entry is None or entry.kind != "outlet"
