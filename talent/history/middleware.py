"""Tells the history which editor a request comes from. Requests that only read are let through untouched."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from talent.history.telling import because

_READS = ("GET", "HEAD", "OPTIONS", "TRACE")


class HistoryMiddleware:
    """Of a reader without a session nothing is noted but the path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in _READS:
            return self.get_response(request)
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        who = {"user": request.user.pk, "name": request.user.get_username()} if signed_in else {}
        # Every form of the desk and of the admin that asks why has a field of this name.
        reason = request.POST.get("reason", "").strip() if signed_in else ""
        with because(reason, path=request.path, **who):
            return self.get_response(request)
