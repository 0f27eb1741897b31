"""Whose pay, whose staff: the employer that a figure in an English sentence belongs to."""

from __future__ import annotations

import re

from articles.extraction import vicinity
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.organisations import lookup, scan
from articles.extraction.patterns import either

_WORDS = table("en/pay")
_CHIEFS: dict[str, str] = _WORDS["chiefs"]
_SIGNAL_WORDS = table("en/signals")
_OUTLETS = frozenset(table("en/attribution")["outlets"])

_FIRST_PERSON = re.compile(r"\b(?:we|our|us|here)\b", re.I)
_CHIEF = re.compile(rf"\b{either(_CHIEFS)}\b", re.I)
_ORG_OF_CHIEF = {name.lower(): org for name, org in _CHIEFS.items()}
_ACTING = re.compile(
    rf"\b{either(_CHIEFS)}\b(?:\s(?:has|had|is|was|also|even|reportedly|personally|himself|allegedly)){{0,3}}"
    r"\s(?:offer|tried|lur|dangl|woo|poach|approach|propos|recruit|pa[iy])\w*",
    re.I,
)
# "In May, Acme cut …": the time is no list of firms.
_TIMES = (
    r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Spring|Summer|Autumn|Fall|Winter|Q[1-4]"
)
_VICTIM = re.compile(
    r"\b(?i:from|of|at|against|former|ex|leaving|left|"
    r"joining|than|with|for|to|by|via|in|on|runs|owns|makes|acquired|bought|"
    r"backs|lur(?:e[sd]?|ing)|poach(?:es|ed|ing)?|woo(?:s|ed|ing)?|tempt(?:s|ed|ing)?|offer(?:s|ed|ing)|recruit(?:s|ed|ing)?|"
    r"hir(?:e[sd]?|ing)|attract(?:s|ed|ing)?|approach(?:es|ed|ing)|paying|giving)[\s-](?:top\s|some\s|several\s|senior\s|many\s|the\s|its\s|rival\s|rivals\s|competitor\s)*"
    rf"(?:(?!(?:{_TIMES})\b)[A-Z][\w.&’'-]*(?:,\s|\sand\s))*$",
)
_NAME = r"(?P<name>[A-Z][\w&’'-]*[\w](?:\s(?:of\s|and\s|&\s)?[A-Z][\w&’'-]*\w){0,3})"
_AT_FIRM = re.compile(r"\b(?:at|by|from|for)\s$")
_PREMISES = re.compile(
    r"\s(?:\w+\s)?(?:headquarters|campus|plant|factory|offices?|facility|warehouse|site|hub)\b", re.I
)
_LEFT_FROM = re.compile(r"\b(?:from|leaving|left|former|ex-|to|joining|joined)\s?(?:the\s)?$", re.I)
_LIST_BEFORE = re.compile(
    r"\b(?:like|including|such\sas)\s(?P<names>(?:[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,2},\s){1,5}(?:and\s)?)$"
)
_NEXT_CLAUSE = re.compile(r"\b(?:and|but|while|whereas)\s$", re.I)
_ACTING_NAME = re.compile(
    rf"\s*{_NAME}(?:\s\([^)]{{1,20}}\))?(?:,\s[^,]{{3,60}},)?\s(?:(?:has|have|"
    rf"is|was|will|also|now|recently|reportedly|just|plans\sto|to|said\sit|announced)"
    rf"\s){{0,3}}"
    r"(?:lay|laid|cut|slash|axe|axing|eliminat|shed|employ|cutting|reduc|shrink|let\sgo|downsiz|filed|notif|"
    r"confirm|disclos|issued|warn|furlough|trim)\w*\b"
)
_PLACE_NAME = re.compile(rf"^(?:\s\w+){{0,3}}?\s(?:at|across|by)\s(?:the\s)?{_NAME}")
_COMMON = frozenset(_SIGNAL_WORDS["not_names"])
_PLACES = frozenset(_SIGNAL_WORDS["places"])
_EMPLOYER_ACT = re.compile(
    r"(?:\s\([^)]{1,20}\)|['’]s)?(?:,\s[^,]{3,90},)?\s(?:has|have|had|is|was|"
    r"will|also|now|recently|reportedly|just|plans|plan|to|said|says|announced|"
    r"announces)?\s?"
    r"(?:\w+\s)?(?:lay|laid|cut|slash|axe|axing|eliminat|shed|fir(?:e|ing)|employ|"
    r"hir|recruit|offer|pay|paid|cutting|reduc|shrink|let go)\w*\b"
)
_SPEAKER = re.compile(
    r"[’']?s?\s(?:CEO|chief|spokes\w+|president|owner|founder|co-founder|executives?|officials?)\b", re.I
)
_URL = re.compile(r"//|\bwww\.|@|\w\.[a-z]{2,}/", re.I)
_TICKER = re.compile(r"\b(?:Nasdaq|NYSE|AMEX|LSE|LON|HKEX|TSX|TSE|ASX)\s?:\s?$", re.I)
_ARM = re.compile(r"\b(?:arm|unit|subsidiary|division|business|brand|lab|studio|branch),\s$", re.I)
_NEW_ITEM = re.compile(r"\s*(?:[-*•·]|\d{1,2}[.)])\s[^:.]{3,90}:\s")
_SAME_ITEM = re.compile(
    r"\b(?:the|this|that)\s(?:[\w-]+\s)?(?:team|role|position|job|package|offer|posting|listing)s?\b", re.I
)
_PRONOUN_FIRST = re.compile(
    r"[\s“\"]*(?:It|They|Its|Their|(?:The|This)\s(?:[\w-]+\s)?(?:company|startup|firm|lab|group|studio|maker))\b"
)
_HEADLINE = re.compile(
    r"(?P<name>[A-Z][\w&’'-]*\w(?:\s[A-Z][\w&’'-]*\w){0,2})\s(?:[a-z]+s|to|will|has|is|plans\sto)\s\w"
)
_JOINT = re.compile(r"^(?:,\s|,?\s(?:and|or)\s)(?:the\s)?$")
_REFERENCE = re.compile(
    r"\b(?:the|this|that)\s(?:[\w-]+\s){0,2}(?:company|startup|start-up|firm|"
    r"lab|giant|maker|chipmaker|group|business|outfit|fund|university|institute|bank|retailer|carmaker|chain|agency|foundation|employer|publisher)\b|\b(?:it|its|they|their|"
    r"we|our)\b",
    re.I,
)


def subject(sentence: Sentence, upto: int) -> list[OrganisationMention]:
    """The organisations that govern the clause which ends at ``upto``: the first that nothing marks as an object.

    Several where they are joined by "and".
    """
    text = sentence.text
    candidates = [o for o in employers(sentence) if o.end <= upto]
    candidates = [o for o in candidates if o.known] or candidates
    free = [
        o
        for o in candidates
        if not _VICTIM.search(text[max(0, o.start - sentence.start - 60) : o.start - sentence.start])
    ]
    if not free:
        return _doubtful(sentence, upto)
    return _joined(sentence, free, free[_nearest_subject(sentence, free, upto)])


def _doubtful(sentence: Sentence, upto: int) -> list[OrganisationMention]:
    """A name of the lexicon that is also a common word ("Block", "Snap") where it acts as an employer."""
    for hit in scan(sentence.text[: upto - sentence.start]):
        acts = _EMPLOYER_ACT.match(sentence.text[hit.end : hit.end + 130])
        if (
            hit.organisation.ambiguous
            and acts
            and sentence.text[hit.start].isupper()
            and hit.organisation.kind != "outlet"
        ):
            return [OrganisationMention(sentence.start + hit.start, sentence.start + hit.end, hit.organisation.name)]
    return []


def unknown(sentence: Sentence, at: Span) -> str | None:
    """A name in no lexicon that acts as the employer of the signal at ``at``, or stands right after it ("at Acme")."""
    text = sentence.text
    for match in (_ACTING_NAME.match(text), _PLACE_NAME.match(text[at.end : at.end + 60])):
        if match is None:
            continue
        name = re.sub(r"^[\w.-]+-based\s", "", match["name"])
        if name.split()[0] in _COMMON or name.split()[-1] in _PLACES or _is_person(sentence, name):
            continue
        return name
    return None


def _is_person(sentence: Sentence, name: str) -> bool:
    return any(name in p.name or p.name in name for p in sentence.people)


def _nearest_subject(sentence: Sentence, free: list[OrganisationMention], upto: int) -> int:
    """The last free organisation that opens a clause before ``upto``; else the nearest."""
    text = sentence.text
    for index in range(len(free) - 1, -1, -1):
        lead = text[max(0, free[index].start - sentence.start - 12) : free[index].start - sentence.start]
        opens = not lead.strip() or re.search(
            r"(?:[,;:—–“\"(]|\b(?:that|and|but|while|as|because|where|when|which|said|says|reported))\s?(?:the\s)?$",
            lead,
        )
        if opens:
            return index
    return len(free) - 1


def _joined(
    sentence: Sentence, free: list[OrganisationMention], head: OrganisationMention
) -> list[OrganisationMention]:
    """``head`` with those before and after it that commas and "and" join to it, unknown names of the list too."""
    at = free.index(head)
    first = last = at
    while first > 0 and _JOINT.match(_gap(sentence, free[first - 1], free[first])):
        first -= 1
    while last + 1 < len(free) and _JOINT.match(_gap(sentence, free[last], free[last + 1])):
        last += 1
    return [*_listed(sentence, free[first]), *free[first : last + 1]]


def _listed(sentence: Sentence, head: OrganisationMention) -> list[OrganisationMention]:
    """Names that no list knows, before ``head``: "employers like Acme, Bolt and OpenAI"."""
    before = sentence.text[: head.start - sentence.start]
    match = _LIST_BEFORE.search(before)
    if match is None:
        return []
    offset = sentence.start + match.start("names")
    names = re.finditer(r"[^,\s][^,]*?(?=,|\sand\s|$)", match["names"].removesuffix(" ").removesuffix("and"))
    return [
        OrganisationMention(offset + n.start(), offset + n.end(), n[0].strip(), known=False)
        for n in names
        if n[0].strip()
    ]


def _gap(sentence: Sentence, left: OrganisationMention, right: OrganisationMention) -> str:
    return sentence.text[left.end - sentence.start : right.start - sentence.start]


def employers(sentence: Sentence) -> list[OrganisationMention]:
    """The organisations of a sentence that can employ: no outlet that only reports, no address, no surname."""
    return [
        o
        for o in sentence.organisations
        if not is_outlet(sentence.text, sentence, o) and not _in_address(sentence, o) and not _is_surname(sentence, o)
        if o.known
        or is_arm(sentence, o)
        or speaks_for(sentence, o)
        or (_acts(sentence, o) and o.name.split()[-1] not in _PLACES)
    ]


def _acts(sentence: Sentence, mention: OrganisationMention) -> bool:
    """Whether a name that no list holds stands where only an employer can."""
    before = sentence.text[max(0, mention.start - sentence.start - 6) : mention.start - sentence.start]
    after = sentence.text[mention.end - sentence.start : mention.end - sentence.start + 110]
    at_its_place = before.endswith("the ") and _PREMISES.match(after) is not None
    return at_its_place or _EMPLOYER_ACT.match(after) is not None or _AT_FIRM.search(before) is not None


def _is_surname(sentence: Sentence, mention: OrganisationMention) -> bool:
    return mention.name in _CHIEFS or any(mention.name in p.name.split() for p in sentence.people)


def _in_address(sentence: Sentence, mention: OrganisationMention) -> bool:
    text, start, end = sentence.text, mention.start - sentence.start, mention.end - sentence.start
    if text[max(0, start - 1) : start] in {"@", "."} or text[end : end + 1] == "@" or _TICKER.search(text[:start]):
        return True
    if text[max(0, start - 1) : start] != "/" and text[end : end + 1] != "/":
        return False
    head, tail = text[max(0, start - 60) : start].rsplit(None, 1), text[end : end + 60].split(None, 1)
    return _URL.search(f"{head[-1] if head else ''}{text[start:end]}{tail[0] if tail else ''}") is not None


def speaks_for(sentence: Sentence, mention: OrganisationMention) -> bool:
    """Whether somebody speaks for it: "says Acme spokeswoman …"."""
    after = sentence.text[mention.end - sentence.start : mention.end - sentence.start + 30]
    return _SPEAKER.match(after) is not None


def is_arm(sentence: Sentence, mention: OrganisationMention) -> bool:
    """Whether the text calls it a part of the firm it speaks of: "its investment arm, Acme Capital"."""
    before = sentence.text[max(0, mention.start - sentence.start - 30) : mention.start - sentence.start]
    return _ARM.search(before) is not None


def bystander(sentence: Sentence, after: int) -> list[str]:
    """The only organisation left to pay: the first that nobody leaves, nor opens a new clause past ``after``."""
    for o in employers(sentence):
        before = sentence.text[max(0, o.start - sentence.start - 14) : o.start - sentence.start]
        if not _LEFT_FROM.search(before) and not (o.start > after and _NEXT_CLAUSE.search(before)):
            return [o.name]
    return []


def is_outlet(text: str, sentence: Sentence, mention: OrganisationMention) -> bool:
    """True where the organisation only reports."""
    written = text[mention.start - sentence.start : mention.end - sentence.start]
    return written in _OUTLETS or mention.name in _OUTLETS


def chief(text: str) -> str | None:
    """The organisation of the last chief named in ``text``."""
    names = _CHIEF.findall(text)
    return _ORG_OF_CHIEF[names[-1].lower()] if names else None


def chief_acts(text: str) -> bool:
    """True where a chief in ``text`` makes the offer himself ("Zuckerberg tried to lure…")."""
    return _ACTING.search(text) is not None


def carried(reading: Reading, sentence: Sentence) -> str | None:
    """The organisation the sentences before speak of: the nearest one at the head of a sentence, then the title's."""
    if _FIRST_PERSON.search(sentence.text) and "“" not in sentence.text and '"' not in sentence.text:
        return narrator(reading)
    if _opens_item(sentence):
        return None
    for other in reversed(vicinity.before(reading, sentence.start, most=4)):
        if _PRONOUN_FIRST.match(other.text):
            continue
        named = employers(other)
        heads = subject(other, other.end) or named
        if heads:
            return heads[0].name
        if _opens_item(other):
            return None
    return title_organisation(reading) or (_headline_subject(reading) if refers_back(sentence.text) else None)


def _opens_item(sentence: Sentence) -> bool:
    """Whether the sentence is a new item of a list, which does not go on about the item before."""
    return _NEW_ITEM.match(sentence.text) is not None and not (
        refers_back(sentence.text) or _SAME_ITEM.search(sentence.text)
    )


def _headline_subject(reading: Reading) -> str | None:
    """The name that opens a headline, before its verb: "Acme puts …"."""
    match = _HEADLINE.match(reading.document.title)
    if match is None or match["name"].split()[0] in _COMMON:
        return None
    people = (p.name for s in reading.sentences[: vicinity.REACH] for p in s.people)
    if any(match["name"] in name for name in people):
        return None
    known = lookup(match["name"])
    return known.name if known is not None else match["name"]


def refers_back(text: str) -> bool:
    """Whether the text speaks of "the company", "it" or "they"."""
    return _REFERENCE.search(text) is not None


def narrator(reading: Reading) -> str | None:
    """Who says "we" outside a quotation: the firm of the title, else the first that the text names."""
    first = (o.name for s in reading.sentences[: vicinity.REACH] for o in employers(s))
    return title_organisation(reading) or next(first, None)


def title_organisation(reading: Reading) -> str | None:
    """The first organisation that the title shares with the text."""
    title = reading.document.title
    best: tuple[int, str] | None = None
    for sentence in reading.sentences[: vicinity.REACH]:
        for mention in sentence.organisations:
            written = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
            at = title.find(written)
            if at >= 0 and written not in _OUTLETS and (best is None or at < best[0]):
                best = (at, mention.name)
    return best[1] if best else None
