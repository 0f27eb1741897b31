"""Corrections: the form that anybody can send, where its sender follows it, and the public log."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from talent import corrections, keyset
from talent.exceptions import TooMany
from talent.forms import CorrectionForm
from talent.models import Correction, Notice, Noun
from talent.signin import address_of

PAGE_SIZE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form about one page, or about the site; sent, it leads to the sender's own status address."""
    about = request.GET.get("about", "")
    page = corrections.find_page(about)
    if about and page is None:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.trapped:
        return render(request, "correction.html", {"correction": None})
    if request.method == "POST" and form.is_valid():
        return _submit(request, page, form)
    context = {"form": form, "about": page, "nouns": Noun}
    return render(request, "correction_form.html", context, status=400 if form.errors else 200)


def _submit(request: HttpRequest, page: corrections.Page | None, form: CorrectionForm) -> HttpResponse:
    now = timezone.now()
    sender = corrections.sender_of(address_of(request), now)
    try:
        correction = corrections.submit(page, form.content, sender=sender, language=get_language() or "en", now=now)
    except TooMany:
        context = {"form": form, "about": page, "nouns": Noun, "flooded": True}
        answer = render(request, "correction_form.html", context, status=429)
        answer["Retry-After"] = str(int(corrections.MOST_IN.total_seconds()))
        return answer
    return HttpResponseRedirect(reverse("correction", args=[correction.token]))


@never_cache
@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Where the sender sees how far it is and what came of it; nobody else knows the address."""
    correction: Correction = get_object_or_404(Correction, token=token)
    page = corrections.pages_of([correction]).get(correction.pk)
    answer = render(request, "correction.html", {"correction": correction, "page": page})
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was changed, when, and at whose kind of request."""
    query = keyset.query_of("corrections", request.GET)
    try:
        page = keyset.paginate(Notice.objects.all(), query=query, limit=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    except keyset.BadCursor as error:
        raise Http404 from error
    context = {"page": page, "pages": corrections.pages_of(page.rows)}
    return render(request, "corrections.html", context)
