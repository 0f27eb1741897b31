"""Messages go through Redis, or through RabbitMQ where BROKER_URL says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_ASK = """
import json
from config import settings
print(json.dumps([settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS]))
"""


def settings(tmp_path: Path, broker: str) -> Any:
    """The broker's address and its options, in a process with this BROKER_URL; the error where it does not start."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "BROKER_URL": broker, "REDIS_URL": "redis://redis:6379/0"}
    answer = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, cwd=_ROOT, env=environment)
    return json.loads(answer.stdout) if answer.returncode == 0 else answer.stderr


def test_redis_carries_the_messages_by_itself(tmp_path: Path) -> None:
    address, options = settings(tmp_path, "")
    assert address == "redis://redis:6379/0"
    assert options["visibility_timeout"] == 300


def test_rabbitmq_carries_them_where_it_is_named(tmp_path: Path) -> None:
    address, options = settings(tmp_path, "amqp://u:p@rabbit:5672/press")
    assert address == "amqp://u:p@rabbit:5672/press"
    assert options["confirm_publish"] is True
    assert "visibility_timeout" not in options


@pytest.mark.parametrize("broker", ["rabbit:5672", "sqs://", "http://rabbit/"])
def test_another_kind_of_address_is_refused(tmp_path: Path, broker: str) -> None:
    assert "BROKER_URL must be amqp://" in settings(tmp_path, broker)
