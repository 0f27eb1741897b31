"""Cards for links that are shared, as PNG."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from talent import cards
from talent.cards import Card
from talent.indexing import is_indexable
from talent.models import CompensationReport, Move, Signal
from talent.pictures.raster import png
from talent.views.answers import addressed
from talent.views.lookup import company_at, find_fact, onwards, person_at

# An address with the card's version always means this card; the plain one means what is known today.
_FOR_EVER, _FOR_NOW = "public, max-age=31536000, immutable", "public, max-age=300"


def address_of(row: Any) -> str:
    """The address of a row's card as it stands."""
    return f"{row.get_absolute_url()}card.png?v={cards.of_row(row).version}"


def site_address() -> str:
    """The address of the site's own card."""
    return f"{reverse('card')}?v={cards.of_site().version}"


@require_safe
def site_card(request: HttpRequest) -> HttpResponseBase:
    """The card of every page that has none of its own."""
    return _answer(request, cards.of_site())


def card_of(find: Callable[[str], Any]) -> Callable[..., HttpResponseBase]:
    """The card of the row that ``find`` finds."""

    @require_safe
    @addressed
    def card(request: HttpRequest, name: str) -> HttpResponseBase:
        with onwards("card.png"):
            row = find(name)
        answer = _answer(request, cards.of_row(row))
        if not is_indexable(row):
            answer["X-Robots-Tag"] = "noindex"
        return answer

    return card


def _answer(request: HttpRequest, card: Card) -> HttpResponseBase:
    """The card, unless the reader holds it already; drawing costs more than all the rest."""
    etag = f'"{card.version}"'
    unchanged = get_conditional_response(request, etag=etag)
    answer = unchanged if unchanged is not None else HttpResponse(png(cards.draw(card), 1), content_type="image/png")
    answer["ETag"] = etag
    answer["Cache-Control"] = _FOR_EVER if request.GET.get("v") == card.version else _FOR_NOW
    return answer


urlpatterns = [
    path("card.png", site_card, name="card"),
    path("companies/<slug:name>/card.png", card_of(company_at), name="company-card"),
    path("people/<slug:name>/card.png", card_of(person_at), name="person-card"),
    path("moves/<slug:name>/card.png", card_of(partial(find_fact, Move)), name="move-card"),
    path("signals/<slug:name>/card.png", card_of(partial(find_fact, Signal)), name="signal-card"),
    path(
        "compensation/<slug:name>/card.png",
        card_of(partial(find_fact, CompensationReport)),
        name="compensation-report-card",
    ),
]
