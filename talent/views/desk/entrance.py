"""Who may sit at the desk, and what all of its pages show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers, patch_cache_control

from talent.exceptions import Outdated
from talent.models import Decision
from talent.roles import INGEST, USE_DESK

Answer = Callable[..., HttpResponseBase]


def at_the_desk(view: Answer) -> Answer:
    """Editors only: others are asked to sign in, or told that the page is not open to them. Nothing is cached."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            back = request.get_full_path() if request.method in ("GET", "HEAD") else resolve_url("desk")
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(back)}")
        if not request.user.has_perm(USE_DESK):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        patch_cache_control(response, private=True)
        return response

    return answer


def editor(request: HttpRequest) -> User:
    """Who is signed in."""
    assert isinstance(request.user, User)
    return request.user


def shared(request: HttpRequest) -> dict[str, Any]:
    """What every page of the desk shows: notes on what was just done, the ways to other rooms, the last decision."""
    user = editor(request)
    return {
        "editor": user,
        "flashes": list(messages.get_messages(request)),
        "may_ingest": user.has_perm(INGEST),
        "last": Decision.objects.that_stand().for_list().filter(user=user).first(),
    }


def overtaken(
    request: HttpRequest, error: Outdated, *, again: str, words: dict[str, Any] | None = None
) -> HttpResponse:
    """Tells an editor what somebody else did meanwhile; nothing of theirs was written, and ``words`` gives it back."""
    context = {"decision": error.decision, "again": again, "words": words or {}, **shared(request)}
    return render(request, "desk/overtaken.html", context, status=409)
