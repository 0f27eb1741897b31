"""Rules for those who go the way of others: 同行的还有 X, 大部分员工也跟着过去."""

from __future__ import annotations

from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.drafts import Draft
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.objects import named_after
from articles.extraction.zh.moves.parties import Place, key_of
from articles.extraction.zh.moves.record import add, title_origin
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, who_at

# The move followed was told within so many sentences.
_REACH = 2


def follow(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 与之同行, 同行的还有 X, 员工也跟着过去: the move of the one told last, made by more."""
    told = _followed(finder, scene)
    if told is None or told.destination is None:
        return
    people = named_after(finder, scene, verb, verb.end) or subjects(finder, scene, verb)
    if [key_of(who) for who in people] == [told.who]:
        # Y 随她同来: Y, not the one they follow.
        people = [who_at(finder, scene, t) for t in scene.clause_tokens(verb.clause) if t.kind == "person"][:1]
    for who in people:
        if key_of(who) == told.who:
            continue
        place = Place(_mention(told), told.destination.team, verb.start, verb.start)
        origin = title_origin(finder, who, place) or told.origin
        add(
            finder,
            scene,
            verb,
            who,
            origin=origin,
            destination=told.destination,
            kind=told.kind if told.kind in ("hire", "acquihire", "founding") else "hire",
            rule="follow",
            confidence=0.7,
        )


def _followed(finder: Finder, scene: Scene) -> Draft | None:
    near = (d for d in reversed(finder.drafts[-8:]) if scene.index - d.sentence <= _REACH)
    return next((d for d in near if d.destination and d.destination.org and not d.background), None)


def _mention(told: Draft) -> OrganisationMention:
    assert told.destination is not None
    return OrganisationMention(0, 0, told.destination.org or "", told.destination.team)
