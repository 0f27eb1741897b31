"""The form by which people submit articles: addresses, files and pasted text, several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import ingest
from articles.exceptions import IntakeError
from articles.ingest import Submission

MAX_ADDRESSES = 200
MAX_FILES = 100


@dataclass(frozen=True, slots=True)
class Result:
    """One thing of the form, by the name that its sender knows it by: submitted, or refused for that reason."""

    name: str
    submission: Submission | None = None
    refusal: str = ""


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A file field that takes several files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MAX_FILES:
            raise forms.ValidationError(_("At most %(most)d files at a time."), params={"most": MAX_FILES})
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class IngestForm(forms.Form):
    """Any of the three, or all of them."""

    documents = ManyFilesField(
        label=_("Files"), required=False, allow_empty_file=True,
        help_text=_("HTML pages, texts, PDF, EPUB, saved pages (.mht), letters (.eml) and boxes of letters (.mbox)."),
    )  # fmt: skip
    addresses = forms.CharField(
        label=_("Web addresses"), required=False, widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text=_("One a line."),
    )  # fmt: skip
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

    def submit(self) -> Iterator[Result]:
        """Submits everything, one after the other; a refusal keeps nothing else from being submitted."""
        for name, submit in self._submissions():
            try:
                for submission in submit():
                    yield Result(name, submission)
                    yield from (Result(name, refusal=reason) for reason in submission.left_out)
            except (IntakeError, OSError) as error:
                yield Result(name, refusal=str(error))

    def _submissions(self) -> Iterator[tuple[str, Callable[[], Iterable[Submission]]]]:
        now = timezone.now()
        for address in self.cleaned_data["addresses"]:
            yield address, partial(_submit_address, address)
        for file in self.cleaned_data["documents"]:
            yield file.name or "", partial(_submit_file, file)
        if text := self.cleaned_data["text"].strip("\r\n"):
            body = text.replace("\r\n", "\n").encode()
            yield (
                str(_("Pasted text")),
                lambda: [ingest.submit_bytes(body, "pasted text", now=now, content_type="text/plain")],
            )


def _submit_address(address: str) -> Iterator[Submission]:
    yield ingest.submit_address(address, now=timezone.now())


def _submit_file(file: UploadedFile[Any]) -> Iterator[Submission]:
    # The browser's label is a guess from the file's name; the bytes decide.
    label = file.content_type if file.content_type in ("text/html", "text/plain", "application/xhtml+xml") else ""
    source: Any = file.file
    return ingest.submit_file(source, file.name or "upload", now=timezone.now(), content_type=label or "")
