"""Site maps: an index of chunks, each the indexable pages of one noun whose row ids lie in one range.

A range is found by its ends in the primary key: nothing is counted or skipped, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.db import connection
from django.urls import reverse

from articles.models import Article
from talent.indexing import indexable
from talent.models import Company, CompensationReport, Move, Person, Signal

# Ids in a chunk: with both languages of each page beside it, an answer of about a megabyte.
CHUNK = 5_000
# Pages that are there whatever has been recorded.
_PAGES = (
    "home",
    "moves",
    "companies",
    "compensation",
    "signals",
    "articles",
    "sources",
    "disputed",
    "corrections",
    "about",
    "data",
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# By noun: the rows, and the field that ends a page's address.
_NOUNS: Mapping[str, tuple[type[Any], str]] = {
    "moves": (Move, "public_id"),
    "compensation": (CompensationReport, "public_id"),
    "signals": (Signal, "public_id"),
    "companies": (Company, "slug"),
    "people": (Person, "slug"),
    "articles": (Article, "public_id"),
}
NOUNS = tuple(_NOUNS)
_WALK = """
    (WITH RECURSIVE walk(n) AS (
        (SELECT id / {chunk} FROM {table} ORDER BY id LIMIT 1)
        UNION ALL
        SELECT (SELECT id / {chunk} FROM {table} WHERE id >= (n + 1) * {chunk} ORDER BY id LIMIT 1)
        FROM walk WHERE n IS NOT NULL)
    SELECT '{noun}', n FROM walk WHERE n IS NOT NULL)"""

Languages = Mapping[str, str]


def index(site: str) -> str:
    """The sitemap index: the fixed pages, and the chunks of each noun that hold any row. One query."""
    names = ["pages", *(f"{noun}-{number}" for noun, number in _chunks())]
    entries = "".join(f"<sitemap><loc>{site}{reverse('sitemap', args=[name])}</loc></sitemap>" for name in names)
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">{entries}</sitemapindex>\n'


def pages(site: str, prefixes: Languages) -> str:
    """The pages that are always there."""
    return _urlset(((reverse(name), None) for name in _PAGES), site, prefixes)


def chunk(noun: str, number: int, *, site: str, prefixes: Languages) -> str:
    """The indexable pages of one range. One query over at most ``CHUNK`` ids."""
    model, field = _NOUNS[noun]
    rows: Any = model._default_manager.all() if model is Article else model._default_manager.visible()
    rows = indexable(rows).filter(pk__gte=number * CHUNK, pk__lt=(number + 1) * CHUNK).order_by("pk")
    folder = reverse(noun)
    found = [(f"{folder}{name}/", changed) for name, changed in rows.values_list(field, "updated_at")]
    # The format wants at least one address.
    return _urlset(found or [(reverse("home"), None)], site, prefixes)


def _chunks() -> list[tuple[str, int]]:
    """Each noun with the number of a range that holds rows: from a range's first row straight to the next range."""
    walks = [_WALK.format(noun=noun, table=model._meta.db_table, chunk=CHUNK) for noun, (model, _) in _NOUNS.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(walks))
        return list(cursor.fetchall())


def _urlset(found: Any, site: str, prefixes: Languages) -> str:
    body = "".join(_entries(found, site, prefixes))
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}" xmlns:xhtml="{_XHTML}">{body}</urlset>\n'


def _entries(found: Any, site: str, prefixes: Languages) -> Iterator[str]:
    for path, changed in found:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(f"{site}{prefix}{path}")}"/>'
            for tag, prefix in prefixes.items()
        )
        yield f"<url><loc>{escape(f'{site}{path}')}</loc>{_changed(changed)}{alternates}</url>"


def _changed(moment: datetime | None) -> str:
    return f"<lastmod>{moment:%Y-%m-%d}</lastmod>" if moment else ""
