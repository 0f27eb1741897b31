"""From a mention to an entity: which company a name means, and which claims speak of one person.

Companies are known by name. People are not: a name joins two mentions only together with a shared employer or a
second name in another script, or by an editor's judgement. The outcome depends on the set of claims, never on the
order in which they came.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from django.utils.text import slugify
from pypinyin import lazy_pinyin

from articles.extraction.lexicon import table
from articles.extraction.names import name_key, script_of
from articles.extraction.organisations import canonical, gazetteer
from talent.models import Alias, AliasKind, Claim, Company, Judgement, Subject, Verdict

ID_LENGTH = 12


def public_id(seed: str) -> str:
    """A short stable identifier: the first 60 bits of SHA-256 of ``seed`` in lower-case base32."""
    return b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:ID_LENGTH]


def slug_for(name: str) -> str:
    """A readable ASCII slug; Han is spelled in pinyin. "unnamed" where nothing is left."""
    spelled = " ".join(lazy_pinyin(name)) if script_of(name) == "Hani" else name
    return slugify(spelled)[:120] or "unnamed"


# ------------------------------------------------------------------ companies


def company_key(name: str) -> str:
    """The key of the company that ``name`` means, by the lexicon's canonical name where it has one."""
    return name_key(canonical(name))[:200]


def family_keys(name: str) -> list[str]:
    """Key of the company and of everything above it: DeepMind, then Google, then Alphabet."""
    keys, parents, current = [], table("organisations").get("parents", {}), canonical(name)
    while current and name_key(current) not in keys:
        keys.append(name_key(current)[:200])
        current = parents.get(current, "")
    return keys


def resolve_companies(names: Iterable[str]) -> dict[str, Company]:
    """Company rows by key for all ``names``, made where missing, with the lexicon's aliases and parents."""
    wanted = {company_key(n): canonical(n) for n in names if company_key(n)}
    known = Company.objects.in_bulk(list(wanted), field_name="key")
    for key in sorted(wanted.keys() - known.keys()):
        known[key] = _create_company(key, wanted[key])
    return known


def _create_company(key: str, name: str) -> Company:
    aliases = [alias for alias, entry in gazetteer().items() if entry.name == name and entry.team is None]
    parent_name = table("organisations").get("parents", {}).get(name)
    parent = resolve_companies([parent_name])[company_key(parent_name)] if parent_name else None
    slug = slug_for(name)
    if Company.objects.filter(slug=slug).exclude(key=key).exists():
        slug = f"{slug}-{public_id(key)[:5]}"
    company, created = Company.objects.get_or_create(
        key=key,
        defaults={
            "public_id": public_id(f"company:{key}"),
            "slug": slug,
            "name": name[:200],
            "name_zh": next((a for a in aliases if script_of(a) == "Hani"), "")[:200],
            "parent": parent,
        },
    )
    if created:
        _add_company_aliases(company, [name, *aliases])
    return company


def _add_company_aliases(company: Company, names: Sequence[str]) -> None:
    rows = [
        Alias(
            company=company,
            name=name[:200],
            key=name_key(name)[:200],
            language="zh" if script_of(name) == "Hani" else "en",
            script=script_of(name),
            kind=AliasKind.NAME if name == company.name else AliasKind.ALIAS,
        )
        for name in dict.fromkeys(names)
    ]
    Alias.objects.bulk_create(rows, ignore_conflicts=True)


# ------------------------------------------------------------------ people


def claims_about(keys: Iterable[str]) -> list[Claim]:
    """Standing claims about anybody who shares a name with ``keys``, over as many steps as names lead on."""
    seen: set[str] = set()
    wanted = set(keys)
    claims: dict[int, Claim] = {}
    while wanted - seen:
        seen |= wanted
        found = Claim.objects.standing().naming(seen).for_settling()
        claims = {c.pk: c for c in found}
        wanted = {key for claim in claims.values() for key in claim.person_keys}
    return sorted(claims.values(), key=claim_order)


def claim_order(claim: Claim) -> tuple[bool, str, str]:
    """Order of publication, with the key as the last word; the same in every run."""
    published = claim.article.published_at
    return (published is None, published.isoformat() if published else "", claim.key)


class Mention:
    """One article's claims about one name."""

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = claims
        self.keys = {key for claim in claims for key in claim.person_keys}
        self.companies = {key for claim in claims for key in claim.company_keys}

    @property
    def anchor(self) -> Claim:
        return self.claims[0]

    def score(self, other: Mention) -> tuple[float, str]:
        """How sure it is that both speak of one person, 0 to 1, and why, in words."""
        names, companies = self.keys & other.keys, self.companies & other.companies
        if not names:
            return 0.0, "no name in common"
        if companies:
            return 0.95, f"same name and the same company ({', '.join(sorted(companies)[:3])})"
        if len(names) > 1:
            return 0.9, "the same name in two spellings"
        return 0.4, "the same name, but no company in common"


# Below this, two mentions of one name stay two people and the pair goes to the editors.
JOIN_AT = 0.8


def group_people(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims (in ``claim_order``) parted into people; a function of the set of claims and judgements."""
    mentions = _mentions(claims)
    same, different = _judged_pairs(mentions)
    parts = _Parts(len(mentions), different)
    for left, right in sorted(same):
        parts.join(left, right)
    for bucket in _buckets(mentions):
        for left, right in pairwise(bucket):
            parts.join(left, right)
    groups = [sorted((c for i in part for c in mentions[i].claims), key=claim_order) for part in parts.all()]
    return sorted(groups, key=lambda group: claim_order(group[0]))


def questions(groups: Sequence[Sequence[Claim]], limit: int = 10) -> list[Judgement]:
    """Pairs of people with one name that only an editor can decide, as unsaved questions with score and reason."""
    asked: list[Judgement] = []
    for left, right in combinations(groups, 2):
        score, reason = Mention(list(left)).score(Mention(list(right)))
        if 0 < score < JOIN_AT and len(asked) < limit:
            low, high = sorted((left[0].public_id, right[0].public_id))
            asked.append(
                Judgement(
                    subject=Subject.PERSON, left=low, right=high, verdict=Verdict.UNSURE, score=score, reason=reason
                )
            )
    return asked


def _mentions(claims: Sequence[Claim]) -> list[Mention]:
    by_name: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_name[claim.article_id, name_key(claim.person_name)].append(claim)
    return [Mention(group) for group in by_name.values()]


def _judged_pairs(mentions: Sequence[Mention]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Index pairs that an editor called the same, and different."""
    index_of = {claim.public_id: i for i, mention in enumerate(mentions) for claim in mention.claims}
    same: set[tuple[int, int]] = set()
    different: set[tuple[int, int]] = set()
    judged = Judgement.objects.that_stand().filter(subject=Subject.PERSON, left__in=index_of, right__in=index_of)
    for judgement in judged.exclude(verdict=Verdict.UNSURE):
        low, high = sorted((index_of[judgement.left], index_of[judgement.right]))
        if low != high:
            (same if judgement.verdict == Verdict.SAME else different).add((low, high))
    return same, different


def _buckets(mentions: Sequence[Mention]) -> list[list[int]]:
    """Indexes of mentions that ``Mention.score`` puts above ``JOIN_AT``, without comparing every pair:
    those that share a name and a company, or two spellings of a name."""
    buckets: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        for key in mention.keys:
            for company in mention.companies:
                buckets["company", key, company].append(index)
        for first, second in combinations(sorted(mention.keys), 2):
            buckets["names", first, second].append(index)
    return [buckets[name] for name in sorted(buckets)]


class _Parts:
    """Union-find that never puts a forbidden pair into one part."""

    def __init__(self, size: int, forbidden: set[tuple[int, int]]) -> None:
        self._members: dict[int, set[int]] = {i: {i} for i in range(size)}
        self._part_of = list(range(size))
        self._forbidden = forbidden | {(b, a) for a, b in forbidden}

    def join(self, left: int, right: int) -> None:
        low, high = sorted((self._part_of[left], self._part_of[right]))
        if low == high or any((a, b) in self._forbidden for a in self._members[low] for b in self._members[high]):
            return
        for member in self._members[high]:
            self._part_of[member] = low
        self._members[low] |= self._members.pop(high)

    def all(self) -> list[list[int]]:
        return [sorted(part) for part in self._members.values()]
