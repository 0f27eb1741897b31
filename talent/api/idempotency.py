"""Idempotency-Key: a request that is repeated with the same key is done once, and answered as the first time.

The answer is written in the transaction that does the work: either both are there or neither is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from articles.clock import database_now
from talent.access import ANSWERS_KEPT
from talent.api.problems import InvalidParameters, Problem
from talent.models import ApiKey, KeptAnswer

HEADER = "Idempotency-Key"
LONGEST = 255


class OtherRequest(Problem):
    """The key was used for another request."""

    status_code = 422
    default_code = "idempotency-key-reused"
    default_detail = "This Idempotency-Key was used for another request in the last day: take a new one for each."


class InProgress(Problem):
    """The first request with this key is being worked on."""

    status_code = 409
    default_code = "idempotency-in-progress"
    default_detail = "The first request with this Idempotency-Key is still being worked on: ask again in a moment."
    wait = 1


def once(request: Request, *, digest: str, work: Callable[[], Response]) -> Response:
    """What ``work`` answers, done once for each Idempotency-Key of the request's API key; ``digest`` tells what is
    asked for. Without the header it is simply done. Either way in one transaction."""
    written = request.headers.get(HEADER, "")
    with transaction.atomic():
        if not written:
            return work()
        name = _checked(written)
        assert isinstance(request.auth, ApiKey)
        if not _lock(request.auth, name):
            raise InProgress
        asked = hashlib.sha256(f"{request.method} {request.path} {digest}".encode()).hexdigest()
        if kept := _kept(request.auth, name):
            return _again(kept, asked)
        response = work()
        KeptAnswer.objects.create(
            key=request.auth, idempotency_key=name, request_digest=asked, status=response.status_code,
            body=response.data, headers={each: response[each] for each in ("Location",) if each in response},
        )  # fmt: skip
        return response


def _checked(written: str) -> str:
    if len(written) <= LONGEST and written.isascii() and written.isprintable():
        return written
    raise InvalidParameters((HEADER, f"Give at most {LONGEST} printable ASCII characters, such as a UUID."))


def _lock(key: ApiKey, name: str) -> bool:
    """To the end of the transaction; False where another request holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [f"idempotency {name}", key.pk])
        return bool(cursor.fetchone()[0])


def _kept(key: ApiKey, name: str) -> KeptAnswer | None:
    rows = KeptAnswer.objects.filter(key=key, idempotency_key=name)
    rows.filter(created_at__lt=database_now() - ANSWERS_KEPT).delete()
    return rows.first()


def _again(kept: KeptAnswer, asked: str) -> Response:
    if kept.request_digest != asked:
        raise OtherRequest
    headers: dict[str, Any] = {**kept.headers, "Idempotency-Replayed": "true"}
    return Response(kept.body, status=kept.status, headers=headers)
