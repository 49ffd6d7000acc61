"""Single plots as small pictures, for pages that link them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure

from benchmarks.report.look import STYLE
from benchmarks.report.scaling import plot_funnel, plot_growth
from benchmarks.report.selection import Result, select
from benchmarks.store.templates import replace_file

DOTS = 80
"""An inch: a plot of five is 1000 pixels wide."""

_PICTURES: dict[str, Callable[[Result], Figure]] = {"growth": plot_growth, "funnel": plot_funnel}


def write_pictures(results: Path, folder: Path, dataset: str | None = None) -> list[Path]:
    """Write `growth.png` and `funnel.png` of the stored results, as far as there are any.

    Raises:
        BadInput: there is no result.
    """
    chosen = select(results, dataset)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, plot in _PICTURES.items():
        for first in chosen.get(name, ())[:1]:
            path = folder / f"{name}.png"
            replace_file(path, _to_png(plot, first[0]))
            paths.append(path)
    return paths


def _to_png(plot: Callable[[Result], Figure], result: Result) -> bytes:
    """A plot as a file; the same data give the same bytes."""
    out = io.BytesIO()
    with rc_context(STYLE):
        plot(result).savefig(out, format="png", dpi=DOTS, metadata={"Software": None})
    return out.getvalue()
