"""Tells addresses of events, by the Standard Webhooks specification: signed, tried again for days, never sent twice
as two different messages.

An event becomes a row for each address that wants it, in the order of the feed; a worker takes the row by its lease,
sends, and writes down what came back. Nothing here enqueues a task.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import secrets
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import orjson
import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from standardwebhooks.webhooks import Webhook as Signer

from articles import addresses
from articles.clock import database_now
from articles.exceptions import IntakeError
from articles.fetch import Reply, post
from articles.querysets import AFRESH
from talent import changefeed
from talent.changefeed import Event
from talent.models import Delivery, Webhook

log = structlog.get_logger(__name__)

MOST_OF_ONE_ACCOUNT = 10
SECONDS = 15.0
LEASE = timedelta(seconds=60)
# Waits between tries, as the specification proposes them: about three days in all.
WAITS = tuple(
    timedelta(seconds=s) for s in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
TRIES = len(WAITS) + 1
# So long nothing may have been taken before the address is no longer tried.
PATIENCE = timedelta(days=5)
# So long a former secret signs beside the new one.
OVERLAP = timedelta(days=1)
# Beyond so many waiting messages no more are made: the events stay in the feed.
MOST_WAITING = 10_000
_BATCH = 500
_GONE = 410
TEST = "test.sent"


class NothingToTell(Exception):
    """The event of a message is not for readers any more."""


# ------------------------------------------------------------------ addresses and their secrets


def subscribe(webhook: Webhook) -> Webhook:
    """Saves a new webhook, which hears of what happens from now on. Raises IntakeError for an impossible address."""
    webhook.address = addresses.check(webhook.address, allow_private=settings.FETCH_ALLOW_PRIVATE)
    webhook.public_id = secrets.token_urlsafe(12)
    webhook.cursor = changefeed.newest()
    webhook.save()
    return webhook


def secret(webhook: Webhook, *, former: bool = False) -> str:
    """The secret that its messages are signed with, as receivers are given it; or the one before."""
    number = webhook.key_number - former
    digest = hmac.new(settings.SECRET_KEY.encode(), f"webhook:{webhook.public_id}:{number}".encode(), hashlib.sha256)
    return f"whsec_{base64.b64encode(digest.digest()).decode()}"


def rotate(webhook: Webhook, *, now: datetime) -> None:
    """A new secret; for a day messages carry the signatures of both."""
    webhook.key_number += 1
    webhook.former_key_until = now + OVERLAP
    webhook.save(update_fields=["key_number", "former_key_until"])


def pause(webhook: Webhook, because: str) -> None:
    """Stops telling an address; what happens meanwhile is told when it goes on."""
    Webhook.objects.filter(pk=webhook.pk).update(state=Webhook.State.PAUSED, paused_because=because)


def resume(webhook: Webhook) -> None:
    """Goes on, from the first event that was not handed over."""
    Webhook.objects.filter(pk=webhook.pk).update(state=Webhook.State.ACTIVE, paused_because="", failing_since=None)


# ------------------------------------------------------------------ from events to messages


def fan_out() -> list[int]:
    """Makes the messages of all events that have happened since; the numbers of those to send."""
    newest, made = changefeed.newest(), []
    behind = Webhook.objects.filter(state=Webhook.State.ACTIVE, cursor__lt=newest).order_by("cursor")
    for pk in behind.values_list("pk", flat=True)[:_BATCH]:
        made += _fan_out_to(pk)
    return made


def _fan_out_to(pk: int) -> list[int]:
    """Messages and the new place in the feed in one transaction; one worker at a time for each address."""
    with transaction.atomic():
        webhook = Webhook.objects.select_for_update(skip_locked=True).filter(pk=pk, state=Webhook.State.ACTIVE).first()
        if webhook is None or _waiting(webhook)[:MOST_WAITING].count() >= MOST_WAITING:
            return []
        events, reached = changefeed.read(webhook.cursor, limit=_BATCH, nouns=webhook.nouns, types=webhook.types)
        wanted = [_message(webhook, event) for event in events if _is_about(webhook, event)]
        made = Delivery.objects.bulk_create(wanted, ignore_conflicts=True)
        Webhook.objects.filter(pk=pk).update(cursor=reached)
    sent = Delivery.objects.filter(message_id__in=[delivery.message_id for delivery in made])
    return list(sent.order_by("id").values_list("pk", flat=True))


def _waiting(webhook: Webhook) -> QuerySet[Delivery]:
    return Delivery.objects.filter(webhook=webhook, state=Delivery.State.WAITING)


def _message(webhook: Webhook, event: Event) -> Delivery:
    kind = event.type.partition(".")[2]
    return Delivery(webhook=webhook, message_id=_message_id(), sequence=event.sequence, noun=event.noun, type=kind)


def _message_id() -> str:
    return f"msg_{secrets.token_urlsafe(18)}"


def _is_about(webhook: Webhook, event: Event) -> bool:
    """Whether it concerns one of the companies or people that the address asks for, before or after."""
    if not webhook.companies and not webhook.people:
        return True
    states = [state for state in (event.before, event.after) if state]
    companies = {state.get(f"{end}__slug") for state in states for end in ("origin", "destination", "company")}
    people = {state.get("person__slug") for state in states}
    # What was withdrawn says no longer whom it was about: everybody who may hold a copy is told.
    return not states or bool(companies & set(webhook.companies) or people & set(webhook.people))


def test(webhook: Webhook) -> Delivery:
    """A message that tells of nothing, to see whether it arrives."""
    return Delivery.objects.create(webhook=webhook, message_id=_message_id())


def replay(delivery: Delivery) -> bool:
    """Sends a message once more, under its old identifier; False where it waits already."""
    again = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.WAITING)
    return bool(again.update(**AFRESH, state=Delivery.State.WAITING, delivered_at=None))


# ------------------------------------------------------------------ sending


def overdue(*, now: datetime, limit: int) -> list[int]:
    """Messages whose time has come; those of paused addresses wait with them."""
    ready = Delivery.objects.free(now).filter(state=Delivery.State.WAITING, webhook__state=Webhook.State.ACTIVE)
    return list(ready.order_by("updated_at").values_list("pk", flat=True)[:limit])


def deliver(pk: int, *, now: datetime) -> bool:
    """Sends one waiting message; True where the address took it."""
    if not Delivery.objects.take(pk, state=Delivery.State.WAITING, now=now, lease=LEASE):
        return False
    delivery = Delivery.objects.select_related("webhook__user").get(pk=pk)
    begun = time.monotonic()
    try:
        reply = _send(delivery, now)
    except NothingToTell:
        Delivery.objects.filter(pk=pk).update(
            state=Delivery.State.FAILED, taken_until=None, error="Readers do not see this event any more."
        )
        return False
    except IntakeError as error:
        # An address that is refused today may be mended by its owner: permanent or not, it is tried again.
        return _note(delivery, None, str(error), now=now, begun=begun)
    taken = 200 <= reply.status < 300
    problem = "" if taken else f"The address answered {reply.status}."
    return _note(delivery, reply, problem, now=now, begun=begun)


def _send(delivery: Delivery, now: datetime) -> Reply:
    body, stamp = payload(delivery), datetime.fromtimestamp(int(now.timestamp()), UTC)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(stamp.timestamp())),
        "webhook-signature": " ".join(_signatures(delivery, body, stamp)),
    }
    return post(delivery.webhook.address, body, headers, seconds=SECONDS, clock=database_now)


def _signatures(delivery: Delivery, body: bytes, stamp: datetime) -> Iterable[str]:
    webhook = delivery.webhook
    formers = [False, True] if webhook.former_key_until and stamp < webhook.former_key_until else [False]
    for former in formers:
        yield Signer(secret(webhook, former=former)).sign(delivery.message_id, stamp, body.decode())


def payload(delivery: Delivery) -> bytes:
    """What is sent: type, time and, as the API gives it at this moment, the event."""
    if delivery.sequence is None:
        message = {"type": TEST, "timestamp": delivery.created_at, "data": {"webhook": delivery.webhook.public_id}}
    else:
        event = changefeed.event(delivery.sequence)
        if event is None:
            raise NothingToTell
        # The shapes of the API: 10 MB that a worker without webhooks is spared.
        from talent.serializers.events import EventSerializer

        data = EventSerializer(context={"site": settings.SITE_URL}).to_representation(event)
        message = {"type": event.type, "timestamp": event.at, "data": data}
    return orjson.dumps(message, option=orjson.OPT_UTC_Z)


def _note(delivery: Delivery, reply: Reply | None, problem: str, *, now: datetime, begun: float) -> bool:
    """Writes down how a try went, and what follows from it."""
    last = delivery.attempts >= TRIES
    taken = not problem
    Delivery.objects.filter(pk=delivery.pk, taken_until=now + LEASE).update(
        state=Delivery.State.DELIVERED if taken else Delivery.State.FAILED if last else Delivery.State.WAITING,
        status=reply.status if reply else None,
        excerpt=(reply.excerpt if reply else "").replace("\x00", ""),
        milliseconds=round((time.monotonic() - begun) * 1000),
        error=problem[:2000],
        taken_until=None if taken or last else now + _wait(delivery.attempts, reply),
        delivered_at=now if taken else None,
        updated_at=now,
    )
    if taken:
        Webhook.objects.filter(pk=delivery.webhook.pk).update(failing_since=None, last_success_at=now)
    else:
        log.warning("webhook failed", delivery=delivery.message_id, attempt=delivery.attempts, reason=problem)
        _note_trouble(delivery.webhook, reply, problem, now)
    return taken


def _wait(attempts: int, reply: Reply | None) -> timedelta:
    """A fifth more or less, so that a receiver that was away is not asked for everything at once."""
    own = WAITS[min(attempts, len(WAITS)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311  # no secret depends on it
    return max(own, timedelta(seconds=reply.retry_after or 0)) if reply else own


def _note_trouble(webhook: Webhook, reply: Reply | None, problem: str, now: datetime) -> None:
    """Remembers since when nothing arrives; pauses the address where it says that it is gone, or after days."""
    Webhook.objects.filter(pk=webhook.pk, failing_since=None).update(failing_since=now)
    since = Webhook.objects.values_list("failing_since", flat=True).get(pk=webhook.pk) or now
    if (reply is not None and reply.status == _GONE) or now - since > PATIENCE:
        pause(webhook, problem)
        _tell_owner(webhook, problem)


def _tell_owner(webhook: Webhook, problem: str) -> None:
    if not webhook.user.email:
        return
    subject = _("Your webhook “%(name)s” was paused") % {"name": webhook.name}
    text = _(
        "%(address)s could not be told of events any more: %(problem)s Nothing is lost: resume it on %(page)s when it "
        "answers again."
    ) % {
        "address": webhook.address,
        "problem": problem,
        "page": settings.SITE_URL + webhook.get_absolute_url(),
    }
    send_mail(subject, text, None, [webhook.user.email], fail_silently=True)
