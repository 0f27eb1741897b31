"""Which employer a Chinese clause speaks of: behind the verb, behind 从, or taken up by 公司."""

from __future__ import annotations

import re
from functools import cache

from articles.extraction.claims import MoveEnd
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.patterns import either
from articles.extraction.zh.moves.drafts import family
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Place
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.titles import Post, team_in

_SPACE = " “”\"'《》—-"
_BREAKS = re.compile(r"[。;]|(?:担任|出任|表示|宣布|认为|功能|产品|平台上|市场)")


_WORKED = re.compile(r"工作|任职|供职|效力|担任|待|年|任|服务|度过|就职|负责")


_ACTIONS = frozenset({"join", "leave", "resign", "hire", "appoint", "take", "found", "return", "remove"})


def place_after(finder: Finder, scene: Scene, start: int, clause: int, reach: int = 40) -> Place | None:
    """The employer that follows ``start`` in the clause: past 竞争对手 and 由 X 创立的, with its team."""
    orgs = [t for t in scene.clause_tokens(clause) if t.kind == "org" and t.start >= start]
    chosen: Token | None = None
    for token in orgs:
        gap = scene.text[chosen.end if chosen else start : token.start]
        if chosen is None:
            if len(gap) > reach or _BREAKS.search(gap) or _acts_between(scene, start, token.start):
                return None
            chosen = token
        elif _passes_on().fullmatch(gap.strip(_SPACE + "“”")) and not finder.is_outlet(token):
            chosen = token
        else:
            break
    if chosen is None or chosen.organisation is None:
        return None
    tail = tail_of(scene, chosen.end, clause)
    if re.match(r" ?(?:支持|投资|资助|控股|领投|持股)的[^,。]{0,10}(?:公司|企业|机构|实验室)", tail):
        return None
    team = chosen.organisation.team or team_in(tail)
    return Place(chosen.organisation, team, chosen.start, chosen.end)


def tail_of(scene: Scene, start: int, clause: int) -> str:
    """The text from ``start`` to the next verb or the end of the clause."""
    end = next(
        (t.start for t in scene.tokens if t.start >= start and t.clause == clause and t.kind in _ACTIONS),
        scene.bounds[clause][1],
    )
    return scene.text[start:end]


def _acts_between(scene: Scene, start: int, end: int) -> bool:
    """Whether another verb stands between, unless it only describes what follows (由 X 创立的)."""
    for token in scene.tokens:
        if (
            token.kind in _ACTIONS
            and start <= token.start
            and token.end <= end
            and "的" not in scene.text[token.end : end]
        ):
            return True
    return False


def places_after(finder: Finder, scene: Scene, start: int, clause: int) -> list[Place]:
    """Every employer of a list: OpenAI、Anthropic 和 DeepMind."""
    first = place_after(finder, scene, start, clause)
    if first is None:
        return []
    found = [first]
    for token in scene.tokens:
        if token.kind == "org" and token.clause == clause and token.start >= found[-1].end and token.organisation:
            if not re.fullmatch(r" ?(?:、|和|与|及|以及)[^,。、和与的]{0,10}", scene.text[found[-1].end : token.start]):
                break
            found.append(Place(token.organisation, token.organisation.team, token.start, token.end))
    return found


def origin_before(scene: Scene, verb: Token) -> Place | None:
    """The employer behind 从 or 在 … 工作 left of the verb, in its clause or the one before."""
    for clause in (verb.clause, verb.clause - 1):
        for token in reversed(scene.tokens):
            if token.kind != "org" or token.clause != clause or token.end > verb.start or not token.organisation:
                continue
            lead = scene.text[max(0, token.start - 12) : token.start]
            if re.search(r"(?<!来)(?<!自)由[^,。]{0,8}$", lead) and _is_agents(scene, token, verb):
                continue
            if _GRADUATES.match(scene.text, token.end, verb.start):
                continue
            if re.search(r"(?:从|自|由|源自|来自)[^,。]{0,8}$", lead) or (
                (
                    clause == verb.clause
                    or re.match(
                        r" *(?:之?后|后来|随后|此后|再|并|又)",
                        scene.text[scene.bounds[verb.clause][0] : verb.start],
                    )
                )
                and re.search(r"[在于] ?(?:了)?$", lead)
                and _WORKED.search(scene.text[token.end : verb.start])
            ):
                tail = scene.text[token.end : verb.start]
                return Place(token.organisation, token.organisation.team or team_in(tail), token.start, token.end)
    return None


# 从 A 大学毕业后加入 B: nobody worked there.
_GRADUATES = re.compile(r"[^,。;]{0,10}?(?:毕业|博士后出站|读完|退学|拿到[^,。]{0,4}学位|获得[^,。]{0,8}学位)")


def _is_agents(scene: Scene, token: Token, verb: Token) -> bool:
    """Whether 由 A 的 R X 接任 leads to X rather than away from A."""
    return any(t.kind == "person" and token.end <= t.start < verb.start for t in scene.clause_tokens(token.clause))


def others_listed(scene: Scene, place: Place, upto: int) -> list[Place]:
    """地平线 of 从寒武纪和地平线挖来: the employers that follow ``place`` in its list."""
    found: list[Place] = []
    right = place.end
    for token in scene.tokens:
        if token.kind == "org" and token.organisation and right <= token.start < upto:
            if not re.fullmatch(r" ?(?:公司)?(?:、|和|与|及|以及) ?", scene.text[right : token.start]):
                break
            found.append(Place(token.organisation, token.organisation.team, token.start, token.end))
            right = token.end
    return found


def is_anaphor(scene: Scene, start: int) -> bool:
    """Whether what follows stands for the organisation spoken of: 公司, 该公司, 团队."""
    return bool(_anaphors().match(scene.text, start))


def end_of(place: Place | None, role: str | None = None) -> MoveEnd | None:
    return MoveEnd(place.organisation.name, place.team, role) if place else None


def post_end(post: Post | None) -> MoveEnd | None:
    return MoveEnd(post.organisation.name, post.team, post.role) if post and post.organisation else None


@cache
def _passes_on() -> re.Pattern[str]:
    rivals = either(table("zh/moves")["company"]["rivals"])
    return re.compile(
        rf"(?:公司)?(?:的|及其|和)?[^,。、的]{{0,8}}{rivals}(?:、[^,。]{{0,20}}?(?:团队|公司))?(?:—+|、|:)?|—+|"
        r".{0,6}(?:支持|投资|孵化|创立|创办|控股|收购|参股|领投|加持|成立|主导)的[^,。]{0,12}|(?:公司)?旗下的?[^,。]{0,6}|背后的[^,。]{0,6}"
        r"|(?:的?(?:联合)?创始人|的?创办人|的?董事长|CEO)[^,。的]{1,12}(?:旗下|创办|创立|成立)的? ?"
        r"(?:AI|人工智能|新|初创|创业)? ?(?:公司|企业)?"
        r"|的?(?:母公司|子公司|旗下|新公司|初创公司|创业公司)?"
    )


@cache
def _anaphors() -> re.Pattern[str]:
    return re.compile(rf"(?:了| )?{either(table('zh/moves')['company']['anaphors'])}")


def origin_by_deal(scene: Scene, verb: Token, employer: Place) -> MoveEnd | None:
    """B 收购了 A，并聘请 X: from A."""
    deals = either(table("zh/moves")["company"]["acquisition"])
    for clause in range(verb.clause - 1, max(-1, verb.clause - 3), -1):
        start, end = scene.bounds[clause]
        match = re.search(rf"{deals}|授权|许可", scene.text[start:end])
        places = [t for t in scene.clause_tokens(clause) if t.kind == "org" and t.organisation]
        names = [t.organisation.name for t in places if t.organisation]
        if not match or family(MoveEnd(employer.organisation.name)) not in {family(MoveEnd(n)) for n in names}:
            continue
        for token in places:
            if next((t.kind for t in scene.after(token)), "") == "title":
                continue
            if token.organisation and family(MoveEnd(token.organisation.name)) != family(
                MoveEnd(employer.organisation.name)
            ):
                return MoveEnd(token.organisation.name, token.organisation.team, None)
    return None


def led_by(name: str) -> Place | None:
    """The organisation that a well-known chief leads."""
    forms = {form: latin for latin, known in table("zh/known_people").items() for form in known}
    employer = {**table("en/leaders"), **table("zh/leaders")}.get(forms.get(name, name))
    return Place(OrganisationMention(0, 0, employer), None, 0, 0) if employer else None


def inside_group(scene: Scene, token: Token) -> bool:
    return any(g.kind == "group" and g.start <= token.start and token.end <= g.end for g in scene.tokens)


def place_spoken_of(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    topic = finder.topic(scene, verb.start)
    return Place(topic, None, verb.start, verb.start) if topic else None
