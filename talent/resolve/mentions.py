"""What one article tells of one name, and how sure it is that two such mentions speak of one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from articles.extraction.names import name_key, script_of
from talent.dates import days_apart, precision
from talent.models import Claim, ClaimKind
from talent.resolve.companies import Directory
from talent.resolve.names import form, is_telling, likeness

# At this certainty two mentions are one person; below it the pair goes to the editors.
JOIN_AT = 0.8
# Reports of one move lie within this many days of each other.
SAME_MOVE_DAYS = 200
# So many people named beside both decide for a name alone.
DECIDING_COMPANIONS = 2
# An article that names more people than this is a list, and says nothing about who belongs together.
_LIST = 30

# Names less alike than this are not asked about without a company in common.
TELLING = 0.8
NO_COMPANY = "no company in common, but"
# Two moves of one person lie further apart.
AT_ONCE_DAYS = 30

Ends = tuple[str, str, str]  # side, company, date


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What mentions are seen in: the companies that names mean, and the people named in each article."""

    companies: Directory = field(default_factory=lambda: Directory({}, {}))
    beside: dict[int, frozenset[str]] = field(default_factory=dict)


def claim_order(claim: Claim) -> tuple[bool, str, str]:
    """Order of publication, with the key as the last word; the same in every run."""
    published = claim.article.published_at
    return (published is None, published.isoformat() if published else "", claim.key)


def effective_date(claim: Claim) -> str:
    """The claim's own date, else the day on which its article was published; "" where neither is known."""
    published = claim.article.published_at
    return claim.date or (published.date().isoformat() if published else "")


def written_forms(claims: Iterable[Claim]) -> list[str]:
    """Every written form of the person's name, as often as the claims use it."""
    forms: list[str] = []
    for claim in claims:
        person = claim.value.get("person")
        forms += [person["name"], *person["aliases"]] if isinstance(person, dict) else [claim.person_name]
    return forms


class Mention:
    """Claims that speak of one person: one article's about one name, or a whole group of them."""

    def __init__(self, claims: Sequence[Claim], around: Surroundings) -> None:
        self.claims = claims
        self.around = around
        self.keys = {key for claim in claims for key in claim.person_keys}
        self.companies = {key for claim in claims for key in claim.company_keys}
        self.articles = {claim.article_id for claim in claims}

    @cached_property
    def companions(self) -> set[str]:
        """Keys of other people named in the same articles."""
        return {key for pk in self.articles for key in self.around.beside.get(pk, ())} - self.keys

    @cached_property
    def near(self) -> dict[tuple[str, str], set[str]]:
        """Forms of the name by candidate key and company, as single claims put them together: what a near name must
        share. Asked of claims and not of the whole, so that either side of a pair finds the other in the index."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in self.claims:
            forms = written_forms([claim])
            for pair in product(claim.person_candidates, claim.company_keys):
                found[pair].update(forms)
        return found

    @cached_property
    def telling(self) -> dict[str, set[str]]:
        """Forms of the name by those of its keys that speak without a company."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims:
            for key in filter(is_telling, claim.person_candidates):
                found[key].update(written_forms([claim]))
        return found

    @cached_property
    def teams(self) -> frozenset[str]:
        ends = [claim.value.get(side) or {} for claim in self.claims for side in ("from", "to")]
        return frozenset(key for end in ends if len(key := name_key(end.get("team") or "")) > 3)

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(filter(None, (*written_forms(self.claims), *(claim.person_name for claim in self.claims))))

    @cached_property
    def han_names(self) -> frozenset[str]:
        """Full Chinese names without a dot: nobody has two."""
        return frozenset(key for key in map(name_key, self.forms) if script_of(key) == "Hani" and form(key).chinese)

    @cached_property
    def roles(self) -> frozenset[str]:
        ends = [claim.value.get(side) or {} for claim in self.claims for side in ("from", "to")]
        return frozenset(key for end in ends if len(key := name_key(end.get("role") or "")) > 3)

    @cached_property
    def ends(self) -> list[Ends]:
        """Sides of moves, with every key of the company's family."""
        return [
            (side, key, effective_date(claim))
            for claim in self.claims
            if claim.kind == ClaimKind.MOVE
            for side in ("from", "to")
            for key in self.around.companies.family((claim.value.get(side) or {}).get("org") or "")
        ]

    def score(self, other: Mention) -> tuple[float, str]:
        """How sure it is that both speak of one person, 0 to 1, and why, in words."""
        if names := self.keys & other.keys:
            return self._score_of_one_name(other, several=len(names) > 1)
        return self._score_of_near_names(other)

    def _score_of_one_name(self, other: Mention, *, several: bool) -> tuple[float, str]:
        if companies := self.companies & other.companies:
            return 0.95, f"same name and the same company ({_listed(companies)})"
        if several:
            return 0.9, "the same name in two spellings"
        companions = self.companions & other.companions
        if len(companions) >= DECIDING_COMPANIONS:
            return 0.85, f"the same name, named beside the same people ({_listed(companions)})"
        if companions:
            return 0.6, f"the same name, named beside {_listed(companions)}, but no company in common"
        if roles := self.roles & other.roles:
            return 0.5, f"the same name and the same role ({_listed(roles)}), but no company in common"
        return 0.4, "the same name, but no company in common"

    def _score_of_near_names(self, other: Mention) -> tuple[float, str]:
        met = sorted(self.near.keys() & other.near.keys())
        alike = [like for pair in met if (like := likeness(self.near[pair], other.near[pair])) is not None]
        if not alike:
            return 0.0, "no name in common"
        like = max(alike, key=lambda each: (each.strength, each.reason))
        context, words = self._context(other)
        score, reason = like.strength * context, f"{like.reason}; {words}"
        if len(self.han_names | other.han_names) > max(len(self.han_names), len(other.han_names), 1):
            return min(score, 0.5), f"{reason}; but two Chinese names"
        if self.articles & other.articles and not _scripts_differ(self, other):
            return min(score, 0.5), f"{reason}; but one article has both"
        return round(score, 4), reason

    def score_by_name_alone(self, other: Mention, *, rare: bool) -> tuple[float, str]:
        """The same for near names that share no company: enough to ask about, never to join.

        0 where nothing speaks for it: then the name must be ``rare``, or something else they share.
        """
        met = sorted(self.telling.keys() & other.telling.keys())
        alike = [like for key in met if (like := likeness(self.telling[key], other.telling[key])) is not None]
        like = max(alike, key=lambda each: (each.strength, each.reason), default=None)
        if like is None or like.strength < TELLING or (self.han_names and other.han_names):
            return 0.0, ""
        if self.articles & other.articles or self._elsewhere_at_once(other):
            return 0.0, ""
        weight, words = self._beyond_names(other, rare=rare)
        return round(like.strength * weight, 4), f"{like.reason}; {NO_COMPANY} {words}"

    def _beyond_names(self, other: Mention, *, rare: bool) -> tuple[float, str]:
        if companions := self.companions & other.companions:
            return 0.7, f"both named beside {_listed(companions)}"
        if roles := self.roles & other.roles:
            return 0.65, f"the same role ({_listed(roles)})"
        if teams := self.teams & other.teams:
            return 0.65, f"the same team ({_listed(teams)})"
        return (0.55, "few people bear such a name") if rare else (0.0, "")

    def _elsewhere_at_once(self, other: Mention) -> bool:
        """Whether both moved at one time, between companies of which none is the same: nobody does."""
        return any(
            (days := days_apart(ours.date, theirs.date)) is not None and days < AT_ONCE_DAYS
            for ours in self._whole_moves
            for theirs in other._whole_moves
        )

    @cached_property
    def _whole_moves(self) -> list[Claim]:
        """Claims of moves with both ends, dated to a month or closer."""
        moves = (c for c in self.claims if c.kind == ClaimKind.MOVE and precision(c.date) <= AT_ONCE_DAYS)
        return [c for c in moves if all((c.value.get(side) or {}).get("org") for side in ("from", "to"))]

    def _context(self, other: Mention) -> tuple[float, str]:
        """What the companies and dates of two mentions with a company in common add to the likeness of names."""
        shared = [
            (side, key, days_apart(ours, theirs))
            for side, key, ours in self.ends
            for their_side, their_key, theirs in other.ends
            if (side, key) == (their_side, their_key)
        ]
        near = {(side, key) for side, key, days in shared if days is None or days <= SAME_MOVE_DAYS}
        if len({side for side, _ in near}) == 2:
            return 0.95, f"both from and to the same company at the same time ({_listed({key for _, key in near})})"
        if near:
            where = "from" if min(near)[0] == "from" else "to"
            return 0.9, f"a move {where} the same company at the same time ({_listed({key for _, key in near})})"
        if shared:
            return 0.6, "a move between the same companies, but at another time"
        return 0.85, f"the same company ({_listed(self.companies & other.companies)})"


def _scripts_differ(left: Mention, right: Mention) -> bool:
    return not {script_of(form) for form in left.forms} & {script_of(form) for form in right.forms}


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(sorted(keys)[:3])


def parted_by_name(claims: Sequence[Claim], around: Surroundings) -> list[Mention]:
    """The claims, in their order, parted into one article's claims about one name."""
    by_name: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_name[claim.article_id, name_key(claim.person_name)].append(claim)
    return [Mention(group, around) for group in by_name.values()]


def surroundings(claims: Iterable[Claim], companies: Directory) -> Surroundings:
    """What the claims' mentions are seen in. One query."""
    named: dict[int, set[str]] = defaultdict(set)
    rows = Claim.objects.standing().filter(article__in={claim.article_id for claim in claims})
    for article, keys in rows.exclude(person_keys=[]).values_list("article_id", "person_keys").order_by():
        named[article] |= set(keys)
    return Surroundings(companies, {pk: frozenset(keys) for pk, keys in named.items() if len(keys) <= _LIST})
