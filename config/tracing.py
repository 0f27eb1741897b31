"""Optional eyes from outside: traces by OpenTelemetry, failures by Sentry. Both are off unless an address is set.

A request, the tasks that it asks for and the statements of both are one trace. Nothing of a reader is sent along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured

from config import settings

_begun = False
# What may name somebody who reads, writes or signs in.
_PRIVATE_KEYS = re.compile(r"(?i)cookie|auth|token|secret|password|passwd|session|csrf|mail|key|forwarded|real.?ip")
_HIDDEN = "[hidden]"
_ADDRESSES = frozenset({"http.target", "http.url", "url.full"})
_OF_READERS = frozenset({"url.query", "net.peer.ip", "client.address", "http.user_agent", "user_agent.original"})


def begin() -> None:
    """Begins to trace this process, once: after a fork, because the thread that sends is not inherited."""
    global _begun
    if _begun:
        return
    _begun = True
    if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
        _trace(_exporter())
    if settings.SENTRY_DSN:
        _tell_sentry()


def _exporter() -> Any:
    """What sends spans to the collector."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError as error:
        raise _missing("OTEL_EXPORTER_OTLP_ENDPOINT", "otel", error) from error
    return OTLPSpanExporter(endpoint=f"{settings.OTEL_EXPORTER_OTLP_ENDPOINT.rstrip('/')}/v1/traces")


def _trace(exporter: Any) -> None:
    """Spans for requests, tasks and statements, sent in batches by a thread; statements without their values."""
    from opentelemetry import trace
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio

    provider = TracerProvider(
        resource=Resource.create({"service.name": settings.OTEL_SERVICE_NAME}),
        sampler=ParentBasedTraceIdRatio(settings.OTEL_TRACES_SAMPLER_ARG),
    )
    # The packages add some of what they note after every hook of theirs: it is taken out where it leaves.
    exporter.export = _quietly(exporter.export)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(excluded_urls="healthz,readyz,metrics")
    CeleryInstrumentor().instrument()  # type: ignore[no-untyped-call]  # untyped in the package
    PsycopgInstrumentor().instrument(enable_commenter=False)


def _quietly(export: Callable[[Sequence[Any]], Any]) -> Callable[[Sequence[Any]], Any]:
    """An exporter's way out, on which what a reader searched for, and where and with what, is left behind."""

    def export_quietly(spans: Sequence[Any]) -> Any:
        for span in spans:
            span._attributes = {name: _quiet(name, value) for name, value in (span.attributes or {}).items()}
        return export(spans)

    return export_quietly


def _quiet(name: str, value: Any) -> Any:
    if name in _OF_READERS:
        return _HIDDEN
    return value.partition("?")[0] if name in _ADDRESSES else value


def _tell_sentry() -> None:
    try:
        import sentry_sdk
    except ImportError as error:
        raise _missing("SENTRY_DSN", "sentry", error) from error
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0.0,
        before_send=cast(Any, scrubbed),
    )


def scrubbed(event: dict[str, Any], hint: dict[str, Any] | None = None) -> dict[str, Any]:
    """An event without what may name a reader: no user, no query, no body, no cookie, no private header."""
    event.pop("user", None)
    event.pop("server_name", None)
    request = event.get("request", {})
    for name in ("cookies", "data", "query_string", "env"):
        request.pop(name, None)
    if "url" in request:
        request["url"] = request["url"].partition("?")[0]
    if "headers" in request:
        request["headers"] = {k: _HIDDEN if _PRIVATE_KEYS.search(k) else v for k, v in request["headers"].items()}
    if "extra" in event:
        event["extra"] = {k: _HIDDEN if _PRIVATE_KEYS.search(k) else v for k, v in event["extra"].items()}
    return event


def _missing(setting: str, extra: str, error: ImportError) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{setting} is set, but {error.name} is not installed: uv pip install -r pyproject.toml --extra {extra}"
    )
