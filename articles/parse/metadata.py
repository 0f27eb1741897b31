"""What a page says about itself in JSON-LD, meta elements and time elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author, extract_title

from articles.addresses import key_of
from articles.parse import dates
from articles.parse.dates import Stamp

_ARTICLE_TYPES = frozenset(
    {"newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "blogposting",
     "opinionnewsarticle", "liveblogposting", "socialmediaposting", "discussionforumposting", "techarticle", "report"}
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate", "publish_date",
    "publish-date", "og:release_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "dc.date", "date", "weibo:article:create_at", "bytedance:published_time",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified",
    "bytedance:updated_time",
)  # fmt: skip
_TITLE = ("og:title", "twitter:title", "parsely-title", "dc.title")
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "byl", "twitter:data1")
_SITE = ("og:site_name", "publisher", "application-name", "dc.publisher")
_MOST_TWINS = 4
_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " :: ", "_", "-", "|", "｜", "–", "—")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Empty where the page does not say."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: Stamp | None = None
    modified: Stamp | None = None
    language: str = ""
    address: str = ""
    twins: tuple[str, ...] = ()


def read(tree: HtmlElement, address: str, *, latest: datetime | None = None) -> Metadata:
    """The page's own account of itself; JSON-LD before meta elements before what the page shows."""
    data = _json_ld(tree)
    metas = _metas(tree)
    site = _name(data.get("publisher")) or _first(metas, _SITE)
    title = _text(data.get("headline")) or _first(metas, _TITLE) or extract_title(tree) or ""
    site = site or _site_in_title(tree, title)
    published = (data.get("datePublished"), *(metas.get(key) for key in _PUBLISHED), _shown_time(tree))
    modified = (data.get("dateModified"), *(metas.get(key) for key in _MODIFIED))
    return Metadata(
        title=_without_site(title.strip(), site.strip()),
        author=_name(data.get("author")) or _person(_first(metas, _AUTHOR)) or extract_author(tree) or "",
        publisher=site.lstrip("@").strip(),
        published=_stamp(published, latest),
        modified=_stamp(modified, latest),
        language=_text(data.get("inLanguage")) or tree.get("lang", "") or metas.get("og:locale", ""),
        address=_canonical(tree, metas, address),
        twins=_twins(tree, address),
    )


def _json_ld(tree: HtmlElement) -> dict[str, Any]:
    """The first object of the page's JSON-LD that is an article; {} where there is none."""
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(found):
            kinds = thing.get("@type")
            if any(str(kind).lower() in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return thing
    return {}


def _things(found: Any) -> Iterator[dict[str, Any]]:
    for thing in found if isinstance(found, list) else [found]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else []) if isinstance(part, dict))


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key and content:
                found.setdefault(key.strip().lower(), content)
    return found


def _first(metas: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((metas[key] for key in keys if metas.get(key)), "")


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """The name in a JSON-LD value: a string, an object with a name, or a list of these."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for part in value[:10] if (name := _name(part))))
    return _person(_text(value.get("name") if isinstance(value, dict) else value))


def _person(name: str) -> str:
    """ "" for what stands in an author's place and is no name: an address."""
    return "" if name.startswith(("http://", "https://", "/", "@")) else name


def _shown_time(tree: HtmlElement) -> str:
    """The machine-readable time beside the headline; lists of other stories carry times too, and come after it."""
    found = tree.xpath(
        "(//time[@datetime][@itemprop='datePublished' or @pubdate]"
        "|//*[@itemprop='datePublished'][@content]"
        "|//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::footer)])[1]"
    )
    return (found[0].get("datetime") or found[0].get("content") or "") if found else ""


def _stamp(values: tuple[Any, ...], latest: datetime | None) -> Stamp | None:
    stamps = (dates.read(value[:100], latest=latest) for value in values if isinstance(value, str) and value)
    return next((stamp for stamp in stamps if stamp), None)


def _canonical(tree: HtmlElement, metas: dict[str, str], address: str) -> str:
    """The address that the page gives itself; "" where it gives none, or that of a front page."""
    links = (
        link.get("href", "") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    canonical = next((link.strip() for link in links if link.strip()), "")
    said = (_joined(address, link) for link in (canonical, metas.get("og:url", "")))
    # Some sites call their front page the canonical address of every article.
    return next((link for link in said if key_of(link) or (link and not key_of(address))), "")


def _twins(tree: HtmlElement, address: str) -> tuple[str, ...]:
    """The addresses of the same article as an AMP page and for telephones."""
    links = (link for link in tree.iter("link") if _is_twin(link))
    joined = (_joined(address, (link.get("href") or "").strip()) for link in links)
    return tuple(dict.fromkeys(link for link in joined if link))[:_MOST_TWINS]


def _is_twin(link: HtmlElement) -> bool:
    rel = (link.get("rel") or "").lower().split()
    media = (link.get("media") or "").lower()
    return "amphtml" in rel or ("alternate" in rel and ("handheld" in media or "max-width" in media))


def _joined(address: str, link: str) -> str:
    try:
        joined = urljoin(address, link) if link else ""
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) else ""


def _without_site(title: str, site: str) -> str:
    """The title without the site's name behind it ("Headline | The Site")."""
    for separator in _SEPARATORS:
        if site and title.endswith(separator + site):
            return title.removesuffix(separator + site).rstrip()
    return title


def _site_in_title(tree: HtmlElement, title: str) -> str:
    """What stands behind the headline in the title element ("Headline - The Site")."""
    whole = " ".join((tree.findtext(".//title") or "").split())
    title = " ".join(title.split())
    if not title or not whole.startswith(title):
        return ""
    rest = whole.removeprefix(title)
    return re.split(r"\s[|–—·-]\s|::|[_|｜]", rest)[-1].strip(" -–—") if rest.strip(" ") else ""
