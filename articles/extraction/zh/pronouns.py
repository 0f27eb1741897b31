"""Says of whom a Chinese text speaks by 他, 该研究员, 前者 or 后者."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.extraction.mentions import PersonMention, Sentence

_TITLES = "研究员|科学家|高管|工程师|学者|负责人|教授|创始人|联创|华人|大牛|老将|元老|设计师|掌门人|总裁|总监"
_PRONOUN = re.compile(
    r"(?<![其吉利排])[他她](?![们人日国乡者杀])|(?:该|这位|这名)"
    rf"(?:[^,。;:的 ]{{0,8}}?|前? ?[A-Z][A-Za-z ]{{1,24}}?[^,。;:的 ]{{0,6}}?)(?:{_TITLES})(?!们|[的之]一)|此人"
)
# 其 is a person where it does what people do: 其已受聘担任, 其突然宣布离职.
_ITS = re.compile(
    r"(?<![与及尤极莫何任])其(?=(?:本人|也|已经?|将|曾|还|又|便|则|即将|随后|后来|此前|目前|现|正式|突然|近日|最近|主动|选择|决定|于|在|从)"
    r"[^,。;:、的]{0,20}?(?:离开|离职|离任|辞|加入|加盟|入职|担任|出任|任职|供职|就职|受聘|创办|创立|跳槽|转投|履新|发布离职|卸任|退休|回归|重返)"
    r"|(?:离开|离职|离任|辞去|加入|加盟|入职|担任|出任|转投|跳槽|卸任)(?!的|者|员工|人员|消息|后的))"
)
_PAIR = re.compile(r"(?:前者|后者)")
# The former and the latter are people where they do what people do.
_DOES = re.compile(
    r"(?:[^,。;:]{0,4}?)(?:加入|加盟|转投|入职|去了|赴|曾|此前|原|现|是|为|担任|出任|任|在|则|已|将|于|从|来自|离开|离职|选择|创办|创立|负责|如今|表示|随后|据悉|干了|做了|待了|只|还|刚|很快|后来|去年|今年|跳|宣布|告诉)"
)
# Who only speaks is not whom the text goes on about.
_SPEAKS = re.compile(r"(?:\([^()\n]{1,40}\))? ?[^,。\n]{0,4}(?:表示|说道|说|称|补充|认为|指出|写道|评论)")


def resolve(text: str, sentences: Sequence[Sentence]) -> None:
    """Adds the pronouns' mentions: 他 is whom the text last put at the head of a clause, else the last one named."""
    current: PersonMention | None = None
    previous: PersonMention | None = None
    speaker: PersonMention | None = None
    spoken_of: PersonMention | None = None
    last: list[PersonMention] = []
    for sentence in sentences:
        named = list(sentence.people)
        for match in (
            *_PRONOUN.finditer(text, sentence.start, sentence.end),
            *_ITS.finditer(text, sentence.start, sentence.end),
        ):
            if any(m.start < match.end() and match.start() < m.end for m in named):
                continue
            earlier = [m for m in named if m.end <= match.start()]
            head = next((m for m in reversed(earlier) if _heads_clause(text, sentence, m)), None)
            if match[0] == "此人":
                head = earlier[-1] if earlier else previous
            head = _just_named(text, sentence, earlier, match.start()) or _presented(text, sentence, earlier) or head
            head = head or next((m for m in reversed(earlier) if _is_portrayed(text, sentence, m)), None)
            head = head or next((m for m in earlier[:1] if _owns_the_subject(text, sentence, m)), None)
            if _THEMSELVES.match(text, match.end()) and earlier:
                head = earlier[0]
            if head and _FOLLOWS.search(text, max(0, match.start() - 3), match.start()):
                head = _of_another_clause(text, earlier, match.start())
            antecedent = head or current or (earlier[-1] if earlier else None)
            if antecedent and speaker and antecedent.name == speaker.name and _in_quotation(text, match.start()):
                antecedent = spoken_of
            if antecedent:
                sentence.people.append(_again(match.start(), match.end(), antecedent))
        sentence.people += _former_and_latter(text, sentence, last)
        sentence.people.sort(key=lambda m: m.start)
        heads = [m for m in named if _heads_clause(text, sentence, m)]
        heads = heads or [m for m in named[:1] if _owns_the_subject(text, sentence, m)]
        heads = [m for m in heads if current is None or not _SPEAKS.match(text, m.end)]
        previous = named[-1] if named else previous
        last = named or last
        presented = _presented(text, sentence, named)
        current = presented or (heads[0] if heads else named[0] if named and current is None else current)
        speaker = next((m for m in reversed(named) if _SPEAKS.match(text, m.end)), speaker)
        if current and not (speaker and current.name == speaker.name):
            spoken_of = current


# 由他本人接手: who does what the sentence says first.
_THEMSELVES = re.compile(r"本人|自己")
# Y 随他同来: somebody else than Y.
_FOLLOWS = re.compile(r"(?:跟随|追随|随|跟|与|和|同) ?$")


def _of_another_clause(text: str, earlier: Sequence[PersonMention], start: int) -> PersonMention | None:
    """The last one named before the clause at ``start``."""
    marks = [text.rfind(mark, 0, start) for mark in ",。;:"]
    return next((m for m in reversed(earlier) if m.end <= max(marks)), None)


def _in_quotation(text: str, start: int) -> bool:
    """Whether quotation marks are open at ``start``; whoever speaks in them calls others 他 and 她."""
    opened = text.rfind("“", max(0, start - 600), start)
    return opened >= 0 and "”" not in text[opened:start]


def _again(start: int, end: int, person: PersonMention) -> PersonMention:
    return PersonMention(start, end, person.name, person.aliases, pronoun=True)


def _former_and_latter(text: str, sentence: Sentence, before: Sequence[PersonMention]) -> list[PersonMention]:
    """前者 and 后者: the two people named last before, or the one whose name ends the clause right before 后者."""
    found = []
    named = [m for m in sentence.people if not m.pronoun]
    for match in _PAIR.finditer(text, sentence.start, sentence.end):
        if not _DOES.match(text, match.end(), sentence.end):
            continue
        earlier = [m for m in named if m.end <= match.start()] or list(before)
        pair = list({m.name: m for m in earlier}.values())[-2:]
        if len(pair) == 2 and (match[0] == "前者" or _joined(text, pair)):
            found.append(_again(match.start(), match.end(), pair[match[0] == "后者"]))
        elif match[0] == "后者" and earlier and _ends_clause(text, earlier[-1], match.start()):
            found.append(_again(match.start(), match.end(), earlier[-1]))
    return found


def _joined(text: str, pair: Sequence[PersonMention]) -> bool:
    """Whether the two stand in one list, or each with what is told of it side by side."""
    return pair[1].start - pair[0].end <= 60


def _ends_clause(text: str, person: PersonMention, upto: int) -> bool:
    """Whether nothing but a mark stands between the name and 后者."""
    return bool(re.fullmatch(r"(?:\([^()]{1,40}\))?[,。;—]*", text[person.end : upto].strip()))


def _is_portrayed(text: str, sentence: Sentence, mention: PersonMention) -> bool:
    """而负责人黄某的背景更受关注：他 …: whom the clause is about, though it speaks of what is theirs."""
    if not re.match(
        r" ?的(?:职业)?(?:背景|履历|经历|简历|故事|职业|生涯|资历|来历|去向|离开|离职)",
        text[mention.end : mention.end + 12],
    ):
        return False
    before = re.split(r"[,。:;]", text[max(sentence.start, mention.start - 30) : mention.start])[-1]
    return not re.search(r"[和与被对向给跟为让据把]", before)


_JOINS = re.compile(r"[和与被对向给跟同为让据替把在继自随、]")
# What is somebody's, and is nobody else: 甲的本科毕业于, 甲的职责也有变化.
_ANOTHER = re.compile(
    r"的[^,。;]{0,8}?(?:妻子|丈夫|父亲|母亲|儿子|女儿|同事|团队|学生|导师|老师|老板|上司|上级|下属|继任者|接任者|公司|企业|搭档|合伙人|助手|朋友|弟子|人(?!生|气))"
)


def _owns_the_subject(text: str, sentence: Sentence, mention: PersonMention) -> bool:
    """Whether the sentence begins with what is the mention's own."""
    before = text[sentence.start : mention.start].strip(" “")
    after = text[mention.end : mention.end + 46]
    owned = re.match(r" ?(?:\([^)]{1,40}\))? ?(?=的)", after)
    return bool(owned and len(before) <= 6 and not _LEADS.search(before) and not _ANOTHER.match(after, owned.end()))


_LEADS = re.compile(r"[和与被对向给跟为让据替把在继由]$")
_PRESENTS = re.compile(r"(?:是|有|包括|即|还有|便是|就是|名叫|叫做?|为)[^,。;:]{0,60}$")


def _just_named(text: str, sentence: Sentence, earlier: Sequence[PersonMention], start: int) -> PersonMention | None:
    """另一位是甲公司负责人 X，他也…: X, whom the clause before presents at its end."""
    last = earlier[-1] if earlier else None
    if (
        last is None
        or last.pronoun
        or not re.fullmatch(r" ?(?:\([^()]{1,40}\))? ?[,:;—。]+ ?(?:而|但|如今|目前|此前)?", text[last.end : start])
    ):
        return None
    clause = re.split(r"[,。:;]", text[max(sentence.start, last.start - 80) : last.start])[-1]
    return last if _PRESENTS.search(clause) else None


# Words that bring somebody new on to the stage at the end of a sentence.
_HANDS_TO = re.compile(
    r"(?:(?:名字|面孔|身影|人选)(?::|—+|,是|是)|由|交给了?|移交给|传给了?|让位给|(?:者|人|的)(?:则|就|正)?是|(?:聘请|任命|挖来|请来|拉来|迎来|提拔|选择)了?)[^,。;:和与、]{0,24}$"
)
_TAKES_OVER = re.compile(
    r" ?(?:\([^()]{1,60}\))? ?(?:$|[。!?”\n]|(?:来)?(?:接任|接替|接手|补上|代管|代理|暂代|继任|执掌|掌舵"
    r"|负责|担任|出任|领导|兼任)[^,。;]{0,24}[。,])"
)


def _presented(text: str, sentence: Sentence, named: Sequence[PersonMention]) -> PersonMention | None:
    """Y of 甲的职务由 Y 接任, 视觉中心交给了 Y: of whom the next sentence speaks."""
    last = named[-1] if named else None
    if last is None or last.pronoun or not _HANDS_TO.search(text, max(sentence.start, last.start - 40), last.start):
        return None
    return last if _TAKES_OVER.match(text, last.end, min(sentence.end, last.end + 100)) else None


def _heads_clause(text: str, sentence: Sentence, mention: PersonMention) -> bool:
    """Whether the mention opens its clause, a title before it apart, and is no possessor or companion."""
    before = re.split(r"[,。:;]", text[max(sentence.start, mention.start - 40) : mention.start])[-1]
    joins = list(_JOINS.finditer(before))
    if joins and joins[-1].end() >= len(before) - 15 and not before.endswith("、"):
        title = joins[-1][0] in "、和与" and joins[-1].start() > 1
        left = mention.start - len(before) + joins[-1].start()
        if not title or any(left - 40 <= m.end <= left for m in sentence.people):
            return False
    return not re.match(r" ?(?:\([^)]{1,40}\))? ?的(?!离|加|辞|出)", text[mention.end : mention.end + 46])
