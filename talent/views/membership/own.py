"""One's own account at a glance, its language, everything it holds as a file, and its end."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talent.exceptions import Refused
from talent.membership import own
from talent.models import Reader


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Ways to everything that can be seen and changed of the account."""
    user = _owner(request)
    reader = Reader.objects.filter(user=user).first()
    context = {
        "user": user,
        "addresses": list(EmailAddress.objects.filter(user=user).order_by("-primary", "pk")),
        "two_factors": is_mfa_enabled(user),
        "language": reader.language if reader else settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "flashes": list(messages.get_messages(request)),
    }
    return render(request, "account/overview.html", context)


@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Chooses the language of the account's mail."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    Reader.objects.update_or_create(user=_owner(request), defaults={"language": chosen})
    messages.success(request, _("Saved."))
    return redirect("account")


@never_cache
@login_required
@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about the account's owner, as a file."""
    answer = JsonResponse(own.data_of(_owner(request)), json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer.headers["Content-Disposition"] = 'attachment; filename="account.json"'
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def close(request: HttpRequest) -> HttpResponseBase:
    """Asks once more, and deletes the account with all that belongs to it."""
    if request.method != "POST":
        return render(request, "account/close.html", {"refused": ""})
    try:
        own.close(_owner(request))
    except Refused as refusal:
        return render(request, "account/close.html", {"refused": str(refusal)}, status=409)
    logout(request)
    return render(request, "account/closed.html")


def _owner(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
