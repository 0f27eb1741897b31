"""Gathers the tokens of an English sentence into phrases: people, groups, organisations, times; the rest stays words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from articles.extraction.claims import Cohort
from articles.extraction.en.tokens import Token, numbers, plural_roles
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, PersonMention
from articles.extraction.organisations import lookup

_LONGEST = 16
_SIZED = re.compile(r"(\d+|[a-z]+)-(?:person|member|people|strong|man)")


@dataclass(slots=True)
class Organisation:
    """An organisation as a phrase names it; ``name`` None is a venture without a name, ``word`` a noun to resolve
    ("the company"), ``team`` the part of it that is meant."""

    start: int
    end: int
    name: str | None
    team: str | None = None
    word: str | None = None
    known: bool = True


@dataclass(slots=True)
class Tie:
    """A person's bond to an organisation as a phrase tells it: a job now or before, or where they came from."""

    organisation: Organisation
    former: bool = False
    origin: bool = False


@dataclass(slots=True)
class Human:
    """One person or one unnamed group, with what the phrase says of them."""

    start: int
    end: int
    person: str | None = None
    pronoun: str | None = None
    cohort: Cohort | None = None
    plural: bool = False
    definite: bool = False
    role: str | None = None
    ties: list[Tie] = field(default_factory=list)


@dataclass(slots=True)
class Node:
    """A phrase or a single token; ``kind`` is H (people), O (organisation), T (time) or the token's tag."""

    kind: str
    start: int
    end: int
    low: str
    token: Token
    humans: list[Human] = field(default_factory=list)
    organisation: Organisation | None = None
    possessive: bool = False
    aside: bool = False


@cache
def _set(file: str, key: str) -> frozenset[str]:
    return frozenset(table(f"en/{file}")[key])


_AND = frozenset({"and", "&", "plus"})
_CHIEFS = frozenset(
    [
        "ceo",
        "cto",
        "cfo",
        "coo",
        "cpo",
        "cro",
        "president",
        "founder",
        "co-founder",
        "cofounder",
        "chairman",
        "chair",
        "head",
        "boss",
        "chief",
        "officer",
        "leader",
        "veteran",
        "alum",
        "founders",
        "co-founders",
        "cofounders",
    ]
)
_TIE_WORDS = frozenset({"of", "at", "for", "from", "in", "on", "within", "inside", "with"})


class Phraser:
    """Reads the phrases of one sentence from left to right."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.count = len(tokens)

    def nodes(self) -> list[Node]:
        """The sentence as phrases and left-over tokens, in order."""
        found: list[Node] = []
        i = 0
        while i < self.count:
            node, i = self._next(i)
            found.append(node)
        return found

    def _next(self, i: int) -> tuple[Node, int]:
        token = self.tokens[i]
        if (j := self._time(i)) > i:
            return self._node("T", i, j), j
        if token.low == "it" and self._tag(i + 1) in {"V", "AUX", "ADV"}:
            node = self._node("O", i, i + 1)
            node.organisation = Organisation(token.start, token.end, None, word="it")
            return node, i + 1
        if token.low == "both" and (
            self._tag(i + 1) in {"V", "AUX"} or (self._low(i + 1) == "of" and self._low(i + 2) in {"them", "whom"})
        ):
            j = i + 1 if self._low(i + 1) != "of" else i + 3
            node = self._node("H", i, j)
            node.humans = [Human(token.start, self.tokens[j - 1].end, pronoun="they", plural=True)]
            return node, j
        if token.tag == "PRO" and token.low in {"he", "she", "they", "him", "them", "i"}:
            node = self._node("H", i, i + 1)
            node.humans = [Human(token.start, token.end, pronoun=token.low, plural=token.low in {"they", "them"})]
            return node, i + 1
        if (group := self._group(i)) is not None:
            humans, j, possessive = group
            node = self._node("H", i, j)
            node.humans, node.possessive = humans, possessive
            node.aside = any(t.low == "," for t in self.tokens[i:j])
            return node, j
        if (found := self._organisation(i)) is not None:
            organisation, j, possessive = found
            node = self._node("O", i, j)
            node.organisation, node.possessive = organisation, possessive
            return node, j
        return self._node(token.tag, i, i + 1), i + 1

    def _node(self, kind: str, i: int, j: int) -> Node:
        first, last = self.tokens[i], self.tokens[j - 1]
        return Node(kind, first.start, last.end, first.low, first)

    def _tag(self, i: int) -> str:
        return self.tokens[i].tag if i < self.count else ""

    def _low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < self.count else ""

    # Times

    def _time(self, i: int) -> int:
        """The end of the time expression at ``i``, or ``i``."""
        j, seen = i, False
        while j < self.count and j - i < 9:
            token = self.tokens[j]
            if token.tag in {"UNIT", "YEAR"} or token.low == "ago":
                seen = True
            elif token.tag == "NUM" or token.low in _set("grammar", "time_before"):
                if seen and token.low not in {"ago", "last", "this", "next", "of", "in", "the"} and token.tag != "NUM":
                    break
            else:
                break
            j += 1
        if not seen:
            return i
        while j > i and not (self._tag(j - 1) in {"UNIT", "YEAR", "NUM"} or self._low(j - 1) == "ago"):
            j -= 1
        if self.tokens[i].tag == "NUM" and self._tag(j - 1) == "NUM":
            return i
        return (
            i
            if self._tag(j) in {"ROLE", "POS"}
            and self._low(j - 1) not in {"ago"}
            and j - i == 1
            and self._tag(i) == "NUM"
            else j
        )

    # People

    def _group(self, i: int) -> tuple[list[Human], int, bool] | None:
        """A person or group at ``i`` with those that "and", commas and the like add to it."""
        first = self._human(i)
        if first is None:
            return None
        human, j = first
        if self._tag(j) == "POS":
            return [human], j + 1, True
        group, k = [human], j
        pending: list[Human] = []
        while (step := self._joint(k)) is not None and len(group) + len(pending) < 40:
            at, closing = step
            nearer = self._human(at)
            if nearer is None or (nearer[0].definite and not nearer[0].person):
                break
            if self._tag(nearer[1]) == "POS":
                break
            pending.append(nearer[0])
            k = nearer[1]
            if closing:
                group += pending
                pending, j = [], k
        if pending and self._listed(i) and all(h.person for h in pending):
            group, j = group + pending, k
        self._share(group)
        j = self._both(group, j)
        group = self._merged(group)
        return group, j, self._tag(j) == "POS"

    def _listed(self, i: int) -> bool:
        """Whether a colon or dash opened a list here, so that commas alone go on with it."""
        return self._low(i - 1) in {":", "—", "–", "-", "•", "*"} or i == 0

    def _joint(self, j: int) -> tuple[int, bool] | None:
        """Where the next member of a list begins, and whether the joint ends a list ("and")."""
        low, following = self._low(j), self._low(j + 1)
        if low == "," and following in _AND:
            return j + 2, True
        if low in _AND:
            return j + 1, True
        if low in {"alongside", "including"} and self._tag(j + 1) == "PER":
            return j + 1, True
        if low in {",", ""} and following in {"alongside"}:
            return j + 2, True
        start = j + 1 if low == "," else j
        if self._low(start) == "as" and self._low(start + 1) == "well" and self._low(start + 2) == "as":
            return start + 3, True
        if self._low(start) in {"along", "together"} and self._low(start + 1) == "with":
            return start + 2, True
        return (j + 1, False) if low in {",", ";"} else None

    def _both(self, group: list[Human], j: int) -> int:
        """"A and B, both of Acme,": where all of a list are from."""
        if len(group) < 2 or self._low(j) != "," or self._low(j + 1) not in {"both", "all", "formerly"}:
            return j
        k = j + 2 + (self._low(j + 2) == "formerly")
        former = self._low(k - 1) == "formerly" or self._low(k) == "from"
        if self._low(k) not in {"of", "from", "at"} or self._tag(k + 1) not in {"ORG", "CAP"}:
            return j
        tie = Tie(self.as_organisation(self.tokens[k + 1]), former, self._low(k) == "from")
        for human in group:
            human.ties = human.ties or [tie]
        return k + 2 + (self._low(k + 2) == ",")

    def _merged(self, group: list[Human]) -> list[Human]:
        """Unnamed groups told in one breath ("several researchers and a director") are one group."""
        crowd = [h for h in group if h.cohort and not h.person]
        if len(crowd) < 2 or any(h.definite or h.ties != crowd[0].ties for h in crowd):
            return group
        first, last = crowd[0], crowd[-1]
        counts = [h.cohort.min for h in crowd if h.cohort]
        total = sum(c for c in counts if c) if all(counts) else None
        first.cohort = Cohort(self.text[first.start : last.end], total, total)
        first.plural, first.end = True, last.end
        return [h for h in group if h.person or h is first or not h.cohort]

    @staticmethod
    def _share(group: list[Human]) -> None:
        """ "Researchers A, B and C", "OpenAI's A and B": what precedes a list holds for all of it."""
        head = group[0]
        if len(group) < 2:
            return
        for human in group[1:]:
            if human.ties:
                continue
            if human.person and not human.role and head.plural and head.role:
                human.role = head.role
                human.ties = list(head.ties)
            elif (
                human.role
                and (human.person or human.cohort)
                and head.ties
                and not head.ties[0].origin
                and not human.definite
            ):
                human.ties = list(head.ties)
        last = group[-1]
        if last.cohort and last.ties and "other" in last.cohort.text.split():
            for human in group[:-1]:
                human.ties = human.ties or list(last.ties)
        carried: list[Tie] = []
        for human in reversed(group):
            if human.ties:
                carried = list(human.ties) if human.person and all(t.origin for t in human.ties) else []
            elif human.person and not human.role:
                human.ties = list(carried)

    def _human(self, i: int) -> tuple[Human, int] | None:
        """One person or one group at ``i``."""
        scan = _Scan(self, i)
        found = scan.run()
        return found

    # Organisations

    def _organisation(self, i: int) -> tuple[Organisation, int, bool] | None:
        token = self.tokens[i]
        if token.tag == "ORG":
            return self._named(i, i)
        if token.tag == "DET" and self._tag(i + 1) == "ORG" and self._tag(i + 2) != "POS":
            return self._named(i + 1, i)
        if (
            token.tag == "DET"
            and self._low(i + 1) in {"entire", "whole", "core", "full"}
            and self._tag(i + 2) in {"ORG", "CAP"}
        ):
            return self._named(i + 2, i)
        if token.tag not in {"DET", "W", "ROLE", "POS", "NUM"} and token.low not in {"rival"}:
            return None
        j = i
        while j < self.count and j - i < 8 and self._tag(j) in {"DET", "W", "ROLE", "NUM", "OV", "ORG", "POS"}:
            token = self.tokens[j]
            if j > i and token.tag in {"DET"} and token.low not in {"own"}:
                return None
            if token.tag in {"ORG", "POS"} and not (
                (token.tag == "ORG" and self._tag(j + 1) == "POS")
                or (token.tag == "POS" and j > i and self._tag(j - 1) == "ORG")
            ):
                return None
            if (
                token.low in _set("nouns", "organisations")
                or token.low in _set("nouns", "teams")
                or token.low in _set("nouns", "ventures")
            ):
                if self._tag(j + 1) in {"ORG", "CAP"} and token.low in _set("nouns", "organisations"):
                    return self._named(j + 1, i)
                if self._low(j + 1) in _set("grammar", "time_before") or self._tag(j + 1) not in {"W", "ROLE"} or self._low(j + 1) in {"backed"}:
                    return self._described(i, j)
            j += 1
        return None

    def _named(self, at: int, i: int) -> tuple[Organisation, int, bool]:
        """The organisation whose name stands at ``at``, with a team that may follow it."""
        token = self.tokens[at]
        organisation = self.as_organisation(token, self.tokens[i].start)
        j = at + 1
        if self._low(j) == "(" and self._low(j + 2) == ")":
            j += 3
        possessive = self._tag(j) == "POS"
        team = self._team(j + possessive)
        if team > j:
            if team > j + possessive + 1:
                organisation.team = self.text[self.tokens[j + possessive].start : self.tokens[team - 1].end]
            organisation.end = self.tokens[team - 1].end
            if (
                self._low(team) == ","
                and self._tag(team + 1) == "ORG"
                and self.tokens[team + 1].ref.name == organisation.name
            ):
                return organisation, team + 2, False
            return organisation, team, self._tag(team) == "POS"
        return organisation, j + possessive, possessive

    def _team(self, j: int) -> int:
        """The end of the team's name at ``j`` ("Zurich office"), or ``j``."""
        for k in range(j, min(j + 6, self.count)):
            tag = self._tag(k)
            if self._low(k) in _set("nouns", "teams") and self._tag(k + 1) not in {"W", "ROLE", "PER"}:
                return k + 1
            if tag not in {"W", "CAP", "ROLE", "NUM"} and not (tag == "ORG" and k == j):
                return j
        return j

    @staticmethod
    def as_organisation(token: Token, start: int | None = None) -> Organisation:
        """The organisation that an ORG or CAP token names."""
        begin = token.start if start is None else start
        if isinstance(token.ref, OrganisationMention):
            return Organisation(begin, token.end, token.ref.name, token.ref.team)
        if (entry := lookup(token.text)) is not None:
            return Organisation(begin, token.end, entry.name, entry.team)
        return Organisation(begin, token.end, token.text, known=False)

    def _described(self, i: int, j: int) -> tuple[Organisation, int, bool] | None:
        """ "the company", "its superintelligence team", "her own startup, Acme"."""
        head, opener = self.tokens[j], self._opener(i, j)
        start, end = self.tokens[i].start, head.end
        k = j + 1
        if self._tag(k) == "POS":
            return self._described_team(start, head, k + 1) if opener in {"the", "this", "that"} else None
        team = head.low in _set("nouns", "teams") and (
            opener in {"its", "their", "his", "her"} or head.low not in _set("nouns", "ventures")
        )
        if team and opener in {"its", "their", "our"}:
            return Organisation(start, end, None, self.text[self._after(i) : end], "its"), k, False
        if opener in {"the", "this", "that"} and head.low in _set("nouns", "organisations"):
            return Organisation(start, end, None, word=head.low), k, False
        if head.low in _set("nouns", "ventures") and (
            opener in {"a", "an", "his", "her", "their", "own", "new", "another"} or head.low.endswith("s")
        ):
            return self._venture(start, j)
        return None

    def _described_team(self, start: int, head: Token, k: int) -> tuple[Organisation, int, bool]:
        """ "the company's new AI unit, Acme Labs"."""
        organisation = Organisation(start, head.end, None, word=head.low)
        end = self._team(k)
        if end == k:
            return organisation, k, True
        organisation.team = self.text[self.tokens[k].start : self.tokens[end - 1].end]
        if self._low(end) == "," and self._tag(end + 1) == "ORG":
            return self.as_organisation(self.tokens[end + 1], start), end + 2, False
        return organisation, end, self._tag(end) == "POS"

    def _opener(self, i: int, j: int) -> str:
        return next((self._low(k) for k in range(i, j) if self._tag(k) == "DET"), self._low(i) if i < j else "")

    def _after(self, i: int) -> int:
        return self.tokens[i + 1].start

    def _venture(self, start: int, j: int) -> tuple[Organisation, int, bool]:
        """A new organisation, with the name that a comma or "called" gives it."""
        k = j + 1
        if self._low(k) in {"called", "named", "dubbed", ",", "—", "–", "(", ":"} or self._tag(k) in {"CAP", "ORG"}:
            at = k if self._tag(k) in {"CAP", "ORG"} else k + 1
            if self._low(at) in {"called", "named", "dubbed"}:
                at += 1
            if self._tag(at) in {"CAP", "ORG"} and self._low(at + 1) not in {"'s", "’s"}:
                return self.as_organisation(self.tokens[at], start), at + 1, False
        return Organisation(start, self.tokens[j].end, None, word="venture"), k, self._tag(k) == "POS"


class _Scan:
    """Reads one person or group, modifier by modifier."""

    def __init__(self, phraser: Phraser, i: int) -> None:
        self.p = phraser
        self.i = i
        self.j = i
        self.number: int | None = None
        self.whole: int | None = None
        self.bound = ""
        self.former = False
        self.determiner = ""
        self.role_at = -1
        self.first_role = -1
        self.ties: list[Tie] = []
        self.person: Token | None = None
        self.vague = False

    def run(self) -> tuple[Human, int] | None:
        self._bounds()
        while self.j < self.p.count and self.j - self.i < _LONGEST and self._step():
            pass
        if self.person is not None:
            return self._named()
        if self.role_at < 0:
            return self._bare_number()
        return self._unnamed()

    def _bare_number(self) -> tuple[Human, int] | None:
        """ "at least two returning to Acme": a number of people already spoken of."""
        p = self.p
        if self.number is None or self.number > 60 or self.j - self.i > 4:
            return None
        if p._tag(self.j - 1) != "NUM" and not (
            p._low(self.j - 1) == "of" and p._low(self.j) in {"them", "whom", "those"}
        ):
            return None
        j = self.j
        if p._low(j) in {"them", "whom", "those"}:
            j += 1
        elif p._low(j) == "of" and p._low(j + 1) in {"them", "whom", "those"}:
            j += 2
        verb = p.tokens[j] if j < p.count else None
        if verb is None or not (
            verb.tag == "AUX" or (verb.tag == "V" and (verb.low.endswith("ing") or j > self.j or self.bound))
        ):
            return None
        human = Human(p.tokens[self.i].start, p.tokens[j - 1].end, plural=True)
        human.cohort = self._cohort(human, True)
        return human, j

    def _bounds(self) -> None:
        p, two = self.p, f"{self.p._low(self.j)} {self.p._low(self.j + 1)}"
        three = f"{two} {p._low(self.j + 2)}"
        for kind in ("bounds_least", "bounds_most", "bounds_about"):
            for phrase, size in ((three, 3), (two, 2), (p._low(self.j), 1)):
                number_at = self.j + size
                if phrase in _set("grammar", kind) and (
                    p._tag(number_at) == "NUM" or (p._low(number_at) == "a" and p._tag(number_at + 1) == "NUM")
                ):
                    self.bound = kind
                    self.determiner = phrase if size == 1 else ""
                    self.j = number_at + (p._tag(number_at) == "DET")
                    return

    def _step(self) -> bool:
        """Take the token at ``j`` into the phrase; False where the phrase ends before it."""
        p, token = self.p, self.p.tokens[self.j]
        tag, low = token.tag, token.low
        if tag == "PER":
            self.person = token
            self.j += 1
            return False
        if tag == "NUM":
            return self._take_number(token)
        if tag in {"W", "UNIT"} and (sized := _SIZED.fullmatch(low)):
            value = int(sized[1]) if sized[1].isdecimal() else numbers().get(sized[1])
            self.whole = value if self.whole is None else self.whole
            self.j += 1
            return True
        if low in _set("grammar", "vague_quantity") and p._low(self.j + 1) == "of":
            self.vague = True
            size = table("en/grammar")["group_sizes"].get(low)
            self.number = self.number if self.number is not None else size
            self.j += 2
            return True
        if tag == "DET":
            return self._take_determiner(low)
        if tag == "ORG" or tag == "CAP":
            return self._take_organisation(token)
        if low in _set("nouns", "organisations") and p._tag(self.j + 1) == "POS" and self.role_at < 0:
            word = Organisation(token.start, token.end, None, word=low)
            self.ties = [Tie(word, self.former)]
            self.j += 2
            return True
        if low in _set("nouns", "former") and tag != "ROLE":
            self.former = True
            self.j += 1
            return True
        if tag == "ROLE":
            return self._take_role(low)
        if tag == "POS" and self.j > self.i and p._tag(self.j - 1) == "W":
            self.j += 1
            return True
        if tag == "P" and low == "-" and p._low(self.j - 1) in {"ex", "co", "non"}:
            self.j += 1
            return True
        if tag == "W" and low not in {"to", "least"}:
            if self.j == self.i and low.endswith("ing") and low not in _set("nouns", "role_words"):
                return False
            self.j += 1
            return self.role_at < 0 or p._tag(self.j) in {"W", "ROLE", "PER", "ORG"}
        if (
            tag in {"OV", "V", "ADV"}
            and self.j > self.i
            and p._tag(self.j + 1) in {"ROLE", "W"}
            and p._tag(self.j - 1) in {"DET", "NUM", "POS", "ROLE", "ADV"}
        ):
            if low.endswith(("ed", "ing", "ly")) or tag == "ADV":
                self.j += 1
                return self.role_at < 0
        return self._take_inner(low)

    def _take_number(self, token: Token) -> bool:
        p = self.p
        value = 12 if token.low == "dozen" else 6 if token.low == "half" else numbers().get(token.low)
        if value is None:
            bare = token.low.replace(",", "")
            value = int(bare) if bare.isdecimal() else None
        if token.low == "half" and not (p._low(self.j + 1) in {"a", "dozen"} or p._low(self.j + 1) == "of"):
            return False
        if token.low == "half" and p._low(self.j + 1) == "of":
            self.vague = True
            self.j += 2
            return True
        if token.low == "half":
            self.number = 6
            self.j += 3 if p._low(self.j + 1) == "a" else 2
            return True
        if token.low == "dozen":
            self.number = (self.number or 1) * 12
        elif self.number is None:
            self.number = value
        elif self.whole is None:
            self.whole = value
        self.j += 1
        if p._low(self.j) == "of" or (p._low(self.j) == "out" and p._low(self.j + 1) == "of"):
            self.j += 1 if p._low(self.j) == "of" else 2
        return True

    def _take_determiner(self, low: str) -> bool:
        p = self.p
        opening = self.j == self.i or p._low(self.j - 1) in {"of", "all", "both"} or p._tag(self.j - 1) == "DET"
        if not opening and low not in {"other", "more", "own"}:
            return False
        if low in {"its", "their"}:
            self.ties = [Tie(Organisation(p.tokens[self.j].start, p.tokens[self.j].end, None, word="its"), self.former)]
        if low in {"several", "some", "many", "most", "few", "multiple", "numerous", "various"}:
            self.vague = True
        self.determiner = self.determiner or low
        self.j += 1
        if p._low(self.j) == "of":
            self.vague = True
            self.j += 1
        return True

    def _take_organisation(self, token: Token) -> bool:
        p, following = self.p, self.p._tag(self.j + 1)
        if self.role_at >= 0:
            return False
        opening = self.j == self.i or self.former or p._tag(self.j - 1) in {"DET", "ADV", "CONJ"}
        if token.tag == "CAP" and not opening:
            self.j += 1
            return following in {"ROLE", "W"}
        if (
            token.tag == "CAP"
            and following not in {"ROLE", "POS"}
            and not (following == "W" and p._tag(self.j + 2) == "ROLE")
        ):
            return False
        tie = Tie(p.as_organisation(token), self.former)
        self.ties = [*self.ties, tie] if self.ties and p._low(self.j - 1) in {"and", "&", "/"} else [tie]
        self.j += 1
        if following == "POS" or (
            following == "CONJ"
            and p._tag(self.j + 1) == "ORG"
            and p._tag(self.j + 2) in {"ROLE", "W"}
            and p._low(self.j) in _AND
        ):
            self.j += 1
        return True

    def _take_role(self, low: str) -> bool:
        p = self.p
        if low in _set("nouns", "former"):
            self.former = True
            for tie in self.ties:
                tie.former = True
        self.first_role = self.j if self.first_role < 0 else self.first_role
        self.role_at = self.j
        self.j += 1
        if p._low(self.j) in {"and", "&", "/", "-"} or (p._low(self.j) == "," and p._tag(self.j + 1) == "ROLE"):
            k = self.j + 1
            while p._tag(k) in {"W"} and p._low(k) in _set("nouns", "role_words") and k < self.j + 4:
                k += 1
            if p._tag(k) == "ROLE" and p._low(self.j) != ",":
                self.j = k
                return True
            if p._low(self.j) == "-" and p._tag(k) == "PER":
                return False
        return True

    def _take_inner(self, low: str) -> bool:
        """ "vice president of research Ada Byrne": a complement between the role and the name."""
        p = self.p
        if low not in {"of", "for"} or self.role_at != self.j - 1:
            return False
        k = self.j + 1
        while (k < self.j + 7 and p._tag(k) in {"W", "ROLE", "ORG", "POS", "CAP"}) or (
            p._low(k) in {"and", "the", "&"} and k < self.j + 7
        ):
            k += 1
        if p._tag(k) != "PER" or p._low(self.role_at) in {"members", "people"}:
            return False
        self.ties += [Tie(p.as_organisation(t), self.former) for t in p.tokens[self.j : k] if t.tag == "ORG"]
        self.j = k
        return True

    # What the phrase amounts to

    def _named(self) -> tuple[Human, int]:
        p, token = self.p, self.person
        assert token is not None and isinstance(token.ref, PersonMention)
        human = Human(p.tokens[self.i].start, token.end, person=token.ref.name, ties=self.ties, role=self._role())
        human.plural = self.role_at >= 0 and p._low(self.role_at) in plural_roles()
        j = self._attached(human, self.j)
        return human, self._apposition(human, j)

    def _role(self) -> str | None:
        if self.first_role < 0:
            return None
        start = self.first_role
        while start > self.i and self.p._tag(start - 1) == "W":
            start -= 1
        return self.p.text[self.p.tokens[start].start : self.p.tokens[self.role_at].end]

    def _unnamed(self) -> tuple[Human, int] | None:
        p, head = self.p, self.p._low(self.role_at)
        plural = head in plural_roles()
        human = Human(
            p.tokens[self.i].start, p.tokens[self.role_at].end, plural=plural, role=self._role(), ties=self.ties
        )
        human.definite = not plural and self.number != 1 and self.determiner not in {"a", "an", "another", "one"}
        if plural and (self.determiner in {"these", "those"} or self.determiner == "the" and head in {"trio", "duo", "quartet"}):
            human.definite = True
        j = self._complement(human, self.role_at + 1)
        human.cohort = self._cohort(human, plural)
        if (named := self._name_after(human, j)) is not None:
            return named
        return human, j

    def _cohort(self, human: Human, plural: bool) -> Cohort:
        text = self.p.text[human.start : human.end]
        number, whole = self.number, self.whole
        number = table("en/grammar")["group_sizes"].get(self.p._low(self.role_at)) if number is None else number
        if number is None:
            number = None if plural or self.vague else 1
            return Cohort(text, number, number, whole if number or self.vague else None)
        if self.bound == "bounds_least":
            return Cohort(text, number, None, whole)
        if self.bound == "bounds_most":
            return Cohort(text, None, number, whole)
        return Cohort(text, number, number, whole)

    def _name_after(self, human: Human, j: int) -> tuple[Human, int] | None:
        """ "Apple's head of AI models, Ada Byrne": the name that follows a singular description."""
        p = self.p
        if (
            p._low(j) not in {",", "—", "–", ":", "("}
            or p._tag(j + 1) != "PER"
            or (human.plural and self.number != 1 and not self._one())
        ):
            return None
        if p._tag(j + 2) == "POS":
            return None
        token = p.tokens[j + 1]
        named = Human(human.start, token.end, person=token.ref.name, ties=human.ties, role=human.role)
        after = self._attached(named, j + 2)
        if (
            p._low(j) in {",", "—", "–"}
            and p._low(after) in {",", "—", "–"}
            and p._tag(after + 1) not in {"PER"}
            and p._low(after + 1) not in _AND
        ):
            after += 1
        return named, after

    def _one(self) -> bool:
        return self.number == 1 or self.determiner == "one"

    def _attached(self, human: Human, j: int) -> int:
        """Brackets and "of Acme" right after a name."""
        p = self.p
        if p._low(j) == "(":
            close = next((k for k in range(j + 1, min(j + 14, p.count)) if p._low(k) == ")"), j)
            inside = p.tokens[j + 1 : close]
            if any(t.tag in {"ROLE", "ORG"} for t in inside) or (close > j and close - j <= 3):
                former = any(t.low in _set("nouns", "former") for t in inside)
                origin = any(t.low == "from" for t in inside)
                human.ties = human.ties + [Tie(p.as_organisation(t), former, origin) for t in inside if t.tag == "ORG"]
                j = close + 1
        if p._low(j) in {"of", "from", "at"} and p._tag(j + 1) in {"ORG", "CAP"} and p._tag(j + 2) != "POS":
            human.ties = [
                *human.ties,
                Tie(p.as_organisation(p.tokens[j + 1]), p._low(j) == "from", p._low(j) == "from"),
            ]
            human.end = p.tokens[j + 1].end
            j += 2
        return j

    def _apposition(self, human: Human, j: int) -> int:
        """ ", the former chief of Acme," after a name."""
        p = self.p
        if p._low(j) != "," or p._tag(j + 1) == "PER":
            return j
        k = j + 1
        while p._tag(k) == "ADV" or (p._low(k) in {"most", "who", "is", "was"} and p._tag(k + 1) in {"DET", "ADV"}):
            k += 1
        if p._low(k) == "until" and p._low(k + 1) == "recently":
            k += 2
        former = any(p._low(x) in {*_set("nouns", "former"), "recently"} for x in range(j + 1, k))
        if former and p._low(k) in {"of", "at", "with"} and p._tag(k + 1) in {"ORG", "CAP"}:
            human.ties = [*human.ties, Tie(p.as_organisation(p.tokens[k + 1]), True)]
            return k + 2 + (p._low(k + 2) == ",")
        inner = _Scan(p, k)
        inner.former = former
        found = inner.run() if p._tag(k) != "PER" else None
        if found is None or found[0].person or found[0].plural or p._tag(found[1]) in {"PER", "POS", "V", "OV"}:
            return j
        if p._tag(found[1]) == "AUX" and not found[0].ties:
            return j
        human.ties = human.ties + found[0].ties
        human.role = human.role or found[0].role
        j = found[1]
        if p._low(j) in _AND and p._tag(j + 1) != "PER":
            more = _Scan(p, j + 1).run()
            if more is not None and not more[0].person and not more[0].plural and p._tag(more[1]) in {"P", "REL"}:
                human.ties = human.ties + more[0].ties
                j = more[1]
        return j + 1 if p._low(j) == "," and p._low(j + 1) not in _AND and p._tag(j + 1) != "PER" else j

    def _complement(self, human: Human, j: int) -> int:
        """ "of research at Acme", "from Acme and Bolt" after a role; adds the bonds it tells."""
        p = self.p
        for _ in range(3):
            low = p._low(j)
            if low not in _TIE_WORDS:
                break
            end, ties = self._tail(j + 1, low)
            self._sized_in(j + 1, end)
            if not ties and (low not in {"of", "for", "on", "in"} or (human.plural and low != "of")):
                break
            if not ties and low in {"in", "on", "for"} and p._tag(j + 1) not in {"W", "CAP"}:
                break
            if end == j + 1:
                break
            human.ties = human.ties + ties
            human.end = p.tokens[end - 1].end
            j = end
        return j

    def _sized_in(self, j: int, end: int) -> None:
        """ "of its 12-person founding team" says out of how many."""
        for token in self.p.tokens[j:end]:
            if self.whole is None and (sized := _SIZED.fullmatch(token.low)):
                self.whole = int(sized[1]) if sized[1].isdecimal() else numbers().get(sized[1])

    def _tail(self, j: int, low: str) -> tuple[int, list[Tie]]:
        p, k = self.p, j
        ties: list[Tie] = []
        while k < p.count and k - j < 14:
            token = p.tokens[k]
            if token.tag == "ORG" or self._unknown_employer(token, low, k, j, ties):
                ties.append(Tie(p.as_organisation(token), self.former or low == "from", low == "from"))
            elif (
                token.low in _set("nouns", "organisations")
                and p._low(k - 1) in {"the", "this", "that", "its"}
                and low != "for"
            ):
                ties.append(
                    Tie(
                        Organisation(token.start, token.end, None, word=token.low),
                        self.former or low == "from",
                        low == "from",
                    )
                )
            elif token.low in _AND or token.low == ",":
                if p._tag(k + 1) not in {"W", "ORG"} and not (p._low(k + 1) in _AND and p._tag(k + 2) == "ORG"):
                    break
                if token.low == "," and not ties:
                    break
                if p._tag(k + 1) == "W" and (ties or not self._noun_run(k + 1)):
                    break
            elif (
                (
                    token.tag not in {"W", "DET", "POS", "NUM", "CAP", "ROLE"}
                    and not (token.tag == "PER" and p._tag(k + 1) == "POS")
                )
                or (token.tag == "DET" and k > j and p._low(k - 1) not in _AND)
                or (token.tag == "ROLE" and ties and p._tag(k - 1) != "W" and p._tag(k - 1) != "POS")
            ):
                break
            k += 1
        return k, ties

    def _unknown_employer(self, token: Token, low: str, k: int, j: int, ties: list[Tie]) -> bool:
        """Whether an unplaced name in the complement of a role is the employer: after "at" and "from", or a chief's "of"."""
        if token.tag != "CAP" or low not in {"of", "at", "from"} or not (k == j or ties):
            return False
        return low != "of" or self.p._low(self.role_at) in _CHIEFS

    def _noun_run(self, k: int) -> bool:
        """Whether the words after "and" are still part of the complement: no verb follows them at once."""
        p = self.p
        while p._tag(k) == "W":
            k += 1
        return p._tag(k) not in {"V", "AUX", "OV"}
