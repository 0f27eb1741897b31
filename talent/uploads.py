"""Refuses what is larger than may be sent at once, before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]


class UploadLimit:
    """Answers 413, with a page that says how much may be sent, by what the request announces."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) <= settings.MAX_UPLOAD_BYTES:
            return self.get_response(request)
        context = {"megabytes": settings.MAX_UPLOAD_BYTES // 1_000_000, "back": request.path}
        return render(request, "413.html", context, status=413)
