"""Distributions of real and synthetic prints, drawn over each other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from benchmarks.background.likeness.comparing import Likeness
from benchmarks.background.likeness.first_pass import LEVELS
from benchmarks.report.look import STYLE, new_figure

LOOKS = {
    "real": ("#0b5fbd", "-", "real"),
    "synthetic": ("#e08a1e", "-", "synthetic"),
    "real_to_synthetic": ("#b03a48", "-", "real probes, synthetic gallery"),
    "half_1": ("#7aa9dd", ":", "half of the real fingers"),
    "half_2": ("#7aa9dd", "--", "the other half"),
}

_TITLES = {
    "minutiae": ("Minutiae of a print", "minutiae"),
    "nearest_px": ("Distance to the nearest minutia", "pixels"),
    "quality": ("Quality of a minutia", "quality"),
    "bits_set": ("Bits set in an index code", "bits"),
}

Float64 = NDArray[np.float64]


def save_plots(likeness: Likeness, path: Path) -> None:
    """Draw everything into one PNG file."""
    with rc_context(STYLE):
        figure = plot_likeness(likeness)
        beside = path.with_name(f"{path.stem}.part.png")
        figure.savefig(beside, dpi=110)
        beside.replace(path)


def plot_likeness(likeness: Likeness) -> Figure:
    """Nine plots: statistics of single prints above, similarities of impostors and mates below."""
    figure, axes = new_figure(3, 3, (5.0, 3.6))
    for axis, (name, values) in zip(axes, likeness.values.items(), strict=False):
        _shares(axis, values, *_TITLES[name])
    _bits(axes[4], likeness.bits)
    impostors = likeness.impostors
    gammas = {name: one.gammas for name, one in impostors.items()}
    _gamma_tail(axes[5], gammas)
    first_pass = {name: one.first_pass.astype(np.float64) for name, one in impostors.items()}
    _tail(axes[6], first_pass, "First-pass score of impostors", "score")
    scores = {name: one.scores.astype(np.float64) for name, one in impostors.items()}
    _tail(axes[7], scores, "Exact score of impostors", "score")
    _shares(axes[8], likeness.genuine, "Exact score of mates", "score")
    axes[6].legend()
    return figure


def _shares(axis: Axes, values: dict[str, Float64], title: str, unit: str) -> None:
    """Histograms as lines."""
    low, high = np.quantile(values["real"], (0.0005, 0.9995))
    bins = np.linspace(low, high + (high - low) * 0.05, 41)
    for name, one in values.items():
        colour, line, _ = LOOKS[name]
        share = np.histogram(one, bins)[0] / max(1, len(one))
        axis.plot(0.5 * (bins[1:] + bins[:-1]), share, line, color=colour)
    axis.set(title=title, xlabel=unit, ylabel="share")


def _bits(axis: Axes, bits: dict[str, Float64]) -> None:
    """Frequency of each bit, synthetic against real."""
    axis.plot([0, 0.5], [0, 0.5], color="#9aa3af", linewidth=1)
    axis.plot(
        bits["half_1"], bits["half_2"], ".", color=LOOKS["half_1"][0], label="two real halves"
    )
    axis.plot(bits["real"], bits["synthetic"], ".", color=LOOKS["synthetic"][0], label="synthetic")
    axis.set(title="Frequency of each bit of an index code", xlabel="real", ylabel="other")
    axis.legend()


def _gamma_tail(axis: Axes, gammas: dict[str, NDArray[np.int64]]) -> None:
    """Share of pairs of index codes that exceed a similarity."""
    for name, histogram in gammas.items():
        colour, line, _ = LOOKS[name]
        above = np.cumsum(histogram[::-1])[::-1] / max(1, histogram.sum())
        axis.plot(np.arange(LEVELS + 1) / LEVELS, above, line, color=colour)
    axis.set(yscale="log", ylim=(1e-7, 1), xlim=(0.2, 0.9), title="Index codes of impostors")
    axis.set(xlabel="similarity (gamma)", ylabel="share above")


def _tail(axis: Axes, values: dict[str, Float64], title: str, unit: str) -> None:
    """Share of values that exceed each value."""
    for name, one in values.items():
        colour, line, label = LOOKS[name]
        above = 1 - np.arange(len(one)) / len(one)
        axis.plot(np.sort(one), above, line, color=colour, label=label)
    axis.set(yscale="log", title=title, xlabel=unit, ylabel="share above")
