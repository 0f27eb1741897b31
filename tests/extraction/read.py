"""Readings made by hand, so that a finder is tested apart from the readers of names."""

import re
from datetime import date

from articles.extraction.document import Document
from articles.extraction.mentions import OrganisationMention, PersonMention, Reading, Sentence

_SENTENCE = re.compile(r"[^。！？\n]*?(?:[。！？]|[.!?](?=\s|$)|\n|$)\s*")


def read(text, lang="en", *, organisations=(), people=(), title="", published=date(2024, 3, 27)):
    """Sentences by their marks; every occurrence of the given names as a mention ("he=Ada Byrne" for a pronoun)."""
    sentences = [Sentence(m.start(), m.end(), m[0]) for m in _SENTENCE.finditer(text) if m[0].strip()]
    for sentence in sentences:
        sentence.organisations = [OrganisationMention(s, e, name) for s, e, name in _places(sentence, organisations)]
        sentence.people = [
            PersonMention(s, e, name, pronoun=text[s:e] != name) for s, e, name in _places(sentence, people)
        ]
    return Reading(Document("d", text, lang, title=title, published=published), sentences)


def _places(sentence, names):
    found = []
    for entry in names:
        written, _, name = entry.partition("=")
        edge = r"\b" if written.isascii() else ""
        for m in re.finditer(edge + re.escape(written) + edge, sentence.text):
            found.append((sentence.start + m.start(), sentence.start + m.end(), name or written))
    return sorted(found)
