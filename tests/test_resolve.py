"""Who is who, and which company a name means: candidates, scores in words, joins, questions, namesakes kept apart."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.extraction import Attribution, PersonName
from talent import review
from talent.models import Alias, Claim, Company, Judgement, Move, Person, Subject
from talent.rebuild import rebuild
from talent.record import record
from talent.resolve import candidate_keys, claims_about, company_key, directory, likeness
from talent.resolve.companies import stem
from tests.knowledge import beliefs, forget, store
from tests.test_settle import extraction, move, tell

# Two names of one person: how they are alike, and how strongly at least.
NEAR = [
    ("Mikal Valdo", "Mikael Valdo", "another spelling of the given name", 0.85),
    ("米哈尔·瓦尔科", "Michal Valko", "a transliteration by its sound", 0.85),
    ("普里娅·拉曼", "Boris Kellerman", "a transliteration by its sound", 0.75),
    ("瓦尔科", "Michal Valko", "a surname transliterated by its sound", 0.6),
    ("托比亚斯·林奎斯特", "Tobias Lindqvist", "a transliteration by its sound", 0.85),
    ("Li Fei-Fei", "Fei-Fei Li", "the same words in another order", 0.95),
    ("李飞飞", "Feifei Li", "the pinyin of the Chinese name", 0.9),
    ("李飛飛", "Li Fei-Fei", "the pinyin of the Chinese name", 0.9),
    ("曾一鸣", "Yi-Ming Zeng", "the pinyin of the Chinese name", 0.9),
    ("欧阳静", "Jing Ouyang", "the pinyin of the Chinese name", 0.8),
    ("Tsai Minghao", "Minghao Cai", "another romanisation of the same Chinese name", 0.85),
    ("Cheung Wai", "Wai Zhang", "another romanisation of the same Chinese name", 0.85),
    ("A. Stone", "Ada Stone", "an initial that fits the given name", 0.7),
    ("Ada M. Stone", "Ada Stone", "the same name with a middle name or without", 0.9),
    ("Ben Harlow", "Benjamin Harlow", "a short form of the given name", 0.8),
    ("Ada Lindqvist", "Ada Lindkvist", "surnames that differ in one letter", 0.8),
    ("Mike Harlow", "Michael Harlow", "a familiar form of the given name", 0.8),
    ("William Harlow", "Bill Harlow", "a familiar form of the given name", 0.8),
    ("小扎", "Mark Zuckerberg", "a familiar name of a well-known person", 0.8),
    ("老黄", "黄仁勋", "a familiar name of a well-known person", 0.8),
]


@pytest.mark.parametrize(("left", "right", "reason", "strength"), NEAR)
def test_it_finds_near_names_by_index_and_says_why(left: str, right: str, reason: str, strength: float) -> None:
    like = likeness([left], [right])
    assert like is not None
    assert (like.reason, like.strength) == (reason, strength)
    assert set(candidate_keys([left])) & set(candidate_keys([right]))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Michael Chen", "Michelle Chen"),
        ("Xiaoming Li", "Xiaomin Li"),
        ("Ada M. Stone", "Ada K. Stone"),
        ("Ada Stone", "Ada Store"),
        ("李明", "李鸣"),
        ("瓦尔科", "Wei Zhang"),
        ("Ada Stone", "Bo Stone"),
    ],
)
def test_it_finds_nothing_alike_in_names_of_two_people(left: str, right: str) -> None:
    assert likeness([left], [right]) is None


def test_it_asks_where_given_names_differ_by_their_last_letter() -> None:
    like = likeness(["Dario Bell"], ["Daria Bell"])
    assert like is not None
    assert like.strength < 0.8


# ------------------------------------------------------------------ people

pytestmark = pytest.mark.django_db


def tell_of(*people: tuple[str, str | None, str | None, str]) -> None:
    """A story about each: name, origin, destination, day."""
    for number, (name, origin, destination, day) in enumerate(people):
        tell(
            f"Story {number} of {name} on {day}.",
            move(name, origin, destination, date=day),
            published=day,
            outlet=str(number),
        )


def question() -> Any:
    asked = Judgement.objects.unanswered().filter(subject=Subject.PERSON).get()
    return asked.score, asked.reason


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("李飞飞", "Fei-Fei Li"),
        ("Li Fei-Fei", "Fei-Fei Li"),
        ("米哈尔·瓦尔科", "Michal Valko"),
        ("Mikal Valdo", "Mikael Valdo"),
    ],
)
def test_it_joins_near_names_of_one_move(left: str, right: str) -> None:
    tell_of((left, "OpenAI", "Meta", "2025-07-01"), (right, "OpenAI", "Meta", "2025-07-03"))
    assert Person.objects.count() == Move.objects.count() == 1
    assert not Judgement.objects.exists()


def test_it_parts_again_whom_one_article_tells_apart() -> None:
    tell_of(("Mikal Valdo", "OpenAI", "Meta", "2025-07-01"), ("Mikael Valdo", "OpenAI", "Meta", "2025-07-03"))
    assert Person.objects.count() == 1
    both = [move(name, "OpenAI", "Meta", date="2025-07-04") for name in ("Mikal Valdo", "Mikael Valdo")]
    tell("Two brothers.", *both, published="2025-07-04", outlet="Both")
    assert Person.objects.count() == 2
    believed = beliefs()
    rebuild()
    assert beliefs() == believed


def test_it_looks_no_further_than_to_those_who_may_be_one() -> None:
    """Near names at one company lead on to one another through half of a large world, and join nobody by that."""
    tell_of(("Mikal Valdo", "OpenAI", "Meta", "2020-07-01"), ("Mikael Valdo", "OpenAI", "Meta", "2025-07-03"))
    tell_of(("Mikel Valdo", "OpenAI", "Meta", "2025-07-05"))
    names = [claim.person_name for claim in claims_about(["mikalvaldo"], directory())]
    assert names == ["Mikal Valdo"]
    assert len(claims_about(["mikaelvaldo"], directory())) == 2


@pytest.mark.parametrize(
    ("left", "right"),
    [("A. Stone", "Ada Stone"), ("瓦尔科", "Michal Valko"), ("张伟", "Wei Zhang"), ("Ben Harlow", "Benjamin Harlow")],
)
def test_it_never_joins_names_that_many_may_bear_but_asks(left: str, right: str) -> None:
    tell_of((left, "OpenAI", "Meta", "2025-07-01"), (right, "OpenAI", "Meta", "2025-07-03"))
    assert Person.objects.count() == 2
    score, reason = question()
    assert 0.4 <= score < 0.8
    assert reason.endswith("both from and to the same company at the same time (meta, openai)")


def test_it_asks_where_near_names_met_at_another_time() -> None:
    tell_of(("李飞飞", "OpenAI", "Meta", "2020-07-01"), ("Fei-Fei Li", "OpenAI", "Meta", "2025-07-03"))
    assert Person.objects.count() == 2
    assert question()[1].endswith("a move between the same companies, but at another time")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("李飞飞", "Fei-Fei Li"),
        ("米哈尔·瓦尔科", "Michal Valko"),
        ("Bill Harlow", "William Harlow"),
        ("小扎", "Mark Zuckerberg"),
    ],
)
def test_it_asks_about_a_rare_full_name_that_shares_no_company(left: str, right: str) -> None:
    tell_of((left, "OpenAI", "Meta", "2021-07-01"), (right, "Baidu", "Tencent", "2025-07-01"))
    assert Person.objects.count() == 2
    score, reason = question()
    assert 0.4 <= score < 0.6
    assert reason.endswith("; no company in common, but few people bear such a name")


@pytest.mark.parametrize(
    ("left", "right"),
    [("张伟", "Wei Zhang"), ("A. Stone", "Ada Stone"), ("瓦尔科", "Michal Valko")],
)
def test_it_leaves_names_alone_that_many_may_bear_and_that_share_no_company(left: str, right: str) -> None:
    tell_of((left, "OpenAI", "Meta", "2021-07-01"), (right, "Baidu", "Tencent", "2025-07-01"))
    assert not Judgement.objects.exists()


def test_it_leaves_near_names_alone_that_moved_elsewhere_at_the_same_time() -> None:
    tell_of(("李飞飞", "OpenAI", "Meta", "2025-07-01"), ("Fei-Fei Li", "Baidu", "Tencent", "2025-07-09"))
    assert Person.objects.count() == 2
    assert not Judgement.objects.exists()


def test_it_never_asks_whether_two_chinese_names_are_one_that_share_no_company() -> None:
    tell_of(("李晓明", "OpenAI", "Meta", "2021-07-01"), ("李小明", "Baidu", "Tencent", "2025-07-01"))
    assert not Judgement.objects.exists()


def researchers(number: int) -> list[tuple[str, Any, str]]:
    """Stories of so many people called Xiaoming Li, each elsewhere and at another time, spelled in turns."""
    spellings = ["Xiaoming Li", "Li Xiao-Ming", "李晓明", "Xiao Ming Li"]
    return [
        (
            f"Story {n}.",
            move(spellings[n % 4], f"Firm{n} Alpha", f"Firm{n} Beta", date=f"20{n + 10}"),
            f"20{n + 10}-05-05",
        )
        for n in range(number)
    ]


def asked_of_distant() -> int:
    return Judgement.objects.unanswered().filter(reason__contains="few people bear such a name").count()


@pytest.mark.parametrize(("people", "expected"), [(2, 1), (3, 3), (4, 0), (8, 0)])
def test_it_asks_no_more_where_more_people_turn_out_to_bear_the_name(people: int, expected: int) -> None:
    for text, claim, day in researchers(people):
        tell(text, claim, published=day, outlet=text)
    assert Person.objects.count() == people
    assert asked_of_distant() == expected


def test_it_asks_again_where_fewer_people_bear_the_name_after_all() -> None:
    for text, claim, day in researchers(4):
        tell(text, claim, published=day, outlet=text)
    assert asked_of_distant() == 0
    claim = Claim.objects.order_by("pk").last()
    decision = review.reject(claim.public_id, version=1, user=User.objects.create_user("erin"), reason="A film.")
    assert asked_of_distant() == 3
    review.undo(decision.pk, user=decision.user)
    assert asked_of_distant() == 0


def test_it_asks_about_the_same_people_of_one_name_in_any_order() -> None:
    outcomes = set()
    for seed in range(4):
        told = researchers(4)
        told[1] = ("Story 1.", move("Li Xiao-Ming", "Firm3 Alpha", "Firm9", date="2011"), "2011-05-05")
        Random(seed).shuffle(told)
        for text, claim, day in told:
            record(store(text, outlet=text, published=day), extraction(claim), engine_version="test")
        outcomes.add(beliefs())
        rebuild()
        outcomes.add(beliefs())
        forget()
    assert len(outcomes) == 1


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"role": "head of robotics research"}, "the same role (headofroboticsresearch)"),
        ({"team": "Foundation Models"}, "the same team (foundationmodels)"),
    ],
)
def test_it_asks_about_a_name_of_several_where_something_else_speaks_for_it(more: dict[str, str], reason: str) -> None:
    told = researchers(5)
    for number in (0, 4):
        text, claim, day = told[number]
        ends = (replace(claim.origin, **more), claim.destination)
        told[number] = (
            text,
            replace(claim, person=PersonName(["Xiaoming Li", "李晓明"][number // 4]), origin=ends[0]),
            day,
        )
    for text, claim, day in told:
        tell(text, claim, published=day, outlet=text)
    assert Judgement.objects.unanswered().filter(reason__endswith=f"no company in common, but {reason}").count() == 1
    assert asked_of_distant() == 0


def test_it_asks_about_a_name_of_several_named_beside_the_same_person() -> None:
    told = researchers(4)
    for number, (text, claim, day) in enumerate(told):
        beside = [move("Bo Reed", "Google", None)] if number in (0, 2) else []
        tell(text, claim, *beside, published=day, outlet=text)
    reasons = list(Judgement.objects.unanswered().filter(reason__contains=";").values_list("reason", flat=True))
    assert reasons == ["the pinyin of the Chinese name; no company in common, but both named beside boreed"]


def test_it_asks_nothing_about_distant_people_that_an_editor_has_told_apart() -> None:
    tell_of(("李飞飞", "OpenAI", "Meta", "2021-07-01"), ("Fei-Fei Li", "Baidu", "Tencent", "2025-07-01"))
    asked = Judgement.objects.unanswered().get()
    editor = User.objects.create_user("erin")
    decision = review.judge(asked.left, asked.right, "different", seen=asked.pk, user=editor)
    tell_of(("李飞飞", "OpenAI", "Meta", "2021-07-02"))
    assert not Judgement.objects.unanswered().exists()
    review.undo(decision.pk, user=editor)
    assert question()


def test_it_never_gives_one_person_two_chinese_names() -> None:
    tell_of(
        ("李晓明", "OpenAI", "Meta", "2025-07-01"),
        ("李小明", "OpenAI", "Meta", "2025-07-02"),
        ("Xiaoming Li", "OpenAI", "Meta", "2025-07-03"),
    )
    assert sorted(Person.objects.values_list("name", "name_zh")) == [("Xiaoming Li", "李晓明"), ("李小明", "李小明")]
    assert "but two Chinese names" in question()[1]


def test_it_keeps_near_names_apart_that_one_article_tells_of() -> None:
    tell("They left together.", move("Mikal Valdo", "OpenAI", "Meta"), move("Mikael Valdo", "OpenAI", "Meta"))
    assert Person.objects.count() == 2
    assert question()[1].endswith("but one article has both")


def test_it_joins_one_name_by_the_people_named_beside_it() -> None:
    beside = [move("Bo Reed", "Google", None), move("Cy Marsh", "Google", None)]
    tell("Three left.", move("Wei Zhang", "Google", None), *beside)
    tell("They start up.", *[move(who, None, "Quillon") for who in ("Wei Zhang", "Bo Reed", "Cy Marsh")])
    assert Person.objects.filter(name="Wei Zhang").count() == 1


def test_it_asks_about_one_name_beside_one_other() -> None:
    tell("Two left.", move("Wei Zhang", "Google", None), move("Bo Reed", "Google", None))
    tell("They start up.", move("Wei Zhang", None, "Quillon"), move("Bo Reed", None, "Quillon"))
    reasons = Judgement.objects.unanswered().values_list("reason", flat=True)
    assert "the same name, named beside boreed, but no company in common" in reasons


def test_it_takes_back_a_question_that_later_articles_settle() -> None:
    tell_of(("Wei Zhang", "Google", "Meta", "2025-01-01"), ("Wei Zhang", "Baidu", "Tencent", "2025-06-01"))
    assert Judgement.objects.unanswered().count() == 1
    tell_of(("Wei Zhang", "Meta", "Baidu", "2025-03-01"))
    assert Person.objects.count() == 1
    assert not Judgement.objects.exists()


def test_it_does_not_ask_about_every_pair_of_a_common_name() -> None:
    for number in range(14):
        tell(f"Wei Zhang, the {number}th.", move("Wei Zhang", f"Firm{number} Alpha", f"Firm{number} Beta"))
    assert Person.objects.count() == 14
    assert not Judgement.objects.filter(subject=Subject.PERSON).exists()


# ------------------------------------------------------------------ companies


@pytest.mark.parametrize(("former", "today"), [("Facebook", "Meta"), ("Twitter", "X"), ("推特", "X"), ("脸书", "Meta")])
def test_it_knows_a_company_by_its_former_name(former: str, today: str) -> None:
    assert company_key(former) == company_key(today)
    tell("A story of Ada.", move("Ada Stone", former, "OpenAI"))
    company = Company.objects.get(name=today)
    assert Alias.objects.get(company=company, name=former).kind == "former"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Larkspur", "Larkspur Labs"),
        ("青岚智能", "青岚科技"),
        ("青岚智能", "Qinglan AI"),
        ("Cobalt Robotics", "Cobalt"),
    ],
)
def test_it_asks_whether_two_unknown_companies_are_one(left: str, right: str) -> None:
    assert stem(left) == stem(right)
    tell("A story of Ada.", move("Ada Stone", left, "Meta"))
    tell("A story of Bo.", move("Bo Reed", right, "OpenAI"))
    asked = Judgement.objects.unanswered().get()
    assert {asked.left, asked.right} == {company_key(left), company_key(right)}
    assert left in asked.reason


def test_it_never_asks_about_companies_of_the_lexicon() -> None:
    tell("A story of Ada.", move("Ada Stone", "Google", "Google DeepMind"), move("Bo Reed", "X", "xAI"))
    assert not Judgement.objects.exists()


def test_it_gives_the_plain_slug_to_the_latin_name_in_any_order() -> None:
    for first, second in (("青岚", "Qing Lan"), ("Qing Lan", "青岚")):
        tell(f"One of {first}.", move("Ada Stone", first, "Meta"))
        tell(f"Other of {first}.", move("Bo Reed", second, "Meta"))
        assert Company.objects.get(name="Qing Lan").slug == "qing-lan"
        Move.objects.all().delete()
        Company.objects.filter(name__in=(first, second)).delete()


def test_it_counts_one_outlet_under_its_names_in_both_languages() -> None:
    tell("A.", move("Ada Stone", "OpenAI", "Meta", attribution=Attribution("路透社", "outlet")), outlet="甲")
    tell("B.", move("Ada Stone", "OpenAI", "Meta", attribution=Attribution("Reuters", "outlet")), outlet="乙")
    tell("C.", move("Ada Stone", "OpenAI", "Meta"), outlet="Reuters")
    assert Move.objects.get().reporters == 1
