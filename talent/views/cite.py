"""How to cite a fact, as it stands at its revision, and each claim: on a page, and as files for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from talent import citations
from talent.citations import Item, Style
from talent.citing import item_of, items_of
from talent.citing import page_of as fact_item
from talent.models import Claim, CompensationReport, Move, Signal
from talent.querysets import HEAVY
from talent.templatetags.wording import claim_sentence, sentence
from talent.views.answers import addressed
from talent.views.lookup import find_fact, onwards, site_of

Serializer = Callable[[list[Item]], str]
# By the ending of the address: the media type, and what writes it.
_FILES: dict[str, tuple[str, Serializer]] = {
    "bib": ("application/x-bibtex", citations.bibtex),
    "ris": ("application/x-research-info-systems", citations.ris),
    "json": ("application/vnd.citationstyles.csl+json", lambda items: orjson.dumps(items).decode()),
}


def page_of(model: type[Any]) -> Callable[..., HttpResponseBase]:
    """The page on which a fact of that kind, and each of its claims, is cited in every style."""

    @require_safe
    @addressed
    def page(request: HttpRequest, public_id: str) -> HttpResponse:
        fact, items = _items(request, model, public_id)
        context = {"fact": fact, "said": sentence(fact), "address": fact.get_absolute_url()}
        return _page(request, context, [("page", items[:1]), ("articles", items[1:])])

    return page


@require_safe
def claim_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page on which one claim, and the fact that it supports, is cited in every style."""
    claim = _claim(public_id)
    site, address = site_of(request), reverse("claim", args=[public_id])
    context = {"fact": claim.fact, "said": claim_sentence(claim), "address": address}
    return _page(request, context, [("article", [item_of(claim, site)]), ("page", [fact_item(claim.fact, site)])])


@require_safe
def claim_file(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """The article of one claim as a file."""
    return _file([item_of(_claim(public_id), site_of(request))], public_id, ending)


@require_safe
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """The short address of a claim: its place in the article."""
    found = _claim(public_id)
    return HttpResponseRedirect(f"{found.article.get_absolute_url()}#claim-{public_id}")


def _claim(public_id: str) -> Claim:
    """The claim of that identifier, if readers may see it."""
    claims = Claim.objects.visible().select_related("article__source", *CLAIM_FACTS).defer(*HEAVY[:3])
    found: Claim = get_object_or_404(claims, public_id=public_id)
    return found


def _page(request: HttpRequest, context: dict[str, Any], groups: list[tuple[str, list[Item]]]) -> HttpResponse:
    cited = [(kind, [_entry(item) for item in items]) for kind, items in groups]
    section = _SECTION[type(context["fact"])]
    return render(request, "cite.html", {**context, "groups": cited, "endings": [*_FILES], "section": section})


def _entry(item: Item) -> dict[str, Any]:
    """An item in every style, with the day on which what it cites was retrieved."""
    styles = [(style.called, citations.formatted(item, style)) for style in Style]
    return {"item": item, "styles": styles, "accessed": date(*item["accessed"]["date-parts"][0])}


def file_of(model: type[Any]) -> Callable[..., HttpResponseBase]:
    """The same as one file that a program of references reads."""

    @require_safe
    @addressed
    def file(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
        _, items = _items(request, model, public_id, rest=f"cite.{ending}")
        return _file(items, public_id, ending)

    return file


def _file(items: list[Item], public_id: str, ending: str) -> HttpResponse:
    if ending not in _FILES:
        raise Http404
    content_type, write = _FILES[ending]
    answer = HttpResponse(write(items), content_type=f"{content_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{public_id}.{ending}"'
    return answer


# What a sentence about a claim's fact is made of.
CLAIM_FACTS = (
    "move__person",
    "move__origin",
    "move__destination",
    "move__lead_claim__article__source",
    "report__company",
    "report__person",
    "report__lead_claim__article__source",
    "signal__company",
    "signal__lead_claim__article__source",
)
_SECTION: dict[type[Any], str] = {Move: "moves", CompensationReport: "compensation", Signal: "signals"}


def _items(request: HttpRequest, model: type[Any], public_id: str, rest: str = "cite/") -> tuple[Any, list[Item]]:
    """The fact, and what can be cited of it: its own page first, then the articles of its claims."""
    with onwards(rest):
        fact = find_fact(model, public_id)
    return fact, items_of(fact, site_of(request))


urlpatterns = [
    path("claims/<slug:public_id>/", claim, name="claim"),
    path("claims/<slug:public_id>/cite/", claim_page, name="claim-cite"),
    path("claims/<slug:public_id>/cite.<slug:ending>", claim_file, name="claim-cite-file"),
]
