"""The organisations of the lexicon, found in texts of either language."""

import pytest

from articles.extraction.organisations import family, gazetteer, lookup, scan


def found(text):
    return [(text[h.start : h.end], h.organisation.name, h.organisation.team) for h in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She left Facebook.", [("Facebook", "Meta", None)]),
        (
            "Google Brain and DeepMind",
            [("Google Brain", "Google", "Google Brain"), ("DeepMind", "Google DeepMind", None)],
        ),
        (
            "他从微软亚洲研究院加入字节跳动",
            [("微软亚洲研究院", "Microsoft", "Microsoft Research Asia"), ("字节跳动", "ByteDance", None)],
        ),
        ("Meta挖走OpenAI员工", [("Meta", "Meta", None), ("OpenAI", "OpenAI", None)]),
        ("the Metaverse", []),
    ],
)
def test_it_finds_names_in_any_script(text, expected):
    assert found(text) == expected


def test_it_prefers_the_longest_name():
    assert found("Meta Superintelligence Labs") == [
        ("Meta Superintelligence Labs", "Meta", "Meta Superintelligence Labs")
    ]


def test_it_marks_names_that_are_also_words():
    assert lookup("Figure").ambiguous
    assert not lookup("Anthropic").ambiguous


def test_it_tells_newspapers_from_employers():
    assert lookup("Reuters").kind == "outlet"
    assert lookup("OpenAI").kind == "company"


def test_it_knows_which_group_an_employer_belongs_to():
    assert family("Google DeepMind") == "Google"
    assert family("Mistral AI") == "Mistral AI"


def test_it_lists_no_name_under_two_employers():
    assert all(organisation.name for organisation in gazetteer().values())
    assert len(gazetteer()) > 1500
