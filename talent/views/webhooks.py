"""An account's webhooks: made, tried out, paused, given a new secret, and what became of each message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.clock import database_now
from articles.exceptions import IntakeError
from talent import keyset, webhooks
from talent.models import ClaimKind, Company, Delivery, EventType, Person, Webhook

MOST_NAMED = 50


class Slugs(forms.CharField):
    """Slugs, separated by spaces or lines, of pages that there are."""

    def __init__(self, model: type[Any], label: Any) -> None:
        self.model = model
        super().__init__(
            label=label,
            required=False,
            max_length=8_000,
            widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
            help_text=gettext_lazy("the last part of their pages' addresses; none leaves nobody out"),
        )

    def clean(self, value: Any) -> list[str]:
        """The slugs in their order, each once."""
        slugs = list(dict.fromkeys(super().clean(value).split()))
        if len(slugs) > MOST_NAMED:
            raise forms.ValidationError(_("Name at most %(number)s.") % {"number": MOST_NAMED})
        known = set(self.model.objects.visible().filter(slug__in=slugs).values_list("slug", flat=True))
        if unknown := [slug for slug in slugs if slug not in known]:
            raise forms.ValidationError(_("There is no page “%(slug)s”.") % {"slug": unknown[0][:100]})
        return slugs


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """Where to send, and what."""

    nouns = forms.MultipleChoiceField(
        label=gettext_lazy("Facts"),
        choices=ClaimKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("none leaves nothing out"),
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=EventType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("none leaves nothing out"),
    )

    class Meta:
        model = Webhook
        fields = ["name", "address", "nouns", "types"]
        labels = {"name": gettext_lazy("What it is for"), "address": gettext_lazy("Address")}
        help_texts = {"address": gettext_lazy("https://… on the public Internet; it is sent JSON by POST")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model, label in (
            ("companies", Company, gettext_lazy("Only about these companies")),
            ("people", Person, gettext_lazy("Only about these people")),
        ):
            self.fields[name] = Slugs(model, label)
            self.initial[name] = "\n".join(getattr(self.instance, name))

    def save(self, commit: bool = True) -> Any:
        """The webhook with what it wants to hear of; the caller saves it."""
        webhook = super().save(commit=False)
        webhook.companies, webhook.people = self.cleaned_data["companies"], self.cleaned_data["people"]
        return webhook


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def all_webhooks(request: HttpRequest) -> HttpResponseBase:
    """The list, and the form for a new one."""
    user = _owner(request)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (webhook := _made(user, form)) is not None:
        return redirect(webhook)
    context = {"form": form, "webhooks": user.webhooks.all(), "flashes": list(messages.get_messages(request))}
    return render(request, "account/webhooks.html", context, status=400 if form.errors else 200)


def _made(user: User, form: WebhookForm) -> Webhook | None:
    webhook: Webhook = form.save()
    webhook.user = user
    if Webhook.objects.filter(user=user).count() >= webhooks.MOST_OF_ONE_ACCOUNT:
        form.add_error(
            None, _("An account has at most %(number)s webhooks.") % {"number": webhooks.MOST_OF_ONE_ACCOUNT}
        )
        return None
    try:
        return webhooks.subscribe(webhook)
    except IntakeError as error:
        form.add_error("address", str(error))
        return None


@never_cache
@login_required
@require_safe
def one_webhook(request: HttpRequest, public_id: str) -> HttpResponse:
    """What it hears of, its secret, and what became of each message."""
    webhook = _own(request, public_id)
    deliveries = Delivery.objects.filter(webhook=webhook).order_by("-id")
    query = keyset.query_of(request.path, request.GET)
    try:
        page = keyset.paginate(deliveries, query=query, cursor=request.GET.get("cursor", ""))
    except keyset.BadCursor as error:
        raise Http404 from error
    context = {
        "webhook": webhook,
        "nouns": [ClaimKind(noun).label for noun in webhook.nouns],
        "types": [EventType(kind).label for kind in webhook.types],
        "secret": webhooks.secret(webhook),
        "page": page,
        "flashes": list(messages.get_messages(request)),
    }
    return render(request, "account/webhook.html", context)


@login_required
@require_POST
def act(request: HttpRequest, public_id: str, what: str) -> HttpResponseBase:
    """Tries it out, pauses or resumes it, gives it another secret, or removes it."""
    webhook, now = _own(request, public_id), database_now()
    if what == "test":
        webhooks.deliver(webhooks.test(webhook).pk, now=now)
        messages.info(request, _("A test was sent; the list below says how it was taken."))
    elif what == "pause":
        webhooks.pause(webhook, _("By you."))
    elif what == "resume":
        webhooks.resume(webhook)
    elif what == "rotate":
        webhooks.rotate(webhook, now=now)
        messages.info(request, _("The secret is a new one. For a day messages carry the signatures of both."))
    elif what == "remove":
        webhook.delete()
        messages.info(request, _("The webhook is removed."))
        return redirect("webhooks")
    return redirect(webhook)


@login_required
@require_POST
def replay(request: HttpRequest, public_id: str, pk: int) -> HttpResponseBase:
    """Sends one message again."""
    webhook = _own(request, public_id)
    delivery = get_object_or_404(Delivery, pk=pk, webhook=webhook)
    if webhooks.replay(delivery):
        messages.info(request, _("The message will be sent again within seconds."))
    return redirect(webhook)


def _own(request: HttpRequest, public_id: str) -> Webhook:
    return get_object_or_404(Webhook, public_id=public_id, user=_owner(request))


def _owner(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
