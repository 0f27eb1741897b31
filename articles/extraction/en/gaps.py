"""Moves whose verb is left out: "Byrne joins Acme from Bolt, Cole from Cato and Diaz from Echo"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articles.extraction.en.events import Event, same
from articles.extraction.en.frames.pieces import Pieces
from articles.extraction.en.shapes import AND, Human

_TOLD_FULLY = frozenset({"join", "hire", "hired", "go", "turn", "name", "become", "be", "lead", "take_up", "lose"})
_VERBAL = frozenset({"V", "OV", "AUX", "REL"})


class Gaps(Pieces):
    """Carries a move of the sentence on to those who follow it with "from" alone."""

    def events(self, told: list[Event]) -> Iterator[Event]:
        """The moves that follow the last one of ``told`` that names where its people came from."""
        yield from self._to_others(told)
        full = [e for e in told if e.rule in _TOLD_FULLY and e.origin and e.destination and e.status is None]
        if not full:
            return
        model = full[-1]
        done = {event.human.person for event in told}
        for k, node in enumerate(self.clauses.nodes):
            if node.start < model.end - 1 or node.kind != "H" or node.possessive:
                continue
            if self.clauses.low(k - 1) not in {",", ";", *AND} or self.clauses.kind(k + 1) in _VERBAL:
                continue
            for human in node.humans:
                if human.person and human.person not in done and (event := self._carried(model, human, k)) is not None:
                    yield event

    def _to_others(self, told: list[Event]) -> Iterator[Event]:
        """ "lost Byrne to Bolt and Cole to Cato", "Byrne went to Bolt, Cole to Cato": others who go elsewhere."""
        model = next(
            (e for e in reversed(told) if e.rule in {"lose", "go", "leave", "back"} and e.destination and not e.status),
            None,
        )
        done = {event.human.person for event in told}
        nodes = self.clauses.nodes
        for k in range(1, len(nodes) - 2) if model is not None else ():
            node, behind = nodes[k], nodes[k + 2]
            joined = self.clauses.low(k - 1) in {",", ";", *AND} and self.clauses.low(k + 1) in {"to", "for"}
            if model is None or not joined or node.kind != "H" or node.possessive or node.start <= model.human.end:
                continue
            place = self.place(behind) if behind.kind in {"O", "CAP"} else None
            if place is not None and place.name and node.humans[0].person and node.humans[0].person not in done:
                focus = (node.start, behind.end)
                human = node.humans[0]
                origin = model.origin if model.rule != "go" else self.origin_of(human, place)
                yield replace(
                    model, human=human, origin=origin, destination=place, end=behind.end, rule="gap", focus=focus
                )

    def _carried(self, model: Event, human: Human, k: int) -> Event | None:
        """The move of ``model`` as made by someone else from elsewhere; None where no "from" says whence."""
        tie = next((tie for tie in human.ties if tie.origin), None)
        origin = self.scene.place(tie.organisation, self.sentence, human.start) if tie is not None else None
        if origin is None or not origin.name or same(origin, model.destination):
            return None
        node = self.clauses.nodes[k]
        return replace(
            model,
            human=human,
            origin=origin,
            end=node.end,
            confidence=0.7,
            rule="gap",
            role=None,
            focus=(node.start, node.end),
        )
