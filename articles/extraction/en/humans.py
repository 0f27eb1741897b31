"""Reads one person or one unnamed group of an English sentence, with all that its phrase says of them."""

from __future__ import annotations

from articles.extraction.claims import Cohort
from articles.extraction.en.modifiers import LONGEST, SIZED, Modifiers
from articles.extraction.en.shapes import AND, Human, Organisation, Tie, lexical
from articles.extraction.en.tokens import Token, numbers, plural_roles
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention

_TIE_WORDS = frozenset({"of", "at", "for", "from", "in", "on", "within", "inside", "with", "behind"})


# "Banjo creator Ada Byrne": of what she made, not of where she works.
_MAKERS = frozenset({"creator", "co-creator", "inventor", "author"})


class HumanScan(Modifiers):
    """One person or one group: the phrase with its brackets, appositions and complements."""

    def run(self) -> tuple[Human, int] | None:
        if self.p.low(self.i) == "longer" or (self.p.low(self.i) == "no" and self.p.low(self.i + 1) == "longer"):
            return None
        self._bounds()
        while self.j < self.p.count and self.j - self.i < LONGEST and self._step():
            pass
        if self.person is not None:
            if self._led_by_verb():
                return None
            return self._named(self.person)
        if self.role_at < 0:
            return self._bare_number()
        return self._unnamed()

    def _led_by_verb(self) -> bool:
        """ "Acme talked Byrne into …": a word that no role has stands right before the name, and no role does."""
        p, before = self.p, self.j - 2
        if self.role_at >= 0 or self.former or before < self.i or p.tag(before) != "W":
            return False
        return p.low(before) not in lexical("nouns", "role_words") and (bool(self.ties) or p.tag(self.i) == "W")

    def _bare_number(self) -> tuple[Human, int] | None:
        """ "at least two returning to Acme": a number of people already spoken of."""
        p = self.p
        if self.number is None or self.number > 60 or self.j - self.i > 4:
            return None
        if p.tag(self.j - 1) != "NUM" and not (
            p.low(self.j - 1) == "of" and p.low(self.j) in {"them", "whom", "those"}
        ):
            return None
        j = self.j
        if p.low(j) in {"them", "whom", "those"}:
            j += 1
        elif p.low(j) == "of" and p.low(j + 1) in {"them", "whom", "those"}:
            j += 2
        after = j + 1 if p.tag(j) == "ADV" else j
        verb = p.tokens[after] if after < p.count else None
        if verb is None or not (
            verb.tag == "AUX" or (verb.tag == "V" and (verb.low.endswith("ing") or j > self.j or self.bound))
        ):
            return None
        human = Human(p.tokens[self.i].start, p.tokens[j - 1].end, plural=True)
        human.cohort = self._cohort(human, True)
        return human, j

    def _named(self, token: Token) -> tuple[Human, int]:
        p = self.p
        if self.role_at >= 0 and p.low(self.role_at) in _MAKERS:
            self.ties = [tie for tie in self.ties if tie.organisation.known and tie.organisation.word is None]
            self.ties = [] if p.tag(self.role_at - 1) in {"CAP", "ORG"} else self.ties
        human = Human(p.tokens[self.i].start, token.end, person=token.ref.name, ties=self.ties, role=self._role())
        human.plural = self.role_at >= 0 and p.low(self.role_at) in plural_roles()
        j = self._attached(human, self.j)
        return human, self._apposition(human, j)

    def _role(self) -> str | None:
        if self.first_role < 0:
            return None
        start = self.first_role
        while start > self.i and self.p.tag(start - 1) == "W":
            start -= 1
        return self.p.text[self.p.tokens[start].start : self.p.tokens[self.role_at].end]

    def _unnamed(self) -> tuple[Human, int] | None:
        p, head = self.p, self.p.low(self.role_at)
        if head in lexical("nouns", "come") | lexical("nouns", "gone") and p.low(self.role_at + 1) == "of":
            return None
        plural = head in plural_roles()
        by_product = p.low(self.i) == "the" and p.tag(self.i + 1) in {"CAP", "ORG"} and self.role_at == self.i + 2
        if by_product and head in lexical("nouns", "makers"):
            return None
        human = Human(
            p.tokens[self.i].start, p.tokens[self.role_at].end, plural=plural, role=self._role(), ties=self.ties
        )
        human.definite = not plural and self.number != 1 and self.determiner not in {"a", "an", "another", "one"}
        if not self.determiner and "new" in p.text[human.start : human.end].lower().split():
            human.definite = False
        trio = self.determiner == "the" and head in {"trio", "duo", "quartet"}
        told = self.determiner in {"these", "those"} or trio
        if plural and told:
            human.definite = True
        j = self._complement(human, self.role_at + 1)
        human.cohort = self._cohort(human, plural)
        if (named := self._name_after(human, j)) is not None:
            return named
        return human, j

    def _cohort(self, human: Human, plural: bool) -> Cohort:
        text = self.p.text[human.start : human.end]
        number, whole = self.number, self.whole
        number = table("en/grammar")["group_sizes"].get(self.p.low(self.role_at)) if number is None else number
        if number is not None and self.halved and whole is None:
            return Cohort(text, number // 2, None if self.bound == "bounds_least" else number // 2, number)
        if number is None:
            number = None if plural or self.vague else 1
            return Cohort(text, number, number, whole if number or self.vague else None)
        if self.low_end is not None:
            return Cohort(text, self.low_end, number, whole)
        if self.bound == "bounds_least":
            return Cohort(text, number, None, whole)
        if self.bound == "bounds_most":
            return Cohort(text, None, number, whole)
        return Cohort(text, number, number, whole)

    def _name_after(self, human: Human, j: int) -> tuple[Human, int] | None:
        """ "Apple's head of AI models, Ada Byrne": the name that follows a singular description."""
        p = self.p
        if p.low(j) in {"named", "called"} and p.tag(j + 1) == "PER" and not human.plural and p.tag(j + 2) != "POS":
            token = p.tokens[j + 1]
            named = Human(human.start, token.end, person=token.ref.name, ties=human.ties, role=human.role)
            return named, self._attached(named, j + 2)
        if (
            p.low(j) not in {",", "—", "–", ":", "("}
            or p.tag(j + 1) != "PER"
            or (human.plural and self.number != 1 and not self._one())
        ):
            return None
        opens_clause = p.low(j) == "," and p.tag(j + 2) in {"V", "OV"} and self.i and p.tag(self.i - 1) == "V"
        if p.tag(j + 2) == "POS" or opens_clause:
            return None
        token = p.tokens[j + 1]
        named = Human(human.start, token.end, person=token.ref.name, ties=human.ties, role=human.role)
        after = self._attached(named, j + 2)
        if (
            p.low(j) in {",", "—", "–"}
            and p.low(after) in {",", "—", "–"}
            and p.tag(after + 1) not in {"PER"}
            and p.low(after + 1) not in AND
        ):
            after += 1
            after = self._further(named, after)
        return named, after

    def _further(self, human: Human, j: int) -> int:
        """ "its finance boss, Byrne, a two-decade Acme lifer": a second aside."""
        p = self.p
        if p.tag(j) != "DET" or p.low(j) not in {"a", "an"}:
            return j
        found = HumanScan(p, j).run()
        if found is None or found[0].person or found[0].plural or not found[0].ties:
            return j
        human.ties = human.ties + found[0].ties
        return found[1] + (p.low(found[1]) == ",")

    def _one(self) -> bool:
        return self.number == 1 or self.determiner == "one"

    def _attached(self, human: Human, j: int) -> int:
        """Brackets and "of Acme" right after a name."""
        p = self.p
        if p.low(j) == "(":
            close = next((k for k in range(j + 1, min(j + 14, p.count)) if p.low(k) == ")"), j)
            inside = p.tokens[j + 1 : close]
            if any(t.tag in {"ROLE", "ORG"} for t in inside) or (close > j and close - j <= 3):
                former = any(t.low in lexical("nouns", "former") for t in inside)
                origin = any(t.low == "from" for t in inside)
                human.ties = human.ties + [Tie(p.as_organisation(t), former, origin) for t in inside if t.tag == "ORG"]
                j = close + 1
        if p.low(j) in {"of", "from", "at"} and p.tag(j + 1) in {"ORG", "CAP"} and p.tag(j + 2) != "POS":
            human.ties = [
                *human.ties,
                Tie(p.as_organisation(p.tokens[j + 1]), p.low(j) == "from", p.low(j) == "from"),
            ]
            human.end = p.tokens[j + 1].end
            j += 2
        return j

    def _apposition(self, human: Human, j: int) -> int:
        """ ", the former chief of Acme," after a name."""
        p = self.p
        if p.low(j) != "," or p.tag(j + 1) == "PER" or p.low(j + 1) in {"both", "all", "each"}:
            return j
        if p.low(j + 1) == "ex" and p.low(j + 2) == "-" and p.tag(j + 3) in {"ORG", "CAP"}:
            human.ties = [*human.ties, Tie(p.as_organisation(p.tokens[j + 3]), True)]
            return j + 4 + (p.low(j + 4) == "," and p.low(j + 5) not in AND)
        k = j + 1
        while p.tag(k) == "ADV" or (p.low(k) in {"most", "who", "is", "was"} and p.tag(k + 1) in {"DET", "ADV"}):
            k += 1
        if p.low(k) == "until" and p.low(k + 1) == "recently":
            k += 2
        former = any(p.low(x) in {*lexical("nouns", "former"), "recently"} for x in range(j + 1, k))
        if former and p.low(k) in {"of", "at", "with"} and p.tag(k + 1) in {"ORG", "CAP"}:
            human.ties = [*human.ties, Tie(p.as_organisation(p.tokens[k + 1]), True)]
            return k + 2 + (p.low(k + 2) == ",")
        inner = HumanScan(p, k)
        inner.former = former
        found = inner.run() if p.tag(k) != "PER" else None
        if found is None or found[0].person or p.tag(found[1]) in {"PER", "POS", "V", "OV"}:
            return j
        if found[0].plural and not inner._one():
            return j
        if p.tag(found[1]) == "AUX" and not found[0].ties:
            return j
        human.ties = human.ties + found[0].ties
        human.role = human.role or found[0].role
        j = found[1]
        if p.low(j) in AND and p.tag(j + 1) != "PER":
            more = HumanScan(p, j + 1).run()
            if more is not None and not more[0].person and not more[0].plural and p.tag(more[1]) in {"P", "REL"}:
                human.ties = human.ties + more[0].ties
                j = more[1]
        return j + 1 if p.low(j) == "," and p.low(j + 1) not in AND and p.tag(j + 1) != "PER" else j

    def _complement(self, human: Human, j: int) -> int:
        """ "of research at Acme", "from Acme and Bolt" after a role; adds the bonds it tells."""
        p = self.p
        for _ in range(3):
            low = p.low(j)
            if low not in _TIE_WORDS and not (low == "to" and self._advises()):
                break
            end, ties = self._tail(j + 1, low)
            self._sized_in(j + 1, end)
            if not ties and (low not in {"of", "for", "on", "in"} or (human.plural and low != "of")):
                break
            if not ties and low in {"in", "on", "for"} and p.tag(j + 1) not in {"W", "CAP"}:
                break
            if end == j + 1:
                break
            human.ties = human.ties + ties
            human.end = p.tokens[end - 1].end
            j = end
        return j

    def _advises(self) -> bool:
        """ "an adviser to Acme", "counsel to Acme": roles whose employer stands behind "to"."""
        advises = self.p.low(self.role_at) in lexical("nouns", "advising")
        return advises and self.p.low(self.role_at - 1) not in {"board", "independent"}

    def _sized_in(self, j: int, end: int) -> None:
        """ "of its 12-person founding team" says out of how many."""
        for token in self.p.tokens[j:end]:
            if self.whole is None and (sized := SIZED.fullmatch(token.low)):
                self.whole = int(sized[1]) if sized[1].isdecimal() else numbers().get(sized[1])

    def _tail(self, j: int, low: str) -> tuple[int, list[Tie]]:
        p, k = self.p, j
        ties: list[Tie] = []
        while k < p.count and k - j < 14:
            token = p.tokens[k]
            if (token.tag == "ORG" and not self._is_team(k)) or self._unknown_employer(token, low, k, j, ties):
                ties.append(Tie(p.as_organisation(token), self.former or low == "from", low == "from"))
            elif (
                token.low in lexical("nouns", "organisations")
                and p.low(k - 1) in {"the", "this", "that", "its"}
                and low != "for"
            ):
                ties.append(
                    Tie(
                        Organisation(token.start, token.end, None, word=token.low),
                        self.former or low == "from",
                        low == "from",
                    )
                )
            elif token.low in AND or token.low == ",":
                if p.tag(k + 1) not in {"W", "ORG"} and not (p.low(k + 1) in AND and p.tag(k + 2) == "ORG"):
                    break
                if token.low == "," and not ties:
                    break
                if p.tag(k + 1) == "W" and (ties or not self._noun_run(k + 1)):
                    break
            elif (
                (
                    token.tag not in {"W", "DET", "POS", "NUM", "CAP", "ROLE"}
                    and not (token.tag == "PER" and p.tag(k + 1) == "POS")
                )
                or (token.tag == "DET" and k > j and p.low(k - 1) not in AND)
                or (token.tag == "ROLE" and ties and p.tag(k - 1) != "W" and p.tag(k - 1) != "POS")
            ):
                break
            k += 1
        return k, ties

    def _is_team(self, k: int) -> bool:
        """ "the lead of the Orbit Models team of Acme": an unknown name that only a team has."""
        ref = self.p.tokens[k].ref
        unknown = isinstance(ref, OrganisationMention) and not ref.known
        return unknown and self.p.low(k + 1) in lexical("nouns", "teams") and self.p.low(k + 2) in {"of", "at"}

    def _unknown_employer(self, token: Token, low: str, k: int, j: int, ties: list[Tie]) -> bool:
        """Whether an unplaced name behind a role is the employer: after "at" and "from", or a chief's "of"."""
        if self.p.tag(k - 1) == "POS" or self.p.low(k + 1) in lexical("nouns", "teams"):
            return False
        if token.tag != "CAP" or low not in {"of", "at", "from", "to"} or not (k == j or ties):
            return False
        return low != "of" or self.p.low(self.role_at) in lexical("nouns", "chiefs")

    def _noun_run(self, k: int) -> bool:
        """Whether the words after "and" are still part of the complement: no verb follows them at once."""
        p = self.p
        while p.tag(k) == "W":
            k += 1
        return p.tag(k) not in {"V", "AUX", "OV"}
