"""Who does what a Chinese verb says: its subject in the clause, in the clauses before, or behind 由."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Who
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.titles import Post, posts_of

_SPACE = " “”\"'《》—-"
_BRACKET = re.compile(r" ?\([^()]{1,60}\)")


# A person behind one of these is no subject.
_LED = re.compile(
    r"(?:被|由|据|对|向|给|为|跟随|师从|接替|取代|替|代替|领导下|感谢|向|比|像|继任者|邀请|欢迎|祝贺|请|找到|追随|告诉|回复|采访|因为|关于|针对|就|除了|除|把|将|遭)[^,。]{0,2}$"
)


_COMPANION = re.compile(r"(?:与|和|跟|同|随|联合|携手|联手)[^,。与和跟同]{0,12}$")


_CARRY_SENTENCES = 2
# So many words of interest before a verb, and no more, can hold its subject.
_MOST_TOKENS = 40


_NOMINAL = re.compile(r"(?:可能)?(?:是|引发|标志|意味|归因|发生|并非|源于|被视为|也是|成为|正值|之际|背后|之后的)")


_STRANGER = re.compile(
    r"(?:^|[ ,、而]|[\u4e00-\u9fff])([A-Z][a-zà-ÿ]{2,}) ?(?:也|已|将|又|正式|宣布|即将|同时|还|则|就|"
    r"于近日|近日|直接|随后|后来|分享了|正在|从|在|于|曾|本人|选择|决定|\d|年|月)*$"
)


_ADVERBS = re.compile(r"[也已正式宣布突然相继先后均都将被曝悄然]*")
_COUNTED = re.compile(r"等|[一二两三四五六七八九十\d]+ ?[名位人个]")
_CAUSED = re.compile(r"(?:让|使|令|邀请|希望|要求|劝|说服|鼓励|劝说|期待) ?$")


_PAIR = {
    "两人": 2,
    "二人": 2,
    "两位": 2,
    "三人": 3,
    "三位": 3,
    "四人": 4,
    "两位高管": 2,
    "三位高管": 3,
    "2人": 2,
    "3人": 3,
    "两位研究员": 2,
    "五人": 5,
}


_SPEAKER = re.compile(r"(?<!自)我(?!们的?(?:员工|同事)|国)")


_SOMEBODY = re.compile(
    r"(?:员工|同事|高管|人员|研究员|人才|成员|某人|人们|大家|谁|者|任何人|有人|评论|网友|帖子|文章|推文|报道|观点|团队|老板|领导层|工程师|"
    r"科学家|用户|他们|她们|玩家|学生|朋友|求职者|开发者|客户|粉丝|董事会)(?:们)?[^,。的与和]{0,8}$"
)


_SAYS_AFTER = re.compile(r"[^”。\n]{0,40}?(?:说道|表示|写道|说|称|补充)")


_SAYS_BEFORE = re.compile(r"[^“”。\n]{2,50}(?:说道|表示|写道|说|称|指出|宣布|透露)[^“”。\n]{0,4}[:,]? ?$")


def subjects(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """Those who do what ``verb`` says; empty where an organisation or nobody known does it."""
    if _stranger(scene, verb):
        return []
    if verb.kind in ("take", "hold") and re.search(
        r"由(?!于)[^,。]{2,20}$", scene.text[scene.bounds[verb.clause][0] : verb.start]
    ):
        return []
    found = _in_clause(finder, scene, verb)
    if found is not None:
        return expand(finder, scene, found)
    for clause in range(verb.clause - 1, -1, -1):
        if finder.carried.get(clause):
            start, end = scene.bounds[clause]
            quoted = scene.text[end : end + 1] == ":" and re.search(
                r"推文|报道|新闻|来源|快讯|链接|帖子", scene.text[start:end]
            )
            return [] if quoted else finder.carried[clause]
    if scene.index - finder.last_sentence <= _CARRY_SENTENCES and _starts_bare(finder, scene):
        return [who for who in finder.last if who.person]
    return []


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
    index = len(tokens) - 1
    right = verb.start
    while index >= 0:
        token = tokens[index]
        if token.kind == "org" and any(
            g.kind == "group" and g.start <= token.start and token.end <= g.end for g in tokens
        ):
            index -= 1
            continue
        if token.kind in ("person", "group", "org"):
            if _SPEAKER.search(scene.text[token.end : right]):
                return _speaker(finder, scene, verb)
            if _SOMEBODY.search(scene.text[token.end : right]) and not _COUNTED.match(_after_name(scene, token)):
                return []
            right = token.start
        if (
            token.kind == "title"
            and scene.text[token.start - 1] != "等"
            and right == verb.start
            and _ADVERBS.fullmatch(scene.text, token.end, right)
        ):
            return []
        if token.kind in ("person", "group"):
            if _CAUSED.search(scene.text[max(scene.bounds[token.clause][0], token.start - 6) : token.start]):
                return []
            if not is_led(finder, scene, token, verb):
                return with_listed(finder, scene, tokens, index)
            if _after_name(scene, token).startswith("的"):
                return []
        if token.kind == "org" and acts_itself(scene, token, verb):
            return []
        index -= 1
    lead = scene.text[scene.bounds[verb.clause][0] : right]
    if right == verb.start and _NOMINAL.match(scene.text, verb.end) and not lead.strip():
        return []
    if _SPEAKER.search(lead):
        return _speaker(finder, scene, verb)
    return [] if _SOMEBODY.search(lead) else None


def _speaker(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """Who says 我 at ``verb``: the one behind the closing quotation mark, else before the opening one."""
    text = scene.text
    close = text.find("”", verb.end, verb.end + 400)
    if close >= 0:
        after = _SAYS_AFTER.match(text, close + 1)
        found = after and _person_in(finder, scene, close + 1, after.end())
        if found:
            return [found]
    opening = text.rfind("“", max(0, verb.start - 400), verb.start)
    before = _SAYS_BEFORE.search(text, max(0, opening - 60), opening) if opening > 0 else None
    found = _person_in(finder, scene, before.start(), opening) if before else None
    return [found] if found else []


def _person_in(finder: Finder, scene: Scene, start: int, end: int) -> Who | None:
    """The last person named in ``start..end``, whatever the sentence."""
    for sentence in finder.reading.sentences[max(0, scene.index - 3) : scene.index + 4]:
        for mention in sentence.people:
            if start <= mention.start and mention.end <= end:
                return Who(Token("person", mention.start, mention.end, person=mention), person=mention)
    return None


def is_led(finder: Finder, scene: Scene, token: Token, verb: Token) -> bool:
    """Whether the person is an object, a companion or a possessor rather than the subject."""
    before = scene.text[max(scene.bounds[token.clause][0], token.start - 16) : token.start].rstrip()
    posts = posts_of(scene, token) if token.kind == "person" else []
    if posts:
        before = scene.text[scene.bounds[token.clause][0] : posts[-1].start].rstrip(" 前原")
    gap = re.sub(r"\([^()]*\)", "", scene.text[token.end : verb.start]).strip()
    if re.search(r"[被由] ?$", before) or (
        _LED.search(before) and not (verb.kind == "join" and re.search(r"(?:欢迎|祝贺|恭喜) ?$", before))
    ):
        return len(gap) > 4 or bool(re.search(r"[被由据遭] ?$|(?:接替|取代|代替|师从|跟随|邀请|追随) ?$", before))
    if len(gap) <= 4 and "的" not in gap:
        return False
    after = _after_name(scene, token)
    if after.startswith(("政府", "时代", "阵营", "家族", "内阁")):
        return True
    if after.startswith("的"):
        gap = scene.text[token.end : verb.start]
        return not re.fullmatch(r"(?:\([^)]*\))? ?的[\u4e00-\u9fff]{0,2}", gap)
    inside = any(t.kind == "person" and t.end <= token.start for t in scene.before(token, "person"))
    return bool(_COMPANION.search(before)) and not inside and "一起" not in after and not before.endswith("随")


def _after_name(scene: Scene, token: Token) -> str:
    text = scene.text[token.end : token.end + 70]
    bracket = _BRACKET.match(text)
    return text[bracket.end() if bracket else 0 :].lstrip(_SPACE)


def acts_itself(scene: Scene, token: Token, verb: Token) -> bool:
    """Whether the organisation itself is the subject: it opens the clause and only adverbs follow."""
    gap = scene.text[token.end : verb.start].strip()
    lead = scene.text[scene.bounds[token.clause][0] : token.start].strip(
        _SPACE + "而但并且此外同时近日今天昨日近期目前"
    )
    said = any(t.kind == "say" and not scene.text[t.end : token.start].strip() for t in scene.before(token))
    return (not lead or said) and bool(
        re.fullmatch(
            r"(?:公司|方面|团队|也|已|将|正式|宣布|近日|今天|今日|昨日|日前|正在|又|还|则|都|即将|曾|最近|近期"
            r"|刚刚|再次|先后|相继|,| )*",
            gap,
        )
    )


def with_listed(finder: Finder, scene: Scene, tokens: Sequence[Token], index: int) -> list[Who]:
    """The group that ends at ``tokens[index]``: X、Y 和 Z, over commas where each clause ends in a name."""
    found = [who_at(finder, scene, tokens[index])]
    if tokens[index].kind == "person" and scene.text[tokens[index].end : tokens[index].end + 1] == "(":
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
    return [who if who.posts or who.cohort else Who(who.token, who.person, None, posts) for who in people]


def _leader(finder: Finder, scene: Scene, tokens: Sequence[Token], at: int) -> Who | None:
    """Z in "Z 与 X、Y 一起离开", where the list X、Y begins at ``tokens[at]``."""
    if not at or not re.search(r"[与和同跟] ?$", scene.text[: tokens[at].start][-3:]):
        return None
    return next((who_at(finder, scene, t) for t in reversed(tokens[:at]) if t.kind == "person"), None)


def _adjoins(scene: Scene, conjunction: Token) -> bool:
    """Whether a name or a group ends right before the conjunction."""
    floor = max(0, conjunction.start - 64)
    left = scene.text[floor : conjunction.start].rstrip(_SPACE + ",")
    bare = re.sub(r"\([^()]*\)$", "", left).rstrip(_SPACE + ",")
    return floor + len(left) in scene.name_ends or floor + len(bare) in scene.name_ends


def _from_earlier_clauses(finder: Finder, scene: Scene, token: Token) -> list[Who]:
    """CTO X，产品负责人 Y，Z 等相继离职: names that each end a clause of their own."""
    found: list[Who] = []
    joined = (
        _after_name(scene, token).startswith("等") or "以及" in scene.text[scene.bounds[token.clause][0] : token.start]
    )
    joined = joined or scene.text[scene.bounds[token.clause][0] : token.start].lstrip().startswith(("和", "与"))
    clause = token.clause - 1
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


def expand(finder: Finder, scene: Scene, people: list[Who]) -> list[Who]:
    """两人 and 三人 are the people named last."""
    found: list[Who] = []
    for who in people:
        count = _PAIR.get(re.sub(r"^[这该上述其]+|都$", "", who.cohort.text)) if who.cohort else None
        if (
            who.cohort
            and not count
            and re.search(r"(?:这|上述|该) ?$", finder.reading.plain[max(0, who.token.start - 3) : who.token.start])
        ):
            count = who.cohort.min
        found += _named_last(finder, scene, who.token, count) if count else [who]
    return found


def _named_last(finder: Finder, scene: Scene, token: Token, count: int) -> list[Who]:
    people: dict[str, Who] = {}
    for sentence in reversed(finder.reading.sentences[max(0, scene.index - 3) : scene.index + 1]):
        for mention in reversed(sentence.people):
            if mention.end <= token.start and not mention.pronoun:
                people.setdefault(
                    mention.name, Who(Token("person", mention.start, mention.end, person=mention), person=mention)
                )
                if len(people) == count:
                    return list(reversed(people.values()))
    return []


def who_at(finder: Finder, scene: Scene, token: Token) -> Who:
    if token.person:
        return Who(token, person=token.person, posts=tuple(posts_of(scene, token)))
    return Who(token, cohort=token.cohort, posts=tuple(_group_posts(finder, scene, token)))


def _group_posts(finder: Finder, scene: Scene, token: Token) -> list[Post]:
    """The employer inside or right before an unnamed group: 三名前 DeepMind 研究员, OpenAI 的多名高管."""
    if scene.text[max(0, token.start - 3) : token.start].rstrip("的 ").endswith("我们"):
        speaker = _speaker(finder, scene, token)
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
