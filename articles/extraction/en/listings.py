"""Moves told by lists: "Acme's hires include A and B", "departures from Acme, including A", "Among them: A"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from articles.extraction.claims import MoveKind
from articles.extraction.en.clauses import Arguments
from articles.extraction.en.events import Event, Verdict
from articles.extraction.en.frames import Frames
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human, Node
from articles.extraction.lexicon import table

_LISTS = frozenset(
    {
        "including",
        "include",
        "includes",
        "included",
        ":",
        "like",
        "namely",
        "notably",
        "are",
        "is",
        "were",
        "was",
        "such",
        "among",
    }
)
# How a sentence begins that names those of a group.
_GOES_ON = re.compile(
    r"(?:They|These|Among|(?:The|That|This)\s(?:[\w-]+\s){0,2}?(?:group|list|cohort|trio|duo|pair|quartet|contingent"
    r"|hires|recruits|departures|defectors|defections|exits|leavers|newcomers))\b"
    r"|[A-Z][\w’'-]+\s(?:[\w’'-]+\s){0,3}?(?:names|hires|recruits|additions|arrivals|newcomers|members|defectors|departures)"
    r"\s(?:(?:so\sfar|also|have|has)\s){0,2}(?:includ(?:e|es|ed|ing)|are|were)\b"
)
_NAMES_THEM = frozenset({"them", "include", "includes", "included", "hires", "recruits", "comprises", "comprised"})
_BEFORE_MEMBERS = frozenset(
    {":", ",", ";", "—", "–", "and", "are", "were", "is", "was", "include", "includes", "included", "comprises"}
)
# "…, and Byrne criticised it": what acts is named for itself.
_ACTS = frozenset({"V", "OV", "AUX"})
_SAYS_OF = frozenset({"are", "is", "were", "was", "represent", "represents", "mark", "marks", "become", "became"})
_MORE = frozenset({"other", "others", "more", "further", "additional", "recent", "fellow"})
_JUST_TOLD = 600
_DEPARTING = frozenset({"departing", "outgoing"})


@cache
def nouns(key: str) -> frozenset[str]:
    """The words of one list of the lexicon's nouns."""
    return frozenset(table("en/nouns")[key])


def goes_on(sentence: str) -> bool:
    """Whether a sentence begins as one that names those of whom the one before has told."""
    return _GOES_ON.match(sentence) is not None


class Listings(Frames):
    """The lists of movers in one parsed sentence."""

    def _listed(self, i: int) -> Iterator[Event]:
        """ "four more Acme hires from Bolt: A, B and C", "departures from Acme, including A", "Acme's hire is A"."""
        node = self.clauses.nodes[i]
        head = node.humans[-1]
        word = (head.role or "").lower().split()[-1:]
        words = self.scene.reading.document.text[head.start : head.end].lower().split()
        leaving = bool(word) and (word[0] in nouns("leavers") or bool(_DEPARTING & set(words)))
        fresh = head.plural and bool({"new", "newest", "incoming"} & set(words))
        if not word or head.person or not (leaving or fresh or word[0] in nouns("joiners")):
            return
        places = [
            (p, t.origin)
            for t in head.ties
            if (p := self.scene.place(t.organisation, self.sentence, t.organisation.start))
        ]
        if leaving and self._is_said_of(i):
            unsaid = all(tie.organisation.name is None for tie in head.ties)
            yield from self._from_list_of(i, self._left_by_group() if unsaid else places)
            return
        k = self._list_behind(i + 1, places)
        for m in self.clauses.members(k) if k > 0 else ():
            for human in self.movers(self.clauses.nodes[m]):
                if human.person:
                    yield from self._from_list(i, m, human, leaving, places)

    def _is_said_of(self, i: int) -> bool:
        """ "A and B are the latest departures": whether the words before make it a description of those named."""
        said = self.clauses.low(i - 1) in _SAYS_OF or (
            self.clauses.low(i - 1) == "among" and self.clauses.kind(i - 2) == "AUX"
        )
        return said and self._whom_it_lists(i) is not None

    def _whom_it_lists(self, i: int) -> Node | None:
        at = i - 3 if self.clauses.low(i - 1) == "among" else i - 2
        node = self._node(at) if at >= 0 else None
        return node if node is not None and node.kind == "H" and all(h.person for h in node.humans) else None

    def _left_by_group(self) -> list[tuple[Place, bool]]:
        """ "the company" that those leave who were counted in the sentence before: where these came from."""
        group, at = self.scene.last_group, self.scene.reading.index_of(self.sentence)
        left = group[2] if group is not None and group[0] == at - 1 else None
        return [(left, True)] if left is not None else []

    def _from_list_of(self, i: int, places: list[tuple[Place, bool]]) -> Iterator[Event]:
        named = self._whom_it_lists(i)
        for human in self.movers(named) if named is not None else ():
            yield from self._from_list(i, i, human, True, places)

    def _list_behind(self, k: int, places: list[tuple[Place, bool]]) -> int:
        """Where the names begin behind "include", "are" or a colon; adds to ``places`` what is told on the way
        ("additions to Acme include"). 0 for none."""
        while self.clauses.low(k) not in _LISTS or (self.clauses.low(k) == "are" and self.clauses.kind(k + 1) == "ADV"):
            low, kind = self.clauses.low(k), self.clauses.kind(k)
            if low in {"to", "at", "from"} and (place := self.place(self._node(k + 1))) is not None:
                places.append((place, low == "from"))
                k += 1
            elif low not in {",", "so", "far", "who", "most"} and kind not in {"T", "ADV", "AUX"}:
                return 0
            k += 1
        k += 2 if self.clauses.low(k) in {"such", "among"} else 1
        return k if self.clauses.kind(k) == "H" and not self.clauses.nodes[k].possessive else 0

    def _from_list(
        self, i: int, k: int, human: Human, leaving: bool, places: list[tuple[Place, bool]]
    ) -> Iterator[Event]:
        origin = next((p for p, came in places if came), None)
        other = next((p for p, came in places if not came), None)
        event = self.event(human, "departure" if leaving else "hire", i, Arguments(end=k), "list", 0.75, Verdict())
        event.start = self.clauses.nodes[i].start
        event.origin = origin or (other if leaving else self.origin_of(human, other))
        if leaving and event.origin is None:
            event.origin = self.place_before(event.start, frozenset()) or self.place_behind(i)
        avoid = frozenset(p.name for p in [origin] if p and p.name) | self._once_at(k)
        other = other or self._now_at(k)
        if not leaving:
            teller = other or self._teller(i) or self._said_by(event.start, avoid)
            event.destination = (
                teller
                or self._gone_on_with(self.clauses.nodes[i].humans[-1], avoid)
                or self.place_before(event.start, avoid)
            )
        if event.destination or (leaving and event.origin):
            yield event

    def _gone_on_with(self, head: Human, avoid: frozenset[str]) -> Place | None:
        """ "Other recruits include A and B": where the one went of whom the text told last."""
        last, text = self.scene.last_arrival, self.scene.reading.document.text
        more = text[head.start : head.end].lower().split()[:1]
        near = last is not None and 0 < self.sentence.start - last[0] <= _JUST_TOLD
        return last[1] if last is not None and near and last[1].name not in avoid and set(more) & _MORE else None

    def _once_at(self, k: int) -> frozenset[str]:
        """Where those of the list at ``k`` were before, which no word means for where they go."""
        ties = [t for m in self.clauses.members(k) for h in self.clauses.nodes[m].humans for t in h.ties]
        return frozenset(t.organisation.name for t in ties if t.former and t.organisation.name)

    def _now_at(self, k: int) -> Place | None:
        """ "Recent hires include A and B, now with Acme": where those of the list at ``k`` are."""
        behind = [self.clauses.low(m) for m in range(k + 1, k + 4)]
        told = behind[:2] == [",", "now"] and behind[2] in {"at", "with"}
        return self.place(self._node(k + 4)) if told else None

    def _among(self, i: int) -> Iterator[Event]:
        """ "Among them: A, B and C", "They include A and B": members of the group of which the sentence before told."""
        group = self.scene.last_group
        told = {self.clauses.low(k) for k in range(i, i + 5)} & _NAMES_THEM
        at = self.scene.reading.index_of(self.sentence)
        behind = self._node(i + 2)
        spelled = behind is not None and behind.kind == "H" and bool(behind.humans[0].person)
        told = told or ({self.clauses.low(i + 1)} & {"are", "were"} if spelled else set())
        if group is None or not told or group[0] != at - 1:
            return
        _, joined, left = group
        for k, node in enumerate(self.clauses.nodes):
            if (
                node.kind != "H"
                or node.possessive
                or self.clauses.low(k - 1) not in _BEFORE_MEMBERS
                or (self.clauses.low(k - 1) == "and" and self.clauses.kind(k + 1) in _ACTS)
            ):
                continue
            for human in (h for h in self.movers(node) if h.person):
                kind: MoveKind = "hire" if joined else "departure"
                event = self.event(human, kind, k, Arguments(end=k), "among", 0.65, Verdict())
                event.destination, event.origin = joined, left
                if joined is not None:
                    event.origin = self.origin_of(human, joined) or left
                yield event

    def _teller(self, i: int) -> Place | None:
        """ "Acme confirmed the hiring of …": the employer that acts in the clause."""
        v = self.clauses.verb_before(i)
        return self.employer(self.clauses.subject(v).node) if v >= 0 else None

    def _node(self, k: int) -> Node | None:
        return self.clauses.nodes[k] if k < len(self.clauses.nodes) else None
