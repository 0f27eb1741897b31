"""Who says so: shapes and decisions that every language's attribution shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.extraction.claims import Attribution, AttributionKind, Status
from articles.extraction.document import Span
from articles.extraction.mentions import OrganisationMention, PersonMention, Reading, Sentence
from articles.extraction.vicinity import around

# An organisation this many characters before a name is taken for that person's employer ("Acme chief Ada Byrne").
_TITLE_REACH = 40


@dataclass(frozen=True, slots=True)
class Source:
    """A teller found in the text: its words, its kind, and whom it speaks for (a person, an organisation)."""

    text: str
    kind: AttributionKind
    person: str | None = None
    organisation: str | None = None
    count: int | None = None
    official: bool = False

    def as_attribution(self) -> Attribution:
        return Attribution(text=self.text, kind=self.kind, count=self.count)


def is_party(source: Source, reading: Reading, sentence: Sentence, span: Span) -> bool:
    """True where the claim at ``span`` is about the teller, or about the organisation it speaks for.

    "The company" without a name is the one that the text is about.
    """
    if source.kind == "company" and source.organisation is None:
        return True
    people = {p.name for p in sentence.people if _within(p, span)}
    if source.person is not None and source.person in people:
        return True
    employers = set(filter(None, [source.organisation]))
    if source.person is not None:
        employers |= employers_of(source.person, around(reading, sentence.start))
    named = {o.name for o in sentence.organisations if _within(o, span)}
    return bool(employers & named) or (bool(employers) and not named)


def can_confirm(source: Source, reading: Reading, sentence: Sentence, span: Span, *, about: str | None) -> bool:
    """True where the teller is one whom the claim is about, or speaks for one.

    ``about`` is the organisation that alone can confirm (who pays) or the person who moves; None: anyone in ``span``.
    """
    near = around(reading, sentence.start)
    if about is None or not _is_organisation(about, near):
        themselves = about is not None and source.person == about
        return themselves or is_party(source, reading, sentence, span)
    if source.organisation is not None:
        return source.organisation == about
    return source.person is not None and about in employers_of(source.person, near)


def _is_organisation(name: str, sentences: Sequence[Sentence]) -> bool:
    return any(o.name == name for sentence in sentences for o in sentence.organisations)


def employers_of(person: str, sentences: Sequence[Sentence]) -> set[str]:
    """Organisations that stand right before a mention of that person in these sentences."""
    found = set()
    for sentence in sentences:
        for mention in sentence.people:
            if mention.name == person and not mention.pronoun:
                found |= {o.name for o in sentence.organisations if 0 <= mention.start - o.end <= _TITLE_REACH}
    return found


def person_at(sentence: Sentence, start: int, end: int) -> PersonMention | None:
    """The last person mentioned in ``text[start:end]``; a name may begin before it ("Ada (Ann) Byrne")."""
    return _last(m for m in sentence.people if start < m.end <= end)


def organisation_at(sentence: Sentence, start: int, end: int) -> OrganisationMention | None:
    """The last organisation mentioned in ``text[start:end]``."""
    found = [m for m in sentence.organisations if start <= m.start and m.end <= end]
    return found[-1] if found else None


def decide(wording: Status | None, source: Source | None, party: bool, confirming: bool) -> Status | None:
    """The status: the claim's own wording first, then whether one who should know has said it."""
    if wording is not None:
        return wording
    if source is None:
        return None
    if source.kind in {"person", "company"} and party and confirming:
        return "confirmed"
    return "confirmed" if source.official and party else "reported"


def _within(mention: OrganisationMention | PersonMention, span: Span) -> bool:
    return span.start <= mention.start and mention.end <= span.end


def _last(mentions: Iterable[PersonMention]) -> PersonMention | None:
    found = list(mentions)
    return found[-1] if found else None
