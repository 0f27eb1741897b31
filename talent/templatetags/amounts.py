"""Numbers, open ranges and pay in words of the reader's language, never rounder or sharper than the source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from babel.numbers import format_compact_decimal, format_decimal, get_currency_name, get_currency_symbol
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from talent.templatetags.dates import locale

_PERIODS = {
    "year": N_("%(amount)s per year"),
    "month": N_("%(amount)s per month"),
    "hour": N_("%(amount)s per hour"),
    "one_time": N_("%(amount)s, one payment"),
    "total": N_("%(amount)s in all, term not stated"),
}
_UNITS = {
    "people": N_("people"),
    "jobs": N_("jobs"),
    "openings": N_("openings"),
    "contractors": N_("contractors"),
    "times": N_("times"),
}


def number(value: Decimal | int | float) -> str:
    """A number; a million and more as "1.5 million" and 150万, unless that would lose digits."""
    exact = Decimal(str(value))
    # Chinese counts in 万, and Babel's data has no longer form of that.
    threshold, digits = (10_000, 100) if _chinese() else (1_000_000, 1000)
    if abs(exact) < threshold or exact % digits:
        return str(format_decimal(exact, locale=locale()))
    form: Literal["short", "long"] = "short" if _chinese() else "long"
    return str(format_compact_decimal(exact, format_type=form, locale=locale(), fraction_digits=9))


def counted(value: int, limit: int) -> str:
    """A count that stopped at ``limit``: "37", "10,000+"."""
    return (
        f"{format_decimal(limit, locale=locale())}+" if value > limit else str(format_decimal(value, locale=locale()))
    )


def amount(value: Decimal | int | float, currency: str) -> str:
    """A sum of money, "$1.5 million" and 150万美元."""
    return _with_currency(number(value), currency)


def bounds(low: str | None, high: str | None) -> str:
    """A range whose ends are already in words; an open end is said, never filled in."""
    if low is None and high is None:
        return ""
    if high is None:
        return _("at least %(low)s") % {"low": low}
    if low is None:
        return _("up to %(high)s") % {"high": high}
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def out_of(low: Decimal | int | None, high: Decimal | int | None, whole: Decimal | int | None) -> str:
    """ "at least 7 of 14"; "" where nothing was counted."""
    counted = bounds(*(None if bound is None else number(bound) for bound in (low, high)))
    if whole is None:
        return counted
    if not counted:
        return _("some of %(whole)s") % {"whole": number(whole)}
    return _("%(counted)s of %(whole)s") % {"counted": counted, "whole": number(whole)}


def pay(report: Any) -> str:
    """A compensation report's figure with currency and period, "$1 million to $2 million per year"."""
    figure = _money_range(report.amount_min, report.amount_max, report.currency)
    if report.period.startswith("multi_year:"):
        years = int(report.period.partition(":")[2])
        return ngettext("%(amount)s over %(years)s year", "%(amount)s over %(years)s years", years) % {
            "amount": figure,
            "years": years,
        }
    return _(_PERIODS[report.period]) % {"amount": figure} if report.period in _PERIODS else figure


def signal_value(signal: Any) -> str:
    """A signal's number with its unit: "about" is never added; "" for practices and freezes."""
    value = out_of(signal.value_min, signal.value_max, signal.value_of)
    if not value or not signal.unit:
        return value
    if signal.unit in ("percent", "%"):
        return f"{value}%" if signal.value_of is None else value
    return _("%(number)s %(unit)s") % {"number": value, "unit": _(_UNITS.get(signal.unit, signal.unit))}


def _money_range(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    if low is not None and high is None:
        return _("over %(low)s") % {"low": amount(low, currency)}
    if low is not None and high is not None and low != high and _chinese():
        return _with_currency(bounds(number(low), number(high)), currency)
    return bounds(*(None if bound is None else amount(bound, currency) for bound in (low, high)))


def _with_currency(figure: str, currency: str) -> str:
    if _chinese():
        return f"{figure}{get_currency_name(currency, locale='zh_Hans')}"
    symbol = get_currency_symbol(currency, locale="en")
    return f"{symbol} {figure}" if symbol == currency else f"{symbol}{figure}"


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
