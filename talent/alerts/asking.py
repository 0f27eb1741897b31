"""What an alert asks for: a company, a person, or a list with its filters, checked as the list's own page does."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from talent import changefeed, keyset
from talent.exceptions import Refused
from talent.filters import CompensationReportFilter, Filters, MoveFilter, SignalFilter
from talent.models import Alert, AlertPage, Company, CompensationReport, Found, Move, Person, Signal
from talent.templatetags.names import own_name

MOST_OF_ONE_ACCOUNT = 50
# A filter with more values than this was not chosen by hand.
MOST_VALUES = 50
LONGEST_VALUE = 200
# What says how a list is shown and not what is in it.
SHOWING = frozenset({"sort", *keyset.PARAMETERS})
# Parameters that name a company or a person by slug.
NAMING: dict[str, type[Any]] = {"from": Company, "to": Company, "company": Company, "person": Person}

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Followed:
    """A list that can be followed: its kind of fact, and what filters it."""

    noun: str
    model: type[Any]
    filters: type[Filters]


LISTS: dict[str, Followed] = {
    AlertPage.MOVES: Followed("move", Move, MoveFilter),
    AlertPage.COMPENSATION: Followed("compensation", CompensationReport, CompensationReportFilter),
    AlertPage.SIGNALS: Followed("signal", Signal, SignalFilter),
}


def filtered(page: str, parameters: Parameters) -> Filters:
    """The list's filters with these parameters, over what readers see."""
    followed = LISTS[page]
    data = QueryDict(mutable=True)
    for name, values in parameters.items():
        data.setlist(name, list(values))
    return followed.filters(data, queryset=followed.model.objects.visible())


def tidy(asked: QueryDict) -> dict[str, list[str]]:
    """Parameters in one order, without empty ones and without what only says how the list is shown."""
    kept = {name: sorted({value.strip() for value in asked.getlist(name)} - {""}) for name in sorted(asked)}
    return {name: values for name, values in kept.items() if values and name not in SHOWING}


def problems(page: str, parameters: Parameters) -> list[str]:
    """What is wrong with such a list, in words for the reader."""
    long = any(len(value) > LONGEST_VALUE for values in parameters.values() for value in values)
    if long or sum(map(len, parameters.values())) > MOST_VALUES:
        return [_("These are more filters than an alert can have.")]
    form = filtered(page, parameters).form
    return [] if form.is_valid() else [str(error) for errors in form.errors.values() for error in errors]


def digest_of(page: str, parameters: Parameters) -> str:
    """The same for lists that ask the same."""
    return hashlib.sha256(json.dumps([page, parameters], sort_keys=True).encode()).hexdigest()


def make(user: User, wish: Alert) -> Alert:
    """Saves an alert, which hears of what happens from now on; the one there is where the reader has it already."""
    mine = Alert.objects.filter(user=user)
    same = mine.filter(digest=wish.digest, company=wish.company, person=wish.person).first()
    if same is not None:
        return same
    if len(mine.values_list("pk")[:MOST_OF_ONE_ACCOUNT]) >= MOST_OF_ONE_ACCOUNT:
        raise Refused(_("An account has at most %(number)s alerts.") % {"number": MOST_OF_ONE_ACCOUNT})
    wish.user = user
    wish.public_id = secrets.token_urlsafe(12)
    wish.since = changefeed.newest()
    return Alert.objects.get_or_create(
        user=user,
        digest=wish.digest,
        company=wish.company,
        person=wish.person,
        defaults={name: getattr(wish, name) for name in ("public_id", "page", "parameters", "frequency", "since")},
    )[0]


def pause(alert: Alert, because: str) -> None:
    """Tells nothing more, not even what was found already."""
    Alert.objects.filter(pk=alert.pk).update(state=Alert.State.PAUSED, paused_because=because, pending_since=None)
    Found.objects.filter(alert=alert, letter=None).delete()


def resume(alert: Alert) -> None:
    """Goes on with what happens from now on."""
    Alert.objects.filter(pk=alert.pk, state=Alert.State.PAUSED).update(
        state=Alert.State.ACTIVE, paused_because="", since=changefeed.newest()
    )


# ------------------------------------------------------------------ in words


def addresses(alerts: Iterable[Alert]) -> dict[int, tuple[str, str]]:
    """What each alert is called in the reader's language, and the address of what it follows; two queries for all.

    A company or person without a page has neither name nor address: whoever was taken back is named nowhere.
    """
    alerts = list(alerts)
    companies = {
        row.public_id: row for row in Company.objects.visible().filter(public_id__in={a.company for a in alerts})
    }
    people = {row.public_id: row for row in Person.objects.visible().filter(public_id__in={a.person for a in alerts})}
    known: dict[int, tuple[str, str]] = {}
    for alert in alerts:
        row = companies.get(alert.company) or people.get(alert.person)
        if alert.page:
            known[alert.pk] = (list_name(alert), list_address(alert))
        elif row is not None:
            known[alert.pk] = (own_name(row), row.get_absolute_url())
        else:
            known[alert.pk] = (_("a page that is no longer shown"), "")
    return known


def list_address(alert: Alert) -> str:
    """The list that the alert follows."""
    data = QueryDict(mutable=True)
    for name, values in alert.parameters.items():
        data.setlist(name, values)
    address = reverse(alert.page)
    return f"{address}?{data.urlencode()}" if data else address


def list_name(alert: Alert) -> str:
    """ "Moves: From Northwind, Status confirmed"."""
    form = filtered(alert.page, alert.parameters).form
    said = [
        f"{form.fields[name].label} {_in_words(form.fields[name], value)}"
        for name, values in alert.parameters.items()
        if name in form.fields
        for value in values
    ]
    label = str(AlertPage(alert.page).label)
    return _("%(list)s: %(filters)s") % {"list": label, "filters": _(", ").join(said)} if said else label


def _in_words(field: Any, value: str) -> str:
    choices: Iterable[tuple[Any, Any]] = getattr(field, "choices", ())
    return next((str(label) for choice, label in choices if str(choice) == value), value)
