"""The text of an HTML document, a paragraph a line: for books and letters, which are all text and no page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template", "svg", "math", "object", "iframe"})
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
     "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
     "sup", "time", "tt", "u", "var", "wbr")
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u200b\u200c\ufeff\u034f\xad]+")


def tree_of(html: str) -> HtmlElement | None:
    """The document, however little of one it is; None where there is nothing in it."""
    html = _XML_DECLARATION.sub("", html)
    if not html.strip():
        return None
    try:
        tree: HtmlElement = document_fromstring(html, parser=HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return tree


def text_of(tree: HtmlElement) -> str:
    """Every visible paragraph of the document on a line of its own, with one space for any run of them."""
    return "\n".join(paragraphs(tree))


def paragraphs(tree: HtmlElement) -> Iterator[str]:
    """The visible paragraphs, in order; what is hidden from readers (preview lines of letters) is left out."""
    parts: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if not isinstance(element.tag, str):
            parts += [element.tail or ""] if not skipped else []
            continue
        starts = event == "start"
        if is_hidden(element):
            skipped += 1 if starts else -1
        if not _is_inline(element.tag):
            yield from _line(parts)
            parts = []
        if not skipped:
            parts.append((element.text if starts else element.tail) or "")
    yield from _line(parts)


def is_hidden(element: HtmlElement) -> bool:
    """Whether no reader sees it."""
    return (
        element.tag in _SKIPPED or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _is_inline(tag: str) -> bool:
    return tag.rpartition("}")[2].lower() in _INLINE


def _line(parts: list[str]) -> Iterator[str]:
    line = _SPACE.sub(" ", "".join(parts)).strip()
    if line:
        yield line
