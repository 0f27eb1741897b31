"""Short ways: addresses that are answered before Django is asked, by ``config.front``.

A short way is a function of what was asked. It gives the bytes that the general way would give, or None wherever
anything is out of the ordinary: then the general way answers, as if nobody had asked here. Rooms name theirs in their
``urls``. Headers that every answer has, counting, logs and validators are the front's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

Headers = Sequence[tuple[str, str]]
# What other sites' programs may read of an answer's headers.
EXPOSED = "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID"


def tag_of(body: bytes) -> str:
    """An answer's validator: a hash of its bytes, which also changes when only the name of a company in it does."""
    return f'"{sha256(body).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Asked:
    """A GET of somebody who has not signed in. ``parameters`` has each name once; ``query`` is as it was sent.

    ``site`` is scheme and host, as the reader called them.
    """

    path: str
    query: str
    parameters: dict[str, str]
    site: str
    environ: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """The 200 that the general way would give, uncompressed. ``modified`` is an HTTP date, or nothing; ``tag`` the
    ``tag_of`` a body that is given more than once.

    The front adds what all answers of its kind have; ``headers`` are those of this one.
    """

    body: bytes
    content_type: str = "application/json"
    modified: str = ""
    cache: str = "public, no-cache"
    headers: Headers = ()
    tag: str = ""


Way = Callable[..., Answer | None]


@dataclass(frozen=True, slots=True)
class Short:
    """A path (an expression that must match the whole of it), the name of its view, and who answers: the function is
    called with ``Asked`` and the expression's groups.

    ``kind`` is "api" or "page": the API's answers are counted and carry validators, a page's do not.
    """

    path: re.Pattern[str]
    name: str
    answer: Way
    kind: Literal["api", "page"] = "api"
    language: str = "en"


def short(path: str, name: str, answer: Way, *, kind: Literal["api", "page"] = "api", language: str = "en") -> Short:
    """A short way at the path, which begins with a slash."""
    return Short(re.compile(path, re.ASCII), name, answer, kind, language)
