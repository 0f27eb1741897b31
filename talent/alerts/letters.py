"""Letters to readers: gathered from what their alerts found, sent like webhooks' messages, at least once.

A letter is a row that a worker takes by its lease. What it says is read when it is sent, so that it never shows what
was taken back since. A worker that dies between the mail server's yes and the database's sends it again, under the same
Message-ID. Nothing here enqueues a task.
"""

from __future__ import annotations

import random
import secrets
from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

import structlog
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_noop

from articles.querysets import AFRESH
from talent.alerts import asking, stopping, writing
from talent.models import Alert, Found, Frequency, Letter, Reader

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
# Waits between tries: a mail server that is away for a day loses nothing.
WAITS = tuple(timedelta(seconds=s) for s in (60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600))
TRIES = len(WAITS) + 1
# Between two letters of what is told at once.
PAUSE = timedelta(minutes=5)
# Letters of a day and of a week are made from this hour on, UTC; those of a week on Monday.
HOUR = time(6, tzinfo=UTC)
# Findings that go into one letter; the rest waits for the next.
MOST_FOUND = 500
_BATCH = 200
# So long it is known what a reader was told: who heard of a fact hears when it is taken back.
KEPT = timedelta(days=400)
_FORGOTTEN = 1_000
REFUSED = gettext_noop("Your mail server refused our mail. Resume it when your address works again.")


# ------------------------------------------------------------------ from findings to letters


def gather(*, now: datetime) -> list[int]:
    """Makes a letter for each reader who has something to be told by now; the numbers of those letters."""
    made = [_letter(user, frequency, now) for frequency in Frequency for user in _readers(frequency, now)]
    return [pk for pk in made if pk is not None]


def _readers(frequency: str, now: datetime) -> list[int]:
    """Those whose alerts have waited since before the last time that mail of this frequency goes out."""
    due = Alert.objects.filter(
        frequency=frequency,
        state=Alert.State.ACTIVE,
        pending_since__isnull=False,
        pending_since__lte=_due(frequency, now),
    )
    if frequency == Frequency.AT_ONCE:
        just_now = Letter.objects.filter(user=OuterRef("user"), frequency=frequency, sent_at__gt=now - PAUSE)
        due = due.filter(~Exists(just_now))
    unsent = Letter.objects.filter(user=OuterRef("user"), frequency=frequency, state=Letter.State.WAITING)
    due = due.filter(~Exists(unsent)).order_by("pending_since")
    # So many alerts belong to at least _BATCH readers.
    waited_longest = due.values_list("user", flat=True)[: _BATCH * asking.MOST_OF_ONE_ACCOUNT]
    return list(dict.fromkeys(waited_longest))[:_BATCH]


def _due(frequency: str, now: datetime) -> datetime:
    """The last moment at which mail of this frequency went out."""
    if frequency == Frequency.AT_ONCE:
        return now
    day = now.astimezone(UTC).date()
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    moment = datetime.combine(day, HOUR)
    return moment if moment <= now else moment - timedelta(days=7 if frequency == Frequency.WEEKLY else 1)


def _letter(user: int, frequency: str, now: datetime) -> int | None:
    """A letter of what one reader's alerts have found, in one transaction; None where another worker makes it."""
    try:
        with transaction.atomic():
            letter = Letter.objects.create(user_id=user, frequency=frequency, public_id=secrets.token_urlsafe(12))
            alerts = Alert.objects.filter(user=user, frequency=frequency, state=Alert.State.ACTIVE)
            untold = Found.objects.filter(alert__in=alerts, letter=None).order_by("sequence")
            Found.objects.filter(pk__in=list(untold.values_list("pk", flat=True)[:MOST_FOUND])).update(letter=letter)
            left = Found.objects.filter(alert=OuterRef("pk"), letter=None)
            alerts.filter(~Exists(left)).update(pending_since=None)
            return letter.pk
    except IntegrityError:
        return None


# ------------------------------------------------------------------ sending


def overdue(*, now: datetime, limit: int) -> list[int]:
    """Letters whose time has come."""
    ready = Letter.objects.free(now).filter(state=Letter.State.WAITING).order_by("updated_at")
    return list(ready.values_list("pk", flat=True)[:limit])


def send_again(failed: QuerySet[Letter]) -> int:
    """Has letters that were given up tried afresh, as far as their reader has none that waits; how many."""
    again = 0
    for letter in failed.filter(state=Letter.State.FAILED):
        try:
            with transaction.atomic():
                rows = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED)
                again += rows.update(**AFRESH, state=Letter.State.WAITING)
        except IntegrityError:
            continue
    return again


def deliver(pk: int, *, now: datetime) -> bool:
    """Sends one waiting letter; True where the mail server took it."""
    if not Letter.objects.take(pk, state=Letter.State.WAITING, now=now, lease=LEASE):
        return False
    letter = Letter.objects.select_related("user").get(pk=pk)
    try:
        mail = _mail(letter)
        if mail is not None:
            mail.send()
    except SMTPRecipientsRefused as error:
        if _is_for_good(error):
            _pause_all(letter.user)
            return _note(letter, Letter.State.FAILED, now=now, problem=str(error))
        return _put_off(letter, str(error), now)
    except (SMTPException, OSError) as error:
        return _put_off(letter, f"{type(error).__name__}: {error}", now)
    return _note(letter, Letter.State.EMPTY if mail is None else Letter.State.SENT, now=now)


def _mail(letter: Letter) -> EmailMultiAlternatives | None:
    """The letter as a mail, in its reader's language; None where there is nobody or nothing to tell."""
    address = address_of(letter.user)
    if address is None or not letter.user.is_active:
        return None
    reader = Reader.objects.filter(user=letter.user).first()
    written = writing.write(letter, language=reader.language if reader else "en")
    if written is None:
        return None
    mail = EmailMultiAlternatives(written.subject, written.text, None, [address], headers=_headers(letter, written))
    mail.attach_alternative(written.html, "text/html")
    return mail


def _headers(letter: Letter, written: writing.Written) -> dict[str, str]:
    """What mail programs need to know it again and to stop it with one click (RFC 8058)."""
    return {
        "Message-ID": f"<{letter.public_id}@{stopping.host()}>",
        "List-Unsubscribe": f"<{written.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": written.language,
    }


def address_of(user: User) -> str | None:
    """The address that the account has confirmed; without one it gets no mail."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    first: str | None = confirmed.values_list("email", flat=True).first()
    return first


def _is_for_good(error: SMTPRecipientsRefused) -> bool:
    """Whether the server says that the address will never take mail; with 4xx it may later."""
    return all(500 <= code < 600 for code, _words in error.recipients.values())


def _pause_all(user: User) -> None:
    for alert in Alert.objects.filter(user=user, state=Alert.State.ACTIVE):
        asking.pause(alert, REFUSED)


def _put_off(letter: Letter, problem: str, now: datetime) -> bool:
    log.warning("letter failed", letter=letter.public_id, attempt=letter.attempts, reason=problem)
    last = letter.attempts >= TRIES
    return _note(letter, Letter.State.FAILED if last else Letter.State.WAITING, now=now, problem=problem)


def _note(letter: Letter, state: str, *, now: datetime, problem: str = "") -> bool:
    """Writes down how a try went, while its lease still stands; True where the letter was sent."""
    wait = WAITS[min(letter.attempts, len(WAITS)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311  # no secret
    held = Letter.objects.held(letter.pk, state=Letter.State.WAITING, until=now + LEASE)
    held.update(
        state=state,
        error=problem[:2000],
        taken_until=now + wait if state == Letter.State.WAITING else None,
        sent_at=now if state == Letter.State.SENT else None,
        updated_at=now,
    )
    return state == Letter.State.SENT


def forget(*, now: datetime) -> None:
    """Forgets what was told so long ago that nobody looks for it, some at a time."""
    for model in (Found, Letter):
        oldest = model.objects.order_by("pk").values_list("pk", "created_at")[:_FORGOTTEN]
        model.objects.filter(pk__in=[pk for pk, made in oldest if made < now - KEPT]).delete()
