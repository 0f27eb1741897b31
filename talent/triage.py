"""Corrections in the admin: triage of what readers send, responses, who may see a page, the public log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.listing import Listing
from talent import corrections
from talent.models import (
    Correction,
    CorrectionCategory,
    CorrectionState,
    Notice,
    Requester,
    Response,
    Restriction,
    Visibility,
)

_DECIDED = (CorrectionState.ACCEPTED, CorrectionState.DECLINED)


class Kept(Listing):
    """Rows that are never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What an editor decides about a request."""

    requester = forms.ChoiceField(label=_("In the public log, asked for by"), choices=Requester.choices)

    class Meta:
        model = Correction
        fields = ("state", "assignee", "outcome", "public_words", "notes")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") in _DECIDED and not cleaned.get("outcome", "").strip():
            self.add_error("outcome", _("Tell the sender in a sentence what was decided, and why."))
        return cleaned


class CorrectionAdmin(Kept):
    """What came in, oldest open ones first in mind; the sender's words are read, never edited."""

    form = DecisionForm
    list_display = ("created_at", "category", "title", "state", "assignee", "answered_at")
    list_filter = ("state", "category", ("assignee", admin.EmptyFieldListFilter))
    list_select_related = ("assignee",)
    search_fields = ("title", "text", "name", "=email", "=identifier")
    raw_id_fields = ("assignee",)
    actions = ("take", "publish", "mail_again")
    _SENT = (
        "created_at",
        "category",
        "page",
        "text",
        "name",
        "capacity",
        "evidence",
        "email",
        "language",
        "answered_at",
    )
    fieldsets = ((_("What was sent"), {"fields": _SENT}),
                 (_("What is decided"), {"fields": (*DecisionForm.Meta.fields, "requester", "ways")}))  # fmt: skip
    readonly_fields = (*_SENT, "ways")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        """By the one way a decision is made."""
        corrections.decide(
            obj, state=obj.state, outcome=obj.outcome, user=request.user, now=timezone.now(),
            requester=form.cleaned_data["requester"],
        )  # fmt: skip

    @admin.display(description=_("page"))
    def page(self, correction: Correction) -> str:
        row = corrections.pages_of([correction]).get(correction.pk)
        shown = correction.title or "—"
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), shown) if row else shown

    @admin.display(description=_("further ways"))
    def ways(self, correction: Correction) -> str:
        if not correction.noun:
            return "—"
        address = reverse("admin:talent_restriction_add")
        key = f"{correction.noun}:{correction.identifier}"
        return format_html(
            '<a href="{}?page={}&correction={}&category={}">{}</a>',
            address, key, correction.pk, correction.category, _("Hide, withdraw or unlist the page"),
        )  # fmt: skip

    @admin.action(description=_("Take over and begin the review"), permissions=["change"])
    def take(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        waiting = queryset.exclude(state__in=_DECIDED)
        number = waiting.update(assignee=request.user, state=CorrectionState.IN_REVIEW)
        self.message_user(request, ngettext("%d is yours.", "%d are yours.", number) % number, messages.SUCCESS)

    @admin.action(description=_("Make a response of it, to be looked over and published"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        today = timezone.localdate()
        drafts = [corrections.response_to(correction, today=today) for correction in queryset.exclude(noun="")]
        for draft in drafts:
            draft.save()
        self.message_user(
            request, ngettext("%d draft was made.", "%d drafts were made.", len(drafts)) % len(drafts), messages.SUCCESS
        )

    @admin.action(description=_("Mail the outcome once more"), permissions=["change"])
    def mail_again(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        decided = queryset.filter(state__in=_DECIDED).exclude(email="")
        sent = sum(corrections.tell_sender(pk, now=timezone.now()) for pk in decided.values_list("pk", flat=True))
        self.message_user(request, ngettext("%d was mailed.", "%d were mailed.", sent) % sent, messages.SUCCESS)


class ResponseAdmin(Kept):
    """Answers of those named. A draft is made from a request; published, it stands beside the fact."""

    list_display = ("who", "capacity", "date", "noun", "published")
    list_filter = ("published", "noun")
    search_fields = ("who", "text")
    fields = ("who", "capacity", "date", "text", "language", "published", "noun", "anchors", "correction", "user")
    readonly_fields = ("noun", "anchors", "correction", "user")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Response, form: Any, change: bool) -> None:
        if obj.published:
            corrections.publish_response(obj, user=request.user)
        else:
            obj.save()


class OnPage(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A form about a page, named as in its form for corrections: "move:abc"."""

    page = forms.CharField(label=_("page"), max_length=200, help_text=_("for instance move:abcdefghijkl"))

    def clean_page(self) -> Any:
        row = corrections.find_row(self.cleaned_data["page"].strip())
        if row is None:
            raise ValidationError(_("There is no such page."))
        return row


class RestrictionForm(OnPage):
    """Who may see a page from now on."""

    visibility = forms.ChoiceField(
        label=_("visibility"), choices=[c for c in Visibility.choices if c[0] != Visibility.PUBLIC]
    )
    category = forms.ChoiceField(label=_("category"), choices=CorrectionCategory.choices)
    requester = forms.ChoiceField(label=_("asked for by"), choices=Requester.choices)
    public_words = forms.CharField(
        label=_("words for the public log"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = Restriction
        fields = ("visibility", "reason", "correction")


class WithReason(ActionForm):
    """An action that others must be able to follow."""

    reason = forms.CharField(label=_("reason"), required=False, max_length=2000)


class RestrictionAdmin(Kept):
    """Which pages are not shown to everybody, and why. A decision is lifted, never edited."""

    form = RestrictionForm
    action_form = WithReason
    actions = ("lift",)
    list_display = ("created_at", "noun", "visibility", "reason", "user", "lifted_at")
    list_filter = ("visibility", "noun", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("reason", "anchors")
    raw_id_fields = ("correction",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return ("noun", "anchors", "visibility", "reason", "user", "correction", "created_at", "lifted_at")
        return ("page", "visibility", "reason", "category", "requester", "public_words", "correction")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {name: request.GET[name] for name in ("page", "correction", "category") if name in request.GET}

    def save_model(self, request: HttpRequest, obj: Restriction, form: Any, change: bool) -> None:
        """By the one way a page is restricted."""
        asked = form.cleaned_data
        made = corrections.set_visibility(
            asked["page"], obj.visibility, reason=obj.reason, user=request.user, now=timezone.now(),
            category=asked["category"], requester=asked["requester"], public_words=asked["public_words"],
            correction=obj.correction,
        )  # fmt: skip
        standing = Restriction.objects.that_stand().about(made.noun, made.anchors).latest("pk")
        obj.pk, obj.noun, obj.anchors = standing.pk, standing.noun, standing.anchors

    @admin.action(description=_("Show the page again"), permissions=["add"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Restriction]) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(request, _("Give a reason beside the action."), messages.ERROR)
            return
        for restriction in queryset.filter(lifted_at=None):
            corrections.lift(restriction, reason=reason, user=request.user, now=timezone.now())
        self.message_user(request, _("Shown again."), messages.SUCCESS)


class NoticeForm(OnPage):
    """A line of the log for what the editors corrected by themselves."""

    class Meta:
        model = Notice
        fields = ("date", "category", "effect", "requester", "words")


class NoticeAdmin(Kept):
    """The public log. Its words can be mended; what happened cannot."""

    list_display = ("date", "effect", "category", "requester", "noun", "words")
    list_filter = ("effect", "category", "requester")
    search_fields = ("words", "anchors")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **({**kwargs, "form": NoticeForm} if obj is None else kwargs))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("page", *NoticeForm.Meta.fields)
        return ("date", "noun", "anchors", "category", "effect", "requester", "words", "user")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("date", "noun", "anchors", "category", "effect", "requester", "user")

    def save_model(self, request: HttpRequest, obj: Notice, form: Any, change: bool) -> None:
        if not change:
            row = form.cleaned_data["page"]
            obj.noun, obj.anchors = corrections.noun_of(row), corrections.anchors_of(row)
            obj.user_id = request.user.pk
        obj.save()
