"""What all pictures share: the page, and the files with their validators."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from talent.accounts import facts_known_on
from talent.pictures.ink import Scheme
from talent.pictures.raster import png
from talent.pictures.sheet import NARROW, WIDE, Drawing
from talent.pictures.tables import Picture
from talent.templatetags.dates import day
from talent.views.lists import tidied
from talent.views.pictures.asked import FileForm

TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
# To be raised when drawings change while their numbers stay: readers' copies are out of date then.
EDITION = "1"


class PictureView(View):
    """A picture with its table as a page or, where the address ends so, as SVG, PNG or CSV."""

    http_method_names = ["get", "head", "options"]
    form: ClassVar[type[forms.Form]] = FileForm
    template: ClassVar[str]
    # Whether it is shown within another site.
    embedded = False

    def subject(self, **where: Any) -> Any:
        """Whose picture it is; raises what is answered where there is none."""
        return None

    def form_for(self, request: HttpRequest, **where: Any) -> forms.Form:
        """What was asked."""
        return self.form(request.GET)

    def picture(self, subject: Any, form: Any, **where: Any) -> Picture | None:
        """The picture of what was asked; None, with errors in the form, where it cannot be."""
        raise NotImplementedError

    def beside(self, subject: Any, form: Any, **where: Any) -> dict[str, Any]:
        """What else the page needs; no query."""
        return {}

    def page(self, request: HttpRequest, ending: str) -> str:
        """The path of the page whose file, or whose form for other sites, this is."""
        return f"{request.path.removesuffix(ending).rstrip('./')}/"

    def get(self, request: HttpRequest, ending: str = "", **where: Any) -> HttpResponseBase:
        tidy = tidied(request.GET)
        if tidy != request.GET:
            return HttpResponseRedirect(f"{request.path}?{tidy.urlencode()}" if tidy else request.path)
        subject, form = self.subject(**where), self.form_for(request, **where)
        picture = self.picture(subject, form, **where) if form.is_valid() else None
        if ending:
            if picture is None:
                return wrong_file(form)
            return file_answer(request, picture, ending, form.cleaned_data, self.page(request, ending))
        context = {
            "form": form,
            "picture": picture,
            "subject": subject,
            "page": self.page(request, "embed/" if self.embedded else ""),
            "query": _parameters(request),
            "as_of": getattr(form, "cleaned_data", {}).get("as_of"),
            "query_today": _parameters(request, "as_of"),
        }
        status = 400 if picture is None else 200
        if self.embedded:
            return _for_others(render(request, "pictures/embed.html", context, status=status))
        files = files_of(request) if picture else []
        return render(
            request, self.template, {**context, "files": files, **self.beside(subject, form, **where)}, status=status
        )


def _for_others(answer: HttpResponse) -> HttpResponse:
    """A page that any site may frame."""
    answer.xframe_options_exempt = True
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def known_by(as_of: date | None, rows: QuerySet[Any], *, most: int) -> list[Any]:
    """The first of these facts, as they were known on that day where one is asked for; then two more queries."""
    told = rows if as_of is None else rows.filter(first_seen__date__lte=as_of)
    return facts_known_on(as_of, list(told[:most]))


def files_of(request: HttpRequest, path: str = "") -> list[tuple[str, str]]:
    """The endings of a picture's files with their addresses: the page's own, with the same parameters."""
    query = _parameters(request)
    base = (path or request.path).rstrip("/")
    return [(ending, f"{base}.{ending}{'?' + query if query else ''}") for ending in TYPES]


def _parameters(request: HttpRequest, *without: str) -> str:
    """What was asked of the picture, without what was asked of its file."""
    asked = request.GET.copy()
    for name in ("scheme", "size", *without):
        asked.pop(name, None)
    return str(asked.urlencode())


def wrong_file(form: Any) -> HttpResponse:
    """400 with what is wrong, in words."""
    said = [
        f"{error}" if name == "__all__" else f"{name}: {error}"
        for name, errors in form.errors.items()
        for error in errors
    ]
    return HttpResponse("\n".join(said), status=400, content_type="text/plain; charset=utf-8")


def file_answer(
    request: HttpRequest, picture: Picture, ending: str, asked: dict[str, Any], page: str
) -> HttpResponseBase:
    """A file that is drawn only where the reader's copy is out of date; ``page`` is named in it as its source."""
    query = _parameters(request)
    credit = f"{settings.SITE_NAME} · {request.build_absolute_uri(page)}{'?' + query if query else ''}"
    if as_of := asked.get("as_of"):
        credit = f"{_('As known on %(day)s') % {'day': day(as_of)}} · {credit}"
    scheme, size = asked["scheme"] or "light", asked["size"] or "wide"
    content = picture.table.csv()
    parts = (EDITION, get_language() or "", ending, scheme, size, credit, picture.title, picture.summary)
    etag = _etag(content, *parts)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        if ending != "csv":
            drawing = picture.drawn(NARROW if size == "narrow" else WIDE)
            content = _drawn(request, drawing, ending, Scheme(scheme), credit)
        answer = HttpResponse(content, content_type=TYPES[ending])
        kind = "attachment" if ending == "csv" else "inline"
        answer["Content-Disposition"] = f'{kind}; filename="{picture.name}.{ending}"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=60"
    return answer


def _etag(content: bytes, *parts: str) -> str:
    """Names what a file is made of; the numbers tell whether it must be drawn anew."""
    digest = blake2b(content, digest_size=16)
    for part in parts:
        digest.update(f"\0{part}".encode())
    return f'"{digest.hexdigest()}"'


def _drawn(request: HttpRequest, drawing: Drawing, ending: str, scheme: Scheme, credit: str) -> bytes:
    if ending == "png":
        return _pixels(drawing.file(scheme=scheme, credit=credit))
    return drawing.file(scheme=scheme, site=request.build_absolute_uri("/")[:-1], credit=credit).encode()


@lru_cache(maxsize=16)
def _pixels(svg: str) -> bytes:
    """The pixels of a drawing; those asked for again and again are kept."""
    return png(svg)
