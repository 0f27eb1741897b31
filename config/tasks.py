"""The probe: a task whose only work is to prove that a worker takes tasks and finishes them."""

from __future__ import annotations

import time

import redis
from django.conf import settings

from config.celery import app

PROBE_KEY = "talent-ledger:probe"


@app.task(name="config.probe")
def probe() -> None:
    """Leave the time of this proof in the broker, and for the press room in the database."""
    # Only a worker has Django's models; whoever asks for the age of the proof need not.
    from articles.clock import database_now
    from talent import pulses

    broker().set(PROBE_KEY, repr(time.time()), ex=86_400)
    pulses.beat(pulses.PROBE, now=database_now())


def probe_age() -> float | None:
    """Seconds since a worker last proved itself; None if none ever did. Raises redis.RedisError."""
    left = broker().get(PROBE_KEY)
    return time.time() - float(left) if isinstance(left, bytes) else None


def broker() -> redis.Redis:
    """A client of the broker that never waits long."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
