"""Reads an English article once: its sentences, the organisations and people in them, pronouns resolved."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from articles.extraction.document import Document
from articles.extraction.en.asides import Cuts
from articles.extraction.en.kinds import kinds, names_event, places
from articles.extraction.en.names import Name, find_names, is_given
from articles.extraction.en.pronouns import Person, resolve
from articles.extraction.en.tokens import tag_of
from articles.extraction.lexicon import table, words
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.organisations import Hit, lookup, scan

_LONGEST = 1_200
# What the model is this sure to be neither person nor employer, no slot of the grammar makes one.
_SURELY_OTHER = 0.85
_END = re.compile(r"[.!?…][\"”’)\]]{0,2}(?=\s|[A-Z“][a-z’' ])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Rep|Sen|Gov|Gen|approx|e\.g|i\.e|a\.k\.a|U\.S|U\.K|D\.C)|\b(?:[A-Z]\.)+[A-Z]|(?:^|[A-Za-z]\s|[(“\"])(?!X)[A-Z])\.$"
)


@dataclass(slots=True)
class EnglishReading(Reading):
    """A reading that also keeps the capitalised runs nobody could place, for the grammar to place by their slot."""

    unplaced: list[Name] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    # The way back to the offsets of the article, where asides were left out of the text.
    cuts: Cuts | None = None

    def unplaced_in(self, sentence: Sentence) -> list[Name]:
        """The unplaced runs of one sentence."""
        first = bisect_left(self.unplaced, sentence.start, key=lambda name: name.start)
        last = bisect_left(self.unplaced, sentence.end, key=lambda name: name.start)
        return self.unplaced[first:last]

    def index_of(self, sentence: Sentence) -> int:
        """The sentence's place among the sentences."""
        return self.index_at(sentence.start)

    def index_at(self, start: int) -> int:
        """The place among the sentences of the one that begins at ``start``."""
        return bisect_left(self.sentences, start, key=lambda other: other.start)


def read(document: Document) -> EnglishReading:
    """Sentences with their mentions, in order of the text."""
    text = document.text
    sentences = list(split(text))
    hits = _plain_hits(text, scan(text))
    names = find_names(text, hits)
    verdicts = kinds(text, names)
    reading = EnglishReading(document, sentences)
    judged = [replace(n, person=v.kind == "person") for n, v in zip(names, verdicts, strict=True)]
    people, unplaced = _people(text, judged)
    small = set(_LOWER.findall(text))
    opening = {sentence.start for sentence in sentences}
    plain = {n.start for n in names if n.parts[0].lower() in words("en/common") and _plainly(text, n, opening)}
    firms = {
        n.start
        for n, v in zip(names, verdicts, strict=True)
        if v.kind == "organisation"
        and not _titled(text, n)
        and not (len(n.parts) == 1 and n.parts[0].lower() in small)
        and n.start not in plain
        and "-to-" not in n.parts[0].lower()
    }
    presented = {name.parts for name in unplaced if name.start not in plain and _presented(text, name)}
    firms |= {name.start for name in unplaced if name.parts in presented}
    strangers = [name for name in unplaced if name.start in firms]
    others = {
        n.start
        for n, v in zip(names, verdicts, strict=True)
        if v.kind == "other" and v.chance > _SURELY_OTHER and not (len(n.parts) > 1 and n.parts[-1] in _endings())
    }
    judged_otherwise = firms | others | plain
    unplaced = [name for name in unplaced if name.start not in judged_otherwise]
    reading.people = {person.name: person for _, _, person in people}
    reading.unplaced = unplaced
    starts = [sentence.start for sentence in sentences]
    for hit in hits:
        _at(sentences, starts, hit.start).organisations.append(
            OrganisationMention(hit.start, hit.end, hit.organisation.name, hit.organisation.team)
        )
    strangers = _whole_firms(text, sentences, strangers)
    strangers, unplaced = _institutions(text, hits, strangers, unplaced)
    short = {name.parts[0] for name in strangers if len(name.parts) > 1}
    strangers += [name for name in unplaced if len(name.parts) == 1 and name.parts[0] in short]
    reading.unplaced = unplaced = [n for n in unplaced if not (len(n.parts) == 1 and n.parts[0] in short)]
    strangers = [name for name in strangers if not _is_short_form(text, name) and not _names_office(text, name)]
    unplaced = [name for name in unplaced if not _is_short_form(text, name) and not _names_office(text, name)]
    reading.unplaced = unplaced
    strangers.sort(key=lambda name: name.start)
    fullest = _fullest(strangers)
    for name in strangers:
        mention = OrganisationMention(name.start, name.end, fullest[name.parts], known=False)
        _at(sentences, starts, name.start).organisations.append(mention)
    for sentence in sentences:
        sentence.organisations.sort(key=lambda mention: mention.start)
    for start, end, person in people:
        _at(sentences, starts, start).people.append(person.mention(start, end))
    resolve(sentences, reading.people)
    return reading


_LOWER = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])")
_TITLE = re.compile(r"(?:^|\s)([A-Z][\w’-]+) of (?:the )?$")


_HEADS_OF = re.compile(r"\b(?:[Hh]ead|[Cc]hief|[Dd]irector|[Ll]ead|V\.?P\.?|[Pp]resident) of $")


def _plainly(text: str, name: Name, opening: set[int]) -> bool:
    """Whether one common word is capitalised for its place alone: it opens a sentence or ends a job's name."""
    if len(name.parts) > 1 or text[name.end : name.end + 2] in {"'s", "’s"} or _HIRES.match(text, name.end):
        return False
    if _HEADS_OF.search(text, max(0, name.start - 16), name.start) is not None:
        return True
    return name.start in opening and re.search(rf"[a-z,] {name.parts[0]}\b", text) is None


_OF_TITLE = re.compile(r" of (?:the )?[A-Z]")
_BESIDE = re.compile(r"([A-Za-z-]+) $")
_AFTER = re.compile(r" ([A-Z][a-z]+)")


def _is_job(text: str, name: Name) -> bool:
    """Whether the word stands inside a job in capitals ("Senior Prompt Engineer")."""
    before, after = _BESIDE.search(text, max(0, name.start - 20), name.start), _AFTER.match(text, name.end)
    if before is None or after is None:
        return False
    return tag_of(after[1].lower()) == "ROLE" and before[1].lower() in _role_words()


@cache
def _role_words() -> frozenset[str]:
    return frozenset(table("en/nouns")["role_words"]) - {"former", "ex", "then", "longtime"}


def _titled(text: str, name: Name) -> bool:
    """Whether the name ends a title ("Song of Kings"): a capitalised word that is no role and "of" stand before it."""
    if len(name.parts) == 1 and (_OF_TITLE.match(text, name.end) or _is_job(text, name)):
        return True
    match = _TITLE.search(text, max(0, name.start - 30), name.start)
    return match is not None and tag_of(match[1].lower()) is None and match[1].lower() not in _heads()


@cache
def _endings() -> frozenset[str]:
    return frozenset(table("en/firms")["endings"])


@cache
def _heads() -> frozenset[str]:
    nouns = table("en/nouns")
    return frozenset(nouns["roles"] + nouns["organisations"] + nouns["teams"])


_INSTITUTION = re.compile(
    r"\b(?:University|Institute|College|School|Academy|Bank|City|Port) of (?:the )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)?"
    r"|(?<![\w’'-])(?!(?:The|At|In|From|For|And|But|By|With|As|After|When|While|His|Her|Its|Their|Our|An|Former|Both|Since|To)\b)"
    r"(?:[A-Z][\w’&-]+ ){1,3}(?:University|Institute|College|Hospital|Philanthropies)\b"
)


def _institutions(
    text: str, hits: list[Hit], strangers: list[Name], unplaced: list[Name]
) -> tuple[list[Name], list[Name]]:
    """The names with those of the kind "University of Elmton" among the strangers, in one piece."""
    taken = {hit.start for hit in hits}
    whole = [m for m in _INSTITUTION.finditer(text) if not any(at in taken for at in range(m.start(), m.end()))]
    if not whole:
        return strangers, unplaced
    covered = [(m.start(), m.end()) for m in whole]

    def outside(name: Name) -> bool:
        return not any(start <= name.start < end for start, end in covered)

    found = [Name(m.start(), m.end(), tuple(m[0].split()), False) for m in whole]
    kept = [name for name in strangers if outside(name)]
    return sorted([*kept, *found], key=lambda name: name.start), [name for name in unplaced if outside(name)]


def _whole_firms(text: str, sentences: list[Sentence], strangers: list[Name]) -> list[Name]:
    """Names that go on where a firm of the lexicon ends, with it: "Volvo Cars" is one firm, and not Volvo."""
    found = []
    places = {mention.end: (s, mention) for s in sentences for mention in s.organisations}
    for name in strangers:
        sentence, before = places.get(name.start - 1, (None, None))
        if sentence is None or before is None or text[name.start - 1] != " " or before.team or _is_giant(before.name):
            found.append(name)
            continue
        sentence.organisations.remove(before)
        parts = (*text[before.start : before.end].split(), *name.parts)
        found.append(Name(before.start, name.end, parts, False))
    return found


_IN_BRACKETS = re.compile(r"[\w.]\s\((?:NASDAQ|NYSE|Nasdaq)?:?\s?$")


def _is_short_form(text: str, name: Name) -> bool:
    """Whether capitals in brackets only shorten the name before them ("Larkspur Machines Corporation (LMC)")."""
    written = text[name.start : name.end]
    closed = text[name.end : name.end + 1] == ")" and written.isupper() and len(written) < 7
    return closed and _IN_BRACKETS.search(text, max(0, name.start - 10), name.start) is not None


_FIRMS = (
    r"(?:[Ss]tart-?ups?|firm|company|maker|giant|lab|agency|studio|retailer|chain|unicorn|nonprofit|charity|consultancy|"
    r"broker|insurer|chipmaker|automaker|carmaker|drugmaker|lender|airline|think tank)"
)
_CALLED_FIRM = re.compile(rf"\b{_FIRMS}(?: called| named| dubbed|,)? $")
_IS_FIRM = re.compile(
    rf",? (?:is )?(?:an?|the) (?:[\w’'-]+ ){{0,4}}?{_FIRMS}\b(?! (?:said|says|told|CEO|founder))"
    r"|[’']s (?:former |new |then-|own )?(?:CEO|CTO|CFO|COO|chief executive|co-?founders?|headquarters)\b"
    r"| (?:CEO|CTO|CFO|COO) [A-Z]"
)


def _presented(text: str, name: Name) -> bool:
    """Whether the text itself presents the name as a firm's: "the startup Larkspur", "Larkspur, a chipmaker"."""
    if name.person or (len(name.parts) == 1 and len(name.parts[0]) < 3):
        return False
    called = _CALLED_FIRM.search(text, max(0, name.start - 24), name.start)
    return called is not None or _IS_FIRM.match(text, name.end) is not None


_OFFICE = re.compile(
    r"\b(?:Office|Center|Centre|Division|Department|Bureau|Faculty|Directorate) (?:of|for) (?:the )?"
    r"(?:[A-Z]\w+ (?:and |& )?){0,4}$"
)


def _names_office(text: str, name: Name) -> bool:
    """Whether the name only ends that of a part ("Acme's Office of Larkspur Research")."""
    return _OFFICE.search(text, max(0, name.start - 70), name.start) is not None


def _is_giant(name: str) -> bool:
    return name in table("en/nouns")["giants"]


_LEGAL = frozenset({"Inc", "Ltd", "LLC", "Corp", "PLC", "plc", "GmbH", "AG", "SA", "Limited", "Corporation"})
# "Larkspur" met before "the Larkspur Foundation" is not short for it.
_OWN_BODIES = frozenset({"Foundation", "Fund", "Trust", "Ventures", "Capital", "Academy", "Museum", "Prize"})


def _fullest(names: Iterable[Name]) -> dict[tuple[str, ...], str]:
    """Each name with its fullest form: "Larkspur" stands for Larkspur Labs where the article has only one such."""
    found = {name.parts: " ".join(name.parts) for name in names}
    longer: dict[str, set[str]] = {}
    first: dict[tuple[str, ...], int] = {}
    for name in names:
        first.setdefault(name.parts, name.start)
    for parts, form in found.items():
        founded = parts[-1] in _OWN_BODIES and first.get(parts[:1], first[parts]) < first[parts]
        if len(parts) > 1 and not founded:
            longer.setdefault(parts[0], set()).add(form)
    for parts in found:
        known = lookup(" ".join(parts[:-1])) if parts[-1] in _LEGAL else None
        if known is not None or (parts[-1] in _LEGAL and parts[:-1] in found):
            found[parts] = known.name if known is not None else found[parts[:-1]]
        if len(parts) == 1 and len(longer.get(parts[0], ())) == 1:
            found[parts] = next(iter(longer[parts[0]]))
    return found


def english_names(text: str) -> list[Name]:
    """The capitalised runs of ``text`` outside the organisations of the lexicon."""
    return find_names(text, _plain_hits(text, scan(text)))


def split(text: str) -> Iterator[Sentence]:
    """Sentences of ``text`` without the white space around them; never longer than about 1,200 characters."""
    start = paragraph = 0
    for match in _END.finditer(text):
        broken = match.group()[0] == "\n"
        if not broken and _ABBREVIATION.search(text, max(start, match.end() - 9), match.end()):
            continue
        yield from _pieces(text, start, match.start() if broken else match.end(), paragraph)
        start = match.end()
        paragraph += broken
    yield from _pieces(text, start, len(text), paragraph)


def _pieces(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    while start < end:
        cut = end if end - start <= _LONGEST else (text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST)
        first, last = start, cut
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield Sentence(first, last, text[first:last], paragraph)
        start = cut


def _at(sentences: list[Sentence], starts: list[int], position: int) -> Sentence:
    return sentences[max(0, bisect_right(starts, position) - 1)]


def _plain_hits(text: str, hits: list[Hit]) -> list[Hit]:
    """Hits that do mean the organisation: an ambiguous name needs a longer form elsewhere or a telling neighbour."""
    certain = {hit.organisation.name for hit in hits if not hit.organisation.ambiguous}
    certain |= {hit.organisation.name for hit in hits if _meant(text, hit, certain)}
    return [
        hit
        for hit in hits
        if not _compounded(text, hit) and (not hit.organisation.ambiguous or _meant(text, hit, certain))
    ]


def _compounded(text: str, hit: Hit) -> bool:
    """ "OpenAI-backed" describes something else; "@OpenAI" and "openai.com" are addresses."""
    after = text[hit.end : hit.end + 2]
    before = text[hit.start - 1] if hit.start else " "
    if names_event(text, hit.end):
        return True
    return (
        (after[:1] == "-" and after[1:].islower())
        or before in "@#/"
        or (after[:1] == "." and after[1:].islower())
        or after[:1] == "@"
    )


_PLACED = re.compile(
    r"\b(?:at|from|of|by|to|for|with|joins?|joined|joining|left|leave|leaving|startup|company|firm|maker|and|acquire[sd]?|lab)\s$"
)


_TITLED = re.compile(
    r"\s(?:CEO|CTO|CFO|COO|CMO|president|founder|co-?founder|chief|researchers?|engineers?|executives?|scientists?|alum|alumni|veteran|employees?|staffers?)\b"
)


_HIRES = re.compile(
    r"(?:, (?:meanwhile|too|also|for its part),)? (?:(?:has|had|is|have) )?(?:just |now |also )?(?:hire[sd]|hiring"
    r"|poach(?:es|ed)|recruit(?:s|ed)|name[sd]|appoint(?:s|ed)|promote[sd]|scooped|snagged|lured|tapped|nab(?:s|bed)"
    r"|snag(?:s|ged)|persuaded|convinced|lost|laid off|parted ways)\b"
)


def _meant(text: str, hit: Hit, certain: set[str]) -> bool:
    if hit.organisation.name in certain or _HIRES.match(text, hit.end) or _TITLED.match(text, hit.end):
        return True
    before = text[max(0, hit.start - 14) : hit.start]
    after = text[hit.end : hit.end + 2]
    if _amid(text, hit):
        return True
    if (after[:1] == " " and after[1:].isupper()) or text.startswith(" of ", hit.end):
        return False
    return bool(_PLACED.search(before)) or after in {"’s", "'s"}


_AMID = re.compile(
    r"(?<![\w’'-])(?!(?:the|a|an) )(?:[a-z][\w’'-]*[,;]?"
    r"|Once|When|After|As|While|Before|Since|If|Because|But|And|Although|Though|At|For|With|From|By|Until)[\"”’]? $"
)
_NUMBERED = re.compile(r"[ -]?(?:\d|[A-Z])")


def _amid(text: str, hit: Hit) -> bool:
    """Whether a word that is also common stands capitalised amid small ones, and is no surname, town or "Block 3"."""
    word = text[hit.start : hit.end]
    amid = word[0].isupper() and _AMID.search(text, max(0, hit.start - 24), hit.start) is not None
    named = word in words("en/surnames") or is_given(word) or word in places()
    return amid and not named and _NUMBERED.match(text, hit.end) is None


def _people(text: str, names: list[Name]) -> tuple[list[tuple[int, int, Person]], list[Name]]:
    """Mentions of people, each tied to the person it names, and the runs that name nobody known."""
    full: dict[str, Person] = {}
    short: dict[str, Person] = {}
    for name in sorted(names, key=lambda name: len(name.parts) == 1):
        if name.person and (len(name.parts) > 1 or name.parts[0] not in short):
            _enter(" ".join(name.parts), name.parts, full, short)
    for one, two in pairwise(names):
        if (
            two.person
            and len(one.parts) == 1
            and is_given(one.parts[0])
            and text[one.end : two.start] in {" and ", " & "}
        ):
            parts = (one.parts[0], *two.parts[1:])
            full[one.parts[0]] = Person(" ".join(parts), {one.parts[0]})
    for known in table("en/leaders"):
        short.setdefault(known.split()[-1], Person(known.split()[-1]))
    mentions, unplaced = [], []
    for name in names:
        form = " ".join(name.parts)
        person = full.get(form) or (short.get(form) if len(name.parts) <= 3 else None)
        if person is None:
            unplaced.append(name)
            continue
        person.add(text[name.start : name.end])
        mentions.append((name.start, name.end, person))
    return mentions, unplaced


def _enter(form: str, parts: tuple[str, ...], full: dict[str, Person], short: dict[str, Person]) -> None:
    """Enter a full name with the short forms that may stand for it; "Alex Wang" is "Alexandr Wang" met before."""
    if form in full:
        return
    surname = parts[-1] if len(parts) == 1 else _surname(parts)
    earlier = short.get(surname)
    if earlier and _same(earlier.name.split(), parts):
        full[form] = earlier
        if len(form) > len(earlier.name) and earlier.name.split()[0] == parts[0]:
            earlier.aliases.add(earlier.name)
            earlier.name = form
        else:
            earlier.add(form)
        return
    person = full[form] = Person(form)
    for alias in {surname, parts[-1]}:
        short.setdefault(alias, person)
    if len(parts) > 1 and (len(parts[0]) > 2 or is_given(parts[0])) and parts[0] not in short and "." not in parts[0]:
        short[parts[0]] = person
    for part in parts[1:-1]:
        if part[0] in '(“"':
            short.setdefault(part.strip('()“”"'), person)


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("en/nouns")["particles"])


def _surname(parts: tuple[str, ...]) -> str:
    first = next((i for i, part in enumerate(parts) if i and part.lower() in _particles()), len(parts) - 1)
    return " ".join(parts[first:])


def _same(earlier: list[str], parts: tuple[str, ...]) -> bool:
    """Whether two full names with one surname may be one person: first names alike in their first three letters."""
    if len(earlier) < 2 or len(parts) < 2 or earlier[-1] != parts[-1]:
        return False
    one, two = earlier[0].rstrip("."), parts[0].rstrip(".")
    return one[:3] == two[:3] or ((len(one) == 1 or len(two) == 1) and one[0] == two[0])
