"""A small run of `make chaos`: the same is believed after every fault, mixed, as without any."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config.settings import BASE_DIR

OWN = ("VAR_DIR", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")


@pytest.mark.services
def test_it_believes_the_same_after_a_night_of_faults() -> None:
    size = ("--brief", "--articles", "24", "--children", "1", "--spread", "3", "--times", "0.3")
    env = {name: value for name, value in os.environ.items() if name not in OWN}
    played = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *size], cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=900
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert "the same after every fault" in played.stdout
