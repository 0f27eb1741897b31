"""`python -m config.run`: serve the site from this machine until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import sys

from config.run.plan import Plan
from config.run.supervisor import Stopped, Supervisor
from config.services import ServiceError
from config.services.server import explained


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.run", description=__doc__)
    parser.add_argument("--with-parent", action="store_true", help="stop when the process that started this one ends")
    options = parser.parse_args()
    try:
        plan = Plan.from_settings(parent=os.getppid() if options.with_parent else None)
        with explained(plan.var_dir):
            Supervisor(plan).run()
    except Stopped:
        return 0
    except ServiceError as error:
        print(error, file=sys.stderr)  # noqa: T201 -- a command line
        return 1
    return 0


sys.exit(main())
