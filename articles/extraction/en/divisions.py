"""Parts of an employer that its name is followed by: "Acme's Orbit division", "Acme Health"."""

from __future__ import annotations

import re

from articles.extraction.mentions import OrganisationMention

Entity = tuple[int, int, str, object]


def divided(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities of a sentence, with an employer and the name of its part as one."""
    return _behind(text, _inside(text, entities))


_DIVISION = re.compile(
    r" (?:[\w-]+ )?(?:division|unit|team|group|labs?|department|arm|organization|org|subsidiary|wing|studio)\b"
)


def _inside(text: str, entities: list[Entity]) -> list[Entity]:
    """ "Acme's Orbit division": the unknown name is a part of the employer before it."""
    found: list[Entity] = []
    for entity in entities:
        start, end, tag, ref = entity
        last = found[-1] if found else None
        unknown = tag == "CAP" or (isinstance(ref, OrganisationMention) and not ref.known)
        if (
            last
            and unknown
            and isinstance(last[3], OrganisationMention)
            and text[last[1] : start] in {"'s ", "’s ", "’ ", "' "}
            and (division := _DIVISION.match(text, end))
        ):
            team = text[start : division.end()]
            found[-1] = (last[0], division.end(), "ORG", OrganisationMention(last[0], end, last[3].name, team))
        else:
            found.append(entity)
    return found


def _behind(text: str, entities: list[Entity]) -> list[Entity]:
    """ "Acme Gaming", "Acme Health": a known employer's name with a capitalised word behind it is a part of it."""
    found: list[Entity] = []
    for entity in entities:
        start, end, tag, _ = entity
        last = found[-1] if found else None
        if (
            last
            and tag == "CAP"
            and start == last[1] + 1
            and isinstance(last[3], OrganisationMention)
            and text[start - 1] == " "
        ):
            mention = last[3]
            found[-1] = (last[0], end, "ORG", OrganisationMention(last[0], end, mention.name, text[last[0] : end]))
        else:
            found.append(entity)
    return found
