"""Puts one server under load for some seconds, from this machine to this machine, and counts the answers.

By wrk where it is installed, else by this file in a process of its own, which costs the server more of the processor:
`python -m bench.serving.load BASE FILE CONNECTIONS SECONDS`.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from bench.machine import ROOT

_SCRIPT = """
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local at = tonumber(os.getenv("BEGIN"))
request = function()
  at = at + 1
  return wrk.format("GET", paths[(at - 1) % #paths + 1])
end
done = function(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format("RESULT %d %d %.3f %.3f %d\\n", summary.requests, summary.duration,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    failed.status + failed.timeout + failed.connect + failed.read + failed.write))
end
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers a second, milliseconds until one was there, and how many were none."""

    rate: float
    median: float
    slow: float
    failed: int


@cache
def generator() -> str:
    """What sends the requests."""
    return "wrk" if shutil.which("wrk") else "own client"


def press(base: str, paths: Sequence[str], *, connections: int, seconds: float, begin: int = 0) -> Measured:
    """Asks for the paths in turn, beginning with the one of that number."""
    if urlsplit(base).hostname != "127.0.0.1":
        raise ValueError(f"{base} is not this machine.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "paths")
        file.write_text("\n".join(paths) + "\n", encoding="utf-8")
        script = Path(folder, "script.lua")
        script.write_text(_SCRIPT, encoding="utf-8")
        own = [sys.executable, "-m", "bench.serving.load", base, str(file), str(connections), str(seconds), str(begin)]
        wrk = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "-s", str(script)]
        command = [*wrk, base] if generator() == "wrk" else own
        known = {"PATHS": str(file), "BEGIN": str(begin), "PATH": "/usr/bin:/bin:/usr/local/bin"}
        done = subprocess.run(command, capture_output=True, text=True, env=known, cwd=ROOT, timeout=seconds + 90)
    found = re.search(r"RESULT (\S+) (\S+) (\S+) (\S+) (\S+)", done.stdout)
    if found is None:
        raise SystemExit(f"No load could be made: {done.stderr.strip()[-500:]}")
    number, microseconds, median, slow, failed = map(float, found.groups())
    return Measured(number / microseconds * 1e6, median, slow, int(failed))


# ------------------------------------------------------------------ the own client


async def _ask(base: str, paths: cycle[str], until: float, took: list[float]) -> int:
    """One connection that is kept open; how many answers were not right."""
    parts = urlsplit(base)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    failed = 0
    while (began := time.perf_counter()) < until:
        writer.write(f"GET {next(paths)} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length:
            await reader.readexactly(int(length[1]))
        failed += b" 200 " not in head[:15]
        took.append(time.perf_counter() - began)
    writer.close()
    return failed


async def _all(base: str, paths: list[str], connections: int, seconds: float, begin: int) -> None:
    took: list[float] = []
    turn = cycle(paths[begin % len(paths) :] + paths[: begin % len(paths)])
    start = time.perf_counter()
    failed = sum(await asyncio.gather(*(_ask(base, turn, start + seconds, took) for _ in range(connections))))
    spent = (time.perf_counter() - start) * 1e6
    cuts = statistics.quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    print(f"RESULT {len(took)} {spent:.0f} {cuts[49] * 1000:.3f} {cuts[98] * 1000:.3f} {failed}")


if __name__ == "__main__":
    _base, _file, *_numbers = sys.argv[1:]
    _connections, _seconds, _begin = int(_numbers[0]), float(_numbers[1]), int(_numbers[2])
    asyncio.run(_all(_base, Path(_file).read_text(encoding="utf-8").split("\n")[:-1], _connections, _seconds, _begin))
