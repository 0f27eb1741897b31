"""Near-duplicate texts are one story, whoever printed them first."""

from __future__ import annotations

from itertools import permutations

import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from articles import stories
from articles.models import Article
from articles.stories import alike, fingerprint, join_story
from talent.models import Move
from talent.rebuild import rebuild
from tests.test_settle import article, facts, move, tell

pytestmark = pytest.mark.django_db

WIRE = " ".join(
    f"Sentence {n} of the wire story tells plainly what firm number {n} said about its people." for n in range(9)
)
CHINESE = "".join(f"第{n}句话说的是某公司第{n}位研究员在当天离开团队并加入另一家公司的经过。" for n in range(9))
OTHER = " ".join(f"Paragraph {n} is about the weather in town {n} and has nothing to do with it." for n in range(9))


@pytest.mark.parametrize("text", [WIRE, CHINESE])
def test_it_calls_a_lightly_edited_copy_alike(text: str) -> None:
    copy = text.replace("7", "seven").replace("经过", "事情", 1) + " Additional reporting by our staff."
    assert alike(fingerprint(text)[0], fingerprint(copy)[0])
    assert set(fingerprint(text)[1]) & set(fingerprint(copy)[1])


def test_it_tells_other_texts_apart() -> None:
    assert not alike(fingerprint(WIRE)[0], fingerprint(OTHER)[0])


def test_a_digest_of_three_stories_is_none_of_them() -> None:
    digest = " ".join((WIRE, OTHER, OTHER.replace("town", "village"), WIRE.replace("firm", "bank")))
    assert not alike(fingerprint(WIRE)[0], fingerprint(digest)[0])


def test_the_other_script_tells_the_same_story() -> None:
    assert alike(fingerprint(CHINESE)[0], fingerprint(OpenCC("s2t").convert(CHINESE))[0])


def test_a_signature_that_names_no_size_is_like_no_other() -> None:
    assert not alike(fingerprint(WIRE)[0][:512], fingerprint(WIRE)[0])


def test_it_does_not_compare_texts_too_short_to_say() -> None:
    assert fingerprint("Too short to say.") == (b"", [])


def test_it_names_the_same_original_in_any_order() -> None:
    texts = [
        (WIRE, "2025-07-02"),
        (WIRE + " Copy one.", "2025-07-01"),
        (WIRE + " Copy two.", "2025-07-03"),
        (OTHER, "2025-06-01"),
    ]
    outcomes = set()
    for order in permutations(texts):
        for text, published in order:
            join_story(article(text, published=published))
        outcomes.add(
            tuple(Article.objects.order_by("content_hash").values_list("content_hash", "original__content_hash"))
        )
        Article.objects.all().delete()
    assert len(outcomes) == 1
    assert sum(original is not None for _, original in outcomes.pop()) == 2


def test_it_counts_a_wire_text_in_three_outlets_as_one_reporter() -> None:
    for outlet, tail in (("A", ""), ("B", " Edited by B."), ("C", " Edited by C.")):
        tell(WIRE + tail, move("Ada Stone", "OpenAI", "Meta"), outlet=outlet)
    tell(OTHER, move("Ada Stone", "OpenAI", "Meta"), outlet="D")
    assert (Move.objects.get().reporters, Move.objects.get().articles_count) == (2, 4)


def test_it_rebuilds_the_same_facts() -> None:
    for outlet, tail in (("A", ""), ("B", " Edited by B.")):
        tell(WIRE + tail, move("Ada Stone", "OpenAI", "Meta"), outlet=outlet)
    tell(OTHER, move("Ada Stone", "Meta", "OpenAI", kind="return", date="2026-01"), outlet="D")
    before, rows = facts(), list(Move.objects.order_by("pk").values())
    done: list[int] = []
    assert rebuild(done.append).facts == 2
    assert (facts(), list(Move.objects.order_by("pk").values()), sum(done)) == (before, rows, 3)


def test_it_rebuilds_facts_that_were_lost_under_the_same_identifiers() -> None:
    tell(WIRE, move("Ada Stone", "OpenAI", "Meta"))
    before = facts()
    Move.objects.all().delete()
    rebuild()
    assert facts() == before


@given(st.sets(st.binary(max_size=40), min_size=1, max_size=60))
def test_signatures_are_those_of_datasketch(shingles: set[bytes]) -> None:
    theirs = MinHash(num_perm=128, seed=1)
    theirs.update_batch(shingles)
    assert stories._minhash(shingles).tobytes() == theirs.hashvalues.astype("uint32").tobytes()
