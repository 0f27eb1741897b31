"""The FilterSets of the pages, asked through the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.views import APIView

from talent.api.problems import InvalidParameters
from talent.api.shaping import without_shape
from talent.filters.base import PartialDateField

PARTIAL_DATE = r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
# Any text that a database can hold.
TEXT = r"^[^\u0000]*$"


class NounFilters(BaseFilterBackend):
    """Filters and sorts by the view's ``filterset_class``; what it refuses is a problem of the reader's."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        """The sorted rows that the parameters ask for; what they must match one of is left to the pagination."""
        filters = view.filterset_class(without_shape(request.query_params), queryset=queryset)  # type: ignore[attr-defined]  # by contract
        if not filters.form.is_valid():
            raise InvalidParameters(*_errors(filters.form))
        view.either = filters.either  # type: ignore[attr-defined]  # by contract
        rows: QuerySet[Any] = filters.rows
        return rows

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What the OpenAPI document says of the parameters."""
        return [_parameter(name, each) for name, each in view.filterset_class.base_filters.items()]


def _errors(form: forms.Form) -> Iterator[tuple[str, str]]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            yield (error.params or {}).get("parameter", name), " ".join(error.messages)


def _parameter(name: str, each: Any) -> dict[str, Any]:
    field: forms.Field = each.field
    several = isinstance(field, forms.MultipleChoiceField)
    schema = {"type": "array", "items": _schema(field)} if several else _schema(field)
    parameter = {
        "name": name,
        "in": "query",
        "description": str(field.help_text),
        "schema": schema,
        # As a form sends what was left empty: it asks for nothing.
        "allowEmptyValue": True,
    }
    return parameter | {"style": "form", "explode": True} if several else parameter


def _schema(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return {"type": "string", "enum": [value for value, _label in choices if value]}
    if isinstance(field, forms.IntegerField):
        kind = "integer" if type(field) is forms.IntegerField else "number"
        return {"type": kind, "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, PartialDateField):
        return {"type": "string", "pattern": PARTIAL_DATE, "examples": ["2024", "2024-03", "2024-03-18"]}
    for validator in field.validators:
        if isinstance(validator, RegexValidator):
            return {"type": "string", "pattern": str(getattr(validator.regex, "pattern", validator.regex))}
    return {"type": "string", "maxLength": getattr(field, "max_length", None) or 200, "pattern": TEXT}
