"""An account's keys to the API: made, shown once, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.clock import database_now
from talent import access
from talent.models import ApiKey

MOST_KEYS = 50
DAYS = [
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("a year")),
    ("", gettext_lazy("until it is revoked")),
]


class KeyForm(forms.Form):
    """What a new key is for, what it may do, and for how long."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(label=gettext_lazy("How long it opens"), choices=DAYS, required=False, initial="90")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = access.may_have_keys(user)
        self.fields["scopes"].choices = [(scope, access.SCOPES[scope][0]) for scope in allowed]  # type: ignore[attr-defined]
        self.fields["scopes"].initial = allowed


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The list, and the form for a new key. Its secret is in the answer to the form, and nowhere else ever after."""
    user = _owner(request)
    form = KeyForm(user, request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _key, secret = _make(user, form)
        form = KeyForm(user)
    now = database_now()
    own = list(ApiKey.objects.filter(user=user)[:MOST_KEYS])
    context = {
        "form": form,
        "secret": secret,
        "keys": own,
        "usage": access.usage_of(own, now=now),
        "limit": settings.API_KEY_REQUESTS_A_MINUTE,
        "now": now,
        "scopes": access.SCOPES,
        "flashes": list(messages.get_messages(request)),
    }
    return render(request, "account/keys.html", context, status=400 if form.errors else 200)


def _make(user: User, form: KeyForm) -> tuple[ApiKey, str]:
    days = form.cleaned_data["days"]
    expires_at = database_now() + timedelta(days=int(days)) if days else None
    return access.make_key(
        user, name=form.cleaned_data["name"], scopes=form.cleaned_data["scopes"], expires_at=expires_at
    )


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes one of one's own keys back."""
    key = get_object_or_404(ApiKey, pk=pk, user=_owner(request))
    access.revoke(key, now=database_now())
    messages.success(request, _("The key %(name)s opens nothing any more.") % {"name": key.name})
    return redirect("account-keys")


def _owner(request: HttpRequest) -> User:
    """Who is signed in, if their role allows any scope."""
    assert isinstance(request.user, User)
    if not access.may_have_keys(request.user):
        raise PermissionDenied
    return request.user
