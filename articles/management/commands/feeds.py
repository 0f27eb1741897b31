"""``manage.py feeds``: adds places to poll, lists them, polls one now, pauses and resumes."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.timesince import timesince, timeuntil

from articles import subscriptions, tasks
from articles.exceptions import IntakeError
from articles.models import Feed


class Command(BaseCommand):
    help = "Poll feeds, site maps and pages: add one, list them, poll now, pause, resume."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="poll this address from now on")
        add.add_argument("addresses", nargs="+", metavar="URL", help="RSS, Atom, JSON Feed, site map, or index of them")
        add.add_argument("--page", action="store_true", help="the address is itself the article, and changes")
        add.add_argument(
            "--since", type=_day, metavar="DATE", help="fetch articles from this day on; by default 30 days back"
        )
        acts.add_parser("list", help="show all of them and how they fare")
        for act, words in (
            ("poll", "poll these now, however soon it would be their time"),
            ("pause", "poll these no more until they are resumed"),
            ("resume", "poll these again, also what was given up as gone"),
        ):
            acts.add_parser(act, help=words).add_argument("feeds", nargs="+", metavar="NUMBER|URL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does one of the acts; fails, with the reason, where one of its feeds could not be served."""
        if options["act"] == "list":
            self._list()
        elif options["act"] == "add":
            self._add(options["addresses"], page=options["page"], since=options["since"])
        else:
            self._act(options["act"], options["feeds"])

    def _add(self, addresses: list[str], *, page: bool, since: datetime | None) -> None:
        if not settings.FETCH_CONTACT:
            self.stderr.write(
                "Set FETCH_CONTACT to an e-mail or web address, so that the owners of sites can reach you."
            )
        refused = 0
        for address in addresses:
            try:
                feed, new = subscriptions.add(address, now=timezone.now(), page=page, since=since)
            except IntakeError as error:
                self.stderr.write(f"{address}: {error}")
                refused += 1
                continue
            tasks.hand_on(tasks.POLL, feed.pk)
            state = "is polled from now on" if new else f"is known already, and {feed.get_state_display()}"
            self.stdout.write(f"{feed.pk}: {feed.address} {state}.")
        if refused:
            raise CommandError(f"{refused} could not be added.")

    def _list(self) -> None:
        feeds = Feed.objects.for_list().iterator(chunk_size=200)
        listed = False
        for feed in feeds:
            listed = True
            self.stdout.write(_in_words(feed))
        if not listed:
            self.stdout.write("No feed yet: manage.py feeds add URL")

    def _act(self, act: str, words: list[str]) -> None:
        unknown = []
        for word in words:
            if feed := subscriptions.find(word):
                self.stdout.write(_ACTS[act](feed))
            else:
                unknown.append(word)
        if unknown:
            raise CommandError(f"No such feed: {', '.join(unknown)}. manage.py feeds list shows their numbers.")


def _poll(feed: Feed) -> str:
    if not Feed.objects.with_maps(feed.pk).poll_now(timezone.now()):
        return f"{feed.pk}: {feed.get_state_display()}, so it is not polled; resume it first."
    tasks.hand_on(tasks.POLL, feed.pk)
    return f"{feed.pk}: a worker polls it as soon as {feed.host} may be asked."


def _pause(feed: Feed) -> str:
    Feed.objects.with_maps(feed.pk).pause()
    return f"{feed.pk}: paused."


def _resume(feed: Feed) -> str:
    Feed.objects.with_maps(feed.pk).resume(timezone.now())
    tasks.hand_on(tasks.POLL, feed.pk)
    return f"{feed.pk}: polled again from now on."


_ACTS = {"poll": _poll, "pause": _pause, "resume": _resume}


def _in_words(feed: Feed) -> str:
    """One feed in a few lines: what it is, how it fares, when it is polled next."""
    now = timezone.now()
    lines = [f"{feed.pk}: {feed} ({feed.get_kind_display()}, {feed.get_state_display()})"]
    if str(feed) != feed.address:
        lines.append(f"    {feed.address}")
    success = f"{timesince(feed.last_success_at, now)} ago" if feed.last_success_at else "never yet"
    lines.append(f"    last success {success}; {feed.entries_found} entries so far{_next(feed, now)}")
    if feed.error:
        lines.append(f"    last error: {feed.error}")
    if feed.quiet:
        lines.append("    gone quiet: nothing new for far longer than usual")
    if feed.changed_shape:
        lines.append(f"    changed shape: {feed.get_changed_shape_display()}")
    return "\n".join(lines)


def _next(feed: Feed, now: datetime) -> str:
    if feed.state != Feed.State.ACTIVE:
        return ""
    return f"; next poll in {timeuntil(feed.next_poll_at, now)}" if feed.next_poll_at > now else "; next poll now"


def _day(word: str) -> datetime:
    try:
        return datetime.strptime(word, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ArgumentTypeError(f"{word} is no day: write 2025-06-02.") from error
