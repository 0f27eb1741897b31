"""What readers send about a page, what editors decide, and what of it becomes public.

Every decision is logged with its reason; the public log names neither the sender nor what was hidden.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import Article
from talent.exceptions import NeedsReason, TooMany
from talent.history import because
from talent.models import (
    FACTS,
    Company,
    CompensationReport,
    Correction,
    CorrectionCategory,
    CorrectionState,
    Effect,
    Move,
    Notice,
    Noun,
    Person,
    Requester,
    Response,
    Restriction,
    Signal,
    Visibility,
)
from talent.settle import lock
from talent.successors import fact_succeeding

log = structlog.get_logger(__name__)

MODELS: dict[str, type[Any]] = {
    Noun.MOVE: Move,
    Noun.COMPENSATION: CompensationReport,
    Noun.SIGNAL: Signal,
    Noun.PERSON: Person,
    Noun.COMPANY: Company,
    Noun.ARTICLE: Article,
}
# What can be shown to fewer people; an article is only shown in the quotes of its claims.
RESTRICTED = MODELS.keys() - {Noun.ARTICLE}
# From one network address; a newsroom behind one address gets by, a flood does not.
MOST_IN = timedelta(hours=1)
MOST_REQUESTS = 5
_DECIDED = (CorrectionState.ACCEPTED, CorrectionState.DECLINED)
_EFFECTS = {
    Visibility.PUBLIC: Effect.RESTORED,
    Visibility.UNLISTED: Effect.UNLISTED,
    Visibility.HIDDEN: Effect.HIDDEN,
    Visibility.WITHDRAWN: Effect.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a correction can be about: a row with its page."""

    noun: str
    row: Any

    @property
    def key(self) -> str:
        """How an address names it: "move:abc"."""
        return f"{self.noun}:{self.row.public_id}"


def noun_of(row: Any) -> str:
    """The noun of a fact's, person's, company's or article's row."""
    return next(noun for noun, model in MODELS.items() if isinstance(row, model))


def find_page(key: str) -> Page | None:
    """The page that "move:abc" names today, if readers may see it."""
    noun, _colon, identifier = key.partition(":")
    if noun not in MODELS or not 0 < len(identifier) <= 160 or "\0" in identifier:
        return None
    row = _shown(noun).filter(public_id=identifier).first()
    if row is None and noun in FACTS and (fact := fact_succeeding(identifier)) is not None:
        noun = noun_of(fact)
        row = _shown(noun).filter(pk=fact.pk).first()
    return Page(noun, row) if row is not None else None


def find_row(key: str) -> Any:
    """The row that "move:abc" names, whoever may see it; None where there is none. For editors."""
    noun, _colon, identifier = key.partition(":")
    return MODELS[noun]._default_manager.filter(public_id=identifier).first() if noun in RESTRICTED else None


def _shown(noun: str) -> Any:
    """The rows of that noun that readers may see, with what their titles name."""
    if noun == Noun.ARTICLE:
        return Article.objects.defer("text", "signature", "bands")
    return MODELS[noun].objects.for_list() if noun in FACTS else MODELS[noun].objects.visible()


def anchors_of(row: Any) -> list[str]:
    """What ties something to a page for good: its claims, a company's key, an article's identifier."""
    if isinstance(row, Company):
        return [row.key]
    if isinstance(row, Article):
        return [row.public_id]
    return sorted({row.public_id, *row.claims.values_list("public_id", flat=True)})


def pages_of(anchored: list[Any]) -> dict[int, Any]:
    """The rows that notices, responses or corrections are about today, where readers may see them, by their pk."""
    found: dict[int, Any] = {}
    for noun in MODELS:
        of_noun = [a for a in anchored if a.noun == noun]
        if not of_noun:
            continue
        by_anchor = _by_anchor(noun, {anchor for a in of_noun for anchor in a.anchors})
        for a in of_noun:
            if row := next((by_anchor[anchor] for anchor in a.anchors if anchor in by_anchor), None):
                found[a.pk] = row
    return found


def _by_anchor(noun: str, anchors: set[str]) -> dict[str, Any]:
    """Rows that readers may see, by the anchors they rest on."""
    if noun == Noun.ARTICLE:
        return {row.public_id: row for row in _shown(noun).filter(public_id__in=anchors)}
    if noun == Noun.COMPANY:
        return {row.key: row for row in _shown(noun).filter(key__in=anchors)}
    resting = _shown(noun).filter(claims__public_id__in=anchors).annotate(anchor=F("claims__public_id"))
    return {row.anchor: row for row in resting}


# ------------------------------------------------------------------ sending


def sender_of(address: str, now: datetime) -> str:
    """A keyed hash of a network address and the day, which tells one sender from another and nothing more."""
    told = f"{now:%Y-%m-%d}|{address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


def submit(page: Page | None, content: dict[str, Any], *, sender: str, language: str, now: datetime) -> Correction:
    """Keeps what somebody sent; ``content`` has the form's fields. TooMany where one sender sends a flood."""
    recent = Correction.objects.filter(sender=sender, created_at__gt=now - MOST_IN).count()
    if recent >= MOST_REQUESTS:
        raise TooMany
    about = _about(page.row) if page else {}
    return Correction.objects.create(
        token=secrets.token_urlsafe(24), sender=sender, language=language, **about, **content
    )


def _about(row: Any) -> dict[str, Any]:
    return {
        "noun": noun_of(row),
        "identifier": row.public_id,
        "anchors": anchors_of(row),
        "title": str(row)[:300],
    }


# ------------------------------------------------------------------ deciding


@transaction.atomic
def decide(
    correction: Correction, *, state: str, outcome: str, user: Any, now: datetime, requester: str = Requester.READER
) -> None:
    """Moves a request on. An acceptance or refusal needs an outcome in words; the sender is told, and an acceptance
    enters the public log."""
    if state in _DECIDED and not outcome.strip():
        raise NeedsReason
    was = Correction.objects.select_for_update().get(pk=correction.pk).state
    correction.state, correction.outcome = state, outcome
    if state == was:
        correction.save()
        return
    correction.decided_at = now if state in _DECIDED else None
    with because(outcome):
        correction.save()
        if state == CorrectionState.ACCEPTED and not Notice.objects.filter(correction=correction).exists():
            effect = Effect.CORRECTED
            _notice(correction, correction.category, effect, requester, correction.public_words, correction, user)
    if state in _DECIDED and correction.email:
        transaction.on_commit(partial(tell_sender, correction.pk, now=now))


def tell_sender(pk: int, *, now: datetime) -> bool:
    """Mails the outcome; False where the mail could not be handed over, which an editor sees and can repeat."""
    correction = Correction.objects.get(pk=pk)
    with override(correction.language):
        subject = _("Your request to %(site)s: %(state)s") % {
            "site": settings.SITE_NAME,
            "state": correction.get_state_display(),
        }
        body = _("You wrote to us about: %(title)s") % {"title": correction.title or settings.SITE_NAME}
        text = f"{body}\n\n{correction.outcome}\n"
    try:
        send_mail(subject, text, None, [correction.email])
    except Exception as error:
        log.warning("outcome not mailed", correction=pk, reason=str(error))
        return False
    Correction.objects.filter(pk=pk).update(answered_at=now)
    return True


@transaction.atomic
def set_visibility(
    row: Any,
    visibility: str,
    *,
    reason: str,
    user: Any,
    now: datetime,
    category: str = CorrectionCategory.OTHER,
    requester: str = Requester.EDITOR,
    public_words: str = "",
    correction: Correction | None = None,
) -> Notice:
    """Shows, hides, withdraws a page or keeps it from search engines, until somebody decides otherwise.

    The decision holds for the claims under the page, whatever they are settled into later. NeedsReason without one.
    """
    if not reason.strip():
        raise NeedsReason
    noun, anchors = noun_of(row), anchors_of(row)
    with because(reason):
        lock()
        Restriction.objects.that_stand().about(noun, anchors).update(lifted_at=now)
        if visibility != Visibility.PUBLIC:
            Restriction.objects.create(
                noun=noun, anchors=anchors, visibility=visibility, reason=reason, user=user, correction=correction
            )
        type(row).objects.filter(pk=row.pk).update(visibility=visibility)
        effect = _EFFECTS[Visibility(visibility)]
        return _notice(
            Restriction(noun=noun, anchors=anchors), category, effect, requester, public_words, correction, user
        )


@transaction.atomic
def lift(restriction: Restriction, *, reason: str, user: Any, now: datetime) -> None:
    """Ends a restriction; the pages that rest on its claims today are shown again."""
    model = MODELS[restriction.noun]
    resting = {"key__in" if model is Company else "claims__public_id__in": restriction.anchors}
    with because(reason):
        Restriction.objects.that_stand().filter(pk=restriction.pk).update(lifted_at=now)
        for row in model._default_manager.filter(**resting).exclude(visibility=Visibility.PUBLIC).distinct():
            set_visibility(row, Visibility.PUBLIC, reason=reason, user=user, now=now)


@transaction.atomic
def publish_response(response: Response, *, user: Any, category: str = CorrectionCategory.RESPONSE) -> None:
    """Shows somebody's answer beside what it answers, and notes it in the public log once."""
    first = not Response.objects.published().filter(pk=response.pk).exists()
    response.published, response.user = True, response.user or user
    response.save()
    if first:
        requester = Requester.COMPANY if response.noun == Noun.COMPANY else Requester.PERSON
        _notice(response, category, Effect.RESPONSE, requester, "", response.correction, user)


def response_to(correction: Correction, *, today: date) -> Response:
    """The unsaved response that a request asks to publish."""
    return Response(
        noun=correction.noun, anchors=correction.anchors, who=correction.name or "?", capacity=correction.capacity,
        date=today, text=correction.text, language=correction.language, correction=correction, published=False,
    )  # fmt: skip


def _notice(
    about: Any, category: str, effect: str, requester: str, words: str, correction: Correction | None, user: Any
) -> Notice:
    return Notice.objects.create(
        noun=about.noun, anchors=about.anchors, category=category, effect=effect, requester=requester,
        words=words, correction=correction, user=user,
    )  # fmt: skip


def withdrawal_of(row: Any) -> Notice | None:
    """Why and when the page of a row was taken back, as the public log says it."""
    notices = Notice.objects.about(noun_of(row), anchors_of(row)).filter(effect=Effect.WITHDRAWN)
    return notices.order_by("-date", "-id").first()


def responses_beside(row: Any) -> list[Response]:
    """The published responses to a page, the oldest first. One query."""
    by_name = isinstance(row, Company | Article)
    anchors = anchors_of(row) if by_name else row.claims.order_by().values_list("public_id", flat=True)
    return list(Response.objects.published().about(noun_of(row), anchors))
