"""The verbs of movement: what each makes of its subject, object and prepositions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from articles.extraction.en.events import Event
from articles.extraction.en.frames.arrivals import Arrivals
from articles.extraction.en.frames.departures import Departures
from articles.extraction.en.frames.foundings import Foundings
from articles.extraction.en.frames.hires import Hires
from articles.extraction.en.frames.pieces import Pieces
from articles.extraction.en.frames.roles import Roles
from articles.extraction.en.scene import Parsed, Scene
from articles.extraction.en.tokens import Verb

__all__ = ["Frames", "Pieces"]


# No sentence that tells something has more verbs of movement; a text made to waste time has.
MOST_VERBS = 16


class Frames(Arrivals, Hires, Departures, Roles, Foundings):
    """Applies the frames to the verbs of one parsed sentence."""

    def __init__(self, scene: Scene, parsed: Parsed) -> None:
        super().__init__(scene, parsed)
        self.by_frame: dict[str, Callable[[int, Verb, int], Iterator[Event]]] = {
            "join": self._join,
            "leave": self._leave,
            "go": self._go,
            "back": self._go,
            "hire": self._hire,
            "name": self._name,
            "raise": self._name,
            "fire": self._fire,
            "lose": self._lose,
            "found": self._found,
            "become": self._become,
            "refuse": self._refuse,
            "court": self._court,
            "take_up": self._take_up,
            "hold": self._hold,
        }

    def events(self) -> Iterator[Event]:
        """Every move that a verb of the sentence tells."""
        verbs = [i for i, node in enumerate(self.clauses.nodes) if node.kind == "V"]
        for i in verbs[:MOST_VERBS]:
            for verb, after in self.clauses.readings(i):
                handler = self.by_frame.get(verb.frame)
                if handler is None:
                    continue
                found = list(handler(i, verb, after))
                if found:
                    yield from found
                    break
