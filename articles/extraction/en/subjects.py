"""Who acts in an English clause: the subject of a verb through infinitives, relatives, asides and "and"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from articles.extraction.en.shapes import Node
from articles.extraction.en.tokens import Verb, verbs
from articles.extraction.lexicon import table

_SKIPPED = frozenset({"ADV", "AUX", "T"})
_REACH = 30


@dataclass(slots=True)
class Subject:
    """The phrase that acts (None where it cannot be told) and the words that govern the verb on the way to it."""

    node: Node | None
    words: list[str] = field(default_factory=list)
    at: int = -1
    own: frozenset[str] = frozenset()


@cache
def standing(key: str) -> frozenset[str]:
    return frozenset(table("en/verbs")["standing"][key])


@cache
def _asked() -> frozenset[str]:
    return frozenset(table("en/verbs")["control"]["asked"])


@cache
def _controllers() -> frozenset[str]:
    lemmas = frozenset(table("en/verbs")["control"]["object"])
    return frozenset(form for form, readings in verbs().items() if any(v.lemma in lemmas for v in readings))


class Subjects:
    """The verbs of one sentence, and who acts."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    def low(self, i: int) -> str:
        return self.nodes[i].low if 0 <= i < len(self.nodes) else ""

    def kind(self, i: int) -> str:
        return self.nodes[i].kind if 0 <= i < len(self.nodes) else ""

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
        if low == "to":
            return self._with(self._infinitive(k, depth), words)
        if node.kind == "REL":
            return self._with(self._antecedent(k), words)
        if node.kind in {"H", "O"} and not node.possessive:
            return self._checked(k, words)
        if node.kind == "CAP":
            return Subject(node, words, k)
        if low == ":" and k and self.kind(k - 1) == "H" and self.kind(k - 2) not in {"V", "OV", "PREP"}:
            return self._with(Subject(self.nodes[k - 1], [], k - 1), words)
        if low in {",", "—", "–", ")", "-"}:
            return self._with(self._aside(k, i, depth), words)
        if node.kind == "CONJ":
            return self._with(self._coordinate(k, depth), words)
        if node.kind == "PREP":
            return self._with(self._gerund(k, i, depth), [*words, low])
        if node.kind in {"V", "OV"} and self.low(i).endswith("ing") and k == i - 1:
            return self._with(self._inner(k, depth), [*words, low])
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
        if self.kind(k) in _SKIPPED or (self.low(k) == "since" and self.kind(k - 1) == "AUX"):
            return True
        if self.low(k) == "," and self.kind(k - 1) in {"ADV", "T"} and self.low(k - 2) == ",":
            return True
        return (
            self.low(k) == ","
            and self.kind(k + 1) in {"ADV", "T"}
            and (self.kind(k - 1) in {"H", "REL"})
            and self.low(k + 2) == ","
        )

    def _checked(self, k: int, words: list[str]) -> Subject:
        """The phrase at ``k``; what opens its clause ("if", "whether") joins the governing words."""
        m = k - 1
        while m >= 0 and self.kind(m) in {"ADV", "T"}:
            m -= 1
        if self.kind(m) == "V" and len(self.nodes[k].humans) > 1:
            return Subject(replace(self.nodes[k], humans=self.nodes[k].humans[-1:]), words, k)
        if self.low(m) in {"if", "whether", "unless", "should"}:
            words.append("if")
        teller = m - 1 if self.low(m) == "that" else m
        if self.low(teller) in standing("told"):
            words.append("told")
            if any(human.pronoun in {"he", "she"} for human in self.nodes[k].humans):
                words.append("self")
        if self.low(m) == "that" or self.kind(m) == "OV" or self.kind(m) == "REL":
            words.extend(self._governing(m))
        return Subject(self.nodes[k], words, k)

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
        while g >= 0 and self.kind(g) in {"ADV", "T"}:
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
            if self.kind(v) in {"V", "OV", "PREP"}:
                v = self.verb_before(g)
                return self._inner(v, depth) if v >= 0 else Subject(None)
            return Subject(None, ["offered"]) if node.kind == "O" else Subject(node, [], g)
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
        v = self.verb_before(g)
        purpose = node.low in {"deal", "agreement", "pact", "decision", "plan", "move"}
        if v < 0 and purpose:
            return self._with(self._first_before(g), [node.low])
        if v < 0 or (self.kind(v) == "W" and not purpose) or self.low(v) in _asked():
            return Subject(None, [node.low])
        return self._with(self._inner(v, depth), [node.low])

    def _first_before(self, g: int) -> Subject:
        """Who "struck a deal to …", where the verb itself is unknown: the phrase that opens the clause."""
        for m in range(max(0, g - 10), g):
            if self.kind(m) in {"H", "O"} and not self.nodes[m].possessive and self.kind(m - 1) != "PREP":
                return Subject(self.nodes[m], [], m)
        return Subject(None)

    def _talks(self, g: int, depth: int) -> Subject:
        """Who "is in advanced talks to …"."""
        k = g
        while k > 0 and (self.kind(k) in {"W", "ADV", "T", "DET"} or self.low(k) in {"in", "reportedly"}):
            k -= 1
        return self._inner(k + 1, depth) if self.kind(k) == "AUX" else Subject(self.nodes[k], [], k)

    def _noun_or_verb(self, g: int, depth: int) -> Subject:
        """The subject of the governing word, which may be a noun with an owner ("her plans to leave")."""
        owner = self._owner(g)
        return (
            Subject(self.nodes[owner], [], owner)
            if owner is not None and self.kind(g) != "V"
            else self._inner(g, depth)
        )

    def _inner(self, v: int, depth: int) -> Subject:
        return self._subject(v, depth + 1)

    def _owner(self, g: int) -> int | None:
        """The person whose noun stands at ``g`` ("Ada Byrne's decision")."""
        for k in range(g - 1, max(-1, g - 4), -1):
            if self.nodes[k].kind == "H" and self.nodes[k].possessive:
                return k
            if self.kind(k) not in {"W", "ADV", "ROLE"}:
                return None
        return None

    def verb_before(self, g: int) -> int:
        for k in range(g - 1, max(-1, g - 14), -1):
            if self.kind(k) in {"V", "OV"} or (self.kind(k) == "W" and self.kind(k - 1) == "AUX"):
                return k
            if self.low(k) in {";", ":"}:
                return -1
        return -1

    def _antecedent(self, k: int) -> Subject:
        """Whom "who" stands for: the nearest person before it; for "which", what stands right before."""
        j = k - 1
        while j >= 0 and self.low(j) in {",", "—", "–", "of", "all"}:
            j -= 1
        if self.low(j) == "those":
            return self._those(k)
        if j >= 0 and self.kind(j) == "O" and self.low(k) != "who":
            return Subject(self.nodes[j], [], j)
        for m in range(j, max(-1, j - 6), -1):
            if self.kind(m) == "H" and not self.nodes[m].possessive:
                if self.low(m) == "one" and self.low(m - 1) == "," and self.kind(m - 2) == "H":
                    return Subject(self.nodes[m - 2], [], m - 2)
                return self._predicated(m)
            if self.kind(m) in {"V", "REL"}:
                break
        return Subject(None)

    def _predicated(self, m: int) -> Subject:
        """ "Byrne is one of several researchers to …", "was among those who …": the person whom the group includes."""
        k = m - 1 if self.low(m - 1) == "among" else m
        told = k < m or self.low(m) == "one"
        if told and self.kind(k - 1) == "AUX" and self.kind(k - 2) == "H" and not self.nodes[k - 2].possessive:
            return Subject(self.nodes[k - 2], [], k - 2)
        return Subject(self.nodes[m], [], m)

    def _those(self, k: int) -> Subject:
        """ "Those who left are A and B", "those joining include A": the people named behind."""
        for m in range(k + 1, min(k + 14, len(self.nodes) - 1)):
            if (
                self.low(m) in {"are", "were", "include", "included", "includes", "including"}
                and self.kind(m + 1) == "H"
            ):
                return Subject(self.nodes[m + 1], [], m + 1)
            if self.low(m) in {".", ";"}:
                break
        return Subject(None)

    def _aside(self, k: int, i: int, depth: int) -> Subject:
        """The subject before a comma: what the aside that ends here interrupts, or for "-ing" the main clause's."""
        if self.low(i).endswith("ing") and not any(self.kind(m) == "AUX" for m in range(k + 1, i)):
            v = self.verb_before(k)
            if v >= 0:
                return self._inner(v, depth)
        for m in range(k - 1, max(-1, k - _REACH), -1):
            node = self.nodes[m]
            acts = node.kind in {"H", "O", "CAP"} and not node.possessive and m + 1 < k
            if acts and self._interrupted(m) and self._opens_clause(m):
                return Subject(node, [], m)
        return Subject(None)

    def _interrupted(self, m: int) -> bool:
        """Whether an aside begins after the phrase at ``m`` or within it ("Byrne, a director at Acme with …,")."""
        return self.low(m + 1) in {",", "—", "–", "(", "-"} or self.kind(m + 1) == "REL" or self.nodes[m].aside

    def _opens_clause(self, m: int) -> bool:
        """Whether the phrase at ``m`` can be a subject: nothing that takes an object stands before it."""
        k = m - 1
        while k >= 0 and self.kind(k) in {"ADV", "T"}:
            k -= 1
        return (
            k < 0
            or self.kind(k) in {"CONJ", "REL", "OV", "P", "W"}
            or self.low(k) in {"that", "as", "while", "after", "before", "since", "when"}
        )

    def _coordinate(self, k: int, depth: int) -> Subject:
        """The subject that a verb after "and" shares with the verb before."""
        v = self.verb_before(k)
        if v < 0:
            return Subject(None)
        found = self._inner(v, depth)
        return Subject(found.node, [w for w in found.words if w in {"will", "if", "denied"}], found.at)

    def _gerund(self, k: int, i: int, depth: int) -> Subject:
        """The subject of "after leaving": that of the main clause, before it or after it."""
        if not self.low(i).endswith("ing") and not any(self.low(m) == "being" for m in range(k + 1, i)):
            return self._past_prepositions(k)
        v = self.verb_before(k)
        if v >= 0:
            found = self._inner(v, depth)
            if found.node is not None:
                words = [w for w in found.words if w in {"denied", "denies"}]
                if self.low(v) in standing("prevented") | standing("negative") | standing("rumoured"):
                    words.append(self.low(v))
                return Subject(found.node, words, found.at)
            return self._object_before(k, v)
        return self._forward(i)

    def _object_before(self, k: int, v: int) -> Subject:
        for m in range(k - 1, v, -1):
            if self.kind(m) == "H":
                return Subject(self.nodes[m], [], m)
        return Subject(None)

    def _forward(self, i: int) -> Subject:
        """The subject of the clause that follows an opening "Leaving Acme, …" or "After leaving Acme, …"."""
        if not self.low(i).endswith("ing") and self.kind(i) != "V":
            return Subject(None)
        for k in range(i + 1, min(len(self.nodes), i + _REACH)):
            if self.low(k) == "," and self.kind(k + 1) in {"H", "O", "CAP"}:
                return Subject(self.nodes[k + 1], [], k + 1)
        return Subject(None)

    def _past_prepositions(self, k: int) -> Subject:
        """The person before "… of the London office" and the like, when only nouns stand between it and the verb."""
        for m in range(k, max(-1, k - 8), -1):
            node = self.nodes[m]
            if node.kind == "H" and not node.possessive and m < k:
                return Subject(node, [], m) if self.kind(m + 1) == "PREP" and self._opens_clause(m) else Subject(None)
            if node.kind not in {
                "W",
                "DET",
                "PREP",
                "T",
                "O",
                "CAP",
                "NUM",
                "ROLE",
                "ADV",
                "UNIT",
                "YEAR",
            } and node.low not in {"’", "'"}:
                return Subject(None)
        return Subject(None)
