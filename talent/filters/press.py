"""What a reader may ask of the lists of outlets, articles and claims."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Feed, Source
from talent.filters.base import LANGUAGES, YES_NO, Filters, Rows, Slug, Words, one_of, several, sorting
from talent.filters.entities import NamedFilter
from talent.filters.names import holding, id_of, quoting, titled
from talent.models import AttributionKind, ClaimKind, ClaimOrigin, Person, Status
from talent.models.orders import by_only_name

AGE = [("newest", _("newest first")), ("oldest", _("oldest first"))]


class ArticleFilter(Filters):
    """Articles."""

    ORDERS = {"newest": ("-dated", "-id"), "oldest": ("dated", "id")}

    q = Words(_("words in the title"))
    source = Slug("of_source", label=_("Outlet"), help_text=_("slug of the outlet"))
    language = one_of(_("Language"), LANGUAGES, _("of the text"), method="written_in")
    state = several(_("State"), Article.State, _("where it is in the stream; may be repeated"))
    sort = sorting(AGE)

    def filter_queryset(self, queryset: Rows) -> Rows:
        # Where no date of publication is known the day it was retrieved stands in: a key is never null.
        return super().filter_queryset(queryset.annotate(dated=Coalesce(F("published_at"), F("retrieved_at"))))

    def search(self, queryset: Rows, name: str, words: str) -> Rows:
        return titled(queryset, words)

    def of_source(self, queryset: Rows, name: str, slug: str) -> Rows:
        return queryset.filter(source=id_of(Source.objects.all(), slug))

    def written_in(self, queryset: Rows, name: str, language: str) -> Rows:
        return queryset.filter(language__startswith=language)


class SourceFilter(NamedFilter):
    """Outlets."""

    KEY = staticmethod(by_only_name)

    q = Words(_("words in the name"))
    kind = several(_("Kind"), Source.Kind, _("how its articles come in; may be repeated"))
    language = one_of(_("Language"), LANGUAGES, _("the outlet writes in"), method="written_in")
    flagged = one_of(
        _("Flagged"), YES_NO, _("whether a feed of it went quiet or changed its shape"), method="with_flags"
    )

    def search(self, queryset: Rows, name: str, words: str) -> Rows:
        return holding(queryset, "name", words)

    def written_in(self, queryset: Rows, name: str, language: str) -> Rows:
        return queryset.filter(language__startswith=language)

    def with_flags(self, queryset: Rows, name: str, value: str) -> Rows:
        flagged = Exists(Feed.objects.flagged().filter(source=OuterRef("pk"), parent=None))
        return queryset.filter(flagged if value == "yes" else ~flagged)


class ClaimFilter(Filters):
    """Claims: the evidence behind the facts."""

    ORDERS = {"newest": ("-id",), "oldest": ("id",)}

    q = Words(_("words in the quote"))
    kind = several(_("Kind"), ClaimKind, _("what is claimed; may be repeated"))
    status = several(_("Status"), Status, _("how firmly it is said; may be repeated"))
    attribution_kind = several(_("Who says so"), AttributionKind, _("kind of source; may be repeated"))
    origin = several(_("Found by"), ClaimOrigin, _("rules, a language model or an editor; may be repeated"))
    article = Slug("in_article", label=_("Article"), help_text=_("identifier of the article"))
    person = Slug("about_person", label=_("Person"), help_text=_("slug of the person"))
    sort = sorting(AGE)

    def search(self, queryset: Rows, name: str, words: str) -> Rows:
        return quoting(queryset, words)

    def in_article(self, queryset: Rows, name: str, identifier: str) -> Rows:
        return queryset.filter(article=Article.objects.filter(public_id=identifier).order_by().values("pk")[:1])

    def about_person(self, queryset: Rows, name: str, slug: str) -> Rows:
        return queryset.filter(person=id_of(Person.objects.visible(), slug))
