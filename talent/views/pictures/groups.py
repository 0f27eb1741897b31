"""A group's move: who of how many is known by name."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from talent.accounts import facts_known_on
from talent.members import circle
from talent.models import Move
from talent.pictures.cohort import cohort
from talent.pictures.tables import Picture
from talent.resolve import directory_of
from talent.views.lookup import find_fact, onwards
from talent.views.pictures.answers import PictureView
from talent.views.pictures.asked import KnownForm


class GroupPicture(PictureView):
    """Three queries; as known on a day, seven."""

    form = KnownForm
    template = "pictures/group.html"

    def subject(self, **where: Any) -> Move:
        with onwards("picture/"):
            move: Move = find_fact(Move, where["public_id"])
        if move.person_id:
            raise Http404
        return move

    def picture(self, subject: Move, form: Any, **where: Any) -> Picture | None:
        ends = [end.name for end in (subject.origin, subject.destination) if end is not None]
        members = circle(subject, companies=directory_of(ends)).members
        if day := form.cleaned_data["as_of"]:
            [group] = facts_known_on(day, [subject]) or [None]
            return cohort(group, facts_known_on(day, members)) if group is not None else None
        return cohort(subject, members)
