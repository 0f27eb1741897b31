"""Which of the names of an English sentence can employ: no outlet that only reports, no address, no surname."""

from __future__ import annotations

import re

from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Sentence

_WORDS = table("en/pay")
_CHIEFS: dict[str, str] = _WORDS["chiefs"]
_SIGNAL_WORDS = table("en/signals")
_OUTLETS = frozenset(table("en/attribution")["outlets"])
_NOT_EMPLOYERS = frozenset(_WORDS["not_employers"])
_ROUND = re.compile(r"Series [A-H]")
_AT_FIRM = re.compile(r"\b(?:at|by|from|for)\s$")
_PREMISES = re.compile(
    r"\s(?:\w+\s)?(?:headquarters|campus|plant|factory|offices?|facility|warehouse|site|hub)\b", re.I
)
_COMMON = frozenset(_SIGNAL_WORDS["not_names"])
_PLACES = frozenset(_SIGNAL_WORDS["places"])
EMPLOYER_ACT = re.compile(
    r"(?:\s\([^)]{1,20}\)|['’]s)?(?:,\s[^,]{3,90},)?\s(?:has|have|had|is|was|"
    r"will|also|now|recently|reportedly|just|plans|plan|to|said|says|announced|"
    r"announces)?\s?"
    r"(?:\w+\s)?(?:lay|laid|cut|slash|axe|axing|eliminat|shed|fir(?:e|ing)|employ|"
    r"hir|recruit|offer|pay|paid|cutting|reduc|shrink|let go|advertis|dangl|dismiss|sack|"
    r"trim|freez|froze|boast|promis|seek|look)\w*\b"
)
_SPEAKER = re.compile(
    r"[’']?s?\s(?:CEO|chief|spokes\w+|president|owner|founder|co-founder|executives?|officials?)\b", re.I
)
_URL = re.compile(r"//|\bwww\.|@|\w\.[a-z]{2,}/", re.I)
_NETWORKS = frozenset(
    {
        "X",
        "Twitter",
        "LinkedIn",
        "Facebook",
        "Instagram",
        "Reddit",
        "YouTube",
        "TikTok",
        "Slack",
        "Threads",
        "GitHub",
        "Discord",
        "WeChat",
        "Weibo",
        "Substack",
        "Medium",
    }
)
_MESSAGE = re.compile(r"\s(?:messages?|posts?|memos?|channels?|threads?|notes?|accounts?|pages?|profiles?)\b")
_POSTED_ON = re.compile(r"\b(?:on|via|to)\s(?:the\s)?$")
_TICKER = re.compile(r"\b(?:Nasdaq|NYSE|AMEX|LSE|LON|HKEX|TSX|TSE|ASX)\s?:\s?$", re.I)
_ARM = re.compile(r"\b(?:arm|unit|subsidiary|division|business|brand|lab|studio|branch),\s$", re.I)
_CALLED_FIRM = re.compile(
    r"(?:\s\([^)]{1,20}\))?,\s(?:an?|the)\s(?:(?!(?:of|at|from|in|for|who|by|former)\b)[\w&’'-]+,?\s){0,5}?"
    r"(?:start-?up|company|firm|maker|chipmaker|lab|provider|developer|retailer|bank|fund|platform|publisher|unicorn|lender|carmaker)\b"
)


def employers(sentence: Sentence) -> list[OrganisationMention]:
    """The organisations of a sentence that can employ: no outlet that only reports, no address, no surname."""
    return [
        o
        for o in sentence.organisations
        if not is_outlet(sentence.text, sentence, o) and not _in_address(sentence, o) and not _is_surname(sentence, o)
        if o.name not in _NOT_EMPLOYERS and _ROUND.fullmatch(o.name) is None
        if o.known or is_arm(sentence, o) or speaks_for(sentence, o) or _acts_or_is_called(sentence, o)
    ]


def _acts_or_is_called(sentence: Sentence, mention: OrganisationMention) -> bool:
    return (_acts(sentence, mention) or _is_called_firm(sentence, mention)) and not _is_place(mention.name)


def _is_called_firm(sentence: Sentence, mention: OrganisationMention) -> bool:
    """ "Acme, a start-up that …"."""
    after = sentence.text[mention.end - sentence.start : mention.end - sentence.start + 90]
    return _CALLED_FIRM.match(after) is not None


def _is_place(name: str) -> bool:
    """ "North Carolina", but no "Oakline Motor North America"."""
    words = name.split()
    return words[-1] in _PLACES and not (len(words) > 2 and words[0] not in _PLACES and words[0] not in _COMMON)


def _acts(sentence: Sentence, mention: OrganisationMention) -> bool:
    """Whether a name that no list holds stands where only an employer can."""
    before = sentence.text[max(0, mention.start - sentence.start - 6) : mention.start - sentence.start]
    after = sentence.text[mention.end - sentence.start : mention.end - sentence.start + 110]
    at_its_place = before.endswith("the ") and _PREMISES.match(after) is not None
    return at_its_place or EMPLOYER_ACT.match(after) is not None or _AT_FIRM.search(before) is not None


def _is_surname(sentence: Sentence, mention: OrganisationMention) -> bool:
    return mention.name in _CHIEFS or any(mention.name in p.name.split() for p in sentence.people)


def _in_address(sentence: Sentence, mention: OrganisationMention) -> bool:
    """Whether the name is part of an address, or only the place where somebody posts ("wrote on X")."""
    text, start, end = sentence.text, mention.start - sentence.start, mention.end - sentence.start
    if text[start:end] in _NETWORKS and _MESSAGE.match(text, end):
        return True
    if text[start:end] in _NETWORKS and _POSTED_ON.search(text[max(0, start - 12) : start]):
        return True
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


def is_outlet(text: str, sentence: Sentence, mention: OrganisationMention) -> bool:
    """True where the organisation only reports."""
    written = text[mention.start - sentence.start : mention.end - sentence.start]
    return written in _OUTLETS or mention.name in _OUTLETS
