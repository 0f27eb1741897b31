"""``manage.py warc``: reads web archives shard by shard, by the workers or in this process."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles import harvest, jobs, tasks
from articles.clock import database_now
from articles.exceptions import IntakeError
from articles.fetch.ranges import Remote
from articles.management.commands.ingest import PATIENCE_SECONDS, POLL_SECONDS, _a_worker_answers, _inline, _quiet
from articles.models import Job


class Command(BaseCommand):
    help = (
        "Read web archives (WARC; plain, gzip or zstd), Common Crawl news among them, from files or web servers. "
        "Pages are sifted by their bytes, "
        "and those that may hold news are kept and read. Doing it again adds nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", nargs="*", metavar="WHERE", help="an archive: a path that every worker sees, or an http(s) address"
        )
        parser.add_argument("--all", action="store_true", help="keep every page, not only what the sift lets through")
        parser.add_argument("--no-wait", action="store_true", help="leave the rest to the workers and return")
        parser.add_argument("--inline", action="store_true", help="do all the work in this process, without a worker")
        parser.add_argument("--stop", type=int, metavar="JOB", help="have workers leave a job where it is")
        parser.add_argument("--resume", type=int, metavar="JOB", help="go on with a job that was stopped or failed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Starts, stops or resumes jobs; waits for those that run, and fails where one of them did."""
        if options["stop"] is not None:
            return self._stop(options["stop"])
        started = self._started(options)
        with _quiet():
            for job in started:
                if not options["inline"]:
                    tasks.hand_on_job(job)
            awaited = [] if options["no_wait"] else started
            failed = sum(not self._wait(job, inline=options["inline"]) for job in awaited)
        if failed:
            raise CommandError(f"{failed} failed.")
        return None

    def _started(self, options: dict[str, Any]) -> list[Job]:
        if (pk := options["resume"]) is not None:
            if not jobs.resume(pk, now=database_now()):
                raise CommandError(f"Job {pk} neither was stopped nor failed: there is nothing to go on with.")
            return [Job.objects.get(pk=pk)]
        if not options["what"]:
            raise CommandError("Name an archive: manage.py warc FILE.warc.gz")
        try:
            started = [harvest.submit(_found(name), sift=not options["all"]) for name in options["what"]]
        except IntakeError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The archive cannot be kept here: {error}.") from error
        for job in started:
            self.stdout.write(f"Job {job.pk}: {job.name}, {job.total:,} bytes in {job.shards.count()} shards.")
        return started

    def _stop(self, pk: int) -> None:
        if not jobs.stop(pk, now=database_now()):
            raise CommandError(f"Job {pk} does not run.")
        self.stdout.write(f"Job {pk} stops; manage.py warc --resume {pk} goes on with it.")

    def _wait(self, job: Job, *, inline: bool) -> bool:
        """Watches the job's row until it ends; does the work itself where no worker does. Whether it went well."""
        lives, seen = time.monotonic(), job.heartbeat_at
        with tqdm(total=job.total, unit="B", unit_scale=True, desc=job.name[:30], disable=None, leave=False) as bar:
            while job.state == Job.State.RUNNING:
                if inline:
                    self._do_it_here(job)
                elif time.monotonic() - lives > PATIENCE_SECONDS:
                    inline = not _a_worker_answers()
                    lives = time.monotonic()
                else:
                    time.sleep(POLL_SECONDS)
                job.refresh_from_db()
                bar.update(job.done - bar.n)
                if job.heartbeat_at != seen:
                    lives, seen = time.monotonic(), job.heartbeat_at
        return self._report(job)

    def _do_it_here(self, job: Job) -> None:
        """One waiting shard, or a moment's rest where each is held or waits for its next try."""
        waiting = jobs.waiting(job.pk, now=database_now())
        if not waiting:
            time.sleep(POLL_SECONDS)
            return
        with _inline():
            tasks.hand_on(tasks.HARVEST, waiting[0])

    def _report(self, job: Job) -> bool:
        counts = job.counts
        names = ("records", "pages", "dismissed", "new", "known", "refused", "failed", "malformed")
        said = ", ".join(f"{counts[name]:,} {name}" for name in names if counts.get(name))
        self.stdout.write(f"{job.name}: {job.get_state_display()}; {said or 'nothing in it'}.")
        for reason, number in sorted(counts.get("reasons", {}).items(), key=lambda pair: -pair[1]):
            self.stdout.write(f"  {number:,}: {reason}")
        if job.error:
            self.stderr.write(job.error)
        return job.state == Job.State.DONE


def _found(name: str) -> Path | Remote:
    """Whole files that a server hands out lie in the folder of everything that the site writes, which workers share."""
    if name.lower().startswith(("http://", "https://")):
        return harvest.from_web(name, settings.VAR_DIR / "webarchives")
    return Path(name)
