"""Names those of a group in the sentence after the one that told of it: 其中包括 X 和 Y, 三人分别是 X、Y、Z."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd
from articles.extraction.zh.moves.drafts import Draft, family
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.objects import enumerated
from articles.extraction.zh.moves.parties import Who, key_of
from articles.extraction.zh.moves.places import post_end
from articles.extraction.zh.moves.record import add
from articles.extraction.zh.moves.scene import Scene

_NUMBER = r"[两二三四五六七八九十\d]{1,3}"
_OPENS = re.compile(
    rf"[ *#\-“]*(?:其中|(?:他|她)们|这(?:些|批)人|这?{_NUMBER}[人位名][^,。;:]{{0,6}}?|(?:离职|离开|加入|加盟|出走)者)"
    r",? ?(?:就|中|里|当中)?(?:分别|依次|主要)?(?:包括|是|为|即|有)(?![否因由什何些望关意可一两几多人]) ?"
)


def name_members(finder: Finder, scene: Scene) -> bool:
    """Gives the people whom the sentence lists the move of the group just told; whether it did."""
    opened = _OPENS.match(scene.text, scene.sentence.start, scene.sentence.end)
    group = _group_before(finder, scene) if opened else None
    if opened is None or group is None:
        return False
    people = enumerated(finder, scene, opened.end())
    for who in people:
        if who.person and not any(not d.background for d in finder.told(key_of(who))):
            add(
                finder,
                scene,
                who.token,
                who,
                origin=_left(who, group),
                destination=group.destination,
                kind=group.kind,
                rule="member",
                confidence=0.7,
                status=group.status,
            )
    return bool(people)


_SOME_OF_THEM = re.compile(r"[ *#\-“]*(?:其中|先是|首先是|一位是|一个是),? ?(?!包括)")


def come_from_group(finder: Finder, scene: Scene) -> None:
    """其中 X 加入 B: X comes from where the group left that the sentence before told of."""
    group = _group_before(finder, scene)
    if group is None or not _SOME_OF_THEM.match(scene.text, scene.sentence.start, scene.sentence.end):
        return
    for draft in finder.drafts[-8:]:
        arrives = draft.sentence == scene.index and draft.destination is not None and draft.origin is None
        if (
            arrives
            and draft.person
            and draft.kind in ("hire", "return")
            and family(draft.destination) != family(group.origin)
        ):
            draft.origin = group.origin


def _group_before(finder: Finder, scene: Scene) -> Draft | None:
    """The last unnamed group of the sentence before, on its way to or from somewhere."""
    for draft in reversed(finder.drafts[-8:]):
        if draft.sentence == scene.index - 1 and draft.cohort and not draft.person and draft.kind != "internal":
            return draft if draft.cohort.min != 1 else None
    return None


def _left(who: Who, group: Draft) -> MoveEnd | None:
    """Where one of them comes from: by the title, else as all of them."""
    own = next((p for p in who.posts if p.organisation), None)
    if own is None or (group.destination and family(post_end(own)) == family(group.destination)):
        return group.origin
    return post_end(own)
