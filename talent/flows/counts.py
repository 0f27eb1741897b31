"""What is counted of moves, and what a reader asks to have counted; values alone, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from talent.models import Company, Status

# A move counts by default where it has happened, as far as anybody reports.
HAPPENED: tuple[str, ...] = (Status.CONFIRMED, Status.REPORTED)
# Fewer moves than these say more about the press than about the companies.
FEW = 5
# Years that a window reaches to at most; all time has no bounds.
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(slots=True)
class Count:
    """Moves counted together. Of named people each move counts; a group is counted apart, for the named ones may be
    among its members."""

    moves: int = 0
    groups: int = 0
    # People in the groups: at least, at most as far as bounds are known, and groups without an upper bound.
    least: int = 0
    most: int = 0
    open: int = 0
    # Independent reporters of each move, added up; moves that one reporter alone tells of.
    reports: int = 0
    single: int = 0
    # Moves whose date does not tell the month: they stand in the month by which they are sorted.
    vague: int = 0

    @property
    def named(self) -> int:
        """Moves of named people."""
        return self.moves - self.groups

    @property
    def people_least(self) -> int:
        """So many people at least: every named one may belong to a group."""
        return max(self.named, self.least)

    @property
    def people_most(self) -> int | None:
        """So many people at most: nobody named belongs to a group. None where a group has no upper bound."""
        return None if self.open else self.named + self.most

    @property
    def few(self) -> bool:
        """Whether there are so few moves that coverage may be all that shows."""
        return 0 < self.moves < FEW

    def __add__(self, other: Count) -> Count:
        return Count(*map(int.__add__, self.figures(), other.figures()))

    def __sub__(self, other: Count) -> Count:
        return Count(*map(int.__sub__, self.figures(), other.figures()))

    def figures(self) -> tuple[int, ...]:
        """All that is counted, in the order of the columns."""
        return (
            self.moves, self.groups, self.least, self.most, self.open, self.reports, self.single, self.vague,
        )  # fmt: skip


def add(counts: Iterable[Count]) -> Count:
    """All of them together."""
    return Count(*map(sum, zip(*(count.figures() for count in counts), strict=True)))


@dataclass(frozen=True, slots=True)
class End:
    """A company as a flow shows it."""

    id: int
    slug: str
    name: str
    name_zh: str
    public_id: str = ""

    @classmethod
    def of(cls, company: Company) -> End:
        """The end that a company is."""
        return cls(company.pk, company.slug, company.name, company.name_zh, company.public_id)


# All companies that are not shown, and an end that nobody names.
OTHERS, UNKNOWN = End(-1, "", "", ""), End(0, "", "", "")


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes to one company, or comes from it."""

    end: End
    count: Count


@dataclass(frozen=True, slots=True)
class Asked:
    """Which moves count: their statuses, and the months from ``after`` to ``before``, both counted whole."""

    statuses: tuple[str, ...] = HAPPENED
    after: date | None = None
    before: date | None = None

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, as 202403."""
        first, last = FIRST_YEAR * 100 + 1, LAST_YEAR * 100 + 12
        return (
            max(first, _month(self.after)) if self.after else first,
            min(last, _month(self.before)) if self.before else last,
        )

    @property
    def years(self) -> list[int]:
        """The years that the window touches, as -2024; all time as 0."""
        first, last = self.months
        return [-year for year in range(first // 100, last // 100 + 1)] if self.after or self.before else [0]

    @property
    def periods(self) -> list[int]:
        """The fewest periods that make up the window: whole years as -2024, months as 202403; all time as 0."""
        first, last = self.months
        whole = [year for year in self.years if not year or _holds(first, last, year=-year)]
        edges = [-year * 100 + month for year in self.years if year not in whole for month in range(1, 13)]
        return whole + [month for month in edges if first <= month <= last]

    def parameters(self) -> dict[str, Any]:
        """What every statement is told."""
        return {"years": self.years, "periods": self.periods, "statuses": list(self.statuses)}


def _holds(first: int, last: int, *, year: int) -> bool:
    return first <= year * 100 + 1 and year * 100 + 12 <= last


def _month(day: date) -> int:
    return day.year * 100 + day.month
