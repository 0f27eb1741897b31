"""Gunicorn's configuration, for `make run` and the container alike; the address comes on the command line."""

import contextlib
import os
import shutil
import signal
import tempfile
from typing import Any

from config import settings

# Before the site is loaded: here the web processes share what each of them counts for /metrics.
_counts = tempfile.mkdtemp(prefix="talent-ledger-metrics-")
os.environ.update(PROMETHEUS_MULTIPROC_DIR=_counts)

wsgi_app = "config.wsgi:application"
worker_class = "config.web.BoundedWorker"
logger_class = "config.web.Logger"
workers = settings.WEB_CONCURRENCY
threads = settings.WEB_THREADS
# The site is loaded once and shared by the workers; connections are opened by each of them at its first request.
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
# The control socket would lie in the home folder, which need not exist.
control_socket_disable = True
logconfig_dict = settings.LOGGING


def when_ready(server: Any) -> None:
    """Sets the doorkeeper beside the workers."""
    from config.web import open_door

    server.doorkeeper = open_door([listener.sock for listener in server.LISTENERS])


def child_exit(server: Any, worker: Any) -> None:
    """Forgets what only a living process can tell."""
    from prometheus_client import multiprocess

    from config.web import board

    board.forget(worker)
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # untyped in the package


def on_exit(server: Any) -> None:
    """Leaves nothing behind."""
    with contextlib.suppress(AttributeError, ProcessLookupError):
        os.kill(server.doorkeeper, signal.SIGTERM)
    shutil.rmtree(_counts, ignore_errors=True)
