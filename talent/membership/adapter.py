"""What this site does its own way in django-allauth: tries counted in the database, mail that says if it cannot go."""

from __future__ import annotations

import secrets
from smtplib import SMTPException
from types import SimpleNamespace
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talent import signin
from talent.membership import secret
from talent.models import Reader
from talent.roles import USE_DESK

log = structlog.get_logger(__name__)
VERIFICATION = "allauth.account.stages.EmailVerificationStage"
# In the session from signing up to signing in.
_WHERE_TO = "where-to-after-signing-up"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts."""

    # One sentence for a name, an address and a password that are wrong: it tells nobody which.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(
            ("username_password_mismatch", "email_password_mismatch"),
            _("This name and password do not fit together. Mind capital letters in the password."),
        ),
    }

    # ------------------------------------------------------------------ signing in

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try before anybody looks at the password."""
        now = timezone.now()
        if (until := signin.count_try(_typed(credentials), signin.address_of(request), now=now)) is not None:
            raise signin.Throttled(until, now)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who that is, if anybody; the right password starts the count anew."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            signin.forgive(_typed(credentials), signin.address_of(request))
        return user

    def get_login_stages(self) -> list[str]:
        """Those who were given a role need not confirm an address before they sign in."""
        own = "talent.membership.stages.ConfirmedAddress"
        return [own if stage == VERIFICATION else stage for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where the reader was going when they made the account; else the desk or the account."""
        if where_to := request.session.pop(_WHERE_TO, ""):
            return str(where_to)
        return resolve_url("desk" if request.user.has_perm(USE_DESK) else "account")

    def get_client_ip(self, request: HttpRequest) -> str:
        return signin.address_of(request)

    # ------------------------------------------------------------------ signing up

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGN_UP == "open")

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """A name that tells nothing of the address: readers sign in with that."""
        user.username = user.username or f"reader-{secrets.token_hex(8)}"

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account, with the language that its mail is to be written in."""
        user = super().save_user(request, user, form, commit)
        if commit:
            Reader.objects.create(user=user, language=get_language() or settings.LANGUAGE_CODE)
        # The link in the mail leads to the form for signing in, which knows nothing of what was wanted before.
        where_to = request.POST.get("next", "")
        if where_to and self.is_safe_url(where_to):
            request.session[_WHERE_TO] = where_to
        return user

    def clean_email(self, email: str) -> str:
        """An address that is to be written to: so many in a quarter of an hour from one network, and to one address."""
        now, request = timezone.now(), current.request
        until = signin.count_try(email, signin.address_of(request), now=now, act=signin.ASKING_FOR_MAIL)
        if until is not None:
            raise signin.Throttled(until, now)
        return email

    # ------------------------------------------------------------------ mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes to an address, unless it was written to too often just now; an earlier mail's link still opens."""
        now, request = timezone.now(), current.request
        if signin.count_try(email, "", now=now, act=signin.WRITING_TO) is not None:
            log.warning("mail not sent: too many to one address", kind=template_prefix)
            return
        site = SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_URL)
        message = self.render_mail(
            template_prefix, email, {"request": request, "email": email, "current_site": site, **context}
        )
        try:
            message.send()
        except (SMTPException, OSError) as error:
            log.error("mail not sent", kind=template_prefix, reason=f"{type(error).__name__}: {error}")
            raise ImmediateHttpResponse(render(request, "account/no_mail.html", status=503)) from error

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What was done is done, whether or not a mail can tell of it."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except ImmediateHttpResponse:
            return


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Second factors."""

    def encrypt(self, text: str) -> str:
        """What a copy of the database alone does not tell."""
        return secret.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secret.opened(encrypted_text)

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


def _typed(credentials: dict[str, Any]) -> str:
    """The name that was typed: a user name, or an address."""
    return str(credentials.get("username") or credentials.get("email") or "")
