"""The shape of every error."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ParameterProblem(serializers.Serializer[Any]):
    """What is wrong with one parameter."""

    parameter = serializers.CharField()
    detail = serializers.CharField(help_text="what is wrong and what would be right")


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text="a URI that names the kind of problem; about:blank where the status does")
    title = serializers.CharField(help_text="the status in words")
    status = serializers.IntegerField(help_text="the HTTP status")
    detail = serializers.CharField(help_text="what to do")
    instance = serializers.CharField(help_text="the path that was asked for")
    request_id = serializers.CharField(allow_null=True, help_text="under which the logs know the request")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With the list that serializers keep another attribute for."""
        return {**super().get_fields(), "errors": ParameterProblem(many=True, required=False)}
