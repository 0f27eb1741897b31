"""The command line of the embedded services."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from config.services import Postgres, Server, ServiceError, Valkey, start, stop


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.services", description=__doc__)
    parser.add_argument("command", choices=["start", "stop", "status"])
    parser.add_argument("--dir", type=Path, help="the folder of their data (VAR_DIR by default)")
    options = parser.parse_args()
    var_dir: Path = (options.dir or _var_dir()).resolve()
    try:
        if options.command == "start":
            start(var_dir)
        if options.command == "stop":
            stop(var_dir)
    except ServiceError as error:
        print(error, file=sys.stderr)  # noqa: T201 -- a command line
        return 1
    for server in (Postgres(var_dir / "postgres"), Valkey(var_dir / "valkey")):
        print(_line(server))  # noqa: T201 -- a command line
    return 0


def _var_dir() -> Path:
    from config import settings

    return settings.VAR_DIR


def _line(server: Server) -> str:
    pid = server.pid()
    return f"{server.name}: runs as process {pid}, {server.url()}" if pid else f"{server.name}: stopped"


sys.exit(main())
