"""Web archives as jobs: a file is cut into shards, and each worker sifts the shard it holds and keeps what is news.

Pages are written in batches, each in one transaction with the shard's new position: whoever goes on after a crash
begins behind the last page that was written. Nothing here enqueues a task.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from articles import addresses, archive, bulk, jobs
from articles.bulk import Item
from articles.clock import database_now
from articles.exceptions import (
    FileElsewhere,
    IntakeError,
    LostShard,
    NotADocument,
    ParserStopped,
    RefusedAddress,
    TooLarge,
)
from articles.fetch import ranges
from articles.fetch.ranges import Remote
from articles.jobs import Hold
from articles.models import Job, Snapshot
from articles.packing import CUT_OFF
from articles.parse import ParsedArticle, ParserFailed, parse_safely
from articles.sift import worth_reading
from articles.trouble import at_home
from articles.warc import Page, Place, Reader, Tally, cut, size_of

log = structlog.get_logger(__name__)

# A second or two of sifting; small enough that the last shard keeps nobody waiting.
SHARD_BYTES = 64_000_000
# Pages that are written together, and from how many characters of them on they are fewer.
BATCH, BATCH_BYTES = 50, 32_000_000
# So often the place is noted where nothing is kept: what a server sent need not be sent again.
STRIDE = 16_000_000
# The Web's first day: no crawler was there before.
_FIRST_DAY = datetime(1991, 8, 6, tzinfo=UTC)
_SLACK = timedelta(days=1)
_STRANGE = re.compile(r"[^\w.-]")
_KEPT_HEADERS = frozenset({"content-language", "content-type", "date", "etag", "last-modified", "server"})


@dataclass(slots=True)
class Handed:
    """What a stretch of work left to do: articles that wait to be read, and whether the shard goes on."""

    waiting: list[int] = field(default_factory=list)
    more: bool = False


def submit(where: Path | Remote, *, user: Any = None, sift: bool = True, shard_bytes: int = SHARD_BYTES) -> Job:
    """A job for one archive; NotADocument where the file is none. Every worker must find it under the same path, or
    reach its server."""
    options: dict[str, Any] = {"sift": sift}
    if isinstance(where, Remote):
        address, name = where.address, _name(where.address)
        options |= {"tag": where.tag, "magic": where.magic.hex()}
    else:
        where = where.resolve()
        if not where.is_file():
            raise NotADocument(f"There is no file {where}.")
        address, name = str(where), where.name
    ranges = cut(where, shard_bytes)
    size = size_of(where)
    return jobs.start(
        Job.Kind.WARC,
        name,
        unit="bytes",
        total=size,
        address=address,
        options={"size": size, **options},
        user=user,
        ranges=ranges,
    )


def from_web(address: str, folder: Path) -> Path | Remote:
    """An archive on a web server, to be submitted: read from there where the server hands out pieces of it, or else
    downloaded into ``folder`` whole, where it stays. Raises an IntakeError."""
    if (remote := ranges.look(address)) is not None:
        return remote
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(address.encode()).hexdigest()[:12] + "-" + _STRANGE.sub("_", _name(address))[-80:]
    handle, fresh = tempfile.mkstemp(prefix=".", dir=folder)
    try:
        with open(handle, "wb") as file:
            ranges.download(address, file.write)
        return Path(fresh).replace(folder / name)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2] or address


def run_shard(pk: int, *, now: datetime, enough: Callable[[], bool] = lambda: False) -> Handed:
    """Works on a waiting shard until it is over or ``enough`` says so; nothing where another worker holds it."""
    handed = Handed()
    hold = jobs.take(pk, now=now)
    if hold is None:
        return handed
    harvest = None
    try:
        harvest = _Harvest(hold, handed)
        handed.more = harvest.run(enough)
    except LostShard as error:
        log.warning("shard left to another worker", shard=pk, reason=str(error))
    except Exception as error:
        if at_home(error):
            raise  # the lease gives the shard back
        log.warning("shard failed", shard=pk, exc_info=error)
        jobs.fail(harvest.hold if harvest else hold, error, now=database_now())
    return handed


class _Harvest:
    """One worker's work on one shard."""

    def __init__(self, hold: Hold, handed: Handed) -> None:
        self.hold, self.handed = hold, handed
        job, shard = hold.shard.job, hold.shard
        self._sift: bool = job.options.get("sift", True)
        self._reader = Reader(_file(job, until=shard.end), start=Place(shard.position, shard.within), end=shard.end)
        self._written = shard.position
        self._latest = database_now() + _SLACK
        self._items: list[Item] = []
        self._size = 0
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def run(self, enough: Callable[[], bool]) -> bool:
        """Whether something is left of the shard."""
        for page in self._reader:
            self._counts["pages"] += 1
            if self._sift and not worth_reading(page.body):
                self._counts["dismissed"] += 1
            else:
                self._keep(page)
            if len(self._items) >= BATCH or self._size >= BATCH_BYTES or page.place.offset > self._written + STRIDE:
                self._write()
            if enough():
                self._write()
                jobs.free(self.hold, now=database_now())
                return True
        self._write(over=True)
        return False

    def _keep(self, page: Page) -> None:
        """Parses the page and has it written; counts, with the reason, what is not to be kept."""
        try:
            snapshot, body = self._snapshot(page)
            known = bulk.is_known(snapshot)
            parsed = None if known else self._parsed(snapshot, body)
        except IntakeError as error:
            self._counts["refused"] += 1
            self._reasons[str(error)] += 1
            return
        if not known:
            archive.put(body)
        self._items.append(Item(snapshot, parsed))
        self._size += len(parsed.text) if parsed else 0

    def _parsed(self, snapshot: Snapshot, body: bytes) -> ParsedArticle | None:
        """What the page holds; None, noted on the snapshot, where the parser broke on it."""
        try:
            return parse_safely(body, snapshot.content_type, snapshot.address, retrieved_at=snapshot.retrieved_at)
        except (ParserFailed, ParserStopped) as error:
            # It is kept for another try, or for an operator to see.
            self._counts["failed"] += 1
            snapshot.state = Snapshot.State.FAILED if error.permanent else Snapshot.State.AWAITING_PARSE
            snapshot.error, snapshot.failed_for_good, snapshot.attempts = str(error)[:2000], error.permanent, 1
            return None

    def _snapshot(self, page: Page) -> tuple[Snapshot, bytes]:
        body = bytes(page.body)
        if len(body) > settings.MAX_DOCUMENT_BYTES:
            raise TooLarge("The page is larger than a page may be.")
        when = page.retrieved_at()
        if when is None or not _FIRST_DAY <= when <= self._latest:
            raise NotADocument("The record has no date that can be true.")
        try:
            address = addresses.check(page.address, allow_private=settings.FETCH_ALLOW_PRIVATE)
        except RefusedAddress as error:
            raise RefusedAddress("The record's address is none of the public Web.") from error
        headers = {name: value[:1000] for name, value in page.headers().items() if name in _KEPT_HEADERS}
        snapshot = Snapshot(
            address=address,
            final_address=address,
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
            content_type=headers.get("content-type", "")[:200],
            http_status=200,
            headers=headers,
            retrieved_at=when,
            checked_at=when,
            state=Snapshot.State.AWAITING_PARSE,
        )
        return snapshot, body

    def _write(self, *, over: bool = False) -> None:
        """Commits what was kept since the last time, with the place from which the shard goes on."""
        shard, place = self.hold.shard, self._reader.place
        before, behind = min(shard.position, shard.end), shard.end if over else min(place.offset, shard.end)
        with transaction.atomic():
            stored = bulk.store_many(self._items)
            self._note_damage(shard.job_id)
            self.hold = jobs.advance(
                self.hold,
                position=max(place.offset, behind),
                within=place.within,
                done=behind - before,
                counts=self._counted(stored.counts),
                over=over,
                now=database_now(),
            )
        self.handed.waiting += stored.waiting
        self._items, self._size = [], 0
        self._written = self.hold.shard.position

    def _counted(self, stored: Counter[str]) -> dict[str, Any]:
        """What was counted since the last time; the counters begin anew."""
        tally, self._reader.tally = self._reader.tally, Tally()
        counts: dict[str, Any] = {**(self._counts + stored), "records": tally.records}
        if malformed := tally.malformed:
            counts["malformed"] = sum(malformed.values())
        counts["reasons"] = dict(malformed + self._reasons)
        self._counts, self._reasons = Counter(), Counter()
        return counts

    def _note_damage(self, job: int) -> None:
        """A file that is not whole is told on the job itself: what it lacks can be had."""
        if CUT_OFF in self._reader.tally.malformed:
            Job.objects.filter(pk=job).update(
                error="The file is cut off: its last record has no end. What it holds was read; download it again, "
                "and submit it once more for the rest."
            )


def _file(job: Job, *, until: int) -> Path | Remote:
    """The archive, if this machine sees it and it is still the one that was cut into shards."""
    if job.address.startswith(("http://", "https://")):
        options = job.options
        return Remote(job.address, options["size"], options["tag"], bytes.fromhex(options["magic"]), until)
    path = Path(job.address)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise FileElsewhere(
            f"This machine cannot read {path} ({error.strerror}): keep archives where every worker sees them "
            "under the same path."
        ) from error
    if size != job.options["size"]:
        raise NotADocument(f"{path} is another file than when the job began: submit it as a new job.")
    return path
