"""Every list of facts as a file, sent while it is written: never more of it in memory than a batch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from talent import exports, limits
from talent.filters import FactFilter
from talent.views.explore import Unanswerable, asked_for
from talent.views.lists import tidied
from talent.views.refusals import cannot_be_asked, come_back

# So long a reader is asked to wait for one of the places to be free.
WAIT = 15
_places = threading.BoundedSemaphore(settings.DOWNLOADS_AT_ONCE)


def download_of(noun: str) -> Callable[..., HttpResponseBase]:
    """The view of a list's files. A query for its size, and one for each batch."""

    @require_safe
    def view(request: HttpRequest, ending: str) -> HttpResponseBase:
        if ending not in exports.FORMATS:
            raise Http404
        if (left := limits.download_allowance(request)) is not None and left.left < 0:
            return come_back(request, left.seconds, status=429)
        try:
            asked = asked_for(noun, tidied(request.GET))
        except Unanswerable as error:
            return cannot_be_asked(request, error)
        rows = exports.size(asked)
        return _headed(_sent(noun, asked, request, exports.FORMATS[ending]), noun, ending, rows=rows)

    return view


def _sent(noun: str, asked: FactFilter, request: HttpRequest, form: exports.Format) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=form.media_type)
    if not _places.acquire(blocking=False):
        return come_back(request, WAIT, status=503)
    records = exports.batches(noun, asked, request.build_absolute_uri("/")[:-1])
    return StreamingHttpResponse(_Stream(form.write(noun, records)), content_type=form.media_type)


def _headed(response: HttpResponseBase, noun: str, ending: str, *, rows: int) -> HttpResponseBase:
    """With a name, how many rows there are to come and, in both, that more of them were left out."""
    if response.status_code != 200:
        return response
    cut = rows > exports.MOST_ROWS
    name = f"talent-ledger-{noun}{f'-first-{exports.MOST_ROWS}' if cut else ''}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Rows"] = str(min(rows, exports.MOST_ROWS))
    if cut:
        response["X-Rows-Left-Out"] = "yes"
        response["Link"] = f'<{reverse("data")}>; rel="alternate"; title="whole dumps"'
    response["Cache-Control"] = "no-store, no-transform" if ending == "parquet" else "no-store"
    response["X-Robots-Tag"] = "noindex"
    # A proxy must not hold the file back until it is whole.
    response["X-Accel-Buffering"] = "no"
    return response


class _Stream:
    """The bytes of a file; gives its place back however it ends."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._chunks
        finally:
            self.close()

    def close(self) -> None:
        """Lets another reader in; safe to call twice."""
        if self._held:
            self._held = False
            _places.release()
