"""The faults, one function each: what is done to the machinery once. ``FAULTS`` says how often, and what it needs."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import psycopg
import redis

from tests.chaos.hooks import FULL, POINTS, SLOW, TWICE, switch
from tests.chaos.pool import Member, Pool
from tests.chaos.site import Site


@dataclass
class Scene:
    """What a fault may lay hands on, and for how long an outage lasts."""

    pool: Pool
    site: Site
    outage: float
    helpers: list[Member] = field(default_factory=list)


Strike = Callable[[Scene, Random], None]


@dataclass(frozen=True)
class Fault:
    """A fault: its name, one strike of it, how many of them, and the pause between two, in seconds."""

    name: str
    strike: Strike
    times: int = 1
    pause: float = 1.0
    poison: bool = False
    # Whether a short run plays it, too.
    brief: bool = False
    mixes: bool = False


def nothing(scene: Scene, random: Random) -> None:
    """The run that the others are measured by."""


def kill_worker(scene: Scene, random: Random) -> None:
    scene.pool.kill_worker(random)


def kill_child(scene: Scene, random: Random) -> None:
    scene.pool.kill_child(random)


def kill_at_points(scene: Scene, random: Random) -> None:
    """Whoever next comes to each named point dies there."""
    for point in POINTS:
        (switch("points") / f"{point}.{random.random()}").touch()


def terminate_worker(scene: Scene, random: Random) -> None:
    random.choice(scene.pool.workers).terminate()


def flush_broker(scene: Scene, random: Random) -> None:
    scene.pool.flush()


def stop_broker(scene: Scene, random: Random) -> None:
    scene.pool.valkey.stop()
    time.sleep(scene.outage)
    scene.pool.valkey.start()


def kill_broker(scene: Scene, random: Random) -> None:
    scene.pool.kill_broker(forget=False)
    scene.pool.valkey.start()


def kill_broker_without_trace(scene: Scene, random: Random) -> None:
    scene.pool.kill_broker(forget=True)
    scene.pool.valkey.start()


def fill_broker(scene: Scene, random: Random) -> None:
    """The broker refuses every message for want of memory."""
    client = redis.Redis.from_url(scene.pool.valkey.url())
    client.config_set("maxmemory", "1mb")
    time.sleep(5)
    client.config_set("maxmemory", "0")


def restart_database(scene: Scene, random: Random) -> None:
    _restart(scene, signal.SIGINT)


def crash_database(scene: Scene, random: Random) -> None:
    _restart(scene, random.choice([signal.SIGQUIT, signal.SIGKILL]))


def _restart(scene: Scene, how: int) -> None:
    scene.pool.stop_database(how)
    time.sleep(1)
    scene.pool.postgres.start()


def cut_connections(scene: Scene, random: Random) -> None:
    with contextlib.suppress(psycopg.Error):
        scene.pool.cut_connections(random)


def exhaust_connections(scene: Scene, random: Random) -> None:
    """Every connection that the database grants is taken, for some seconds."""
    taken = []
    with contextlib.suppress(psycopg.OperationalError):
        while True:
            taken.append(psycopg.connect(scene.pool.postgres.url(), connect_timeout=2))
    time.sleep(5)
    for connection in taken:
        connection.close()


def lock_tables(scene: Scene, random: Random) -> None:
    """Somebody holds a lock on the claims for some seconds."""
    with scene.pool.database() as database, database.transaction():
        database.execute("LOCK TABLE talent_claim, articles_snapshot IN ACCESS EXCLUSIVE MODE")
        time.sleep(5)


def deliver_twice(scene: Scene, random: Random) -> None:
    switch(TWICE).touch()


def outlast_visibility(scene: Scene, random: Random) -> None:
    """Reading takes longer than the broker waits for an answer, then longer than the lease."""
    visibility, lease = (float(os.environ[name]) for name in ("CHAOS_VISIBILITY_SECONDS", "LEASE_SECONDS"))
    for seconds in (visibility + 1, lease + 1):
        switch(SLOW).write_text(str(seconds))
        time.sleep(seconds * 1.5)
    switch(SLOW).unlink()


def wrong_clocks(scene: Scene, random: Random) -> None:
    """Two more workers join, two hours ahead and two hours behind."""
    for name, offset in (("ahead", "7200"), ("behind", "-7200")):
        like = scene.pool.workers[0]
        words = [*like.words[:2], f"{name}@chaos", *like.words[3:]]
        env = {**like.env, "CHAOS_CLOCK": offset}
        helper = Member(name, words, log=like.log.with_name(f"{name}.log"), env=env, guard=like.guard)
        scene.pool.keep(helper)
        scene.helpers.append(helper)


def move_database_clock(scene: Scene, random: Random) -> None:
    """The database's clock jumps an hour: seen from the rows, every time in them does, the other way."""
    shift = random.choice(["1 hour", "-1 hour"])
    with scene.pool.database() as database:
        for table in ("articles_snapshot", "articles_article"):
            database.execute(
                f"UPDATE {table} SET taken_until = taken_until + %s::interval, updated_at = updated_at + %s::interval"
                " WHERE state LIKE 'awaiting%%'",
                [shift, shift],
            )


def fill_disk(scene: Scene, random: Random) -> None:
    switch(FULL).touch()
    time.sleep(6)
    switch(FULL).unlink()


def double_beat(scene: Scene, random: Random) -> None:
    """A second beat runs beside the first, and the first is killed now and then."""
    if not scene.helpers:
        scene.helpers = list(scene.pool.extra)
        scene.pool.keep(scene.pool.extra[0])
    scene.pool.beat.kill()


def mixed(scene: Scene, random: Random) -> None:
    """One of the quick faults, at random."""
    random.choice([fault.strike for fault in FAULTS if fault.mixes])(scene, random)


FAULTS: tuple[Fault, ...] = (
    Fault("none", nothing, times=0, brief=True),
    Fault("worker killed (SIGKILL)", kill_worker, times=8, pause=2.5, mixes=True),
    Fault("pool child or parser killed", kill_child, times=25, pause=0.5, mixes=True),
    Fault("killed at each of 7 named points", kill_at_points, times=2, pause=7, mixes=True),
    Fault("worker restarted (SIGTERM)", terminate_worker, times=5, pause=2.5, mixes=True),
    Fault("broker emptied (FLUSHALL)", flush_broker, times=8, pause=1.2, mixes=True),
    Fault("broker stopped for a while", stop_broker, times=1, pause=1),
    Fault("broker killed, file kept", kill_broker, times=4, pause=1.5, mixes=True),
    Fault("broker killed, nothing kept", kill_broker_without_trace, times=3, pause=2, mixes=True),
    Fault("broker out of memory", fill_broker, times=2, pause=1),
    Fault("database restarted (fast)", restart_database, times=3, pause=3, mixes=True),
    Fault("database crashed (immediate, SIGKILL)", crash_database, times=3, pause=3, mixes=True),
    Fault("connections cut in a transaction", cut_connections, times=15, pause=0.7, mixes=True),
    Fault("no connection to be had", exhaust_connections, times=1),
    Fault("tables locked", lock_tables, times=1),
    Fault("every message delivered twice", deliver_twice, times=1, pause=0.1),
    Fault("delivered after the visibility time-out", outlast_visibility, times=1),
    Fault("workers' clocks two hours wrong", wrong_clocks, times=1),
    Fault("database's clock moved by an hour", move_database_clock, times=6, pause=1.5, mixes=True),
    Fault("archive's disk full", fill_disk, times=2, pause=1.5),
    Fault("two beats, one killed", double_beat, times=3, pause=2),
    Fault("poison article", nothing, times=1, poison=True),
    Fault("all of them, mixed", mixed, times=14, pause=1.5, brief=True, poison=True),
)
