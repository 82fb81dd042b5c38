# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plots as SVG files that stand alone and can be read on light and dark pages."""

from __future__ import annotations

import dataclasses
import math
import typing as t
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 44, 48
STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 15px }
.grid { stroke: #8c959f; stroke-opacity: 0.35 }
.curve { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
</style>"""
# Colours with contrast enough on white and on black; the marks tell the curves apart without colours.
COLOURS = ("#6e7781", "#1a7fe0", "#2da44e", "#bf6a02", "#cf3f3f", "#8a5cf0", "#0f9b9b")
MARKS = "osdtvxp"

Points = t.Sequence[t.Tuple[float, float]]


@dataclasses.dataclass(frozen=True)
class Axis:
    """A logarithmic axis. start, end: on the page."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def around(cls, values: t.Iterable[float], start: float, end: float) -> Axis:
        """Return an axis that shows all values."""
        found = [value for value in values if value > 0] or [1.0]
        low, high = math.floor(math.log10(min(found)) + 1e-9), math.ceil(math.log10(max(found)) - 1e-9)
        return cls(low, max(high, low + 1), start, end)

    def at(self, value: float) -> float:
        """Return where a value is on the page."""
        share = (math.log10(max(value, 10.0**self.low)) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return the values with a line."""
        return [10.0**power for power in range(int(self.low), int(self.high) + 1)]


def plot(title: str, across: str, up: str, curves: t.Mapping[str, Points]) -> str:
    """Return a plot with logarithmic axes. across, up: what the axes show."""
    points = [point for curve in curves.values() for point in curve]
    x = Axis.around((point[0] for point in points), LEFT, WIDTH - RIGHT)
    y = Axis.around((point[1] for point in points), HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        STYLE,
        text(LEFT, 20, title, "title"),
        *_grid(x, y),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, across, anchor="middle"),
        text(8, TOP - 10, up),
    ]
    places = _apart([y.at(curve[-1][1]) for curve in curves.values()])
    for number, (name, curve) in enumerate(curves.items()):
        colour, shape = COLOURS[number % len(COLOURS)], MARKS[number % len(MARKS)]
        line = " ".join(f"{x.at(one):.1f},{y.at(other):.1f}" for one, other in curve)
        parts.append(f'<polyline class="curve" stroke="{colour}" points="{line}"/>')
        parts += [mark(shape, x.at(one), y.at(other), colour) for one, other in curve]
        parts.append(mark(shape, WIDTH - RIGHT + 16, places[number], colour))
        parts.append(text(WIDTH - RIGHT + 26, places[number] + 4, name))
    return "\n".join([*parts, "</svg>"]) + "\n"


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Return a text at a place."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def mark(shape: str, x: float, y: float, colour: str) -> str:
    """Return the mark of a curve at a point."""
    paths = {
        "s": "M-4 -4h8v8h-8z",
        "d": "M0 -6l5 6l-5 6l-5 -6z",
        "t": "M0 -5l5 9h-10z",
        "v": "M0 5l5 -9h-10z",
        "x": "M-5 -3l2 -2l3 3l3 -3l2 2l-3 3l3 3l-2 2l-3 -3l-3 3l-2 -2l3 -3z",
        "p": "M-1.5 -5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",
    }
    if shape == "o":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    return f'<path transform="translate({x:.1f} {y:.1f})" d="{paths[shape]}" fill="{colour}"/>'


def _grid(x: Axis, y: Axis) -> t.Iterator[str]:
    for value in x.ticks():
        place = x.at(value)
        yield f'<line class="grid" x1="{place:.1f}" x2="{place:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        yield text(place, HEIGHT - BOTTOM + 18, f"{value:,g}" if value < 1e6 else f"{value:,.0f}", anchor="middle")
    for value in y.ticks():
        place = y.at(value)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{place:.1f}" y2="{place:.1f}"/>'
        yield text(LEFT - 8, place + 4, f"{value:,g}", anchor="end")


def _apart(places: t.Sequence[float]) -> list[float]:
    """Return the places of labels, moved apart so that each can be read."""
    order = sorted(range(len(places)), key=lambda one: places[one])
    moved = list(places)
    for above, below in zip(order, order[1:]):
        moved[below] = max(moved[below], moved[above] + 18)
    over = max([0.0, *(place - (HEIGHT - BOTTOM) for place in moved)])
    return [place - over for place in moved]
