"""Which company a name means: the lexicon's word first, and above it what editors have judged.

Names that only look alike are never joined; they become questions to the editors.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, combinations

from django.db.models import Q
from django.utils.text import slugify

from articles.extraction.lexicon import table
from articles.extraction.names import name_key, script_of
from articles.extraction.organisations import canonical, gazetteer
from talent.models import Alias, AliasKind, Company, Judgement, Subject, Verdict
from talent.resolve.identifiers import is_wikidata, public_id
from talent.resolve.parts import Parts
from talent.resolve.pinyin import syllables_of

# Words that say what kind of a thing a company is, and not which one; "" between them, case folded.
_GENERIC = re.compile(
    r"\b(?:labs?|laborator(?:y|ies)|research|ai|artificial intelligence|intelligence|technolog(?:y|ies)|tech|systems?"
    r"|inc|corp(?:oration)?|co|company|ltd|limited|llc|gmbh|plc|group|holdings?|robotics|software|semiconductors?)\b"
    r"|研究院|实验室|人工智能|有限公司|公司|集团|科技|智能|技术|机器人|半导体|网络|股份"
)
# A stem shorter than this is no name.
_SHORTEST_STEM = 3
# So many companies of one stem share a common word, not a name.
_CROWD = 6
# The certainty of a question about two companies; only an editor joins companies.
_LIKE = 0.6

_LATIN = re.compile("[A-Za-z]")


def slug_for(name: str) -> str:
    """A readable ASCII slug; Han is spelled in pinyin. "unnamed" where nothing is left."""
    spelled = " ".join(syllables_of(name)) if script_of(name) == "Hani" else name
    return slugify(spelled)[:120] or "unnamed"


def company_key(name: str) -> str:
    """The key of the company that ``name`` means by the lexicon, whatever editors have judged."""
    return name_key(renamed(canonical(name)))[:200]


def renamed(name: str) -> str:
    """Today's name of a company that the lexicon knows by a former one as well: X for Twitter."""
    return _today().get(name, name)


@cache
def _today() -> dict[str, str]:
    former: dict[str, list[str]] = table("organisations").get("former", {})
    return {old: new for new, names in former.items() for old in names}


def stem(name: str) -> str:
    """What is left of a name without words like "Labs" or 科技, as a key in Latin letters; "" for too little.

    "Larkspur" and "Larkspur Labs" have one stem, and so have 青岚智能 and "Qinglan".
    """
    left = name_key(_GENERIC.sub(" ", name.casefold()))
    spelled = "".join(syllables_of(left)) if script_of(left) == "Hani" else left
    return spelled[:200] if len(spelled) >= _SHORTEST_STEM else ""


@dataclass(frozen=True)
class Directory:
    """What company names mean today. ``joined`` leads from the key of a company to the one it is part of by
    judgement; ``wikidata`` from a key to the identifier that editors gave it."""

    joined: dict[str, str]
    wikidata: dict[str, str]

    def key(self, name: str) -> str:
        """The key of the company that ``name`` means."""
        return self.joined.get(found := company_key(name), found)

    def family(self, name: str) -> list[str]:
        """Key of the company and of everything above it, or above what is part of it: DeepMind, Google, Alphabet."""
        keys: list[str] = []
        above = [self.key(name)] if name else []
        while above:
            keys += above
            parents = (self._above.get(key, ()) for key in above)
            above = [key for key in dict.fromkeys(chain.from_iterable(parents)) if key not in keys]
        return keys

    def related(self, left: str, right: str) -> bool:
        """Whether one of the two companies is the other, or both belong to one above them."""
        return not set(self.family(left)).isdisjoint(self.family(right))

    def relatives(self, name: str) -> set[str]:
        """Keys of every company under one roof with this one by lexicon and judgement, itself among them."""
        found, fresh = set[str](), {self.key(name)}
        while fresh:
            found |= fresh
            fresh = {key for near in fresh for key in self._beside[near]} - found
        return found

    @cached_property
    def _above(self) -> dict[str, list[str]]:
        """Keys of the companies right above each."""
        above: dict[str, list[str]] = defaultdict(list)
        for child, parent in _lexicon_parents():
            ours, theirs = self.joined.get(child, child), self.joined.get(parent, parent)
            if ours != theirs:
                above[ours].append(theirs)
        return dict(above)

    @cached_property
    def _beside(self) -> defaultdict[str, set[str]]:
        """Keys of the companies right above and right below each."""
        beside: defaultdict[str, set[str]] = defaultdict(set)
        for child, parents in self._above.items():
            for parent in parents:
                beside[child].add(parent)
                beside[parent].add(child)
        return beside


@cache
def _lexicon_parents() -> tuple[tuple[str, str], ...]:
    """Keys of companies and of those that the lexicon puts above them."""
    parents: dict[str, str] = table("organisations").get("parents", {})
    return tuple(sorted((company_key(child), company_key(parent)) for child, parent in parents.items()))


def directory() -> Directory:
    """The directory by all judgements that stand. One query."""
    judged = list(
        Judgement.objects.that_stand()
        .filter(subject=Subject.COMPANY)
        .exclude(verdict=Verdict.UNSURE)
        .values_list("left", "right", "verdict")
        .order_by("left", "right")
    )
    nodes = sorted({node for left, right, _ in judged for node in (left, right)})
    index = {node: i for i, node in enumerate(nodes)}
    apart = {(index[left], index[right]) for left, right, verdict in judged if verdict == Verdict.DIFFERENT}
    identifiers = [index[node] for node in nodes if is_wikidata(node)]
    parts = Parts(len(nodes), apart | set(combinations(identifiers, 2)))
    for left, right, verdict in judged:
        if verdict == Verdict.SAME:
            parts.join(index[left], index[right])
    joined: dict[str, str] = {}
    wikidata: dict[str, str] = {}
    for part in parts.all():
        keys = [nodes[i] for i in part if not is_wikidata(nodes[i])]
        if not keys:
            continue
        head = _head(keys)
        joined |= dict.fromkeys([key for key in keys if key != head], head)
        if item := next((nodes[i] for i in part if is_wikidata(nodes[i])), ""):
            wikidata[head] = item
    return Directory(joined, wikidata)


def directory_of(names: Iterable[str]) -> Directory:
    """What these names mean today, and the companies above them: as much as a page needs. One query."""
    keys = {company_key(name) for name in names}.union(*_lexicon_parents())
    parts = Company.objects.filter(key__in=sorted(keys)).exclude(merged_into=None)
    return Directory(dict(parts.values_list("key", "merged_into__key")), {})


def _head(keys: Sequence[str]) -> str:
    """Which of the keys of one company it is called by: one of the lexicon, else the longest."""
    return min(keys, key=lambda key: (key not in _known_keys(), -len(key), key))


@cache
def _known_keys() -> frozenset[str]:
    return frozenset(company_key(entry.name) for entry in gazetteer().values())


# ------------------------------------------------------------------ rows


def resolve_companies(names: Iterable[str], companies: Directory) -> dict[str, Company]:
    """Rows for all ``names`` by the lexicon's key, made where missing, with the lexicon's aliases and parents.

    A company that is part of another by judgement is that one.
    """
    written = {company_key(n): renamed(canonical(n)) for n in sorted(set(names)) if company_key(n)}
    heads = {key: companies.joined.get(key, key) for key in written}
    known = Company.objects.in_bulk([*heads, *heads.values()], field_name="key")
    if missing := {key: name for key, name in sorted(written.items()) if key not in known}:
        known |= _create_companies(missing, companies)
    return {key: known.get(head, known[key]) for key, head in heads.items()}


def _create_companies(names: dict[str, str], companies: Directory) -> dict[str, Company]:
    """Rows for names by key, none of which has one yet; those above them first."""
    above = {key: parent for key, name in names.items() if (parent := _parent_of(name))}
    parents = resolve_companies(above.values(), companies)
    # Some of them may be above others.
    known = Company.objects.in_bulk(list(names), field_name="key") if parents else {}
    made = {
        key: Company(
            key=key,
            public_id=public_id(f"company:{key}"),
            slug=slug_for(name),
            name=name[:200],
            name_zh=_chinese_name(_lexicon_aliases(name))[:200],
            stem=stem(name),
            parent=parents[company_key(above[key])] if key in above else None,
            wikidata_id=companies.wikidata.get(key, ""),
        )
        for key, name in names.items()
        if key not in known
    }
    _part_slugs(list(made.values()))
    Company.objects.bulk_create(made.values())
    aliases = (_aliases(row, {names[key]: AliasKind.NAME} | _lexicon_aliases(names[key])) for key, row in made.items())
    Alias.objects.bulk_create(chain.from_iterable(aliases), ignore_conflicts=True)
    ask_about(row.stem for row in made.values())
    return known | made


def _parent_of(name: str) -> str:
    """Today's name of the company that the lexicon puts above the one called ``name``; "" for none."""
    return renamed(table("organisations").get("parents", {}).get(name, ""))


def _chinese_name(aliases: dict[str, AliasKind]) -> str:
    """The first name in Han alone that is still in use; "" where Chinese texts write the Latin one (Meta公司)."""
    current = (alias for alias, kind in aliases.items() if kind != AliasKind.FORMER)
    return next((a for a in current if script_of(a) == "Hani" and not _LATIN.search(a)), "")


def _lexicon_aliases(name: str) -> dict[str, AliasKind]:
    """The other names that the lexicon has for the company called ``name``, and what kind of name each is."""
    former = table("organisations").get("former", {}).get(name, [])
    entries = sorted(chain.from_iterable(_written_as().get(owner, ()) for owner in {name, *former}))
    others = [alias for _, alias, is_team in entries if not is_team]
    old = {alias for owner in former for _, alias, _ in _written_as().get(owner, ())} | set(former)
    return {a: AliasKind.FORMER if a in old else AliasKind.ALIAS for a in [*others, *former] if a != name}


@cache
def _written_as() -> dict[str, list[tuple[int, str, bool]]]:
    """By the name of a company: each way to write it, with its place in the lexicon and whether it means a team."""
    found: dict[str, list[tuple[int, str, bool]]] = defaultdict(list)
    for place, (alias, entry) in enumerate(gazetteer().items()):
        found[entry.name].append((place, alias, entry.team is not None))
    return dict(found)


def _part_slugs(made: Sequence[Company]) -> None:
    """Marks slugs that two companies have: Latin names go before Han ones, then by the alphabet."""
    holders = {row.slug: row for row in Company.objects.filter(slug__in={row.slug for row in made})}
    for row in made:
        plain = row.slug
        holder = holders.setdefault(plain, row)
        if holder is row:
            continue
        first, second = sorted((row, holder), key=lambda each: (script_of(each.name) == "Hani", each.key))
        holders[plain], second.slug = first, _marked_slug(plain, second.key)
        if second is holder and second.pk:
            Company.objects.filter(pk=second.pk).update(slug=second.slug)


def _marked_slug(plain: str, key: str) -> str:
    return f"{plain}-{public_id(key)[:5]}"


def write_aliases(company: Company, names: dict[str, AliasKind], *, borrowed: bool = False) -> None:
    """Adds names to a company; those it has are left alone."""
    Alias.objects.bulk_create(_aliases(company, names, borrowed=borrowed), ignore_conflicts=True)


def _aliases(company: Company, names: dict[str, AliasKind], *, borrowed: bool = False) -> list[Alias]:
    return [
        Alias(
            company=company,
            name=name[:200],
            key=name_key(name)[:200],
            language="zh" if script_of(name) == "Hani" else "en",
            script=script_of(name),
            kind=kind,
            borrowed=borrowed,
        )
        for name, kind in names.items()
    ]


def show_joined(keys: Iterable[str], companies: Directory) -> None:
    """Brings the rows of the companies ``keys`` in line with the judgements: who is part of whom, and the names."""
    asked = set(keys)
    wanted = asked | {companies.joined.get(key, key) for key in asked}
    rows = Company.objects.in_bulk(list(wanted), field_name="key")
    for key, row in sorted(rows.items()):
        head = rows.get(companies.joined.get(key, ""))
        item = companies.wikidata.get(key, "")
        if (row.merged_into_id, row.wikidata_id) != (head.pk if head else None, item):
            row.merged_into, row.wikidata_id = head, item
            row.save(update_fields=["merged_into", "wikidata_id", "updated_at"])
    for key, row in sorted(rows.items()):
        _show_names(row, [k for k, head in companies.joined.items() if head == key])
    ask_about({row.stem for row in rows.values()})


def _show_names(company: Company, members: Sequence[str]) -> None:
    """A company goes by the names of those that are part of it, as long as they are."""
    lent = Alias.objects.filter(company__key__in=members, borrowed=False).values_list("name", flat=True)
    own = company.aliases.filter(borrowed=False).values_list("name", flat=True)
    names = sorted(set(lent) - set(own)) if members else []
    company.aliases.filter(borrowed=True).exclude(name__in=names).delete()
    write_aliases(company, dict.fromkeys(names, AliasKind.ALIAS), borrowed=True)


# ------------------------------------------------------------------ questions


def ask_about(stems: Iterable[str]) -> None:
    """Asks editors about companies of one stem that nobody has judged, and takes back what is no question any more."""
    wanted = sorted({stem for stem in stems if stem})
    by_stem: dict[str, list[Company]] = defaultdict(list)
    for row in Company.objects.filter(stem__in=wanted).order_by("key"):
        by_stem[row.stem].append(row)
    rows = [row for same in by_stem.values() for row in same]
    keys = [row.key for row in rows]
    standing = Judgement.objects.that_stand().filter(subject=Subject.COMPANY)
    touching = standing.filter(Q(left__in=keys) | Q(right__in=keys))
    judged = set(touching.exclude(verdict=Verdict.UNSURE, user=None).values_list("left", "right"))
    asked = {
        (left.key, right.key): _question(left, right)
        for same in by_stem.values()
        if len(same) <= _CROWD
        for left, right in combinations([row for row in same if row.merged_into_id is None], 2)
        if (left.key, right.key) not in judged and not {left.key, right.key} <= _known_keys()
    }
    stale = [row.pk for row in touching.filter(verdict=Verdict.UNSURE, user=None) if (row.left, row.right) not in asked]
    Judgement.objects.filter(pk__in=stale).delete()
    Judgement.objects.bulk_create(asked.values(), ignore_conflicts=True)


def _question(left: Company, right: Company) -> Judgement:
    reason = f"“{left.name}” and “{right.name}” are one name but for words that say what kind of company it is"
    if script_of(left.name) != script_of(right.name):
        reason = f"“{left.name}” and “{right.name}” sound alike in the two scripts"
    return Judgement(
        subject=Subject.COMPANY, left=left.key, right=right.key, verdict=Verdict.UNSURE, score=_LIKE, reason=reason
    )
