"""Forms of signing in and up in this site's words; what is checked is django-allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context as current
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talent import signin


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address or user name")
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "maxlength": "254"}
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class _SlowedCode:
    """Counts every code before it is looked at: a million of them are soon tried."""

    user: Any

    def clean_code(self) -> str:
        now, name, address = timezone.now(), str(self.user.pk), signin.address_of(current.request)
        if (until := signin.count_try(name, address, now=now, act=signin.GIVING_A_CODE)) is not None:
            raise signin.Throttled(until, now)
        code: str = super().clean_code()  # type: ignore[misc]  # of the form that this is mixed into
        signin.forgive(name, address, act=signin.GIVING_A_CODE)
        return code


class CodeForm(_SlowedCode, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code of the second factor, at signing in."""


class CodeAgainForm(_SlowedCode, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code of the second factor, of somebody who is signed in."""
