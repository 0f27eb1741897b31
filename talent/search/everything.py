"""What there is for some words, of every kind: the first few of each list, each by one bounded statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from articles.models import Article
from talent import keyset
from talent.filters import ArticleFilter, CompanyFilter, Filters, PersonFilter
from talent.models import Claim, Company, CompensationReport, Move, Person, QuoteWords, Signal
from talent.search.names import Hit, near_names
from talent.words import Asked, asked_for

FOUND = 10
# Facts are looked for at the first of the companies found: a name that more of them bear tells little.
_COMPANIES = 3
_MEANT = 5
# So many of the newest claims with the words are looked at for quotes and facts to show.
_CLAIMS = 200
_LONGEST_NAME, _MOST_WORDS = 40, 4
_EMPTY = keyset.Page([], None, None)


@dataclass(frozen=True, slots=True)
class Found:
    """The first of each kind, and who else may be meant where no name fits the words."""

    people: keyset.Page = _EMPTY
    companies: keyset.Page = _EMPTY
    moves: keyset.Page = _EMPTY
    compensation: keyset.Page = _EMPTY
    signals: keyset.Page = _EMPTY
    quotes: keyset.Page = _EMPTY
    articles: keyset.Page = _EMPTY
    asked: Asked = field(default_factory=Asked)
    meant: Sequence[Hit] = ()

    def __bool__(self) -> bool:
        """Whether anything was found."""
        kinds = (self.people, self.companies, self.moves, self.compensation, self.signals, self.quotes, self.articles)
        return any(page.rows for page in kinds)


def everything(words: str) -> Found:
    """What there is for the words. Eight queries; where no name fits, a few more to see who may be meant."""
    people = _first(PersonFilter, Person.objects.visible(), words)
    companies = _first(CompanyFilter, Company.objects.visible(), words)
    claims = _newest_claims(words)
    about = _About([row.pk for row in people.rows], [row.pk for row in companies.rows[:_COMPANIES]], claims)
    return Found(
        people=people,
        companies=companies,
        moves=about.moves(),
        compensation=about.compensation(),
        signals=about.signals(),
        quotes=_page(Claim.objects.visible().with_fact().filter(pk__in=claims).order_by("-pk")) if claims else _EMPTY,
        articles=_first(ArticleFilter, Article.objects.for_list(), words),
        asked=asked_for(words),
        meant=near_names(words, limit=_MEANT) if not (people.rows or companies.rows) and _may_be_name(words) else (),
    )


def _newest_claims(words: str) -> list[int]:
    """The newest claims with the words, from the narrow table alone: it costs no more for words that are in no claim
    of a kind, or in a million."""
    asked = str(asked_for(words))
    matching = QuoteWords.objects.filter(words__matches=asked) if asked else QuoteWords.objects.none()
    return list(matching.order_by("-claim_id").values_list("claim_id", flat=True)[:_CLAIMS])


def _may_be_name(words: str) -> bool:
    """Whether somebody may be called so; else there is nobody to mean."""
    return len(words) <= _LONGEST_NAME and len(words.split()) <= _MOST_WORDS and not any(c in words for c in '"“”「」')


def _first(filters: type[Filters], rows: QuerySet[Any], words: str) -> keyset.Page:
    """The first rows that the list of the same noun has for these words."""
    asked = QueryDict(mutable=True)
    asked["q"] = words
    found = filters(asked, queryset=rows)
    return _page(found.rows, found.either)


def _page(rows: QuerySet[Any], either: Sequence[Q] = ()) -> keyset.Page:
    return keyset.paginate(rows, query="", limit=FOUND, either=either)


@dataclass(frozen=True, slots=True)
class _About:
    """Facts about those found, and facts that a quote with the words supports: each way a short walk of its own."""

    people: Sequence[int]
    companies: Sequence[int]
    claims: Sequence[int]

    def moves(self) -> keyset.Page:
        return self._page(Move.objects.for_list(), "move", ("origin", "destination"), of_people=True)

    def compensation(self) -> keyset.Page:
        return self._page(CompensationReport.objects.for_list(), "report", ("company",), of_people=True)

    def signals(self) -> keyset.Page:
        return self._page(Signal.objects.for_list(), "signal", ("company",), of_people=False)

    def _page(self, rows: QuerySet[Any], fact: str, ends: Iterable[str], *, of_people: bool) -> keyset.Page:
        ways = [Q(**{end: company}) for company in self.companies for end in ends]
        if of_people and self.people:
            ways.append(Q(person__in=self.people))
        if self.claims:
            standing = Claim.objects.standing().filter(pk__in=self.claims).exclude(**{fact: None})
            ways.append(Q(pk__in=standing.order_by().values(fact)))
        return _page(rows, ways) if ways else _EMPTY
