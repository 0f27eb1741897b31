"""How near the engine comes to a careful reader: matches found records with gold ones and counts.

Works on records in the annotation guide's JSON shape. In gold, ``person`` and ``org`` are lists of accepted names,
and a record with ``"optional": true`` is neither missed nor counted when found. Pure: no file, no clock; randomness
comes in as an argument.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

Record = Mapping[str, Any]
KINDS = ("moves", "compensation", "signals")
ATTRIBUTES = {
    "moves": ("kind", "status", "date"),
    "compensation": ("period", "component", "kind", "status"),
    "signals": ("status",),
}
_HAPPENED = {"confirmed", "reported", "planned", "rumoured", None}
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Tally:
    """Records right, wrong (found, not in gold) and missed; attributes as (right, of) over what matched."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    attributes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 0.0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        for name, (right, of) in other.attributes.items():
            self.attributes[name][0] += right
            self.attributes[name][1] += of


@dataclass(frozen=True, slots=True)
class Mistake:
    """One record that gold has and the engine missed, or that the engine found and gold has not."""

    article: str
    kind: str
    what: str
    confidence: float
    record: Record


@dataclass(slots=True)
class ArticleScore:
    """One article's tallies by kind, and its mistakes."""

    article: str
    lang: str
    tallies: dict[str, Tally]
    mistakes: list[Mistake]


def score_article(article: str, lang: str, gold: Record, found: Record, text: str) -> ArticleScore:
    """Scores one article's records; a record whose quote is not ``text[start:end]`` is wrong whatever it says."""
    tallies, mistakes = {}, []
    for kind in KINDS:
        grounded = [r for r in found.get(kind, []) if text[r["start"] : r["end"]] == r["quote"] != ""]
        invented = [r for r in found.get(kind, []) if r not in grounded]
        pairs, missed, wrong = match(kind, gold.get(kind, []), grounded)
        tallies[kind] = Tally(len(pairs), len(wrong) + len(invented), len(missed))
        for expected, got in pairs:
            _count_attributes(tallies[kind], kind, _record(expected), _record(got))
        mistakes += [Mistake(article, kind, "missed", 0.0, _record(r)) for r in missed]
        mistakes += [Mistake(article, kind, "wrong", _record(r).get("confidence", 0.5), _record(r)) for r in wrong]
        mistakes += [Mistake(article, kind, "ungrounded", 1.0, r) for r in invented]
    return ArticleScore(article, lang, tallies, mistakes)


def match(
    kind: str, gold: Sequence[Record], found: Sequence[Record]
) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """Greedy one-to-one pairs, gold that was missed, and finds that gold has not. Moves are taken end by end."""
    same = _SAME[kind]
    expected = [e for m in gold for e in ends(m)] if kind == "moves" else list(gold)
    left = [e for m in found for e in ends(m)] if kind == "moves" else list(found)
    pairs, missed = [], []
    for record in sorted(expected, key=_is_optional):
        hit = next((f for f in left if same(record, f)), None)
        if hit is not None:
            left.remove(hit)
            if not _is_optional(record):
                pairs.append((record, hit))
        elif not _is_optional(record):
            missed.append(record)
    spare = [record for record in expected if _is_optional(record)]
    wrong = [f for f in left if not any(same(record, f) for record in spare)]
    return pairs, missed, wrong


def ends(move: Record) -> list[Record]:
    """A move as its ends: who, on which side, which organisation, and whether it happened."""
    who, cohort = names_of(move.get("person")), move.get("cohort")
    if not who and cohort is None:
        return []
    counts = None if who else (cohort.get("min"), cohort.get("of")) if cohort else None
    happened = move.get("status") in _HAPPENED
    sides = [(side, names_of((move.get(side) or {}).get("org"))) for side in ("from", "to")]
    return [
        {"who": who, "counts": counts, "side": side, "org": org, "happened": happened, "record": move}
        for side, org in sides
        if org
    ]


def names_of(value: Any) -> frozenset[str]:
    """Every normalised form of a person or an organisation, from gold (a list) or from the engine."""
    if isinstance(value, Mapping):
        value = [value.get("name") or "", *(value.get("aliases") or [])]
    forms = [value] if isinstance(value, str) else value or []
    return frozenset(filter(None, map(normal, forms)))


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """NFKC, case folded, without accents, spaces, dots and hyphens."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return _NOT_WORD.sub("", "".join(c for c in folded if not unicodedata.combining(c)))


def _same_end(gold: Record, found: Record) -> bool:
    if (gold["side"], gold["happened"]) != (found["side"], found["happened"]) or not gold["org"] & found["org"]:
        return False
    if gold["who"] or found["who"]:
        return bool(gold["who"] & found["who"])
    return bool(gold["counts"] == found["counts"])


def _same_employer(gold: Record, found: Record) -> bool:
    left, right = names_of(gold.get("org")), names_of(found.get("org"))
    return bool(left & right) or not (left or right)


def _same_pay(gold: Record, found: Record) -> bool:
    return (
        _same_employer(gold, found)
        and gold.get("currency") == found.get("currency")
        and _close(gold.get("min"), found.get("min"))
        and _close(gold.get("max"), found.get("max"))
    )


def _same_signal(gold: Record, found: Record) -> bool:
    same_metric = gold.get("metric") == found.get("metric")
    return same_metric and _same_employer(gold, found) and _close(gold.get("min"), found.get("min"))


_SAME: dict[str, Callable[[Record, Record], bool]] = {
    "moves": _same_end,
    "compensation": _same_pay,
    "signals": _same_signal,
}


def _close(left: float | None, right: float | None) -> bool:
    """Equal within half a per cent; unknown equals only unknown."""
    if left is None or right is None:
        return left is None and right is None
    return abs(left - right) <= 0.005 * max(abs(left), abs(right), 1)


def _record(item: Record) -> Record:
    record: Record = item.get("record", item)
    return record


def _is_optional(item: Record) -> bool:
    return bool(_record(item).get("optional"))


def _count_attributes(tally: Tally, kind: str, gold: Record, found: Record) -> None:
    for name in ATTRIBUTES[kind]:
        left, right = gold.get(name), found.get(name)
        tally.attributes[name][0] += dates_overlap(left, right) if name == "date" else left == right
        tally.attributes[name][1] += 1


def dates_overlap(left: str | None, right: str | None) -> bool:
    """Whether two EDTF dates can be the same day; unknown agrees only with unknown."""
    if not left or not right:
        return not left and not right
    (left_first, left_last), (right_first, right_last) = _bounds(left), _bounds(right)
    return left_first <= right_last and right_first <= left_last


def _bounds(edtf: str) -> tuple[str, str]:
    first, _, last = edtf.replace("~", "").replace("?", "").partition("/")
    last = last or first
    low, high = "0000-01-01", "9999-12-31"
    first, last = first.removeprefix(".."), last.removeprefix("..")
    return first + low[len(first) :], last + high[len(last) :]


def total(scores: Iterable[ArticleScore], kind: str) -> Tally:
    """The tallies of all articles together."""
    tally = Tally()
    for score in scores:
        tally.add(score.tallies[kind])
    return tally


def interval(
    scores: Sequence[ArticleScore], kind: str, measure: str, random: Random, rounds: int = 1000
) -> tuple[float, float]:
    """95 % bootstrap interval of "precision", "recall" or "f1", drawing whole articles with replacement."""
    counts = [(s.tallies[kind].right, s.tallies[kind].wrong, s.tallies[kind].missed) for s in scores]
    drawn = sorted(_drawn(counts, measure, random) for _ in range(rounds)) if counts else [0.0]
    return drawn[int(0.025 * (len(drawn) - 1))], drawn[int(0.975 * (len(drawn) - 1))]


def _drawn(counts: Sequence[tuple[int, int, int]], measure: str, random: Random) -> float:
    sample = random.choices(counts, k=len(counts))
    tally = Tally(*(sum(column) for column in zip(*sample, strict=True)))
    return float(getattr(tally, measure))


def worst(scores: Iterable[ArticleScore], limit: int = 10) -> list[Mistake]:
    """The mistakes to look at first: invented quotes, then what the engine was surest of, then what it missed."""
    mistakes = [mistake for score in scores for mistake in score.mistakes]
    return sorted(mistakes, key=lambda m: (-m.confidence, m.article))[:limit]
