"""One process that sifts archives, for others to measure from outside: `python -m bench.scan FILE ...`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from articles.sift import worth_reading
from articles.warc import Reader


def main() -> None:
    """Prints how many pages there were, how many were let through, and the peak of memory in bytes."""
    pages = kept = 0
    for name in sys.argv[1:]:
        for page in Reader(Path(name)):
            pages += 1
            kept += worth_reading(page.body)
    print(pages, kept, peak_memory())


def peak_memory() -> int:
    """The most memory that this process held; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    main()
