"""Compresses answers, but those whose bytes must arrive as they are (Cache-Control: no-transform)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import gzip


class GZipMiddleware(gzip.GZipMiddleware):
    """Django's, and the one directive that it does not look at: files with a checksum, and streams of events."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where that helps and is allowed."""
        if "no-transform" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
