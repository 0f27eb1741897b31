"""Rules that the database itself keeps, shared by several tables."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

# The subset of EDTF in use: year, month or day, "~" or "?" behind it, and closed or open intervals of these.
_PARTIAL = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?]?"
EDTF_PATTERN = rf"^({_PARTIAL}(/({_PARTIAL}|\.\.))?|\.\./{_PARTIAL})$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
PERIOD_PATTERN = r"^(year|month|hour|one_time|total|multi_year:[1-9]\d?)$"


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def ordered(low: str, high: str, name: str) -> models.CheckConstraint:
    """``low`` <= ``high`` where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
        name=name,
    )


def valid_date(prefix: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(date="") | Q(date__regex=EDTF_PATTERN), name=f"{prefix}_date_edtf"),
        ordered("date_first", "date_last", f"{prefix}_dates_ordered"),
    ]
