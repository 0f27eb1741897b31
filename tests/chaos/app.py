"""The Celery application of the workers under test: the project's own, with the hooks; ``--clock`` moves its time."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta


def main() -> None:
    """Runs Celery's command line, by a clock that is wrong by CHAOS_CLOCK seconds."""
    if offset := float(os.environ.get("CHAOS_CLOCK", "0")):
        import time_machine

        time_machine.travel(datetime.now(UTC) + timedelta(seconds=offset), tick=True).start()
    from config.celery import app

    app.loader.import_default_modules()
    from tests.chaos.hooks import install

    install()
    app.start(sys.argv[1:])


if __name__ == "__main__":
    main()
