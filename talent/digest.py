"""The daily digest: what came in, what was learned, what failed and what is open, by mail to those who run the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import Article, Feed
from talent import backlog
from talent.models import (
    Claim,
    CompensationReport,
    Correction,
    CorrectionState,
    Digest,
    Judgement,
    Move,
    Signal,
    TallyRule,
)
from talent.roles import ADMINISTRATOR

log = structlog.get_logger(__name__)

# Of one day's rows, so many are counted.
MOST_A_DAY = 100_000
MOST_OPEN = 1_000
MOST_CAUSES = 10
MOST_FLAGGED = 20
LEASE = timedelta(minutes=10)
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Figures:
    """One day in figures; a number above its bound means that there is more."""

    articles: int
    claims: int
    moves: int
    reports: int
    signals: int
    failures: list[dict[str, Any]]
    flagged: list[dict[str, str]]
    questions: int
    corrections: int
    # Rows of the tallies that the last check found wrong.
    drift: int

    def anything(self) -> bool:
        """Whether there is something to tell of."""
        return any(asdict(self).values())


def send_due(*, now: datetime) -> int:
    """Sends the digest of yesterday (UTC), if nobody has; the number of mails. Told twice only where a sender dies
    between the mail server and the database."""
    day = (now.astimezone(UTC) - timedelta(days=1)).date()
    Digest.objects.get_or_create(day=day)
    free = Digest.objects.filter(Q(taken_until=None) | Q(taken_until__lt=now), day=day, sent_at=None)
    if not free.update(taken_until=now + LEASE):
        return 0
    told = figures(day, now=now)
    to = recipients() if told.anything() else []
    for address, languages in to:
        subject, text = letter(day, told, languages)
        send_mail(subject, text, None, [address])
    Digest.objects.filter(day=day).update(sent_at=now, recipients=len(to), figures=asdict(told))
    log.info("digest sent", day=str(day), recipients=len(to))
    return len(to)


def figures(day: date, *, now: datetime) -> Figures:
    """What one day brought, and what is open now."""
    begin = datetime.combine(day, time(), UTC)
    end = begin + timedelta(days=1)
    open_ones = Correction.objects.filter(state__in=[CorrectionState.RECEIVED, CorrectionState.IN_REVIEW])
    return Figures(
        articles=_made(Article, begin, end),
        claims=_made(Claim, begin, end),
        moves=_made(Move, begin, end),
        reports=_made(CompensationReport, begin, end),
        signals=_made(Signal, begin, end),
        failures=_failures(begin),
        flagged=_flagged(),
        questions=_bounded(Judgement.objects.unanswered()),
        corrections=_bounded(open_ones),
        drift=TallyRule.objects.filter(checked_at__gte=begin).values_list("drift", flat=True).first() or 0,
    )


def _made(model: type[Any], begin: datetime, end: datetime) -> int:
    """Rows made in that time, among the newest so many: numbers of rows grow with time."""
    newest = model._default_manager.order_by("-pk").values("pk")[:MOST_A_DAY]
    number: int = model._default_manager.filter(pk__in=newest, created_at__gte=begin, created_at__lt=end).count()
    return number


def _bounded(rows: Any) -> int:
    number: int = rows.order_by()[: MOST_OPEN + 1].count()
    return number


def _failures(begin: datetime) -> list[dict[str, Any]]:
    """Causes that struck since then, most frequent first."""
    struck = [each for each in backlog.causes() if each.last >= begin]
    return [
        {"stage": each.step.name, "cause": each.cause, "number": each.number, "last": each.last.isoformat()}
        for each in struck[:MOST_CAUSES]
    ]


def _flagged() -> list[dict[str, str]]:
    """Feeds that went quiet or changed their shape."""
    flagged = Feed.objects.filter(Q(quiet=True) | ~Q(changed_shape="")).order_by("pk")[:MOST_FLAGGED]
    return [{"address": feed.address, "shape": feed.changed_shape} for feed in flagged]


def recipients() -> list[tuple[str, Sequence[str]]]:
    """Addresses with the languages to write in: DIGEST_TO's, or every administrator's. ``zh-hans:name@host`` is one
    whose language is known; to others it is said in both."""
    if settings.DIGEST_TO:
        return [_with_language(written) for written in settings.DIGEST_TO]
    administrators = User.objects.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR), is_active=True)
    addresses = administrators.exclude(email="").values_list("email", flat=True).distinct()
    return [(address, LANGUAGES) for address in sorted(addresses)]


def _with_language(written: str) -> tuple[str, Sequence[str]]:
    code, separator, address = written.strip().partition(":")
    return (address, (code,)) if separator and code in LANGUAGES else (written.strip(), LANGUAGES)


def letter(day: date, told: Figures, languages: Sequence[str]) -> tuple[str, str]:
    """Subject and text, in one language or one after the other."""
    texts, subjects = [], []
    labels = {step.name: step.label for step in backlog.STEPS}
    shapes = dict(Feed.Shape.choices)
    for language in languages:
        with override(language):
            subjects.append(_("%(site)s on %(day)s") % {"site": settings.SITE_NAME, "day": day.isoformat()})
            context = {"day": day, "told": told, "labels": labels, "shapes": shapes, "most": MOST_OPEN}
            texts.append(render_to_string("press/digest.txt", context).strip() + "\n")
    return subjects[0], "\n\n".join(texts)
