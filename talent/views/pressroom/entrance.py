"""Who may enter the press room, who may act there, and what all of its pages show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _

from talent.roles import INGEST, RUN_PRESS, SEE_PRESS

Answer = Callable[..., HttpResponseBase]


def in_the_press_room(right: str = SEE_PRESS) -> Callable[[Answer], Answer]:
    """Lets in who has ``right``; others are asked to sign in, or told that the page is not open to them."""

    def guarded(view: Answer) -> Answer:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                back = request.get_full_path() if request.method in ("GET", "HEAD") else resolve_url("press")
                return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(back)}")
            if not request.user.has_perm(right):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            patch_cache_control(response, private=True)
            return response

        return answer

    return guarded


def shared(request: HttpRequest) -> dict[str, Any]:
    """What ``press/base.html`` needs: who is there, what they may do, the rooms, and notes on what was just done."""
    return {
        "operator": request.user,
        "may_run": request.user.has_perm(RUN_PRESS),
        "rooms": list(_rooms(request)),
        "flashes": list(messages.get_messages(request)),
    }


def _rooms(request: HttpRequest) -> Any:
    """Name of the address, its path and its label, for every room of this installation that is open to the reader."""
    rooms = [
        ("press", _("Overview"), SEE_PRESS),
        ("press-failures", _("Failures"), SEE_PRESS),
        ("press-feeds", _("Feeds"), SEE_PRESS),
        ("press-jobs", _("Jobs"), SEE_PRESS),
        ("press-upload", _("Upload"), INGEST),
        ("account-keys", _("Keys to the API"), INGEST),
    ]
    for name, label, right in rooms:
        if request.user.has_perm(right) and (path := _path(name)):
            yield name, path, label


def _path(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
