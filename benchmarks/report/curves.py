"""Plots of error rates: DET of verification and of identification, score histograms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.measures.comparisons import Float64Array
from benchmarks.measures.errors import equal_error_rate, error_curve
from benchmarks.measures.searches import fnir_curve
from benchmarks.report.look import GENUINE, IMPOSTOR, colour, new_figure, percent_ticks
from benchmarks.report.selection import Result

POINTS = 400
"""Points of a curve that are drawn; more cannot be told apart."""

_DECADES = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0)

BINS = 60


def plot_det(results: Sequence[Result], title: str) -> Figure:
    """FNMR against FMR of all engines, both logarithmic."""
    figure, (axis,) = new_figure(size=(7.2, 5.2))
    least = 1.0
    for one in results:
        curve = error_curve(one.comparisons)
        rate = 100 * float(equal_error_rate(curve))
        _line(axis, curve.fmr, curve.fnmr, f"{one.engine}  (EER {rate:.2f} %)", colour(one.engine))
        least = min(least, 1 / max(len(one.comparisons.impostor), 1))
    _finish(axis, (10 ** np.floor(np.log10(least)), 0.5), title)
    axis.set_xlabel("false match rate (FMR)")
    axis.set_ylabel("false non-match rate (FNMR)")
    return figure


def plot_open_set(results: Sequence[Result]) -> Figure:
    """FNIR against FPIR of all engines, both logarithmic."""
    figure, (axis,) = new_figure(size=(6.4, 4.6))
    for one in results:
        fpir, fnir = fnir_curve(one.searches)
        _line(axis, fpir, fnir, one.engine, colour(one.engine))
    gallery = results[0].facts["gallery"]
    _finish(axis, (1e-3, 1.0), f"Open set, N = {gallery:,}")
    axis.set_xlabel("false positive identification rate (FPIR)")
    axis.set_ylabel("false negative identification rate (FNIR)")
    return figure


def _line(axis: Axes, x: Float64Array, y: Float64Array, label: str, shade: str) -> None:
    """A curve with steps, as far as logarithms go; its end is marked."""
    kept = (x > 0) & (y > 0)
    if not kept.any():
        axis.plot([], [], color=shade, label=f"{label}, no error")
        return
    x, y = x[kept], y[kept]
    places = np.geomspace(x[0], x[-1], POINTS) if x[-1] > x[0] else x[:1]
    rows = np.unique(np.searchsorted(x, places, side="right") - 1)
    axis.step(x[rows], y[rows], where="post", color=shade, label=label)
    axis.plot(x[rows[0]], y[rows[0]], "o", color=shade, markersize=4)


def _finish(axis: Axes, limits: tuple[float, float], title: str) -> None:
    """Axes of error rates."""
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_xlim(*limits)
    axis.set_ylim(3e-4, 1.0)
    percent_ticks(axis, "x", [one for one in _DECADES if limits[0] <= one <= limits[1]])
    percent_ticks(axis, "y", [1e-3, 1e-2, 1e-1, 1.0])
    axis.plot([1e-6, 1], [1e-6, 1], color="#9aa3af", linewidth=0.9, linestyle=(0, (4, 4)))
    axis.set_title(title)
    axis.legend(loc="best")


def plot_histograms(results: Sequence[Result]) -> Figure:
    """Scores of mates and non-mates, one plot an engine, shares logarithmic."""
    columns = min(3, len(results))
    rows = -(-len(results) // columns)
    figure, axes = new_figure(columns, rows, (4.3, 3.1))
    for axis, one in zip(axes, results, strict=False):
        _histogram(axis, one)
    for axis in axes[len(results) :]:
        axis.set_axis_off()
    axes[0].legend(loc="upper right")
    return figure


def _histogram(axis: Axes, one: Result) -> None:
    """Scores of one engine."""
    scores = one.comparisons.scores
    # Single mates may score ten times the others: the tail is gathered in the last bin.
    top = float(np.quantile(one.comparisons.genuine, 0.99)) or float(scores.max()) or 1.0
    edges = np.linspace(0, top, BINS + 1).tolist()
    for values, shade, label in (
        (one.comparisons.impostor, IMPOSTOR, "impostor"),
        (one.comparisons.genuine, GENUINE, "genuine"),
    ):
        weights = np.full(len(values), 1 / max(len(values), 1))
        axis.hist(
            np.clip(values, 0, top), edges, weights=weights, color=shade, alpha=0.55, label=label
        )
    axis.set_yscale("log")
    axis.set_ylim(1e-5, 1.5)
    percent_ticks(axis, "y", [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0])
    axis.set_title(one.engine, color=colour(one.engine))
    axis.set_xlabel("score")
    axis.set_ylabel("share of comparisons")
