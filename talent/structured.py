"""Pages as schema.org data for search engines (JSON-LD): only of what they may list, and only what articles report.

A rumour is no employment: of a person's moves those that are confirmed or reported are told. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from markupsafe import Markup

from talent.citations import authors_of
from talent.indexing import is_indexable
from talent.models import Company, Move, MoveKind, Status
from talent.templatetags.addresses import web_address
from talent.templatetags.names import other_name, outlet, own_name
from talent.templatetags.titles import page_title

Node = dict[str, Any]

HAPPENED = (Status.CONFIRMED, Status.REPORTED)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# What could end the element or begin another one.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_EXACT_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_SECTIONS = {
    "moves": N_("Moves"),
    "people": N_("People"),
    "companies": N_("Companies"),
    "compensation": N_("Compensation"),
    "signals": N_("Signals"),
    "articles": N_("Articles"),
}
# A dossier names its newest moves; the page has all of them.
MOST_ROLES = 50


def script(*nodes: Node) -> Markup:
    """The nodes as an element of the page; it is data, and no browser runs it."""
    graph = {"@context": "https://schema.org", "@graph": [_without_gaps(node) for node in nodes]}
    text = orjson.dumps(graph).decode().translate(_ESCAPES)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704  # escaped above


def of_page(row: Any, *nodes: Node, as_of: date | None = None) -> Markup:
    """The data of a row's page; "" where search engines must not list it, as they must not the page of a past day."""
    return script(*nodes) if as_of is None and is_indexable(row) else Markup()


def website(site: str) -> Node:
    """The site, with the address at which it is searched."""
    return {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": f"{site}{reverse('home')}",
        "inLanguage": ["en", "zh-Hans"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site}{reverse('search')}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(row: Any, section: str, site: str) -> Node:
    """The way from the front page over a list to this row's page."""
    steps = [
        (settings.SITE_NAME, reverse("home")),
        (_(_SECTIONS[section]), reverse(section)),
        (page_title(row), row.get_absolute_url()),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": f"{site}{address}"}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def of_company(company: Company, aliases: Iterable[Mapping[str, str]], site: str) -> Node:
    """A company with all its names."""
    return {
        **_company(company, site),
        "alternateName": _others(company, aliases),
        "parentOrganization": _company(company.parent, site) if company.parent else None,
        "sameAs": _items(company),
    }


def of_person(person: Any, moves: Sequence[Move], aliases: Iterable[Mapping[str, str]], site: str) -> Node:
    """A person with the employments that their moves, newest first, are evidence of."""
    told = [move for move in moves if move.status in HAPPENED and move.kind != MoveKind.INTERNAL][:MOST_ROLES]
    return {
        **_thing("Person", person, site),
        "alternateName": _others(person, aliases),
        "sameAs": _items(person),
        "worksFor": _role("EmployeeRole", "worksFor", told[0], "destination", site) if told else None,
        "alumniOf": [role for move in told if (role := _role("OrganizationRole", "alumniOf", move, "origin", site))],
    }


def of_fact(fact: Any, evidence: Iterable[Any], site: str) -> Node:
    """A fact as a claim that articles make, each of them named."""
    named = [getattr(fact, name, None) for name in ("person", "origin", "destination", "company")]
    appearances = [_article(claim.article) for claim in evidence]
    return {
        "@type": "Claim",
        "@id": f"{site}{fact.get_absolute_url()}",
        "name": page_title(fact),
        "url": f"{site}{fact.get_absolute_url()}",
        "creativeWorkStatus": fact.get_status_display(),
        "version": fact.revision,
        "dateModified": fact.updated_at.date().isoformat(),
        "about": [_named(each, site) for each in named if each is not None],
        "firstAppearance": appearances[0] if appearances else None,
        "appearance": appearances[1:],
    }


def of_article(article: Any, site: str) -> Node:
    """The page about an article, which cites it."""
    return {
        "@type": "WebPage",
        "url": f"{site}{article.get_absolute_url()}",
        "name": page_title(article),
        "citation": _article(article),
    }


def of_data(dumps: Sequence[Any], site: str) -> Node:
    """The knowledge base as a dataset, with the files of its newest dump."""
    files = dumps[0].files if dumps else []
    return {
        "@type": "Dataset",
        "name": settings.SITE_NAME,
        "description": _(
            "Who moved between AI companies, on what terms, and who says so: every statement with its quote."
        ),
        "url": f"{site}{reverse('data')}",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": ["en", "zh-Hans"],
        "creator": {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{site}{reverse('home')}"},
        "dateModified": dumps[0].made_at[:10] if dumps else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": f"{site}{reverse('dump-file', args=[dumps[0].name, file.name])}",
                "contentSize": f"{file.bytes} B",
            }
            for file in files
        ],
    }


def _thing(kind: str, row: Any, site: str) -> Node:
    address = f"{site}{row.get_absolute_url()}"
    return {"@type": kind, "@id": address, "name": own_name(row), "url": address}


def _company(company: Company, site: str) -> Node:
    return _thing("Organization", company, site)


def _named(row: Any, site: str) -> Node:
    return _thing("Organization" if isinstance(row, Company) else "Person", row, site)


def _others(row: Any, aliases: Iterable[Mapping[str, str]]) -> list[str]:
    names = dict.fromkeys([other_name(row), *(alias["name"] for alias in aliases)])
    return [name for name in names if name and name != own_name(row)]


def _items(row: Any) -> list[str]:
    return [f"https://www.wikidata.org/wiki/{row.wikidata_id}"] if row.wikidata_id else []


def _role(kind: str, relation: str, move: Move, side: str, site: str) -> Node | None:
    """The employment at one end of a move; dated where the date is a plain one, as schema.org wants it."""
    company = getattr(move, side)
    if company is None:
        return None
    edge = "startDate" if side == "destination" else "endDate"
    return {
        "@type": kind,
        "roleName": getattr(move, f"{side}_role"),
        edge: move.date if _EXACT_DATE.fullmatch(move.date) else None,
        relation: _company(company, site),
    }


def _article(article: Any) -> Node:
    published = article.published_on or (article.published_at and article.published_at.date())
    return {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": web_address(article),
        "inLanguage": article.language,
        "datePublished": published.isoformat() if published else None,
        "author": [{"@type": "Person", "name": name} for name in authors_of(article)],
        "publisher": {"@type": "Organization", "name": outlet(article.source)},
    }


def _without_gaps(value: Any) -> Any:
    """The value without what is empty: a gap says nothing."""
    if isinstance(value, dict):
        kept = {name: _without_gaps(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in (None, "", [])}
    return [_without_gaps(each) for each in value] if isinstance(value, list) else value
