"""Renders the sample articles: each NAME.txt and NAME.json becomes NAME.html, and every quote gets its offsets.

Run it after adding or changing an article. The result depends on nothing but the files of this folder.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).resolve().parent
FOLDERS = ("pages", "more")

Entry = dict[str, Any]

NOTES = {
    "en": "Sample text written for the Talent Ledger project. It is not a news report.",
    "zh": "本文是为 Talent Ledger 项目撰写的示例文本，不是新闻报道。",
    "zh-Hant": "本文是為 Talent Ledger 專案撰寫的範例文字，不是新聞報導。",
}
TRADITIONAL_STYLES = {"twportal", "twweekly"}
RELATED = 3


def note_of(entry: Entry) -> str:
    """The sentence by which a page says on its face that it is a sample, in its own language and script."""
    return NOTES["zh-Hant" if entry["page"]["style"] in TRADITIONAL_STYLES else entry["lang"]]


def place(entry: Entry, text: str) -> Entry:
    """The entry with start and end of every quote in ``text``, the body being preferred to the title."""
    body = len(entry["title"]) + 1
    for record in (r for kind in entry["claims"].values() for r in kind):
        start = text.find(record["quote"], body)
        start = start if start >= 0 else text.find(record["quote"])
        if start < 0:
            raise ValueError(f"{entry['id']}: the text does not contain {record['quote']!r}")
        record["start"], record["end"] = start, start + len(record["quote"])
    return entry


def related(entries: list[Entry], index: int) -> list[Entry]:
    """The next few articles in the same language, for the links that a site shows around an article."""
    rotated = entries[index + 1 :] + entries[:index]
    return [e for e in rotated if e["lang"] == entries[index]["lang"]][:RELATED]


def render(environment: Environment, entry: Entry, text: str, *, links: list[Entry]) -> bytes:
    """The page as bytes in its own encoding (UTF-8 unless ``page.encoding`` says otherwise)."""
    title, *paragraphs = text.strip().split("\n")
    encoding = entry["page"].get("encoding", "utf-8")
    html = environment.get_template(f"{entry['page']['style']}.html").render(
        title=title,
        paragraphs=paragraphs,
        page={"author": None, "section": None, "dateline": None, **entry["page"]},
        url=entry["url"],
        published=date.fromisoformat(entry["published"]),
        encoding=encoding,
        note=note_of(entry),
        related=links,
    )
    return (html + "\n").encode(encoding)


def build(folder: Path) -> int:
    """Writes offsets and pages of one folder and returns the number of its articles."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "styles"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sources = sorted(folder.glob("*.json"))
    texts = [source.with_suffix(".txt").read_text(encoding="utf-8") for source in sources]
    entries = [place(json.loads(s.read_text(encoding="utf-8")), t) for s, t in zip(sources, texts, strict=True)]
    for index, (source, entry) in enumerate(zip(sources, entries, strict=True)):
        source.write_text(json.dumps(entry, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        page = render(environment, entry, texts[index], links=related(entries, index))
        source.with_suffix(".html").write_bytes(page)
    return len(entries)


if __name__ == "__main__":
    for name in FOLDERS:
        sys.stdout.write(f"{build(HERE / name)} articles in {name}\n")
