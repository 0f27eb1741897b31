"""One click that stops mail, without signing in: whoever holds a mail holds the signed word that stops it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from talent.models import Alert

_SALT = "talent.alerts.stop"


def address(user: User, alert: Alert | None = None) -> str:
    """The page that stops one alert of a reader or, without one, all of them; in the language of the moment."""
    said = f"alert:{alert.public_id}" if alert is not None else f"user:{user.pk}"
    return settings.SITE_URL + reverse("alert-stop", args=[signing.Signer(salt=_SALT).sign(said)])


def meant(token: str) -> QuerySet[Alert]:
    """The alerts that such an address stops; none where nobody here signed it."""
    try:
        kind, _, name = signing.Signer(salt=_SALT).unsign(token).partition(":")
    except signing.BadSignature:
        return Alert.objects.none()
    return Alert.objects.filter(public_id=name) if kind == "alert" else Alert.objects.filter(user=int(name))


def host() -> str:
    """The site's own name, as mail programs know it."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
