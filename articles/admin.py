"""The press in the admin: what came in, what failed and why, a retry, and a form that ingests as the command does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import ingest, tasks
from articles.exceptions import IntakeError
from articles.listing import Computed, LanguageFilter, Listing
from articles.models import Article, Evaluation, ModelAnswer, ModelRun, Snapshot, Source

MAX_ADDRESSES = 200


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A file field that takes several files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class IngestForm(forms.Form):
    """Addresses, files and pasted text: any of them, several at once."""

    addresses = forms.CharField(
        label=_("Web addresses"), required=False, widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text=_("One a line."),
    )  # fmt: skip
    documents = ManyFilesField(label=_("Files"), required=False, help_text=_("HTML pages or text files."))
    text = forms.CharField(
        label=_("Pasted text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12, "cols": 80}),
        help_text=_("Its first lines may give Title, Author, Source, Date and URL, each followed by a colon."),
    )  # fmt: skip

    def clean_addresses(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        if len(lines) > MAX_ADDRESSES:
            raise forms.ValidationError(_("At most %(most)d addresses at a time."), params={"most": MAX_ADDRESSES})
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("addresses", "documents", "text")):
            raise forms.ValidationError(_("Give an address, a file or a text."))
        return cleaned

    def submit(self) -> tuple[list[Snapshot], list[str]]:
        """Submits everything; the snapshots, and a line for each refusal."""
        snapshots, refused = [], []
        for name, submit in self._submissions():
            try:
                submission = submit()
            except (IntakeError, OSError) as error:
                refused.append(f"{name}: {error}")
                continue
            snapshots.append(submission.snapshot)
            if submission.waits:
                tasks.hand_on_snapshot(submission.snapshot)
        return snapshots, refused

    def _submissions(self) -> Iterator[tuple[str, Callable[[], ingest.Submission]]]:
        """What to submit, by the name that the operator knows it by."""
        now = timezone.now()
        for address in self.cleaned_data["addresses"]:
            yield address, partial(ingest.submit_address, address, now=now)
        for file in self.cleaned_data["documents"]:
            yield file.name or "", partial(_submit_file, file)
        if text := self.cleaned_data["text"].strip("\r\n"):
            body = text.replace("\r\n", "\n").encode()
            yield (
                str(_("Pasted text")),
                partial(ingest.submit_bytes, body, "pasted text", now=now, content_type="text/plain"),
            )


def _submit_file(file: UploadedFile[Any]) -> ingest.Submission:
    if (file.size or 0) > settings.MAX_DOCUMENT_BYTES:
        raise ingest.too_large()
    # The browser's label is a guess from the file's name; the bytes decide.
    label = file.content_type if file.content_type in ("text/html", "text/plain", "application/xhtml+xml") else ""
    return ingest.submit_bytes(file.read(), file.name or "upload", now=timezone.now(), content_type=label or "")


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
            snapshots, refused = form.submit()
            for line in refused:
                self.message_user(request, line, messages.ERROR)
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
