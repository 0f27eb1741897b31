"""The upload page: files, addresses or pasted text go in, and what became of each is told on the page behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles import outcomes, tasks
from articles.forms import IngestForm, Result
from articles.models import Article, Snapshot
from articles.outcomes import Verdict
from talent.views.pressroom.entrance import shared

_SALT = "press-upload"
# The page behind carries what was submitted in its address, so that it can be reloaded and sent on.
MAX_REFUSALS = 20


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one thing: ``state`` is a verdict, "waiting" or "refused"."""

    name: str
    state: str
    reason: str = ""
    article: Article | None = None
    letters: int = 0


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form, and below it what became of what was sent last."""
    form = IngestForm(request.POST, request.FILES) if request.method == "POST" else IngestForm()
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('press-upload')}?sent={_packed(list(_handed_on(form)))}#sent")
    fates = _fates(request.GET["sent"]) if "sent" in request.GET else []
    context = {
        "form": form,
        "fates": fates,
        "waiting": any(fate.state == "waiting" for fate in fates),
        "most_bytes": settings.MAX_DOCUMENT_BYTES,
        "most_upload": settings.MAX_UPLOAD_BYTES,
        "sees_articles": True,
        **shared(request),
    }
    return render(request, "press/upload.html", context, status=400 if form.errors else 200)


def _handed_on(form: IngestForm) -> Any:
    """The results, each handed on to the workers as it comes."""
    for result in form.submit():
        if result.submission and result.submission.waits:
            tasks.hand_on_snapshot(result.submission.snapshot)
        yield result


def _packed(results: list[Result]) -> str:
    sent = [
        [r.name[-80:], r.submission.snapshot.pk, r.submission.waits]
        if r.submission
        else [r.name[-80:], r.refusal[:300]]
        for r in results
    ]
    refused = [one for one in sent if len(one) == 2]
    return signing.dumps([one for one in sent if len(one) == 3] + refused[:MAX_REFUSALS], salt=_SALT, compress=True)


def _fates(packed: str) -> list[Fate]:
    try:
        sent = signing.loads(packed, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    pks = [one[1] for one in sent if len(one) == 3]
    rows = {row.pk: row for row in _rows(pks)}
    ended = {outcome.pk: outcome for outcome in outcomes.finished({pk: row.address for pk, row in rows.items()})}
    return [
        _fate(one[0], rows.get(one[1]), ended.get(one[1]), waited=one[2])
        if len(one) == 3
        else Fate(one[0], "refused", one[1])
        for one in sent
    ]


def _rows(pks: list[int]) -> Any:
    heavy = ("article__text", "article__signature", "article__bands")
    return Snapshot.objects.filter(pk__in=pks).select_related("article__source").defer(*heavy)


def _fate(name: str, row: Snapshot | None, outcome: Any, *, waited: bool) -> Fate:
    if row is None:
        # A fetch that brought nothing new leaves no row of its own.
        return Fate(name, Verdict.UNCHANGED)
    if outcome is None:
        return Fate(name, "waiting", article=row.article)
    state = Verdict.UNCHANGED if outcome.verdict == Verdict.STORED and not waited else outcome.verdict
    letters = row.parts.count() if row.article is None else 0
    return Fate(name, state, outcome.reason, row.article, letters)
