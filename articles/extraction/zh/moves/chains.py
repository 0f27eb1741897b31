"""Where somebody came from whose arrivals the article tells year by year: each employer is left for the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from articles.extraction.zh.moves.drafts import Draft, family, key
from articles.extraction.zh.moves.roles import is_beside

_HAPPENED = frozenset({None, "confirmed", "reported"})
_JOINS = frozenset({"hire", "founding", "return", "acquihire"})
_TOLD_BY = frozenset({"join", "return", "found", "hire", "hired"})
# Steps of a career stand so many sentences apart at most.
_REACH = 1


def link_steps(drafts: Iterable[Draft]) -> None:
    """Gives an arrival without an origin the employer joined last before it, where both are dated side by side."""
    by_who: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.person and draft.status in _HAPPENED:
            by_who.setdefault(draft.who, []).append(draft)
    for told in by_who.values():
        steps = sorted((d for d in told if _is_step(d)), key=lambda d: (d.date or "", d.sentence, d.span.start))
        for before, after in pairwise(steps):
            if _leads_to(before, after, told):
                after.origin = replace(before.destination, role=None) if before.destination else None
                after.confidence = min(after.confidence, 0.65)


def _is_step(draft: Draft) -> bool:
    role = draft.destination.role if draft.destination else None
    told = draft.rule.removeprefix("zh.") in _TOLD_BY
    return bool(key(draft.destination) and draft.date and draft.kind in _JOINS and told and not is_beside(role))


def _leads_to(before: Draft, after: Draft, told: Sequence[Draft]) -> bool:
    """Whether nothing says where ``after`` came from, nor that the employer before was left otherwise."""
    if key(after.origin) or family(before.destination) == family(after.destination):
        return False
    if abs(after.sentence - before.sentence) > _REACH or (before.date or "")[:7] == (after.date or "")[:7]:
        return False
    left = [d for d in told if family(d.origin) == family(before.destination)]
    return not left
