"""What is known of a text that a reader pastes: a form, and its answer. Nothing that is sent is kept or logged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from talent.dossier import newest_of
from talent.known import MAX_CHARACTERS, look_up
from talent.limits import text_allowance


class TextForm(forms.Form):
    """A text of at most so many characters."""

    text = forms.CharField(
        label=_("Text"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 10, "aria-describedby": "text-help"}),
        error_messages={
            "required": _("Paste a text first."),
            "max_length": _("The text has %(show_value)d characters; %(limit_value)d at most are read at once."),
        },
    )


@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def mentions(request: HttpRequest) -> HttpResponse:
    """The form, and below it what is known of the text. At most twelve queries, however long the text."""
    form = TextForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "known": None, "most": MAX_CHARACTERS}
    if request.method != "POST":
        return render(request, "mentions.html", context)
    left = text_allowance(request)
    if left is not None and left.left < 0:
        answer = render(request, "mentions.html", {**context, "wait": left.seconds}, status=429)
        answer["Retry-After"] = str(left.seconds)
        return answer
    if form.is_valid():
        known = look_up(form.cleaned_data["text"])
        context["newest"] = newest_of(person for named in known.people if named.is_open for person in named.candidates)
        context["known"] = known
    return render(request, "mentions.html", context, status=400 if form.errors else 200)
