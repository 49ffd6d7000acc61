"""Plots of calibration: stated against observed false match rates and likelihood ratios."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.measures.comparisons import BoolArray, Float64Array
from benchmarks.report.look import colour, new_figure
from benchmarks.report.selection import Result

LEAST = 10
"""Comparisons of the rarer kind that a point needs; fewer say too little to be drawn."""

LEAST_IN_BIN = 3
"""Likewise for a bin of likelihood ratios: good engines have few comparisons in doubt."""

_DECADES = np.arange(0, 5.01, 0.25)
_RATIOS = np.arange(-4, 6.01, 1.0)


def plot_reliability(results: Sequence[Result]) -> Figure:
    """Both plots, all engines; a perfect calibration lies on the diagonal."""
    figure, (rates, ratios) = new_figure(2, 1, (5.2, 4.4))
    for one in results:
        mated = one.array("mated").astype(bool)
        shade = colour(one.engine)
        _plot_rates(rates, one.array("fmr_decibels") / 10, mated, one.engine, shade)
        _plot_ratios(ratios, one.array("log10_lr"), mated, one.engine, shade)
    for axis, name in ((rates, "false match rate, powers of ten"), (ratios, "log10 LR")):
        low, high = axis.get_xlim()
        axis.plot([low, high], [low, high], color="#9aa3af", linewidth=0.9, linestyle=(0, (4, 4)))
        axis.set_xlabel(f"stated {name}")
        axis.set_ylabel(f"observed {name}")
        axis.legend(loc="best")
    rates.set_title("False match rate, sets left out")
    ratios.set_title("Likelihood ratio, sets left out")
    return figure


def _plot_rates(
    axis: Axes, decades: Float64Array, mated: BoolArray, label: str, shade: str
) -> None:
    """Share of impostors at or above thresholds for stated rates, with Poisson bars."""
    impostor = np.sort(decades[~mated])
    above = len(impostor) - np.searchsorted(impostor, _DECADES)
    kept = above >= LEAST
    observed = np.log10(above[kept] / len(impostor))
    spread = 1.96 / np.sqrt(above[kept]) / np.log(10)
    axis.errorbar(-_DECADES[kept], observed, spread, fmt="o-", ms=3, color=shade, label=label)


def _plot_ratios(
    axis: Axes, log10_lr: Float64Array, mated: BoolArray, label: str, shade: str
) -> None:
    """In bins of the stated ratio, that of the shares of mates and non-mates in the bin."""
    mates, _ = np.histogram(log10_lr[mated], _RATIOS)
    others, _ = np.histogram(log10_lr[~mated], _RATIOS)
    kept = np.minimum(mates, others) >= LEAST_IN_BIN
    if not kept.any():
        axis.plot([], [], color=shade, label=f"{label}: no bin holds both kinds")
        return
    observed = np.log10(mates[kept] / mated.sum()) - np.log10(others[kept] / (~mated).sum())
    spread = 1.96 * np.sqrt(1 / mates[kept] + 1 / others[kept]) / np.log(10)
    middle = ((_RATIOS[1:] + _RATIOS[:-1]) / 2)[kept]
    axis.errorbar(middle, observed, spread, fmt="o-", ms=3, color=shade, label=label)
