"""``manage.py export_warc``: what the archive holds as one WARC file, for other tools and for safekeeping."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone
from tqdm import tqdm

from articles.exceptions import ArchiveUnavailable
from articles.export import Exported, warc
from articles.models import Article, Snapshot, Source


class Command(BaseCommand):
    help = "Write the archived pages and files as a WARC file (.warc.gz), a record at a time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="where to write it, or - for standard output")
        parser.add_argument("--source", help="only articles of the outlet with this slug")
        parser.add_argument(
            "--article", action="append", default=[], metavar="ID", help="only this one; may be repeated"
        )
        parser.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="retrieved on this day or later")
        parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="retrieved on this day or earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file whole or not at all; fails where the archive could not give something."""
        wanted, done = _wanted(options), Exported()
        rows = tqdm(wanted.iterator(chunk_size=200), unit="snapshot", disable=None, leave=False)
        parts = warc(rows, software=settings.SITE_NAME, now=timezone.now(), done=done)
        with _output(options["file"]) as out:
            for part in parts:
                out.write(part)
        self.stderr.write(f"{done.records:,} snapshots, {done.bytes:,} bytes.")
        for line in done.missing:
            self.stderr.write(line)
        if done.missing:
            raise CommandError(f"{len(done.missing)} snapshots are not in the file.")


def _wanted(options: dict[str, Any]) -> QuerySet[Snapshot]:
    rows = Snapshot.objects.exclude(sha256="").order_by("pk")
    if slug := options["source"]:
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            raise CommandError(f"There is no outlet with the slug {slug}.")
        rows = rows.filter(article__source=source)
    if ids := options["article"]:
        unknown = set(ids) - set(Article.objects.filter(public_id__in=ids).values_list("public_id", flat=True))
        if unknown:
            raise CommandError(f"There is no article {', '.join(sorted(unknown))}.")
        rows = rows.filter(article__public_id__in=ids)
    if day := options["since"]:
        rows = rows.filter(retrieved_at__gte=datetime.combine(day, time(), UTC))
    if day := options["until"]:
        rows = rows.filter(retrieved_at__lt=datetime.combine(day + timedelta(days=1), time(), UTC))
    return rows


@contextmanager
def _output(name: str) -> Iterator[BinaryIO]:
    """The file, which is there under its name only when it is whole."""
    if name == "-":
        yield sys.stdout.buffer
        return
    target = Path(name)
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}.")
    handle, fresh = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with open(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).replace(target)
    except (OSError, ArchiveUnavailable) as error:
        Path(fresh).unlink(missing_ok=True)
        words = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise CommandError(f"The file cannot be written: {words}.") from error
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
