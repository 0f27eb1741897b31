"""Whose pay, whose staff: the employer that a figure in an English sentence belongs to."""

from __future__ import annotations

import re
from itertools import pairwise

from articles.extraction import vicinity
from articles.extraction.document import Span
from articles.extraction.en.employing import EMPLOYER_ACT, employers
from articles.extraction.en.introduced import called
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.organisations import lookup, scan
from articles.extraction.patterns import either

_WORDS = table("en/pay")
_CHIEFS: dict[str, str] = _WORDS["chiefs"]
_SIGNAL_WORDS = table("en/signals")
_OUTLETS = frozenset(table("en/attribution")["outlets"])
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|here)\b", re.I)
# A foundation that bears a chief's name is not his firm.
_CHIEF = re.compile(
    rf"(?<!Chan\s)\b{either(_CHIEFS)}\b(?!\s(?:[A-Z]\w+\s)?(?:Initiative|Foundation|Institute|Hospital|Biohub|Family|Fellow)\w*\b)",
    re.I,
)
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
    r"investors\sinclude|backers\sinclude|backed\sby|joining|than|with|for|to|by|runs|owns|makes|acquired|bought|"
    r"backs|lur(?:e[sd]?|ing)|poach(?:es|ed|ing)?|woo(?:s|ed|ing)?|tempt(?:s|ed|ing)?|offer(?:s|ed|ing)|recruit(?:s|ed|ing)?|"
    r"hir(?:e[sd]?|ing)|attract(?:s|ed|ing)?|approach(?:es|ed|ing)|paying|giving)[\s-](?:top\s|some\s|several\s|senior\s|many\s|the\s|its\s|rival\s|rivals\s|competitor\s)*"
    rf"(?:(?!(?:{_TIMES})\b)(?:[A-Z][\w.&’'-]*|[a-z]+\d\w*)(?:,\s|\sand\s))*$"
    r"|\b(?i:via|in|on)\s(?:the\s|its\s)?$"
)
_NAME = r"(?P<name>[A-Z][\w&’'-]*[\w](?:\s(?:of\s|and\s|&\s)?[A-Z][\w&’'-]*\w){0,3})"
_LEFT_FROM = re.compile(r"\b(?:from|leaving|left|former|ex-|to|joining|joined)\s?(?:the\s)?$", re.I)
_LIST_BEFORE = re.compile(
    r"\b(?:like|including|such\sas)\s(?P<names>(?:[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,2},\s){1,5}(?:and\s)?)$"
)
_COMES_FROM = re.compile(r"\b(?:from|former|ex-)\s?$", re.I)
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
_NEW_ITEM = re.compile(r"\s*(?:[-*•·]|\d{1,2}[.)])\s[^:.]{3,90}:\s")
# "the fund" is the one that the text called so.
_SAME_ITEM = re.compile(
    r"\b(?:the|this|that)\s(?:[\w-]+\s)?(?:team|role|position|job|package|offer|posting|listing)s?\b", re.I
)
_SERVED = re.compile(
    r"\b(?:years?|decades?|months|stint|worked|career|served|previously)\s(?:\w+\s)?(?:as\s[^,.;]{2,40}\s)?(?:at|with|for|of)\s(?:the\s)?$"
)
# "- Bonus Scale:" heads a list.
_LABEL = re.compile(r"\s*(?:[-*•·]\s)?[^:.]{2,40}:\s*")
_PRONOUN_FIRST = re.compile(
    r"[\s“\"]*(?:It|They|Its|Their|(?:The|This)\s(?:[\w-]+\s)?(?:company|startup|firm|lab|group|studio|maker))\b"
)
_HEADLINE = re.compile(
    r"(?P<name>[A-Z][\w&’'-]*\w(?:\s[A-Z][\w&’'-]*\w){0,2})\s(?:[a-z]+s|to|will|has|is|plans\sto)\s\w"
)
_ASIDE = re.compile(
    r"(?:\s\([^)]{1,30}\))?(?P<aside>,\s(?:an?|the|which|whose|one\sof|maker\sof|owner\sof)\s[^;.]{5,220}?,)"
    r"\s(?:has|have|had|is|was|will|said|says|laid|lays|cut|cuts|announced|plans|also|recently|reportedly|now|employs|pays|offers?)\b"
)
_JOINT = re.compile(r"^(?:,\s|,?\s(?:and|or)\s)(?:the\s)?$")
# A list of firms has an "and" or "or"; names that only commas part are an aside and a subject.
_FINAL = re.compile(r"\b(?:and|or)\b")
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
    free = _outside_asides(sentence, free)
    if not free:
        return _doubtful(sentence, upto)
    return joined(sentence, free, free[_nearest_subject(sentence, free, upto)])


def _outside_asides(sentence: Sentence, free: list[OrganisationMention]) -> list[OrganisationMention]:
    """Without those inside the aside that says what another is: "Acme, which serves Bolt and Copper, has cut …"."""
    kept = list(free)
    for head in free:
        aside = _ASIDE.match(sentence.text, head.end - sentence.start)
        if aside is not None:
            end = sentence.start + aside.end("aside")
            kept = [o for o in kept if not head.end <= o.start < end]
    return kept


def _doubtful(sentence: Sentence, upto: int) -> list[OrganisationMention]:
    """A name of the lexicon that is also a common word ("Block", "Snap") where it acts as an employer."""
    for hit in scan(sentence.text[: upto - sentence.start]):
        acts = EMPLOYER_ACT.match(sentence.text[hit.end : hit.end + 130])
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


def joined(sentence: Sentence, free: list[OrganisationMention], head: OrganisationMention) -> list[OrganisationMention]:
    """``head`` with those before and after it that commas and "and" join to it, unknown names of the list too."""
    at = free.index(head)
    first = last = at
    while first > 0 and _JOINT.match(_gap(sentence, free[first - 1], free[first])):
        first -= 1
    while last + 1 < len(free) and _JOINT.match(_gap(sentence, free[last], free[last + 1])):
        last += 1
    group = free[first : last + 1]
    if len(group) > 1 and not any(_FINAL.search(_gap(sentence, a, b)) for a, b in pairwise(group)):
        return [head]
    return [*_listed(sentence, free[first]), *group]


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


def bystander(sentence: Sentence, after: int) -> list[str]:
    """The only organisation left to pay: the first that nobody leaves, nor opens a new clause past ``after``."""
    for o in employers(sentence):
        before = sentence.text[max(0, o.start - sentence.start - 14) : o.start - sentence.start]
        if not _LEFT_FROM.search(before) and not (o.start > after and _NEXT_CLAUSE.search(before)):
            return [o.name]
    return []


def chief(text: str) -> str | None:
    """The organisation of the last chief named in ``text``."""
    names = _CHIEF.findall(text)
    return _ORG_OF_CHIEF[names[-1].lower()] if names else None


def chief_acts(text: str) -> bool:
    """True where a chief in ``text`` makes the offer himself ("Zuckerberg tried to lure…")."""
    return _ACTING.search(text) is not None


def meant_here(sentence: Sentence, upto: int) -> str | None:
    """The one employer that the sentence names before its own "the company" or "it", which ends before ``upto``."""
    reference = _REFERENCE.search(sentence.text, 0, upto - sentence.start)
    if reference is None:
        return None
    before = {o.name for o in employers(sentence) if o.end <= sentence.start + reference.start()}
    return before.pop() if len(before) == 1 else None


def carried(reading: Reading, sentence: Sentence) -> str | None:
    """The organisation the sentences before speak of: the nearest one at the head of a sentence, then the title's."""
    if _FIRST_PERSON.search(sentence.text) and "“" not in sentence.text and '"' not in sentence.text:
        return narrator(reading)
    if _opens_item(sentence):
        return None
    if (introduced := called(reading, sentence)) is not None:
        return introduced
    for other in reversed(vicinity.before(reading, sentence.start, most=4)):
        if _PRONOUN_FIRST.match(other.text) or _LABEL.fullmatch(other.text):
            continue
        named = [o for o in employers(other) if not _served(other, o) and not _came_from(other, o)]
        heads = subject(other, other.end) or named
        if heads:
            return heads[0].name
        if _opens_item(other):
            return None
    own = title_organisation(reading) or (_headline_subject(reading) if refers_back(sentence.text) else None)
    return own or _only_one(reading)


def _served(sentence: Sentence, mention: OrganisationMention) -> bool:
    """Whether the sentence names the organisation as where somebody was before: "spent 18 years at Acme"."""
    before = sentence.text[max(0, mention.start - sentence.start - 40) : mention.start - sentence.start]
    return _SERVED.search(before) is not None


def _came_from(sentence: Sentence, mention: OrganisationMention) -> bool:
    """Whether the sentence names the organisation only as where somebody comes from: "a researcher from Acme"."""
    before = sentence.text[max(0, mention.start - sentence.start - 9) : mention.start - sentence.start]
    return _COMES_FROM.search(before) is not None


def _only_one(reading: Reading) -> str | None:
    """The one employer that the text names, where it names no other."""
    names = {o.name for s in reading.sentences[: vicinity.REACH] for o in employers(s)}
    return names.pop() if len(names) == 1 else None


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
