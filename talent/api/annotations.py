"""Claims as Web Annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent.api.documentation import HEADERS, UNCHANGED, problems
from talent.api.problems import InvalidParameters
from talent.api.renderers import JSONRenderer
from talent.filters.base import unknown_parameter
from talent.models import Claim
from talent.serializers.annotations import MEDIA_TYPE, AnnotationSerializer


class AnnotationRenderer(JSONRenderer):
    """JSON-LD by the profile of Web Annotation."""

    media_type = "application/ld+json"
    format = "jsonld"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The bytes; the answer says by which profile."""
        response: Any = renderer_context and renderer_context.get("response")
        if response is not None and response.status_code == 200:
            response["Content-Type"] = MEDIA_TYPE
        return super().render(data, accepted_media_type, renderer_context)


class AnnotationView(APIView):
    """A claim as a W3C Web Annotation: its quote by text and by position, for programs that highlight it in place."""

    renderer_classes = [AnnotationRenderer, JSONRenderer]

    @extend_schema(
        operation_id="claims_annotation",
        tags=["Evidence"],
        summary="A claim as a Web Annotation",
        parameters=HEADERS,
        responses={
            (200, "application/ld+json"): AnnotationSerializer,
            (200, "application/json"): AnnotationSerializer,
            304: UNCHANGED,
            **problems(400, 404, 406, 429),
        },
    )
    def get(self, request: Request, public_id: str) -> Response:
        """The annotation."""
        if request.query_params:
            raise InvalidParameters(*((name, unknown_parameter(name, [])) for name in request.query_params))
        claims = Claim.objects.visible().filter(public_id=public_id).order_by()
        row = claims.values(*AnnotationSerializer.columns).first()
        if row is None:
            raise Http404
        serializer = AnnotationSerializer(context={"site": request.build_absolute_uri("/")[:-1]})
        return Response(serializer.to_representation(row))
