"""`make chaos`: plays every fault on real workers and prints what was lost, doubled, and how long it took."""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
    "FETCH_ALLOW_PRIVATE": "1",
    "FETCH_DELAY_SECONDS": "0",
    "FETCH_TIMEOUT_SECONDS": "5",
    "LEASE_SECONDS": "8",
    "RETRY_SECONDS": "1",
    "SWEEP_SECONDS": "1",
    "SWEEP_AFTER_SECONDS": "3",
    "WORKER_STUCK_SECONDS": "12",
    "CHAOS_VISIBILITY_SECONDS": "5",
    "MAX_ATTEMPTS": "4",
    "LOG_LEVEL": "INFO",
}


def main() -> int:
    options = _options()
    for name in OWN:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="talent-ledger-chaos-", ignore_cleanup_errors=True) as folder:
        os.environ.update({**SETTINGS, "VAR_DIR": folder})
        import django

        django.setup()
        # What is refused meanwhile is part of the play; the workers have logs of their own.
        logging.disable(logging.CRITICAL)
        return _run(options, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--articles", type=int, default=200, help="articles for each fault")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--children", type=int, default=2, help="pool children of each worker")
    parser.add_argument("--outage", type=float, default=60, help="seconds for which the broker is stopped")
    parser.add_argument("--spread", type=float, default=8, help="seconds over which the articles are sent in")
    parser.add_argument("--times", type=float, default=1, help="how much more often each fault strikes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="faults whose name contains this word")
    parser.add_argument("--brief", action="store_true", help="a run without faults and one with all of them, mixed")
    parser.add_argument("--logs", default="", help="a folder to which the workers' logs are copied in the end")
    return parser.parse_args()


def _run(options: argparse.Namespace, folder: Path) -> int:
    from tests.chaos.faults import FAULTS, Scene
    from tests.chaos.news import stories
    from tests.chaos.play import Outcome, play
    from tests.chaos.pool import Pool
    from tests.chaos.site import Site

    told = stories(options.articles, seed=options.seed)
    outcomes: list[Outcome] = []
    with Pool(folder, workers=options.workers, children=options.children) as pool, Site(told) as site:
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
        pool.begin()
        _wait_for(pool)
        scene = Scene(pool, site, options.outage)
        print(HEAD, flush=True)
        for fault in FAULTS:
            if outcomes and (options.only not in fault.name or (options.brief and not fault.brief)):
                continue
            if options.brief:  # the poison's tries take a lease each
                fault = replace(fault, poison=False)
            random = Random(f"{options.seed} {fault.name}")
            times = max(round(fault.times * options.times), min(fault.times, 1))
            known = outcomes[0].believed if outcomes else None
            outcome = play(fault, scene, told, times=times, random=random, spread=options.spread, known=known)
            outcomes.append(outcome)
            print(_line(outcome), flush=True)
        if options.logs:
            subprocess.run(["cp", "-r", str(folder / "log"), options.logs], check=False)
    well = all(outcome.well for outcome in outcomes)
    print(_last_line(outcomes, well))
    return 0 if well else 1


def _wait_for(pool: object) -> None:
    end = time.monotonic() + 60
    while not pool.ready():  # type: ignore[attr-defined]
        if time.monotonic() > end:
            raise SystemExit("The workers did not start: see their logs (--logs FOLDER).")
        time.sleep(0.2)


HEAD = f"{'fault':42} struck  lost doubled failed works again all done  whole"


def _line(outcome: object) -> str:
    from tests.chaos.play import Outcome

    assert isinstance(outcome, Outcome)
    row = (
        f"{outcome.name:42} {outcome.struck:6} {outcome.lost:5} {outcome.doubled:7} {outcome.failed:6}"
        f" {outcome.first:9.1f} s {outcome.last:6.1f} s {outcome.seconds:4.0f} s"
    )
    return "\n".join([row, *(f"    {line[:400]}" for line in outcome.unlike)])


def _last_line(outcomes: list[object], well: bool) -> str:
    from tests.chaos.play import Outcome

    first = outcomes[0]
    assert isinstance(first, Outcome)
    says = "the same after every fault" if well else "NOT the same after every fault"
    return f"{first.articles} articles, {len(first.believed)} lines of belief: {says}."


if __name__ == "__main__":
    sys.exit(main())
