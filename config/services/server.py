"""What the embedded servers share: a folder, a lock, a socket nobody else can open, and the errors worth a sentence."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# The path of a Unix socket holds at most 107 bytes; the longest file name in the folder is ".s.PGSQL.5432".
LONGEST_SOCKET_DIR = 90


class ServiceError(Exception):
    """A server cannot run; the message says in one sentence why and what to do."""


class Server:
    """One embedded server: its files lie in `root`, its socket in `socket_dir`."""

    name = "server"

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.log = self.root / "server.log"
        self.socket_dir = _socket_dir(self.root)

    def url(self) -> str:
        """The address a client connects to."""
        raise NotImplementedError

    def pid(self) -> int | None:
        """The server's process, where it is really alive and really ours."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Whether the server answers now."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the server and wait until it answers; one that runs already is left as it is."""
        with explained(self.root), self.lock():
            if not self.ready():
                self.launch()

    def launch(self) -> None:
        """Start the server, knowing that nobody else is doing so."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop the server cleanly, and by force after 30 seconds."""
        if not self.root.exists():
            return
        with explained(self.root), self.lock():
            for kind, seconds in ((self.stop_signal, 30.0), (signal.SIGKILL, 5.0)):
                if (pid := self.pid()) is None:
                    return
                os.kill(pid, kind)
                wait_until(lambda: self.pid() is None, seconds=seconds)

    stop_signal = signal.SIGTERM

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other starters out; the kernel frees the lock when its holder dies."""
        self.root.mkdir(parents=True, exist_ok=True)
        with open(self.root / "lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def make_socket_dir(self, *, owner: int) -> None:
        """Make the socket's folder, which may lie in the public temporary folder, private to `owner`."""
        self.socket_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.socket_dir.is_symlink() or self.socket_dir.stat().st_uid not in {os.geteuid(), owner}:
            raise ServiceError(f"{self.socket_dir} belongs to another user: remove it, or shorten VAR_DIR.")
        self.socket_dir.chmod(0o700)

    def log_tail(self, *, since: int = 0) -> str:
        """What the server wrote to its log after byte `since`."""
        with contextlib.suppress(OSError), open(self.log, errors="replace") as file:
            file.seek(since)
            return file.read()
        return ""


def _socket_dir(root: Path) -> Path:
    beside = root / "run"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_DIR:
        return beside
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"talent-ledger-{os.getuid()}-{digest}"
    if len(os.fsencode(short)) <= LONGEST_SOCKET_DIR:
        return short
    return Path("/tmp") / short.name  # noqa: S108 -- made with mode 0700, and refused when it belongs to somebody else


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Ask `condition` again and again for at most `seconds`; whether it came true."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals about `folder` into sentences."""
    try:
        yield
    except OSError as error:
        raise ServiceError(explain(error, folder)) from error


def full(folder: Path) -> str:
    """The sentence for a full disk."""
    return f"The disk that holds {folder} is full: free some space, or set VAR_DIR to a folder on another disk."


def explain(error: OSError, folder: Path) -> str:
    """One sentence about a refusal of the operating system: what is wrong, and what to do."""
    where = error.filename or folder
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return full(folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"This user may not write {where}: run as the folder's owner, or set VAR_DIR to a folder of your own."
    if error.errno in {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
        return f"{where} is in the way of the folder {folder}: move it away, or set VAR_DIR to another folder."
    return f"{folder} cannot be used ({error.strerror or error}): set VAR_DIR to another folder."
