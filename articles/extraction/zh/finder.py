"""Who moved, from where and to where: the slots around a verb that every rule of Chinese moves fills alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from articles.extraction.claims import Cohort, MoveEnd, PersonName
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, PersonMention
from articles.extraction.patterns import either
from articles.extraction.zh.drafts import Draft
from articles.extraction.zh.reader import ChineseReading
from articles.extraction.zh.scene import Scene, Token
from articles.extraction.zh.titles import Post, posts_of, team_in

_SPACE = " “”\"'《》—-"
_BRACKET = re.compile(r" ?\([^()]{1,60}\)")
# A person behind one of these is no subject.
_LED = re.compile(
    r"(?:被|由|据|对|向|给|为|跟随|师从|接替|取代|替|代替|领导下|感谢|向|比|像|继任者|邀请|欢迎|祝贺|请|找到|追随|告诉|回复|采访|因为|关于|针对|就|除了|除|把|将|遭)[^,。]{0,2}$"
)
_COMPANION = re.compile(r"(?:与|和|跟|同|随|联合|携手|联手)[^,。与和跟同]{0,12}$")
_CARRY_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Who:
    """A person or an unnamed group in the place of a subject or an object."""

    token: Token
    person: PersonMention | None = None
    cohort: Cohort | None = None
    posts: tuple[Post, ...] = ()

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""


@dataclass(frozen=True, slots=True)
class Place:
    """An employer in the place of an object; ``end`` is where what belongs to it ends."""

    organisation: OrganisationMention
    team: str | None
    start: int
    end: int


@dataclass(slots=True)
class Finder:
    """What has been read so far: the people last spoken of, their posts, the drafts."""

    reading: ChineseReading
    drafts: list[Draft] = field(default_factory=list)
    careers: dict[str, list[Post]] = field(default_factory=dict)
    last: list[Who] = field(default_factory=list)
    last_sentence: int = -9
    carried: dict[int, list[Who]] = field(default_factory=dict)
    employer: OrganisationMention | None = None
    employer_sentence: int = -9
    here: tuple[int, int] = (0, 0)
    index: int = 0

    def in_sentence(self, start: int) -> bool:
        """Whether a place lies in the sentence being read."""
        return self.here[0] <= start < self.here[1]

    def remember(self, scene: Scene) -> None:
        """Learns the posts beside every name of the sentence."""
        self.here, self.index = (scene.sentence.start, scene.sentence.end), scene.index
        for token in scene.tokens:
            if token.kind == "person" and token.person and not token.person.pronoun:
                for post in (*posts_of(scene, token), *self._is_a(scene, token)):
                    if post.organisation:
                        self.careers.setdefault(token.person.name, []).append(post)

    def _is_a(self, scene: Scene, token: Token) -> list[Post]:
        """X 是 A 的 R, X 曾任 A 的 R."""
        match = _COPULA.match(scene.text, token.end)
        if not match:
            return []
        for org in scene.tokens:
            if org.kind == "org" and org.start >= match.end() and org.clause == token.clause and org.organisation:
                tail = self._tail(scene, org.end, org.clause)
                titles = [t for t in scene.tokens if t.kind == "title" and org.end <= t.start < org.end + len(tail)]
                if org.start - match.end() > 8 or not titles:
                    return []
                role = scene.text[org.end : titles[-1].end].strip(" 的前原")
                former = "曾" in match[0] or "此前" in match[0] or "前" in scene.text[org.end : titles[-1].end]
                return [Post(org.organisation, org.organisation.team or team_in(tail), role, former, org.start)]
        return []

    # Subjects

    def subjects(self, scene: Scene, verb: Token) -> list[Who]:
        """Those who do what ``verb`` says; empty where an organisation or nobody known does it."""
        if self._stranger(scene, verb):
            return []
        if verb.kind in ("take", "hold") and re.search(
            r"由(?!于)[^,。]{2,20}$", scene.text[scene.bounds[verb.clause][0] : verb.start]
        ):
            return []
        found = self._in_clause(scene, verb)
        if found is not None:
            return self.expand(scene, found)
        for clause in range(verb.clause - 1, -1, -1):
            if self.carried.get(clause):
                start, end = scene.bounds[clause]
                quoted = scene.text[end : end + 1] == ":" and re.search(
                    r"推文|报道|新闻|来源|快讯|链接|帖子", scene.text[start:end]
                )
                return [] if quoted else self.carried[clause]
        if scene.index - self.last_sentence <= _CARRY_SENTENCES and self._starts_bare(scene):
            return [who for who in self.last if who.person]
        return []

    def _starts_bare(self, scene: Scene) -> bool:
        """Whether no organisation opens the sentence as its subject."""
        for token in scene.clause_tokens(0):
            if token.kind == "org" and not self._is_outlet(token):
                return bool(
                    re.search(
                        r"(?:据|从|在|自|于|由|为|加入|离开|前|原|被|是|的|与|和|任|至|到|回|返) ?$",
                        scene.text[max(0, token.start - 3) : token.start],
                    )
                )
            if token.kind in ("join", "leave", "take", "hold", "hire", "from", "return", "found"):
                return True
        return True

    def _stranger(self, scene: Scene, verb: Token) -> bool:
        """Whether a Latin name that is nobody's known stands right before the verb."""
        left = scene.bounds[verb.clause][0]
        match = _STRANGER.search(scene.text, max(left, verb.start - 30), verb.start)
        if not match or not match[0][: match.end()].strip():
            return False
        return not any(t.start < match.end(1) and match.start(1) < t.end for t in scene.tokens)

    def _in_clause(self, scene: Scene, verb: Token) -> list[Who] | None:
        """None where the clause has no subject of its own, empty where it has an unfit one."""
        tokens = [t for t in scene.tokens if t.clause == verb.clause and t.end <= verb.start]
        if scene.text[verb.start - 1 : verb.start] == "的" and not any(
            t.kind in ("person", "group") and not scene.text[t.end : verb.start - 1].strip() for t in tokens
        ):
            return []
        index = len(tokens) - 1
        right = verb.start
        while index >= 0:
            token = tokens[index]
            if token.kind == "org" and any(
                g.kind == "group" and g.start <= token.start and token.end <= g.end for g in tokens
            ):
                index -= 1
                continue
            if token.kind in ("person", "group", "org"):
                if _SPEAKER.search(scene.text[token.end : right]):
                    return self._speaker(scene, verb)
                if _SOMEBODY.search(scene.text[token.end : right]) and not self._after_name(scene, token).startswith(
                    "等"
                ):
                    return []
                right = token.start
            if (
                token.kind == "title"
                and scene.text[token.start - 1] != "等"
                and right == verb.start
                and not scene.text[token.end : right].strip("也已正式宣布突然相继先后均都将被曝悄然")
            ):
                return []
            if token.kind in ("person", "group"):
                if _CAUSED.search(scene.text[max(scene.bounds[token.clause][0], token.start - 6) : token.start]):
                    return []
                if not self._is_led(scene, token, verb):
                    return self._with_listed(scene, tokens, index)
                if self._after_name(scene, token).startswith("的"):
                    return []
            if token.kind == "org" and self._acts(scene, token, verb):
                return []
            index -= 1
        lead = scene.text[scene.bounds[verb.clause][0] : right]
        if right == verb.start and _NOMINAL.match(scene.text, verb.end) and not lead.strip():
            return []
        if _SPEAKER.search(lead):
            return self._speaker(scene, verb)
        return [] if _SOMEBODY.search(lead) else None

    def _speaker(self, scene: Scene, verb: Token) -> list[Who]:
        """Who says 我 at ``verb``: the one behind the closing quotation mark, else before the opening one."""
        text = scene.text
        close = text.find("”", verb.end, verb.end + 400)
        if close >= 0:
            after = _SAYS_AFTER.match(text, close + 1)
            found = after and self._person_in(scene, close + 1, after.end())
            if found:
                return [found]
        opening = text.rfind("“", max(0, verb.start - 400), verb.start)
        before = _SAYS_BEFORE.search(text, max(0, opening - 60), opening) if opening > 0 else None
        found = self._person_in(scene, before.start(), opening) if before else None
        return [found] if found else []

    def _person_in(self, scene: Scene, start: int, end: int) -> Who | None:
        """The last person named in ``start..end``, whatever the sentence."""
        for sentence in self.reading.sentences[max(0, scene.index - 3) : scene.index + 4]:
            for mention in sentence.people:
                if start <= mention.start and mention.end <= end:
                    return Who(Token("person", mention.start, mention.end, person=mention), person=mention)
        return None

    def _is_led(self, scene: Scene, token: Token, verb: Token) -> bool:
        """Whether the person is an object, a companion or a possessor rather than the subject."""
        before = scene.text[max(scene.bounds[token.clause][0], token.start - 16) : token.start].rstrip()
        posts = posts_of(scene, token) if token.kind == "person" else []
        if posts:
            before = scene.text[scene.bounds[token.clause][0] : posts[-1].start].rstrip(" 前原")
        gap = re.sub(r"\([^()]*\)", "", scene.text[token.end : verb.start]).strip()
        if re.search(r"[被由] ?$", before) or (
            _LED.search(before) and not (verb.kind == "join" and re.search(r"(?:欢迎|祝贺|恭喜) ?$", before))
        ):
            return len(gap) > 4 or bool(re.search(r"[被由据遭] ?$|(?:接替|取代|代替|师从|跟随|邀请|追随) ?$", before))
        if len(gap) <= 4 and "的" not in gap:
            return False
        after = self._after_name(scene, token)
        if after.startswith("的"):
            gap = scene.text[token.end : verb.start]
            return not re.fullmatch(r"(?:\([^)]*\))? ?的[\u4e00-\u9fff]{0,2}", gap)
        inside = any(t.kind == "person" and t.end <= token.start for t in scene.before(token, "person"))
        return bool(_COMPANION.search(before)) and not inside and "一起" not in after and not before.endswith("随")

    def _after_name(self, scene: Scene, token: Token) -> str:
        text = scene.text[token.end : token.end + 70]
        bracket = _BRACKET.match(text)
        return text[bracket.end() if bracket else 0 :].lstrip(_SPACE)

    def _acts(self, scene: Scene, token: Token, verb: Token) -> bool:
        """Whether the organisation itself is the subject: it opens the clause and only adverbs follow."""
        gap = scene.text[token.end : verb.start].strip()
        lead = scene.text[scene.bounds[token.clause][0] : token.start].strip(
            _SPACE + "而但并且此外同时近日今天昨日近期目前"
        )
        said = any(t.kind == "say" and not scene.text[t.end : token.start].strip() for t in scene.before(token))
        return (not lead or said) and bool(
            re.fullmatch(
                r"(?:公司|方面|团队|也|已|将|正式|宣布|近日|今天|今日|昨日|日前|正在|又|还|则|都|即将|曾|最近|近期|刚刚|再次|先后|相继|,| )*",
                gap,
            )
        )

    def _with_listed(self, scene: Scene, tokens: Sequence[Token], index: int) -> list[Who]:
        """The group that ends at ``tokens[index]``: X、Y 和 Z, over commas where each clause ends in a name."""
        found = [self.who(scene, tokens[index])]
        if tokens[index].kind == "person" and scene.text[tokens[index].end : tokens[index].end + 1] == "(":
            return found
        at = index
        while at >= 1:
            earlier = at - 1
            while earlier >= 0 and tokens[earlier].kind in ("title", "org", "hold"):
                earlier -= 1
            if earlier < 1 or tokens[earlier].kind != "and" or not self._adjoins(scene, tokens[earlier]):
                break
            at = earlier - 1
            while at >= 0 and tokens[at].kind not in ("person", "group"):
                at -= 1
            if at < 0:
                break
            found.append(self.who(scene, tokens[at]))
        found += self._from_earlier_clauses(scene, tokens[index])
        head = self._leader(scene, tokens, at)
        if head:
            found.append(head)
        return self._shared(scene, list(reversed(found)))

    def _shared(self, scene: Scene, people: list[Who]) -> list[Who]:
        """OpenAI 的四位研究员 X、Y, OpenAI 研究员 X 和 Y: what the first is holds for those without a title."""
        first = people[0]
        if first.person and not first.posts:
            for token in scene.before(first.token, "group"):
                if scene.text[token.end : first.token.start].strip() in ("", "—", "——", ":"):
                    people[0] = Who(first.token, first.person, None, tuple(self._group_posts(scene, token)))
                break
        posts = people[0].posts
        return [who if who.posts or who.cohort else Who(who.token, who.person, None, posts) for who in people]

    def _leader(self, scene: Scene, tokens: Sequence[Token], at: int) -> Who | None:
        """Z in "Z 与 X、Y 一起离开", where the list X、Y begins at ``tokens[at]``."""
        if not at or not re.search(r"[与和同跟] ?$", scene.text[: tokens[at].start][-3:]):
            return None
        return next((self.who(scene, t) for t in reversed(tokens[:at]) if t.kind == "person"), None)

    def _adjoins(self, scene: Scene, conjunction: Token) -> bool:
        """Whether a name or a group ends right before the conjunction."""
        floor = max(0, conjunction.start - 64)
        left = scene.text[floor : conjunction.start].rstrip(_SPACE + ",")
        bare = re.sub(r"\([^()]*\)$", "", left).rstrip(_SPACE + ",")
        ends = (floor + len(left), floor + len(bare))
        return any(t.kind in ("person", "group") and t.end in ends for t in scene.tokens)

    def _from_earlier_clauses(self, scene: Scene, token: Token) -> list[Who]:
        """CTO X，产品负责人 Y，Z 等相继离职: names that each end a clause of their own."""
        found: list[Who] = []
        joined = (
            self._after_name(scene, token).startswith("等")
            or "以及" in scene.text[scene.bounds[token.clause][0] : token.start]
        )
        joined = joined or scene.text[scene.bounds[token.clause][0] : token.start].lstrip().startswith(("和", "与"))
        clause = token.clause - 1
        while joined and clause >= 0:
            people = [t for t in scene.clause_tokens(clause) if t.kind in ("person", "group")]
            left, right = scene.bounds[clause]
            if not people or (
                scene.text[people[-1].end : right].strip(_SPACE)
                and not _BRACKET.fullmatch(scene.text[people[-1].end : right].rstrip())
            ):
                break
            if any(t.kind in ("say", "join", "leave", "hire") for t in scene.clause_tokens(clause)):
                found.append(self.who(scene, people[-1]))
                break
            found.extend(self.who(scene, t) for t in reversed(people))
            clause -= 1
        return found

    def expand(self, scene: Scene, people: list[Who]) -> list[Who]:
        """两人 and 三人 are the people named last."""
        found: list[Who] = []
        for who in people:
            count = _PAIR.get(re.sub(r"^[这该上述其]+|都$", "", who.cohort.text)) if who.cohort else None
            if (
                who.cohort
                and not count
                and re.search(r"(?:这|上述|该) ?$", self.reading.plain[max(0, who.token.start - 3) : who.token.start])
            ):
                count = who.cohort.min
            found += self._named_last(scene, who.token, count) if count else [who]
        return found

    def _named_last(self, scene: Scene, token: Token, count: int) -> list[Who]:
        people: dict[str, Who] = {}
        for sentence in reversed(self.reading.sentences[max(0, scene.index - 3) : scene.index + 1]):
            for mention in reversed(sentence.people):
                if mention.end <= token.start and not mention.pronoun:
                    people.setdefault(
                        mention.name, Who(Token("person", mention.start, mention.end, person=mention), person=mention)
                    )
                    if len(people) == count:
                        return list(reversed(people.values()))
        return []

    def who(self, scene: Scene, token: Token) -> Who:
        if token.person:
            return Who(token, person=token.person, posts=tuple(posts_of(scene, token)))
        return Who(token, cohort=token.cohort, posts=tuple(self._group_posts(scene, token)))

    def _group_posts(self, scene: Scene, token: Token) -> list[Post]:
        """The employer inside or right before an unnamed group: 三名前 DeepMind 研究员, OpenAI 的多名高管."""
        if scene.text[max(0, token.start - 3) : token.start].rstrip("的 ").endswith("我们"):
            speaker = self._speaker(scene, token)
            post = self.current_post(speaker[0]) if speaker else None
            return [post] if post else []
        for org in scene.tokens:
            if org.kind != "org" or not org.organisation:
                continue
            inside = token.start <= org.start and org.end <= token.end
            gap = scene.text[org.end : token.start].strip()
            if inside or (
                org.end <= token.start and gap in ("", "的", "前", "旗下", "中", "有", "已有", "内部", "超过", "至少")
            ):
                former = bool(re.search(r"[前原] ?$", scene.text[max(0, org.start - 2) : org.start])) or gap == "前"
                return [Post(org.organisation, org.organisation.team, None, former, org.start)]
        return []

    # Objects

    def place_after(self, scene: Scene, start: int, clause: int, reach: int = 40) -> Place | None:
        """The employer that follows ``start`` in the clause: past 竞争对手 and 由 X 创立的, with its team."""
        orgs = [t for t in scene.tokens if t.kind == "org" and t.start >= start and t.clause == clause]
        chosen: Token | None = None
        for token in orgs:
            gap = scene.text[chosen.end if chosen else start : token.start]
            if chosen is None:
                if len(gap) > reach or _BREAKS.search(gap) or self._acts_between(scene, start, token.start):
                    return None
                chosen = token
            elif _passes_on().fullmatch(gap.strip(_SPACE + "“”")) and not self._is_outlet(token):
                chosen = token
            else:
                break
        if chosen is None or chosen.organisation is None:
            return None
        tail = self._tail(scene, chosen.end, clause)
        if re.match(r" ?(?:支持|投资|资助|控股|领投|持股)的[^,。]{0,10}(?:公司|企业|机构|实验室)", tail):
            return None
        team = chosen.organisation.team or team_in(tail)
        return Place(chosen.organisation, team, chosen.start, chosen.end)

    def _tail(self, scene: Scene, start: int, clause: int) -> str:
        """The text from ``start`` to the next verb or the end of the clause."""
        end = next(
            (t.start for t in scene.tokens if t.start >= start and t.clause == clause and t.kind in _ACTIONS),
            scene.bounds[clause][1],
        )
        return scene.text[start:end]

    def _acts_between(self, scene: Scene, start: int, end: int) -> bool:
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

    def places_after(self, scene: Scene, start: int, clause: int) -> list[Place]:
        """Every employer of a list: OpenAI、Anthropic 和 DeepMind."""
        first = self.place_after(scene, start, clause)
        if first is None:
            return []
        found = [first]
        for token in scene.tokens:
            if token.kind == "org" and token.clause == clause and token.start >= found[-1].end and token.organisation:
                if not re.fullmatch(
                    r" ?(?:、|和|与|及|以及)[^,。、和与的]{0,10}", scene.text[found[-1].end : token.start]
                ):
                    break
                found.append(Place(token.organisation, token.organisation.team, token.start, token.end))
        return found

    def origin_before(self, scene: Scene, verb: Token) -> Place | None:
        """The employer behind 从 or 在 … 工作 left of the verb, in its clause or the one before."""
        for clause in (verb.clause, verb.clause - 1):
            for token in reversed(scene.tokens):
                if token.kind != "org" or token.clause != clause or token.end > verb.start or not token.organisation:
                    continue
                lead = scene.text[max(0, token.start - 12) : token.start]
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

    def anaphor(self, scene: Scene, start: int) -> bool:
        """Whether what follows stands for the organisation spoken of: 公司, 该公司, 团队."""
        return bool(_anaphors().match(scene.text, start))

    def topic(self, scene: Scene, before: int) -> OrganisationMention | None:
        """The organisation spoken of: named last before in the sentence, else in the one before, else the title's."""
        for token in reversed(scene.tokens):
            if token.kind == "org" and token.end <= before and token.organisation and not self._is_outlet(token):
                if not self._is_speakers(scene, token):
                    return token.organisation
        if self.employer and scene.index - self.employer_sentence <= 3:
            return self.employer
        return self.headline()

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

    def headline(self) -> OrganisationMention | None:
        """The organisation of the title, else the one the text names most."""
        if self.reading.topics:
            return self.reading.topics[0]
        counts: dict[str, list[OrganisationMention]] = {}
        for sentence in self.reading.sentences:
            for mention in sentence.organisations:
                counts.setdefault(mention.name, []).append(mention)
        best = max(counts.values(), key=len, default=[])
        return best[0] if best else None

    def arrived_at(self, who: Who) -> OrganisationMention | None:
        """Where the person's last arrival told so far led."""
        for draft in reversed(self.drafts):
            if (
                draft.person
                and draft.person.name == who.name
                and draft.destination
                and not draft.background
                and draft.destination.org
            ):
                return OrganisationMention(0, 0, draft.destination.org, None)
        return None

    def _is_outlet(self, token: Token) -> bool:
        """Whether the organisation only tells, or is the place where somebody tells (在领英上)."""
        if token.organisation is None or token.organisation.name in _outlets() or token.organisation.name in _NEVER_EMPLOYS:
            return True
        tail = self.reading.plain[token.end : token.end + 6].lstrip()
        return token.organisation.name in _PLATFORMS and tail.startswith(
            (
                "上",
                "的个人",
                "个人",
                "信息",
                "资料",
                "动态",
                "简介",
                "公布",
                "宣布",
                "公开",
                "发",
                "平台",
                "的动态",
                "帖",
            )
        )

    def current_post(self, who: Who) -> Post | None:
        """Where the person works as far as told: a standing title first, then a former one, then the career so far."""
        posts = [p for p in who.posts if p.organisation]
        for post in (*(p for p in posts if not p.former), *posts):
            return post
        told = self.careers.get(who.name, [])
        standing = [p for p in told if not p.former]
        return standing[-1] if standing else told[-1] if told else None

    # Drafts

    def end(self, place: Place | None, role: str | None = None) -> MoveEnd | None:
        return MoveEnd(place.organisation.name, place.team, role) if place else None

    def post_end(self, post: Post | None) -> MoveEnd | None:
        return MoveEnd(post.organisation.name, post.team, post.role) if post and post.organisation else None


_COPULA = re.compile(r"(?:\([^()]{1,40}\))? ?(?:此前|曾经?|原本|目前|现)?(?:是|为|系|任|担任)(?!了)")
_NOMINAL = re.compile(r"(?:可能)?(?:是|引发|标志|意味|归因|发生|并非|源于|被视为|也是|成为|正值|之际|背后|之后的)")
_NEVER_EMPLOYS = frozenset({"LinkedIn", "Twitter", "Reddit", "YouTube", "Weibo", "WeChat", "Zhihu", "Xiaohongshu", "Maimai"})
_PLATFORMS = frozenset(
    {
        "LinkedIn",
        "Twitter",
        "Facebook",
        "Meta",
        "Reddit",
        "Instagram",
        "YouTube",
        "Weibo",
        "WeChat",
        "Zhihu",
        "Xiaohongshu",
        "Maimai",
    }
)
_STRANGER = re.compile(
    r"(?:^|[ ,、而]|[\u4e00-\u9fff])([A-Z][a-zà-ÿ]{2,}) ?(?:也|已|将|又|正式|宣布|即将|同时|还|则|就|于近日|近日|直接|随后|后来|分享了|正在|从|在|于|曾|本人|选择|决定|\d|年|月)*$"
)
_CAUSED = re.compile(r"(?:让|使|令|邀请|希望|要求|劝|说服|鼓励|劝说|期待) ?$")
_PAIR = {
    "两人": 2,
    "二人": 2,
    "两位": 2,
    "三人": 3,
    "三位": 3,
    "四人": 4,
    "两位高管": 2,
    "三位高管": 3,
    "2人": 2,
    "3人": 3,
    "两位研究员": 2,
    "五人": 5,
}
_ACTIONS = frozenset({"join", "leave", "resign", "hire", "appoint", "take", "found", "return", "remove"})
_SPEAKER = re.compile(r"(?<!自)我(?!们的?(?:员工|同事)|国)")
_SOMEBODY = re.compile(
    r"(?:员工|同事|高管|人员|研究员|人才|成员|某人|人们|大家|谁|者|任何人|有人|评论|网友|帖子|文章|推文|报道|观点|团队|老板|领导层|工程师|科学家|用户|他们|她们|玩家|学生|朋友|求职者|开发者|客户|粉丝|董事会)(?:们)?[^,。的与和]{0,8}$"
)
_SAYS_AFTER = re.compile(r"[^”。\n]{0,40}?(?:说道|表示|写道|说|称|补充)")
_SAYS_BEFORE = re.compile(r"[^“”。\n]{2,50}(?:说道|表示|写道|说|称|指出|宣布|透露)[^“”。\n]{0,4}[:,]? ?$")
_BREAKS = re.compile(r"[。;]|(?:担任|出任|表示|宣布|认为|功能|产品|平台上|市场)")
_WORKED = re.compile(r"工作|任职|供职|效力|担任|待|年|任|服务|度过|就职|负责")


@cache
def _passes_on() -> re.Pattern[str]:
    rivals = either(table("zh/moves")["company"]["rivals"])
    return re.compile(
        rf"(?:公司)?(?:的|及其|和)?[^,。、的]{{0,8}}{rivals}(?:、[^,。]{{0,20}}?(?:团队|公司))?(?:—+|、|:)?|—+|"
        r".{0,6}(?:支持|投资|孵化|创立|创办|控股|收购|参股|领投|加持|成立|主导)的[^,。]{0,12}|(?:公司)?旗下的?[^,。]{0,6}|背后的[^,。]{0,6}"
        r"|的?(?:母公司|子公司|旗下|新公司|初创公司|创业公司)?"
    )


@cache
def _anaphors() -> re.Pattern[str]:
    return re.compile(rf"(?:了| )?{either(table('zh/moves')['company']['anaphors'])}")


@cache
def _outlets() -> frozenset[str]:
    return frozenset(table("organisations")["outlets"])


def person_name(who: Who) -> PersonName | None:
    return PersonName(who.person.name, who.person.aliases) if who.person else None
