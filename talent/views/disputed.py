"""What is disputed: the newest facts of which articles say what cannot all be right."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talent.contradictions import newest_disputed

# So many of the newest facts of each kind are looked through, and so many disputes are shown.
LOOKED_AT = 1_000
SHOWN = 50


@require_safe
def disputed_page(request: HttpRequest) -> HttpResponse:
    """The disputes, the newest fact first, each with who says what. Twelve queries at most."""
    found, more = newest_disputed(looked_at=LOOKED_AT, shown=SHOWN)
    return render(request, "disputed.html", {"found": found, "more": more, "looked_at": LOOKED_AT})
