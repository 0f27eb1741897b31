"""Asks the API: whole lists page by page, single records, the change feed; waits where it is told to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import httpx2

Row = dict[str, Any]
Parameters = Mapping[str, str | int | Sequence[str] | None]

NOUNS = ("moves", "compensation", "signals", "people", "companies", "claims", "articles", "sources")
_PAGE = 200
# An answer that says "later" is waited for this often, and this long at most each time.
_TRIES, _LONGEST_WAIT = 4, 60.0
_LATER = frozenset({429, 503})


class Problem(Exception):
    """What the API has against a request, in its own words."""

    def __init__(self, status: int, detail: str, errors: Sequence[Mapping[str, str]] = ()) -> None:
        self.status, self.detail, self.errors = status, detail, list(errors)
        super().__init__("\n".join([detail, *(f"{e['parameter']}: {e['detail']}" for e in self.errors)]))


class Ledger:
    """A Talent Ledger at an address; used as a context manager it closes its connections."""

    def __init__(
        self,
        site: str,
        *,
        transport: httpx2.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.site = site.rstrip("/")
        self._sleep = sleep
        self._http = httpx2.Client(
            base_url=f"{self.site}/api/v1/",
            transport=transport,
            timeout=30,
            follow_redirects=True,
            headers={"Accept": "application/json", "User-Agent": "talent-ledger-client/0.1"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def rows(self, noun: str, parameters: Parameters | None = None, *, limit: int | None = None) -> Iterator[Row]:
        """Records of a list in its order, page after page; at most ``limit`` of them. Raises Problem."""
        size = _PAGE if limit is None else min(limit, _PAGE)
        address, asked = f"{noun}/", {**_given(parameters or {}), "limit": size}
        left = limit
        while address:
            page = self.get(address, asked)
            for row in page["results"]:
                if left == 0:
                    return
                yield row
                left = None if left is None else left - 1
            address, asked = page["next"] or "", {}

    def record(self, noun: str, identifier: str) -> Row:
        """One record with its evidence; the record it was merged into, where it was. Raises Problem."""
        return self.get(f"{noun}/{quote(identifier, safe='')}/")

    def citation(self, noun: str, identifier: str, style: str = "apa") -> Row:
        """How to cite a fact or a claim: text, BibTeX, RIS and CSL-JSON."""
        return self.get(f"{noun}/{quote(identifier, safe='')}/citation/", {"style": style})

    def suggest(self, words: str) -> list[Row]:
        """People and companies that may be meant, the likeliest first: ``id`` is noun/slug."""
        found: list[Row] = self.get("reconcile/suggest/entity/", {"prefix": words})["result"]
        return found

    def events(self, after: str = "0", parameters: Parameters | None = None) -> Iterator[Row]:
        """Everything that happened to facts behind the place ``after``, up to now."""
        asked: Parameters = {**(parameters or {}), "after": after, "limit": 500}
        while True:
            page = self.get("events/", asked)
            yield from page["results"]
            if page["caught_up"]:
                return
            asked = {**asked, "after": page["cursor"]}

    def dumps(self) -> list[Row]:
        """The manifests of the dumps, newest first."""
        found: list[Row] = self.get(f"{self.site}/data/index.json")["dumps"]
        return found

    def save(self, address: str, path: Path) -> None:
        """Writes what an address holds into a file, in pieces. Raises Problem."""
        with self._http.stream("GET", address, headers={"Accept": "*/*"}) as answer, path.open("wb") as file:
            if not answer.is_success:
                answer.read()
                raise _problem(answer)
            for piece in answer.iter_raw():
                file.write(piece)

    def get(self, address: str, parameters: Parameters | None = None) -> Row:
        """The JSON of an address; waits and asks again where the server asks for it. Raises Problem."""
        for last in (*[False] * (_TRIES - 1), True):
            answer = self._http.get(address, params=_given(parameters) if parameters else None)
            if answer.status_code not in _LATER or last:
                break
            self._sleep(min(float(answer.headers.get("Retry-After") or 1), _LONGEST_WAIT))
        if answer.is_success:
            body: Row = answer.json()
            return body
        raise _problem(answer)


def _given(parameters: Parameters) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value not in (None, "", [], ())}


def _problem(answer: httpx2.Response) -> Problem:
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        body = answer.json()
        return Problem(answer.status_code, body["detail"], body.get("errors", ()))
    return Problem(answer.status_code, f"{answer.url} answered {answer.status_code}; is this a Talent Ledger?")
