"""How all plots look."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

COLOURS = {
    "leader+whorl": "#0b5fbd",
    "classical+whorl": "#129a8f",
    "leader+bozorth3": "#e08a1e",
    "mindtct+whorl": "#8a56b8",
    "mindtct+bozorth3": "#b03a48",
}
_OTHERS = ("#4d4d4d", "#7a8b2f", "#c45aa0", "#2f7a8b")

GENUINE, IMPOSTOR = "#129a8f", "#b03a48"

# The keys' type is a list of all names that matplotlib knows.
STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.edgecolor": "#9aa3af",
    "axes.labelcolor": "#374151",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e5e7eb",
    "grid.linewidth": 0.8,
    "xtick.color": "#6b7280",
    "ytick.color": "#6b7280",
    "legend.frameon": False,
    "legend.fontsize": 9,
    "lines.linewidth": 1.9,
    "lines.solid_capstyle": "round",
    "figure.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "whorl",  # the same data give the same file
}


def colour(engine: str) -> str:
    """The colour of an engine, the same in all plots."""
    return COLOURS.get(engine) or _OTHERS[sum(engine.encode()) % len(_OTHERS)]


def new_figure(
    columns: int = 1, rows: int = 1, size: tuple[float, float] = (6.4, 4.4)
) -> tuple[Figure, list[Axes]]:
    """A figure with its axes, row by row; `size` in inches is that of one of them."""
    figure = Figure(figsize=(size[0] * columns, size[1] * rows), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False)
    return figure, list(axes.ravel())


def percent_ticks(axis: Axes, which: str, values: Sequence[float]) -> None:
    """Ticks at these rates, written in percent, on a logarithmic axis."""
    setter = axis.set_xticks if which == "x" else axis.set_yticks
    setter(values, [f"{100 * value:g} %" for value in values])
    setter([], minor=True)


def to_svg(figure: Figure) -> str:
    """The figure as an SVG element to stand in a page."""
    out = io.StringIO()
    with rc_context(STYLE):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return text[text.index("<svg") :]
