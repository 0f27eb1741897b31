"""Who may see a fact or a person, by the decisions that editors tied to their claims.

A restriction holds for whatever rests on one of the claims it was made about. Where a newer engine or an editor reads
the same words of an article anew, what was tied to the old claim is tied to the new one, too. So decisions, responses
and the public log outlive renaming, merging, rebuilding and re-reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from talent.models import (
    Claim,
    CompensationReport,
    Correction,
    Move,
    Notice,
    Noun,
    Person,
    Response,
    Restriction,
    Signal,
    Visibility,
)
from talent.querysets import STANDING

_NOUNS: dict[type[Any], str] = {
    Move: Noun.MOVE,
    CompensationReport: Noun.COMPENSATION,
    Signal: Noun.SIGNAL,
    Person: Noun.PERSON,
}
_ANCHORED: tuple[type[Any], ...] = (Restriction, Response, Notice, Correction)
_STRICTNESS = [Visibility.PUBLIC, Visibility.UNLISTED, Visibility.HIDDEN, Visibility.WITHDRAWN]


def strictest(visibilities: Iterable[str]) -> str:
    """The one that shows least; public where there is none."""
    return max(visibilities, key=lambda v: _STRICTNESS.index(Visibility(v)), default=Visibility.PUBLIC)


def required(model: type[Any], groups: Sequence[Sequence[Claim]]) -> list[str]:
    """How little each group's row must show at least. Two queries, unless claims have taken the place of others."""
    if not groups:
        return []
    noun = _NOUNS[model]
    _carry_over(noun, _replaced([claim for group in groups for claim in group]))
    by_anchor: dict[str, list[str]] = defaultdict(list)
    wanted = [claim.public_id for group in groups for claim in group]
    for restriction in Restriction.objects.that_stand().about(noun, wanted):
        for anchor in restriction.anchors:
            by_anchor[anchor].append(restriction.visibility)
    return [strictest(v for claim in group for v in by_anchor.get(claim.public_id, ())) for group in groups]


def _replaced(claims: Sequence[Claim]) -> dict[str, set[str]]:
    """By the identifier of a fallen claim, those that say something of the same kind about the same person in words
    that overlap its words."""
    by_article: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
    fallen = Claim.objects.filter(article__in=by_article).exclude(review__in=STANDING).order_by()
    replaced: dict[str, set[str]] = defaultdict(set)
    for old in fallen.only("article_id", "public_id", "kind", "start", "end", "person_keys"):
        for new in by_article[old.article_id]:
            if _in_place_of(new, old):
                replaced[old.public_id].add(new.public_id)
    return replaced


def _in_place_of(new: Claim, old: Claim) -> bool:
    same_person = set(new.person_keys) & set(old.person_keys) or not (new.person_keys or old.person_keys)
    return bool(new.kind == old.kind and new.start < old.end and old.start < new.end and same_person)


def _carry_over(noun: str, replaced: dict[str, set[str]]) -> None:
    """Ties to the new claims whatever is tied to the old ones."""
    if not replaced:
        return
    for model in _ANCHORED:
        for row in model.objects.about(noun, replaced):
            anchors = sorted({*row.anchors, *(new for old in row.anchors for new in replaced.get(old, ()))})
            if anchors != sorted(row.anchors):
                row.anchors = anchors
                row.save(update_fields=["anchors"])
