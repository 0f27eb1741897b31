"""The data as a whole: what can be downloaded, and how to stay up to date."""

from __future__ import annotations

from dataclasses import asdict

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talent import dumps, exports, structured
from talent.views.lookup import site_of

# The files of a dump never change.
_FOR_EVER = "public, max-age=31536000, immutable, no-transform"


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Dumps, the API, the change feed."""
    published = dumps.published()
    linked_data = structured.script(structured.of_data(published, site_of(request)))
    context = {
        "dumps": published,
        "tables": dumps.TABLES,
        "linked_data": linked_data,
        "list_columns": exports.COLUMNS,
        "most_rows": exports.MOST_ROWS,
    }
    return render(request, "data.html", context)


@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """The manifests of all dumps, newest first, for programs that look for a new one."""
    found = [
        {**asdict(manifest), "url": request.build_absolute_uri(f"{manifest.name}/")} for manifest in dumps.published()
    ]
    return JsonResponse({"dumps": found})


@require_safe
def dump_file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A file of a dump."""
    path = dumps.file_of(name, file)
    if path is None:
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}-{file}")
    # Compressed files are served as they are: the compression is part of the file.
    answer["Cache-Control"] = _FOR_EVER
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
