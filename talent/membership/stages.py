"""What happens between the right password and being signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import EmailVerificationStage

from talent.roles import has_role


class ConfirmedAddress(EmailVerificationStage):  # type: ignore[misc]  # allauth ships no types
    """Readers confirm their address first. Whoever was given a role is known to an administrator already, and a site
    without a mail server must let them in."""

    def handle(self) -> tuple[Any, bool]:
        if self.login.user is not None and has_role(self.login.user):
            return None, True
        response, goes_on = super().handle()
        return response, goes_on
