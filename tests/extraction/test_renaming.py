"""Passages retold with one another's names keep their marks and their moves."""

from random import Random

import pytest

from articles.marked import PASSAGES, read_passages
from articles.renaming import retold


@pytest.fixture(scope="module")
def passages():
    return list(read_passages(PASSAGES / "zh"))


@pytest.fixture(scope="module")
def again(passages):
    return list(retold(passages, Random(1)))


def test_marks_stand_where_the_new_names_do(passages, again):
    for old, new in zip(passages, again, strict=True):
        assert [i for _, _, i in new.mentions] == [i for _, _, i in old.mentions]
        assert all(0 <= start < end <= len(new.text) for start, end, _ in new.mentions)


def test_what_is_no_name_stays_word_for_word(passages, again):
    for old, new in zip(passages, again, strict=True):
        assert _between(old) == _between(new)
        assert new.moves == old.moves


def test_one_person_keeps_one_name_in_a_passage(passages, again):
    for old, new in zip(passages, again, strict=True):
        pairs = {
            (old.text[a:b], new.text[c:d]) for (a, b, _), (c, d, _) in zip(old.mentions, new.mentions, strict=True)
        }
        assert len(pairs) == len({name for name, _ in pairs})


def test_names_come_from_other_passages(passages, again):
    changed = sum(old.text != new.text for old, new in zip(passages, again, strict=True))
    assert changed > len(passages) / 2


def test_the_same_seed_tells_the_same(passages, again):
    assert list(retold(passages, Random(1))) == again


def _between(passage):
    """The text outside the marks."""
    edges = [0, *(edge for start, end, _ in passage.mentions for edge in (start, end)), len(passage.text)]
    return [passage.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
