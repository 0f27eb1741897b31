"""What an editor may ask of the desk's queue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.models import Source
from talent.filters.base import LANGUAGES, Filters, Rows, Slug, one_of, several, sorting
from talent.models import ClaimKind, Review

# Where a claim's confidence lies: from, and below.
CONFIDENCE = {"low": (0.0, 0.4), "middle": (0.4, 0.7), "high": (0.7, 1.01)}


class QueueFilter(Filters):
    """Claims that wait for an editor, the most useful first; others by their state of review."""

    ORDERS = {"useful": ("-usefulness", "-id"), "newest": ("-id",), "oldest": ("id",)}

    kind = several(_("Kind"), ClaimKind, _("what is claimed; may be repeated"))
    language = one_of(_("Language"), LANGUAGES, _("of the article"), method="written_in")
    source = Slug("of_source", label=_("Outlet"), help_text=_("slug of the outlet"))
    confidence = one_of(
        _("Confidence"),
        [("low", _("below 0.4")), ("middle", _("0.4 to 0.7")), ("high", _("0.7 and above"))],
        _("of the machine"),
        method="as_sure",
    )
    review = one_of(_("Review"), Review, _("what an editor made of it; not reviewed by default"), method="reviewed")
    sort = sorting([("useful", _("most useful first")), ("newest", _("newest first")), ("oldest", _("oldest first"))])

    def filter_queryset(self, queryset: Rows) -> Rows:
        if not self.form.cleaned_data.get("review"):
            queryset = queryset.filter(review=Review.UNREVIEWED)
        return super().filter_queryset(queryset)

    def written_in(self, queryset: Rows, name: str, language: str) -> Rows:
        return queryset.filter(article__language__startswith=language)

    def of_source(self, queryset: Rows, name: str, slug: str) -> Rows:
        # Looked up first: the planner then knows whether it is an outlet of many articles or of few.
        pk = Source.objects.filter(slug=slug).values_list("pk", flat=True).first()
        return queryset.filter(article__source=pk) if pk else queryset.none()

    def as_sure(self, queryset: Rows, name: str, word: str) -> Rows:
        low, high = CONFIDENCE[word]
        return queryset.filter(confidence__gte=low, confidence__lt=high)

    def reviewed(self, queryset: Rows, name: str, state: str) -> Rows:
        return queryset.filter(review=state)
