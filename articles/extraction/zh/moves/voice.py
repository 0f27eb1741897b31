"""Whether an appointment is told by the organisation that makes it, so that it is confirmed."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd
from articles.extraction.lexicon import table
from articles.extraction.mentions import Sentence
from articles.extraction.patterns import either
from articles.extraction.zh.moves.drafts import Draft, family, key
from articles.extraction.zh.reader import ChineseReading

_WORDS = table("zh/moves")["voice"]
_ANNOUNCES = re.compile(either(_WORDS["announces"]))
_PLEASED = re.compile(either(_WORDS["pleased"]))
_OURS = re.compile(either(_WORDS["ours"]))
_NOT_ITS_OWN = re.compile(either(_WORDS["reported"]))
_DATELINE = re.compile(
    r"[^,。\n]{0,24}[,，]? ?(?:\d{4} ?年)? ?\d{1,2} ?月 ?\d{1,2} ?日[^,。\n]{0,24}(?:—|-{1,2}|/|\(|讯|电|消息)"
)
# The announcement stands at the head of the article.
_HEAD = 4


def is_announced(reading: ChineseReading, draft: Draft) -> bool:
    """Whether the organisation joined says it: 宣布 in the sentence, a press release, or its own article."""
    if draft.background or draft.past or draft.kind not in ("hire", "return", "internal") or not key(draft.destination):
        return False
    sentence = reading.sentences[draft.sentence]
    words = reading.plain[sentence.start : sentence.end]
    if _NOT_ITS_OWN.search(words):
        return False
    if _announces(reading, sentence, draft):
        return True
    return _is_own_article(reading, draft) and draft.sentence <= _HEAD


def _announces(reading: ChineseReading, sentence: Sentence, draft: Draft) -> bool:
    """海桐科技今天宣布 before the clause, or 很高兴欢迎 in it."""
    before = reading.plain[sentence.start : draft.span.end]
    announced = _ANNOUNCES.search(before) or _PLEASED.search(before)
    if announced is None:
        return False
    at = sentence.start + announced.start()
    leading = [o for o in sentence.organisations if o.end <= at and at - o.end <= 24]
    if not leading:
        return bool(re.search(r"(?:公司|我们|集团|董事会)[^,。]{0,16}$", before[: announced.start()]))
    return any(_family(o.name) == family(draft.destination) for o in leading)


def _family(name: str) -> str:
    return family(MoveEnd(name))


def _is_own_article(reading: ChineseReading, draft: Draft) -> bool:
    """A press release of the employer: its dateline or its announcement at the head, or 我们 in its own voice."""
    head = reading.sentences[: _HEAD + 1]
    if any(_announces(reading, s, draft) for s in head) or any(
        _DATELINE.match(reading.plain, s.start) for s in head[:2]
    ):
        return True
    topics = {_family(o.name) for o in reading.topics}
    return family(draft.destination) in topics and bool(_OURS.search(reading.plain))
