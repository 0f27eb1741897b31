"""Writes down what a rule has found: one draft, its quote in whole clauses, the career it adds to."""

from __future__ import annotations

from articles.extraction.claims import MoveEnd, MoveKind, Status
from articles.extraction.document import Span
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.drafts import Draft, family
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.manner import status_of
from articles.extraction.zh.moves.parties import Place, Who, key_of, person_name
from articles.extraction.zh.moves.places import post_end
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.titles import Post


def _quote(scene: Scene, *tokens: Token) -> Span:
    """Whole clauses from the first to the last of the tokens that are in this sentence."""
    clauses = [t.clause for t in tokens if scene.sentence.start <= t.start < scene.sentence.end]
    start, end = scene.bounds[min(clauses)][0], scene.bounds[max(clauses)][1]
    text = scene.text
    while start < end and text[start] in " \n>*#-•,;:”、)。":
        start += 1
    while end > start and text[end - 1] in " \n。,;:!?":
        end -= 1
    return Span(start, end)


def add(
    finder: Finder,
    scene: Scene,
    verb: Token,
    who: Who,
    *,
    origin: MoveEnd | None = None,
    destination: MoveEnd | None = None,
    kind: MoveKind,
    rule: str,
    confidence: float = 0.8,
    extra: tuple[Token, ...] = (),
    background: bool = False,
    status: Status | None = None,
) -> None:
    if not (origin or destination):
        return
    near = (who.token,) if _is_near(scene, verb, who) else ()
    finder.write(
        Draft(
            person=person_name(who),
            cohort=who.cohort,
            origin=origin,
            destination=destination,
            kind=kind,
            span=_quote(scene, verb, *near, *extra),
            sentence=scene.index,
            rule=f"zh.{rule}",
            confidence=confidence,
            status=status or status_of(scene, verb) or ("confirmed" if who.speaks and not background else None),
            background=background,
            clause=Span(scene.bounds[verb.clause][0], verb.end),
        )
    )


# A later clause is quoted from its subject's clause where that is the one before; farther back it carries itself.
_REACH = 1


def _is_near(scene: Scene, verb: Token, who: Who) -> bool:
    token = who.token
    if not scene.sentence.start <= token.start < scene.sentence.end:
        return False
    between = {t.clause for t in scene.tokens if t.kind == "person" and token.clause < t.clause < verb.clause}
    listed = {t.clause for t in scene.tokens if t.kind == "and" and token.clause <= t.clause <= verb.clause}
    return verb.clause - token.clause <= _REACH or bool(between and listed)


def learn_post(finder: Finder, who: Who, place: Place, role: str | None, scene: Scene, verb: Token) -> None:
    if who.name and status_of(scene, verb) not in ("declined", "denied"):
        finder.learn(who.name, Post(place.organisation, place.team, role, False, -1))


def _family(mention: OrganisationMention) -> str:
    return family(MoveEnd(mention.name))


def title_origin(finder: Finder, who: Who, place: Place) -> MoveEnd | None:
    """The employer that the title beside the name tells, where it is another one."""
    for post in sorted((p for p in reversed(who.posts) if p.organisation), key=lambda p: p.former):
        if post.organisation and _family(post.organisation) != _family(place.organisation):
            return post_end(post)
    last = next(reversed(finder.told(key_of(who))), None)
    if (
        last
        and last.kind == "founding"
        and last.destination
        and last.sentence == finder.index
        and last.destination.org != place.organisation.name
    ):
        return last.destination
    told = {
        p.organisation.name: p
        for p in finder.careers.get(who.name, [])
        if p.organisation
        and all(o.organisation is None or o.organisation.name == place.organisation.name for o in who.posts)
        and (p.former or finder.in_sentence(p.start))
    }
    told.pop(place.organisation.name, None)
    for draft in finder.told(key_of(who)):
        if draft.origin and draft.origin.org:
            told.pop(draft.origin.org, None)
    return post_end(next(iter(told.values()))) if len(told) == 1 else None


def title_origin_former(finder: Finder, who: Who, place: Place) -> MoveEnd | None:
    for post in who.posts:
        if post.organisation and post.organisation.name != place.organisation.name:
            return post_end(post)
    return None
