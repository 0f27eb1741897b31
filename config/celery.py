"""The Celery application. Messages are hints: the truth about waiting work is in PostgreSQL's rows."""

import logging.config
import os
from typing import Any

from celery import Celery, signals
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Celery would check the whole site, and load every page for that; `config.run.prepare` has done so before.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

# The arithmetic of the readers is too small to be parted among threads, each of which has memory of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = Celery("talent_ledger")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@signals.setup_logging.connect
def configure_logging(**kwargs: Any) -> None:
    """Let worker and beat log as the web server does, with the request that asked for the task."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@signals.worker_process_init.connect
def begin_to_trace(**kwargs: Any) -> None:
    """Each process of the pool sends its own traces."""
    from config import tracing

    tracing.begin()


@signals.worker_init.connect
def live_within_memory(**kwargs: Any) -> None:
    """A worker without children loads what they would share, and tells the parser how much there is for it."""
    from django.conf import settings

    from config import memory

    memory.bound_parser(settings.WORKER_MEMORY)
    if app.conf.worker_pool == "solo":
        memory.share()
        signals.task_postrun.connect(lambda **_: memory.tidy(), weak=False)


@signals.worker_before_create_process.connect
def share_what_is_loaded(**kwargs: Any) -> None:
    """Before a child is forked, what every child needs is loaded once, and kept so that its memory stays shared."""
    from config import memory

    memory.share()


@signals.worker_ready.connect
def begin(sender: Any = None, **kwargs: Any) -> None:
    """Ask for the first proof at once, where the beat asks for the later ones; and watch the worker from within."""
    from config import worker

    signals.task_received.connect(worker.note_taken, weak=False)
    signals.task_failure.connect(worker.note_failed, weak=False)
    signals.worker_shutting_down.connect(worker.leave, weak=False)
    worker.watch(app, sender.hostname)
    app.send_task("config.probe", expires=10)
