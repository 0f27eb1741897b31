"""The knowledge base in the admin: everything can be looked up; computed rows are read there and judged at the desk."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.listing import Computed
from talent import review
from talent.exceptions import Refused
from talent.filters.names import companies_called, holding, people_called
from talent.models import (
    Alert,
    AlertCursor,
    Alias,
    ApiKey,
    ApiUsage,
    Change,
    Claim,
    Company,
    CompanyTally,
    CompensationReport,
    Correction,
    Decision,
    Delivery,
    Digest,
    EventCounter,
    FactEvent,
    Found,
    Judgement,
    KeptAnswer,
    KindTally,
    Letter,
    Move,
    Notice,
    PairTally,
    Person,
    PressAct,
    Pulse,
    QuoteWords,
    Reader,
    Response,
    Restriction,
    Signal,
    SignInAttempt,
    Submission,
    TallyRule,
    Webhook,
)
from talent.oversight import (
    AlertAdmin,
    AlertCursorAdmin,
    ApiKeyAdmin,
    ApiUsageAdmin,
    DeliveryAdmin,
    DigestAdmin,
    EventCounterAdmin,
    FactEventAdmin,
    FoundAdmin,
    KeptAnswerAdmin,
    LetterAdmin,
    PressActAdmin,
    PulseAdmin,
    QuoteWordsAdmin,
    ReaderAdmin,
    SubmissionAdmin,
    TallyAdmin,
    TallyRuleAdmin,
    WebhookAdmin,
)
from talent.querysets import HEAVY
from talent.resolve import is_wikidata
from talent.roles import ROLES, USE_DESK
from talent.triage import CorrectionAdmin, NoticeAdmin, ResponseAdmin, RestrictionAdmin


class Linked(Computed):
    """Computed rows with their history: the site's own page on it, which tells of every change, or the desk."""

    # The name of the page that tells the row's history, and the row's field in its address.
    history_page = ""
    history_field = "public_id"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is not None and self.history_page and self.has_view_permission(request, row):
            return HttpResponseRedirect(reverse(self.history_page, args=[getattr(row, self.history_field)]))
        return super().history_view(request, object_id, extra_context)


class FactAdmin(Linked):
    """Facts are computed from claims: to change one, judge its claims at the desk."""

    list_filter: ClassVar[Any] = ("status", "visibility", "reviewed")
    # Fields by whose names facts are searched, beside their identifier.
    companies: tuple[str, ...] = ("company",)
    people: tuple[str, ...] = ()
    search_fields = ("public_id",)
    ordering = ("-sort_date", "-id")
    search_help_text = _("Name of a person or company, or identifier")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By the indexes on names; the admin's own search would read every row."""
        words = search_term.strip()
        if not words:
            return queryset, False
        companies = [condition for field in self.companies for condition in companies_called(words, field)]
        people = [condition for field in self.people for condition in people_called(words, field)]
        return queryset.filter(reduce(or_, [Q(public_id=words), *companies, *people])), False

    @admin.display(description=_("claims"))
    def its_claims(self, fact: Any) -> SafeString:
        return _link(reverse("admin:talent_claim_changelist") + f"?{self._claim_field()}__id={fact.pk}", _("claims"))

    def _claim_field(self) -> str:
        return {"move": "move", "compensationreport": "report", "signal": "signal"}[str(self.opts.model_name)]


@admin.register(Move)
class MoveAdmin(FactAdmin):
    list_display = (
        "__str__",
        "kind",
        "status",
        "date",
        "reporters",
        "reviewed",
        "visibility",
        "its_claims",
    )
    list_filter = ("kind", *FactAdmin.list_filter)
    list_select_related = ("person", "origin", "destination")
    companies = ("origin", "destination")
    people = ("person",)
    history_page = "move-history"


@admin.register(CompensationReport)
class CompensationReportAdmin(FactAdmin):
    list_display = ("__str__", "kind", "component", "period", "status", "date", "reporters", "reviewed", "its_claims")
    list_filter = ("kind", "component", *FactAdmin.list_filter)
    list_select_related = ("company", "person")
    people = ("person",)
    history_page = "compensation-report-history"


@admin.register(Signal)
class SignalAdmin(FactAdmin):
    list_display = ("__str__", "value_min", "value_max", "status", "date", "reporters", "reviewed", "its_claims")
    list_filter = ("metric", *FactAdmin.list_filter)
    list_select_related = ("company",)
    history_page = "signal-history"


@admin.register(Claim)
class ClaimAdmin(Linked):
    list_display = (
        "short_quote",
        "kind",
        "person_name",
        "status",
        "review",
        "origin",
        "confidence",
        "outlet",
        "at_desk",
    )
    list_filter = ("kind", "review", "origin", "status", "evidence_state")
    list_select_related = ("article__source",)
    search_fields = ("quote",)
    search_help_text = _("Words of the quote, or identifier")
    ordering = ("-id",)
    history_page = "desk-claim"
    # Lists of claims are reached from a fact, an article or a person.
    lookups_from = ("move__id", "report__id", "signal__id", "article__id", "person__id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).defer(*HEAVY[:3])

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in self.lookups_from or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]  # None is let through

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        words = search_term.strip()
        if not words:
            return queryset, False
        quoting = holding(Claim.objects.all(), "quote", words).order_by().values("pk")
        return queryset.filter(Q(public_id=words) | Q(pk__in=quoting)), False

    @admin.display(description=_("quote"))
    def short_quote(self, claim: Claim) -> str:
        return claim.quote[:100]

    @admin.display(description=_("outlet"))
    def outlet(self, claim: Claim) -> str:
        return claim.article.source.name

    @admin.display(description=_("desk"))
    def at_desk(self, claim: Claim) -> SafeString:
        return _link(reverse("desk-claim", args=[claim.public_id]), _("at the desk"))


class EntityForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What an editor may say of a person or company: its item of Wikidata."""

    def clean_wikidata_id(self) -> str:
        given: str = self.cleaned_data["wikidata_id"].strip().upper()
        if given and not is_wikidata(given):
            raise forms.ValidationError(_("Give an identifier of Wikidata, such as Q42, or nothing."))
        return given


class EntityAdmin(Linked):
    """Computed, too; an editor says which item of Wikidata an entity is. That is a judgement, not a change of the row:
    entities of one item become one, and any rebuild remembers it."""

    form = EntityForm
    # What may be changed, and the right that it takes.
    changeable: ClassVar[dict[str, str]] = {"wikidata_id": USE_DESK}
    list_display: Any = ("name", "name_zh", "wikidata_id", "visibility", "its_page")
    list_filter: ClassVar[Any] = ("visibility",)
    search_fields = ("name",)
    search_help_text = _("Words of a name in any script, slug or identifier")
    ordering = ("slug",)
    history_field = "slug"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        words = search_term.strip()
        if not words:
            return queryset, False
        called = companies_called(words) if self.model is Company else people_called(words)
        return queryset.filter(reduce(or_, [Q(slug=words) | Q(public_id=words), *called])), False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return any(map(request.user.has_perm, self.changeable.values()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        open_ones = {name for name, right in self.changeable.items() if request.user.has_perm(right)}
        return [field.name for field in self.opts.fields if field.name != "id" and field.name not in open_ones]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only what was changed is written; the item of Wikidata follows from the judgement."""
        columns = [name for name in form.changed_data if name != "wikidata_id"]
        if columns:
            obj.save(update_fields=columns)
        if "wikidata_id" not in form.changed_data:
            return
        assert isinstance(request.user, User)
        try:
            review.identify(self.model._default_manager.get(pk=obj.pk), obj.wikidata_id, user=request.user)
        except Refused as error:
            messages.error(request, str(error))

    @admin.display(description=_("page"))
    def its_page(self, entity: Any) -> SafeString:
        return _link(entity.get_absolute_url(), _("on the site"))


@admin.register(Company)
class CompanyAdmin(EntityAdmin):
    list_display = (*EntityAdmin.list_display, "parent")
    list_select_related = ("parent",)
    history_page = "company-history"


@admin.register(Person)
class PersonAdmin(EntityAdmin):
    """Computed, too; whether search engines may show somebody is for an administrator to decide."""

    list_display = (*EntityAdmin.list_display, "indexable")
    list_filter = ("visibility", "indexable")
    history_page = "person-history"
    changeable: ClassVar[dict[str, str]] = {**EntityAdmin.changeable, "indexable": "talent.change_person"}


@admin.register(Alias)
class AliasAdmin(Computed):
    list_display = ("name", "kind", "script", "language", "person", "company")
    list_filter = ("kind",)
    list_select_related = ("person", "company")
    search_fields = ("name",)
    ordering = ("-id",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return (holding(queryset, "name", search_term) if search_term.strip() else queryset), False


@admin.register(Judgement)
class JudgementAdmin(Linked):
    list_display = ("left", "right", "subject", "verdict", "score", "user", "created_at", "undone_at")
    list_filter = (
        "subject",
        "verdict",
        ("user", admin.EmptyFieldListFilter),
        ("undone_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("user",)
    search_fields = ("=left", "=right", "=user__username")
    search_help_text = _("Identifier of either side, or an editor's name")
    ordering = ("-id",)


@admin.register(Decision)
class DecisionAdmin(Computed):
    list_display = ("verb", "user", "claim", "judgement", "short_reason", "made_at", "undone_at", "undone_by")
    list_filter = ("verb", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("user", "undone_by", "claim", "judgement")
    search_fields = ("=user__username", "=claim__public_id", "reason")
    ordering = ("-id",)

    @admin.display(description=_("reason"))
    def short_reason(self, decision: Decision) -> str:
        return decision.reason[:100]


@admin.register(Change)
class ChangeAdmin(Computed):
    list_display = ("at", "noun", "row", "operation")
    list_filter = ("noun", "operation")
    search_fields = ("=row",)
    ordering = ("-id",)


class RoleUserAdmin(UserAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Users and their roles. Nobody can give rights beyond the three roles, or touch a superuser, but a superuser."""

    list_display = ("username", "email", "roles", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    show_full_result_count = False
    _WITHHELD = ("is_superuser", "user_permissions")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        sets = super().get_fieldsets(request, obj)
        if _is_superuser(request):
            return sets
        return [
            (name, {**options, "fields": tuple(f for f in options["fields"] if f not in self._WITHHELD)})
            for name, options in sets
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not _is_superuser(request):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Judgements name their editors for good: an account is switched off, never removed."""
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "groups" and not _is_superuser(request):
            options["queryset"] = Group.objects.filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **options)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _link(address: str, words: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, words)


@admin.register(SignInAttempt)
class SignInAttemptAdmin(Computed):
    """Who tried and from where is not kept: a row goes a quarter of an hour after its first try."""

    list_display = ("__str__", "tries", "since")


# One door for all: the site's own asks for the second factor, too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
for _model, _face in {
    ApiKey: ApiKeyAdmin,
    ApiUsage: ApiUsageAdmin,
    CompanyTally: TallyAdmin,
    Correction: CorrectionAdmin,
    Delivery: DeliveryAdmin,
    Reader: ReaderAdmin,
    Letter: LetterAdmin,
    Found: FoundAdmin,
    AlertCursor: AlertCursorAdmin,
    Alert: AlertAdmin,
    Digest: DigestAdmin,
    EventCounter: EventCounterAdmin,
    FactEvent: FactEventAdmin,
    KeptAnswer: KeptAnswerAdmin,
    KindTally: TallyAdmin,
    Notice: NoticeAdmin,
    PairTally: TallyAdmin,
    PressAct: PressActAdmin,
    Pulse: PulseAdmin,
    QuoteWords: QuoteWordsAdmin,
    Response: ResponseAdmin,
    Restriction: RestrictionAdmin,
    Submission: SubmissionAdmin,
    TallyRule: TallyRuleAdmin,
    Webhook: WebhookAdmin,
}.items():
    admin.site.register(_model, _face)
admin.site.unregister(User)
admin.site.register(User, RoleUserAdmin)
