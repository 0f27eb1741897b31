"""How everything logs: structured, one JSON object a line in production, readable lines elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import orjson
import structlog
from structlog.types import EventDict, Processor, WrappedLogger


def _without_enqueuing(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Leave out that a task was asked for: that it started says the same, and a command's reader did not ask."""
    if event.get("event") == "task_enqueued":
        raise structlog.DropEvent
    return event


_requests = logging.getLogger("django_structlog.middlewares.request")


class Formatter(structlog.stdlib.ProcessorFormatter):
    """structlog's, and lines that are ready."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ready: str | None = getattr(record, "ready", None)
        return super().format(record) if ready is None else ready


def tell_request(environ: Mapping[str, Any], status: int, identifier: str) -> None:
    """One line for a request that was answered before Django's middleware, which writes two. Where lines are JSON it is
    made at once: for thousands of requests a second structlog's steps are the better part of the answer."""
    if not _requests.isEnabledFor(logging.INFO):
        return
    query = environ.get("QUERY_STRING", "")
    event = {
        "code": status,
        "request": f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}{'?' if query else ''}{query}",
        "user_agent": environ.get("HTTP_USER_AGENT"),
        "event": "request_finished",
        "request_id": identifier,
        "ip": _address(environ),
        "user_id": None,
    }
    if _form != "json":
        structlog.get_logger(_requests.name).info(**event)
        return
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    event |= {"logger": _requests.name, "level": "info", "timestamp": at}
    record = logging.LogRecord(_requests.name, logging.INFO, __file__, 0, "request_finished", None, None)
    record.ready = orjson.dumps(event).decode()
    _requests.handle(record)


def _address(environ: Mapping[str, Any]) -> str | None:
    """Where a request came from, as the middleware has it: behind proxies, what they tell."""
    if not any(name in environ for name in _FORWARDED):
        return environ.get("REMOTE_ADDR")
    from ipware import get_client_ip

    request: Any = SimpleNamespace(META=environ)
    return get_client_ip(request)[0]


_FORWARDED = ("HTTP_X_FORWARDED_FOR", "X_FORWARDED_FOR", "HTTP_CLIENT_IP", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED",
              "HTTP_X_CLUSTER_CLIENT_IP", "HTTP_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA")  # fmt: skip
_form = "console"


def configured(*, form: str, level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING; `form` is "json" or "console"."""
    global _form
    _form = form
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            _without_enqueuing,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if form == "json":
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last += [structlog.dev.ConsoleRenderer(colors=False)]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": Formatter,
                "processors": last,
                "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder()],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # django_structlog says of each request and each task what is worth saying.
            "celery.app.trace": {"handlers": [], "level": "WARNING"},
            "celery.beat": {"handlers": [], "level": "WARNING"},
            "celery.worker.strategy": {"handlers": [], "level": "WARNING"},
            "django.server": {"handlers": [], "propagate": False},
            "gunicorn.error": {"handlers": ["console"], "level": level, "propagate": False},
            "gunicorn.access": {"handlers": [], "propagate": False},
        },
    }
