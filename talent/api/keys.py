"""Who writes through the API: a key in the Authorization header, what it allows, and how often it may ask."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from articles.clock import database_now
from talent import access
from talent.api.problems import CHALLENGE, Problem
from talent.models import ApiKey


class NoKey(Problem):
    """Nothing, or something that is no key, in the Authorization header."""

    status_code = 401
    default_code = "key"
    default_detail = (
        "Send a key that is valid today: “Authorization: Bearer tlk_…”. Keys are made on the page /account/keys/."
    )


class NotAllowed(Problem):
    """The key is a good one, but not for this."""

    status_code = 403
    default_code = "scope"
    default_detail = "This key, or the role of its owner, does not allow this: make a key with the scope “{scope}”."


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer tlk_…``. Cookies are never looked at: no other site can write in a reader's name."""

    def authenticate(self, request: Request) -> tuple[Any, ApiKey] | None:
        """The key's owner and the key; None where no Authorization header was sent."""
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        kind, _, secret = header.partition(" ")
        key = access.key_of(secret.strip(), now=database_now()) if kind.lower() == "bearer" else None
        if key is None:
            raise NoKey
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        """How to show a key."""
        return CHALLENGE


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped in the package
    """The same for the OpenAPI document."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer", "description": "A key made on /account/keys/, sent as a header."}


class NeedsScope(BasePermission):
    """The view's ``scope``, given by the key and by the role of its owner."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Raises where it is not given, with what is missing."""
        if not isinstance(request.auth, ApiKey):
            raise NoKey
        scope: str = view.scope  # type: ignore[attr-defined]  # by contract
        if not access.allows(request.auth, scope):
            raise NotAllowed(NotAllowed.default_detail.format(scope=scope))
        return True


class KeyThrottle(BaseThrottle):
    """So many requests a minute for each key; what is left is told in the answer's RateLimit headers."""

    left, seconds = 0, 60

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Counts the request."""
        assert isinstance(request.auth, ApiKey)
        self.left, self.seconds = access.count_request(request.auth, now=database_now())
        view.headers["RateLimit-Policy"] = f'"key";q={settings.API_KEY_REQUESTS_A_MINUTE};w=60'
        view.headers["RateLimit"] = f'"key";r={max(self.left, 0)};t={self.seconds}'
        return self.left >= 0

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return float(self.seconds)


class KeyedView(APIView):
    """A call that needs a key with ``scope``: the ground that every writing call stands on."""

    authentication_classes = [KeyAuthentication]
    permission_classes = [NeedsScope]
    throttle_classes = [KeyThrottle]
    scope = ""
