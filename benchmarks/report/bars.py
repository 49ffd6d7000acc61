"""Plots of identification: ranks, penetration, size of the gallery, latency, partial prints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from benchmarks.protocols.index import PENETRATIONS, RANKS
from benchmarks.protocols.partials import COUNTS
from benchmarks.report.look import colour, new_figure
from benchmarks.report.selection import Result

_PERCENT = FuncFormatter(lambda value, _: f"{100 * value:g} %")

_STAGES = ("#0b5fbd", "#129a8f", "#e08a1e", "#8a56b8", "#b03a48", "#7a8b2f", "#6b7280")


def plot_ranks(results: Sequence[Result]) -> Figure:
    """Cumulative match characteristic of all engines."""
    figure, (axis,) = new_figure(size=(6.4, 4.2))
    for one in results:
        rates = one.facts["cmc"]
        label = f"{one.engine}  (rank 1: {100 * rates[0]:.1f} %)"
        axis.plot(range(1, len(rates) + 1), rates, "o-", markersize=3.5,
                  color=colour(one.engine), label=label)  # fmt: skip
    axis.set_xlabel("rank")
    axis.set_ylabel("share of probes whose mate is listed by then")
    axis.set_title(f"Closed set, N = {results[0].facts['gallery']:,} (CMC)")
    axis.yaxis.set_major_formatter(_PERCENT)
    axis.set_xticks([1, 5, 10, 15, 20])
    lowest = min(one.facts["cmc"][0] for one in results)
    axis.set_ylim(min(0.95, lowest - 0.01), 1.002)
    axis.legend(loc="lower right")
    return figure


def plot_size(results: Sequence[Result]) -> Figure:
    """FNIR at FPIR 1 % against the size of the gallery."""
    figure, (axis,) = new_figure(size=(6.4, 4.2))
    for one in results:
        rows = one.facts["fnir_by_size"]
        sizes = [row["gallery"] for row in rows]
        rates = [row["fnir_at_fpir_1e-2"] for row in rows]
        axis.plot(sizes, rates, "o-", markersize=4, color=colour(one.engine), label=one.engine)
    axis.set_xscale("log")
    axis.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axis.xaxis.set_minor_formatter(NullFormatter())
    axis.set_xlabel("prints in the gallery (N)")
    axis.set_ylabel("FNIR at FPIR 1 %")
    axis.set_title("Misses against size, exact scores")
    axis.yaxis.set_major_formatter(_PERCENT)
    highest = max(row["fnir_at_fpir_1e-2"] for one in results for row in one.facts["fnir_by_size"])
    axis.set_ylim(0, max(0.01, 1.35 * highest))
    axis.legend(loc="upper left")
    return figure


def plot_penetration(results: Sequence[Result]) -> Figure:
    """Hit rate of the index by rank, and by share of the gallery."""
    figure, (by_rank, by_share) = new_figure(2, 1, (5.4, 4.2))
    for one in results:
        size = one.facts["gallery"]
        ranks = [rank for rank in RANKS if rank <= size]
        _hits(by_rank, ranks, [one.facts[f"hit_at_rank_{rank}"] for rank in ranks], one.engine)
        rates = [one.facts[f"hit_at_penetration_{share:g}"] for share in PENETRATIONS]
        _hits(by_share, PENETRATIONS, rates, one.engine)
    by_rank.set_xticks(ranks, [str(rank) for rank in ranks])
    by_rank.set_xlabel("prints compared")
    by_share.set_xticks(PENETRATIONS, [f"{100 * share:g} %" for share in PENETRATIONS])
    by_share.set_xlabel("penetration: share of the gallery compared")
    by_rank.set_title(f"First pass, N = {results[0].facts['gallery']:,}")
    by_share.legend(loc="lower right")
    return figure


def _hits(axis: Axes, x: Sequence[float], y: Sequence[float], engine: str) -> None:
    """Hit rates on a logarithmic axis."""
    axis.plot(x, y, "o-", markersize=4, color=colour(engine), label=engine)
    axis.set_xscale("log")
    axis.xaxis.set_minor_formatter(NullFormatter())
    axis.yaxis.set_major_formatter(_PERCENT)
    axis.set_ylabel("hit rate")
    axis.set_ylim(min(0.95, min(y) - 0.01, axis.get_ylim()[0]), 1.002)


def plot_latency(results: Sequence[Result]) -> Figure:
    """Median of each stage of a search, stacked, with the 95th percentile of the whole."""
    figure, (axis,) = new_figure(size=(10.4, 1.7 + 0.5 * len(results)))
    names = list(results[0].facts["stages_ms"])
    left = np.zeros(len(results))
    rows = np.arange(len(results))[::-1]
    for name, shade in zip(names, _STAGES, strict=False):
        widths = [one.facts["stages_ms"].get(name, {}).get("p50", 0.0) for one in results]
        axis.barh(rows, widths, left=left, color=shade, height=0.55, label=name)
        left += widths
    ends = [one.facts["search_p95_ms"] for one in results]
    axis.plot(ends, rows, "|", color="#111827", markersize=16, label="95th percentile, whole")
    axis.set_yticks(rows, [one.engine for one in results])
    axis.grid(visible=False, axis="y")
    axis.set_xlabel("milliseconds after extraction (medians of the stages)")
    axis.set_title("A search, stage by stage")
    figure.legend(ncols=8, loc="outside lower center")
    return figure


def plot_partials(results: Sequence[Result]) -> Figure:
    """Rank-1 and rank-10 rates of partial prints, marked and extracted."""
    figure, axes = new_figure(2, 1, (5.4, 4.1))
    for axis, kind in zip(axes, ("marked", "image"), strict=True):
        for number, one in enumerate(results):
            _group(axis, one, kind, number, len(results))
        axis.set_xticks(range(len(COUNTS)), [f"{count} minutiae" for count in COUNTS])
        axis.yaxis.set_major_formatter(_PERCENT)
        axis.set_ylim(0, 1.02)
        axis.grid(visible=False, axis="x")
    axes[0].set_title("Minutiae marked by hand (simulated)")
    axes[1].set_title("Part of the image, extracted")
    axes[0].set_ylabel("identified")
    figure.legend(*axes[1].get_legend_handles_labels(), ncols=3, loc="outside lower center")
    return figure


def _group(axis: Axes, one: Result, kind: str, number: int, engines: int) -> None:
    """Bars of one engine: rank 1 in front, rank 10 pale behind."""
    width = 0.7 / engines
    x = np.arange(len(COUNTS)) + (number - (engines - 1) / 2) * width
    for rank, alpha in ((10, 0.35), (1, 1.0)):
        rates = [one.facts.get(f"rank{rank}_{kind}_{count}", 0.0) for count in COUNTS]
        label = f"{one.engine}, rank {rank}"
        axis.bar(x, rates, width * 0.92, color=colour(one.engine), alpha=alpha, label=label)
