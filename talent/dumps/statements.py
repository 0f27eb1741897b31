"""Rows as RDF in N-Triples: facts as statements with their qualifiers and references, as Wikidata has them, in the
words of schema.org, PROV and Web Annotation wherever these have one. Terms are strings in the syntax of N-Triples: a
dump has tens of millions of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from talent.serializers.base import Row


class Term(str):
    """Text that is N-Triples already."""

    __slots__ = ()


Triple = tuple[Term, Term, Term]

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "wd": "http://www.wikidata.org/entity/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "term": "urn:talent-ledger:term:",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def iri(address: str) -> Term:
    """An address as a term."""
    return Term(f"<{address}>")


@cache
def word(name: str) -> Term:
    """A term of a vocabulary: "schema:agent"."""
    prefix, _, local = name.partition(":")
    return Term(f"<{_NAMESPACES[prefix]}{local}>")


def literal(value: Any, *, language: str = "", datatype: str = "") -> Term:
    """A value as a term, with its own datatype where Python knows one."""
    if isinstance(value, bool):
        value, datatype = str(value).lower(), "xsd:boolean"
    elif isinstance(value, int):
        datatype = datatype or "xsd:integer"
    elif isinstance(value, float):
        datatype = datatype or "xsd:double"
    text = f'"{str(value).translate(_ESCAPES)}"'
    return Term(f"{text}@{language}" if language else f"{text}^^{word(datatype)}" if datatype else text)


def _about(row: Row) -> Term:
    return iri(row["url"])


def _values(subject: Term, **properties: Any) -> Iterator[Triple]:
    """Our own terms with plain values; what is not known is not said."""
    for name, value in properties.items():
        if value is not None and value != "":
            yield subject, word(f"term:{name}"), value if isinstance(value, Term) else literal(value)


def entity(kind: Term) -> Callable[[Row], Iterator[Triple]]:
    """A person or an organisation with both names."""

    def triples(row: Row) -> Iterator[Triple]:
        about = _about(row)
        yield about, word("rdf:type"), kind
        yield about, word("rdfs:label"), literal(row["name"])
        if row["name_zh"]:
            yield about, word("rdfs:label"), literal(row["name_zh"], language="zh")
        if row["wikidata"]:
            yield about, word("owl:sameAs"), word(f"wd:{row['wikidata']}")

    return triples


def move(row: Row) -> Iterator[Triple]:
    """Who moved, from where, to where."""
    about = _about(row)
    yield from _fact(row, "Move")
    if row["person"]:
        yield about, word("schema:agent"), iri(row["person"]["url"])
    for name in ("from", "to"):
        end = row[name] or {"company": None, "team": None, "role": None}
        company = end["company"] and iri(end["company"]["url"])
        yield from _values(about, **{name: company, f"{name}_team": end["team"], f"{name}_role": end["role"]})
    if row["cohort"]:
        yield from _values(about, **{f"cohort_{name}": value for name, value in row["cohort"].items()})


def compensation(row: Row) -> Iterator[Triple]:
    """Whose pay, and how much for what."""
    yield from _fact(row, "CompensationReport")
    yield from _party(row)
    same = ("min", "max", "currency", "period", "component", "population")
    yield from _values(_about(row), **{name: row[name] for name in same})


def signal(row: Row) -> Iterator[Triple]:
    """What is measured where."""
    yield from _fact(row, "Signal")
    yield from _party(row)
    same = ("metric", "min", "max", "of", "unit", "team")
    yield from _values(_about(row), **{name: row[name] for name in same})


def _party(row: Row) -> Iterator[Triple]:
    for name in ("company", "person"):
        if row.get(name):
            yield _about(row), word(f"term:{name}"), iri(row[name]["url"])


def _fact(row: Row, kind: str) -> Iterator[Triple]:
    about = _about(row)
    yield about, word("rdf:type"), word(f"term:{kind}")
    yield about, word("schema:mainEntityOfPage"), iri(row["html_url"])
    date = literal(row["date"], datatype="edtf:EDTF") if row["date"] else None
    yield from _values(
        about, status=row["status"], kind=row.get("kind"), date=date, reporters=row["reporters"],
        confidence=row["confidence"], revision=row["revision"],
    )  # fmt: skip


def claim(row: Row) -> Iterator[Triple]:
    """The reference of a fact: an annotation of its article, by the quoted words and by their place."""
    about, quote, place = _about(row), iri(f"{row['url']}#quote"), iri(f"{row['url']}#place")
    target = iri(f"{row['url']}#target")
    yield iri(row["fact"]["url"]), word("prov:wasDerivedFrom"), about
    yield about, word("rdf:type"), word("oa:Annotation")
    yield about, word("oa:hasTarget"), target
    yield target, word("oa:hasSource"), iri(row["article"]["url"])
    yield target, word("oa:hasSelector"), quote
    yield target, word("oa:hasSelector"), place
    yield quote, word("rdf:type"), word("oa:TextQuoteSelector")
    for name in ("exact", "prefix", "suffix"):
        yield quote, word(f"oa:{name}"), literal(row["quote" if name == "exact" else name])
    yield place, word("rdf:type"), word("oa:TextPositionSelector")
    yield place, word("oa:start"), literal(row["start"], datatype="xsd:nonNegativeInteger")
    yield place, word("oa:end"), literal(row["end"], datatype="xsd:nonNegativeInteger")
    yield from _values(about, status=row["status"], attribution=row["attribution"])


def article(row: Row) -> Iterator[Triple]:
    """What was read, and where it was published."""
    about = _about(row)
    yield about, word("rdf:type"), word("schema:NewsArticle")
    if row["address"].startswith(("http://", "https://")):
        yield about, word("schema:url"), literal(row["address"], datatype="xsd:anyURI")
    if row["title"]:
        yield about, word("schema:headline"), literal(row["title"])
    if row["published"]:
        yield about, word("schema:datePublished"), literal(row["published"].isoformat(), datatype="xsd:dateTime")
    yield about, word("schema:publisher"), iri(row["outlet"]["url"])


def source(row: Row) -> Iterator[Triple]:
    """An outlet."""
    yield _about(row), word("rdf:type"), word("schema:NewsMediaOrganization")
    yield _about(row), word("rdfs:label"), literal(row["name"])


TRIPLES: dict[str, Callable[[Row], Iterator[Triple]]] = {
    "companies": entity(word("schema:Organization")),
    "people": entity(word("schema:Person")),
    "moves": move,
    "compensation": compensation,
    "signals": signal,
    "claims": claim,
    "articles": article,
    "sources": source,
}


def lines(name: str, rows: list[Row]) -> bytes:
    """The rows of a table as N-Triples."""
    found = (triple for row in rows for triple in TRIPLES[name](row))
    return "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in found).encode()
