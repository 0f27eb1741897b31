"""Reads what stands before a person or a group: numbers, roles, employers, "former", up to the name itself."""

from __future__ import annotations

import re
from functools import cache

from articles.extraction.en.shapes import AND, Organisation, Tie, TokenView, lexical
from articles.extraction.en.tokens import Token, numbers
from articles.extraction.lexicon import table

LONGEST = 16
# "most of its 70 employees" counts the whole.
_PARTS = frozenset({"most", "several", "some", "many", "few"})
SIZED = re.compile(r"(\d+|[a-z]+)-(?:person|member|people|strong|man)")


@cache
def _openings() -> frozenset[str]:
    """First words of "at least", "up to" and the like."""
    kinds = ("bounds_least", "bounds_most", "bounds_about")
    return frozenset(phrase.split()[0] for kind in kinds for phrase in table("en/grammar")[kind])


@cache
def _no_openings() -> frozenset[str]:
    """Words that govern a group and are no part of it ("if researchers leave", "to prevent engineers from …")."""
    return frozenset(table("en/verbs")["standing"]["prevented"]) | {"if", "unless", "whether", "off", "away"}


def small(word: str) -> int | None:
    """The value of "14", "1,200" or "seven"; None for other words."""
    bare = word.replace(",", "")
    return int(bare) if bare.isdecimal() else numbers().get(word)


class Modifiers:
    """One person or group, read modifier by modifier from token ``i`` on."""

    def __init__(self, view: TokenView, i: int) -> None:
        self.p = view
        self.i = i
        self.j = i
        self.number: int | None = None
        self.whole: int | None = None
        self.bound = ""
        self.low_end: int | None = None
        self.former = False
        self.determiner = ""
        self.role_at = -1
        self.first_role = -1
        self.ties: list[Tie] = []
        self.person: Token | None = None
        self.vague = False
        self.halved = False

    def _bounds(self) -> None:
        if self.p.low(self.j) == "between" and self.p.tag(self.j + 1) == self.p.tag(self.j + 3) == "NUM":
            self.low_end, self.j = small(self.p.low(self.j + 1)), self.j + 3
            return
        if self.p.tag(self.j) == self.p.tag(self.j + 2) == "NUM" and self.p.low(self.j + 1) in {"to", "-", "–"}:
            self.low_end, self.j = small(self.p.low(self.j)), self.j + 2
            return
        if self.p.low(self.j) not in _openings():
            return
        p, two = self.p, f"{self.p.low(self.j)} {self.p.low(self.j + 1)}"
        three = f"{two} {p.low(self.j + 2)}"
        for kind in ("bounds_least", "bounds_most", "bounds_about"):
            for phrase, size in ((three, 3), (two, 2), (p.low(self.j), 1)):
                number_at = self.j + size
                if phrase in lexical("grammar", kind) and (
                    p.tag(number_at) == "NUM" or (p.low(number_at) == "a" and p.tag(number_at + 1) == "NUM")
                ):
                    self.bound = kind
                    self.determiner = phrase if size == 1 else ""
                    self.j = number_at + (p.tag(number_at) == "DET")
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
        if tag in {"W", "UNIT"} and (sized := SIZED.fullmatch(low)):
            value = int(sized[1]) if sized[1].isdecimal() else numbers().get(sized[1])
            self.whole = value if self.whole is None else self.whole
            self.j += 1
            return True
        if low in lexical("grammar", "vague_quantity") and p.low(self.j + 1) == "of":
            self.vague = True
            self.determiner = self.determiner or low
            size = table("en/grammar")["group_sizes"].get(low)
            self.number = self.number if self.number is not None else size
            self.j += 2
            return True
        if tag == "DET":
            return self._take_determiner(low)
        if tag == "ORG" or tag == "CAP":
            return self._take_organisation(token)
        if low in lexical("nouns", "organisations") and p.tag(self.j + 1) == "POS" and self.role_at < 0:
            word = Organisation(token.start, token.end, None, word=low)
            self.ties = [Tie(word, self.former)]
            self.j += 2
            return True
        if low in lexical("nouns", "former") and tag != "ROLE":
            self.former = True
            self.j += 1
            return True
        if tag == "ROLE":
            return self._take_role(low)
        if tag == "POS" and self.j > self.i and p.tag(self.j - 1) == "W":
            self.j += 1
            return True
        if tag == "P" and low == "-" and p.low(self.j - 1) in {"ex", "co", "non"}:
            self.j += 1
            return True
        if self._bracketed() or self._further_adjective() or self._then_and_now():
            return True
        if tag == "W" and low not in {"to", "least"}:
            if self.j == self.i and low in _no_openings():
                return False
            if low.endswith("ed") and self.j == self.i + 1 and p.tag(self.i) == "ORG":
                return False
            if self.j == self.i and low.endswith("ing") and low not in lexical("nouns", "role_words"):
                return False
            self.j += 1
            return self.role_at < 0 or p.tag(self.j) in {"W", "ROLE", "PER", "ORG"}
        if (
            tag in {"OV", "V", "ADV"}
            and self.j > self.i
            and p.tag(self.j + 1) in {"ROLE", "W"}
            and p.tag(self.j - 1) in {"DET", "NUM", "POS", "ROLE", "ADV"}
            and (low.endswith(("ed", "ing", "ly")) or tag == "ADV")
        ):
            self.j += 1
            return self.role_at < 0
        return self._take_inner(low)

    def _then_and_now(self) -> bool:
        """ "19 current and former Acme employees"."""
        p, j = self.p, self.j
        words = (p.low(j), p.low(j + 1), p.low(j + 2))
        if words not in {("current", "and", "former"), ("former", "and", "current"), ("current", "or", "former")}:
            return False
        self.j += 3
        return True

    def _bracketed(self) -> bool:
        """ "three artificial intelligence (AI) researchers": a short form in brackets between a group's words."""
        p, j = self.p, self.j
        inside = p.low(j) == "(" and p.low(j + 2) == ")" and j > self.i and p.tag(j - 1) == p.tag(j + 1) == "W"
        if not inside or p.tag(j + 3) not in {"W", "ROLE"} or self.role_at >= 0:
            return False
        self.j += 3
        return True

    def _further_adjective(self) -> bool:
        """ "ten long-serving, experienced engineers": the comma between two adjectives of a counted group."""
        p, j = self.p, self.j
        counted = (self.number is not None or bool(self.ties)) and j > self.i and self.role_at < 0
        if not counted or p.low(j) != "," or not p.tag(j - 1) == p.tag(j + 1) == "W" or p.tag(j + 2) != "ROLE":
            return False
        self.j += 1
        return True

    def _take_number(self, token: Token) -> bool:
        p = self.p
        value = 12 if token.low == "dozen" else 6 if token.low == "half" else numbers().get(token.low)
        if value is None:
            bare = token.low.replace(",", "")
            value = int(bare) if bare.isdecimal() else None
        if token.low == "half" and not (p.low(self.j + 1) in {"a", "dozen"} or p.low(self.j + 1) == "of"):
            return False
        if token.low == "half" and p.low(self.j + 1) == "of":
            self.vague = self.halved = True
            self.j += 2
            return True
        if token.low == "half":
            self.number = 6
            self.j += 3 if p.low(self.j + 1) == "a" else 2
            return True
        if token.low == "dozen":
            self.number = (self.number or 1) * 12
        elif self.vague and self.whole is None and self.determiner in _PARTS:
            self.whole = value
        elif self.number is None:
            self.number = value
        elif self.whole is None:
            self.whole = value
        self.j += 1
        if p.low(self.j) == "of" or (p.low(self.j) == "out" and p.low(self.j + 1) == "of"):
            self.j += 1 if p.low(self.j) == "of" else 2
        return True

    def _take_determiner(self, low: str) -> bool:
        p = self.p
        opening = self.j == self.i or p.low(self.j - 1) in {"of", "all", "both"} or p.tag(self.j - 1) == "DET"
        if not opening and low not in {"other", "more", "own"}:
            return False
        if low in {"its", "their"}:
            self.ties = [Tie(Organisation(p.tokens[self.j].start, p.tokens[self.j].end, None, word="its"), self.former)]
        if low in {"several", "some", "many", "most", "few", "multiple", "numerous", "various"}:
            self.vague = True
        self.determiner = self.determiner or low
        self.j += 1
        if p.low(self.j) == "of":
            self.vague = True
            self.j += 1
        return True

    def _take_organisation(self, token: Token) -> bool:
        p, following = self.p, self.p.tag(self.j + 1)
        if self.role_at >= 0:
            return False
        opening = self.j == self.i or self.former or p.tag(self.j - 1) in {"DET", "ADV", "CONJ"}
        if token.tag == "CAP" and not opening:
            self.j += 1
            return following in {"ROLE", "W"}
        if (
            token.tag == "CAP"
            and following not in {"ROLE", "POS"}
            and not (following == "W" and p.tag(self.j + 2) == "ROLE")
        ):
            return False
        tie = Tie(p.as_organisation(token), self.former)
        self.ties = [*self.ties, tie] if self.ties and p.low(self.j - 1) in {"and", "&", "/"} else [tie]
        self.j += 1
        if following == "POS" or (
            following == "CONJ"
            and p.tag(self.j + 1) == "ORG"
            and p.tag(self.j + 2) in {"ROLE", "W"}
            and p.low(self.j) in AND
        ):
            self.j += 1
        return True

    def _take_role(self, low: str) -> bool:
        p = self.p
        if low in lexical("nouns", "former"):
            self.former = True
            for tie in self.ties:
                tie.former = True
        self.first_role = self.j if self.first_role < 0 else self.first_role
        self.role_at = self.j
        self.j += 1
        if p.low(self.j) in {"and", "&", "/", "-"} or (p.low(self.j) == "," and p.tag(self.j + 1) == "ROLE"):
            k = self.j + 1
            while p.tag(k) in {"W"} and p.low(k) in lexical("nouns", "role_words") and k < self.j + 4:
                k += 1
            if p.tag(k) == "ROLE" and p.low(self.j) != ",":
                self.j = k
                return True
            if p.low(self.j) == "-" and p.tag(k) == "PER":
                return False
        return True

    def _take_inner(self, low: str) -> bool:
        """ "vice president of research Ada Byrne": a complement between the role and the name."""
        p = self.p
        if low not in {"of", "for"} or self.role_at != self.j - 1:
            return False
        k = self.j + 1
        while (k < self.j + 7 and p.tag(k) in {"W", "ROLE", "ORG", "POS", "CAP"}) or (
            p.low(k) in {"and", "the", "&"} and k < self.j + 7
        ):
            k += 1
        if p.tag(k) != "PER" or p.low(self.role_at) in {"members", "people"} | lexical("nouns", "come") | lexical(
            "nouns", "gone"
        ):
            return False
        self.ties += [Tie(p.as_organisation(t), self.former) for t in p.tokens[self.j : k] if t.tag == "ORG"]
        self.j = k
        return True
