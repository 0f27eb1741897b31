"""Rules for those who come back, and for where somebody who has left goes: 重返, 下家是."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, Status
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Place
from articles.extraction.zh.moves.places import end_of, is_anaphor, origin_before, place_after
from articles.extraction.zh.moves.record import add, learn_post, title_origin
from articles.extraction.zh.moves.roles import role_after
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects
from articles.extraction.zh.moves.unsaid import step_before


def come_back(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 重返 A, X 的回归."""
    people = subjects(finder, scene, verb)
    place = place_after(finder, scene, verb.end, verb.clause, reach=16)
    if place is None and re.match(r"了?(?:老东家|前东家)", scene.text[verb.end : verb.end + 5]):
        for draft in finder.drafts[-4:]:
            if draft.destination and draft.kind == "hire" and scene.index - draft.sentence <= 2:
                draft.kind = "return"
                return
    if place is None and is_anaphor(scene, verb.end) and people:
        topic = finder.topic(scene, verb.start)
        place = Place(topic, None, verb.end, verb.end) if topic else None
    if place is None and people and verb.text in ("回归", "重返", "重回"):
        post = finder.current_post(people[0])
        if (
            post
            and post.organisation
            and re.match(r"(?:公司|一线|并|,|。|担任|出任|$)", scene.text[verb.end : verb.end + 2].strip())
        ):
            place = Place(post.organisation, None, verb.end, verb.end)
    if place is None:
        return
    origin = origin_before(scene, verb)
    role = role_after(scene, place.end, verb.clause)
    for who in people:
        start = end_of(origin) or step_before(finder, scene, verb, who, place) or title_origin(finder, who, place)
        start = None if start and start.org == place.organisation.name else start
        destination = MoveEnd(place.organisation.name, place.team, role)
        add(
            finder,
            scene,
            verb,
            who,
            origin=start,
            destination=destination,
            kind="return",
            rule="return",
            confidence=0.85,
        )
        learn_post(finder, who, place, role, scene, verb)


def goes_next(finder: Finder, scene: Scene, verb: Token) -> None:
    """下家是 B, 下一站：B: where somebody who has left goes."""
    place = place_after(finder, scene, verb.end, verb.clause, reach=8)
    if place is None and scene.text[scene.bounds[verb.clause][1] : scene.bounds[verb.clause][1] + 1] == ":":
        place = place_after(finder, scene, scene.bounds[verb.clause][1] + 1, verb.clause + 1, reach=4)
    gap = scene.text[verb.end : place.start] if place else ""
    if place is None or not re.search(r"[是为:]", gap) or re.search(r"不是|并非|可能不", gap):
        return
    carried = (finder.carried[c] for c in range(verb.clause - 1, -1, -1) if finder.carried.get(c))
    last = finder.last if scene.index - finder.last_sentence < 2 else []
    for who in subjects(finder, scene, verb) or next(carried, last):
        if who.person:
            destination = MoveEnd(place.organisation.name, place.team, None)
            status: Status | None = "rumoured" if re.search(r"传|或|可能|疑", gap) else None
            add(
                finder, scene, verb, who, destination=destination, kind="hire", rule="next", confidence=0.75,
                status=status,
            )  # fmt: skip
            learn_post(finder, who, place, None, scene, verb)
