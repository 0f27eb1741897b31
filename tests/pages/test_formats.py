"""What the site writes for other programs, held against the rules: feeds, site maps, citations, oEmbed, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from citeproc import DATES, NAMES, NUMBERS, VARIABLES
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

from articles.models import Article
from talent.models import Company, Person
from tests.factories import make_article, make_claim, make_company, make_move, make_person, make_report, make_signal

pytestmark = pytest.mark.django_db
FORMATS = Path(__file__).parent.parent / "formats"
NOUNS = ("moves", "compensation", "signals")
# schema.org's properties of each type that the site writes, those of the types above it among them. A role repeats the
# property on which it stands; "query-input" is how its actions name a parameter.
_THING = {"name", "url", "sameAs", "alternateName", "description"}
_WORK = _THING | {"dateModified", "datePublished", "inLanguage", "author", "creator", "publisher", "version", "about",
                  "creativeWorkStatus", "license", "isAccessibleForFree", "citation", "headline"}  # fmt: skip
KNOWN = {
    "BreadcrumbList": _THING | {"itemListElement"},
    "Claim": _WORK | {"appearance", "firstAppearance"},
    "DataDownload": _WORK | {"contentSize", "contentUrl", "encodingFormat"},
    "Dataset": _WORK | {"distribution"},
    "EmployeeRole": _THING | {"roleName", "startDate", "endDate", "worksFor"},
    "EntryPoint": _THING | {"urlTemplate"},
    "ListItem": _THING | {"item", "position"},
    "NewsArticle": _WORK,
    "Organization": _THING | {"parentOrganization"},
    "OrganizationRole": _THING | {"roleName", "startDate", "endDate", "alumniOf"},
    "Person": _THING | {"worksFor", "alumniOf"},
    "SearchAction": _THING | {"target", "query-input"},
    "WebPage": _WORK,
    "WebSite": _WORK | {"potentialAction"},
}


@pytest.fixture(autouse=True)
def _facts() -> None:
    """A fact of each kind, told in odd characters."""
    tern = make_company("Tern & “AI” <Labs>", name_zh="燕鸥", wikidata_id="Q42", parent=make_company("Larkspur"))
    ada = make_person("Ada Quill", name_zh="阿达·奎尔", indexable=True)
    quote = "Quill & Co. <left>\x0b for 燕鸥"
    article = make_article(f"{quote}.", address="https://news.example/a?b=c&d=燕", author="Bo Reed; Cy Stone")
    make_move(ada, claim=make_claim(article=article, quote=quote), origin=make_company(), destination=tern, date="2025")
    make_move(cohort_text="seven of the fourteen", cohort_min=7, cohort_of=14, origin=tern, status="rumoured")
    make_report(tern, person=ada)
    make_signal(tern)


def _strict(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((FORMATS / name).read_text()), format_checker=FormatChecker())


def _parsed(client: Client, address: str) -> etree._Element:
    return etree.fromstring(client.get(address).content)


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("noun", NOUNS)
def test_an_atom_feed_is_one(client: Client, prefix: str, noun: str) -> None:
    etree.RelaxNG(etree.parse(FORMATS / "atom.rng")).assertValid(_parsed(client, f"{prefix}/{noun}/feed.atom"))


@pytest.mark.parametrize("spoilt", ["a:updated", "a:id", "a:author", "a:entry/a:title", "a:entry/a:updated"])
def test_an_atom_feed_that_lacks_something_is_none(client: Client, spoilt: str) -> None:
    feed = _parsed(client, "/moves/feed.atom")
    [missing, *_] = feed.findall(spoilt, {"a": "http://www.w3.org/2005/Atom"})
    missing.getparent().remove(missing)  # type: ignore[union-attr]  # an element of the feed
    assert not etree.RelaxNG(etree.parse(FORMATS / "atom.rng")).validate(feed)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_json_feed_is_one(client: Client, noun: str) -> None:
    for query in ("", "?status=denied"):
        _strict("json-feed.schema.json").validate(client.get(f"/{noun}/feed.json{query}").json())


def test_every_site_map_is_one(client: Client) -> None:
    schema = etree.XMLSchema(etree.parse(FORMATS / "sitemap.xsd"))
    index = _parsed(client, "/sitemap.xml")
    schema.assertValid(index)
    parts = [str(loc.text) for loc in index.iter("{*}loc")]
    assert len(parts) == 7
    for part in parts:
        schema.assertValid(_parsed(client, part.removeprefix("http://testserver")))


def _facts_of(client: Client) -> list[str]:
    return [entry["url"] for noun in NOUNS for entry in client.get(f"/{noun}/feed.json").json()["items"]]


def test_oembed_answers_as_its_standard_asks(client: Client) -> None:
    addresses = [*_facts_of(client), "http://testserver/flows/"]
    for address in addresses:
        _strict("oembed.schema.json").validate(client.get("/oembed", {"url": address, "maxwidth": "400"}).json())
    assert len(addresses) == 5


def test_citations_are_made_of_what_csl_names(client: Client) -> None:
    plain = {"id", "type", "custom"} | {str(name).replace("_", "-") for name in (*VARIABLES, *NUMBERS)}
    for address in _facts_of(client):
        for item in client.get(f"{address}cite.json".removeprefix("http://testserver")).json():
            dates, names = item.keys() & set(DATES), item.keys() & set(NAMES)
            assert item.keys() <= plain | set(DATES) | set(NAMES)
            assert {"accessed"} <= dates
            assert all(1 <= len(part) <= 3 for name in dates for part in item[name]["date-parts"])
            assert all(set(person) <= {"literal", "family", "given"} for name in names for person in item[name])


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(part)


def test_pages_tell_schema_org_what_it_knows_of(client: Client) -> None:
    pages = ["/", "/data/", *(address.removeprefix("http://testserver") for address in _facts_of(client))]
    pages += [row.get_absolute_url() for model in (Company, Person, Article) for row in model.objects.all()]
    types = set()
    for page in pages:
        html = client.get(page).content.decode()
        graph = json.loads(html.partition('type="application/ld+json">')[2].partition("</script>")[0])["@graph"]
        for node in _nodes(graph):
            assert {name for name in node if name[0] != "@"} <= KNOWN[node["@type"]], page
            types.add(node["@type"])
    assert types >= KNOWN.keys() - {"DataDownload"}
