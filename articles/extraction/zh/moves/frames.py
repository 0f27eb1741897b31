"""Reads moves off whole wordings that no single verb carries, as the lexicon of frames lists them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ahocorasick_rs import AhoCorasick

from articles.extraction.claims import MoveEnd, MoveKind, Status
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.organisations import lookup
from articles.extraction.zh.moves.counted import expand
from articles.extraction.zh.moves.drafts import family
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.leaving import origin_of
from articles.extraction.zh.moves.manner import is_wish
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.record import add, learn_post, title_origin
from articles.extraction.zh.moves.roles import role_after
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, with_listed

# One mark for each person, employer and group, whatever its length.
_PERSON, _FIRM, _GROUP = "\ue000", "\ue001", "\ue002"
_MARKS = {"person": _PERSON, "org": _FIRM, "group": _GROUP}
_SPOKEN_OF = r"(?:这家|该)[^,。;的]{0,6}?(?:公司|企业|机构|实验室)|公司|老东家|前东家"
# No sentence tells more of them.
_MOST = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """A wording, the kind of move it tells, and what its subject must be."""

    says: re.Pattern[str]
    kind: MoveKind
    status: Status | None
    # Only of a person, of somebody with a known post, at an employer that is no school, back where one has been.
    person: bool
    titled: bool
    employer: bool
    former: bool
    # Only of somebody who is told to have worked elsewhere.
    left: bool


@cache
def _frames() -> tuple[list[Frame], AhoCorasick, list[int]]:
    """Every frame, the words that call for one, and which."""
    frames, words, owners = [], [], []
    for entry in table("zh/frames")["frame"]:
        flags = {flag: bool(entry.get(flag)) for flag in ("person", "titled", "employer", "former", "left")}
        frames.append(Frame(re.compile(_expanded(entry["says"])), entry["kind"], entry.get("status"), **flags))
        words += entry["words"]
        owners += [len(frames) - 1] * len(entry["words"])
    return frames, AhoCorasick(words), owners


def _expanded(pattern: str) -> str:
    """The pattern with its marks: <WHO>, <FROM>, <TO> as numbered groups, <ORG> and <T> without."""
    parts = re.split(r"<(WHO|FROM|TO|ORG|T)>", pattern)
    shapes = {
        "WHO": f"(?P<who#>[{_PERSON}{_GROUP}])",
        "FROM": f"(?P<left#>{_FIRM}|{_SPOKEN_OF})",
        "TO": f"(?P<joined#>{_FIRM}|{_SPOKEN_OF})",
        "ORG": _FIRM,
        "T": "[^,。;:!?]{0,12}?",
    }
    return "".join(shapes[part].replace("#", str(at)) if at % 2 else part for at, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class _Outline:
    """The sentence with marks for names; ``starts`` are the places in the text of its characters."""

    text: str
    starts: list[int]
    tokens: dict[int, Token]


def _outline(scene: Scene) -> _Outline:
    characters: list[str] = []
    starts: list[int] = []
    tokens: dict[int, Token] = {}
    at = scene.sentence.start
    for token in scene.tokens:
        mark = _MARKS.get(token.kind)
        if mark is None or token.start < at:
            continue
        _copy(scene.text, at, token.start, characters, starts)
        tokens[len(characters)] = token
        characters.append(mark)
        starts.append(token.start)
        at = token.end
    _copy(scene.text, at, scene.sentence.end, characters, starts)
    return _Outline("".join(characters), starts, tokens)


def _copy(text: str, start: int, end: int, characters: list[str], starts: list[int]) -> None:
    """Copies the characters of ``text[start:end]`` that are no blanks."""
    for place in range(start, end):
        if text[place] != " ":
            characters.append(text[place])
            starts.append(place)


@dataclass(frozen=True, slots=True)
class Framed:
    """A frame found in a sentence; ``verb`` is its wording, in the clause where it begins."""

    frame: Frame
    verb: Token
    outline: _Outline
    match: re.Match[str]


def find_frames(scene: Scene) -> dict[int, list[Framed]]:
    """The frames that the sentence holds, by clause."""
    frames, automaton, owners = _frames()
    text = scene.text[scene.sentence.start : scene.sentence.end]
    called = {owners[index] for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}
    found: dict[int, list[Framed]] = {}
    outline = _outline(scene) if called else None
    for index in sorted(called):
        assert outline is not None
        for match in islice(frames[index].says.finditer(outline.text), _MOST):
            verb = _verb(scene, outline, match)
            found.setdefault(verb.clause, []).append(Framed(frames[index], verb, outline, match))
    return found


def tell(finder: Finder, scene: Scene, framed: Framed) -> None:
    """Writes what one frame tells, a draft for each of its people."""
    frame, verb, outline, match = framed.frame, framed.verb, framed.outline, framed.match
    if is_wish(scene, verb):
        return
    named = [outline.tokens[match.start(name)] for name in match.groupdict() if _is(match, name, "who")]
    people = [who for token in named for who in _listed(finder, scene, token)] or subjects(finder, scene, verb)
    left = _place(finder, scene, outline, match, "left", verb)
    joined = _place(finder, scene, outline, match, "joined", verb)
    for who in people:
        if (frame.person and not who.person) or (frame.titled and not _has_post(finder, scene, who)):
            continue
        if who.cohort and who.cohort.min is None:
            continue
        _write(finder, scene, frame, verb, who, left=left, joined=joined)


def _listed(finder: Finder, scene: Scene, token: Token) -> list[Who]:
    """Everybody of the list that ends in this name; 两人 are those named last."""
    tokens = scene.clause_tokens(token.clause)
    return expand(finder, scene, with_listed(finder, scene, tokens, tokens.index(token)))


def _write(
    finder: Finder, scene: Scene, frame: Frame, verb: Token, who: Who, *, left: Place | None, joined: Place | None
) -> None:
    if frame.kind == "departure":
        if frame.employer and left and _is_school(left):
            return
        origin = origin_of(finder, scene, verb, who, left)
        if origin is not None and _is_new(finder, who, origin, left is not None):
            add(
                finder, scene, verb, who, origin=origin, kind="departure", rule="frame",
                confidence=0.75 if left else 0.6,
            )  # fmt: skip
        return
    place = joined or _spoken_of(finder, scene, verb, who, frame)
    if place is None or (left and left.organisation.name == place.organisation.name):
        return
    if frame.left and not _worked_elsewhere(finder, who, place):
        return
    origin = MoveEnd(left.organisation.name, left.team, None) if left else None
    if frame.kind not in ("internal", "return"):
        origin = origin or title_origin(finder, who, place)
    role = role_after(scene, verb.end, verb.clause)
    add(
        finder, scene, verb, who, origin=origin, kind=frame.kind, rule="frame",
        destination=MoveEnd(place.organisation.name, place.team, role), confidence=0.75 if joined else 0.6,
        status=frame.status,
    )  # fmt: skip
    learn_post(finder, who, place, role, scene, verb)


def _is_new(finder: Finder, who: Who, origin: MoveEnd, named: bool) -> bool:
    """Whether a wording that names no employer tells of more than the departure already told."""
    return named or not any(d.origin for d in finder.told(key_of(who)) if not d.background)


def _verb(scene: Scene, outline: _Outline, match: re.Match[str]) -> Token:
    """The words of the frame as a token: what stands in its first clause behind a leading name."""
    first = match.start() + (outline.text[match.start()] in (_PERSON, _GROUP, _FIRM))
    start = outline.starts[min(first, len(outline.starts) - 1)]
    end = outline.starts[match.end() - 1] + 1
    clause = max(0, bisect_right([left for left, _ in scene.bounds], start) - 1)
    return Token("frame", start, end, scene.text[start:end], clause=clause)


def _is(match: re.Match[str], name: str, part: str) -> bool:
    return name.startswith(part) and match[name] is not None


def _place(
    finder: Finder, scene: Scene, outline: _Outline, match: re.Match[str], part: str, verb: Token
) -> Place | None:
    """The employer that the frame names, by its name or as the one spoken of."""
    for name in match.groupdict():
        if not _is(match, name, part):
            continue
        token = outline.tokens.get(match.start(name))
        if token is None:
            topic = finder.topic(scene, verb.start)
            return Place(topic, topic.team, verb.start, verb.start) if topic else None
        if token.organisation and not finder.is_outlet(token):
            return Place(token.organisation, token.organisation.team, token.start, token.end)
    return None


def _spoken_of(finder: Finder, scene: Scene, verb: Token, who: Who, frame: Frame) -> Place | None:
    """The employer that a frame without one means: whom somebody works for, or who is spoken of."""
    if frame.former:
        return _left_before(finder, who)
    post = finder.current_post(who)
    standing = post.organisation if post and not post.former else None
    gone = next((d.origin for d in reversed(finder.drafts[-4:]) if d.origin and scene.index - d.sentence <= 2), None)
    if standing is None and frame.kind == "internal" and gone and gone.org:
        return Place(OrganisationMention(0, 0, gone.org, gone.team), None, verb.start, verb.start)
    mention = standing or finder.topic(scene, verb.start)
    return Place(mention, None, verb.start, verb.start) if mention else None


def _left_before(finder: Finder, who: Who) -> Place | None:
    """Where somebody has been who comes back to the old place."""
    told = [d for d in finder.told(key_of(who)) if d.origin and d.origin.org]
    if not told or not told[0].origin:
        return None
    elsewhere = {family(told[-1].destination), family(told[-1].origin)}
    for draft in told:
        if draft.origin and draft.origin.org and family(draft.origin) not in elsewhere:
            return Place(OrganisationMention(0, 0, draft.origin.org, draft.origin.team), None, 0, 0)
    return None


def _has_post(finder: Finder, scene: Scene, who: Who) -> bool:
    """Whether somebody has a post at an employer, or a title in a text that has just spoken of one."""
    post = finder.current_post(who)
    employed = post is not None and post.organisation is not None
    spoken = finder.employer is not None and scene.index - finder.employer_sentence <= 1
    titled = any(t.kind == "title" and 0 <= who.token.start - t.end <= 1 for t in scene.tokens)
    return who.person is not None and (employed or (titled and spoken))


def _worked_elsewhere(finder: Finder, who: Who, place: Place) -> bool:
    """Whether the person has left another employer, or has a post there."""
    here = family(MoveEnd(place.organisation.name))
    left = any(d.origin and d.origin.org and family(d.origin) != here for d in finder.told(key_of(who)))
    posts = (*who.posts, *finder.careers.get(who.name, []))
    told = [p for p in posts if p.organisation]
    there = any(family(MoveEnd(p.organisation.name)) == here for p in told if p.organisation)
    return who.person is not None and not there and (left or bool(told))


def _is_school(place: Place) -> bool:
    entry = lookup(place.organisation.name)
    return (entry is not None and entry.kind == "university") or place.organisation.name.endswith(("大学", "学院"))
