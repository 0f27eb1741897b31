"""The one way in which identity is judged: the same, different or unsure, and undone. Facts follow at once.

Desk, admin and commands call these. A judgement is never changed: the next one takes its place for as long as it
stands itself, and an undone one keeps its row.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.exceptions import Refused
from talent.keys import refresh
from talent.lineage import forebears, heirs
from talent.models import Claim, Company, Judgement, Person, Subject, Verdict
from talent.querysets import HEAVY
from talent.resolve import directory, is_wikidata, show_joined
from talent.settle import Subjects, lock, settle

# A row, the public identifier of a claim, the key of a company, or an identifier of Wikidata.
Side = Person | Company | Claim | str


@transaction.atomic
def judge(left: Side, right: Side, verdict: str, user: User | None, reason: str = "") -> Judgement:
    """Says whether two people, or two companies, are one, and settles what follows from it.

    Either side may be an identifier of Wikidata: SAME attaches it. Refused for a person and a company, or for one and
    the same.
    """
    lock()
    return _pass(*_pair(left, right), verdict, user=user, reason=reason)


@transaction.atomic
def judge_event(left: Claim, right: Claim, verdict: str, user: User | None, reason: str = "") -> Judgement:
    """Says whether two claims tell of one event, whatever the rules make of them, and settles what follows."""
    lock()
    low, high = sorted((left.public_id, right.public_id))
    return _pass(Subject.EVENT, low, high, verdict, user=user, reason=reason)


@transaction.atomic
def undo(judgement: Judgement, user: User | None, *, revive: bool = True) -> Judgement:
    """Takes a judgement back and settles what follows: what it took the place of stands again, unless told otherwise.

    Undoing twice changes nothing.
    """
    lock()
    judgement.refresh_from_db()
    if judgement.undone_at is None:
        judgement.undone_at, judgement.undone_by = timezone.now(), user
        judgement.save(update_fields=["undone_at", "undone_by"])
        revived = _revive(judgement) if revive else []
        _settle_sides(judgement.subject, _ends_of([judgement, *revived]))
    return judgement


@transaction.atomic
def identify(entity: Person | Company, wikidata: str, user: User | None, reason: str = "") -> Judgement:
    """Says which item of Wikidata a person or company is, in the place of whatever was said before."""
    lock()
    return _pass(*_pair(entity, wikidata), Verdict.SAME, user=user, reason=reason, instead_of=_identifications(entity))


@transaction.atomic
def unidentify(entity: Person | Company, user: User | None) -> list[Judgement]:
    """Takes back whatever was said of the entity's item of Wikidata, for good; the judgements that stood until now."""
    lock()
    return [undo(judgement, user, revive=False) for judgement in _identifications(entity)]


def _identifications(entity: Person | Company) -> list[Judgement]:
    """Standing judgements that give the entity its identifier of Wikidata."""
    if isinstance(entity, Company):
        nodes = {entity.key, *entity.merged.values_list("key", flat=True)}
    else:
        nodes = set(entity.claims.values_list("public_id", flat=True))
        nodes |= set(forebears(nodes))
    subject = Subject.COMPANY if isinstance(entity, Company) else Subject.PERSON
    touching = Judgement.objects.that_stand().filter(Q(left__in=nodes) | Q(right__in=nodes), subject=subject)
    return [j for j in touching.filter(verdict=Verdict.SAME) if is_wikidata(j.left) or is_wikidata(j.right)]


def _pass(
    subject: str, low: str, high: str, verdict: str, *, user: User | None, reason: str,
    instead_of: Iterable[Judgement] = (),
) -> Judgement:  # fmt: skip
    """A judgement in the place of the one on this pair, and of the others given."""
    here = Judgement.objects.that_stand().filter(subject=subject, left=low, right=high)
    # A question that is answered is nobody's judgement, and goes.
    here.filter(verdict=Verdict.UNSURE, user=None).delete()
    replaced = {judgement.pk: judgement for judgement in (*here, *instead_of)}
    before = Judgement.objects.filter(pk__in=replaced)
    before.update(undone_at=timezone.now(), undone_by=user)
    judgement: Judgement = Judgement.objects.create(
        subject=subject, left=low, right=high, verdict=verdict, user=user, reason=reason
    )
    before.update(replaced_by=judgement)
    _settle_sides(subject, _ends_of([judgement, *replaced.values()]))
    return judgement


def _revive(judgement: Judgement) -> list[Judgement]:
    """Lets stand again what the judgement took the place of, except where somebody has judged the pair since."""
    revived = []
    for before in judgement.replaced.order_by("pk"):
        here = Judgement.objects.that_stand().filter(subject=before.subject, left=before.left, right=before.right)
        here.filter(verdict=Verdict.UNSURE, user=None).delete()
        if not here.exists():
            before.undone_at = before.undone_by = before.replaced_by = None
            before.save(update_fields=["undone_at", "undone_by", "replaced_by"])
            revived.append(before)
    return revived


def _ends_of(judgements: Iterable[Judgement]) -> list[str]:
    return sorted({end for judgement in judgements for end in (judgement.left, judgement.right)})


def _pair(left: Side, right: Side) -> tuple[str, str, str]:
    (kind, one), (other_kind, other) = _node(left), _node(right)
    subjects = {kind, other_kind} - {""}
    low, high = sorted((one, other))
    if len(subjects) != 1 or low == high:
        raise Refused(_("These two cannot be compared."))
    return subjects.pop(), low, high


def _node(side: Side) -> tuple[str, str]:
    """Subject and node of a side; the subject is "" for an identifier of Wikidata, which may be either."""
    if isinstance(side, Company):
        return Subject.COMPANY, side.key
    if isinstance(side, (Person, Claim)):
        return Subject.PERSON, side.public_id
    if is_wikidata(side):
        return "", side
    if Claim.objects.filter(public_id=side).exists():
        return Subject.PERSON, side
    if Company.objects.filter(key=side).exists():
        return Subject.COMPANY, side
    raise Refused(_("There is no such person or company."))


def _settle_sides(subject: str, nodes: list[str]) -> None:
    subjects = Subjects()
    if subject == Subject.COMPANY:
        touched = _joined_anew(nodes)
    else:
        touched = list(Claim.objects.filter(public_id__in=_with_bearers(subject, nodes)))
    for claim in touched:
        subjects.add(claim)
    settle(subjects)


def _with_bearers(subject: str, nodes: list[str]) -> set[str]:
    """The nodes, every claim that bears an identifier of Wikidata among them, and what stands in their place today."""
    identifiers = [node for node in nodes if is_wikidata(node)]
    bearing = Judgement.objects.that_stand().filter(Q(left__in=identifiers) | Q(right__in=identifiers), subject=subject)
    found = {*nodes, *(node for pair in bearing.values_list("left", "right") for node in pair)}
    return found.union(*heirs(found).values())


def _joined_anew(nodes: list[str]) -> list[Claim]:
    """Brings companies and the lookup columns of claims about them in line with the judgements; the claims touched, as
    they were and as they are."""
    companies = directory()
    judged = Judgement.objects.filter(subject=Subject.COMPANY).exclude(verdict=Verdict.UNSURE)
    keys = {key for node in nodes for key in _connected(node, list(judged.values_list("left", "right")))}
    keys |= {companies.joined.get(key, key) for key in keys}
    show_joined(keys, companies)
    about = Claim.objects.filter(company_keys__overlap=sorted(keys)).select_related("article")
    before = list(about.defer(*HEAVY[:3]))
    groups = [Claim(group_key=claim.group_key, article_id=claim.article_id) for claim in before]
    refresh(before, companies)
    return [*before, *groups]


def _connected(node: str, pairs: list[tuple[str, str]]) -> set[str]:
    """The keys that any judgement, standing or undone, has ever led to from ``node``."""
    found, fresh = set[str](), {node}
    while fresh:
        found |= fresh
        fresh = {end for pair in pairs if fresh & set(pair) for end in pair} - found
    return {key for key in found if not is_wikidata(key)}
