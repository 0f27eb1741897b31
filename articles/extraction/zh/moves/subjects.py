"""Who does what a Chinese verb says: its subject in the clause, in the clauses before, or behind 由."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.zh.moves.counted import expand
from articles.extraction.zh.moves.crowds import has_crowd
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Who
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.speakers import SAYS_I, speaker_of
from articles.extraction.zh.moves.titles import Post, posts_of

_SPACE = " “”\"'《》—-"
_BRACKET = re.compile(r" ?\([^()]{1,60}\)")


# A person behind one of these is no subject.
_LED = re.compile(
    r"(?:被|由|据|对|向|给|为|跟随|师从|接替|取代|替|代替|领导下|感谢|向|比|像|继任者|邀请|欢迎|祝贺|请|找到|追随|告诉|回复|采访|因为|关于|针对|就|除了|除|把|将|遭)[^,。]{0,2}$"
)


_COMPANION = re.compile(r"(?:与|和|跟|同(?![事学时样行日一期僚])|随|联合|携手|联手)[^,。与和跟同]{0,12}$")


_CARRY_SENTENCES = 2
# So many words of interest before a verb, and no more, can hold its subject.
_MOST_TOKENS = 40


_FOLLOWED = re.compile(r"(?:跟随|追随|伴随|随|跟着|随着) ?$")
_NOMINAL = re.compile(r"(?:可能)?(?:是|引发|标志|意味|归因|发生|并非|源于|被视为|也是|成为|正值|之际|背后|之后的)")


_STRANGER = re.compile(
    r"(?:^|[ ,、而]|[\u4e00-\u9fff])([A-Z][a-zà-ÿ]{2,}) ?(?:也|已|将|又|正式|宣布|即将|同时|还|则|就|"
    r"于近日|近日|直接|随后|后来|分享了|正在|从|在|于|曾|本人|选择|决定|\d|年|月)*$"
)


_ADVERBS = re.compile(r"[也已正式宣布突然相继先后均都将被曝悄然]*")
_COUNTED = re.compile(r"等|[一二两三四五六七八九十\d]+ ?[名位人个]")
# X、Y 两位清华系科学家: the title sums the names up.
_COUNTED_TITLE = re.compile(r"[一二两三四五六七八九十\d] ?[位名][^,。、]{0,8}$")
_CAUSED = re.compile(r"(?:让|使|令|邀请|希望|要求|劝|说服|鼓励|劝说|期待) ?$")


_SOMEBODY = re.compile(
    r"(?:员工|同事|高管|人员|研究员|人才|成员|某人|人们|大家|谁|者|任何人|有人|评论|网友|帖子|文章|推文|报道|观点|团队|老板|领导层|工程师|"
    r"科学家|中高层|高层|中层|用户|他们|她们|玩家|学生|朋友|求职者|开发者|客户|粉丝|董事会)(?:们)?[^,。的与和]{0,8}$"
)


# X 据报道已加入 B, X 被某报报道已加入 B: who tells is not who joins.
_TOLD_OF = re.compile(r"(?:被|据|经|遭)[^,。被据]{0,12}?(?:报道|爆料|曝光|曝出|曝|证实)(?:称|说|指)?")


def subjects(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """Those who do what ``verb`` says; empty where an organisation or nobody known does it."""
    if _stranger(scene, verb):
        return []
    led = verb.kind in ("take", "hold") and re.search(
        r"由(?!于)[^,。]{2,20}$", scene.text[scene.bounds[verb.clause][0] : verb.start]
    )
    if led and not _from_a_firm(scene, verb, scene.bounds[verb.clause][0] + led.start()):
        return []
    found = _in_clause(finder, scene, verb)
    if found is not None:
        return expand(finder, scene, found)
    for clause in range(verb.clause - 1, -1, -1):
        start, end = scene.bounds[clause]
        if clause not in finder.carried and has_crowd(scene, clause):
            return []
        if finder.carried.get(clause):
            quoted = scene.text[end : end + 1] == ":" and re.search(
                r"推文|报道|新闻|来源|快讯|链接|帖子", scene.text[start:end]
            )
            return [] if quoted else finder.carried[clause]
    opened = scene.text.rfind("“", scene.sentence.start, verb.start)
    if opened >= 0 and "”" not in scene.text[opened : verb.start] and SAYS_I.search(scene.text, opened, verb.start):
        return speaker_of(finder, scene, verb)
    if scene.index - finder.last_sentence <= _CARRY_SENTENCES and _starts_bare(finder, scene):
        return [who for who in finder.last if who.person]
    return []


def _from_a_firm(scene: Scene, verb: Token, start: int) -> bool:
    """X 由 A 调往 B: behind 由 stands where X comes from, and nobody."""
    between = [t for t in scene.clause_tokens(verb.clause) if start < t.start < verb.start]
    named = bool(between) and between[0].kind == "org" and between[0].start - start <= 2
    return named and not any(t.kind in ("person", "group") for t in between)


def _starts_bare(finder: Finder, scene: Scene) -> bool:
    """Whether no organisation opens the sentence as its subject."""
    for token in scene.clause_tokens(0):
        if token.kind == "org" and not finder.is_outlet(token):
            return bool(
                re.search(
                    r"(?:据|从|在|自|于|由|为|加入|离开|前|原|被|是|的|与|和|任|至|到|回|返) ?$",
                    scene.text[max(0, token.start - 3) : token.start],
                )
            )
        if token.kind in ("join", "leave", "take", "hold", "hire", "from", "return", "found"):
            return True
    return True


def _stranger(scene: Scene, verb: Token) -> bool:
    """Whether a Latin name that is nobody's known stands right before the verb."""
    left = scene.bounds[verb.clause][0]
    match = _STRANGER.search(scene.text, max(left, verb.start - 30), verb.start)
    if not match or not match[0][: match.end()].strip():
        return False
    return not any(t.start < match.end(1) and match.start(1) < t.end for t in scene.tokens)


def _in_clause(finder: Finder, scene: Scene, verb: Token) -> list[Who] | None:
    """None where the clause has no subject of its own, empty where it has an unfit one."""
    tokens = [t for t in scene.clause_tokens(verb.clause) if t.end <= verb.start][-_MOST_TOKENS:]
    if scene.text[verb.start - 1 : verb.start] == "的" and not any(
        t.kind in ("person", "group") and not scene.text[t.end : verb.start - 1].strip() for t in tokens
    ):
        return []
    groups = [t for t in tokens if t.kind == "group"]
    index = len(tokens) - 1
    right = verb.start
    while index >= 0:
        token = tokens[index]
        if token.kind == "org" and any(g.start <= token.start and token.end <= g.end for g in groups):
            index -= 1
            continue
        if token.kind in ("person", "group", "org"):
            if SAYS_I.search(scene.text[token.end : right]):
                return speaker_of(finder, scene, verb)
            if _SOMEBODY.search(
                re.sub(
                    r"及其(?:核心)?团队|[和与带率]领?[着了]?(?:其|整个|自己的)?(?:核心)?团队",
                    "",
                    _TOLD_OF.sub("", scene.text[token.end : right]),
                )
            ) and not (token.kind != "org" and _COUNTED.match(_after_name(scene, token))):
                return []
            right = token.start
        if (
            token.kind == "title"
            and scene.text[token.start - 1] != "等"
            and not _COUNTED_TITLE.search(scene.text, max(scene.sentence.start, token.start - 12), token.start)
            and right == verb.start
            and _ADVERBS.fullmatch(scene.text, token.end, right)
        ):
            return []
        if token.kind in ("person", "group"):
            if _CAUSED.search(scene.text[max(scene.bounds[token.clause][0], token.start - 6) : token.start]):
                return []
            if _FOLLOWED.search(scene.text[max(0, token.start - 4) : token.start]) and any(
                t.kind == "group" for t in tokens[:index]
            ):
                index -= 1
                continue
            if not is_led(finder, scene, token, verb):
                return with_listed(finder, scene, tokens, index)
            if _after_name(scene, token).startswith("的"):
                return []
        if token.kind == "org" and acts_itself(scene, token, verb):
            return []
        index -= 1
    lead = _TOLD_OF.sub("", scene.text[scene.bounds[verb.clause][0] : right])
    if right == verb.start and _NOMINAL.match(scene.text, verb.end) and not lead.strip():
        return []
    if SAYS_I.search(lead):
        return speaker_of(finder, scene, verb)
    return [] if _SOMEBODY.search(lead) else None


# X 的职业生涯始于 A: what is told of somebody's career is told of them.
_OWN_CAREER = re.compile(r"的(?:职业生涯|职场|履历|经历|简历|上一家公司|上一份工作|前一份工作|前东家)")


def is_led(finder: Finder, scene: Scene, token: Token, verb: Token) -> bool:
    """Whether the person is an object, a companion or a possessor rather than the subject."""
    before = scene.text[max(scene.bounds[token.clause][0], token.start - 16) : token.start].rstrip()
    posts = posts_of(scene, token) if token.kind == "person" else []
    if posts:
        before = scene.text[scene.bounds[token.clause][0] : posts[-1].start].rstrip(" 前原")
    if token.kind == "group" and before.endswith(("作为", "身为")):
        return True
    gap = re.sub(r"\([^()]*\)", "", scene.text[token.end : verb.start]).strip()
    if re.search(r"[被由] ?$", before) or (
        _LED.search(before) and not (verb.kind == "join" and re.search(r"(?:欢迎|祝贺|恭喜) ?$", before))
    ):
        return len(gap) > 4 or bool(
            re.search(r"(?:[被由据遭向给]|(?<!针)对) ?$|(?:接替|取代|代替|师从|跟随|邀请|追随) ?$", before)
        )
    if len(gap) <= 4 and "的" not in gap:
        return False
    after = _after_name(scene, token)
    if after.startswith(("政府", "时代", "阵营", "家族", "内阁")):
        return True
    if _OWN_CAREER.match(after):
        return False
    if after.startswith("的"):
        gap = scene.text[token.end : verb.start]
        return not re.fullmatch(r"(?:\([^)]*\))? ?的[\u4e00-\u9fff]{0,2}", gap)
    inside = any(t.kind == "person" and t.end <= token.start for t in scene.before(token, "person"))
    titled = any(
        t.kind == "title" and re.fullmatch(r" ?(?:和|与|及|暨|兼) ?", scene.text[t.end : max(t.end, first)])
        for first in [min([token.start, *(p.start for p in posts)])]
        for t in scene.before(token, "title")
    )
    return (
        bool(_COMPANION.search(before))
        and not titled
        and not inside
        and "一起" not in after
        and not before.endswith("随")
    )


def _after_name(scene: Scene, token: Token) -> str:
    text = scene.text[token.end : token.end + 70]
    bracket = _BRACKET.match(text)
    return text[bracket.end() if bracket else 0 :].lstrip(_SPACE)


_ADVERBIAL = re.compile(
    r"(?:公司|方面|团队|也|已|将|正式|宣布|近日|今天|今日|昨日|日前|正在|又|还|则|都|即将|曾|最近|近期"
    r"|刚刚|再次|先后|相继|,| )*"
)


def acts_itself(scene: Scene, token: Token, verb: Token) -> bool:
    """Whether the organisation itself is the subject: it opens the clause and only adverbs follow."""
    gap = scene.text[token.end : verb.start].strip()
    lead = scene.text[scene.bounds[token.clause][0] : token.start].strip(
        _SPACE + "而但并且此外同时近日今天昨日近期目前"
    )
    if not _ADVERBIAL.fullmatch(gap):
        return False
    return not lead or any(not scene.text[t.end : token.start].strip() for t in scene.before(token, "say"))


def with_listed(finder: Finder, scene: Scene, tokens: Sequence[Token], index: int) -> list[Who]:
    """The group that ends at ``tokens[index]``: X、Y 和 Z, over commas where each clause ends in a name."""
    found = [who_at(finder, scene, tokens[index])]
    bracket = _BRACKET.match(scene.text[tokens[index].end : tokens[index].end + 64])
    if bracket and not any(p.start > tokens[index].start for p in found[0].posts):
        return found
    at = index
    while at >= 1:
        earlier = at - 1
        while earlier >= 0 and tokens[earlier].kind in ("title", "org", "hold"):
            earlier -= 1
        if earlier < 1 or tokens[earlier].kind != "and" or not _adjoins(scene, tokens[earlier]):
            break
        at = earlier - 1
        while at >= 0 and tokens[at].kind not in ("person", "group"):
            at -= 1
        if at < 0:
            break
        found.append(who_at(finder, scene, tokens[at]))
    found += _named_of_group(finder, scene, tokens, index)
    found += _from_earlier_clauses(finder, scene, tokens[index])
    head = _leader(finder, scene, tokens, at)
    if head:
        found.append(head)
    return _shared(finder, scene, list(reversed(found)))


def _shared(finder: Finder, scene: Scene, people: list[Who]) -> list[Who]:
    """OpenAI 的四位研究员 X、Y, OpenAI 研究员 X 和 Y: what the first is holds for those without a title."""
    first = people[0]
    if first.person and not first.posts:
        for token in scene.before(first.token, "group"):
            if scene.text[token.end : first.token.start].strip() in ("", "—", "——", ":"):
                people[0] = Who(first.token, first.person, None, tuple(_group_posts(finder, scene, token)))
            break
    posts = people[0].posts
    return [_with_posts(who, posts) for who in people]


def _with_posts(who: Who, posts: tuple[Post, ...]) -> Who:
    """The posts of the first of a list for one without, and for others without a number (沈某及其团队, 及部分员工)."""
    if who.posts or (who.cohort and who.cohort.min is not None):
        return who
    return replace(who, posts=posts)


_WITH = re.compile(r"(?:[与和同跟]|带着|带领|率领|率|联合|携手|联手|拉着|拉上|带上|携) ?$")


def _leader(finder: Finder, scene: Scene, tokens: Sequence[Token], at: int) -> Who | None:
    """Z in "Z 与 X、Y 一起离开", where the list X、Y begins at ``tokens[at]``."""
    if not at or not _WITH.search(scene.text, max(0, tokens[at].start - 4), tokens[at].start):
        return None
    return next((who_at(finder, scene, t) for t in reversed(tokens[:at]) if t.kind == "person"), None)


def _adjoins(scene: Scene, conjunction: Token) -> bool:
    """Whether a name or a group ends right before the conjunction."""
    floor = max(0, conjunction.start - 64)
    left = scene.text[floor : conjunction.start].rstrip(_SPACE + ",")
    bare = re.sub(r"\([^()]*\)$", "", left).rstrip(_SPACE + ",")
    return floor + len(left) in scene.name_ends or floor + len(bare) in scene.name_ends


def _named_of_group(finder: Finder, scene: Scene, tokens: Sequence[Token], index: int) -> list[Who]:
    """X of X 等三位负责人, who is one of them."""
    group, before = tokens[index], tokens[index - 1] if index else None
    if group.kind != "group" or before is None or before.kind != "person":
        return []
    listed = scene.text[before.end : group.start].strip() == "等"
    return list(reversed(with_listed(finder, scene, tokens, index - 1))) if listed else []


def _from_earlier_clauses(finder: Finder, scene: Scene, token: Token) -> list[Who]:
    """CTO X，产品负责人 Y，Z 等相继离职: names that each end a clause of their own."""
    found: list[Who] = []
    joined = (
        _after_name(scene, token).startswith("等") or "以及" in scene.text[scene.bounds[token.clause][0] : token.start]
    )
    joined = joined or scene.text[scene.bounds[token.clause][0] : token.start].lstrip().startswith(("和", "与"))
    clause = token.clause - 1
    joined = joined or (clause >= 0 and _is_titled(scene, token.clause) and _only_names(scene, clause))
    while joined and clause >= 0:
        people = [t for t in scene.clause_tokens(clause) if t.kind in ("person", "group")]
        right = scene.bounds[clause][1]
        if not people or (
            scene.text[people[-1].end : right].strip(_SPACE)
            and not _BRACKET.fullmatch(scene.text[people[-1].end : right].rstrip())
        ):
            break
        if any(t.kind in ("say", "join", "leave", "hire") for t in scene.clause_tokens(clause)):
            found.append(who_at(finder, scene, people[-1]))
            break
        found.extend(who_at(finder, scene, t) for t in reversed(people))
        clause -= 1
    return found


def _is_titled(scene: Scene, clause: int) -> bool:
    """Whether the clause opens with the title of the one it speaks of: 联合创始人 Y 离职."""
    tokens = scene.clause_tokens(clause)
    opens = not scene.text[scene.bounds[clause][0] : tokens[0].start].strip(_SPACE) if tokens else False
    return opens and tokens[0].kind == "title" and len(tokens) > 1 and tokens[1].kind == "person"


def _only_names(scene: Scene, clause: int) -> bool:
    """Whether the clause is nothing but somebody with a title: 甲公司总裁 X."""
    tokens = scene.clause_tokens(clause)
    if len(tokens) < 2 or tokens[-1].kind != "person" or {t.kind for t in tokens} - {"org", "title", "person", "and"}:
        return False
    start, end = scene.bounds[clause]
    titled = any(t.kind == "title" and t.end == tokens[-1].start for t in tokens)
    return titled and tokens[-1].end == end and not scene.text[start : tokens[0].start].strip(_SPACE)


def who_at(finder: Finder, scene: Scene, token: Token) -> Who:
    if token.person:
        return Who(token, person=token.person, posts=tuple(posts_of(scene, token)))
    return Who(token, cohort=token.cohort, posts=tuple(_group_posts(finder, scene, token)))


def _group_posts(finder: Finder, scene: Scene, token: Token) -> list[Post]:
    """The employer inside or right before an unnamed group: 三名前 DeepMind 研究员, OpenAI 的多名高管."""
    if scene.text[max(0, token.start - 3) : token.start].rstrip("的 ").endswith("我们"):
        speaker = speaker_of(finder, scene, token)
        post = finder.current_post(speaker[0]) if speaker else None
        return [post] if post else []
    for org in scene.tokens:
        if org.kind != "org" or not org.organisation:
            continue
        inside = token.start <= org.start and org.end <= token.end
        gap = scene.text[org.end : token.start].strip()
        if inside or (
            org.end <= token.start and gap in ("", "的", "前", "旗下", "中", "有", "已有", "内部", "超过", "至少")
        ):
            former = bool(re.search(r"[前原] ?$", scene.text[max(0, org.start - 2) : org.start])) or gap == "前"
            return [Post(org.organisation, org.organisation.team, None, former, org.start)]
    return []


def agents_of(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """由 X 接任: the person behind 由 is the one who takes the post."""
    for token in scene.before(verb, "person", "group"):
        posts = who_at(finder, scene, token).posts
        left = min([token.start, *(p.start for p in posts)])
        if (
            re.search(r"由[^,。由]{0,24}$", scene.text[max(scene.bounds[token.clause][0], left - 26) : left] or "")
            or scene.text[left - 1 : left] == "由"
        ):
            return [who_at(finder, scene, token)]
        return []
    return []
