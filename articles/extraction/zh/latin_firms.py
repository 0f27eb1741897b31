"""Finds firms whose Latin names end as only firms' do: Cormorant Networks, Halcyon Labs."""

from __future__ import annotations

import re
from functools import cache

from articles.extraction.lexicon import table, words
from articles.extraction.organisations import gazetteer
from articles.extraction.patterns import either
from articles.extraction.zh.organisations import CAPITALS, OrganisationHit, is_whole, occurrences
from articles.extraction.zh.spans import Coverage


def latin_firms(text: str, taken: Coverage) -> list[OrganisationHit]:
    """Latin names that end as only firms' do (Cormorant Networks), and their first words where these stand alone."""
    found = [
        OrganisationHit(match.start(1), match.end(1), match[1], known=False)
        for match in _firm_words().finditer(text)
        if not taken.touches(match.start(1), match.end(1))
    ]
    stems = {hit.name.rsplit(" ", 1)[0]: hit.name for hit in reversed(found)}
    stems = {s: n for s, n in stems.items() if len(s) > 3 and s not in gazetteer() and s not in words("en/places")}
    covered = Coverage([*taken.spans, *((hit.start, hit.end) for hit in found)])
    found += [
        OrganisationHit(start, end, stems[stem], known=False)
        for stem, start, end in occurrences(text, sorted(stems))
        if is_whole(text, start, end) and not covered.touches(start, end) and not _LONGER.match(text, end)
    ]
    return found


# The short name goes on as another one: Boston University, Robin Li.
_LONGER = re.compile(r" [A-Z]")


@cache
def _firm_words() -> re.Pattern[str]:
    ends = either(table("zh/organisations")["firm_words"])
    return re.compile(rf"(?<![A-Za-z0-9.&@/])({CAPITALS} {ends})(?![A-Za-z0-9]| [A-Z])")
