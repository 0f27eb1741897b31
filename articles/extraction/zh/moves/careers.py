"""Where those whose arrival is told worked last, as other sentences of the article tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.extraction.claims import MoveEnd
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.zh.moves.drafts import Draft, family, key
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Who, key_of
from articles.extraction.zh.moves.record import add
from articles.extraction.zh.moves.roles import held_at, is_beside, role_at
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects

# A biography follows the news within so many sentences, or stands right before it.
_AFTER, _BEFORE = 14, 3
_MOST_STAYS = 400
_WORDS = table("zh/moves")["career"]
_RECENT = re.compile(either(_WORDS["recent"]))
_EARLIER = re.compile(rf"{either(_WORDS['earlier'])}|加[入盟][^,。]{{0,24}}?前")
_ONCE = re.compile(either(_WORDS["once"]))
_OTHER_DUTIES = re.compile(either(_WORDS["other_duties"]))
_ONLY_DATES = re.compile(r"[^,。]{0,24}(?:前|后|期间|此前|最近|以来|年)")
# 来自甲公司的数人: a group comes from there, not whom the text speaks of.
_GROUP = re.compile(r"[^,。]{0,24}的(?:约|近)?(?:数|多|几|十余|\d+|[一二两三四五六七八九十]+)余?[人名位]")
_STUDIES = re.compile(r"[^,。]{0,16}(?:学位|攻读|毕业|就读|学习|读博|留学|本科|硕士|博士(?!后))")
_HELD_THERE = re.compile(r" ?,? ?(?:并|且)?(?:在那里|在该公司|在此)")
_HAPPENED = frozenset({None, "confirmed", "reported", "planned"})


@dataclass(frozen=True, slots=True)
class Stay:
    """A job that a clause tells; ``weight`` is how surely it was the last one before the news."""

    end: MoveEnd
    weight: int
    sentence: int
    start: int
    # One of several that are told in order: 先后任职于 A 和 B.
    listed: bool = False


def note_stays(finder: Finder, scene: Scene) -> None:
    """Keeps every job that the sentence tells of somebody, with how the words place it in time."""
    for token in scene.tokens:
        if token.kind != "org" or token.organisation is None or finder.is_outlet(token):
            continue
        weight = _weight(scene, token)
        if weight is None:
            continue
        for who in _holders(finder, scene, token):
            if _precedes_another(finder, scene, token, who) or _leads_to_stay(finder, scene, token, who):
                continue
            stays = finder.stays.setdefault(key_of(who), [])
            if len(stays) < _MOST_STAYS:
                end = MoveEnd(token.organisation.name, token.organisation.team, role_at(scene, token))
                stays.append(Stay(end, weight, scene.index, token.start, _in_order(scene, token)))


def _in_order(scene: Scene, token: Token) -> bool:
    return bool(re.search(r"先后|历任|依次", scene.text[scene.bounds[token.clause][0] : token.start]))


def _leads_to_stay(finder: Finder, scene: Scene, token: Token, who: Who) -> bool:
    """在此之前，X 在 A 担任 R, after a job at B that was told: from A to B."""
    assert token.organisation is not None
    lead = scene.text[scene.bounds[max(0, token.clause - 1)][0] : token.start]
    told = [s for s in finder.stays.get(key_of(who), []) if s.weight and scene.index - s.sentence <= 2]
    if not told or not _BEFORE_THAT.search(lead) or told[-1].end.org == token.organisation.name:
        return False
    origin = MoveEnd(token.organisation.name, token.organisation.team, role_at(scene, token))
    add(
        finder,
        scene,
        token,
        who,
        origin=origin,
        destination=told[-1].end,
        kind="hire",
        rule="before_that",
        confidence=0.6,
        background=True,
        status="reported",
    )
    return True


def _precedes_another(finder: Finder, scene: Scene, token: Token, who: Who) -> bool:
    """Whether the clause before says 在 B 之前 of a B that is not the employer joined in the news."""
    if not token.clause:
        return False
    start, end = scene.bounds[token.clause - 1]
    dated = [t for t in scene.clause_tokens(token.clause - 1) if t.kind == "org" and t.organisation]
    if len(dated) != 1 or not re.search(r"之?前 ?$", scene.text[start:end]):
        return False
    joined = {family(d.destination) for d in finder.told(key_of(who)) if not d.background and d.destination}
    return bool(joined) and not any(t.organisation and family(MoveEnd(t.organisation.name)) in joined for t in dated)


def _holders(finder: Finder, scene: Scene, token: Token) -> list[Who]:
    verb = Token("stay", token.start, token.start, clause=token.clause)
    return [who for who in subjects(finder, scene, verb) if who.person]


def _weight(scene: Scene, token: Token) -> int | None:
    """3 for 最近, 2 for 此前 and 加入前, 1 for 曾 and 来自, 0 for a job without a time; None for no job."""
    start, end = scene.bounds[token.clause]
    if token.clause:
        before = scene.bounds[token.clause - 1]
        if _ONLY_DATES.fullmatch(scene.text[before[0] : before[1]].strip()):
            start = before[0]
    lead, tail = scene.text[start : token.start], scene.text[token.end : end]
    acts = [t for t in scene.clause_tokens(token.clause) if t.end <= token.start and t.kind in _OTHER_ACTS]
    if acts or not held_at(scene, token) or _OTHER_DUTIES.search(tail) or _STUDIES.match(tail) or _GROUP.match(tail):
        return None
    if re.search(r"将(?!近)|即将|现任|目前|[与和]$", lead[-12:]) or re.match(r"(?:公司)?的?(?:客户|合作|投资)", tail):
        return None
    if _BY_NOW.search(lead):
        return None
    if _BACK_THEN.search(lead):
        return 2
    for weight, pattern in ((3, _RECENT), (2, _EARLIER), (1, _ONCE)):
        if pattern.search(lead):
            return weight
    return 1 if re.search(r"(?:工作|任职|担任)?(?:了|长达|超过)?[^,。]{0,6}年", tail) else 0


# 两周前他还在 A 做架构师: what was so before the news.
_BACK_THEN = re.compile(r"(?:还|彼时|当时|那时)(?:仍|还)?在 ?$")
# 他已经是 A 的联合创始人: a job that lasts.
_BY_NOW = re.compile(r"(?:已经?|如今|现在|眼下|现已)(?:已经?)?(?:是|为|成了?|成为)[^,。;]{0,4}$")
_BEFORE_THAT = re.compile(r"在此之前|再之前|更早之前|再往前|在那之前")
_OTHER_ACTS = frozenset({"join", "leave", "hire", "appoint", "found", "return", "remove", "take", "resign", "by"})


def join_careers(finder: Finder) -> None:
    """Gives each arrival without an origin the employer that the article tells last before it."""
    for who, drafts in finder.by_who.items():
        stays = finder.stays.get(who)
        arrival = _news(drafts) if stays else None
        if not stays or arrival is None:
            continue
        stay = _last(stays, arrival, drafts)
        if stay:
            arrival.origin = stay.end
            arrival.kind = "hire" if arrival.kind == "internal" else arrival.kind
            arrival.confidence = min(arrival.confidence, 0.7)


def _news(drafts: list[Draft]) -> Draft | None:
    """The arrival that the article is about, where nothing says yet from where."""
    told = [d for d in drafts if d.person and not d.background and d.status in _HAPPENED]
    arrivals = [d for d in told if key(d.destination)]
    first = next((d for d in arrivals if not key(d.origin)), None)
    if first is None or any(key(d.origin) and family(d.origin) != family(first.destination) for d in told):
        return None
    if first.destination and is_beside(first.destination.role):
        return None
    # Who rises at the employer joined before does not come from elsewhere.
    return None if first.kind == "internal" and first.rule == "zh.climb" else first


def _last(stays: list[Stay], arrival: Draft, drafts: list[Draft]) -> Stay | None:
    taken = {family(d.destination) for d in drafts if not d.background}
    least = 1 if arrival.kind == "internal" else 0
    near = [
        s
        for s in stays
        if s.weight >= least
        and family(s.end) not in taken
        and -_BEFORE <= s.sentence - arrival.sentence <= _AFTER
        and (s.weight or s.sentence > arrival.sentence)
    ]
    best = max(near, key=lambda s: (s.weight, -s.start), default=None)
    listed = [s for s in near if best and s.listed and s.sentence == best.sentence and s.weight == best.weight]
    return max(listed, key=lambda s: s.start) if best and best.listed and listed else best


def second_steps(finder: Finder, scene: Scene) -> None:
    """离开 A 后，X 在 B 担任 R: the departure from A led to B."""
    for clause, (start, end) in enumerate(scene.bounds[:-1]):
        if not re.search(r"(?:离开|离职|退出)[^,。]{0,24}后 ?$", scene.text[start:end]):
            continue
        for token in scene.clause_tokens(clause + 1):
            if token.kind != "org" or token.organisation is None or not held_at(scene, token):
                continue
            _lead_on(finder, scene, token, clause)
            break


def _lead_on(finder: Finder, scene: Scene, token: Token, clause: int) -> None:
    assert token.organisation is not None
    left, right = scene.bounds[clause]
    joined = MoveEnd(token.organisation.name, token.organisation.team, role_at(scene, token))
    for draft in reversed(finder.drafts[-8:]):
        own = draft.sentence == scene.index and draft.clause is not None and left <= draft.clause.start < right
        if own and draft.origin and draft.destination is None and draft.origin.org != joined.org:
            draft.destination = joined
            draft.kind, draft.background = "hire", True
            return
    orgs = [t for t in scene.clause_tokens(clause) if t.kind == "org" and t.organisation]
    if len(orgs) == 1 and orgs[0].organisation and orgs[0].organisation.name != joined.org:
        origin = MoveEnd(orgs[0].organisation.name, orgs[0].organisation.team, None)
        for who in _holders(finder, scene, token):
            add(
                finder,
                scene,
                token,
                who,
                origin=origin,
                destination=joined,
                kind="hire",
                rule="second_step",
                confidence=0.7,
                extra=(orgs[0],),
                background=True,
                status="reported",
            )
