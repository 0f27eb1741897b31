"""Which claims speak of one person: a function of the set of claims and judgements, never of their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import Any

from django.db.models import Q

from talent.lineage import forebears, heirs
from talent.models import Claim, Judgement, Subject, Verdict
from talent.resolve.companies import Directory
from talent.resolve.distant import bearers, distant_questions
from talent.resolve.identifiers import is_wikidata
from talent.resolve.mentions import (
    DECIDING_COMPANIONS,
    JOIN_AT,
    Mention,
    Surroundings,
    claim_order,
    parted_by_name,
    surroundings,
    written_forms,
)
from talent.resolve.names import likeness
from talent.resolve.parts import Parts

# Names less alike than this can never reach JOIN_AT, whatever the context; they are only asked about.
_JOINABLE = 0.84
# Pairs below this are not worth an editor's time.
_ASK_AT = 0.4
# Of a name that so many people have, only pairs with something more in common are asked about.
_CROWD = 12

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What editors said of these claims: pairs that are the same or not, and identifiers of Wikidata."""

    same: frozenset[tuple[str, str]]
    different: frozenset[tuple[str, str]]
    unsure: frozenset[tuple[str, str]]

    def wikidata(self, claims: Iterable[Claim]) -> str:
        """The identifier that editors gave to the person of these claims; "" for none."""
        ids = {claim.public_id for claim in claims}
        given = (right if is_wikidata(right) else left for left, right in self.same if ids & {left, right})
        return min(filter(is_wikidata, given), default="")


def verdicts_on(public_ids: Iterable[str]) -> Verdicts:
    """Editors' standing judgements with any of these claims on either side, or a claim that one of them corrects."""
    own = set(public_ids)
    ids = [*own, *forebears(own)]
    judged = Judgement.objects.that_stand().filter(Q(left__in=ids) | Q(right__in=ids), subject=Subject.PERSON)
    said: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = list(judged.exclude(verdict=Verdict.UNSURE, user=None).values_list("left", "right", "verdict"))
    today = heirs({node for left, right, _ in rows for node in (left, right)}) if rows else {}
    for left, right, verdict in rows:
        pairs = product(today.get(left) or {left}, today.get(right) or {right})
        said[verdict] |= {(one, other) for one, other in pairs if one != other}
    return Verdicts(*(frozenset(said[verdict]) for verdict in (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)))


# ------------------------------------------------------------------ which claims to look at


def claims_about(keys: Iterable[str], companies: Directory, held: Iterable[int] = ()) -> list[Claim]:
    """Standing claims about anybody who may be one with a bearer of ``keys``, or is one of the people ``held`` so far,
    over as many steps as that leads on.

    Steps are what may join: one name, an editor's judgement, and a near name where name and context are sure enough.
    Near names that are only alike lead no further, or in a large world everybody would be reached from anybody.
    """
    reached: dict[int, Claim] = {}
    fresh = _by_evidence({*keys, *_names_of(held)})
    while fresh:
        reached |= fresh
        # Who is one person so far may be two from now on: then both are to be written anew.
        people = {claim.person_id for claim in fresh.values() if claim.person_id}
        names = {key for claim in reached.values() for key in claim.person_keys}
        fresh = _by_evidence((_names_of(people) | _joinable(list(fresh.values()), companies)) - names, reached)
    return sorted(reached.values(), key=claim_order)


def _by_evidence(keys: Iterable[str], known: Container[int] = ()) -> dict[int, Claim]:
    """Claims by these names or judged to be about a bearer of one, with all their names, but for the ``known``."""
    seen: set[str] = set()
    wanted = set(keys)
    claims: dict[int, Claim] = {}
    while wanted:
        found = Claim.objects.standing().naming(wanted).for_settling()
        fresh = {claim.pk: claim for claim in found if claim.pk not in known and claim.pk not in claims}
        seen |= wanted
        claims |= fresh
        wanted = {key for claim in (*fresh.values(), *_judged_alike(fresh.values())) for key in claim.person_keys}
        wanted -= seen
    return claims


def _names_of(people: Iterable[int]) -> set[str]:
    """Keys of all names that claims use for these people."""
    if not (wanted := set(people)):
        return set()
    named = Claim.objects.standing().filter(person__in=wanted).values_list("person_keys", flat=True).order_by()
    return set().union(*named)


def _joinable(ours: Sequence[Claim], companies: Directory) -> set[str]:
    """Names of people who may be joined with those of ``ours``, all that these names are known by being among them.

    Only people by names and judgements are compared, as ``group_people`` does it, whoever else joins them later.
    """
    alike = {key for claim in _of_near_names(ours) for key in claim.person_keys}
    if not alike:
        return set()
    there = _by_evidence(alike, {claim.pk for claim in ours})
    everybody = sorted([*ours, *there.values()], key=claim_order)
    around = surroundings(everybody, companies)
    mentions = parted_by_name(everybody, around)
    people = _people_by_evidence(mentions, _by_names(mentions, verdicts_on(c.public_id for c in everybody)), around)
    found: set[str] = set()
    for pair in _near_pairs(people):
        here, beyond = sorted((people[each] for each in pair), key=lambda each: each.claims[0].pk in there)
        across = here.claims[0].pk not in there and beyond.claims[0].pk in there
        if across and here.score(beyond)[0] >= JOIN_AT:
            found |= beyond.keys
    return found


def _judged_alike(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Claims that editors judged to be about the person of one of these, also by way of Wikidata."""
    known = {claim.public_id for claim in claims}
    partners = {node for pair in verdicts_on(known).same for node in pair} - known
    if identifiers := {node for node in partners if is_wikidata(node)}:
        partners |= {node for pair in verdicts_on(identifiers).same for node in pair}
    return Claim.objects.standing().filter(public_id__in=partners).only("person_keys") if partners else ()


def _of_near_names(claims: Iterable[Claim]) -> list[Claim]:
    """Claims whose names are near enough to be joined, given the company that they share."""
    ours = list(claims)
    return [c for c in _neighbours(ours) if any(_strength(c, other) >= _JOINABLE for other in ours)]


def _neighbours(claims: Sequence[Claim]) -> Iterable[Claim]:
    """Claims about other names that share a candidate key and a company with one of these; from two indexes."""
    candidates = {key for claim in claims for key in claim.person_candidates}
    companies = {key for claim in claims for key in claim.company_keys}
    if not candidates or not companies:
        return ()
    near = Claim.objects.standing().filter(
        person_candidates__overlap=sorted(candidates), company_keys__overlap=sorted(companies)
    )
    names = sorted({key for claim in claims for key in claim.person_keys})
    lookup = ("person_name", "person_keys", "person_candidates", "company_keys", "person_id", "value")
    return near.exclude(person_keys__overlap=names).only(*lookup)


def _strength(left: Claim, right: Claim) -> float:
    """How alike the names of two claims with a candidate key and a company in common are."""
    if not set(left.person_candidates) & set(right.person_candidates):
        return 0.0
    if not set(left.company_keys) & set(right.company_keys):
        return 0.0
    like = likeness(written_forms([left]), written_forms([right]))
    return like.strength if like else 0.0


# ------------------------------------------------------------------ grouping


def group_people(claims: Sequence[Claim], around: Surroundings, verdicts: Verdicts) -> list[list[Claim]]:
    """The claims (in ``claim_order``) parted into people.

    First what editors said and what names and companies say outright; then near names, the surest first.
    """
    mentions = parted_by_name(claims, around)
    parts = _by_names(mentions, verdicts)
    _join_near(mentions, parts, around)
    groups = [sorted((c for i in part for c in mentions[i].claims), key=claim_order) for part in parts.all()]
    return sorted(groups, key=lambda group: claim_order(group[0]))


def _by_names(mentions: Sequence[Mention], verdicts: Verdicts) -> Parts:
    """The mentions as editors, and as names and companies join them outright."""
    same, different = _judged_pairs(mentions, verdicts)
    parts = Parts(len(mentions), different)
    for left, right in sorted(same):
        parts.join(left, right)
    for bucket in _buckets(mentions):
        for left, right in pairwise(bucket):
            parts.join(left, right)
    return parts


def _people_by_evidence(mentions: Sequence[Mention], parts: Parts, around: Surroundings) -> dict[int, Mention]:
    return {part[0]: Mention([c for i in part for c in mentions[i].claims], around) for part in parts.all()}


def _judged_pairs(mentions: Sequence[Mention], verdicts: Verdicts) -> tuple[set[Pair], set[Pair]]:
    """Index pairs that are the same, and that are different, by judgement or by their identifiers."""
    index_of = {claim.public_id: i for i, mention in enumerate(mentions) for claim in mention.claims}
    bearers: dict[str, set[int]] = defaultdict(set)
    same: set[Pair] = set()
    for left, right in verdicts.same:
        for node, other in ((left, right), (right, left)):
            if is_wikidata(node) and other in index_of:
                bearers[node].add(index_of[other])
        if left in index_of and right in index_of:
            same.add(_ordered(index_of[left], index_of[right]))
    for indexes in bearers.values():
        same |= {_ordered(left, right) for left, right in pairwise(sorted(indexes))}
    different = set(_told_apart(verdicts, index_of, bearers))
    return {p for p in same if p[0] != p[1]}, {p for p in different if p[0] != p[1]} - same


def _told_apart(verdicts: Verdicts, index_of: dict[str, int], bearers: dict[str, set[int]]) -> Iterator[Pair]:
    nodes = {node: {index} for node, index in index_of.items()} | bearers
    for left, right in verdicts.different:
        for a in nodes.get(left, ()):
            yield from (_ordered(a, b) for b in nodes.get(right, ()))
    for one, other in combinations(sorted(bearers), 2):
        for a in bearers[one]:
            yield from (_ordered(a, b) for b in bearers[other])


def _ordered(left: int, right: int) -> Pair:
    return (left, right) if left < right else (right, left)


def _buckets(mentions: Sequence[Mention]) -> list[list[int]]:
    """Indexes of mentions of one name that ``Mention.score`` puts above ``JOIN_AT``, without comparing every pair:
    those that share a name and a company, two spellings of a name, or the people named beside it."""
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        for key in mention.keys:
            for company in mention.companies:
                buckets["company", key, company].append(index)
            for companions in combinations(sorted(mention.companions), DECIDING_COMPANIONS):
                buckets["beside", key, *companions].append(index)
        for first, second in combinations(sorted(mention.keys), 2):
            buckets["names", first, second].append(index)
    return [buckets[name] for name in sorted(buckets) if len(buckets[name]) > 1]


def _join_near(mentions: Sequence[Mention], parts: Parts, around: Surroundings) -> None:
    """Joins people of near names where name and context together are sure enough."""
    groups = _people_by_evidence(mentions, parts, around)
    scored = [(-groups[a].score(groups[b])[0], a, b) for a, b in _near_pairs(groups)]
    for negative, a, b in sorted(scored):
        left, right = parts.of(a), parts.of(b)
        if -negative < JOIN_AT or left == right or parts.forbids(a, b):
            continue
        # What has joined either of them since may speak against it: a second Chinese name, or one article with both.
        if _apart_by_now(groups[left], groups[right]):
            continue
        parts.join(a, b)
        groups[parts.of(a)] = Mention([*groups[left].claims, *groups[right].claims], around)


def _apart_by_now(left: Mention, right: Mention) -> bool:
    near = not left.keys & right.keys
    return near and left.score(right)[0] < JOIN_AT


def _near_pairs(groups: dict[int, Mention]) -> set[Pair]:
    """Pairs of groups with no name in common, of which two claims share a candidate key and a company."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, group in groups.items():
        for pair in group.near:
            buckets[pair].append(index)
    pairs = {_ordered(a, b) for bucket in buckets.values() for a, b in combinations(bucket, 2)}
    return {(a, b) for a, b in pairs if not groups[a].keys & groups[b].keys}


# ------------------------------------------------------------------ questions


def ask_about_people(groups: Sequence[Sequence[Claim]], around: Surroundings, fallen: Iterable[str] = ()) -> None:
    """Asks editors about pairs of people that only they can decide, and takes back what is no question any more.

    Which questions stand is a function of claims and judgements too: the machine's own are written anew. ``fallen``
    are candidate keys of claims that may stand no longer: fewer people bear these names now.
    """
    here = [Mention(list(group), around) for group in groups]
    there = _weak_neighbours(groups, around)
    ours = [claim for group in groups for claim in group]
    sharing = bearers({*fallen, *(key for claim in ours for key in claim.person_candidates)}, around)
    others = [claim for person in sharing.people.values() for claim in person.claims]
    verdicts = verdicts_on(claim.public_id for claim in (*ours, *others))
    judged = _judged_ends(list(sharing.people.values()), verdicts)
    wanted = {ends: asked for ends, asked in distant_questions(sharing) if ends not in judged}
    wanted |= dict(_questions([*here, *there], len(here), verdicts))
    _write_questions(wanted, [claim.public_id for claim in ours], sharing.asked)


def _judged_ends(people: Sequence[Mention], verdicts: Verdicts) -> set[tuple[str, str]]:
    """First claims of pairs of people that editors have said something about."""
    first = [person.claims[0].public_id for person in people]
    low_high = ((first[a], first[b]) for a, b in _judged_people(people, verdicts))
    return {(min(pair), max(pair)) for pair in low_high}


def _weak_neighbours(groups: Sequence[Sequence[Claim]], around: Surroundings) -> list[Mention]:
    """Other people whose names are near, though not near enough to be joined, and who share a company."""
    ours = [claim for group in groups for claim in group]
    near = {claim.person_id for claim in _neighbours(ours)} - {None} - {claim.person_id for claim in ours}
    if not near:
        return []
    claims = Claim.objects.standing().filter(person__in=near).for_settling()
    by_person: dict[Any, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=claim_order):
        by_person[claim.person_id].append(claim)
    return [Mention(group, around) for group in by_person.values()]


def _questions(
    people: Sequence[Mention], own: int, verdicts: Verdicts
) -> Iterator[tuple[tuple[str, str], tuple[float, str]]]:
    """Pairs of first claims with score and reason; at least one of each pair is among the first ``own`` people."""
    judged = _judged_people(people, verdicts)
    for (left, right), floor in sorted(_pairs_to_ask(people).items()):
        if left >= own or (left, right) in judged:
            continue
        score, reason = people[left].score(people[right])
        if floor <= score < JOIN_AT:
            low, high = sorted(people[i].claims[0].public_id for i in (left, right))
            yield (low, high), (score, reason)


def _pairs_to_ask(people: Sequence[Mention]) -> dict[Pair, float]:
    """Pairs of people who share a name, or a near name and a company; with the least score worth asking about."""
    pairs = dict.fromkeys(_near_pairs(dict(enumerate(people))), _ASK_AT)
    by_key: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        for key in person.keys:
            by_key[key].append(index)
    for namesakes in by_key.values():
        floor = _ASK_AT if len(namesakes) <= _CROWD else _ASK_AT + 0.05
        pairs |= dict.fromkeys(combinations(namesakes, 2), floor)
    return pairs


def _judged_people(people: Sequence[Mention], verdicts: Verdicts) -> set[Pair]:
    """Pairs that editors have said something about, were it that they cannot tell."""
    index_of = {claim.public_id: i for i, person in enumerate(people) for claim in person.claims}
    said = verdicts.same | verdicts.different | verdicts.unsure
    return {_ordered(index_of[a], index_of[b]) for a, b in said if a in index_of and b in index_of}


def _write_questions(
    wanted: dict[tuple[str, str], tuple[float, str]], ids: list[str], others: Iterable[Judgement]
) -> None:
    """Makes the questions about the claims ``ids``, and those ``others`` that stand so far, the wanted ones."""
    touching = Judgement.objects.unanswered().filter(Q(left__in=ids) | Q(right__in=ids), subject=Subject.PERSON)
    known = {(row.left, row.right): row for row in (*touching, *others)}
    Judgement.objects.filter(pk__in=[row.pk for pair, row in known.items() if pair not in wanted]).delete()
    for pair, (score, reason) in wanted.items():
        row = known.get(pair)
        if row is not None and (row.score, row.reason) != (score, reason):
            Judgement.objects.filter(pk=row.pk).update(score=score, reason=reason)
    Judgement.objects.bulk_create(
        [
            Judgement(subject=Subject.PERSON, left=low, right=high, verdict=Verdict.UNSURE, score=score, reason=reason)
            for (low, high), (score, reason) in sorted(wanted.items())
            if (low, high) not in known
        ],
        ignore_conflicts=True,
    )
