"""The short way to the list of moves: a frame that is made once for lists of one form, with what is particular to one
list put into it. The frame is made by the general way, of which this knows only where the holes are.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.template import engines
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override
from django_htmx.middleware import HtmxDetails
from markupsafe import Markup, escape

from talent import keyset
from talent.facets import Facets, facets
from talent.filters import MoveFilter
from talent.hot.choices import Place, choices, place
from talent.hot.lists import SLUGS, page_of_moves
from talent.models import Move
from talent.short import Answer, Asked
from talent.templatetags import ledger
from talent.views.explore import Moves
from talent.views.lists import PAGE_SIZE
from talent.views.narrowing import Narrowing, narrowing

CONTENT_TYPE = "text/html; charset=utf-8"
_SLUG = re.compile(r"[-a-z0-9]{1,160}")
_TABLES = {"person": "p", "origin": "o", "destination": "d", "lead_claim": "c", "article": "a", "source": "s"}
# What no reader can write: it marks the holes of a frame, and never leaves this process.
_MARK = f"hole-{secrets.token_hex(8)}"
_HOLE = re.compile(rf"{_MARK}-([a-z]+)-x")


def answer(asked: Asked, language: str) -> Answer | None:
    """A page of all moves, or of those of one company or person; None where the general way has to answer."""
    slugs = dict(asked.parameters)
    cursor = slugs.pop("cursor", "")
    if len(slugs) > 1 or slugs.keys() - SLUGS or not all(_SLUG.fullmatch(slug) for slug in slugs.values()):
        return None
    name, slug = next(iter(slugs.items()), ("", ""))
    with override(language):
        try:
            page = _page(asked, slugs, cursor)
            return _shown(asked, page, name=name, slug=slug, language=language)
        except (keyset.BadCursor, _Unusual):
            return None


class _Unusual(Exception):
    """What only the general way shows."""


def _page(asked: Asked, slugs: Mapping[str, str], cursor: str) -> keyset.Page:
    query = keyset.query_of_pairs(Moves.noun, asked.parameters.items())
    page = page_of_moves(slugs, query=query, limit=PAGE_SIZE, cursor=cursor, columns=_COLUMNS)
    if not page.rows:
        raise _Unusual
    rows = [dict(zip(ledger.COLUMNS, row[2:], strict=False)) for row in page.rows]
    return keyset.Page(rows, page.next, page.previous)


def _shown(asked: Asked, page: keyset.Page, *, name: str, slug: str, language: str) -> Answer:
    known = _names(page.rows, language)
    called = known.get(slug, slug) if name != "person" else _person(page.rows[0], language)
    narrowed = _narrowed(place(), language, name, slug, called, settings.PUBLISH)
    if not narrowed.choices:
        raise _Unusual
    form = _Form(
        asked.path, asked.site, tuple(asked.parameters), next=bool(page.next), previous=bool(page.previous),
        sized=bool(narrowed.size), day=timezone.now().date().toordinal(),
    )  # fmt: skip
    filling = {
        "slug": slug,
        "name": str(escape(called)),
        "rows": ledger.rows_of(page.rows),
        "companies": ledger.company_options(known),
        "size": narrowed.size,
        "choices": narrowed.choices,
        "next": quote_plus(page.next or ""),
        "previous": quote_plus(page.previous or ""),
    }
    return Answer(_frame(form, language).filled(filling).encode(), content_type=CONTENT_TYPE)


def _names(rows: Iterable[Mapping[str, Any]], language: str) -> dict[str, str]:
    """The companies of these rows by slug, in the order of their names."""
    found = {
        row[slug]: ledger.called(row[name], row[name_zh], language)
        for row in rows
        for slug, name, name_zh in _COMPANIES
        if row[slug]
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _person(row: Mapping[str, Any], language: str) -> str:
    """Whose move it is."""
    return ledger.called(row["person__name"], row["person__name_zh"], language)


def _columns() -> str:
    """The columns of a row of the ledger, in its order, behind those that a page is ordered by."""
    paths = [column.rsplit("__", 2) for column in ledger.COLUMNS]
    names = [f"{_TABLES[path[-2]]}.{path[-1]}" if len(path) > 1 else f"m.{path[0]}" for path in paths]
    return ", ".join(["m.sort_date", "m.id", *names])


_COLUMNS = _columns()
_COMPANIES = [(f"{side}__slug", f"{side}__name", f"{side}__name_zh") for side in ("origin", "destination")]


# ------------------------------------------------------------------ choices


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """The length of a list in words, and its choices as HTML."""

    size: str
    choices: str


@lru_cache(maxsize=1000)
def _narrowed(place: Place, language: str, name: str, slug: str, called: str, publish: str) -> _Narrowed:
    """What the list could be narrowed to, as it was when the change feed had come to that ``place``."""
    parameters = QueryDict(f"{name}={slug}" if name else "")
    found = choices(name, slug) or _all_choices(parameters)
    told = narrowing(Moves.noun, found, parameters=parameters, known={slug: called})
    shown = any(group.options for group in told.groups)
    macros: Any = engines["jinja2"].env.get_template("parts/facets.html").module  # type: ignore[attr-defined]  # untyped
    return _Narrowed(size=str(escape(told.size)), choices=str(macros.choices(told)) if shown else "")


def _all_choices(parameters: QueryDict) -> Facets:
    return facets(Moves.noun, MoveFilter(parameters, queryset=Move.objects.for_list()), parameters)


# ------------------------------------------------------------------ frames


@dataclass(frozen=True, slots=True)
class _Form:
    """What frames differ by: all of a page but what stands in its holes."""

    path: str
    site: str
    parameters: tuple[str, ...]
    next: bool
    previous: bool
    sized: bool
    day: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """A page in pieces: text, the name of the hole behind it, text, and so on."""

    pieces: tuple[str, ...]

    def filled(self, filling: Mapping[str, str]) -> str:
        """The page."""
        return "".join(filling[piece] if n % 2 else piece for n, piece in enumerate(self.pieces))


@lru_cache(maxsize=200)
def _frame(form: _Form, language: str) -> _Frame:
    view = _FrameOfMoves()
    view.setup(_request(form))
    view.form = form
    shown: Any = view.get(view.request)
    page = shown.content.decode()
    return _Frame(tuple(_HOLE.split(page)))


def _hole(name: str) -> str:
    return f"{_MARK}-{name}-x"


def _request(form: _Form) -> Any:
    """A request for a list of that form, in which the slug is a hole."""
    site = urlsplit(form.site)
    slugs = "&".join(f"{name}={_hole('slug') if name in SLUGS else 'x'}" for name in form.parameters)
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": form.path, "QUERY_STRING": slugs, "HTTP_HOST": site.netloc,
        "SERVER_NAME": site.hostname or "", "SERVER_PORT": str(site.port or ""), "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
    }  # fmt: skip
    if site.scheme == "https" and settings.SECURE_PROXY_SSL_HEADER:
        environ[settings.SECURE_PROXY_SSL_HEADER[0]] = settings.SECURE_PROXY_SSL_HEADER[1]
    request: Any = WSGIRequest(environ)
    request.resolver_match = resolve(form.path)
    request.htmx = HtmxDetails(request)
    return request


@dataclass(frozen=True, slots=True)
class _Written:
    """Stands for rows that are written already, and for the company or person that they are about."""

    html: Markup
    company: Any
    person: Any
    lead_claim_id: None = None


class _FrameOfMoves(Moves):
    """The list of moves with holes."""

    form: _Form

    def _page(self, asked: Any, request: Any) -> tuple[keyset.Page, bool]:
        company = SimpleNamespace(pk=0, slug=_hole("slug"), name=_hole("name"), name_zh="")
        row = _Written(html=Markup(_hole("rows")), company=company, person=company)  # noqa: S704  # ours
        ends = {name: _hole(name) if getattr(self.form, name) else None for name in ("next", "previous")}
        return keyset.Page([row], ends["next"], ends["previous"]), False

    def beside(self, rows: list[Any]) -> dict[str, Any]:
        return {"company_options": Markup(_hole("companies"))}  # noqa: S704  # ours

    def narrowed(self, asked: Any, parameters: QueryDict, named: Any) -> Narrowing:
        size = _hole("size") if self.form.sized else ""
        return Narrowing(size=size, groups=[], html=Markup(_hole("choices")))  # noqa: S704  # ours
