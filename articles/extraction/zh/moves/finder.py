"""What the rules of Chinese moves know of the article so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.drafts import Draft
from articles.extraction.zh.moves.parties import Who, key_of
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.titles import Post, posts_of
from articles.extraction.zh.plain import plain
from articles.extraction.zh.reader import ChineseReading

if TYPE_CHECKING:
    from articles.extraction.zh.moves.careers import Stay

_WORDS = table("zh/moves")["company"]
_ANNOUNCES = re.compile(r"[^,。;]{0,24}?(?:宣布|任命|聘请|聘用|欢迎|官宣|迎来|公布)")
_MOST_DRAFTS = 40
_MOST_POSTS = 40
# Whether the text knows but one employer shows within so many mentions.
_FIRST_MENTIONS = 200


def _named(reading: ChineseReading) -> Iterator[tuple[int, OrganisationMention]]:
    for index, sentence in enumerate(reading.sentences):
        yield from ((index, mention) for mention in sentence.organisations if mention.name not in _outlets())


@dataclass(slots=True)
class Finder:
    """What has been read so far: the people last spoken of, their posts, the drafts."""

    reading: ChineseReading
    drafts: list[Draft] = field(default_factory=list)
    careers: dict[str, list[Post]] = field(default_factory=dict)
    stays: dict[str, list[Stay]] = field(default_factory=dict)
    by_who: dict[str, list[Draft]] = field(default_factory=dict)
    last: list[Who] = field(default_factory=list)
    last_sentence: int = -9
    carried: dict[int, list[Who]] = field(default_factory=dict)
    employer: OrganisationMention | None = None
    employer_sentence: int = -9
    # The employer of the list of newcomers being read, and whether it tells the list itself.
    roster: tuple[OrganisationMention, bool] | None = None
    roster_gaps: int = 0
    here: tuple[int, int] = (0, 0)
    index: int = 0
    verbs: int = 0
    # What the text names first, each with the place of its sentence, and what it names most.
    named_first: list[tuple[int, OrganisationMention]] = field(init=False)
    named_most: OrganisationMention | None = field(init=False)

    def __post_init__(self) -> None:
        self.named_first = list(islice(_named(self.reading), _FIRST_MENTIONS))
        counts: dict[str, list[OrganisationMention]] = {}
        for sentence in self.reading.sentences:
            for mention in sentence.organisations:
                counts.setdefault(mention.name, []).append(mention)
        best: list[OrganisationMention] = max(counts.values(), key=len, default=[])
        self.named_most = best[0] if best else None

    def told(self, who: str) -> list[Draft]:
        """The drafts of one person or group, in order."""
        return self.by_who.get(who, [])

    def write(self, draft: Draft) -> None:
        """Keeps a draft; a text that goes on and on about one person adds nothing after a while."""
        told = self.by_who.setdefault(draft.who, [])
        if len(told) < _MOST_DRAFTS:
            told.append(draft)
            self.drafts.append(draft)

    def learn(self, name: str, post: Post, first: bool = False) -> None:
        """Adds a post to a person's career, before the others where ``first``."""
        posts = self.careers.setdefault(name, [])
        if len(posts) < _MOST_POSTS:
            posts.insert(0 if first else len(posts), post)

    def in_sentence(self, start: int) -> bool:
        """Whether a place lies in the sentence being read."""
        return self.here[0] <= start < self.here[1]

    def topic(self, scene: Scene, before: int) -> OrganisationMention | None:
        """The organisation spoken of: named last before in the sentence, else just before it, else the title's."""
        for token in reversed(scene.tokens):
            fit = token.kind == "org" and token.end <= before and not self.is_outlet(token)
            if (
                fit
                and token.organisation
                and not self._is_speakers(scene, token)
                and not is_anothers(scene, token, before)
                and not self._is_joined(scene, token, before)
            ):
                return token.organisation
        if len({o.name for o in self.reading.topics}) == 1:
            return self.reading.topics[0]
        if self.employer and scene.index - self.employer_sentence <= 3:
            return self.employer
        return self.title() or self._only_one()

    def _is_joined(self, scene: Scene, token: Token, before: int) -> bool:
        """Whether an earlier clause tells that somebody went there: X 回到 B，接着 Y 宣布离开."""
        assert token.organisation is not None
        name = token.organisation.name
        gone = (d for d in self.drafts[-4:] if d.sentence == scene.index and d.kind in ("hire", "return") and d.person)
        told = any(d.destination and d.destination.org == name and d.span.end < before for d in gone)
        return told and any(t.kind == "person" and token.end <= t.start < before for t in scene.tokens)

    def title(self) -> OrganisationMention | None:
        """The first organisation that the title names."""
        return self.reading.topics[0] if self.reading.topics else None

    def _is_speakers(self, scene: Scene, token: Token) -> bool:
        """Whether the organisation stands in the title of somebody who only speaks: Wedbush 分析师艾夫斯说."""
        for other in scene.tokens:
            if other.kind == "person" and other.start >= token.end and other.start - token.end < 30:
                if not re.match(
                    r"(?:\([^)]*\))? ?(?:表示|说|称|指出|认为|写道|透露)", scene.text[other.end : other.end + 50]
                ):
                    return False
                return any(
                    p.start <= token.start + 2 and p.organisation is token.organisation for p in posts_of(scene, other)
                )
        return False

    def _only_one(self) -> OrganisationMention | None:
        """The one organisation that the text has named so far, where it has named no other."""
        so_far = [mention for index, mention in self.named_first if index <= self.index]
        return so_far[0] if len({o.name for o in so_far}) == 1 else None

    def headline(self) -> OrganisationMention | None:
        """The organisation of the title, else the one the text names most."""
        return self.title() or self.named_most

    def company(self) -> OrganisationMention | None:
        """The organisation whose news the article tells: of the title, else the one that announces it first."""
        title = plain(self.reading.document.title)
        named = [o for o in self.reading.topics if o.name not in _outlets() and not is_former(title, o.start)]
        if named:
            return named[0]
        for sentence in self.reading.sentences[:3]:
            for mention in sentence.organisations:
                if _ANNOUNCES.match(self.reading.plain, mention.end) and mention.name not in _outlets():
                    return mention
        return None

    def arrived_at(self, who: Who) -> OrganisationMention | None:
        """Where the person's last arrival told so far led."""
        for draft in reversed(self.told(key_of(who))):
            if (
                draft.person
                and draft.person.name == who.name
                and draft.destination
                and not draft.background
                and draft.destination.org
            ):
                return OrganisationMention(0, 0, draft.destination.org, None)
        return None

    def is_outlet(self, token: Token) -> bool:
        """Whether the organisation only tells, or is the place where somebody tells (在领英上)."""
        if (
            token.organisation is None
            or token.organisation.name in _outlets()
            or token.organisation.name in _WORDS["never_employs"]
        ):
            return True
        tail = self.reading.plain[token.end : token.end + 6].lstrip()
        return (
            token.organisation.name in _WORDS["platforms"]
            and tail.startswith(tuple(_WORDS["told_there"]))
            and not tail.startswith("发言人")
        )

    def current_post(self, who: Who) -> Post | None:
        """Where the person works as far as told: a standing title first, then a former one, then the career so far."""
        posts = [p for p in who.posts if p.organisation]
        for post in (*(p for p in posts if not p.former), *posts):
            return post
        told = self.careers.get(who.name, [])
        standing = [p for p in told if not p.former]
        return standing[-1] if standing else told[-1] if told else None


_FORMER = re.compile(r"(?<![\u4e00-\u9fff][之以目此])[前原] ?$")


def is_former(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is only where somebody worked before: 前甲公司研究员."""
    return _FORMER.search(text, max(0, start - 4), start) is not None


def is_anothers(scene: Scene, token: Token, before: int) -> bool:
    """Whether the organisation stands in the title of somebody in an earlier clause, who comes from there."""
    last = next((t for t in scene.tokens if t.start >= before), None)
    people = [t for t in scene.tokens if t.kind == "person" and token.end <= t.start < before]
    if not people or (last is not None and people[0].clause >= last.clause):
        return False
    posts = [p for p in posts_of(scene, people[0]) if p.organisation is token.organisation]
    return any(p.former for p in posts)


@cache
def _outlets() -> frozenset[str]:
    return frozenset(table("organisations")["outlets"])
