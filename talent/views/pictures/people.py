"""A person's moves in time."""

from __future__ import annotations

from typing import Any

from talent.models import Move, Person
from talent.pictures.tables import Picture
from talent.pictures.timeline import timeline
from talent.templatetags.names import own_name
from talent.views.lookup import onwards, person_at
from talent.views.pictures.answers import PictureView, known_by
from talent.views.pictures.asked import KnownForm

# Nobody has moved more often; a page reads no more.
MOST = 200


class PersonTimeline(PictureView):
    """Two queries; as known on a day, four."""

    form = KnownForm
    template = "pictures/timeline.html"

    def subject(self, **where: Any) -> Person:
        with onwards("timeline/"):
            found: Person = person_at(where["slug"])
        return found

    def picture(self, subject: Person, form: Any, **where: Any) -> Picture:
        moves = known_by(form.cleaned_data["as_of"], Move.objects.for_list().of_person(subject), most=MOST)
        return timeline(own_name(subject), moves)
