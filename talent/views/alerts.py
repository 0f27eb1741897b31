"""An account's alerts: what a reader follows, how often mail tells of it, and one click to stop it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.clock import database_now
from talent.alerts import asking, matching, stopping, writing
from talent.exceptions import Refused
from talent.models import Alert, Company, Frequency, Person
from talent.views.lists import tidied

# Names the list in the address of a new alert; none of the lists has a filter of that name.
LIST = "list"
WEEK = timedelta(days=7)
# Kept in English and shown in the reader's language.
BY_READER, BY_LINK = gettext_noop("By you."), gettext_noop("By a link in a mail.")


class FrequencyForm(forms.Form):
    """How often mail may come."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Frequency.choices, initial=Frequency.DAILY, widget=forms.RadioSelect
    )


@never_cache
@login_required
@require_safe
def all_alerts(request: HttpRequest) -> HttpResponse:
    """What the account follows."""
    user = _reader(request)
    alerts = list(Alert.objects.filter(user=user)[: asking.MOST_OF_ONE_ACCOUNT])
    context = {
        "alerts": alerts,
        "names": asking.addresses(alerts),
        "frequencies": Frequency.choices,
        "flashes": list(messages.get_messages(request)),
    }
    return render(request, "account/alerts.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Asks how often, and follows the list, company or person that the address names."""
    user, wish = _reader(request), _wish(request.GET)
    if wrong := asking.problems(wish.page, wish.parameters) if wish.page else []:
        return render(request, "account/alert_new.html", {"wrong": wrong}, status=400)
    form = FrequencyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wish.frequency = form.cleaned_data["frequency"]
        try:
            asking.make(user, wish)
        except Refused as refusal:
            return render(request, "account/alert_new.html", {"wrong": [str(refusal)]}, status=400)
        messages.success(request, _("You will be told by mail of what is new from now on."))
        return redirect("alerts")
    name, address = asking.addresses([wish])[wish.pk]
    context = {"wrong": [], "form": form, "name": name, "address": address}
    return render(request, "account/alert_new.html", context, status=400 if form.errors else 200)


def _wish(asked: QueryDict) -> Alert:
    """The alert that an address asks for, not saved; 404 for what cannot be followed at all."""
    if LIST in asked:
        page = asked[LIST]
        if page not in asking.LISTS:
            raise Http404
        filters = asked.copy()
        del filters[LIST]
        parameters = asking.tidy(tidied(filters))
        return Alert(page=page, parameters=parameters, digest=asking.digest_of(page, parameters))
    for kind, model in (("company", Company), ("person", Person)):
        if kind in asked:
            row: Any = get_object_or_404(model.objects.visible(), slug=str(asked[kind]).replace("\x00", ""))
            return Alert(**{kind: row.public_id})
    raise Http404


@login_required
@require_POST
def act(request: HttpRequest, public_id: str, what: str) -> HttpResponseBase:
    """Pauses or resumes an alert, removes it, or has it told more or less often."""
    alert = get_object_or_404(Alert, public_id=public_id, user=_reader(request))
    if what == "pause":
        asking.pause(alert, BY_READER)
    elif what == "resume":
        asking.resume(alert)
    elif what == "frequency":
        form = FrequencyForm(request.POST)
        if not form.is_valid():
            raise Http404
        Alert.objects.filter(pk=alert.pk).update(frequency=form.cleaned_data["frequency"])
        messages.success(request, _("Saved."))
    else:
        alert.delete()
        messages.success(request, _("You do not follow this any more."))
    return redirect("alerts")


@never_cache
@login_required
@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the alert would have told of the last week."""
    alert = get_object_or_404(Alert, public_id=public_id, user=_reader(request))
    since = database_now() - WEEK
    events = matching.preview(alert, since=since)
    name, address = asking.addresses([alert])[alert.pk]
    context = {
        "alert": alert,
        "name": name,
        "address": address,
        "since": since,
        "sections": writing.sections(matching.rows(alert, events)),
        "most": matching.MOST_LOOKED_BACK,
    }
    return render(request, "account/alert.html", context)


# A mail program posts here by itself (RFC 8058): it has no cookie of ours, and the signed address is its right to.
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stops the alerts that a signed address means; asks first where somebody only looks."""
    alerts = list(stopping.meant(token).filter(state=Alert.State.ACTIVE)[: asking.MOST_OF_ONE_ACCOUNT])
    known = stopping.meant(token).exists()
    if request.method == "POST":
        for alert in alerts:
            asking.pause(alert, BY_LINK)
    names = asking.addresses(alerts)
    context = {"known": known, "alerts": [names[alert.pk][0] for alert in alerts], "done": request.method == "POST"}
    return render(request, "account/alert_stop.html", context, status=200 if known else 404)


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
