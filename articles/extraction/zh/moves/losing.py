"""Rules for organisations that put people out or lose them: 解雇, 流失."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.leaving import JOBS_GO, origin_of, who_left_before
from articles.extraction.zh.moves.manner import passive_of
from articles.extraction.zh.moves.objects import members_after, named_after, objects_of
from articles.extraction.zh.moves.parties import Place, Who
from articles.extraction.zh.moves.record import add
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, who_at
from articles.extraction.zh.moves.titles import team_in


def remove(finder: Finder, scene: Scene, verb: Token) -> None:
    """A 解雇 X, X 被 A 解雇."""
    passive = passive_of(scene, verb)
    if JOBS_GO.match(scene.text, verb.end):
        return
    if passive is not None:
        people = subjects(finder, scene, passive) or who_left_before(finder, scene, verb, verb.end)
        agents = [t for t in scene.tokens if t.kind == "org" and passive.end <= t.start and t.end <= verb.start]
        place = (
            Place(agents[0].organisation, None, agents[0].start, agents[0].end)
            if agents and agents[0].organisation
            else None
        )
        if (
            place is None
            and len(scene.text[passive.end : verb.start].strip()) > 1
            and "董事会" not in scene.text[passive.end : verb.start]
        ):
            return
    else:
        people = [w for w in objects_of(finder, scene, verb) if w.person or _is_handful(w)]
        people = people or _moved_objects(finder, scene, verb)
        agent = next((t for t in scene.before(verb, "org") if t.organisation and not finder.is_outlet(t)), None)
        place = Place(agent.organisation, None, agent.start, agent.end) if agent and agent.organisation else None
        place = place or _the_company(finder, scene, verb)
        place = place if any(w.cohort for w in people) else None
    for who in people:
        if who.cohort and (who.cohort.min is None or not place):
            continue
        origin = origin_of(finder, scene, verb, who, place)
        if origin:
            add(finder, scene, verb, who, origin=origin, kind="departure", rule="remove", confidence=0.75)


_ITSELF = re.compile(r" *(?:该|这家|这间)?公司[^,。;]{0,8}")


def _the_company(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    """该公司本周解雇了 9 名高管: the organisation spoken of."""
    if not _ITSELF.fullmatch(scene.text, scene.bounds[verb.clause][0], verb.start):
        return None
    topic = finder.topic(scene, verb.start)
    return Place(topic, topic.team, verb.start, verb.start) if topic else None


# More people than this, or people without a trade, are a layoff and no move.
_HANDFUL = 10


def _is_handful(who: Who) -> bool:
    """两名工程师, but not 两百名员工."""
    cohort = who.cohort
    return bool(cohort and cohort.min and cohort.min <= _HANDFUL and not re.search(r"员工|人$|雇员|职工", cohort.text))


def lose(finder: Finder, scene: Scene, verb: Token) -> None:
    """A 流失了十余名研究员; 人员流失，包括 X: they left A, or the organisation spoken of."""
    place = next((t for t in scene.before(verb, "org") if t.organisation and not finder.is_outlet(t)), None)
    people = named_after(finder, scene, Token("leave", verb.start, verb.end, "流失", clause=verb.clause), verb.end)
    people = people or [
        w for w in objects_of(finder, scene, verb) if place or (w.cohort and w.token.clause == verb.clause)
    ]
    people += [w for group in people[-1:] for w in members_after(finder, scene, group.token.end, group)]
    mention = place.organisation if place else finder.topic(scene, verb.start)
    if mention is None:
        return
    for who in people:
        if who.cohort and who.cohort.min is None:
            continue
        origin = MoveEnd(
            mention.name,
            mention.team or team_in(scene.text[verb.start : verb.start]),
            next((p.role for p in who.posts), None),
        )
        add(finder, scene, verb, who, origin=origin, kind="departure", rule="lose", confidence=0.7)


def _moved_objects(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """将 X 撤出, 把 X 开除."""
    for token in scene.before(verb, "person"):
        if re.search(r"[将把] ?$", scene.text[max(0, token.start - 2) : token.start]):
            return [who_at(finder, scene, token)]
    return []
