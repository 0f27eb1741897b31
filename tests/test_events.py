"""Thirty events in both languages, a copy among them: the same facts in any order, right merges and no wrong one."""

from __future__ import annotations

from hashlib import sha256
from itertools import combinations
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.extraction import Attribution, Cohort, MoveClaim
from articles.models import Article
from talent import merge
from talent.models import Claim, Judgement, Move, Person, Subject
from talent.rebuild import rebuild
from talent.record import claim_row, record
from tests.knowledge import beliefs, forget, store
from tests.test_settle import extraction, move

pytestmark = pytest.mark.django_db

# Each with a Latin and a Chinese name of one person, and one move.
PEOPLE = [
    ("Li Feiyun", "李飞云"), ("Mingze Zhao", "赵明泽"), ("Yuchen Sun", "孙宇辰"), ("Haoran Ouyang", "欧阳浩然"),
    ("Zeng Yiming", "曾一鸣"), ("Jiaqi Xu", "许佳琪"), ("Tobias Lindqvist", "托比亚斯·林奎斯特"),
    ("Mikael Valdo", "米卡埃尔·瓦尔多"), ("Priya Raman", "普里娅·拉曼"), ("Marco Bellini", "马尔科·贝利尼"),
    ("Shiyu Tang", "唐诗雨"), ("Sven Kellerman", "斯文·凯勒曼"), ("Zihan Qian", "钱子涵"), ("Ruolin Feng", "冯若琳"),
    ("Dalia Montero", "达利娅·蒙特罗"),
]  # fmt: skip
ORIGINS = ["OpenAI", "谷歌", "Baidu"]
DESTINATIONS = ["Meta", "Anthropic", "字节跳动"]


def events() -> list[tuple[str, str, str, str, str]]:
    """Latin name, Chinese name, origin, destination, day: two moves a person, half a year and more apart."""
    told = []
    for number, (latin, han) in enumerate(PEOPLE):
        origin, destination = ORIGINS[number % 3], DESTINATIONS[number // 3 % 3]
        told.append((latin, han, origin, destination, f"2024-{number % 9 + 1:02}-11"))
        told.append((latin, han, destination, f"Quillon {number}", f"2025-{number % 9 + 3:02}-11"))
    return told


def _text(outlet: str, words: str) -> str:
    """Long enough to be compared with other texts, and like none of them."""
    return " ".join([words, *(f"{outlet} sentence {n} of {words} stands here." for n in range(9))])


def stories() -> list[dict[str, Any]]:
    """Four articles an event: an English report, its copy elsewhere, a Chinese report of it, and a Chinese report."""
    told = []
    for latin, han, origin, destination, day in events():
        what = f"{latin} {origin} {destination}"
        english = _text("Harbour", what)
        said = Attribution("Harbour Wire", "outlet")
        zh = {"outlet": "潮汐科技", "language": "zh"}
        told += [
            {"text": english, "outlet": "Harbour Wire", "who": latin, "claim": {"date": day, "status": "confirmed"}},
            {"text": english + " Edited by us.", "outlet": "Copy Times", "who": latin, "claim": {"date": day}},
            {"text": _text("Again", what), **zh, "who": han, "claim": {"date": day, "attribution": said}},
            {"text": _text("Own", what), **zh, "who": han, "claim": {"date": day[:7], "status": "rumoured"}},
        ]
        for story in told[-4:]:
            # The wire comes first: who copies whom is told by the day.
            later = day if story["outlet"] == "Harbour Wire" else f"{day[:8]}12"
            story |= {"ends": (origin, destination), "published": later, "language": story.get("language", "en")}
    return told


def tell(story: dict[str, Any]) -> Article:
    about = {name: story[name] for name in ("outlet", "published", "language")}
    row = store(story["text"], **about)
    claim: MoveClaim = move(story["who"], *story["ends"], **story["claim"])
    record(row, extraction(claim), engine_version="test")
    return row


def test_it_makes_thirty_facts_of_thirty_events_whatever_the_order() -> None:
    outcomes = set()
    for seed in range(2):
        told = stories()
        Random(seed).shuffle(told)
        for story in told:
            tell(story)
        outcomes.add(beliefs())
        assert Person.objects.count() == len(PEOPLE)
        assert sorted(Person.objects.values_list("name", "name_zh")) == sorted(PEOPLE)
        assert Move.objects.count() == 30
        # The wire, its copy and the report of it are one reporter; the outlet's own report is another.
        assert set(Move.objects.values_list("reporters", "articles_count", "status")) == {(2, 4, "confirmed")}
        assert not Judgement.objects.filter(subject=Subject.PERSON).exists()
        forget()
    assert len(outcomes) == 1


# Namesakes, near names, a group, pay: what small sets of articles can be about.
SMALL: list[tuple[str, list[Any], str]] = [
    ("Article a", [move("Wei Zhang", "Google", "Meta", date="2025-01")], "2025-01-03"),
    ("Article b", [move("Wei Zhang", "Baidu", "Tencent", date="2025-02")], "2025-02-03"),
    ("Article c", [move("张伟", "Google", "Meta", date="2025-01")], "2025-01-04"),
    ("Article d", [move("Zhang Wei", "Meta", "Baidu"), move("Bo Reed", "Meta", None)], "2025-03-03"),
    (
        "Article e",
        [move("W. Zhang", "Google", None), move("Bo Reed", None, "Larkspur Labs")],
        "2025-01-02",
    ),
    (
        "Article f",
        [move("李晓明", "OpenAI", "Larkspur"), move("Bo Reed", "Meta", "Larkspur")],
        "2025-03-05",
    ),
    ("Article g", [move("Xiaoming Li", "OpenAI", "Larkspur", status="denied")], "2025-03-06"),
    (
        "Article h",
        [move("李小明", "OpenAI", "Larkspur"), move("Wei Zhang", "OpenAI", None)],
        "2025-03-07",
    ),
]


@settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    order=st.permutations(range(len(SMALL))),
    judged=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["same", "different"])), max_size=3),
    early=st.integers(0, len(SMALL)),
    undone=st.booleans(),
)
def test_it_believes_what_claims_and_judgements_say_in_any_order(
    order: list[int], judged: list[tuple[int, str]], early: int, undone: bool
) -> None:
    editor, _ = User.objects.get_or_create(username="editor")
    pairs = _pairs_to_judge(judged)
    expected = _outcome(editor, list(range(len(SMALL))), pairs, len(SMALL), undone=False)
    assert _outcome(editor, order, pairs, early, undone=undone) == expected
    rebuild()
    assert beliefs() == expected


def _pairs_to_judge(judged: list[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Numbers of claims, by key, and a verdict; each pair once."""
    chosen = {(n, (n + 3) % 10 if n + 3 < 10 else n - 4): verdict for n, verdict in judged}
    return [(left, right, verdict) for (left, right), verdict in sorted(chosen.items())]


def _outcome(editor: User, order: list[int], pairs: list[tuple[int, int, str]], early: int, *, undone: bool) -> bytes:
    """What is believed after the articles in that order, judged from ``early`` of them on, with merges undone."""
    forget()
    for count, number in enumerate(order, start=1):
        text, claims, day = SMALL[number]
        record(store(text, outlet=text, published=day), extraction(*claims), engine_version="test")
        if undone and count > 1:
            _join_and_part(editor)
        if count >= early:
            _judge(editor, pairs)
    return beliefs()


def _judge(editor: User, pairs: list[tuple[int, int, str]]) -> None:
    """Passes those judgements whose claims are there and that have not been passed."""
    ids = _ids()
    for left, right, verdict in pairs:
        nodes = sorted((ids[left], ids[right]))
        there = Claim.objects.filter(public_id__in=nodes).count() == 2
        if there and not Judgement.objects.that_stand().filter(left=nodes[0], right=nodes[1], user=editor).exists():
            merge.judge(nodes[0], nodes[1], verdict, editor)


def _join_and_part(editor: User) -> None:
    first, last = Person.objects.order_by("public_id").first(), Person.objects.order_by("public_id").last()
    if first and last and first != last and not Judgement.objects.filter(user=editor, undone_at=None).exists():
        merge.undo(merge.judge(first, last, "same", editor), editor)


def _ids() -> list[str]:
    """Public identifiers that the claims of SMALL get, in the alphabet's order; the same in every run."""
    known = []
    for text, claims, _day in SMALL:
        article = Article(content_hash=sha256(text.encode()).hexdigest(), text=text)
        known += [claim_row(article, "move", claim, engine_version="").public_id for claim in claims]
    return sorted(known)


# ------------------------------------------------------------------ editors' word on events

# One person's moves between the same companies, told with and without a date, years apart and at once; and a group.
ALIKE: list[tuple[str, MoveClaim, str]] = [
    ("Ada 1", move("Ada Stone", "OpenAI", "Meta", date="2025-06"), "2025-06-20"),
    ("Ada 2", move("Ada Stone", "OpenAI", "Meta", date="2025-06-18"), "2025-06-21"),
    ("Ada 3", move("Ada Stone", "OpenAI", None), "2025-06-22"),
    ("Ada 4", move("Ada Stone", None, "Meta", status="confirmed"), "2025-06-19"),
    ("Ada 5", move("Ada Stone", "OpenAI", "Meta", date="2021"), "2021-02-02"),
    ("Seven 1", move(None, "Meta", None, cohort=Cohort("seven", min=7)), "2025-06-20"),
    ("Seven 2", move(None, "Meta", None, cohort=Cohort("seven", min=7)), "2025-06-25"),
    ("Seven 3", move(None, "Meta", None, cohort=Cohort("seven", min=7)), "2025-07-20"),
    ("Eight", move(None, "Meta", None, cohort=Cohort("eight", min=8)), "2025-06-28"),
]
_PAIRS = [(a, b) for a, b in combinations(range(len(ALIKE)), 2) if (a < 5) == (b < 5)]


def _identifiers() -> list[str]:
    rows = [Article(content_hash=sha256(text.encode()).hexdigest(), text=text) for text, _, _ in ALIKE]
    claims = [claim for _, claim, _ in ALIKE]
    return [claim_row(row, "move", claim, engine_version="").public_id for row, claim in zip(rows, claims, strict=True)]


def _told(editor: User, order: list[int], said: dict[tuple[int, int], str], early: int) -> bytes:
    """What is believed after the articles in that order, with what was said of events from ``early`` of them on."""
    forget()
    ids = _identifiers()
    for count, number in enumerate(order, start=1):
        text, claim, day = ALIKE[number]
        record(store(text, outlet=text, published=day), extraction(claim), engine_version="test")
        here = set(order[:count]) if count >= early else set()
        for (left, right), verdict in said.items():
            if ({left, right} <= here and number in (left, right)) or (count == early and {left, right} <= here):
                merge.judge_event(*(Claim.objects.get(public_id=ids[i]) for i in (left, right)), verdict, editor)
    return beliefs()


@settings(
    max_examples=20,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    order=st.permutations(range(len(ALIKE))),
    said=st.dictionaries(st.sampled_from(_PAIRS), st.sampled_from(["same", "different"]), max_size=5),
    early=st.integers(1, len(ALIKE)),
)
def test_it_honours_what_editors_said_of_events_in_any_order(
    order: list[int], said: dict[tuple[int, int], str], early: int
) -> None:
    editor, _ = User.objects.get_or_create(username="editor")
    first = _told(editor, list(range(len(ALIKE))), said, len(ALIKE))
    assert _told(editor, order, said, early) == first
    rebuild()
    assert beliefs() == first
    ids = _identifiers()
    fact = dict(Claim.objects.values_list("public_id", "move"))
    for (left, right), verdict in said.items():
        if verdict == "different":
            assert fact[ids[left]] != fact[ids[right]]
    if "different" not in said.values():
        assert all(fact[ids[left]] == fact[ids[right]] for left, right in said)


def test_what_was_said_of_events_leaves_no_trace_once_it_is_undone() -> None:
    editor = User.objects.create_user("editor")
    untouched = _told(editor, list(range(len(ALIKE))), {}, 1)
    said = [
        merge.judge_event(*(Claim.objects.get(public_id=_identifiers()[i]) for i in pair), verdict, editor)
        for pair, verdict in [((0, 1), "different"), ((0, 4), "same"), ((5, 6), "different"), ((5, 8), "same")]
    ]
    assert beliefs() != untouched
    for judgement in said:
        merge.undo(judgement, editor)
    assert beliefs() == untouched
