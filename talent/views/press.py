"""Articles: the list of what was read, and each article with its claims marked in their context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Source
from talent import structured
from talent.editions import gone_since, versions_of
from talent.excerpts import in_place, is_ours, windows
from talent.filters import ArticleFilter
from talent.models import Claim
from talent.roles import RETRY, USE_DESK
from talent.views.changes import compare, hunks
from talent.views.lists import ListPage
from talent.views.lookup import site_of
from talent.views.passages import passages

# Nobody reads more versions of one article than these.
MAX_VERSIONS = 200
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
    """An article's passages with its claims marked, and the facts they support. Two queries; four with versions."""
    article = _find(public_id)
    claims = _shown_claims(article)
    whole = _is_whole_for(request, article)
    context = {
        "article": article,
        "claims": claims,
        "numbers": {claim.pk: number for number, claim in enumerate(claims, start=1)},
        # Only a quote that stands in its place is marked.
        "passages": passages(article.text, _in_place(claims, article.text), whole=whole),
        "sample": article.source.kind == Source.Kind.SAMPLE,
        "whole": whole,
        "versions": list(versions_of(article)[:MAX_VERSIONS]) if article.is_one_of_several else [],
        "gone": gone_since(claims),
        "linked_data": structured.of_page(
            article,
            structured.of_article(article, site_of(request)),
            structured.breadcrumbs(article, "articles", site_of(request)),
        ),
        **_for_staff(request),
    }
    return render(request, "article.html", context)


@require_safe
def article_changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one version of an article has that an earlier one, or the one asked for, had not, and the reverse."""
    article = _find(public_id)
    versions = list(versions_of(article)[:MAX_VERSIONS])
    asked = request.GET.get("from") or next((v.public_id for v in versions if v.version == article.version - 1), "")
    if asked == public_id or not any(version.public_id == asked for version in versions):
        raise Http404
    earlier = _find(asked)
    whole = _is_whole_for(request, article)
    shown = [windows(a.text, _in_place(_shown_claims(a), a.text), whole=whole) for a in (earlier, article)]
    pieces = compare(earlier.text, article.text)
    context = {
        "article": article,
        "earlier": earlier,
        "versions": versions,
        "hunks": hunks(pieces, *shown),
        "title_changed": earlier.title != article.title,
        "whole": whole,
    }
    return render(request, "changes.html", context)


def _find(public_id: str) -> Article:
    articles = Article.objects.select_related("source").defer(*_UNREAD)
    article: Article = get_object_or_404(articles, public_id=public_id)
    return article


def _is_whole_for(request: HttpRequest, article: Article) -> bool:
    """Whether this reader sees the whole text: everybody where it is ours to show, editors always."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return is_ours(article.source.kind) or (signed_in and request.user.has_perm(USE_DESK))


def _for_staff(request: HttpRequest) -> dict[str, Any]:
    """Whether the reader may retry, and what the last retry said. A reader without a session costs no query."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    staff = signed_in and request.user.has_perm(RETRY)
    return {"staff": staff, "flashes": list(messages.get_messages(request)) if staff else []}


def _in_place(claims: Sequence[Claim], text: str) -> list[Claim]:
    return [claim for claim in claims if in_place(claim, text, claim.quote)]


def _shown_claims(article: Article) -> Sequence[Claim]:
    """The claims that support what readers may see, in the order of the text."""
    shown = Claim.objects.visible().filter(article=article)
    claims = list(shown.select_related(*_FACT_PARTS).order_by("start", "end", "id"))
    for claim in claims:
        claim.article = article
    return claims


@require_POST
@permission_required(RETRY, raise_exception=True)
def retry_article(request: HttpRequest, public_id: str) -> HttpResponse:
    """Puts a failed article back in the queue; the next sweep takes it up."""
    article: Article = get_object_or_404(Article.objects.for_list(), public_id=public_id)
    if Article.objects.filter(pk=article.pk).retry():
        messages.success(request, _("The article waits to be read again."))
    return redirect(article)
