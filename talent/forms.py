"""The form by which anybody asks for a correction or answers to what is said of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talent.models import CorrectionCategory

LONGEST = 5_000
SHORTEST = 10


class CorrectionForm(forms.Form):
    """Checked on the page without any script. ``website`` is a trap: people do not see it, programs fill it in."""

    category = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", "—"), *CorrectionCategory.choices], required=True
    )
    text = forms.CharField(
        label=_("What is wrong, or what do you answer?"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "aria-describedby": "hint-text"}),
    )
    evidence = forms.URLField(
        label=_("Address of a page that shows it"), required=False, max_length=2000, assume_scheme="https"
    )
    name = forms.CharField(label=_("Your name"), required=False, max_length=200)
    capacity = forms.CharField(label=_("In what capacity you write"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["id"] = f"correction-{name}"
            if self.is_bound and name in self.errors:
                field.widget.attrs |= {"aria-invalid": "true", "aria-errormessage": f"error-{name}"}
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\0", "")

    def clean(self) -> dict[str, Any]:
        """A response is published under a name: it needs one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("category") == CorrectionCategory.RESPONSE and not cleaned.get("name"):
            self.add_error("name", _("A response is published with the name of whoever gives it."))
        return cleaned

    @property
    def trapped(self) -> bool:
        """Whether a program filled in what no person sees."""
        return bool(self.data.get("website"))

    @property
    def content(self) -> dict[str, Any]:
        """What is kept of a valid form."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "website"}
