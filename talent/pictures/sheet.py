"""The paper that pictures are drawn on: marks with a look, links with words, and the whole as SVG.

lxml writes it, so a name can hold anything and stays text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from talent.pictures.ink import Scheme, attributes, paint
from talent.pictures.letters import lines
from talent.pictures.raster import SANS, SERIF

# A picture on a page of that width, and on a phone.
WIDE, NARROW = 860, 340
# In files: the fonts that most machines have under one of these names.
_SANS = f"system-ui, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', '{SANS}', 'Noto Sans CJK SC', sans-serif"
_SERIF = f"Charter, Georgia, 'Songti SC', SimSun, '{SERIF}', 'Noto Serif CJK SC', serif"
_MARGIN = 24.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture. ``svg`` writes it for a place; the marks in it stay the same everywhere."""

    name: str
    title: str
    summary: str
    width: float
    height: float
    marks: Any

    def inline(self) -> str:
        """For a page of ours, in the page's own colours and faces."""
        root = self._root(0, 0)
        root.set("role", "group")
        root.set("aria-labelledby", f"{self.name}-title {self.name}-summary")
        root.set("class", "drawing")
        self._say(root, f"{self.name}-title", f"{self.name}-summary")
        root.append(deepcopy(self.marks))
        return _written(root, Scheme.PAGE)

    def file(self, *, scheme: Scheme = Scheme.LIGHT, site: str = "", credit: str = "") -> str:
        """Complete in itself: ground, heading and source drawn, fonts named; links lead to ``site`` or are left out."""
        heading = lines(self.title, 20, self.width)
        source = [line for each in (self.summary, credit) for line in lines(each, 12, self.width)]
        above = _MARGIN + 28 * len(heading) + 6
        height = above + self.height + 18 + 17 * len(source) + _MARGIN / 2
        root = self._root(2 * _MARGIN, height - self.height)
        root.set("xmlns", "http://www.w3.org/2000/svg")
        root.set("role", "img")
        root.set("font-family", _SANS)
        self._say(root, "title", "summary")
        _child(root, "rect", width="100%", height="100%", **{"class": "ground"})
        for number, line in enumerate(heading):
            _word(root, _MARGIN, _MARGIN + 18 + 28 * number, line, "loud")
        moved = _child(root, "g", transform=f"translate({_number(_MARGIN)},{_number(above)})")
        moved.append(deepcopy(self.marks))
        for number, line in enumerate(source):
            _word(root, _MARGIN, above + self.height + 26 + 17 * number, line, "note")
        _lead(root, site)
        return _written(root, scheme)

    def _say(self, root: Any, title: str, summary: str) -> None:
        _child(root, "title", id=title).text = printable(self.title)
        _child(root, "desc", id=summary).text = printable(self.summary)

    def _root(self, beside: float, above: float) -> Any:
        width, height = _number(self.width + beside), _number(self.height + above)
        return etree.Element("svg", viewBox=f"0 0 {width} {height}", width=width, height=height)


class Sheet:
    """A picture in the making; everything is placed in units of the width that was given."""

    def __init__(self, name: str, width: float) -> None:
        self.width, self.narrow = width, width < 500
        # A page holds both widths, and each name once.
        self.name = f"{name}-narrow" if self.narrow else name
        self._root = self._here = etree.Element("g")
        self._patterns: dict[str, str] = {}

    def rect(self, x: float, y: float, width: float, height: float, look: str, **more: Any) -> None:
        self._add("rect", look, x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), **more)

    def line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        self._add("line", look, x1=x1, y1=y1, x2=x2, y2=y2)

    def path(self, d: str, look: str, **more: Any) -> None:
        self._add("path", look, d=d, **more)

    def circle(self, x: float, y: float, radius: float, look: str) -> None:
        self._add("circle", look, cx=x, cy=y, r=radius)

    def text(self, x: float, y: float, words: str, look: str, *, turn: float = 0) -> None:
        word = _word(self._here, x, y, words, look)
        if turn:
            word.set("transform", f"rotate({_number(turn)} {_number(x)} {_number(y)})")

    @contextmanager
    def link(self, address: str, said: str, **data: Any) -> Iterator[None]:
        """What is drawn inside leads to ``address`` and is called ``said``; without an address it is only called so."""
        outer = self._here
        named = {"aria-label": said}
        self._here = _child(outer, "a", href=address, **named) if address else _child(outer, "g", role="img", **named)
        for name, value in data.items():
            self._here.set(f"data-{name}", str(value))
        _child(self._here, "title").text = printable(said)
        yield
        self._here = outer

    @contextmanager
    def unsaid(self) -> Iterator[None]:
        """Axes and the like: the table says it better to those who listen."""
        outer = self._here
        self._here = _child(outer, "g", **{"aria-hidden": "true"})
        yield
        self._here = outer

    def hatched(self, colour: str) -> str:
        """The fill of what is only about so."""
        return self._pattern(f"hatch-{colour}", _hatch, colour)

    def fading(self, colour: str, *, leftwards: bool = False) -> str:
        """The fill of what has no known end on that side."""
        return self._pattern(f"fade-{'left' if leftwards else 'right'}-{colour}", _fade, colour, leftwards)

    def _pattern(self, called: str, make: Any, *arguments: Any) -> str:
        if called not in self._patterns:
            self._patterns[called] = f"{self.name}-{called}"
            self._root.insert(0, make(self._patterns[called], *arguments))
        return f"url(#{self._patterns[called]})"

    def done(self, title: str, summary: str, height: float) -> Drawing:
        """The picture as it stands."""
        return Drawing(self.name, title, summary, self.width, height, self._root)

    def _add(self, tag: str, look: str, **more: Any) -> None:
        attributes_ = {name.replace("_", "-"): _number(value) for name, value in more.items() if value != ""}
        _child(self._here, tag, **{"class": look, **attributes_})


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """A band's spine: level at both ends."""
    middle = _number((x1 + x2) / 2)
    return f"M{_number(x1)},{_number(y1)}C{middle},{_number(y1)} {middle},{_number(y2)} {_number(x2)},{_number(y2)}"


def steps(points: list[tuple[float, float]]) -> str:
    """A line from point to point."""
    first = f"M{_number(points[0][0])},{_number(points[0][1])}"
    return first + "".join(f"L{_number(x)},{_number(y)}" for _, (x, y) in pairwise(points))


def _child(parent: Any, tag: str, **attributes_: str) -> Any:
    return etree.SubElement(parent, tag, {name: printable(value) for name, value in attributes_.items()})


def _word(parent: Any, x: float, y: float, words: str, look: str) -> Any:
    word = _child(parent, "text", x=_number(x), y=_number(y), **{"class": look})
    word.text = printable(words)
    if any("\u3400" <= character <= "\u9fff" for character in words):
        word.set("lang", "zh-Hans")
    return word


def printable(words: str) -> str:
    """Without what XML cannot hold."""
    if words.isprintable():
        return words
    return "".join(c for c in words if c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")


def _number(value: Any) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.1f}".removesuffix(".0")


def _hatch(identifier: str, colour: str) -> Any:
    pattern = etree.Element("pattern", id=identifier, width="6", height="6", patternUnits="userSpaceOnUse")
    pattern.set("patternTransform", "rotate(45)")
    _child(pattern, "rect", width="6", height="6", fill=f"${colour}", **{"fill-opacity": "0.18"})
    _child(pattern, "rect", width="2.5", height="6", fill=f"${colour}", **{"fill-opacity": "0.75"})
    return pattern


def _fade(identifier: str, colour: str, leftwards: bool) -> Any:
    gradient = etree.Element("linearGradient", id=identifier)
    for offset, opacity in (("0", "0.05"), ("1", "0.75")) if leftwards else (("0", "0.75"), ("1", "0.05")):
        _child(gradient, "stop", offset=offset, **{"stop-color": f"${colour}", "stop-opacity": opacity})
    return gradient


def _lead(root: Any, site: str) -> None:
    """Makes links of a file absolute, or takes them off where it does not know its site."""
    for link in root.iter("a"):
        if site:
            link.set("href", f"{site}{link.get('href')}")
        else:
            link.tag = "g"
            link.attrib.pop("href")


def _written(root: Any, scheme: Scheme) -> str:
    """The tree as text, every look spelled out."""
    for element in root.iter("*"):
        look = element.get("class")
        if look and look != "drawing":
            del element.attrib["class"]
            for name, value in attributes(look, scheme).items():
                if name not in element.attrib:
                    element.set(name, value)
        for name in ("fill", "stop-color"):
            if name in element.attrib:
                element.set(name, paint(element.get(name), scheme))
        if element.get("font-family") == "serif":
            element.set("font-family", "var(--book)" if scheme is Scheme.PAGE else _SERIF)
    return str(etree.tostring(root, encoding="unicode"))
