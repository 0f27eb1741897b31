"""Pages of the API: by key, never counted, with the addresses of both neighbours."""

from __future__ import annotations

from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from talent import keyset
from talent.api.problems import InvalidParameters


class KeysetPagination(BasePagination):
    """``limit`` rows behind ``cursor``, which comes from the answer before and belongs to its filters."""

    request: Request
    page: keyset.Page

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """The rows of the page that the request asks for."""
        self.request = request
        query = keyset.query_of(request.path_info, request.query_params)
        limit, cursor = _limit(request), request.query_params.get("cursor", "")
        try:
            either = getattr(view, "either", ())
            self.page = keyset.paginate(queryset, query=query, limit=limit, cursor=cursor, either=either)
        except keyset.BadCursor as error:
            detail = "This cursor is not one of this list with these filters; start again without it."
            raise InvalidParameters(("cursor", detail)) from error
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        """The page and its neighbours, in the body and as links."""
        neighbours = {"next": self._address(self.page.next), "previous": self._address(self.page.previous)}
        links = [f'<{url}>; rel="{"prev" if rel == "previous" else rel}"' for rel, url in neighbours.items() if url]
        return Response({"results": data, **neighbours}, headers={"Link": ", ".join(links)} if links else None)

    def _address(self, cursor: str | None) -> str | None:
        address = self.request.build_absolute_uri()
        return replace_query_param(address, "cursor", cursor) if cursor else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of a page."""
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": {**address, "description": "address of the next page; null on the last"},
                "previous": {**address, "description": "address of the page before; null on the first"},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What the OpenAPI document says of the two parameters."""
        limit = {"type": "integer", "minimum": 1, "maximum": keyset.MAX_LIMIT, "default": keyset.DEFAULT_LIMIT}
        return [
            {"name": "limit", "in": "query", "description": "rows on a page", "schema": limit},
            {
                "name": "cursor",
                "in": "query",
                "description": "where to go on, from the “next” or “previous” of another page of this list",
                "schema": {"type": "string", "pattern": "^([A-Za-z0-9_-]+:[A-Za-z0-9_-]+)?$"},
            },
        ]


def _limit(request: Request) -> int:
    written = request.query_params.get("limit")
    if written is None:
        return keyset.DEFAULT_LIMIT
    if written.isascii() and written.isdigit() and len(written) < 10 and 1 <= int(written) <= keyset.MAX_LIMIT:
        return int(written)
    raise InvalidParameters(("limit", f"Give a whole number from 1 to {keyset.MAX_LIMIT}."))
