"""Bodies that writing calls take: bounded before they are read, whatever they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from rest_framework import exceptions
from rest_framework.parsers import BaseParser, MultiPartParser

from talent.api.problems import Problem


class BodyTooLarge(Problem):
    """A body beyond what is accepted."""

    status_code = 413
    default_code = "too-large"
    default_detail = "The body is larger than is accepted: {limit} bytes are."


class NoObject(Problem):
    """A body that is no JSON object."""

    status_code = 400
    default_code = "body"
    default_detail = "The body must be one JSON object in UTF-8: {reason}."


def bounded(context: Mapping[str, Any] | None) -> None:
    """Refuses a body by the length that it announces; one without a length is empty to the server."""
    request = (context or {})["request"]
    limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    if not announced.isdecimal() or int(announced) > limit:
        raise BodyTooLarge(BodyTooLarge.default_detail.format(limit=f"{limit:,}"))


class JSONParser(BaseParser):
    """One object. NaN, other encodings and nesting without end are refused by the reader of JSON."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The object."""
        bounded(parser_context)
        try:
            body = orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            raise NoObject(NoObject.default_detail.format(reason=error)) from error
        if not isinstance(body, dict):
            raise NoObject(NoObject.default_detail.format(reason="it is something else"))
        return body


class FormParser(MultiPartParser):
    """A form with a file."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The form's fields and files."""
        bounded(parser_context)
        try:
            return super().parse(stream, media_type, parser_context)
        except exceptions.ParseError as error:
            raise NoForm(NoForm.default_detail.format(reason=error.detail)) from error


class NoForm(Problem):
    """A body that is no form."""

    status_code = 400
    default_code = "body"
    default_detail = "The body must be a form of type multipart/form-data: {reason}"
