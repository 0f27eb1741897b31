"""Who acts in an English clause: the subject of a verb through infinitives, relatives, asides and "and"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from articles.extraction.en.antecedents import Antecedents, Subject, standing
from articles.extraction.en.shapes import lexical
from articles.extraction.en.tokens import Verb, verbs
from articles.extraction.lexicon import table

_SKIPPED = frozenset({"ADV", "AUX", "T"})
_REACH = 30
_ORDER = frozenset({"latest", "last", "next", "first", "second", "third", "fourth", "fifth", "newest"})
_IS = frozenset({"is", "are", "was", "were"})
_RUMOURS = frozenset({"rumor", "rumors", "rumour", "rumours", "speculation", "rumored", "rumoured"})
# Frames of verbs that are done to somebody or something.
_DONE_TO = frozenset({"hire", "name", "raise", "fire", "found"})


@cache
def _asked() -> frozenset[str]:
    return frozenset(table("en/verbs")["control"]["asked"])


@cache
def _controllers() -> frozenset[str]:
    lemmas = frozenset(table("en/verbs")["control"]["object"])
    return frozenset(form for form, readings in verbs().items() if any(v.lemma in lemmas for v in readings))


# Verbs of moves as they stand behind "to".
_PLAIN_FORMS = frozenset(
    {"become", "found", "go", "head", "join", "launch", "lead", "leave", "move", "rejoin", "resign", "return", "start"}
)


class Subjects(Antecedents):
    """The verbs of one sentence, and who acts."""

    def readings(self, i: int) -> list[tuple[Verb, int]]:
        """What the verb at ``i`` can be, with the index after its particle."""
        found: list[tuple[Verb, int]] = []
        plain: list[tuple[Verb, int]] = []
        for verb in verbs().get(self.low(i), ()):
            if not verb.particles:
                plain.append((verb, i + 1))
                continue
            k = i + 1
            while (self.kind(k) == "ADV" and self.low(k) not in verb.particles) or (
                self.kind(k) == "H"
                and verb.lemma in table("en/verbs")["particles_optional"]["separable"]
                and k == i + 1
            ):
                k += 1
            if self.low(k) in verb.particles and k - i <= 3:
                found.append((verb, k + 1 if self.kind(i + 1) != "H" else i + 1))
        return found or plain

    def subject(self, i: int) -> Subject:
        """The subject of the verb at ``i``; ``own`` holds its own auxiliaries and adverbs alone."""
        found = self._subject(i, 0)
        k = i - 1
        while k >= 0 and self._passed(k):
            k -= 1
        found.own = frozenset(self.low(m) for m in range(k + 1, i))
        if self.low(k) == "from" and self.kind(k - 1) in {"H", "O"}:
            before = {self.low(m) for m in range(max(0, k - 5), k - 1)}
            found.words = [*found.words, *(before & standing("prevented"))]
        if self.low(found.at - 1) == "of" and self.low(found.at - 2) in {"none", "neither"}:
            found.words = [*found.words, "none"]
        if found.own & {"may", "might", "could"} and any(node.low in _RUMOURS for node in self.nodes):
            found.words = [w for w in found.words if w not in {"may", "might", "could"}] + ["rumors"]
        return found

    def _subject(self, i: int, depth: int) -> Subject:
        """Look left through auxiliaries, infinitives, relatives, asides and "and"."""
        words: list[str] = []
        k = i - 1
        while k >= 0 and self._passed(k):
            words.append(self.low(k))
            k -= 1
        if depth > 6:
            return Subject(None, words)
        if k < 0:
            return self._with(self._forward(i), words)
        node, low = self.nodes[k], self.low(k)
        if low == "those":
            return self._with(self._those(k), words)
        if low == "to" and self.low(k - 1) == "prior" and self.low(i).endswith("ing"):
            return self._with(self._gerund(k, i, depth), words)
        if low == "to":
            return self._with(self._infinitive(k, depth), words)
        if node.kind == "REL":
            return self._with(self._antecedent(k), words)
        if node.kind in {"H", "O"} and not node.possessive:
            inside = node.kind == "O" or self.kind(k - 1) == "PREP"
            who = self._inside_relative(k) if inside else -1
            return self._with(self._antecedent(who), words) if who >= 0 else self._checked(k, words)
        if node.kind == "CAP":
            return Subject(node, words, k)
        if low == ":" and k and self.kind(k - 1) == "H" and self.kind(k - 2) not in {"V", "OV", "PREP"}:
            return self._with(Subject(self.nodes[k - 1], [], k - 1), words)
        before = self.nodes[k - 1] if k else None
        acts = before is not None and before.kind in {"H", "O"} and not before.possessive
        if low == "," and "having" in words and acts and self._opens_clause(k - 1):
            return Subject(self.nodes[k - 1], words, k - 1)
        if low in {",", "—", "–", ")", "-"}:
            return self._with(self._aside(k, i, depth), words)
        if node.kind == "CONJ":
            return self._with(self._coordinate(k, i, depth), words)
        if node.kind == "PREP":
            return self._with(self._gerund(k, i, depth), [*words, low])
        if node.kind in {"V", "OV"} and self.low(i).endswith("ing") and k == i - 1:
            return self._with(self._inner(k, depth), [*words, low])
        if node.kind == "W" and (who := self._inside_relative(k)) >= 0:
            return self._with(self._antecedent(who), words)
        if low in lexical("nouns", "campaigns") and (owner := self._campaigner(k)) >= 0:
            return Subject(self.nodes[owner], words, owner)
        return self._with(self._past_prepositions(k), words)

    @staticmethod
    def _with(subject: Subject, words: list[str]) -> Subject:
        subject.words = words + subject.words
        return subject

    def _passed(self, k: int) -> bool:
        """Adverbs, auxiliaries, times, and ", too," between subject and verb."""
        if self.low(k) == "most" and self.kind(k + 1) == "ADV":
            return True
        if self.low(k) in {"all", "both", "each"} and self.kind(k - 1) in {"H", "PRO", "AUX"}:
            return True
        if self.low(k) == "then" and self.kind(k - 1) == "H":
            return True
        if self.kind(k) in _SKIPPED or (self.low(k) == "since" and self.kind(k - 1) == "AUX"):
            return True
        if self.low(k) == "," and self.kind(k - 1) in {"ADV", "T"} and self.low(k - 2) == ",":
            return True
        return (
            self.low(k) == ","
            and self.kind(k + 1) in {"ADV", "T"}
            and (self.kind(k - 1) in {"H", "O", "REL"})
            and self.low(k + 2) == ","
        )

    def _checked(self, k: int, words: list[str]) -> Subject:
        """The phrase at ``k``; what opens its clause ("if", "whether") joins the governing words."""
        m = k - 1
        while m >= 0 and self.kind(m) in {"ADV", "T"}:
            m -= 1
        if self.kind(m) == "V" and len(self.nodes[k].humans) > 1 and self.low(m) not in standing("told"):
            return Subject(replace(self.nodes[k], humans=self.nodes[k].humans[-1:]), words, k)
        if self.low(m) in {"if", "whether", "unless", "should"}:
            words.append("if")
        teller = m - 1 if self.low(m) == "that" else m
        if self.low(m) == "that" and self.low(m - 1) in {"and", "but"}:
            teller = self._first_that(m) - 1
        if self.low(m) == "that" and self.kind(teller) in {"H", "O", "W"} and self.low(teller - 1) == "told":
            teller -= 1
        posted = self.kind(teller) == "O" and self.low(teller - 1) == "on" and self.low(m) == "that"
        teller -= 2 * posted
        if self.low(teller) in standing("told"):
            words.append("told")
            if any(human.pronoun in {"he", "she"} for human in self.nodes[k].humans):
                words.append("self")
        if self.low(m) == "that" or self.kind(m) == "OV" or self.kind(m) == "REL":
            words.extend(self._governing(m))
        if self.low(k - 1) == "among" and self.kind(k) == "H" and not self.nodes[k].humans[0].person:
            return self._with(self._predicated(k), words)
        return Subject(self._led(k) or self.with_earlier(k), words, k)

    def _first_that(self, m: int) -> int:
        """The first "that" of "said that … and that …", whose second stands at ``m``; else ``m``."""
        far = range(m - 2, max(-1, m - 20), -1)
        first = next((k for k in far if self.low(k) == "that"), None)
        told = next((k + 1 for k in far if self.low(k) in standing("told")), m)
        return first if first is not None else told

    def _governing(self, m: int) -> list[str]:
        """ "denied that she …", "denied reports that he …": the two words before "that"."""
        found = []
        for k in range(m, max(-1, m - 4), -1):
            if (
                self.low(k) in standing("negative")
                or self.low(k) in standing("rumoured")
                or self.low(k) in {"denied", "denies", "false"}
            ):
                found.append(self.low(k))
        return found

    def _infinitive(self, k: int, depth: int) -> Subject:
        """The one who would do what stands after "to"."""
        g = k - 1
        while g >= 0 and (self.kind(g) in {"ADV", "T"} or (self.low(g) == "for" and self.kind(g + 1) == "T")):
            g -= 1
        if g < 0:
            return self._forward(k)
        node = self.nodes[g]
        if node.kind in {"H", "O", "CAP"} and not node.possessive:
            v = g - 1
            while v > 0 and self.kind(v) in {"ADV", "T"}:
                v -= 1
            if node.kind == "H" and (self.low(v) in _controllers() or self.low(v) in _asked()):
                return Subject(node, [*(["offered"] if self.low(v) in _asked() else ["hired-to"])], g)
            if node.kind == "H" and self._predicated(g).at != g:
                return self._predicated(g)
            if node.kind == "H" and not node.humans[0].person and (named := self._named_behind(k)) is not None:
                return self._as_members(named, node)
            if self.kind(v) in {"V", "OV", "PREP"}:
                v = self.verb_before(g)
                return self._inner(v, depth) if v >= 0 else Subject(None)
            return Subject(None, ["offered"]) if node.kind == "O" else Subject(node, ["set"], g)
        if self.low(g - 1) in {"no", "any"} and self.kind(g - 2) == "AUX":
            return self._with(self._inner(g - 1, depth), [node.low, *(["no"] if self.low(g - 1) == "no" else [])])
        if node.low in _ORDER and (named := self._named_behind(k)) is not None:
            return named
        if node.low in standing("rumoured") and node.kind in {"W", "ROLE"}:
            return self._with(self._talks(g, depth), [node.low])
        if node.low in standing("feeling"):
            return self._inner(g, depth)
        if node.kind in {"V", "OV", "AUX"} or node.low in standing("planned") | standing("trying") | standing(
            "tried"
        ) | standing("rumoured"):
            return self._with(self._noun_or_verb(g, depth), [node.low])
        owner = self._owner(g)
        if owner is not None:
            return Subject(self.nodes[owner], [node.low], owner)
        if node.low in {"close", "near"} and self.kind(g - 1) in {"AUX", "ADV"}:
            return self._with(self._inner(g, depth), [node.low])
        v = self.verb_before(g)
        purpose = node.low in {"deal", "agreement", "pact", "decision", "plan", "move"}
        if v < 0 and purpose:
            return self._with(self._first_before(g), [node.low])
        if v < 0 or (self.kind(v) == "W" and not purpose) or self.low(v) in _asked():
            return Subject(None, [node.low])
        return self._with(self._inner(v, depth), [node.low])

    def _talks(self, g: int, depth: int) -> Subject:
        """Who "is in advanced talks to …"."""
        k = g
        while k > 0 and (self.kind(k) in {"W", "ADV", "T", "DET"} or self.low(k) in {"in", "reportedly"}):
            k -= 1
        return self._inner(k + 1, depth) if self.kind(k) == "AUX" else Subject(self.nodes[k], [], k)

    def _noun_or_verb(self, g: int, depth: int) -> Subject:
        """The subject of the governing word, which may be a noun with an owner ("her plans to leave")."""
        owner = self._owner(g)
        v = self.verb_before(g - 1) if self.low(g - 1) in {"his", "her", "their"} else -1
        if v >= 0 and self.kind(g) != "V":
            return self._inner(v, depth)
        return (
            Subject(self.nodes[owner], [], owner)
            if owner is not None and self.kind(g) != "V"
            else self._inner(g, depth)
        )

    def _inner(self, v: int, depth: int) -> Subject:
        return self._subject(v, depth + 1)

    def _aside(self, k: int, i: int, depth: int) -> Subject:
        """The subject before a comma: what the aside that ends here interrupts, or for "-ing" the main clause's."""
        if self.low(i).endswith("ing") and not any(self.kind(m) == "AUX" for m in range(k + 1, i)):
            beside = self._with_somebody(k)
            if beside >= 0:
                return Subject(self.nodes[beside], [], beside)
            v = self.verb_before(k)
            if v >= 0:
                return self._inner(v, depth)
            first = next((m for m in range(k) if self.kind(m) in {"H", "O"} and not self.nodes[m].possessive), -1)
            if first >= 0 and self.kind(first - 1) not in {"PREP", "V"} and first + 1 < k:
                return Subject(self.nodes[first], [], first)
        told = self.nodes[k - 1] if k else None
        if told is not None and told.kind == "H" and told.aside and not told.possessive and self._opens_clause(k - 1):
            return self._checked(k - 1, [])
        if k == i - 1 and self._reduced(i) and self.kind(k - 1) in {"H", "O"} and not self.nodes[k - 1].possessive:
            return Subject(self.nodes[k - 1], [], k - 1)
        for m in range(k - 1, max(-1, k - _REACH), -1):
            node = self.nodes[m]
            acts = node.kind in {"H", "O", "CAP"} and not node.possessive and m + 1 < k
            if acts and self._interrupted(m) and self._opens_clause(m):
                return Subject(node, self._checked(m, []).words, m)
        return self._series(k, i, depth)

    def _with_somebody(self, k: int) -> int:
        """ "…, with Byrne, a figure behind Acme’s models, leaving": whom "with" sets beside the clause; -1 for none."""
        for m in range(k - 1, max(0, k - 10), -1):
            if self.kind(m) in {"V", "OV", "AUX"}:
                return -1
            if self.kind(m) == "H" and self.low(m - 1) == "with" and self.low(m - 2) == ",":
                return m if self.nodes[m].humans[0].person else -1
        return -1

    def _series(self, k: int, i: int, depth: int) -> Subject:
        """The subject of "started at Acme, moved to Bolt and …": that of the verb before the comma at ``k``."""
        v = self.verb_before(k)
        if v < 0 or k != i - 1 or not (self._finite(v) and self._finite(i)) or self.kind(v - 1) == "REL":
            return Subject(None)
        return self._inner(v, depth)

    def _finite(self, i: int) -> bool:
        low = self.low(i)
        return any(verb.form in {"past", "present"} for verb in verbs().get(low, ())) or (
            self.kind(i) == "OV" and low.endswith(("ed", "s"))
        )

    def _reduced(self, i: int) -> bool:
        """Whether the verb at ``i`` is a participle without an object ("Byrne, fired by Acme in May, …")."""
        done = [after for verb, after in self.readings(i) if verb.form == "participle" and verb.frame in _DONE_TO]
        return bool(done) and self._aside_of(i - 1) < 0 and self.kind(done[0]) in {"PREP", "T", "ADV"}

    def _coordinate(self, k: int, i: int, depth: int) -> Subject:
        """The subject that a verb after "and" shares with the verb before; in "threatened to quit and return" it also
        shares what governs that one."""
        v = self.verb_before(k)
        if v < 0:
            return Subject(None)
        found = self._inner(v, depth)
        if self.low(v - 1) == "to" and self.low(i) in _PLAIN_FORMS:
            return found
        return Subject(found.node, [w for w in found.words if w in {"will", "if", "denied"}], found.at)

    def _gerund(self, k: int, i: int, depth: int) -> Subject:
        """The subject of "after leaving": that of the main clause, before it or after it."""
        if not self.low(i).endswith("ing") and not any(self.low(m) == "being" for m in range(k + 1, i)):
            return self._past_prepositions(k)
        v = self.verb_before(k)
        if v >= 0:
            found = self._inner(v, depth)
            agent = self._agent(v, k) if found.node is not None and found.node.kind == "O" else None
            if agent is not None:
                return agent
            if found.node is not None:
                words = [w for w in found.words if w in {"denied", "denies"}]
                if self.low(v) in standing("prevented") | standing("negative") | standing("rumoured"):
                    words.append(self.low(v))
                return Subject(found.node, words, found.at)
            return self._object_before(k, v)
        if self.low(k) == "by" and self.low(k - 1) == "," and self.kind(k - 2) in {"H", "O"}:
            return Subject(self.nodes[k - 2], [], k - 2)
        held = next(
            (m for m in range(k - 1, max(0, k - 8), -1) if self.kind(m) == "AUX" and self.kind(m - 1) == "H"), -1
        )
        return self._checked(held - 1, []) if held > 0 and self.low(k) == "since" else self._forward(i)

    def _forward(self, i: int) -> Subject:
        """The subject of the clause that follows an opening "Leaving Acme, …" or "After leaving Acme, …"."""
        if not self.low(i).endswith("ing") and self.kind(i) != "V":
            return Subject(None)
        for k in range(i + 1, min(len(self.nodes), i + _REACH)):
            closes = self.low(k) == "," or (self.kind(k) == "H" and self.nodes[k].aside)
            if closes and self.kind(k + 1) in {"H", "O", "CAP"} and not self.nodes[k + 1].possessive:
                return Subject(self.nodes[k + 1], [], k + 1)
            if self.low(k) in _IS and self.kind(k + 1) == "H" and k <= i + 8 and self.low(i).endswith("ing"):
                return Subject(self.together(k + 1), [], k + 1)
        return Subject(None)
