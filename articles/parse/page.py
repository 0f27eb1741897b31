"""HTML pages: the article's text by trafilatura, its metadata, and its date by htmldate where the page states none."""

from __future__ import annotations

import logging
import re
from datetime import datetime

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG, Document, use_config
from trafilatura.utils import load_html

from articles.exceptions import NotADocument
from articles.parse import dates, metadata, stopwords
from articles.parse.dates import Stamp
from articles.parse.found import Found

# They report every odd page at WARNING; what matters of it is raised here.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

stopwords.install()

# trafilatura takes fewer than 250 characters for a failure and falls back on the whole page in one paragraph; a
# Chinese report says as much in 100.
_CHINESE = use_config()
_CHINESE.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MIN_HAN = 80
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SENTENCE_END = re.compile(r"[.!?。！？；…][\"'”’」』)）]*(\s|$)|[。！？]")
# A page without one line of prose this long is a list of links. A Chinese character counts as three letters.
_PROSE = 60


def read(html: str, address: str, *, latest: datetime | None = None) -> Found:
    """The article of the page; NotADocument where the page holds none."""
    tree = load_html(_XML_DECLARATION.sub("", html))
    if tree is None:
        raise NotADocument("The page holds no HTML that can be read.")
    about = metadata.read(tree, address, latest=latest)
    text = _article_text(tree, html)
    published, modified = dates.best(text, about.published, latest=latest)
    return Found(
        text=text,
        title=about.title or text.partition("\n")[0][:200],
        author=about.author,
        publisher=about.publisher,
        published=published or _searched(tree, about.address or address, latest),
        modified=about.modified or modified,
        language=about.language,
        address=about.address,
        twins=about.twins,
    )


def _article_text(tree: HtmlElement, html: str) -> str:
    dense = len(_HAN.findall(html[:200_000])) > _MIN_HAN
    config = _CHINESE if dense else DEFAULT_CONFIG
    document = bare_extraction(tree, include_comments=False, with_metadata=False, config=config)
    text = document.text or "" if isinstance(document, Document) else ""
    if not any(_is_prose(line) for line in text.split("\n")):
        raise NotADocument("The page holds no article: nothing but navigation, links or captions.")
    return text


def _is_prose(line: str) -> bool:
    return sum(3 if ord(c) > 0x2E80 else 1 for c in line) >= _PROSE and bool(_SENTENCE_END.search(line))


def _searched(tree: HtmlElement, address: str, latest: datetime | None) -> Stamp | None:
    """The date that htmldate finds anywhere on the page; it knows the day only."""
    found = find_date(
        tree, original_date=True, url=address or None, max_date=latest.strftime("%Y-%m-%d") if latest else None
    )
    return dates.read(found, latest=latest) if found else None
