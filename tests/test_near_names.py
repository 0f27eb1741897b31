"""Who is joined and who is asked about, article by article, is what all claims compared at once would give."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from talent.models import Claim, Judgement, Subject
from talent.record import record
from talent.resolve import claim_order, directory, group_people, surroundings, verdicts_on
from talent.resolve.distant import bearers, distant_questions
from talent.resolve.mentions import Mention
from talent.resolve.people import _questions
from tests.knowledge import store
from tests.test_settle import extraction, move

pytestmark = pytest.mark.django_db

# Scripts, transliterations, initials, both orders, familiar forms and romanisations of a few names.
NAMES = [
    ["Michal Valko", "Michael Valko", "瓦尔科", "米哈尔·瓦尔科", "M. Valko", "Valko Michal", "Mikhail Valko"],
    ["Li Fei-Fei", "Fei-Fei Li", "李飞飞", "Feifei Li", "李菲菲", "F. Li"],
    ["Wei Zhang", "张伟", "Zhang Wei", "W. Zhang", "Cheung Wai", "章伟"],
    ["Bill Harlow", "William Harlow", "Will Harlow", "Ben Harlow", "Benjamin Harlow"],
    ["Minghao Cai", "Tsai Minghao", "蔡明浩", "Ming-Hao Tsai", "蔡明皓"],
]
FIRMS = ["OpenAI", "Meta", "Google", "DeepMind", "Baidu", "Twitter", "X", None]
DAYS = ["2021-07-01", "2025-07-01", "2025-07-09", "2025-07", None]


def told(random: Random) -> list[Any]:
    """What one article says of one or two of them."""
    people = [random.choice(names) for names in random.sample(NAMES, random.choice([1, 1, 2]))]
    return [move(who, *random.sample(FIRMS, 2), date=random.choice(DAYS)) for who in people]


def at_once() -> tuple[set[frozenset[str]], dict[tuple[str, str], Any]]:
    claims = sorted(Claim.objects.standing().for_settling(), key=claim_order)
    around, verdicts = surroundings(claims, directory()), verdicts_on(claim.public_id for claim in claims)
    people = [Mention(group, around) for group in group_people(claims, around, verdicts)]
    sharing = bearers({key for claim in claims for key in claim.person_candidates}, around)
    asked = dict(distant_questions(sharing)) | dict(_questions(people, len(people), verdicts))
    return {frozenset(claim.public_id for claim in person.claims) for person in people}, asked


def as_kept() -> tuple[set[frozenset[str]], dict[tuple[str, str], Any]]:
    people: dict[int, set[str]] = {}
    for identifier, person in Claim.objects.standing().values_list("public_id", "person"):
        people.setdefault(person, set()).add(identifier)
    rows = Judgement.objects.unanswered().filter(subject=Subject.PERSON)
    asked = {(row.left, row.right): (row.score, row.reason) for row in rows}
    return {frozenset(person) for person in people.values()}, asked


@pytest.mark.parametrize("seed", range(2))
def test_it_loses_no_join_and_no_question_by_looking_only_around(seed: int) -> None:
    random = Random(seed)
    for number in range(14):
        text, day = f"Article {number}", f"2025-0{random.randint(1, 9)}-11"
        record(store(text, outlet=text, published=day), extraction(*told(random)), engine_version="test")
    assert as_kept() == at_once()
    assert as_kept()[1]
