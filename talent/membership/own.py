"""What an account holds about its owner: given out whole, and taken away whole."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from talent.exceptions import Refused
from talent.models import Alert, Letter, Reader

# Of letters, whose number grows.
MOST_LETTERS = 1_000


def data_of(user: User) -> dict[str, Any]:
    """Everything that is kept of the account's owner, but for what only opens: passwords, keys and secrets."""
    reader = Reader.objects.filter(user=user).first()
    letters = Letter.objects.filter(user=user)[:MOST_LETTERS]
    return {
        "account": {
            "username": user.username,
            "joined": user.date_joined,
            "last_signed_in": user.last_login,
            "language": reader.language if reader else None,
            "roles": list(user.groups.values_list("name", flat=True)),
        },
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")),
        "alerts": list(
            Alert.objects.filter(user=user).values(
                "public_id", "page", "parameters", "company", "person", "frequency", "state", "created_at"
            )
        ),
        "letters": list(letters.values("public_id", "frequency", "state", "created_at", "sent_at")),
        "api_keys": list(user.api_keys.values("name", "prefix", "scopes", "created_at", "revoked_at")),
        "webhooks": list(user.webhooks.values("public_id", "name", "address", "state", "created_at")),
    }


def close(user: User) -> None:
    """Deletes the account and what belongs to it. Raises Refused where it made decisions, which others must be able to
    follow to who made them."""
    try:
        with transaction.atomic():
            user.delete()
    except (ProtectedError, RestrictedError) as error:
        raise Refused(
            _("This account made decisions that stand in the history. Ask an administrator to close it.")
        ) from error
