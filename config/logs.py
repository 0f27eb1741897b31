"""How everything logs: structured, one JSON object a line in production, readable lines elsewhere."""

from __future__ import annotations

from typing import Any

import structlog
from structlog.types import EventDict, Processor, WrappedLogger


def _without_enqueuing(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Leave out that a task was asked for: that it started says the same, and a command's reader did not ask."""
    if event.get("event") == "task_enqueued":
        raise structlog.DropEvent
    return event


def configured(*, form: str, level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING; `form` is "json" or "console"."""
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
                "()": structlog.stdlib.ProcessorFormatter,
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
