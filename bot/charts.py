"""Ratings -> a picture for a phone. Pure but for the drawing library, which is loaded only when something is drawn."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.report import Rating

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PANELS, MOST_SHOWN = 4, 60
RING = 2.2
"""So much larger is the ring of before than the dot of after: where both are the same, both are seen."""
WIDTH, PANEL, DOTS = 7.2, 3.0, 150
"""Inches, inches for each complaint, dots an inch: 1080 dots wide, what a phone shows."""


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What stands in the picture. `titles` by complaint; `scale` says what 0 and 10 mean; `day` writes a date."""

    titles: Mapping[str, str]
    before: str
    after: str
    scale: str
    day: Callable[[dt.date], str]


@dataclass(frozen=True, slots=True)
class Colours:
    """Of one look; told apart also without colours: before is hollow, after is full."""

    ground: str
    ink: str
    faint: str
    before: str
    after: str


LIGHT = Colours("#ffffff", "#1b1b1f", "#c9c9d1", "#8a5a00", "#00629b")
DARK = Colours("#16181d", "#f1f1f4", "#484c57", "#ffb951", "#7cc4ff")


def chart(courses: Mapping[str, Sequence[Rating]], words: ChartWords, *, dark: bool = False) -> bytes:
    """A PNG: for each complaint (the first few), before and after over time, 0 to 10."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - half a second to import
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    colours = DARK if dark else LIGHT
    shown = list(courses.items())[:MOST_PANELS]
    figure = Figure(
        figsize=(WIDTH, 0.6 + PANEL * len(shown)),
        dpi=DOTS,
        facecolor=colours.ground,
        layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12),
    )
    for place, (condition, ratings) in enumerate(shown):
        axes = figure.add_subplot(len(shown), 1, place + 1)
        _panel(axes, list(ratings)[-MOST_SHOWN:], words, colours)
        axes.set_title(words.titles[condition], loc="left", color=colours.ink, fontsize=17, fontweight="bold")
    _legend(figure, words, colours)
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_png(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _panel(axes: Axes, ratings: Sequence[Rating], words: ChartWords, colours: Colours) -> None:
    axes.set_facecolor(colours.ground)
    places = range(len(ratings))
    for place, each in zip(places, ratings, strict=True):
        if each.before is not None:
            axes.plot([place, place], [each.before, each.after], color=colours.faint, linewidth=3, zorder=1)
    before = [(place, each.before) for place, each in zip(places, ratings, strict=True) if each.before is not None]
    size = 130 if len(ratings) <= 20 else 60
    axes.scatter(
        [p for p, _ in before],
        [n for _, n in before],
        s=size * RING,
        facecolors=colours.ground,
        edgecolors=colours.before,
        linewidths=2.5,
        zorder=2,
    )
    axes.plot(places, [each.after for each in ratings], color=colours.after, linewidth=1.5, alpha=0.6, zorder=1)
    axes.scatter(places, [each.after for each in ratings], s=size, color=colours.after, zorder=3)
    _axis(axes, ratings, words, colours)


def _axis(axes: Axes, ratings: Sequence[Rating], words: ChartWords, colours: Colours) -> None:
    """Few lines, large figures, at most five dates."""
    axes.set_ylim(-0.7, 10.7)
    axes.set_xlim(-0.7, max(len(ratings) - 0.3, 3))
    axes.set_yticks((0, 5, 10), ("0", "5", "10"))
    step = max(-(-len(ratings) // 4), 1)
    places = list(range(0, len(ratings), step))
    axes.set_xticks(places, [words.day(ratings[place].at.date()) for place in places])
    axes.grid(visible=True, axis="y", color=colours.faint, linewidth=0.8)
    axes.tick_params(colors=colours.ink, labelsize=14, length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _legend(figure: Figure, words: ChartWords, colours: Colours) -> None:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    from matplotlib.lines import Line2D  # noqa: PLC0415

    def dot(colour: str, fill: str, label: str) -> Line2D:
        return Line2D(
            [],
            [],
            marker="o",
            linestyle="",
            markersize=11,
            markeredgewidth=2.5,
            markeredgecolor=colour,
            markerfacecolor=fill,
            label=label,
        )

    dots = [dot(colours.before, colours.ground, words.before), dot(colours.after, colours.after, words.after)]
    legend = figure.legend(handles=dots, loc="outside lower center", ncols=2, frameon=False, fontsize=15, labelcolor=colours.ink)
    legend.set_title(words.scale, prop=FontProperties(size=13))
    legend.get_title().set_color(colours.ink)
