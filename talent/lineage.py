"""Which claims stand in the place of which: what was said of a corrected claim holds for its correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from talent.models import Claim, Review
from talent.querysets import STANDING

Lineage = dict[str, set[str]]


def forebears(public_ids: Iterable[str]) -> Lineage:
    """The claims that these took the place of, over any number of corrections, each with its heirs among these."""
    found: Lineage = defaultdict(set)
    line = {identifier: {identifier} for identifier in public_ids}
    while line:
        rows = Claim.objects.filter(public_id__in=list(line)).exclude(corrects=None).order_by()
        above: Lineage = defaultdict(set)
        for identifier, before in rows.values_list("public_id", "corrects__public_id"):
            above[before] |= line[identifier]
            found[before] |= line[identifier]
        line = above
    return found


def heirs(public_ids: Iterable[str]) -> Lineage:
    """The claims that stand today in the place of these, for those that were corrected."""
    found: Lineage = defaultdict(set)
    line = {identifier: {identifier} for identifier in public_ids}
    while line:
        rows = Claim.objects.filter(corrects__public_id__in=list(line), corrects__review=Review.CORRECTED).order_by()
        below: Lineage = defaultdict(set)
        for before, identifier, review in rows.values_list("corrects__public_id", "public_id", "review"):
            if review in STANDING:
                for first in line[before]:
                    found[first].add(identifier)
            elif review == Review.CORRECTED:
                below[identifier] |= line[before]
        line = below
    return found
