"""One fault played through: articles are sent in, the fault strikes, and what stands in the end is compared."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import psycopg
import redis
from django.db import connection
from django.utils import timezone

from articles import ingest
from articles.models import Article, Snapshot
from articles.tasks import hand_on_snapshot
from talent.models import Claim
from tests.chaos.faults import Fault, Scene
from tests.chaos.hooks import FULL, POISON, SLOW, TWICE, switch
from tests.chaos.news import Story
from tests.knowledge import beliefs

WAITING = """
    SELECT (SELECT count(*) FROM articles_snapshot WHERE state LIKE 'awaiting%'),
           (SELECT count(*) FROM articles_article WHERE state = 'awaiting_extraction'),
           (SELECT count(*) FROM articles_article WHERE state = 'recorded'),
           (SELECT count(*) FROM articles_snapshot WHERE state = 'failed')
           + (SELECT count(*) FROM articles_article WHERE state = 'failed')
"""
POISONED = f"Ada Whitfield has left Meta to join OpenAI, people said. The bottle says: {POISON}."
# A play is over when nothing waits, or when nothing has moved for so long; how long a busy machine takes is no fault.
# The bounded tries of the poison are tries by leases.
PATIENCE_SECONDS = 150.0


@dataclass
class Outcome:
    """What one fault did: how often it struck, what was lost and doubled, and how long it took until all was done."""

    name: str
    struck: int
    articles: int
    lost: int
    doubled: int
    failed: int
    seconds: float
    # From the end of the last strike: until the next article was done, and until all were.
    first: float
    last: float
    unlike: list[str] = field(default_factory=list)
    believed: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return not (self.lost or self.doubled or self.failed or self.unlike)


def play(
    fault: Fault, scene: Scene, stories: Sequence[Story], *, times: int, random: Random, spread: float,
    known: list[str] | None,
) -> Outcome:  # fmt: skip
    """Plays a fault; ``known`` is what is believed without it."""
    reset(scene)
    begun = time.monotonic()
    client = Client(scene, stories, random=random, spread=spread, poison=fault.poison)
    client.start()
    for _ in range(times):
        time.sleep(random.uniform(0.5, 1.5) * fault.pause)
        fault.strike(scene, random)
    _let_die()
    ended = time.monotonic()
    first, last, done = _wait(scene, client, ended)
    for name in (TWICE, SLOW, FULL):
        switch(name).unlink(missing_ok=True)
    while scene.helpers:
        scene.pool.let_go(scene.helpers.pop())
    believed, failed = dump(), _failed(expected=int(fault.poison))
    lost, doubled = _differences(known if known is not None else believed, believed)
    unlike = [] if done else ["did not come to an end"]
    return Outcome(
        fault.name, times, len(stories), len(lost), len(doubled), len(failed), time.monotonic() - begun, first, last,
        unlike + [f"lost: {line}" for line in lost[:3]] + [f"new: {line}" for line in doubled[:3]] + failed[:3],
        believed,
    )  # fmt: skip


def _let_die() -> None:
    """The fault lasts until everybody has died who was to die at a point, or nobody comes there any more."""
    end = time.monotonic() + 20
    while time.monotonic() < end and any(switch("points").iterdir()):
        time.sleep(0.1)
    for token in switch("points").iterdir():
        token.unlink(missing_ok=True)


def reset(scene: Scene) -> None:
    """Empties the ledger and the broker; the workers stay."""
    for token in switch("points").iterdir():
        token.unlink(missing_ok=True)
    with scene.pool.database() as database:
        tables = "SELECT tablename FROM pg_tables WHERE tablename ~ '^(articles|talent)_' AND schemaname = 'public'"
        names = [row[0] for row in database.execute(tables).fetchall() if row[0] not in _KEPT]
        _truncate(database, names)
    redis.Redis.from_url(scene.pool.valkey.url()).flushall()


def _truncate(database: psycopg.Connection[Any], names: Sequence[str]) -> None:
    """Waits for workers that are still at the fault before: they hold their tables in another order."""
    for _ in range(20):
        with contextlib.suppress(psycopg.errors.DeadlockDetected):
            database.execute(f"TRUNCATE {', '.join(names)}")
            return
    raise RuntimeError("The tables cannot be emptied: workers hold them.")


# Filled by migrations, or signs of the workers' lives.
_KEPT = {"talent_eventcounter", "talent_pulse"}


class Client(threading.Thread):
    """Sends articles in, as feeds, uploads and other programs do: what was not accepted is sent again."""

    def __init__(self, scene: Scene, stories: Sequence[Story], *, random: Random, spread: float, poison: bool) -> None:
        super().__init__(daemon=True)
        self.scene, self.pause, self.poison = scene, spread / max(len(stories), 1), poison
        self.stories = random.sample(list(stories), len(stories))
        self.refused = 0

    def run(self) -> None:
        if self.poison:
            self._until_accepted(lambda: self._file(POISONED.encode(), "poison"))
        for story in self.stories:
            self._until_accepted(lambda story=story: self._send(story))  # type: ignore[misc]
            time.sleep(self.pause)
        connection.close()

    def _until_accepted(self, send: Any) -> None:
        while True:
            try:
                send()
            except Exception:
                self.refused += 1
                connection.close()
                time.sleep(0.3)
            else:
                return

    def _send(self, story: Story) -> None:
        if story.fetched:
            address = self.scene.site.address(story)
            hand_on_snapshot(ingest.submit_address(address, now=timezone.now()).snapshot)
        else:
            self._file(story.text(), f"story-{story.number}.txt")

    def _file(self, body: bytes, name: str) -> None:
        hand_on_snapshot(ingest.submit_bytes(body, name, now=timezone.now(), content_type="text/plain").snapshot)


def _wait(scene: Scene, client: Client, ended: float) -> tuple[float, float, bool]:
    """Seconds from the fault's end until something was done again, and until nothing waits any more; whether it came
    to that."""
    first: float | None = None
    before, seen, moved, done = -1, None, ended, False
    while not done and time.monotonic() - moved < PATIENCE_SECONDS:
        try:
            with scene.pool.database() as database:
                row = database.execute(WAITING).fetchone()
        except psycopg.Error:
            time.sleep(0.2)
            continue
        assert row
        parsed, unread, recorded, _ = row
        if row != seen:
            seen, moved = row, time.monotonic()
        before = recorded if before < 0 else before
        if first is None and recorded > before:
            first = time.monotonic() - ended
        done = not client.is_alive() and not parsed and not unread
        time.sleep(0.1)
    last = time.monotonic() - ended
    return min(first if first is not None else 0.0, last), last, done


def dump() -> list[str]:
    """All that is believed, a line each, without numbers of rows or times of work."""
    connection.close()
    articles = Article.objects.filter(state="recorded").order_by("content_hash")
    of_article = ("public_id", "content_hash", "title", "language", "address", "published_at", "source__slug",
                  "original__public_id")  # fmt: skip
    of_claim = ("key", "public_id", "kind", "value", "status", "date", "quote", "start", "end", "prefix", "suffix",
                "attribution", "origin", "review", "confidence", "article__public_id")  # fmt: skip
    lines = [("article", row) for row in articles.values(*of_article)]
    lines += [("claim", row) for row in Claim.objects.order_by("key").values(*of_claim)]
    for noun, rows in json.loads(beliefs()).items():
        lines += [(noun, row) for row in rows]
    return [f"{noun} {json.dumps(row, default=str, ensure_ascii=False, sort_keys=True)}" for noun, row in lines]


def _differences(known: list[str], believed: list[str]) -> tuple[list[str], list[str]]:
    before, now = Counter(known), Counter(believed)
    return list((before - now).elements()), list((now - before).elements())


def _failed(*, expected: int) -> list[str]:
    """Rows that wait for an operator's hand; the poison must be among them, and is no surprise."""
    failed = [f"failed: {row.address}: {row.error}" for model in (Snapshot, Article)
              for row in model.objects.filter(state="failed").only("address", "error")]  # fmt: skip
    poisoned = [line for line in failed if "poison" in line and "each of which ended the worker" in line]
    if len(poisoned) != expected:
        return [*failed, "the poison was not given up"]
    return [line for line in failed if line not in poisoned]
