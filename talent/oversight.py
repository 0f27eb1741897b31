"""What runs the site, in the admin: everybody's keys and webhooks, the change feed, acts of operators, pulses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.clock import database_now
from articles.listing import Computed
from talent import webhooks
from talent.alerts import letters
from talent.models import ApiKey, Letter, Webhook
from talent.models.vocabulary import ClaimKind


class Overseen(Computed):
    """Rows that belong to others: read, and taken out of use by those with the right to change them."""

    def get_actions(self, request: HttpRequest) -> Any:
        """Only what this user has the right to; Django's own check would ask whether the form may be saved."""
        actions = super().get_actions(request)
        if request.user.has_perm(f"talent.change_{self.opts.model_name}"):
            return actions
        return {name: action for name, action in actions.items() if name not in (self.actions or ())}


class ApiKeyAdmin(Overseen):
    """Everybody's keys; never their hashes."""

    list_display = ("name", "prefix", "user", "expires_at", "revoked_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("=prefix", "=user__username")
    search_help_text = _("Beginning of the key, or name of its account")
    exclude = ("digest",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke the selected keys"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        number = ApiKey.objects.filter(pk__in=queryset.values("pk"), revoked_at=None).update(revoked_at=database_now())
        message = ngettext("%d key opens nothing any more.", "%d keys open nothing any more.", number) % number
        self.message_user(request, message, messages.SUCCESS)


class WebhookAdmin(Overseen):
    """Everybody's webhooks. An address often holds its receiver's secret: of it the host is shown, and no more."""

    list_display = ("name", "host", "user", "state", "cursor", "failing_since", "last_success_at")
    list_filter = ("state",)
    list_select_related = ("user",)
    search_fields = ("=public_id", "=user__username")
    search_help_text = _("Identifier, or name of its account")
    exclude = ("address",)
    readonly_fields = ("host",)
    actions = ("pause",)

    @admin.display(description=_("host"))
    def host(self, webhook: Webhook) -> str:
        return urlsplit(webhook.address).hostname or ""

    @admin.action(description=_("Pause the selected webhooks"))
    def pause(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        rows = list(queryset.filter(state=Webhook.State.ACTIVE))
        for webhook in rows:
            webhooks.pause(webhook, str(_("By an administrator.")))
        message = ngettext("%d webhook is paused.", "%d webhooks are paused.", len(rows)) % len(rows)
        self.message_user(request, message, messages.SUCCESS)


class DeliveryAdmin(Computed):
    list_display = ("message_id", "its_webhook", "noun", "type", "state", "status", "attempts", "delivered_at")
    list_filter = ("state",)
    list_select_related = ("webhook",)
    search_fields = ("=message_id", "=webhook__public_id")
    search_help_text = _("Identifier of the message or of its webhook")
    # The receiver's own words are for the webhook's owner.
    exclude = ("webhook", "excerpt")
    readonly_fields = ("its_webhook",)

    @admin.display(description=_("webhook"))
    def its_webhook(self, delivery: Any) -> str:
        return str(delivery.webhook.name)


class AlertAdmin(Overseen):
    """What readers follow is theirs: of it there is shown whether it works, and not what it is about."""

    list_display = ("public_id", "user", "frequency", "state", "pending_since")
    list_filter = ("state", "frequency")
    list_select_related = ("user",)
    search_fields = ("=public_id", "=user__username")
    search_help_text = _("Identifier, or name of its account")
    exclude = ("page", "parameters", "digest", "company", "person")


class LetterAdmin(Overseen):
    """Letters of alerts; those that were given up are sent again by hand."""

    list_display = ("public_id", "user", "frequency", "state", "attempts", "sent_at", "error")
    list_filter = ("state", "frequency")
    list_select_related = ("user",)
    search_fields = ("=public_id", "=user__username")
    search_help_text = _("Identifier, or name of its account")
    actions = ("send_again",)

    @admin.action(description=_("Send the selected letters again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        number = letters.send_again(queryset)
        message = ngettext("%d letter is sent again.", "%d letters are sent again.", number) % number
        self.message_user(request, message, messages.SUCCESS)


class FoundAdmin(Computed):
    list_display = ("sequence", "noun", "type", "subject", "letter", "created_at")
    list_select_related = ("letter",)
    search_fields = ("=letter__public_id",)
    search_help_text = _("Identifier of the letter")
    exclude = ("alert",)


class ReaderAdmin(Computed):
    list_display = ("user", "language")
    list_select_related = ("user",)
    search_fields = ("=user__username",)


class AlertCursorAdmin(Computed):
    list_display = ("reached", "upto")


class FactEventAdmin(Computed):
    list_display = ("sequence", "at", "noun", "type", "subject", "successor")
    list_filter = ("noun", "type")
    search_fields = ("subject",)
    search_help_text = _("Number of the event, or identifier of the fact")
    ordering = ("-sequence",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By the indexes, the second of which begins with the kind of fact."""
        words = search_term.strip()
        if not words:
            return queryset, False
        found = Q(noun__in=ClaimKind.values, subject=words)
        if words.isdecimal() and len(words) < 19:
            found |= Q(sequence=int(words))
        return queryset.filter(found), False


class EventCounterAdmin(Computed):
    list_display = ("id", "last")


class ApiUsageAdmin(Computed):
    list_display = ("key", "day", "requests", "refused")
    list_select_related = ("key",)
    search_fields = ("=key__prefix",)
    search_help_text = _("Beginning of the key")


class SubmissionAdmin(Computed):
    list_display = ("public_id", "address", "key", "created_at")
    list_select_related = ("key",)
    search_fields = ("=public_id",)


class KeptAnswerAdmin(Computed):
    list_display = ("idempotency_key", "status", "created_at")


class PressActAdmin(Computed):
    list_display = ("verb", "stage", "number", "cause", "user", "made_at")
    list_select_related = ("user",)


class PulseAdmin(Computed):
    list_display = ("name", "at")


class TallyAdmin(Computed):
    """What the database counts by itself; the newest sorts of moves first."""

    list_display = ("__str__", "status", "grade", "groups", "reports")
    list_filter = ("status", "grade")


class QuoteWordsAdmin(Computed):
    """Which quotes the search has the words of, and which words."""

    list_display = ("claim_id", "__str__")


class TallyRuleAdmin(Computed):
    list_display = ("__str__", "checked_at", "drift")


class DigestAdmin(Computed):
    list_display = ("day", "sent_at", "recipients")
