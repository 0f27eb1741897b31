"""What editors do with claims: accept, reject, correct, split, merge, part, answer a question, undo.

Each act is one transaction: it changes review states or adds a judgement, writes itself down as a Decision, and
settles the facts it touches. A claim's content is never changed; a correction is a claim of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.extraction import Span
from articles.extraction.claims import Claim as Draft
from talent import merge as merging
from talent.exceptions import Outdated, Refused, UngroundedQuote
from talent.models import Claim, ClaimOrigin, Company, Decision, Judgement, Person, Review, Subject, Verb, Verdict
from talent.objections import objections
from talent.querysets import STANDING
from talent.quotes import index_quotes
from talent.record import claim_row
from talent.resolve import public_id as identifier
from talent.settle import Subjects, lock, settle

# An editor may err, too.
CONFIDENCE = 0.99
MAX_PARTS = 10

Change = dict[str, Any]


@transaction.atomic
def accept(public_id: str, *, version: int, user: User, reason: str = "") -> Decision:
    """The claim is right as it stands."""
    claim = _held(public_id, version)
    _refuse_unless(claim.review != Review.ACCEPTED, _("The claim is accepted already."))
    return _decide(Verb.ACCEPT, claim, [_turn(claim, Review.ACCEPTED)], user=user, reason=reason)


@transaction.atomic
def reject(public_id: str, *, version: int, user: User, reason: str) -> Decision:
    """The claim is wrong, or is none: no fact rests on it any longer."""
    claim = _held(public_id, version)
    _refuse_unless(claim.review != Review.REJECTED, _("The claim is rejected already."))
    _refuse_unless(bool(reason.strip()), _("Say why the claim is rejected."))
    return _decide(Verb.REJECT, claim, [_turn(claim, Review.REJECTED)], user=user, reason=reason)


def correct(public_id: str, draft: Draft, *, version: int, user: User, reason: str = "") -> Decision:
    """An editor's version stands in the claim's place."""
    return _replace(Verb.CORRECT, public_id, [draft], version=version, user=user, reason=reason)


def split(public_id: str, drafts: Sequence[Draft], *, version: int, user: User, reason: str = "") -> Decision:
    """Two or more claims stand in the place of one that says several things."""
    _refuse_unless(1 < len(drafts) <= MAX_PARTS, _("Split the claim into two or more."))
    return _replace(Verb.SPLIT, public_id, drafts, version=version, user=user, reason=reason)


@transaction.atomic
def merge(public_id: str, other_id: str, *, version: int, user: User, reason: str = "") -> Decision:
    """Both claims tell of one event, although the rules keep them apart."""
    claim = _held(public_id, version)
    other = Claim.objects.standing().filter(public_id=other_id, kind=claim.kind).exclude(pk=claim.pk).first()
    if other is None or claim.review not in STANDING:
        raise Refused(_("Only two claims of one kind that stand can be one event."))
    _refuse_unless(claim.fact is None or claim.fact != other.fact, _("Both claims support one fact already."))
    _refuse_unless(claim.person_id == other.person_id, _("Say first that both speak of one person."))
    return _judge_event(Verb.MERGE, claim, other, Verdict.SAME, user=user, reason=reason)


@transaction.atomic
def part(public_id: str, other_id: str, *, version: int, user: User, reason: str = "") -> Decision:
    """The two claims tell of two events, although the rules, or an editor before, make them one fact."""
    claim = _held(public_id, version)
    other = Claim.objects.standing().filter(public_id=other_id, kind=claim.kind).exclude(pk=claim.pk).first()
    if other is None or claim.review not in STANDING or claim.fact is None or claim.fact != other.fact:
        raise Refused(_("Only two claims that support one fact can be parted."))
    return _judge_event(Verb.PART, claim, other, Verdict.DIFFERENT, user=user, reason=reason)


def _judge_event(verb: Verb, claim: Claim, other: Claim, verdict: str, *, user: User, reason: str) -> Decision:
    low, high = sorted((claim.public_id, other.public_id))
    _refuse_against(objections(Subject.EVENT, low, high, verdict))
    judgement = merging.judge_event(claim, other, verdict, user, reason)
    return Decision.objects.create(verb=verb, claim=claim, judgement=judgement, user=user, reason=reason.strip())


def _refuse_against(standing: Sequence[Judgement]) -> None:
    """No verdict is given against those that stand; each comes with the decision by which it can be undone."""
    decided = {d.judgement_id: d for d in Decision.objects.filter(judgement__in=standing, undone_at=None)}
    for judgement in standing:
        judgement.decision = decided.get(judgement.pk)  # type: ignore[attr-defined]  # told to the page alone
    if standing:
        raise Refused(_("This contradicts what editors said before. Undo that first, or leave it as it is."), standing)


@transaction.atomic
def judge(left: str, right: str, verdict: str, *, seen: int | None, user: User, reason: str = "") -> Decision:
    """Whether two people, or two companies, are one; ``seen`` is the judgement or question before the editor.

    Outdated where somebody has answered since.
    """
    lock()
    low, high = sorted((left, right))
    identities = Judgement.objects.that_stand().exclude(subject=Subject.EVENT)
    standing = identities.filter(left=low, right=high).first()
    if standing is not None and standing.pk != seen:
        raise Outdated(Decision.objects.for_list().filter(judgement=standing).first())
    subject = Subject.COMPANY if Company.objects.filter(key__in=(low, high)).exists() else Subject.PERSON
    _refuse_against(objections(subject, low, high, verdict))
    judgement = merging.judge(low, high, verdict, user, reason)
    return Decision.objects.create(verb=Verb.JUDGE, judgement=judgement, user=user, reason=reason)


@transaction.atomic
def identify(entity: Person | Company, wikidata: str, *, user: User, reason: str = "") -> Decision | None:
    """The person or company is that item of Wikidata; "" takes back what was said, which is no decision of its own."""
    lock()
    if not wikidata:
        said = Decision.objects.filter(judgement__in=merging.unidentify(entity, user), undone_at=None)
        said.update(undone_at=timezone.now(), undone_by=user)
        return None
    judgement = merging.identify(entity, wikidata, user, reason)
    return Decision.objects.create(verb=Verb.JUDGE, judgement=judgement, user=user, reason=reason)


@transaction.atomic
def undo(decision_id: int, *, user: User) -> Decision:
    """Takes a decision back: review states are what they were, a judgement no longer stands.

    Outdated where a later decision stands on what this one left; that one has to be undone first.
    """
    lock()
    decisions = Decision.objects.select_for_update(of=("self",)).select_related("judgement", "claim", "undone_by")
    decision: Decision = decisions.get(pk=decision_id)
    if decision.undone_at is not None:
        raise Outdated(decision)
    claims = {c.public_id: c for c in _locked(change["claim"] for change in decision.changes)}
    for change in decision.changes:
        later = Decision.objects.touching(change["claim"]).that_stand().filter(pk__gt=decision.pk).first()
        if later is not None:
            raise Outdated(later)
        _refuse_unless(claims[change["claim"]].review == change["after"], _("The claim has changed since."))
    for change in decision.changes:
        _turn(claims[change["claim"]], change["before"])
    if decision.judgement is not None:
        _refuse_replaced(decision.judgement)
        merging.undo(decision.judgement, user)
    _settle(claims.values())
    decision.undone_at, decision.undone_by = timezone.now(), user
    decision.save(update_fields=["undone_at", "undone_by"])
    return decision


def locate(text: str, quote: str, near: int) -> Span:
    """The place of ``quote`` in ``text``, letter for letter, nearest to ``near``; UngroundedQuote where it has none."""
    places, place = [], text.find(quote) if quote.strip() else -1
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    if not places:
        raise UngroundedQuote(_("These words do not stand in the article, letter for letter."))
    start = min(places, key=lambda p: abs(p - near))
    return Span(start, start + len(quote))


@transaction.atomic
def _replace(verb: Verb, public_id: str, drafts: Sequence[Draft], *, version: int, user: User, reason: str) -> Decision:
    claim = _held(public_id, version)
    rows = {row.key: row for row in (_editors_row(claim, draft) for draft in drafts)}
    _refuse_unless(len(rows) == len(drafts), _("Two of the parts say the same."))
    _refuse_unless(not any(_says_the_same(row, claim) for row in rows.values()), _("Nothing is changed."))
    # What was corrected so before, and undone, comes back.
    known = {row.key: row for row in _locked(row.public_id for row in rows.values())}
    new = [row for key, row in rows.items() if key not in known]
    Claim.objects.bulk_create(new)
    index_quotes(new)
    changes = [_turn(claim, Review.CORRECTED)]
    for key, row in rows.items():
        changes.append(_turn(known[key], Review.ACCEPTED) if key in known else _created(row))
    return _decide(verb, claim, changes, user=user, reason=reason, others=[*rows.values(), *known.values()])


def _editors_row(claim: Claim, draft: Draft) -> Claim:
    """The unsaved claim of an editor that corrects ``claim``."""
    row = claim_row(claim.article, claim.kind, draft, engine_version="")
    content = [claim.key, row.value, row.attribution_kind, row.attribution_count]
    normal = json.dumps(["editor", *content], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    row.key = hashlib.sha256(normal.encode()).hexdigest()
    row.public_id = identifier(f"claim:{row.key}")
    row.origin, row.rule, row.confidence = ClaimOrigin.EDITOR, "", CONFIDENCE
    row.review, row.corrects = Review.ACCEPTED, claim
    return row


def _says_the_same(row: Claim, claim: Claim) -> bool:
    names = ("value", "attribution_kind", "attribution_count")
    return all(getattr(row, name) == getattr(claim, name) for name in names)


def _held(public_id: str, version: int) -> Claim:
    """The claim, locked, as the editor saw it; Outdated where it has changed, Refused where another stands for it."""
    lock()
    claim: Claim = Claim.objects.select_for_update(of=("self",)).select_related("article").get(public_id=public_id)
    if claim.version != version:
        raise Outdated(Decision.objects.touching(public_id).first())
    _refuse_unless(claim.review != Review.CORRECTED, _("A correction stands in the claim's place: undo it first."))
    return claim


def _locked(public_ids: Iterable[str]) -> list[Claim]:
    return list(Claim.objects.select_for_update(of=("self",)).filter(public_id__in=list(public_ids)).order_by("pk"))


def _turn(claim: Claim, review: str) -> Change:
    """Changes the review state, and says so."""
    before = claim.review
    Claim.objects.filter(pk=claim.pk).update(review=review, version=F("version") + 1)
    claim.review, claim.version = review, claim.version + 1
    return {"claim": claim.public_id, "before": before, "after": review}


def _created(row: Claim) -> Change:
    # A correction that is undone is what nobody says any longer.
    return {"claim": row.public_id, "before": Review.SUPERSEDED.value, "after": Review.ACCEPTED.value}


def _refuse_replaced(judgement: Judgement) -> None:
    """Outdated where another stands in the judgement's place: that one is undone first."""
    if judgement.replaced_by is not None:
        raise Outdated(Decision.objects.for_list().filter(judgement=judgement.replaced_by).first())


def _refuse_unless(condition: bool, why: str) -> None:
    if not condition:
        raise Refused(why)


def _decide(
    verb: Verb, claim: Claim, changes: list[Change], *, user: User, reason: str, others: Iterable[Claim] = ()
) -> Decision:
    _settle([claim, *others])
    return Decision.objects.create(verb=verb, claim=claim, user=user, reason=reason.strip(), changes=changes)


def _settle(claims: Iterable[Claim]) -> None:
    subjects = Subjects()
    for claim in claims:
        subjects.add(claim)
    settle(subjects)
