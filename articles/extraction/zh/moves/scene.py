"""A sentence laid out for the rules: its words of interest, people and employers in order, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.claims import Cohort
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, PersonMention, Sentence
from articles.extraction.zh.moves.cohorts import CohortHit, find_cohorts
from articles.extraction.zh.reader import ChineseReading

# A verb that opens another word is none: 加入了功能 counts, 成立于 does not.
_LONGER_WORDS = (
    "成为了",
    "任何",
    "任务",
    "任期",
    "任意",
    "责任",
    "信任",
    "主任",
    "时任",
    "现任",
    "原任",
    "前任",
    "历任",
    "连任",
    "一任",
    "下任",
    "新任",
    "首任",
    "当时",
    "当前",
    "当地",
    "当中",
    "当今",
    "当然",
    "当年",
    "当天",
    "当日",
    "当下",
    "当晚",
    "当选人",
    "当初",
    "应当",
    "相当",
    "适当",
    "不当",
    "正当",
    "做出",
    "做到",
    "做法",
    "做好",
    "叫做",
    "做了",
    "工作者",
    "工作量",
    "工作流",
    "工作组",
    "工作室",
    "工作岗位",
    "工作坊",
    "工作负载",
    "工作日",
    "工作站",
    "合作",
    "服务器",
    "服务商",
    "服务于",
    "自己",
    "自动",
    "自然",
    "自身",
    "来自",
    "自家",
    "自研",
    "自主",
    "自行",
    "自由",
    "自称",
    "自我",
    "独自",
    "各自",
    "亲自",
    "由于",
    "理由",
    "缘由",
    "经由",
    "不由",
    "从而",
    "从事",
    "从未",
    "从来",
    "从业",
    "从头",
    "从中",
    "自从",
    "服从",
    "遵从",
    "或者",
    "或许",
    "抑或",
    "获得",
    "获悉",
    "获取",
    "获奖",
    "收获",
    "受到",
    "受限",
    "接受",
    "受益",
    "享受",
    "让位",
    "转让",
    "传统",
    "传播",
    "传感",
    "宣传",
    "传奇",
    "传递",
    "传媒",
    "上传",
    "遗传",
    "流传",
    "不仅",
    "不过",
    "不断",
    "不同",
    "不再",
    "不足",
    "不久",
    "不错",
    "不少",
    "不到",
    "不论",
    "不管",
    "不止",
    "不惜",
    "不得不",
    "不容",
    "不满",
    "不乏",
    "不免",
    "未来",
    "未必",
    "尚未",
    "没收",
    "和解",
    "和谐",
    "与其",
    "参与",
    "与会",
    "同时",
    "同样",
    "同事",
    "同步",
    "同比",
    "共同",
    "合同",
    "不同",
    "如同",
    "等同",
    "同意",
    "同学",
    "同一",
    "同期",
    "同行",
    "同济",
    "跟踪",
    "跟进",
    "跟随",
    "思想",
    "想象",
    "理想",
    "设想",
    "想法",
    "称为",
    "名称",
    "职称",
    "称号",
    "称赞",
    "说法",
    "说明",
    "小说",
    "据说",
    "新闻",
    "创新",
    "新型",
    "最新",
    "更新",
    "全新",
    "新的",
    "重新",
    "新增",
    "新一代",
    "起来",
    "起初",
    "一起",
    "发起",
    "引起",
    "起步",
    "起草",
    "起诉",
    "了起",
    "对于",
    "关于",
    "由于",
    "基于",
    "属于",
    "位于",
    "处于",
    "用于",
    "至于",
    "终于",
    "等于",
    "大于",
    "鉴于",
    "出于",
    "成立于",
    "创立于",
    "创办于",
    "已有",
    "而已",
    "若干",
    "兼容",
    "兼顾",
    "兼备",
    "兼具",
    "兼职",
    "进入市场",
    "进入中国",
    "进入公众",
    "进入了",
    "流入市场",
    "退出机制",
    "回到家",
    "回到正题",
    "返回值",
    "投入使用",
    "投入运营",
    "投入巨资",
    "投入大量",
    "投入市场",
    "负责任",
    "转为盈利",
    "聘期",
    "教授",
    "领导力",
    "领导者",
    "领导层",
    "领导人",
    "领导团队",
    "领导班子",
    "领导职务",
    "领导职位",
    "领导角色",
    "领导风格",
    "领导地位",
    "成立以来",
    "员工离职率",
    "离职率",
    "离职潮",
    "离职协议",
    "离职信",
    "离职率",
    "离职补偿",
    "离职面谈",
    "离职文件",
    "跳槽率",
    "跳槽费",
    "负责人",
    "服务业",
    "主管部门",
    "创业者",
    "创业公司",
    "创业板",
    "创业团队",
    "创业企业",
    "创业项目",
    "创业营",
    "创业大赛",
    "创业精神",
    "创业投资",
    "创业圈",
    "创业邦",
    "创业黑马",
    "创业潮",
    "创业史",
    "创业史",
    "创业热潮",
    "创业伙伴",
    "创业初期",
    "创业孵化",
    "创业生态",
    "创业导师",
    "创业资讯",
    "招聘信息",
    "欢迎关注",
    "欢迎访问",
    "欢迎大家",
    "欢迎来到",
    "欢迎加入我们",
    "加入我们",
    "收购",
    "单飞行",
    "当家",
    "担任何",
    "传真",
    "工作人员",
    "从现在",
    "从今",
    "从此",
    "做客",
    "任命书",
    "提升至",
    "上升至",
    "攀升至",
    "飙升至",
    "回升至",
    "跃升至",
    "任重道远",
    "被裁员工",
    "被裁人员",
    "招聘",
    "应聘",
    "拒绝置评",
    "拒绝透露",
    "拒绝评论",
    "拒绝回应",
    "拒绝对",
    "竞聘",
    "解聘书",
    "任教授",
    "新增了",
    "新增功能",
    "称其",
    "自称",
    "公告板",
    "说服",
)


@dataclass(slots=True)
class Token:
    """A word of interest, a person, an organisation, an unnamed group or a mark."""

    kind: str
    start: int
    end: int
    text: str = ""
    person: PersonMention | None = None
    organisation: OrganisationMention | None = None
    cohort: Cohort | None = None
    clause: int = 0


@dataclass(slots=True)
class Scene:
    """One sentence with its tokens in order; ``bounds`` are the ranges of its clauses."""

    reading: ChineseReading
    sentence: Sentence
    index: int
    tokens: list[Token] = field(default_factory=list)
    bounds: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.reading.plain

    def clause_tokens(self, clause: int) -> list[Token]:
        return [t for t in self.tokens if t.clause == clause]

    def before(self, token: Token, *kinds: str) -> Iterator[Token]:
        """Tokens of these kinds left of ``token`` in its clause, the nearest first."""
        for other in reversed(self.tokens):
            if other.end <= token.start and other.clause == token.clause and (not kinds or other.kind in kinds):
                yield other

    def after(self, token: Token, *kinds: str) -> Iterator[Token]:
        """Tokens of these kinds right of ``token`` in its clause, the nearest first."""
        for other in self.tokens:
            if other.start >= token.end and other.clause == token.clause and (not kinds or other.kind in kinds):
                yield other

    def between(self, left: int, right: int) -> str:
        return self.text[left:right]


@cache
def _vocabulary() -> tuple[list[str], AhoCorasick]:
    """Every word with its kind; words in which a shorter one hides count for nothing."""
    kinds: dict[str, str] = dict.fromkeys(_LONGER_WORDS, "")
    data = table("zh/moves")
    for kind, members in data["verbs"].items():
        kinds.update(dict.fromkeys(members, kind))
    for kind in ("from", "by", "and", "say"):
        kinds.update(dict.fromkeys(data["function"][kind], kind))
    kinds.update(dict.fromkeys(table("zh/roles")["heads"], "title"))
    names = list(kinds)
    return [kinds[name] for name in names], AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


def scenes(reading: ChineseReading) -> Iterator[Scene]:
    """Every sentence laid out, in order."""
    kinds, automaton = _vocabulary()
    words = [(kinds[i], s, e) for i, s, e in automaton.find_matches_as_indexes(reading.plain) if kinds[i]]
    starts = [start for _, start, _ in words]
    for index, sentence in enumerate(reading.sentences):
        first, last = bisect_left(starts, sentence.start), bisect_right(starts, sentence.end - 1)
        yield _scene(reading, sentence, index, words[first:last])


def _scene(reading: ChineseReading, sentence: Sentence, index: int, words: list[tuple[str, int, int]]) -> Scene:
    scene = Scene(reading, sentence, index)
    named = _people(reading.plain, sentence)
    named += [Token("org", o.start, o.end, organisation=o) for o in sentence.organisations]
    groups = [_group(hit) for hit in find_cohorts(reading.plain, sentence.start, sentence.end, named_spans(named))]
    taken = _merged(sorted((t.start, t.end) for t in (*named, *groups)))
    groups = [g for g in groups if not _counts_names(reading.plain, sentence, g, named)]
    free = [Token(k, s, e, reading.plain[s:e]) for k, s, e in words if e <= sentence.end and not _covered(taken, s, e)]
    scene.tokens = sorted([*named, *groups, *free], key=lambda t: (t.start, -t.end))
    scene.bounds = list(_clauses(reading.plain, sentence.start, sentence.end))
    edges = [start for start, _ in scene.bounds]
    for token in scene.tokens:
        token.clause = max(0, bisect_right(edges, token.start) - 1)
    return scene


def _people(text: str, sentence: Sentence) -> list[Token]:
    """One token for each person mentioned; 马克·扎克伯格(Mark Zuckerberg) is one mention."""
    tokens: list[Token] = []
    for person in sentence.people:
        last = tokens[-1] if tokens else None
        if (
            last
            and last.person
            and last.person.name == person.name
            and text[last.end : person.start].strip() in ("(", "/")
        ):
            last.end = person.end + (text[person.end : person.end + 1] == ")")
            continue
        tokens.append(Token("person", person.start, person.end, person=person))
    return tokens


def _counts_names(text: str, sentence: Sentence, group: Token, named: list[Token]) -> bool:
    """X、Y 和 Z 三人, 两名负责人——X 和 Y, 两位大将，分别是 X 和 Y: the names tell it all."""
    people = [t for t in named if t.kind == "person"]
    plain_count = text[group.start : group.end].endswith(("人", "位", "名"))
    if any(
        text[t.end : group.start].strip() in (("", "等") if plain_count else ("",)) and t.end <= group.start
        for t in people
    ):
        return True
    if text[group.end : group.end + 2] == "之一":
        return True
    after = re.match(r"(?:—+|: ?|,? ?(?:分别是|分别为|即))", text[group.end : group.end + 8])
    if not after:
        return False
    following = [t for t in people if t.start >= group.end]
    return bool(following) and len({t.person.name for t in following if t.person}) >= (
        group.cohort.min or 9 if group.cohort else 9
    )


def named_spans(tokens: list[Token]) -> list[tuple[int, int]]:
    return sorted((t.start, t.end) for t in tokens)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ground without one range inside another."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _group(hit: CohortHit) -> Token:
    return Token("group", hit.start, hit.end, cohort=hit.cohort)


def _covered(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(taken, (end - 1, 1 << 60)) - 1
    return at >= 0 and taken[at][1] > start


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges between commas, semicolons and colons, those inside brackets and numbers apart."""
    depth, left = 0, start
    for at in range(start, end):
        mark = text[at]
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
        elif (mark in ",;:" and (depth == 0 or at - left > 120) and not text[at + 1 : at + 2].isdigit()) or (
            mark in ",;:" and depth == 0 and not text[at - 1 : at].isdigit()
        ):
            yield left, at
            left = at + 1
    yield left, end
