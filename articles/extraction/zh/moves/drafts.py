"""Ends of moves as the rules find them, and their assembly into one claim for each move."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles.extraction.claims import Attribution, Cohort, MoveEnd, MoveKind, PersonName, Status
from articles.extraction.document import Span
from articles.extraction.names import name_key

# Ends told this many sentences apart can belong to one move.
_REACH = 3
# A text with more moves than this is no article; comparing each with all would take for ever.
_MOST_COMPARED = 1_000
# A bare arrival told this many sentences after a departure is where it led.
_FAR = 12


@dataclass(slots=True)
class Draft:
    """What one clause says of one person or group."""

    person: PersonName | None
    cohort: Cohort | None
    origin: MoveEnd | None
    destination: MoveEnd | None
    kind: MoveKind
    span: Span
    sentence: int
    rule: str
    confidence: float
    status: Status | None = None
    date: str | None = None
    background: bool = False
    clause: Span | None = None
    past: bool = False
    # The month of the article, where it tells this as its news and gives no date.
    fresh: str | None = None
    attribution: Attribution | None = None
    # The sentence that first tells of the move, where ``sentence`` tells most of it.
    first: int = 1 << 30

    @property
    def who(self) -> str:
        if self.person:
            return name_key(self.person.name)
        return f"{self.cohort.min}/{self.cohort.of}/{self.cohort.text}" if self.cohort else ""


# One employer by several names of the lexicon, as far as telling moves apart goes.
_FAMILIES = {name_key(n): "google" for n in ("Google", "Alphabet", "Google DeepMind")}


# What a register adds to the name that articles use: 深圳市甲科技有限公司.
_REGISTERED = re.compile(
    r"^(?:(?:北京|上海|深圳|广州|杭州|南京|苏州|成都|武汉|西安|天津|重庆|香港|合肥|廈門|厦门|深圳|珠海|宁波|无锡|浙江|广东|江苏)(?:市|省)?)?"
    r"(?P<own>[^()]{2,}?)(?:\([^()]*\))?(?:股份|责任|責任)?有限(?:责任|責任)?公司$"
)


def key(end: MoveEnd | None) -> str:
    if not end or not end.org:
        return ""
    registered = _REGISTERED.match(end.org) if end.org.endswith("公司") else None
    return name_key(registered["own"] if registered else end.org)


def family(end: MoveEnd | None) -> str:
    """Like ``key``, but one for Google and its DeepMind, which articles use by turns."""
    return _FAMILIES.get(key(end), key(end))


def assemble(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft for each move: repeated statements dropped, a departure joined with the arrival it led to."""
    kept: list[Draft] = []
    by_who: dict[str, list[Draft]] = {}
    for draft in drafts:
        if not (draft.origin or draft.destination):
            continue
        if _same_place(draft):
            draft.kind = "internal"
            draft.origin = None
        same = by_who.setdefault(draft.who, [])
        if _repeats(draft, same):
            continue
        kept.append(draft)
        same.append(draft)
    if len(kept) <= _MOST_COMPARED:
        kept = [
            d
            for d in kept
            if not _named_in_full(d, kept) and not _named_elsewhere(d, kept) and not _counted_again(d, kept)
        ]
    for draft in kept:
        if draft.kind == "hire" and _known_before(draft, by_who[draft.who]):
            draft.kind = "return"
    return kept


def _named_in_full(draft: Draft, kept: list[Draft]) -> bool:
    """Whether as many people as the group counts are named with the same move."""
    if (
        not draft.cohort
        or draft.person
        or draft.cohort.min is None
        or draft.cohort.min != draft.cohort.max
        or draft.cohort.of
    ):
        return False
    names = {
        d.who
        for d in kept
        if d.person
        and (
            family(d.destination) == family(draft.destination)
            if draft.destination
            else family(d.origin) == family(draft.origin)
        )
        and (not draft.origin or not d.origin or family(d.origin) == family(draft.origin))
        and abs(d.sentence - draft.sentence) <= 6
    }
    return len(names) >= draft.cohort.min


def _counted_again(draft: Draft, kept: list[Draft]) -> bool:
    """Whether another group of the same size, told with its whole (8 of 31), is the same group."""
    return (
        bool(draft.cohort)
        and draft.cohort is not None
        and draft.cohort.of is None
        and draft.cohort.min is not None
        and any(
            d.cohort and d.cohort.of and d.cohort.min == draft.cohort.min and family(d.origin) == family(draft.origin)
            for d in kept
        )
    )


def _named_elsewhere(draft: Draft, kept: list[Draft]) -> bool:
    """Whether somebody told only by a title (甲公司 CTO) can be one whom the article names."""
    return draft.rule == "zh.unnamed" and any(
        d.person
        and (family(d.origin) == family(draft.origin) != "" or family(d.destination) == family(draft.destination) != "")
        for d in kept
    )


def _same_place(draft: Draft) -> bool:
    return bool(key(draft.origin)) and key(draft.origin) == key(draft.destination)


def _known_before(draft: Draft, kept: list[Draft]) -> bool:
    """Whether an earlier draft shows the person leaving the place joined now."""
    return any(
        d is not draft and d.who == draft.who and key(d.origin) == key(draft.destination) != "" and _later(draft, d)
        for d in kept
    )


def _later(a: Draft, b: Draft) -> bool:
    return bool(a.date and b.date and b.date[:7] < a.date[:7])


def _repeats(draft: Draft, kept: list[Draft]) -> bool:
    """Merges ``draft`` into one that tells the same move; True where nothing of it is left to add."""
    for other in kept:
        if other.who != draft.who or _happened(other) != _happened(draft):
            continue
        if _merge_same(other, draft) or _merge_ends(other, draft):
            return True
    _drop_told_ends(draft, kept)
    return not (draft.origin or draft.destination)


def _drop_told_ends(draft: Draft, kept: list[Draft]) -> None:
    """Takes from ``draft`` an end that another draft of the same person already tells."""
    for other in kept:
        if other.who != draft.who or _happened(other) != _happened(draft):
            continue
        if draft.cohort and not draft.person and other.sentence == draft.sentence:
            continue
        if (
            draft.origin
            and key(draft.origin)
            and family(other.origin) == family(draft.origin)
            and not _apart(other, draft)
        ):
            draft.origin = None
        if (
            draft.destination
            and family(other.destination) == family(draft.destination) != ""
            and not _apart(other, draft)
            and draft.kind != "internal"
            and other.kind != "internal"
        ):
            draft.destination = None


def _happened(draft: Draft) -> bool:
    return draft.status not in ("declined", "denied")


def _apart(a: Draft, b: Draft) -> bool:
    """Whether two statements cannot be about one move: their dates differ in year or month."""
    if {a.kind, b.kind} == {"return", "founding"} and key(a.destination) and key(b.destination):
        return True
    if "planned" in (a.status, b.status) and a.status != b.status:
        return any(d.status != "planned" and d.date and d.past for d in (a, b))
    if not a.date or not b.date:
        return _years_apart(a, b)
    first, second = a.date[:7], b.date[:7]
    size = min(len(first.split("/")[0]), len(second.split("/")[0]))
    return first[:size] != second[:size] and not ("/" in a.date or "/" in b.date)


def _years_apart(a: Draft, b: Draft) -> bool:
    """Whether one is the news of the article and the other is dated years before it."""
    news = next((d for d in (a, b) if d.fresh and not d.date), None)
    dated = a if news is b else b
    if news is None or not news.fresh or not dated.date or not dated.past:
        return False
    return int(news.fresh[:4]) - int(dated.date.split("/")[-1][:4]) > 1


def _merge_same(other: Draft, draft: Draft) -> bool:
    """The same destination (or, without one, the same origin) told again."""
    if _apart(other, draft):
        return False
    if _raised(other, draft):
        _fill(other, draft)
        other.kind = "internal"
        return True
    if key(draft.destination):
        if key(other.destination) != key(draft.destination) or (
            "internal" in (other.kind, draft.kind) and not _same_role(other, draft)
        ):
            return False
        if key(other.origin) and key(draft.origin) and key(other.origin) != key(draft.origin):
            return False
    elif not key(draft.origin) or key(other.origin) != key(draft.origin):
        return False
    _fill(other, draft)
    return True


def _raised(a: Draft, b: Draft) -> bool:
    """Whether X 被任命 and X 晋升 of one employer are one rise from within."""
    rules = {a.rule, b.rule}
    appointed = "zh.climb" in rules and bool(rules & {"zh.take", "zh.appoint"})
    same = key(a.destination) == key(b.destination) != ""
    return appointed and same and not key(a.origin) and not key(b.origin) and not (a.date or b.date)


def _same_role(a: Draft, b: Draft) -> bool:
    first, second = (d.destination.role if d.destination else None for d in (a, b))
    if a.kind != b.kind and b.rule != "zh.climb" and (abs(a.sentence - b.sentence) <= 4 or not (second or b.date)):
        return True
    if b.rule == "zh.climb" and not first:
        return False
    return not first or not second or name_key(first) in name_key(second) or name_key(second) in name_key(first)


def _merge_ends(other: Draft, draft: Draft) -> bool:
    """A departure told near the arrival that it led to, in either order."""
    reach = _FAR if key(other.origin) and not draft.origin and other.kind == "departure" else _REACH
    if draft.sentence - other.sentence > reach or draft.background or other.background:
        return False
    # Who left in one year may arrive in the next, where the sentence says from where.
    onward = draft.sentence == other.sentence and key(draft.origin) == key(other.origin) != ""
    if _apart(other, draft) and not onward:
        return False
    if "internal" in (other.kind, draft.kind):
        return False
    if (
        key(other.origin)
        and not key(other.destination)
        and key(draft.destination)
        and key(draft.origin) in ("", key(other.origin))
    ) or (key(other.destination) and not key(other.origin) and key(draft.origin) and not key(draft.destination)):
        pass
    else:
        return False
    if key(other.origin or draft.origin) == key(other.destination or draft.destination):
        return False
    _fill(other, draft)
    return True


def _fill(other: Draft, draft: Draft) -> None:
    """Adds to ``other`` what ``draft`` knows more."""
    arrival = draft if key(draft.destination) and not key(other.destination) else None
    other.origin = _fuller(other.origin, draft.origin)
    other.destination = _fuller(other.destination, draft.destination)
    if arrival or (other.kind == "departure" and draft.kind != "departure"):
        other.kind = draft.kind
        if arrival:
            other.span, other.rule, other.date = draft.span, draft.rule, draft.date or other.date
            other.first, other.sentence = min(other.first, other.sentence), draft.sentence
            other.attribution = draft.attribution or other.attribution
    if other.kind == "internal" and key(other.origin) and family(other.origin) != family(other.destination):
        other.kind = "hire"
    other.date = other.date or draft.date
    if draft.status == "planned" and draft.sentence - other.sentence <= 2 and other.status in ("reported", "confirmed"):
        other.status = "planned"
    if draft.status == "confirmed" and other.status in (None, "reported"):
        other.status, other.attribution = "confirmed", draft.attribution or other.attribution
    if other.status == draft.status:
        # A headline says nothing of who told it; the text below does.
        other.attribution = other.attribution or draft.attribution


def _fuller(first: MoveEnd | None, second: MoveEnd | None) -> MoveEnd | None:
    if not first or not second:
        return first or second
    return replace(first, team=first.team or second.team, role=first.role or second.role)
