"""From a name that somebody types to the slug that the API filters by; never guesses between two."""

from __future__ import annotations

import unicodedata

from ledger_client.api import Ledger


class Ambiguous(Exception):
    """Several records bear the name, or none does; the message says which there are."""


def slug_of(ledger: Ledger, noun: str, name: str) -> str:
    """The slug of the person or company: given as such, or the only one with that name."""
    found = [each for each in ledger.suggest(name) if each["id"].startswith(f"{noun}/")]
    slugs = [str(each["id"]).partition("/")[2] for each in found]
    if name in slugs:
        return name
    same = [slug for each, slug in zip(found, slugs, strict=True) if _key(name) in _names(each)]
    if len(same) == 1:
        return same[0]
    if not found:
        raise Ambiguous(f"Nobody and nothing is called “{name}” here.")
    told = "\n".join(
        f"  {slug}  {each['name']}{', ' + each['description'] if each.get('description') else ''}"
        for each, slug in zip(found, slugs, strict=True)
    )
    raise Ambiguous(f"“{name}” may be one of these; name it by the first column:\n{told}")


def _names(found: dict[str, str]) -> set[str]:
    """The name, and the other ones that the description begins with."""
    return {_key(found["name"]), _key(found.get("description", "").partition(",")[0])}


def _key(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
