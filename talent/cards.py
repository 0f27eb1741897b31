"""The card that stands beside a shared link: what the page says, how firmly and who says so, as a picture. Pure."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from lxml import etree

from talent.models import Company, Person
from talent.pictures.ink import LIGHT
from talent.pictures.letters import cut, lines, width_of
from talent.pictures.raster import SANS, SERIF
from talent.templatetags.dates import day
from talent.templatetags.names import other_name, own_name
from talent.templatetags.wording import reporters, sentence

WIDTH, HEIGHT = 1200, 630
_MARGIN, _ROOM = 80, 330
# Long sentences are set smaller; what is too long even so ends in an ellipsis.
_SIZES = (68, 58, 50, 44, 38)
_LEADING = 1.3
# A serif face is wider than what widths are told for.
_WIDER = 1.06
# No line of Chinese begins with one of these.
_CLOSING = "，。、；：？！）」』”"
# As on the pages, each status has an outline of its own.
_OUTLINES = {"planned": "10 6", "rumoured": "3 6", "denied": "18 6", "declined": "18 6"}


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on it, in one language; ``badge`` is a status in words."""

    words: str
    foot: str = ""
    status: str = ""
    badge: str = ""

    @property
    def version(self) -> str:
        """Names this very content: a card with other words has another address."""
        return blake2b("\0".join(astuple(self)).encode(), digest_size=6).hexdigest()


def of_site() -> Card:
    """The card of pages that are about nothing in particular."""
    return Card(
        _("Who moved between AI companies, on what terms, and who says so"), _("every statement with its quote")
    )


def of_row(row: Any) -> Card:
    """The card of a fact's, person's or company's page."""
    if isinstance(row, Person | Company):
        return Card(own_name(row), other_name(row))
    told = f"{reporters(row)} · {_('first reported %(day)s') % {'day': day(row.first_seen)}}"
    return Card(strip_tags(sentence(row)), told, row.status, row.get_status_display())


def draw(card: Card) -> str:
    """The card as SVG of 1200 by 630 units."""
    size, words = _fitted(card.words)
    box = {"width": str(WIDTH), "height": str(HEIGHT)}
    root = etree.Element("svg", {**box, "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}"})
    etree.SubElement(root, "rect", {**box, "fill": LIGHT["paper"]})
    etree.SubElement(root, "rect", {"width": str(WIDTH), "height": "16", "fill": LIGHT["link"]})
    _text(root, settings.SITE_NAME, _MARGIN, 100, size=36, face=SERIF, ink="ink")
    if card.badge:
        _badge(root, card)
    for number, line in enumerate(words):
        _text(root, line, _MARGIN, 190 + size + number * size * _LEADING, size=size, face=SERIF, ink="ink")
    etree.SubElement(root, "rect", {**_place(_MARGIN, 545), "width": "1040", "height": "2", "fill": LIGHT["rule"]})
    _text(root, cut(card.foot, 28, WIDTH - 2 * _MARGIN), _MARGIN, 590, size=28, face=SANS, ink="ink-soft")
    return str(etree.tostring(root, encoding="unicode"))


def _fitted(words: str) -> tuple[int, list[str]]:
    """The largest size at which the words have room, and their lines."""
    room = WIDTH - 2 * _MARGIN
    for size in _SIZES:
        made = _closed(lines(words, size * _WIDER, room))
        most = int(_ROOM // (size * _LEADING))
        if len(made) <= most:
            return size, made
    return size, [*made[: most - 1], cut(" ".join(made[most - 1 :]), size * _WIDER, room)]


def _closed(made: list[str]) -> list[str]:
    """The lines, each closing mark in the line of what it closes."""
    closed: list[str] = []
    for line in made:
        rest = line.lstrip(_CLOSING)
        if closed and rest != line:
            closed[-1] += line[: len(line) - len(rest)]
        closed.append(rest)
    return [line for line in closed if line]


def _badge(root: Any, card: Card) -> None:
    width = width_of(card.badge, 28) + 48
    outline = {"stroke": LIGHT[card.status], "stroke-width": "3", "fill": "none", "rx": "24"}
    if dashes := _OUTLINES.get(card.status):
        outline["stroke-dasharray"] = dashes
    left = WIDTH - _MARGIN - width
    etree.SubElement(root, "rect", {**_place(left, 64), "width": f"{width:.0f}", "height": "48", **outline})
    _text(root, card.badge, left + 24, 98, size=28, face=SANS, ink=card.status)


def _text(root: Any, words: str, left: float, base: float, *, size: int, face: str, ink: str) -> None:
    style = {"font-family": face, "font-size": str(size), "fill": LIGHT[ink]}
    etree.SubElement(root, "text", {**_place(left, base), **style}).text = words


def _place(x: float, y: float) -> dict[str, str]:
    return {"x": f"{x:.0f}", "y": f"{y:.0f}"}
