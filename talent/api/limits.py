"""What a reader of the API is told of the limit on requests: what is left, and when to come back."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from talent.api.problems import ABOUT, MEDIA_TYPE, request_id
from talent.limits import Allowance, told


def refusal(request: HttpRequest, left: Allowance) -> HttpResponse:
    """The answer to one request too many."""
    problem = {
        "type": f"{ABOUT}rate",
        "title": HTTPStatus.TOO_MANY_REQUESTS.phrase,
        "status": 429,
        "detail": "Wait for the seconds that Retry-After names, then go on. For everything at once there are dumps: "
        "/data/.",
        "instance": request.path,
        "request_id": request_id(),
    }
    answer = HttpResponse(orjson.dumps(problem), status=429, content_type=MEDIA_TYPE)
    answer["Retry-After"] = str(left.seconds)
    return answer


def tell(response: HttpResponseBase, left: Allowance) -> None:
    """What is left, in the headers of the standard that is being made; a key's own counting stands before it."""
    if not response.has_header("RateLimit"):
        for name, value in told(left):
            response[name] = value
