"""The table that a measurement prints: figures, and the bars that they are held to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, and the bar it is held to, where there is one."""

    what: str
    value: str
    bar: str = ""
    held: bool | None = None


def at_most(what: str, value: float, bar: float, unit: str = "") -> Row:
    return Row(what, f"{value:.3g}{unit and f' {unit}'}", f"<= {bar:g}{unit and f' {unit}'}", value <= bar)


def at_least(what: str, value: float, bar: float) -> Row:
    return Row(what, f"{value:.3g}", f">= {bar:g}", value >= bar)


def say(row: Row) -> None:
    verdict = {None: "", True: "held", False: "MISSED"}[row.held]
    show(f"{row.what:<62} {row.value:<40} {row.bar:<10} {verdict}".rstrip())


def show(line: str) -> None:
    print(line, flush=True)
