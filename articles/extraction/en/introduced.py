"""How an English text shows a firm: as the head of an item, in a list, as "a hedge fund", as where somebody goes."""

from __future__ import annotations

import re

from articles.extraction import vicinity
from articles.extraction.en.employing import employers
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.organisations import lookup

_OWNS = re.compile(r"[’']s?\s(?:(?!and\b|or\b|who\b|has\b|is\b|was\b)[\w-]+\s){0,4}pay$")
_OWNS_FIGURE = re.compile(
    r"(?<![\w-])(?P<name>[a-z]?[A-Z][\w&.-]*\w(?:\s[A-Z][\w&-]*\w){0,2})[’']s\s"
    r"(?:(?:planned|latest|recent|announced|new|proposed|reported|roughly|about|nearly|own|total)\s){0,3}$"
)
_GOES_TO = re.compile(
    r"\b(?:(?:defect|mov|jump|decamp|switch|go|went|flee|fled|lose|losing|lost|leap|hop|shift|transfer|leav|left|depart|return)\w*\s"
    r"(?:(?!from\b)[\w’'-]+\s){0,6}?(?:to|for)|join(?:s|ed|ing)?|(?:hired|poached|lured|recruited|signed|snapped\sup)\s(?:away\s)?by)"
    r"\s(?:the\s|rival\s|rivals\s)?$"
)
_SUCH_AS = re.compile(
    r"\b(?:like|including|such\sas)\s(?P<names>[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,2}"
    r"(?:(?:,\sand\s|,\sor\s|,\s|\sand\s|\sor\s)[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,2}){1,6})(?:,?\samong\sothers,?)?"
    r"\s(?:(?:have|has|are|all|also|had|each|recently|now|both)\s){0,3}$"
)
_HEAD_OF_ITEM = re.compile(
    r"\s*(?:[-*•·]\s*)?(?P<name>[A-Z][\w&’'.-]*\w(?:\s(?:&\s)?[A-Z][\w&’'.-]*\w){0,3})(?:\s\([^)]{1,40}\))?"
    r"(?P<job>,\s[^:.;]{2,60})?:\s"
)
_KINDS = (
    r"(?P<kind>startup|chipmaker|university|institute|fund|bank|airline|retailer|carmaker|automaker|studio|publisher|"
    r"nonprofit|lab|college|hospital|foundation)"
)
# "the fund" is the one that the text called so.
_KIND = re.compile(
    rf"\b(?:the|this|that)\s{_KINDS.replace('startup', 'start-?up').replace('nonprofit', 'non-?profit')}\b", re.I
)
_INTRODUCES = re.compile(rf"\b{_KINDS}(?:\scalled|\snamed|,)?\s$")
_INTRODUCED = re.compile(rf",?\s(?:\([^)]{{1,20}}\),?\s)?(?:is\s)?(?:an?|the)\s(?:[\w&']+\s){{0,5}}?{_KINDS}\b")
# "a new robotics firm" is a start-up.
_YOUNG_FIRM = re.compile(r"(?<=\bnew)(?:\s\w+)?\s(?:firm|company|venture)(?=,?\s$)")
_NAMED_SO = re.compile(rf"\b{_KINDS}\b")
_MEMORY = 12


def such_as(sentence: Sentence, upto: int) -> list[str]:
    """The firms of a list that ends right before ``upto``, known or not: "names such as Acme and Bolt have …"."""
    match = _SUCH_AS.search(sentence.text[max(0, upto - 260) : upto])
    names = re.split(r",\sand\s|,\sor\s|,\s|\sand\s|\sor\s", match["names"]) if match else []
    return [known.name if (known := lookup(name)) is not None else name for name in names]


def owner(sentence: Sentence, start: int, end: int) -> str | None:
    """Whose the words at ``start`` to ``end`` are: "Acme's pay range of …"; offsets in the text."""
    for o in reversed(employers(sentence)):
        gap = sentence.text[o.end - sentence.start : start - sentence.start]
        if o.end <= start and _OWNS.match(gap + "pay") and end >= start:
            return o.name
    return None


def owns_figure(sentence: Sentence, start: int) -> str | None:
    """Whose figure begins at ``start`` of the sentence's text: "Larkspur’s planned 30% reduction"."""
    match = _OWNS_FIGURE.search(sentence.text[max(0, start - 60) : start])
    if match is None or any(match["name"] in p.name or p.name in match["name"] for p in sentence.people):
        return None
    known = lookup(match["name"])
    return known.name if known is not None else match["name"]


def newest(sentence: Sentence, upto: int) -> str | None:
    """The last firm before ``upto`` that somebody goes to: "defected to Acme", "has joined Acme"."""
    for o in reversed(employers(sentence)):
        if o.end <= upto and _GOES_TO.search(sentence.text[: o.start - sentence.start]):
            return o.name
    return None


def called(reading: Reading, sentence: Sentence) -> str | None:
    """Which firm the text introduced as what the sentence calls it: "the fund" for "Acme, a hedge fund"."""
    match = _KIND.search(sentence.text)
    if match is None:
        return None
    word = match["kind"].lower().replace("-", "")
    for other in reversed(vicinity.before(reading, sentence.start, most=_MEMORY)):
        for o in reversed(employers(other)):
            before = other.text[max(0, o.start - other.start - 40) : o.start - other.start].replace("-", "").lower()
            before = _YOUNG_FIRM.sub(" startup", before)
            after = other.text[o.end - other.start : o.end - other.start + 60].replace("-", "").lower()
            introduced = _INTRODUCES.search(before), _INTRODUCED.match(after), _NAMED_SO.search(o.name.lower())
            if any(m is not None and m["kind"] == word for m in introduced):
                return o.name
    return None


_OF_ITS_STAFF = re.compile(r"(?:[Mm]ass |[Mm]ore )?(?:[Ll]ayoffs?|[Ll]aid off|[Jj]ob cuts|[Hh]iring)\b")


def headed(sentence: Sentence) -> str | None:
    """The name that heads an item of a list: "Acme, staff scientist, remote: …", "Acme: layoffs of …"."""
    match = _HEAD_OF_ITEM.match(sentence.text)
    if match is None:
        return None
    start, end = sentence.start + match.start("name"), sentence.start + match.end("name")
    at = [o for o in sentence.organisations if (o.start, o.end) == (start, end)]
    told = next((o.name for o in at if o.known or match["job"]), None)
    return told or (match["name"] if _OF_ITS_STAFF.match(sentence.text, match.end()) else None)
