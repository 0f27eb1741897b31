"""Text files: the text is kept whole; title and dates are read from its first and last lines."""

from __future__ import annotations

import re
from datetime import datetime

from articles.parse import dates
from articles.parse.found import Found

_TRAIL = re.compile(r"[>›»＞]")
_LABEL = re.compile(
    r"^\s*(?P<label>title|author|by|source|publisher|url|link|标题|作者|来源|標題|來源|原文链接|链接)\s*[:：]\s*(?P<value>\S.*)$",
    re.I,
)
_BYLINE = re.compile(r"^\s*By\s+(?P<value>[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){1,3})\s*$")
_FIELDS = {
    "title": "title", "标题": "title", "標題": "title",
    "author": "author", "by": "author", "作者": "author",
    "source": "publisher", "publisher": "publisher", "来源": "publisher", "來源": "publisher",
    "url": "address", "link": "address", "原文链接": "address", "链接": "address",
}  # fmt: skip
_HEAD_LINES = 12
_LONGEST_TITLE = 200
# A heading says something; the name of a section does not. A Chinese character carries as much as three letters.
_SHORTEST_TITLE = 16


def read(text: str, *, latest: datetime | None = None) -> Found:
    """The text as it stands, with the metadata that its outer lines give away."""
    lines = [line.strip() for line in text.split("\n")[:60] if line.strip()]
    head = lines[:_HEAD_LINES]
    fields = _fields(head)
    published, modified = dates.best(text, None, latest=latest)
    address = fields.get("address", "")
    return Found(
        text=text,
        title=fields.get("title") or _title(head),
        author=fields.get("author", ""),
        publisher=fields.get("publisher", ""),
        published=published,
        modified=modified,
        address=address if address.startswith(("http://", "https://")) else "",
    )


def _fields(head: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in head:
        if (match := _LABEL.match(line)) and len(line) <= _LONGEST_TITLE:
            found.setdefault(_FIELDS[match["label"].lower()], match["value"].strip())
        elif match := _BYLINE.match(line):
            found.setdefault("author", match["value"])
    return found


def _title(head: list[str]) -> str:
    """The end of a breadcrumb trail if it stands as a line again; else the first line that says something."""
    short = [line for line in head if len(line) <= _LONGEST_TITLE]
    for line in short:
        last = _TRAIL.split(line)[-1].strip() if _TRAIL.search(line) else ""
        if last and last in short:
            return last
    named = [line for line in short if not _LABEL.match(line) and not _TRAIL.search(line)]
    telling = (line for line in named if _weight(line) >= _SHORTEST_TITLE)
    title = next(telling, short[0] if short else head[0][:_LONGEST_TITLE] if head else "")
    return title.lstrip("# ")


def _weight(line: str) -> int:
    return sum(3 if ord(c) > 0x2E80 else 1 for c in line)
