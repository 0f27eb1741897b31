"""Every fact computed again from claims and judgements, with the same public identifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from articles import editions, stories
from articles.models import Article
from talent.keys import refresh
from talent.models import FACTS, Claim, Company, Person
from talent.querysets import HEAVY, STANDING
from talent.resolve import directory, show_joined, stem
from talent.settle import Subjects, lock, settle

BATCH = 500


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many facts and people there are, and how many had no claim left and went."""

    facts: int
    people: int
    removed: int


def rebuild(progress: Callable[[int], None] = lambda done: None) -> Rebuilt:
    """Settles every subject again, in batches of their own transaction; safe to stop and start over.

    ``progress`` is told how many claims each batch took care of.
    """
    for pks in _batches(Article.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            lock()
            for article in Article.objects.filter(pk__in=pks).order_by("pk"):
                stories.join_story(article)
                editions.arrange(article)
    _refresh_lookups()
    for pks in _batches(Claim.objects.order_by("pk").values_list("pk", flat=True)):
        subjects = Subjects()
        for claim in Claim.objects.filter(pk__in=pks).only(
            "person_keys", "person_candidates", "group_key", "article_id"
        ):
            subjects.add(claim)
        with transaction.atomic():
            settle(subjects)
        progress(len(pks))
    return Rebuilt(
        facts=sum(model.objects.count() for model in FACTS.values()),
        people=Person.objects.count(),
        removed=_remove_unsupported(),
    )


def _refresh_lookups() -> None:
    """Companies as they are judged, and the columns by which claims are looked up, by today's lexicon."""
    with transaction.atomic():
        lock()
        for company in Company.objects.all():
            if company.stem != stem(company.name):
                company.stem = stem(company.name)
                company.save(update_fields=["stem", "updated_at"])
        show_joined(Company.objects.order_by("key").values_list("key", flat=True), directory())
    for pks in _batches(Claim.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            lock()
            refresh(Claim.objects.filter(pk__in=pks).select_related("article").defer(*HEAVY[:3]), directory())


def size() -> int:
    """How many claims a rebuild goes through."""
    return Claim.objects.count()


@transaction.atomic
def _remove_unsupported() -> int:
    """Facts, then people, that no standing claim supports."""
    lock()
    Claim.objects.exclude(review__in=STANDING).update(person=None, move=None, report=None, signal=None)
    removed = sum(model.objects.filter(claims=None).delete()[0] for model in FACTS.values())
    people, _ = Person.objects.filter(claims=None, moves=None, compensation=None).delete()
    return int(removed) + int(people)


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    """``pks`` in lists of BATCH."""
    batch: list[int] = []
    for pk in pks:
        batch.append(pk)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
