"""Finds the moves that a Chinese article states."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from articles.extraction import organisations
from articles.extraction.claims import Attribution, MoveClaim, MoveEnd, Status
from articles.extraction.dates import months
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Sentence
from articles.extraction.zh.attribution import attribute, is_guessed
from articles.extraction.zh.dates import find_date
from articles.extraction.zh.moves.careers import join_careers
from articles.extraction.zh.moves.chains import link_steps
from articles.extraction.zh.moves.drafts import Draft, assemble, family, key
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.rules import find_drafts
from articles.extraction.zh.moves.scene import scenes
from articles.extraction.zh.moves.voice import is_announced
from articles.extraction.zh.reader import ChineseReading

# A sentence that tells of a deal, its words, and the organisations it names.
Deal = tuple[Sentence, str, frozenset[str]]


def find_moves(reading: ChineseReading) -> list[MoveClaim]:
    """Every move once, in the order of the text."""
    finder = Finder(reading)
    for scene in scenes(reading):
        find_drafts(finder, scene)
    join_careers(finder)
    published = reading.document.published
    for draft in finder.drafts:
        sentence, founding = reading.sentences[draft.sentence], draft.kind == "founding"
        draft.date = draft.date or find_date(reading, sentence, draft.clause or draft.span, founding=founding)
        draft.past = bool(draft.date and published and draft.date.split("/")[-1][:4] < str(published.year))
        draft.attribution, draft.status = _sayer_and_status(reading, draft)
        draft.fresh = _month_of_news(reading, draft)
    drafts = assemble(finder.drafts)
    link_steps(drafts)
    for draft in drafts:
        draft.date = draft.date or _fresh(reading, draft)
    spoken, deals = _spoken(reading), _deals(reading)
    for draft in drafts:
        if draft.kind in ("hire", "return") and _with_the_deal(reading, draft):
            draft.kind = "acquihire"
    moves = [_claim(draft, spoken, deals) for draft in drafts]
    return sorted(moves, key=lambda move: move.span)


def _spoken(reading: ChineseReading) -> dict[str, str]:
    """How the article itself calls each employer: by its lexicon name where it does, else as it does most often."""
    forms: dict[str, Counter[str]] = {}
    for sentence in reading.sentences:
        for mention in sentence.organisations:
            if mention.known:
                form = _own_form(reading.document.text[mention.start : mention.end], mention)
                forms.setdefault(mention.name, Counter())[form.removesuffix("公司") or form] += 1 if form else 0
    told = {name: counts.most_common(1)[0][0] for name, counts in forms.items()}
    return {name: name if name in forms[name] else form or name for name, form in told.items()}


def _own_form(form: str, mention: OrganisationMention) -> str:
    """The employer's own name in a form that names its team: 腾讯 of 腾讯混元; "" where the team stands alone."""
    if mention.team is None:
        return form
    for size in range(len(form) - 1, 1, -1):
        entry = organisations.lookup(form[:size].rstrip())
        if entry is not None and entry.name == mention.name and entry.team is None:
            return form[:size].rstrip()
    return ""


def _called(end: MoveEnd | None, spoken: dict[str, str]) -> MoveEnd | None:
    return replace(end, org=spoken.get(end.org, end.org)) if end and end.org else end


def _claim(draft: Draft, spoken: dict[str, str], deals: list[Deal]) -> MoveClaim:
    claim = MoveClaim(
        person=draft.person,
        cohort=None if draft.person else draft.cohort,
        origin=_called(draft.origin, spoken),
        destination=_called(draft.destination, spoken),
        kind=draft.kind,
        date=draft.date,
        status=draft.status or "reported",
        attribution=draft.attribution,
        span=draft.span,
        rule=draft.rule,
        confidence=draft.confidence,
    )
    return replace(claim, kind="acquihire") if _came_with_a_deal(draft, deals) else claim


def _sayer_and_status(reading: ChineseReading, draft: Draft) -> tuple[Attribution | None, Status]:
    """Who says so; and the status by the rule's own judgement, else by who says it and how."""
    sentence = reading.sentences[draft.sentence]
    attribution, wording = attribute(reading, sentence, draft.span, parties=_parties(draft))
    published = reading.document.published
    if (
        published
        and draft.date
        and draft.date.split("/")[0] > published.isoformat()
        and draft.status in (None, "reported")
    ):
        return attribution, "planned"
    guessed = is_guessed(sentence, draft.span)
    if draft.status is not None:
        return attribution, "rumoured" if guessed and draft.status == "planned" else draft.status
    told = reading.plain[draft.span.start : draft.span.end]
    if wording == "confirmed" and not (draft.past and _ANNOUNCED.search(told) is None):
        return attribution, "confirmed"
    if guessed:
        return attribution, "rumoured"
    if attribution is not None and attribution.kind in ("unnamed", "outlet"):
        return attribution, "reported"
    return attribution, "confirmed" if is_announced(reading, draft) else "reported"


def _parties(draft: Draft) -> frozenset[str]:
    """All whose own word confirms the move."""
    named = {draft.person.name} if draft.person else set()
    ends = (draft.origin, draft.destination)
    return frozenset(named | {organisations.family(end.org) for end in ends if end and end.org})


def _fresh(reading: ChineseReading, draft: Draft) -> str | None:
    """The month of publication for what the article tells as news, and as a fact."""
    return None if draft.status in ("declined", "denied", "rumoured") else _month_of_news(reading, draft)


def _month_of_news(reading: ChineseReading, draft: Draft) -> str | None:
    """News opens the article, has 近日 or 宣布 in its own words or near the head beside them, or is still to come."""
    published = reading.document.published
    if published is None or draft.background:
        return None
    sentence, first = reading.sentences[draft.sentence], min(draft.sentence, draft.first)
    told = _DESCRIPTION.sub("", reading.plain[draft.span.start : draft.span.end])
    opens = first <= _OPENING and draft.kind != "founding" and not _LONG_AGO.search(told)
    news = (
        _NEWS.search(told)
        or _OF_LATE.search(reading.plain, sentence.start, sentence.end)
        or (first <= _NEWS_SENTENCES and _NEWS.search(reading.plain, sentence.start, sentence.end))
    )
    if draft.rule == "zh.roster":
        last = published.replace(day=1) - timedelta(days=1)
        return months((last.year, last.month), (published.year, published.month))
    fresh = opens or (news and not _LONG_AGO.search(told)) or draft.status == "planned"
    return f"{published:%Y-%m}" if fresh else None


# What a description of somebody tells of the past dates nothing: 曾在 A 任职的.
_DESCRIPTION = re.compile(r"曾[^,。;]{0,60}?的(?=[\u4e00-\u9fffA-Z]{2})")
# Words that speak of the weeks before the article, wherever they stand.
_OF_LATE = re.compile(r"近日|日前|近期|近来|近月|最近(?!一年|几年|任|的?职)|昨[天日晚]|今[天日晚晨早]")
# What opens an article is its news, unless the words put it back in time.
_OPENING = 1
_LONG_AGO = re.compile(r"曾|此前|之前|早年|期间|当年|不足|仅|不到|后来|先后|历任|毕业|[年月]前")
# News stands at the head of an article.
_NEWS_SENTENCES = 8
_NEWS = re.compile(
    r"刚刚|近日|日前|此次|本次|这次|近期|最近|也?决定(?:离|加|辞|退|从|回)|今[天日早晚]|宣布|官宣|最新|正式|即将|突发|获悉|证实|被曝|发布公告|(?<![其她他])将(?=于|在|会|从|由|加|担任|出任|离|接|任|成|领导|负责|正式|卸|转|辞|退|重|回|入|创|聘|前往|赴|与|继|裁)"
)
# What lies years back is confirmed only where the same words tell who said it.
_ANNOUNCED = re.compile(r"宣布|官宣|证实|确认|发文|写道|公告")
_NO_DEAL = re.compile(r"试图收购|未成功|曾想收购|传闻|有意收购|拒绝|想收购")


def _buys(sentence: Sentence, draft: Draft, text: str, deals: list[str]) -> bool:
    """Whether the organisation joined stands before the deal and the one left after it, or both before 达成协议."""
    places = [(o.start - sentence.start, family(MoveEnd(o.name))) for o in sentence.organisations]
    for word in deals:
        at = text.find(word)
        before = {name for start, name in places if start < at}
        after = {name for start, name in places if start > at}
        both = word.endswith(("协议", "交易", "带走", "授权", "许可")) and family(draft.origin) in before
        if at >= 0 and family(draft.destination) in before and (both or family(draft.origin) in after):
            return True
    return False


def _deals(reading: ChineseReading) -> list[Deal]:
    """The sentences that tell of a deal, with their words and the organisations they name."""
    words = table("zh/moves")["company"]["acquisition"]
    found: list[Deal] = []
    for sentence in reading.sentences:
        text = reading.plain[sentence.start : sentence.end]
        if any(word in text for word in words) and not _NO_DEAL.search(text):
            found.append((sentence, text, frozenset(family(MoveEnd(o.name)) for o in sentence.organisations)))
    return found


# The words that make somebody part of a deal: 作为交易的一部分, 随着入股一同加入.
_PART_OF_IT = re.compile(
    r"作为[^,。;]{0,10}?(?:交易|收购|协议|并购)的一部分|成为[^。;]{0,30}?(?:收购|交易|并购)的一部分"
    r"|随着?[^,。;]{0,24}?(?:入股|收购|交易|并购)(?:一同|一起|一并|而来|而加入|,?[^,。;]{0,6}一同)"
)


def _with_the_deal(reading: ChineseReading, draft: Draft) -> bool:
    sentence = reading.sentences[draft.sentence]
    return bool(_PART_OF_IT.search(reading.plain, sentence.start, sentence.end))


def _came_with_a_deal(draft: Draft, deals: list[Deal]) -> bool:
    """Whether a sentence tells that the one organisation bought the other or its licence."""
    if draft.kind not in ("hire", "return") or not (draft.origin and draft.destination) or not key(draft.origin):
        return False
    words = table("zh/moves")["company"]["acquisition"]
    ends = {family(draft.origin), family(draft.destination)}
    return any(ends <= names and _buys(sentence, draft, text, words) for sentence, text, names in deals)
