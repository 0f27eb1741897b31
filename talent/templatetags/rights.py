"""What a page shows to some only, without a question to the database for readers who are not signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.translation import gettext as _

from talent.access import may_have_keys
from talent.roles import INGEST, SEE_PRESS, USE_DESK


def signed_in(request: HttpRequest) -> bool:
    """Whether the reader has an account and is signed in."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def own_rooms(request: HttpRequest) -> list[tuple[str, str]]:
    """The rooms that are open to this reader beyond the public ones, as (name of the address, label)."""
    user = request.user
    if not isinstance(user, User):
        return []
    rooms = [
        (user.has_perm(USE_DESK), "desk", _("Desk")),
        (user.has_perm(SEE_PRESS), "press", _("Press room")),
        (user.has_perm(INGEST), "press-upload", _("Upload")),
        (bool(may_have_keys(user)), "account-keys", _("Keys to the API")),
        (True, "account", _("Account")),
        (True, "alerts", _("Alerts")),
        (True, "webhooks", _("Webhooks")),
        (user.is_staff, "admin:index", _("Administration")),
    ]
    return [(name, label) for is_open, name, label in rooms if is_open]


def messages_of(request: HttpRequest) -> list[Message]:
    """What the steps before have to say to this reader."""
    return list(messages.get_messages(request))


def sign_up_open() -> bool:
    """Whether anybody may make an account."""
    return bool(settings.SIGN_UP == "open")


def mail_folder() -> str:
    """Where mail lies that no server sends; said on one's own machine only, "" elsewhere."""
    return "" if settings.EMAIL_HOST or settings.PRODUCTION else str(settings.EMAIL_FILE_PATH)
