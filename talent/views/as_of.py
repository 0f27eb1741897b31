"""The day as of which a reader asks for a page."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

PARAMETER = "as_of"


def asked_day(request: HttpRequest) -> date | None:
    """The day as of which the page is asked for; BadRequest for what is no day."""
    written = request.GET.get(PARAMETER, "").strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise BadRequest(_("Write the day as in 2025-03-18.")) from error
