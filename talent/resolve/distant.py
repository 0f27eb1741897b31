"""Questions about near names that share no company: one full name in two scripts, a familiar form of it, two spellings.

Asked where few people bear such a name, or where something else they have in common speaks for it; never joined. How
many bear a name changes with every one of them, so all pairs of bearers are looked at whenever one is settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from talent.models import Claim, Judgement, Person, Subject
from talent.resolve.mentions import NO_COMPANY, Mention, Surroundings, claim_order, surroundings
from talent.resolve.names import is_telling

# So few people of near names are asked about for the name alone.
RARE = 3
# Where more share a key than this, nobody is asked about, whatever else they have in common.
MOST = 6
_ASK_AT = 0.4

Question = tuple[float, str]
Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bearers:
    """People who share a telling key with some claims: those of each key, the pairs worth comparing, and the questions
    that stand between any of them so far."""

    by_key: dict[str, set[int]]
    people: dict[int, Mention]
    asked: list[Judgement]


def bearers(keys: Iterable[str], around: Surroundings) -> Bearers:
    """Everybody who shares a telling key of ``keys``. One query where nobody shares any, else six at most."""
    telling = {key for key in keys if is_telling(key)}
    by_key = _sharing(telling)
    shared = set[int]().union(*(people for people in by_key.values() if len(people) > 1))
    if not shared:
        return Bearers(by_key, {}, [])
    named = dict(Person.objects.filter(pk__in=shared).values_list("public_id", "pk"))
    asked = Judgement.objects.unanswered().filter(
        subject=Subject.PERSON, left__in=list(named), right__in=list(named), reason__contains=NO_COMPANY
    )
    few = {named[end] for question in asked for end in (question.left, question.right)}
    people = _mentions(few.union(*(p for p in by_key.values() if 1 < len(p) <= MOST)), around)
    more = {key for person in people.values() for key in person.telling} - telling
    return Bearers(by_key | _sharing(more), people, list(asked))


def _sharing(keys: set[str]) -> dict[str, set[int]]:
    """Everybody who bears each of the keys."""
    by_key: dict[str, set[int]] = defaultdict(set)
    if not keys:
        return by_key
    rows = Claim.objects.standing().filter(person_candidates__overlap=sorted(keys)).exclude(person=None)
    for person, candidates in rows.order_by().values_list("person_id", "person_candidates").distinct():
        for key in keys.intersection(candidates):
            by_key[key].add(person)
    return by_key


def _mentions(people: set[int], around: Surroundings) -> dict[int, Mention]:
    by_person: dict[Any, list[Claim]] = defaultdict(list)
    claims = sorted(Claim.objects.standing().filter(person__in=people).for_settling(), key=claim_order)
    for claim in claims:
        by_person[claim.person_id].append(claim)
    seen = surroundings(claims, around.companies)
    return {person: Mention(by_person[person], seen) for person in sorted(by_person)}


def distant_questions(found: Bearers) -> Iterator[tuple[Ends, Question]]:
    """Pairs of first claims with score and reason, of people who share neither a spelling nor a company."""
    for one, other in sorted(_pairs(found)):
        left, right = found.people[one], found.people[other]
        if left.keys & right.keys or left.near.keys() & right.near.keys():
            continue
        score, reason = left.score_by_name_alone(right, rare=_fewest(left, right, found) <= RARE)
        if score >= _ASK_AT:
            low, high = sorted((left.claims[0].public_id, right.claims[0].public_id))
            yield (low, high), (score, reason)


def _pairs(found: Bearers) -> set[tuple[int, int]]:
    """People who share a key that few bear."""
    few = (sorted(people) for people in found.by_key.values() if 1 < len(people) <= MOST)
    pairs = {pair for people in few for pair in combinations(people, 2)}
    return {(one, other) for one, other in pairs if one in found.people and other in found.people}


def _fewest(left: Mention, right: Mention, found: Bearers) -> int:
    """How many people bear the narrowest key that both have."""
    return min(len(found.by_key[key]) for key in left.telling.keys() & right.telling.keys())
