"""What all charts share: colours, sizes, type, and how words fit into a picture.

Colours are the Government Analysis Function's; at most four in a chart, never red against green,
and no meaning rests on colour alone.
"""

from __future__ import annotations

import json
import textwrap
from typing import Any

Spec = dict[str, Any]
"""A Vega-Lite chart (version 6) as a plain dict. `description` is its alternative text."""

BLUE, TEAL, PLUM, ORANGE, GREY, LILAC = (
    "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1",
)  # fmt: skip
PALE = "#6F777B"
"""For what is not to be looked at first; 4.6:1 on white."""
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Arial, Helvetica, sans-serif"
WIDTHS = {False: 720, True: 340}
"""Pixels of the whole picture: wide, and narrow for a telephone."""
LETTERS = {False: (74, 96), True: (36, 46)}
"""Characters that fit on a line of the title and of the text under it."""


def chart(
    title: str, under: str, description: str, narrow: bool, height: Any, layer: list[Spec]
) -> Spec:
    """Layers as one picture. `title` says the finding, `under` how to read it; `height` is that of
    the plot alone, in pixels or as a step."""
    wide, small = LETTERS[narrow]
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": WIDTHS[narrow],
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": "white",
        "padding": 6,
        "title": {
            "text": textwrap.wrap(title, wide) or [""],
            "subtitle": textwrap.wrap(under, small) or [""],
        },
        "layer": layer,
        "config": config(narrow),
    }


def config(narrow: bool) -> Spec:
    """Type and lines. `aria` is off: the picture is one image with one alternative text."""
    size = 14 if narrow else 15
    return {
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "fontSize": size + 3,
            "subtitleFontSize": size,
            "subtitleColor": GREY,
            "subtitlePadding": 6,
            "lineHeight": size + 7,
            "subtitleLineHeight": size + 4,
            "offset": 14,
        },
        "axis": {
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "labelColor": "#0b0c0c",
            "titleColor": "#0b0c0c",
            "gridColor": "#e3e5e6",
            "domainColor": "#7f8486",
            "tickColor": "#7f8486",
            "labelOverlap": True,
        },
        "text": {"fontSize": size, "color": "#0b0c0c"},
    }


def values_axis(unit: str, narrow: bool, vertical: bool = False) -> Spec:
    """The axis of a measure's values: its unit in words, few ticks."""
    title = unit_words(unit)
    if narrow:
        return {"title": textwrap.wrap(title, 34) or None, "tickCount": 4, "format": ",~r"}
    wrapped = textwrap.wrap(title, 34) if vertical else title
    return {"title": wrapped or None, "tickCount": 6, "format": ",~r"}


def unit_words(unit: str) -> str:
    """A unit as a title: “%” alone is read as “Per cent”."""
    if unit.startswith("%"):
        return f"Per cent{unit[1:]}"
    if unit.startswith("£"):
        return f"Pounds{unit[1:]}"
    return unit[:1].upper() + unit[1:]


def quoted(text: str) -> str:
    """A text as a literal of Vega's expression language."""
    return json.dumps(text, ensure_ascii=False)


def line_at(value: float, dash: list[int], channel: str = "x", colour: str = GREY) -> Spec:
    """A line across the whole plot."""
    return {
        "data": {"values": [{channel: value}]},
        "mark": {"type": "rule", "strokeDash": dash, "color": colour, "strokeWidth": 1.5},
        "encoding": {channel: {"field": channel, "type": "quantitative"}},
    }
