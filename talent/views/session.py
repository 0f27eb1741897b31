"""Signing in and up, and asking for a new password; too many tries are answered with 429 and when to come back."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, PasswordResetView, SignupView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from django.http import HttpResponse

from talent.signin import Throttled


class _Slowed:
    """Says with its status that there were too many tries; other mistakes in a form are 200 as they always were."""

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of the view that this is mixed into
        errors = form.errors.as_data() if form is not None else {}
        waits = [error.seconds for each in errors.values() for error in each if isinstance(error, Throttled)]
        if waits:
            answer.status_code, answer.headers["Retry-After"] = 429, str(max(waits))
        return answer


class SignIn(_Slowed, LoginView):  # type: ignore[misc]  # allauth ships no types
    """Asks for name or address and password; leads on to where the reader wanted to go."""


class SignUp(_Slowed, SignupView):  # type: ignore[misc]  # allauth ships no types
    """Makes an account, which opens when its address is confirmed; tells nobody whether there was one already."""


class ResetPassword(_Slowed, PasswordResetView):  # type: ignore[misc]  # allauth ships no types
    """Sends a link; says the same of an address that has no account."""


class ShowSecondFactor(_Slowed, AuthenticateView):  # type: ignore[misc]  # allauth ships no types
    """Asks for the second factor after the password."""


class ShowSecondFactorAgain(_Slowed, ReauthenticateView):  # type: ignore[misc]  # allauth ships no types
    """Asks somebody who is signed in."""
