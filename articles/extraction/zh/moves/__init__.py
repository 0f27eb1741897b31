"""Finds the moves that a Chinese article states."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from articles.extraction.claims import MoveClaim, MoveEnd, Status
from articles.extraction.lexicon import table
from articles.extraction.mentions import Sentence
from articles.extraction.zh.attribution import attribute, is_guessed
from articles.extraction.zh.dates import find_date
from articles.extraction.zh.moves.careers import join_careers
from articles.extraction.zh.moves.drafts import Draft, assemble, family, key
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.rules import find_drafts
from articles.extraction.zh.moves.scene import scenes
from articles.extraction.zh.moves.voice import is_announced
from articles.extraction.zh.reader import ChineseReading


def find_moves(reading: ChineseReading) -> list[MoveClaim]:
    """Every move once, in the order of the text."""
    finder = Finder(reading)
    for scene in scenes(reading):
        find_drafts(finder, scene)
    join_careers(finder)
    published = reading.document.published
    for draft in finder.drafts:
        draft.date = draft.date or find_date(reading, reading.sentences[draft.sentence], draft.clause or draft.span)
        draft.past = bool(draft.date and published and draft.date.split("/")[-1][:4] < str(published.year))
    drafts = assemble(finder.drafts)
    for draft in drafts:
        draft.date = draft.date or _fresh(reading, draft)
    spoken = _spoken(reading)
    moves = [_claim(reading, draft, spoken) for draft in drafts]
    return sorted(moves, key=lambda move: move.span)


def _spoken(reading: ChineseReading) -> dict[str, str]:
    """How the article itself calls each employer: by its lexicon name where it does, else as it does most often."""
    forms: dict[str, Counter[str]] = {}
    for sentence in reading.sentences:
        for mention in sentence.organisations:
            if mention.team is None and mention.known:
                form = reading.document.text[mention.start : mention.end]
                forms.setdefault(mention.name, Counter())[form.removesuffix("公司") or form] += 1
    return {name: name if name in counts else counts.most_common(1)[0][0] for name, counts in forms.items()}


def _called(end: MoveEnd | None, spoken: dict[str, str]) -> MoveEnd | None:
    return replace(end, org=spoken.get(end.org, end.org)) if end and end.org else end


def _claim(reading: ChineseReading, draft: Draft, spoken: dict[str, str]) -> MoveClaim:
    sentence = reading.sentences[draft.sentence]
    attribution, wording = attribute(reading, sentence, draft.span)
    status: Status = draft.status or "reported"
    if draft.status is None and wording != "confirmed" and is_guessed(sentence, draft.span):
        status = "rumoured"
    elif draft.status is None and (wording == "confirmed" or is_announced(reading, draft)):
        status = "confirmed"
    claim = MoveClaim(
        person=draft.person,
        cohort=None if draft.person else draft.cohort,
        origin=_called(draft.origin, spoken),
        destination=_called(draft.destination, spoken),
        kind=draft.kind,
        date=draft.date,
        status=status,
        attribution=attribution,
        span=draft.span,
        rule=draft.rule,
        confidence=draft.confidence,
    )
    return replace(claim, kind="acquihire") if _came_with_a_deal(reading, draft) else claim


def _fresh(reading: ChineseReading, draft: Draft) -> str | None:
    """The month of publication for what the article tells as news: 刚刚, 近日, 宣布 in its clause or sentence."""
    published = reading.document.published
    if published is None or draft.background or draft.sentence > _NEWS_SENTENCES:
        return None
    sentence = reading.sentences[draft.sentence]
    return f"{published:%Y-%m}" if _NEWS.search(reading.plain, sentence.start, sentence.end) else None


# News stands at the head of an article.
_NEWS_SENTENCES = 8
_NEWS = re.compile(
    r"刚刚|近日|日前|今[天日早晚]|宣布|官宣|最新|正式|即将|突发|获悉|证实|被曝|发布公告|(?<![其她他])将(?=于|在|会|从|由|加|担任|出任|离|接|任|成|领导|负责|正式|卸|转|辞|退|重|回|入|创|聘|前往|赴|与|继|裁)"
)
_NO_DEAL = re.compile(r"试图收购|未成功|曾想收购|传闻|有意收购|拒绝|想收购")


def _buys(sentence: Sentence, draft: Draft, text: str, deals: list[str]) -> bool:
    """Whether the organisation joined stands before the deal and the one left after it, or both before 达成协议."""
    places = [(o.start - sentence.start, family(MoveEnd(o.name))) for o in sentence.organisations]
    for word in deals:
        at = text.find(word)
        before = {name for start, name in places if start < at}
        after = {name for start, name in places if start > at}
        both = word.endswith(("协议", "交易", "带走")) and family(draft.origin) in before
        if at >= 0 and family(draft.destination) in before and (both or family(draft.origin) in after):
            return True
    return False


def _came_with_a_deal(reading: ChineseReading, draft: Draft) -> bool:
    """Whether a sentence tells that the one organisation bought the other or its licence."""
    if draft.kind not in ("hire", "return") or not (draft.origin and draft.destination) or not key(draft.origin):
        return False
    deals = table("zh/moves")["company"]["acquisition"]
    for sentence in reading.sentences:
        names = {family(MoveEnd(o.name)) for o in sentence.organisations}
        if {family(draft.origin), family(draft.destination)} <= names:
            text = reading.plain[sentence.start : sentence.end]
            if any(w in text for w in deals) and not _NO_DEAL.search(text) and _buys(sentence, draft, text, deals):
                return True
    return False
