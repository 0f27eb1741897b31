"""What each kind of mark looks like: by the names of the site's colours on a page, by their values in a file."""

from __future__ import annotations

from enum import Enum

# The same names and values as in static/site.css.
LIGHT = {
    "paper": "#fcfbf8",
    "shade": "#f3f0e9",
    "ink": "#1c2026",
    "ink-soft": "#565d68",
    "rule": "#d9d4c8",
    "rule-strong": "#8d8a80",
    "link": "#1d4f8c",
    "confirmed": "#14663a",
    "reported": "#1d4f8c",
    "planned": "#6a4a9c",
    "rumoured": "#8a5300",
    "declined": "#5c5f66",
    "denied": "#9b1c1c",
}
DARK = {
    "paper": "#15181d",
    "shade": "#20252d",
    "ink": "#e7e4dc",
    "ink-soft": "#a6abb4",
    "rule": "#343a44",
    "rule-strong": "#7d8490",
    "link": "#8fbdf0",
    "confirmed": "#7fd3a0",
    "reported": "#8fbdf0",
    "planned": "#c4a8f2",
    "rumoured": "#eab869",
    "declined": "#b3b7bf",
    "denied": "#ff9b91",
}


class Scheme(Enum):
    """Where a drawing is shown: inside a page of ours, or as a file on light or dark ground."""

    PAGE = "page"
    LIGHT = "light"
    DARK = "dark"


_TEXT = {"fill": "$ink", "font-size": "14"}
_STATUS = ("confirmed", "reported", "planned", "rumoured", "declined", "denied")
# By look: presentation attributes, which no content policy forbids; "$" marks a colour's name.
LOOKS: dict[str, dict[str, str]] = {
    "ground": {"fill": "$paper"},
    "label": _TEXT,
    "figure": {**_TEXT, "font-size": "13"},
    "note": {"fill": "$ink-soft", "font-size": "12"},
    "heading": {"fill": "$ink", "font-size": "16", "font-family": "serif"},
    "loud": {"fill": "$ink", "font-size": "20", "font-family": "serif"},
    "end": {"text-anchor": "end"},
    "middle": {"text-anchor": "middle"},
    "grid": {"stroke": "$rule", "stroke-width": "1"},
    "axis": {"stroke": "$rule-strong", "stroke-width": "1"},
    "band": {"fill": "none", "stroke": "$link", "stroke-opacity": "0.32"},
    "rest": {"fill": "none", "stroke": "$ink-soft", "stroke-opacity": "0.22"},
    "node": {"fill": "$ink"},
    "rest-node": {"fill": "$ink-soft"},
    "ink": {"fill": "$ink"},
    "arrivals": {"fill": "$confirmed"},
    "departures": {"fill": "$rumoured"},
    "plain": {"fill": "$link"},
    "faint": {"fill-opacity": "0.28"},
    "pale": {"fill-opacity": "0.6"},
    "wash": {"fill": "$shade"},
    "net": {"fill": "none", "stroke": "$ink", "stroke-width": "2", "stroke-linejoin": "round"},
    # Sets the line off from bars of its own darkness.
    "halo": {"stroke": "$paper", "stroke-width": "6"},
    "dot": {"fill": "$ink", "stroke": "$paper", "stroke-width": "1.5"},
    "empty": {"fill": "$paper", "stroke": "$rule-strong", "stroke-width": "1"},
    "over": {"stroke": "$paper", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"},
    **{f"is-{status}": {"fill": f"${status}"} for status in _STATUS},
    **{f"edge-{status}": {"fill": "$paper", "stroke": f"${status}", "stroke-width": "2"} for status in _STATUS},
    "dashed": {"stroke-dasharray": "4 2"},
    # Nothing to see, but something to point at.
    "clear": {"fill-opacity": "0"},
    "thin": {"stroke-width": "1"},
    "dotted": {"stroke-dasharray": "1.5 2"},
    "bar-end": {"fill": "none", "stroke": "$ink", "stroke-width": "2"},
    **{f"heat-{level}": {"fill": "$link", "fill-opacity": f"{level * 0.09:.2f}"} for level in range(6)},
}


def attributes(looks: str, scheme: Scheme) -> dict[str, str]:
    """The presentation attributes of these looks, later ones above earlier ones."""
    merged: dict[str, str] = {}
    for look in looks.split():
        merged |= LOOKS[look]
    return {name: paint(value, scheme) for name, value in merged.items()}


def paint(value: str, scheme: Scheme) -> str:
    """A colour's name as what the scheme writes for it; any other value as it is."""
    if not value.startswith("$"):
        return value
    if scheme is Scheme.PAGE:
        return f"var(--{value[1:]})"
    return (DARK if scheme is Scheme.DARK else LIGHT)[value[1:]]
