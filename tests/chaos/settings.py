"""The project's settings with hours made into seconds, and an archive whose disk can be full."""

from __future__ import annotations

import os

from config.settings import *  # noqa: F403
from config.settings import CELERY_BROKER_TRANSPORT_OPTIONS, STORAGES

CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,
    "visibility_timeout": int(os.environ.get("CHAOS_VISIBILITY_SECONDS", "20")),
    "unacked_restore_interval": 1,
}
STORAGES = {**STORAGES, "archive": {**STORAGES["archive"], "BACKEND": "tests.chaos.hooks.SmallDisk"}}
