"""Whoever has a role shows two factors, where the site asks for it: before, no page opens but those to set them up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from talent.roles import has_role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# In a session: whose second factor was set up in it.
ADDED = "second_factor_added"
# Names of pages that open without: signing in and out, and what leads to a second factor.
OPEN = frozenset({"login", "account_login", "logout", "account_logout", "account_reauthenticate", "alert-stop"})


class SecondFactorMiddleware:
    """Leads those with a role and one factor to where they set up or show a second one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """The way there; None where the page may open. Asks the database of none but the signed-in."""
        if not settings.REQUIRE_SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        # The API looks at no cookie.
        if _is_open(request) or not isinstance(request.user, User) or has_shown_two(request):
            return None
        return _way(request, request.user) if has_role(request.user) else None


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.url_name or "" if match is not None else ""
    return name in OPEN or name.startswith("mfa_") or request.path.startswith("/api/")


def has_shown_two(request: HttpRequest) -> bool:
    """Whether a second factor was shown, or set up, in this session."""
    user = request.user
    if request.session.get(ADDED) == user.pk:
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def _way(request: HttpRequest, user: User) -> HttpResponseBase:
    kinds = set(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))
    if not kinds:
        messages.warning(request, _("Your role asks for a second factor. Set up one of these to go on."))
        return HttpResponseRedirect(reverse("mfa_index"))
    page = "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "mfa_reauthenticate_webauthn"
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def _note_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever has just set it up has shown it."""
    if authenticator.type in FACTORS:
        request.session[ADDED] = user.pk


def _note_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Without any, what was shown before counts no longer."""
    if Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
        return
    request.session.pop(ADDED, None)
    records = [record for record in get_authentication_records(request, user) if record.get("method") != "mfa"]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records


def install() -> None:
    """Listens to what allauth says."""
    authenticator_added.connect(_note_added, dispatch_uid="second factor added")
    authenticator_removed.connect(_note_removed, dispatch_uid="second factor removed")
