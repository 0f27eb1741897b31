"""What search engines may list: pages that are public and name nobody who is kept out of them.

Low-profile people stay out of search engines until an editor decides otherwise, and so do the facts that name them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from articles.models import Article
from talent.models import Person, Visibility


def is_indexable(row: Any) -> bool:
    """Whether search engines may list the page of this fact, person, company or article."""
    if isinstance(row, Article):
        return row.replaced_at is None
    person = row if isinstance(row, Person) else getattr(row, "person", None)
    listed = person is None or (person.indexable and person.visibility == Visibility.PUBLIC)
    return listed and bool(row.visibility == Visibility.PUBLIC)


def indexable(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same of rows that readers may see."""
    model = rows.model
    if model is Article:
        return rows.filter(replaced_at=None)
    public = rows.filter(visibility=Visibility.PUBLIC)
    if model is Person:
        return public.filter(indexable=True)
    if not any(field.name == "person" for field in model._meta.fields):
        return public
    return public.filter(Q(person=None) | Q(person__indexable=True, person__visibility=Visibility.PUBLIC))
