"""When a run must end: somebody asks by a signal, the terminal is gone, or the process that started it is dead."""

from __future__ import annotations

import contextlib
import os
import select
import signal


class StopRequest:
    """Waits for the end. A signal's handler only writes a byte: it may come while any lock is held."""

    def __init__(self, *, parent: int | None) -> None:
        self._parent = parent
        self._terminals = [descriptor for descriptor in (0, 1, 2) if _is_terminal(descriptor)]
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        os.set_blocking(self._reading, False)

    def listen(self) -> None:
        """Take Ctrl-C, a polite kill and a closed terminal for a request; under `nohup` only the first two."""
        kept = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN and not self._terminals
        for kind in (signal.SIGINT, signal.SIGTERM, *(() if kept else (signal.SIGHUP,))):
            signal.signal(kind, lambda *_: self.ask())

    def ask(self) -> None:
        """Ask for the end."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._writing, b"x")

    def wait(self, seconds: float) -> bool:
        """Wait for at most so long; whether the run must end."""
        readable, _, _ = select.select([self._reading], [], [], seconds)
        return bool(readable) or self._abandoned()

    def reset(self) -> None:
        """Forget the requests so far, to notice an impatient second one."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._reading, 1024):
                pass

    def wait_for_another(self) -> None:
        """Wait until a signal comes, however long."""
        select.select([self._reading], [], [])

    def _abandoned(self) -> bool:
        if self._parent is not None and os.getppid() != self._parent:
            return True
        # The kernel tells a closed terminal to the leader of its session only, which may not pass it on.
        poll = select.poll()
        for terminal in self._terminals:
            poll.register(terminal, 0)
        return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0))


def _is_terminal(descriptor: int) -> bool:
    with contextlib.suppress(OSError):
        return os.isatty(descriptor)
    return False
