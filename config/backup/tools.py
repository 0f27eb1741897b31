"""PostgreSQL's own programs for dumping and restoring: of the machine, or of the embedded server's wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from config.backup.sets import BackupError
from config.services.postgres import bindir
from config.services.server import ServiceError

# From this version on, programs set a parameter that older servers refuse.
_SAYS_TIMEOUT = 17
_WHERE = frozenset({"host", "hostaddr", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey"})


def dump_database(target: Path, *, connection: psycopg.Connection, snapshot: str) -> int:
    """Writes the database as it was when ``snapshot`` was exported, in the custom format; the program's version."""
    major = server_major(connection)
    found, program = _fitting("pg_dump", major, server=major)
    arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"]
    _run(program, *arguments, connection=connection)
    return found


def load_database(source: Path, *, connection: psycopg.Connection, written_by: int) -> None:
    """Puts a dump into the empty database, all of it or nothing."""
    major = server_major(connection)
    _, program = _fitting("pg_restore", max(written_by, major), server=major)
    arguments = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(source)]
    _run(program, *arguments, connection=connection)


def server_major(connection: psycopg.Connection) -> int:
    """The server's major version."""
    return connection.info.server_version // 10_000


def _fitting(name: str, oldest: int, *, server: int) -> tuple[int, str]:
    """The oldest program that is not older than ``oldest``, and says nothing that the server does not know."""
    found = sorted(_programs(name))
    for version, path in found:
        if version >= oldest and not server < _SAYS_TIMEOUT <= version:
            return version, path
    here = ", ".join(str(version) for version, _ in found) or "none"
    raise BackupError(
        f"The server is PostgreSQL {server}, which {name} {oldest} serves (here: {here}): "
        f"install postgresql-client-{oldest}."
    )


@cache
def _programs(name: str) -> frozenset[tuple[int, str]]:
    folders = [str(path) for path in Path("/usr/lib/postgresql").glob("*/bin")]
    try:
        folders.append(str(bindir()))
    except ServiceError:
        pass  # no wheel on this machine
    paths = {shutil.which(name), *(shutil.which(name, path=folder) for folder in folders)}
    return frozenset((version, path) for path in paths if path and (version := _version(path)))


def _version(path: str) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else None


def _run(program: str, *arguments: str, connection: psycopg.Connection) -> None:
    """Runs a program against the connection's database. The password goes by the environment, where no list of
    processes shows it."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    if connection.info.password:
        environment["PGPASSWORD"] = connection.info.password
    # Of the rest, an older program may not know every word.
    where = {name: value for name, value in connection.info.get_parameters().items() if name in _WHERE}
    command = [program, f"--dbname={make_conninfo(**where)}", *arguments]
    done = subprocess.run(  # noqa: S603 -- the words are ours
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", env=environment
    )
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if "error:" in line] or done.stderr.splitlines()
        reason = re.sub(r"^.*?error:\s*", "", said[0]).rstrip(".") if said else f"it left with {done.returncode}"
        raise BackupError(f"{Path(program).name} failed: {reason}.")
