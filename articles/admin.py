"""The press in the admin: what came in, what failed and why, a retry, and a form that ingests as the command does."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import tasks
from articles.forms import IngestForm
from articles.listing import Computed, LanguageFilter, Listing
from articles.models import Article, Entry, Evaluation, Feed, Host, Job, ModelAnswer, ModelRun, Shard, Snapshot, Source


class ReadOnly(Computed):
    """Rows that the stages write: looked at and sent back, not edited."""

    actions_selection_counter = True

    def may_retry(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"articles.change_{self.opts.model_name}")

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if not self.may_retry(request):
            actions.pop("retry", None)
        return actions

    @admin.action(description=_("Try the selected ones again"))
    def retry(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        pks = list(queryset.exclude(error="").values_list("pk", flat=True))
        number = self.model._default_manager.filter(pk__in=pks).retry()
        for row in self.model._default_manager.filter(pk__in=pks):
            self.hand_on(row)
        self.message_user(
            request, ngettext("%d is tried again.", "%d are tried again.", number) % number, messages.SUCCESS
        )

    def hand_on(self, row: Any) -> None:
        raise NotImplementedError


@admin.register(Source)
class SourceAdmin(Listing):
    list_display = ("name", "kind", "host", "language", "created_at")
    list_filter = ("kind",)
    search_fields = ("name", "host", "slug")
    readonly_fields = ("slug", "kind", "host", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An outlet comes with its first article."""
        return False


@admin.register(Article)
class ArticleAdmin(ReadOnly):
    list_display = ("title", "source", "language", "published_on", "state", "short_error", "attempts", "created_at")
    list_filter = ("state", LanguageFilter, "source__kind")
    list_select_related = ("source",)
    search_fields = ("title", "address", "=public_id")
    search_help_text = _("Title, address or identifier")
    actions = ("retry",)
    exclude = ("signature", "bands")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """The list shows no text, and does not read it."""
        rows = super().get_queryset(request).defer("signature", "bands")
        return rows.defer("text") if _is_list(request) else rows

    @admin.display(description=_("error"))
    def short_error(self, article: Article) -> str:
        return article.error[:120]

    def hand_on(self, row: Article) -> None:
        tasks.hand_on(tasks.PROCESS, row.pk)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly):
    list_display = ("address", "state", "short_error", "attempts", "linked_article", "retrieved_at", "size", "sample")
    list_filter = ("state", "sample")
    list_select_related = ("article",)
    search_fields = ("address", "=sha256")
    search_help_text = _("Address or SHA-256")
    actions = ("retry",)

    @admin.display(description=_("error"))
    def short_error(self, snapshot: Snapshot) -> str:
        return snapshot.error[:120]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return super().get_queryset(request).defer("article__text", "article__signature", "article__bands")

    @admin.display(description=_("article"), ordering="article")
    def linked_article(self, snapshot: Snapshot) -> str:
        return snapshot.article.title if snapshot.article else ""

    def hand_on(self, row: Snapshot) -> None:
        tasks.hand_on_snapshot(row)

    def get_urls(self) -> list[URLPattern]:
        ingest_page = path("ingest/", self.admin_site.admin_view(self.ingest_view), name="articles_snapshot_ingest")
        return [ingest_page, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_ingest": _may_ingest(request), **(extra_context or {})})

    def ingest_view(self, request: HttpRequest) -> HttpResponse:
        """The form; after it, the list of what was submitted, with each one's state."""
        if not _may_ingest(request):
            raise PermissionDenied
        form = IngestForm(request.POST, request.FILES) if request.method == "POST" else IngestForm()
        if form.is_valid():
            results = list(form.submit())
            snapshots = [result.submission.snapshot for result in results if result.submission]
            for result in results:
                if result.refusal:
                    self.message_user(request, f"{result.name}: {result.refusal}", messages.ERROR)
                elif result.submission and result.submission.waits:
                    tasks.hand_on_snapshot(result.submission.snapshot)
            if snapshots:
                return self._show(request, snapshots)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Ingest articles"),
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/articles/snapshot/ingest.html", context)

    def _show(self, request: HttpRequest, snapshots: list[Snapshot]) -> HttpResponse:
        number = len(snapshots)
        message = ngettext("%d document was submitted; reload to see how it fares.",
                           "%d documents were submitted; reload to see how they fare.", number)  # fmt: skip
        self.message_user(request, message % number, messages.SUCCESS)
        listed = ",".join(str(snapshot.pk) for snapshot in snapshots)
        return HttpResponseRedirect(f"{reverse('admin:articles_snapshot_changelist')}?pk__in={listed}")


@admin.register(Feed)
class FeedAdmin(Listing):
    """What is polled; the press room has the buttons. Here an operator says to which outlet a feed belongs."""

    list_display = ("address", "kind", "state", "source", "last_success_at", "next_poll_at", "failures", "quiet")
    list_filter = ("state", "kind", "quiet", "changed_shape")
    list_select_related = ("source",)
    search_fields = ("address", "title")
    raw_id_fields = ("source",)
    fields_to_change = ("source", "since")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Feed._meta.fields if field.name not in self.fields_to_change]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An address is checked and its host noted when it is added in the press room or by the command."""
        return False


@admin.register(Entry)
class EntryAdmin(Computed):
    list_display = ("address", "feed", "state", "published_at", "times_taken", "taken_at")
    list_filter = ("state",)
    list_select_related = ("feed",)
    search_fields = ("=address", "=key")
    search_help_text = _("Whole address or key")


@admin.register(Host)
class HostAdmin(Computed):
    list_display = ("name", "next_at", "robots_state", "robots_asked_at", "delay")
    list_filter = ("robots_state",)
    search_fields = ("name",)


@admin.register(Job)
class JobAdmin(Computed):
    """Long pieces of work; they are started and stopped in the press room."""

    list_display = ("name", "kind", "state", "done", "total", "unit", "created_by", "started_at", "finished_at")
    list_filter = ("kind", "state")
    list_select_related = ("created_by",)
    search_fields = ("name",)


@admin.register(Shard)
class ShardAdmin(Computed):
    list_display = ("job", "number", "state", "position", "end", "attempts", "short_error", "updated_at")
    list_filter = ("state",)
    list_select_related = ("job",)
    search_fields = ("=job__name",)
    search_help_text = _("Whole name of the job")
    ordering = ("-job_id", "number")

    @admin.display(description=_("error"))
    def short_error(self, shard: Shard) -> str:
        return shard.error[:120]


@admin.register(Evaluation)
class EvaluationAdmin(Computed):
    list_display = ("run_at", "engine_version", "gold", "articles")
    search_fields = ("engine_version", "gold")


@admin.register(ModelRun)
class ModelRunAdmin(Computed):
    list_display = ("article", "engine_version", "calls", "cached", "cost_usd", "ungrounded", "malformed", "created_at")
    list_select_related = ("article",)
    search_fields = ("=article__public_id", "engine_version")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelRun]:
        return super().get_queryset(request).defer("article__text", "article__signature", "article__bands")


@admin.register(ModelAnswer)
class ModelAnswerAdmin(Computed):
    list_display = ("model", "key", "prompt_tokens", "completion_tokens", "created_at")
    search_fields = ("=key", "=model")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModelAnswer]:
        return super().get_queryset(request).defer("answer") if _is_list(request) else super().get_queryset(request)


def _may_ingest(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.add_snapshot")


def _is_list(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and (match.url_name or "").endswith("_changelist"))
