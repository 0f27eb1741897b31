"""The people behind a verb: lists of objects, and subjects that follow their verb."""

from __future__ import annotations

import re

from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Who
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import who_at


def named_after(finder: Finder, scene: Scene, verb: Token, end: int) -> list[Who]:
    """选择离开的有 X、Y; 同时加入 B 的，还有 X; 人员流失，包括 X: names that follow the verb."""
    tail = scene.text[end : min(scene.sentence.end, end + 40)]
    opened = re.match(
        r"[^,。的]{0,8}(?:的|人员|者)?[, ]{0,2}(?:还|也|就|主要|分别)?(?:有|包括|是)(?!望|关|意|可能)|"
        r"[^,。的]{0,6}[, ]{1,2}(?:其中)?(?:包括|比如|例如)|"
        r"[^,。的]{0,4}的(?:也|还|人)?(?:不少|很多|大有人在|不在少数|不止一个)[:,]",
        tail,
    )
    if opened and (verb.text == "流失" or "的" in opened[0] or ",包括" in opened[0]):
        return _listed_people(finder, scene, end + opened.end())
    if verb.kind in ("leave", "lose") and _ANNOUNCES_LIST.match(scene.text, end, scene.bounds[verb.clause][1] + 2):
        listed = _announced_list(finder, scene, end)
        if listed:
            return listed
    relative = re.match(r"(?:[^,。的]{0,4}(?:仅|才|刚|不久|已)?[^,。的]{0,6}(?:年|个月|不久|天|周))?的 ?", tail)
    if relative or (verb.kind in ("join", "leave") and not tail[:1].isspace() and tail[:1] not in ",。"):
        start = end + (relative.end() if relative else 0)
        for token in scene.tokens:
            if token.start >= start and token.kind == "person" and token.clause == verb.clause:
                posts = who_at(finder, scene, token).posts
                first = min([token.start, *(p.start for p in posts)])
                if relative and (
                    first - start <= 4 or (token.start - start <= 12 and _titled(scene, start, token.start))
                ):
                    return [who_at(finder, scene, token)]
                break
    return []


_MEMBERS = re.compile(r"[^,。;]{0,10}[,(] ?(?:其中)?(?:就|也|还)?(?:包括|比如|例如|有|含)(?!望|关|意|可能|人(?!事))")


def members_after(finder: Finder, scene: Scene, end: int, group: Who) -> list[Who]:
    """X of 八名员工离开 A，其中包括 X: named members of the group, with its employer where they have none."""
    opened = _MEMBERS.match(scene.text, end, min(scene.sentence.end, end + 40))
    listed = _listed_people(finder, scene, opened.end()) if opened and group.cohort else []
    listed = listed or (_announced_list(finder, scene, end) if group.cohort else [])
    return [w if w.posts or w.cohort else Who(w.token, w.person, None, group.posts) for w in listed if w.person]


# A colon, a dash or 分别是 leads to the names of those who were counted: 三名高管离职：甲、乙和丙.
_ANNOUNCES_LIST = re.compile(
    r"[^,。;:的]{0,8}(?:: ?|—+|,? ?(?:他们|她们)?(?:分别|依次)?(?:是|为|即|即为)(?![否因由什何])(?= ?[^,。;]))"
)
_COUNTS_ON = re.compile(
    r"[^。;:]{0,24}?(?:, ?(?:其中|包括|当中)?[^。;:,]{0,20})?"
    r"(?:: ?|—+|, ?(?:他们|她们)?(?:分别|依次)?(?:是|为|即)(?![否因由什何]))"
)
_AFTER_LISTED = re.compile(r" ?(?:\([^()]{1,60}\))? ?(?:$|[,、。;!?)]|和|与|及|以及|等|—|”)")


def _announced_list(finder: Finder, scene: Scene, end: int) -> list[Who]:
    """The names of a list that a colon announces; none where the first name goes on as a sentence of its own."""
    opened = _COUNTS_ON.match(scene.text, end, min(scene.sentence.end, end + 60))
    if opened is None:
        return []
    return enumerated(finder, scene, opened.end())


def enumerated(finder: Finder, scene: Scene, start: int) -> list[Who]:
    """The names of the list at ``start``; none where the first name goes on as a sentence of its own."""
    people = _listed_people(finder, scene, start)
    kept: list[Who] = []
    for who in people:
        if not who.person or not _AFTER_LISTED.match(scene.text, who.token.end, scene.sentence.end):
            break
        kept.append(who)
    return kept


def _listed_people(finder: Finder, scene: Scene, start: int) -> list[Who]:
    """Every person from ``start`` to the end of the sentence's list."""
    found: list[Who] = []
    right = start
    for token in scene.tokens:
        if token.kind not in ("person", "group") or token.start < start:
            continue
        if token.person and token.person.pronoun:
            break
        gap = scene.text[right : token.start]
        if token.kind == "person" and not gap.strip() and found and found[-1].cohort:
            group, who = found.pop(), who_at(finder, scene, token)
            found.append(Who(who.token, who.person, None, who.posts or group.posts))
            right = token.end
            continue
        if len(gap) > 40 or re.search(r"[。;]", gap) or (found and not re.search(r"[、,和与及]", gap)):
            break
        if not re.match(r"(?:\([^)]*\))? ?的(?!两|几|多|一)", scene.text[token.end : token.end + 40]):
            found.append(who_at(finder, scene, token))
        right = token.end
    return _of_one_kind(scene, found)


_TOGETHER = re.compile(r"(?:[两二三四五六七八九十]|\d{1,2}) ?[位名个][^,。;]{0,40}$")


def _of_one_kind(scene: Scene, people: list[Who]) -> list[Who]:
    """两位来自 A 的负责人 X 和 Y: what is told of them together holds for each."""
    named = [w for w in people if w.person]
    if len(named) < 2 or not named[0].posts:
        return people
    first = named[0].token
    if not _TOGETHER.search(scene.text[max(scene.bounds[first.clause][0], first.start - 50) : first.start]):
        return people
    return [w if w.posts or w.cohort else Who(w.token, w.person, None, named[0].posts) for w in people]


def describes_others(scene: Scene, verb: Token, end: int, people: list[Who]) -> bool:
    """那些早期加入 B 的员工: the clause has no subject of its own and describes somebody else."""
    own = scene.bounds[verb.clause][0] <= people[0].token.start < scene.bounds[verb.clause][1]
    tail = scene.text[max(end, verb.end) : scene.bounds[verb.clause][1]]
    return (
        not own
        and not _ITS_TEAM.match(tail)
        and bool(
            re.match(
                r"[^,。]{0,20}的[^,。]{0,14}?(?:员工|人员|研究员|高管|工程师|科学家|人才|成员|人士|团队|公司|大公司|者|人(?!工))",
                tail,
            )
        )
    )


# 加入 B 的大模型团队: where they go, not who.
_ITS_TEAM = re.compile(r" ?的[^,。的]{1,12}(?:团队|部门|实验室|事业部)(?: ?[A-Za-z][\w ]*)?[。!”]?$")


def _titled(scene: Scene, start: int, end: int) -> bool:
    return any(t.kind == "title" and start <= t.start and t.end == end for t in scene.tokens)


def objects_of(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """The people right of the verb: a list, over commas where the next clause goes on with a name and 为."""
    tokens = [t for t in scene.tokens if t.start >= verb.end and t.kind in ("person", "group")]
    found: list[Who] = []
    right, clause = verb.end, verb.clause
    for token in tokens:
        gap = scene.text[right : token.start]
        if (
            re.search(r"(?:包括|其中有|如(?![今此何果])|比如|分别是|分别为|即(?![将使便可日时])) ?[^,。;]{0,40}$", gap)
            and (found or token.clause == clause + 1)
            and len(gap) < 60
        ):
            pass
        elif token.clause != clause:
            if not found or not (_continues(scene, token, gap) or _is_next_item(finder, scene, token, gap)):
                break
        elif len(gap) > 60 or (found and not _lists(scene, gap)):
            break
        elif not found and (
            re.search(r"[。;]|(?:表示|宣布|(?<!之)称(?![为作号])|的(?:CEO|创始人)是)", gap) or is_owner(scene, token)
        ):
            continue
        if token.person and token.person.pronoun and re.match(r"(?:在|的)", scene.text[token.end : token.end + 1]):
            break
        found.append(who_at(finder, scene, token))
        right, clause = token.end, token.clause
    if found and found[0].posts == ():
        return found
    first = found[0].posts if found else ()
    return [found[0], *(Who(w.token, w.person, w.cohort, w.posts or first) for w in found[1:])] if found else []


def is_owner(scene: Scene, token: Token) -> bool:
    return bool(
        re.match(r"(?:\([^)]*\))? ?(?:团队|领导|带领|公司|旗下)?的(?!加|离)", scene.text[token.end : token.end + 40])
    ) or bool(re.search(r"(?:由|被|接替|取代|帮助|随同) ?$", scene.text[max(0, token.start - 3) : token.start]))


def _lists(scene: Scene, gap: str) -> bool:
    return bool(re.search(r"[、和与及]|以及|&", gap)) or not gap.strip(" ")


def _is_next_item(finder: Finder, scene: Scene, token: Token, gap: str) -> bool:
    """挖走 A 的 X,B 负责人 Y。: a clause that is nothing but a title with its employer, and a name."""
    if token.kind != "person" or gap.count(",") != 1 or re.search(r"[。;:]", gap):
        return False
    start, end = scene.bounds[token.clause]
    posts = [p for p in who_at(finder, scene, token).posts if p.organisation and p.start >= start]
    bare = bool(posts) and not scene.text[start : min(p.start for p in posts)].strip(" 以及和")
    ends = not re.sub(r"\([^()]{1,60}\)", "", scene.text[token.end : end]).strip(" 等人。”")
    return bare and ends and all(t.kind in ("org", "title", "person", "and") for t in scene.clause_tokens(token.clause))


def _continues(scene: Scene, token: Token, gap: str) -> bool:
    """，Y 为 R / 、Y 担任 R / ，以及 Y: the next clause lists one more."""
    if not re.match(r"[^。;]{0,40}$", gap):
        return False
    after = scene.text[token.end : token.end + 40]
    opened = re.match(r"[^,]*?, ?(?:以及|和|并任命)?", gap)
    lead = gap[opened.end() :] if opened else gap
    return (
        bool(re.match(r"(?:\([^)]*\))? ?(?:为|担任|出任|任)", after))
        or (lead.strip() == "" and "以及" in gap)
        or "、" in gap[-2:]
    )
