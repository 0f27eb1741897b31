"""Sentences, people and pronouns of English texts."""

import pytest

from articles.extraction.document import Document
from articles.extraction.en.reader import read, split


def people(text):
    reading = read(Document("t", text))
    return {person.name: sorted(person.aliases) for person in reading.people.values()}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One left. Two stayed.", 2),
        ("Acme Inc. hired her. She left.", 2),
        ("J. Doe left. John F. Doe stayed.", 2),
        ("A heading\nA sentence.", 2),
        ("She posted on X. Byrne left.", 2),
        ("She founded Character.AI with friends.", 1),
    ],
)
def test_it_parts_sentences(text, count):
    assert len(list(split(text))) == count


def test_it_cuts_a_sentence_without_end():
    assert max(len(s.text) for s in split("and so on " * 1000)) <= 1200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Byrne left. Byrne is 40.", {"Ada Byrne": ["Byrne"]}),
        ("Jiahao Zhu and Ruoxi Pang joined.", {"Jiahao Zhu": [], "Ruoxi Pang": []}),
        ("Yuhuan (Toni) Wei left.", {"Yuhuan (Toni) Wei": []}),
        ("researcher Zorblax Quibble left", {"Zorblax Quibble": []}),
        ("Pia van den Berg spoke. Van said no.", {"Pia van den Berg": []}),
        ("Dana and Emil Roth founded it.", {"Dana Roth": ["Dana"], "Emil Roth": []}),
        ("Alexandra Weber left. Alex Weber is gone.", {"Alexandra Weber": ["Alex Weber"]}),
        ("Firing Byrne was wrong. Ada Byrne left.", {"Ada Byrne": ["Byrne"]}),
        ("Silicon Valley and New York are far.", {}),
        ("Meta Superintelligence Labs grew.", {}),
    ],
)
def test_it_names_people(text, expected):
    assert people(text) == expected


def test_it_resolves_pronouns():
    reading = read(Document("t", "Ada Byrne led research. She left in May."))
    assert [m.name for m in reading.sentences[1].people if m.pronoun] == ["Ada Byrne"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He scaled a scale model.", []),
        ("She joined Scale in 2021.", ["Scale AI"]),
        ("Scale AI grew. Scale hires.", ["Scale AI", "Scale AI"]),
        ("An OpenAI-backed firm", []),
        ("write to @OpenAI or openai.com", []),
    ],
)
def test_it_tells_companies_from_words(text, names):
    assert [o.name for s in read(Document("t", text)).sentences for o in s.organisations if o.known] == names
