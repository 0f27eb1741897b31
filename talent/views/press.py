"""Articles: the list of what was read, and each article with its claims marked in their context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Source
from talent.filters import ArticleFilter
from talent.models import Claim
from talent.querysets import is_published
from talent.views.lists import ListPage
from talent.views.passages import passages

# Who may have a failed article read again, here and in the admin.
RETRY = "articles.change_article"
# What near-duplicates are found by is of no use to a page.
_UNREAD = ("signature", "bands")
_FACT_PARTS = (
    "move__person",
    "move__origin",
    "move__destination",
    "report__company",
    "report__person",
    "signal__company",
)


class Articles(ListPage):
    """What was read, and how far it got."""

    noun = "articles"
    filters = ArticleFilter

    def rows(self) -> Any:
        return Article.objects.for_list()


@require_safe
def article_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """An article's passages with its claims marked, and the facts they support. Two queries."""
    article: Article = get_object_or_404(Article.objects.select_related("source").defer(*_UNREAD), public_id=public_id)
    claims = _shown_claims(article)
    sample = article.source.kind == Source.Kind.SAMPLE
    context = {
        "article": article,
        "claims": claims,
        "numbers": {claim.pk: number for number, claim in enumerate(claims, start=1)},
        # Only a quote that stands in its place is marked.
        "passages": passages(article.text, [c for c in claims if _in_place(c, article.text)], whole=sample),
        "sample": sample,
        **_for_staff(request),
    }
    return render(request, "article.html", context)


def _for_staff(request: HttpRequest) -> dict[str, Any]:
    """Whether the reader may retry, and what the last retry said. A reader without a session costs no query."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    staff = signed_in and request.user.has_perm(RETRY)
    return {"staff": staff, "flashes": list(messages.get_messages(request)) if staff else []}


def _in_place(claim: Claim, text: str) -> bool:
    return bool(text[claim.start : claim.end] == claim.quote)


def _shown_claims(article: Article) -> Sequence[Claim]:
    """The claims that support a public fact, in the order of the text."""
    claims = (
        Claim.objects.standing().filter(article=article).select_related(*_FACT_PARTS).order_by("start", "end", "id")
    )
    shown = [claim for claim in claims if claim.fact and is_published(claim.fact)]
    for claim in shown:
        claim.article = article
    return shown


@require_POST
@permission_required(RETRY, raise_exception=True)
def retry_article(request: HttpRequest, public_id: str) -> HttpResponse:
    """Puts a failed article back in the queue; the next sweep takes it up."""
    article: Article = get_object_or_404(Article.objects.for_list(), public_id=public_id)
    if Article.objects.filter(pk=article.pk).retry():
        messages.success(request, _("The article waits to be read again."))
    return redirect(article)
