"""Reads the organisation that an English phrase means: a name with its team, "the company", "her new start-up"."""

from __future__ import annotations

from articles.extraction.en.shapes import Organisation, TokenView, lexical
from articles.extraction.en.tokens import Token
from articles.extraction.lexicon import table


class Organisations(TokenView):
    """The organisations of one sentence, by name or by description."""

    def _organisation(self, i: int) -> tuple[Organisation, int, bool] | None:
        token = self.tokens[i]
        if token.tag == "ORG":
            return self._named(i, i)
        if token.low == "the" and self.tag(i + 1) in {"CAP", "ORG"} and self._called_by_its_work(i):
            name = table("en/epithets")["epithets"].get(f"{self.low(i + 1)} {self.low(i + 2)}")
            word = None if name else self.low(i + 2)
            found = Organisation(token.start, self.tokens[i + 2].end, name, word=word)
            return found, i + 3, False
        if token.tag == "DET" and ((self.tag(i + 1) == "ORG" and self.tag(i + 2) != "POS") or self._firm_team(i + 1)):
            return self._named(i + 1, i)
        if (
            token.tag == "DET"
            and self.low(i + 1) in {"entire", "whole", "core", "full"}
            and self.tag(i + 2) in {"ORG", "CAP"}
        ):
            return self._named(i + 2, i)
        if token.tag not in {"DET", "W", "ROLE", "POS", "NUM"} and token.low not in {"rival"}:
            return None
        j = i
        while j < self.count and j - i < 8 and self.tag(j) in {"DET", "W", "ROLE", "NUM", "OV", "ORG", "POS"}:
            token = self.tokens[j]
            if j > i and token.tag in {"DET"} and token.low not in {"own"}:
                return None
            if token.tag in {"ORG", "POS"} and not (
                (token.tag == "ORG" and self.tag(j + 1) == "POS")
                or (token.tag == "POS" and j > i and self.tag(j - 1) == "ORG")
            ):
                return None
            if (
                token.low in lexical("nouns", "organisations")
                or token.low in lexical("nouns", "teams")
                or token.low in lexical("nouns", "ventures")
            ):
                if self.tag(j + 1) in {"ORG", "CAP"} and token.low in lexical("nouns", "organisations"):
                    return self._named(j + 1, i)
                if (
                    self.low(j + 1) in lexical("grammar", "time_before")
                    or self.tag(j + 1) not in {"W", "ROLE"}
                    or self.low(j + 1) in {"backed"}
                ):
                    return self._apposed(i, j) or self._described(i, j)
            j += 1
        return None

    def _called_by_its_work(self, i: int) -> bool:
        """ "the Halo developer": a firm by what it makes, not the name of a firm."""
        made = self.low(i + 2) in lexical("nouns", "makers") and self.tag(i + 3) not in {
            "PER",
            "ROLE",
            "POS",
            "CAP",
            "ORG",
        }
        return made and self.low(i + 3) != ","

    def _apposed(self, i: int, j: int) -> tuple[Organisation, int, bool] | None:
        """ "The paper's publisher, Acme Media, has …": the name that commas set off."""
        named = self.low(j + 1) == self.low(j + 3) == "," and self.tag(j + 2) in {"CAP", "ORG"}
        if not named or not (self.tag(j + 4) in {"AUX", "V", "OV", "ADV", "REL"} or self.low(j + 4) == "after"):
            return None
        return self.as_organisation(self.tokens[j + 2], self.tokens[i].start), j + 4, False

    def _firm_team(self, at: int) -> bool:
        """ "the Acme AI team has joined": a name with a firm's ending whose team acts."""
        acts = self.low(at + 1) == "team" and self.tag(at + 2) in {"V", "AUX", "ADV"}
        return self.tag(at) == "CAP" and acts and self.low(at).split()[-1] in lexical("nouns", "organisation_suffixes")

    def _named(self, at: int, i: int) -> tuple[Organisation, int, bool]:
        """The organisation whose name stands at ``at``, with a team that may follow it."""
        token = self.tokens[at]
        organisation = self.as_organisation(token, self.tokens[i].start)
        j = at + 1
        if self.low(j) == "(" and self.low(j + 2) == ")":
            j += 3
        possessive = self.tag(j) == "POS"
        team = self._team(j + possessive)
        if team > j + possessive:
            if team > j + possessive + 1:
                organisation.team = self.text[self.tokens[j + possessive].start : self.tokens[team - 1].end]
            organisation.end = self.tokens[team - 1].end
            if (
                self.low(team) == ","
                and self.tag(team + 1) == "ORG"
                and self.tokens[team + 1].ref.name == organisation.name
            ):
                return organisation, team + 2, False
            return organisation, team, self.tag(team) == "POS"
        return organisation, j + possessive, possessive

    def _team(self, j: int) -> int:
        """The end of the team's name at ``j`` ("Zurich office"), or ``j``."""
        for k in range(j, min(j + 6, self.count)):
            tag = self.tag(k)
            if self.low(k) in lexical("nouns", "teams") and self.tag(k + 1) not in {"W", "ROLE", "PER"}:
                return k + 1
            if tag not in {"W", "CAP", "ROLE", "NUM"} and not (tag == "ORG" and k == j):
                return j
        return j

    def _described(self, i: int, j: int) -> tuple[Organisation, int, bool] | None:
        """ "the company", "its superintelligence team", "her own startup, Acme"."""
        head, opener = self.tokens[j], self._opener(i, j)
        start, end = self.tokens[i].start, head.end
        k = j + 1
        if self.tag(k) == "POS":
            return self._described_team(start, head, k + 1) if opener in {"the", "this", "that"} else None
        team = head.low in lexical("nouns", "teams") and (
            opener in {"its", "their", "his", "her"} or head.low not in lexical("nouns", "ventures")
        )
        if opener in {"his", "her"} and head.low == "team" and k - i <= 3:
            return Organisation(start, end, None, word="own team"), k, False
        if team and opener in {"its", "their", "our"}:
            return Organisation(start, end, None, self.text[self._after(i) : end], "its"), k, False
        if opener in {"the", "this", "that"} and head.low in lexical("nouns", "organisations"):
            if (
                self.low(k) == ","
                and self.low(k + 1) in {"called", "named", "dubbed"}
                and self.tag(k + 2) in {"CAP", "ORG"}
            ):
                return self.as_organisation(self.tokens[k + 2], start), k + 3 + (self.low(k + 3) == ","), False
            name = table("en/epithets")["epithets"].get(self.text[self._after(i) : end].lower()) if j > i else None
            return Organisation(start, end, name, word=None if name else head.low), k, False
        if head.low in lexical("nouns", "ventures") and (
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
        if self.low(end) == "," and self.tag(end + 1) == "ORG":
            return self.as_organisation(self.tokens[end + 1], start), end + 2, False
        return organisation, end, self.tag(end) == "POS"

    def _opener(self, i: int, j: int) -> str:
        return next((self.low(k) for k in range(i, j) if self.tag(k) == "DET"), self.low(i) if i < j else "")

    def _after(self, i: int) -> int:
        return self.tokens[i + 1].start

    def _venture(self, start: int, j: int) -> tuple[Organisation, int, bool]:
        """A new organisation, with the name that a comma or "called" gives it."""
        k = j + 1
        if self.low(k) in {"called", "named", "dubbed", ",", "—", "–", "(", ":"} or self.tag(k) in {"CAP", "ORG"}:
            at = k if self.tag(k) in {"CAP", "ORG"} else k + 1
            if self.low(at) in {"called", "named", "dubbed"}:
                at += 1
            if self.tag(at) in {"CAP", "ORG"} and self.low(at + 1) not in {"'s", "’s"}:
                return self.as_organisation(self.tokens[at], start), at + 1, False
        return Organisation(start, self.tokens[j].end, None, word="venture"), k, self.tag(k) == "POS"
