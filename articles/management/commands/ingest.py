"""``manage.py ingest``: hands files, folders, addresses and standard input to the same stages as the admin's form."""

from __future__ import annotations

import logging
import os
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from articles import ingest, outcomes, tasks
from articles.exceptions import IntakeError, NotADocument
from articles.models import Snapshot
from articles.outcomes import Outcome, Verdict

PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
TEXTS = frozenset({".txt", ".text", ".md"})
# What is told by its bytes wherever it comes from; in a folder these endings are looked for.
OTHERS = frozenset({".pdf", ".epub", ".mht", ".mhtml", ".eml", ".mbox"})
_LABELS = {**dict.fromkeys(PAGES, "text/html"), **dict.fromkeys(TEXTS, "text/plain")}
# Without a sign of life for so long, no worker is there.
PATIENCE_SECONDS = 5.0
POLL_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to submit, under the name by which the operator knows it."""

    name: str
    path: Path | None = None
    address: str = ""


class Command(BaseCommand):
    help = (
        "Ingest articles: HTML pages, texts, PDF, EPUB, saved pages (MHTML), letters (.eml) and boxes of them (mbox), "
        "folders of these, web addresses, or - for standard input. "
        "Doing it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="+", metavar="PATH|URL|-", help="a file, a folder, an address, or -")
        parser.add_argument("--no-wait", action="store_true", help="leave the rest to the workers and return")
        parser.add_argument("--inline", action="store_true", help="do all the work in this process, without a worker")
        parser.add_argument("--sample", action="store_true", help="mark the articles as samples, not as news")

    def handle(self, *args: Any, **options: Any) -> None:
        """Submits everything, waits for it, and reports; fails where a single document failed."""
        self.counts: Counter[str] = Counter()
        items = list(self._items(options["what"]))
        self.bar = tqdm(total=len(items), unit="article", disable=None, leave=False)
        with self.bar, ExitStack() as stack:
            stack.enter_context(_quiet())
            if options["inline"]:
                stack.enter_context(_inline())
            waiting = self._submit(items, sample=options["sample"])
            try:
                if not options["no_wait"]:
                    self._wait(waiting)
            except KeyboardInterrupt:
                self._say("Interrupted; what was submitted waits for the workers.")
        self._report(left=len(waiting))

    # ------------------------------------------------------------ finding

    def _items(self, arguments: list[str]) -> Iterator[Item]:
        for argument in arguments:
            if argument == "-":
                yield Item("standard input")
            elif "://" in argument:
                yield Item(argument, address=argument)
            elif Path(argument).is_dir():
                yield from self._in_folder(Path(argument))
            else:
                yield Item(argument, path=Path(argument))

    def _in_folder(self, folder: Path) -> Iterator[Item]:
        """The documents under the folder in order of their names; hidden files and other kinds are left out."""
        found, others = [], 0
        for root, folders, names in os.walk(folder, onerror=self._unreadable):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            visible = sorted(name for name in names if not name.startswith("."))
            pages = {Path(name).stem for name in visible if Path(name).suffix.lower() in PAGES}
            for name in visible:
                suffix = Path(name).suffix.lower()
                # A text beside a page of the same name is the same document again.
                if suffix in PAGES | OTHERS or (suffix in TEXTS and Path(name).stem not in pages):
                    found.append(Path(root, name))
                else:
                    others += 1
        if others:
            self.stdout.write(f"{folder}: {others} other files left out.")
        if not found:
            self._fail(str(folder), "The folder holds no page, text, PDF, EPUB or letter.")
        for path in found:
            yield Item(str(path), path=path)

    def _unreadable(self, error: OSError) -> None:
        self._fail(str(error.filename), f"The folder cannot be read: {error.strerror}.")

    # ------------------------------------------------------------ submitting

    def _submit(self, items: list[Item], *, sample: bool) -> dict[int, str]:
        """Submits the items; the snapshots that wait now, by number, with their addresses."""
        self.names: dict[int, str] = {}
        waiting: dict[int, str] = {}
        for item in items:
            try:
                for submission in _submissions(item, sample=sample):
                    self._submitted(item, submission, waiting)
            except (IntakeError, OSError) as error:
                self._fail(item.name, _reason(error))
                self.bar.update()
        return waiting

    def _submitted(self, item: Item, submission: ingest.Submission, waiting: dict[int, str]) -> None:
        snapshot = submission.snapshot
        for reason in submission.left_out:
            self._fail(item.name, reason)
        self.names[snapshot.pk] = item.name
        if submission.waits and snapshot.pk not in waiting:
            waiting[snapshot.pk] = snapshot.address
            tasks.hand_on_snapshot(snapshot)
            if current_app.conf.task_always_eager:
                self._collect(waiting, {snapshot.pk})
        else:
            self.counts[Verdict.UNCHANGED] += 1
            self.bar.update()

    # ------------------------------------------------------------ waiting

    def _wait(self, waiting: dict[int, str]) -> None:
        """Watches the rows until each has come to an end; does the work itself where no worker does."""
        lives = time.monotonic()
        while waiting:
            ended = self._collect(waiting, set(waiting))
            if not waiting:
                return
            if ended or outcomes.touched(waiting):
                lives = time.monotonic()
            elif time.monotonic() - lives > PATIENCE_SECONDS:
                if not _a_worker_answers():
                    self._do_it_here(waiting)
                lives = time.monotonic()
            time.sleep(POLL_SECONDS)

    def _do_it_here(self, waiting: dict[int, str]) -> None:
        self._say("No worker answers; the work is done in this process.")
        with _inline():
            for snapshot in Snapshot.objects.select_related("article").filter(pk__in=list(waiting)).order_by("pk"):
                tasks.hand_on_snapshot(snapshot)
                self._collect(waiting, {snapshot.pk})

    def _collect(self, waiting: dict[int, str], pks: set[int]) -> int:
        """Notes which of the snapshots have come to an end, and waits for them no longer; how many."""
        ended = list(outcomes.finished({pk: waiting[pk] for pk in pks}))
        for outcome in ended:
            waiting.pop(outcome.pk)
            self._note(outcome)
        return len(ended)

    # ------------------------------------------------------------ telling

    def _note(self, outcome: Outcome) -> None:
        self.bar.update()
        if outcome.verdict == Verdict.FAILED:
            self._fail(self.names[outcome.pk], outcome.reason)
        else:
            self.counts[outcome.verdict] += 1

    def _fail(self, name: str, reason: str) -> None:
        self.counts[Verdict.FAILED] += 1
        self._say(f"{name}: {' '.join(reason.split())}")

    def _say(self, line: str) -> None:
        """A line above the progress bar."""
        with tqdm.external_write_mode():
            self.stderr.write(line)

    def _report(self, *, left: int) -> None:
        counted = ", ".join(f"{self.counts[verdict]} {verdict}" for verdict in Verdict)
        self.stdout.write(f"{counted}{f', {left} left to the workers' if left else ''}.")
        if failed := self.counts[Verdict.FAILED]:
            raise CommandError(f"{failed} failed.")


def _submissions(item: Item, *, sample: bool) -> Iterator[ingest.Submission]:
    """The item submitted: once, or a box of letters piece by piece."""
    now = timezone.now()
    if item.address:
        yield ingest.submit_address(item.address, now=now)
    elif item.path is None:
        body = sys.stdin.buffer.read(settings.MAX_DOCUMENT_BYTES + 1)
        yield ingest.submit_bytes(body, "standard input", now=now, sample=sample)
    elif not item.path.is_file():
        raise NotADocument("There is no such file." if not item.path.exists() else "This is not a file.")
    else:
        label = _LABELS.get(item.path.suffix.lower(), "")
        with item.path.open("rb") as file:
            yield from ingest.submit_file(file, item.path.name, now=now, content_type=label, sample=sample)


def _reason(error: IntakeError | OSError) -> str:
    if isinstance(error, OSError):
        return f"The file cannot be read or kept: {error.strerror or error}."
    return str(error)


def _a_worker_answers() -> bool:
    try:
        return bool(current_app.control.ping(timeout=1.0))
    except Exception:
        # Whatever keeps the broker from answering, no worker will get a message through it.
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    """Leaves out what a server logs of each step: the bar and the lines about failures say it better."""
    loggers = [logging.getLogger(name) for name in ("articles", "talent", "django_structlog")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def _inline() -> Iterator[None]:
    """Tasks run in this process, at once, for as long as this lasts."""
    current_app.loader.import_default_modules()
    before = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = True
    try:
        yield
    finally:
        current_app.conf.task_always_eager = before
