"""The Celery application. Messages are hints: the truth about waiting work is in PostgreSQL's rows."""

import logging.config
import os
from typing import Any

from celery import Celery, signals
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("talent_ledger")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@signals.setup_logging.connect
def configure_logging(**kwargs: Any) -> None:
    """Let worker and beat log as the web server does, with the request that asked for the task."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@signals.worker_ready.connect
def prove(**kwargs: Any) -> None:
    """Ask for the first proof at once; the beat asks for the later ones."""
    app.send_task("config.probe", expires=10)
