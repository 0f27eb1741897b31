"""What every picture is besides its drawing: the table of its numbers, and on how much it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from talent.dumps.writers import csv_lines, harmless
from talent.pictures.sheet import WIDE, Drawing
from talent.templatetags.amounts import number

# Below so many facts a picture says more about coverage than about companies.
FEW = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as programs read it, as a page prints it, and where it leads."""

    value: str | int | float | Decimal | None
    words: str = ""
    address: str = ""

    def __str__(self) -> str:
        return self.words or ("" if self.value is None else str(self.value))


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a picture. A column is a fixed English name for programs and a heading for readers."""

    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]

    def csv(self) -> bytes:
        """As a file; values as programs read them."""
        values = ([harmless(cell.value) for cell in row] for row in self.rows)
        return csv_lines([[name for name, _heading in self.columns], *values])


@dataclass(frozen=True, slots=True)
class Coverage:
    """On how many facts a picture rests, how many reports stand behind them, and how many facts on one alone.

    ``compared`` is false where nobody takes their number for a frequency: one person's moves, one group's.
    """

    facts: int
    reports: int
    alone: int
    compared: bool = True

    @classmethod
    def of(cls, facts: Iterable[Any], *, compared: bool = True) -> Coverage:
        """Of facts with their number of independent reporters."""
        reporters = [fact.reporters for fact in facts]
        return cls(len(reporters), sum(reporters), sum(number <= 1 for number in reporters), compared)

    @property
    def few(self) -> bool:
        """Whether a reader must be warned."""
        return self.compared and self.facts < FEW

    def __str__(self) -> str:
        facts = ngettext("%(n)s record", "%(n)s records", self.facts) % {"n": self.facts}
        reports = ngettext("%(n)s independent report", "%(n)s independent reports", self.reports) % {"n": self.reports}
        said = _("Rests on %(facts)s with %(reports)s.") % {"facts": facts, "reports": reports}
        if not self.alone:
            return said
        alone = ngettext("%(n)s has a single reporter.", "%(n)s have a single reporter each.", self.alone)
        return sentences(said, alone % {"n": self.alone})


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing for any width, its table, what it shows in a sentence, and how to read it."""

    name: str
    title: str
    summary: str
    table: Table
    coverage: Coverage
    draw: Callable[[float], Drawing]
    reading: str = ""
    # Of single numbers in it that are small; the whole may be well covered.
    warning: str = ""

    def __bool__(self) -> bool:
        return bool(self.table.rows)

    def drawn(self, width: float = WIDE) -> Drawing:
        """The drawing at that width."""
        return self.draw(width)

    def inline(self, width: float = WIDE) -> Markup:
        """The drawing as part of a page; lxml has written it, so that it is safe there."""
        return Markup(self.draw(width).inline())  # noqa: S704  # every text in it is escaped


def small_numbers(counts: Iterable[int]) -> str:
    """Warns of counts that are too small to be compared; "" where none is."""
    known = [count for count in counts if count]
    few = sum(count < FEW for count in known)
    if not few:
        return ""
    return ngettext(
        "%(few)s of its %(all)s numbers is below %(limit)s: an example, not a measure.",
        "%(few)s of its %(all)s numbers are below %(limit)s: examples, not measures.",
        few,
    ) % {"few": few, "all": len(known), "limit": FEW}


def sentences(first: str, second: str) -> str:
    """Two sentences, with a space between them where the language has one."""
    return _("%(first)s %(second)s") % {"first": first, "second": second}


def tally(value: int) -> str:
    """A count in the reader's digits; small ones, the many in a picture, without asking for their form."""
    return str(value) if 0 <= value < 1000 else number(value)
