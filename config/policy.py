"""What a browser may do with pages of this site: run, load and send only what the site serves, and frame none."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# No script or style within a page is ever run: what articles say cannot become code, even where escaping should fail.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
)

# Nothing of a reader's machine is ever asked for.
PERMISSIONS = ", ".join(f"{name}=()" for name in ("camera", "geolocation", "microphone", "payment", "usb"))


class PolicyMiddleware:
    """Sends the policy with every answer; what Django's ``xframe_options_exempt`` marks may be framed by anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        framers = "*" if getattr(response, "xframe_options_exempt", False) else "'none'"
        response["Content-Security-Policy"] = f"{POLICY}{framers}"
        response["Permissions-Policy"] = PERMISSIONS
        return response
