"""What an English article has told so far: who works where, whom "she" and "the company" mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from articles.extraction.en.clauses import Clauses
from articles.extraction.en.divisions import divided
from articles.extraction.en.phrases import Phraser
from articles.extraction.en.reader import EnglishReading
from articles.extraction.en.shapes import Human, Node, Organisation, Tie, lexical
from articles.extraction.en.tokens import tokenise
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Sentence
from articles.extraction.organisations import lookup, scan

_SIGNS = re.compile(r"[—–-] ?$")
_WORDS = re.compile(r"[^\W\d_]+")
# What an employer does that opens a sentence ("Acme on Monday appointed …").
_TAKES = re.compile(
    r"(?: (?:on |this |last )?[A-Z]?\w+day| this week| has| have| also| recently){0,2}"
    r" (?:hire[sd]|nam(?:es|ed)|appoint(?:s|ed)|poach(?:es|ed)|recruit(?:s|ed)|tap(?:s|ped)|promote[sd]|lure[sd]"
    r"|nab(?:s|bed)|snag(?:s|ged)|welcome[sd]) (?:[a-z’'-]+ ){0,4}[A-Z]"
)
# "The general counsel left" is not said of whom the sentence before spoke of.
_OFFICES = (["counsel"], ["officer"], ["spokesperson"], ["secretary"], ["treasurer"], ["deputy"], ["predecessor"])
_OWNS = re.compile(r"[’']s\b|[’']")
_MOST_BONDS = 60
# Within so many sentences a group that left is told by name.
_CROWD_SIGHT = 3
# Nouns that no giant is called by.
_SMALL = frozenset({"startup", "start-up", "upstart", "newcomer"})
_PAGE = re.compile(r"(?:['’]s)? (?:profiles?|posts?|pages?|accounts?|messages?|records?|data)\b")
_ACADEMIC = frozenset({"university", "college", "school", "institute", "institution", "it", "its"})
_SCHOOL = re.compile(r"\b(?:University|College|Polytechnic|Stanford|Harvard|MIT|Caltech|ETH|Institute of Technology)\b")
_TOOK_TO = re.compile(r"\b(?:took|takes|taking|taken|turned|turning) to $")
_SPEAKS = re.compile(r"\b(?:said|says|wrote|writes|posted|tweeted|added|announced|told|shared)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """An employer and the team inside it; ``name`` None is a venture without a name."""

    name: str | None
    team: str | None = None


@dataclass(slots=True)
class Bond:
    """One person's tie to one employer as the article tells it, and where."""

    place: Place
    former: bool
    at: int


@dataclass(slots=True)
class Parsed:
    """A sentence with its phrases."""

    sentence: Sentence
    clauses: Clauses


@dataclass(slots=True)
class Scene:
    """The people, their bonds and the parsed sentences of one article."""

    reading: EnglishReading
    parsed: list[Parsed] = field(default_factory=list)
    bonds: dict[str, list[Bond]] = field(default_factory=dict)
    groups: list[tuple[int, list[Human]]] = field(default_factory=list)
    roles: list[tuple[str, str, int]] = field(default_factory=list)
    last_left: tuple[int, Place, str | None] | None = None
    once: dict[int, frozenset[str]] = field(default_factory=dict)
    here: dict[int, frozenset[str]] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    # The sentence that told last of people hired, or of a group on the move: where they went, and from where.
    last_group: tuple[int, Place | None, Place | None] | None = None
    arrived: dict[str, Place] = field(default_factory=dict)
    crowd_left: tuple[int, Place, int] | None = None
    last_move: tuple[int, Place | None, Place | None, str | None] | None = None
    # Where the article told somebody to leave.
    left: dict[str, Place] = field(default_factory=dict)
    # Where somebody was told last to go, and where that stands.
    last_arrival: tuple[int, Place] | None = None
    # The start-up that the text spoke of last as somebody's own.
    venture: tuple[int, Place] | None = None
    _topic: str | None = None
    _academic: frozenset[str] | None = None

    def parse(self, sentence: Sentence) -> Parsed:
        """Tokenise and phrase one sentence, and keep what its phrases say of people."""
        text = self.reading.document.text
        entities: list[tuple[int, int, str, object]] = [(o.start, o.end, "ORG", o) for o in sentence.organisations]
        entities += [(p.start, p.end, "PER", p) for p in sentence.people if not p.pronoun]
        entities += [
            (n.start, n.end, "CAP", n)
            for n in self.reading.unplaced_in(sentence)
            if n.end - n.start > 1
            and not (self._opens(n.start, sentence) and len(n.parts) == 1 and not self._looks_named(n.start, n.end))
        ]
        entities.sort(key=lambda entity: entity[0])
        entities = divided(text, entities)
        parsed = Parsed(
            sentence, Clauses(Phraser(text, tokenise(text, sentence.start, sentence.end, entities)).nodes())
        )
        self.parsed.append(parsed)
        for node in parsed.clauses.nodes:
            self._learn(node, sentence)
        return parsed

    def _opens(self, start: int, sentence: Sentence) -> bool:
        """Whether a word is capitalised because it opens a sentence or a quotation."""
        return start == sentence.start or self.reading.document.text[start - 1] in '“"‘'

    def _looks_named(self, start: int, end: int) -> bool:
        """Whether a capitalised first word is a name: capitals in it, a possessive after it, or met elsewhere."""
        text = self.reading.document.text
        if not self.words:
            self.words.update(_WORDS.findall(text))
        word = text[start:end]
        if word.lower() in _common() or word.lower() in self.words:
            return False
        if any(c.isupper() for c in word[1:]) or text[end : end + 2] in {"'s", "’s"} or self.words[word] > 1:
            return True
        return _TAKES.match(text, end) is not None

    def _learn(self, node: Node, sentence: Sentence) -> None:
        people = [h for h in node.humans if h.person]
        for human in node.humans:
            if human.definite and not human.plural and any(tie.former for tie in human.ties):
                self._learn_described(human, sentence)
        if len(node.humans) > 1 or (node.humans and node.humans[0].cohort and node.humans[0].plural):
            self.groups.append((node.start, node.humans))
        for human in people:
            if human.role:
                self.roles.append((human.role.lower().split()[-1], human.person or "", human.start))
            for tie in human.ties:
                place = self.place(tie.organisation, sentence, node.start)
                if place and place.name:
                    self.bind(human.person or "", Bond(place, tie.former, node.start))
                    told = self.once if tie.former else self.here
                    told[sentence.start] = told.get(sentence.start, frozenset()) | {place.name}
        self._share_home(people, node.start)

    def bind(self, person: str, bond: Bond) -> None:
        """Keep a person's bond; what an article says dozens of times of one person is no news."""
        bonds = self.bonds.setdefault(person, [])
        if len(bonds) < _MOST_BONDS:
            bonds.append(bond)

    def _share_home(self, people: list[Human], at: int) -> None:
        """ "co-founders Byrne, Cole and Diaz": where one of them works, all do."""
        if len(people) < 2 or not people[0].plural or any(h.ties for h in people):
            return
        home = next((p for h in people if (p := self.current(h.person, at))), None)
        for human in people:
            if home is not None and self.current(human.person, at) is None:
                self.bind(human.person or "", Bond(home, False, at))

    def _learn_described(self, human: Human, sentence: Sentence) -> None:
        """ "the former Acme chief" said of the person whom the text spoke of last."""
        name = self._person_before(sentence, human.start)
        if name is None:
            return
        for tie in human.ties:
            place = self.place(tie.organisation, sentence, human.start)
            if tie.former and place is not None and place.name:
                self.bind(name, Bond(place, True, human.start))

    # Whom

    def people(self, human: Human, sentence: Sentence) -> list[Human]:
        """The people or group that ``human`` stands for; [] where nobody can be told."""
        if human.person or (human.cohort and not human.definite):
            return [human]
        if human.pronoun == "i":
            name = self.speaker(sentence, human.start)
            return [_as_person(human, name)] if name else []
        if human.pronoun in {"they", "them"}:
            return self.group_before(human.start)
        if human.pronoun:
            name = next(
                (m.name for m in sentence.people if m.pronoun and m.start == human.start), None
            ) or self._last_person(sentence, human.start)
            return [_as_person(human, name)] if name else []
        if human.plural:
            return self.group_before(human.start)
        return self._described(human, sentence) or ([human] if human.cohort and human.ties else [])

    def speaker(self, sentence: Sentence, position: int) -> str | None:
        """Whose words "I …" stands in: the person named outside the quotation, here or in the sentences beside it."""
        text = self.reading.document.text
        opening = max(
            text.rfind("“", sentence.start - 400 if sentence.start > 400 else 0, position),
            text.rfind('"', sentence.start, position),
        )
        if opening < 0:
            return self._signed(sentence)
        ends = [
            at
            for at in (text.find("”", position, position + 1_000), text.find('"', position, position + 1_000))
            if at > 0
        ]
        closing = min(ends, default=position)
        at = self.reading.index_of(sentence)
        near = [
            sentence,
            *self.reading.sentences[at + 1 : at + 2],
            *reversed(self.reading.sentences[max(0, at - 1) : at]),
        ]
        for candidate in near:
            named = [m.name for m in candidate.people if not m.pronoun and (m.start >= closing or m.end <= opening)]
            if named and _SPEAKS.search(candidate.text):
                return named[0]
        return None

    def _signed(self, sentence: Sentence) -> str | None:
        """The one who signs with a dash behind the sentence ("I’m leaving. — Ada Byrne")."""
        at, text = self.reading.index_of(sentence), self.reading.document.text
        for near in self.reading.sentences[at : at + 3]:
            for mention in near.people:
                if not mention.pronoun and _SIGNS.search(text, max(0, mention.start - 4), mention.start):
                    return mention.name
        return None

    def group_before(self, position: int) -> list[Human]:
        before = [group for start, group in self.groups[-40:] if position - 400 < start < position]
        if len(before) > 1 and not before[-1][0].person and before[-2][0].person:
            return before[-2]
        return before[-1] if before else []

    def _last_person(self, sentence: Sentence, position: int) -> str | None:
        near = [m.name for m in sentence.people if m.end <= position and not m.pronoun]
        return near[0] if near else None

    def _described(self, human: Human, sentence: Sentence) -> list[Human]:
        """ "the researcher", "Acme's chief scientist": the person of that role, of that employer where it is told."""
        head = (human.role or "").lower().split()[-1:]
        places = [p for tie in human.ties if (p := self.place(tie.organisation, sentence, human.start))]
        before = [entry for entry in self.roles if entry[2] <= human.start]
        for role, person, _ in (*reversed(before), *self.roles[len(before) :]):
            if [role] == head and (
                not places or any(b.place.name == places[0].name for b in self.bonds.get(person, ()))
            ):
                return [_as_person(human, person)]
        opens = human.start - sentence.start < 5 and any(tie.former for tie in human.ties)
        if (not places or opens) and human.start - sentence.start < 40 and head[-1:] not in _OFFICES:
            name = self._person_before(sentence, human.start)
            return [_as_person(human, name)] if name else []
        return []

    def _person_before(self, sentence: Sentence, position: int) -> str | None:
        last = None
        at = self.reading.index_of(sentence)
        for earlier in self.reading.sentences[max(0, at - 8) : at + 1]:
            named = [m.name for m in earlier.people if not m.pronoun and m.end <= position]
            last = named[0] if named else last
        return last

    # Where

    def place(
        self, organisation: Organisation | None, sentence: Sentence, position: int, avoid: frozenset[str] = frozenset()
    ) -> Place | None:
        """The employer that a phrase means, looking back for "the company" and "its"; None where it cannot be told."""
        if organisation is None:
            return None
        if organisation.name is not None:
            if (entry := lookup(organisation.name)) and entry.kind == "outlet":
                return None
            return Place(organisation.name, organisation.team)
        if organisation.word == "own team":
            owner = next((m.name for m in sentence.people if m.pronoun and m.start == organisation.start), None)
            return self.venture_of(owner, position) if owner is not None else None
        if organisation.owner is not None:
            return self.venture_of(organisation.owner, position)
        if organisation.word == "venture":
            return Place(None)
        if organisation.word not in _ACADEMIC:
            avoid = avoid | self._schools()
        if organisation.word == "giant":
            avoid = avoid | self._no_giants(sentence)
        if organisation.word in _SMALL:
            avoid = avoid | lexical("nouns", "giants")
            own = self.venture[1] if self.venture is not None else None
            if own is not None and own.name not in avoid and not self._named_in(sentence, position, avoid):
                return own
        before = sentence.text[
            max(0, organisation.start - sentence.start - 5) : max(0, organisation.start - sentence.start)
        ]
        if organisation.word in {"it", "its"} and not before.endswith("and "):
            name = self.organisation_first(sentence, position, avoid)
        else:
            name = self.organisation_before(sentence, position, avoid, arriving=organisation.word not in {"it", "its"})
        return Place(name, organisation.team) if name else None

    def _no_giants(self, sentence: Sentence) -> frozenset[str]:
        """Employers near the sentence that nobody calls a giant, where one is named that people do."""
        at = self.reading.index_of(sentence)
        near = {o.name for s in self.reading.sentences[max(0, at - 8) : at + 1] for o in s.organisations}
        small = near - lexical("nouns", "giants")
        return frozenset(small) if small != near else frozenset()

    def _named_in(self, sentence: Sentence, position: int, avoid: frozenset[str]) -> bool:
        """Whether the sentence names another employer before ``position``, which "the startup" may then mean."""
        return any(o.end <= position and self._acts(o) and o.name not in avoid for o in sentence.organisations)

    def organisation_before(
        self,
        sentence: Sentence,
        position: int,
        avoid: frozenset[str] = frozenset(),
        *,
        arriving: bool = False,
        unsaid: bool = False,
    ) -> str | None:
        """The employer named last before ``position`` in the sentence, else the first of an earlier one; where
        someone arrives (``arriving``), not one that the sentence names only as where people once were."""
        if arriving:
            avoid = avoid | (self.once.get(sentence.start, frozenset()) - self.here.get(sentence.start, frozenset()))
        near = [o for o in sentence.organisations if o.end <= position and self._acts(o) and o.name not in avoid]
        if near:
            return self._nearest(near, unsaid=unsaid)
        avoid = avoid | self._schools()
        opens = not unsaid and position - sentence.start < 5
        topic, thread = self.topic(), self.thread(sentence)
        if opens and (alone := self._alone_before(sentence, avoid)) is not None:
            return alone
        if topic is not None and topic not in avoid:
            return topic
        if thread is not None and thread.name not in avoid:
            return thread.name
        for earlier in self._back_from(sentence):
            named = [o for o in earlier.organisations if self._acts(o) and o.name not in avoid]
            if named:
                return named[0].name
        return None

    def _schools(self) -> frozenset[str]:
        """Universities of the text, which "the company" is not, nor what goes unsaid where firms are named too."""
        if self._academic is None:
            named = {o.name for s in self.reading.sentences for o in s.organisations if employs(o)}
            schools = frozenset(name for name in named if _SCHOOL.search(name))
            self._academic = schools if len(schools) < len(named) else frozenset()
        return self._academic

    def _alone_before(self, sentence: Sentence, avoid: frozenset[str]) -> str | None:
        """The one employer that the sentence before names, of whom "The company …" then goes on."""
        at = self.reading.index_of(sentence)
        earlier = self.reading.sentences[at - 1] if at else None
        if earlier is None or earlier.paragraph != sentence.paragraph:
            return None
        passing = self.once.get(earlier.start, frozenset()) - self.here.get(earlier.start, frozenset())
        named = {o.name for o in earlier.organisations if self._acts(o) and o.name not in passing}
        name = next(iter(named)) if len(named) == 1 else None
        return name if name not in avoid else None

    def _acts(self, mention: OrganisationMention) -> bool:
        """False for newspapers, and for where something was posted ("on LinkedIn", "her LinkedIn profile")."""
        text = self.reading.document.text
        shown = text[mention.start - 3 : mention.start] == "on " or _PAGE.match(text, mention.end) is not None
        shown = shown or _TOOK_TO.search(text, max(0, mention.start - 12), mention.start) is not None
        return employs(mention) and not (shown and mention.name in _posted())

    def _nearest(self, near: list[OrganisationMention], *, unsaid: bool) -> str:
        """The last of them; where no word stands for it (``unsaid``), rather not the owner of something else."""
        text = self.reading.document.text
        plain = [o for o in near if text[o.end : o.end + 2] not in {"'s", "’s"}] if unsaid and len(near) > 1 else []
        return (plain or near)[-1].name

    def topic(self) -> str | None:
        """The employer that the article is about: named three times or more, and twice as often as any other."""
        if self._topic is None:
            counts = Counter(o.name for s in self.reading.sentences for o in s.organisations if employs(o))
            (first, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
            self._topic = first if most >= 3 and most >= 2 * second else self._titled(counts)
        return self._topic or None

    def _titled(self, counts: Counter[str]) -> str:
        """The one employer that the title names, where the text speaks of it too."""
        named = {hit.organisation.name for hit in scan(self.reading.document.title) if not hit.organisation.ambiguous}
        name = next(iter(named)) if len(named) == 1 else ""
        return name if counts[name] else ""

    def organisation_first(self, sentence: Sentence, position: int, avoid: frozenset[str]) -> str | None:
        """The employer that the sentence names first, whom "it" mostly means."""
        near = [o.name for o in sentence.organisations if o.end <= position and self._acts(o) and o.name not in avoid]
        return near[0] if near else self.organisation_before(sentence, position, avoid)

    def _back_from(self, sentence: Sentence) -> list[Sentence]:
        sentences = self.reading.sentences
        at = self.reading.index_of(sentence)
        return sentences[max(0, at - 4) : at][::-1]

    def thread(self, sentence: Sentence) -> Place | None:
        """The employer that the departures just told were from; a list of leavers names it once."""
        if self.last_left is None or not -700 < self.last_left[0] - sentence.start <= len(sentence.text):
            return None
        return self._turned_to(self.last_left[0], sentence) or self.last_left[1]

    def _turned_to(self, start: int, sentence: Sentence) -> Place | None:
        """The employer that a sentence between ``start`` and this one opens with: the text has gone on to it."""
        first, last = self.reading.index_at(start), self.reading.index_of(sentence)
        for other in reversed(self.reading.sentences[first + 1 : last]):
            opening = other.organisations[0] if other.organisations else None
            acts = opening is not None and opening.start == other.start and employs(opening)
            if opening is not None and acts and not _OWNS.match(other.text, opening.end - other.start):
                return Place(opening.name)
        return None

    def crowd_from(self, sentence: Sentence) -> Place | None:
        """The employer that a counted group was told to leave just before, for those then named as going elsewhere."""
        if self.crowd_left is None:
            return None
        at, place, _ = self.crowd_left
        between = self.reading.index_of(sentence) - self.reading.index_at(at)
        return place if 0 < between <= _CROWD_SIGHT else None

    def current(self, person: str | None, position: int) -> Place | None:
        """Where the article says the person works, by the nearest telling before ``position``, else the first after."""
        bonds = [b for b in self.bonds.get(person or "", ()) if not b.former]
        before = [b for b in bonds if b.at <= position]
        return (before[-1] if before else bonds[0]).place if bonds else None

    def venture_of(self, person: str, position: int) -> Place:
        """What someone started or runs, where the article or the world's knowledge tells it."""
        told = (self.arrived.get(person), self.led_by(person), self.current(person, position))
        place = next((p for p in told if p is not None and p.name), Place(None))
        if place.name is not None:
            self.venture = (position, place)
        return place

    def earlier(self, person: str | None) -> list[Place]:
        return [b.place for b in self.bonds.get(person or "", ()) if b.former]

    def led_by(self, person: str | None) -> Place | None:
        """The employer that a well-known chief acts for."""
        leaders = table("en/leaders")
        for name, employer in leaders.items():
            if person in {name, name.split()[-1]}:
                return Place(employer)
        return None

    def implied(self, human: Human, sentence: Sentence, avoid: frozenset[str] = frozenset()) -> Place | None:
        """The employer of "chief executive Ada Byrne" where none stands by: the first that the sentence names."""
        if not human.role or human.role.lower().split()[-1].rsplit("-turned-")[-1] not in lexical("nouns", "chiefs"):
            return None
        if human.ties:
            return None
        before = (o for o in sentence.organisations if o.end <= human.start)
        near = [o.name for o in before if self._acts(o) and o.name not in avoid]
        topic = self.topic()
        name = near[0] if near else topic if topic not in avoid else self._just_before(sentence, avoid)
        return Place(name) if name else None

    def _just_before(self, sentence: Sentence, avoid: frozenset[str]) -> str | None:
        """The first employer of the sentence before, within the paragraph."""
        at = self.reading.index_of(sentence)
        earlier = self.reading.sentences[at - 1] if at else None
        if earlier is None or earlier.paragraph != sentence.paragraph:
            return None
        return next((o.name for o in earlier.organisations if employs(o) and o.name not in avoid), None)


def employs(mention: OrganisationMention) -> bool:
    """False for newspapers and the like, which the press names as its sources."""
    entry = lookup(mention.name)
    return entry is None or entry.kind != "outlet"


def _as_person(human: Human, name: str) -> Human:
    return Human(
        human.start, human.end, person=name, role=human.role, ties=[t for t in human.ties if isinstance(t, Tie)]
    )


@cache
def _posted() -> frozenset[str]:
    """Employers on whose sites people tell of themselves."""
    return lexical("nouns", "media")


@cache
def _common() -> frozenset[str]:
    return frozenset(table("en/nouns")["not_names"])
