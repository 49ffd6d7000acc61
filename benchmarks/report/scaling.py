"""Tables and plots of galleries of rising size, of the funnel, and of linear peers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from benchmarks.report.look import new_figure
from benchmarks.report.selection import Result
from benchmarks.report.tables import Table, percent
from benchmarks.scale.growth import KINDS

RECALL, COST = "#0b5fbd", "#e08a1e"

AXES = {
    "shortlist": "prints compared exactly",
    "overlaid": "prints laid over the probe",
    "asking": "codes that ask",
    "cells": "cells each looks into",
    "nearest": "nearest codes, times usual",
}
"""Numbers of the funnel, by what they count."""

_PERCENT = FuncFormatter(lambda value, _: f"{100 * value:.4g} %")


def growth_table(result: Result) -> Table:
    """Times by size."""
    head = ("fingers", *(f"{what}, finger {kind}" for kind in KINDS for what in
            ("p50 / p95 ms", "CPU ms", "rank 1, %")), "shortlist / compare ms", "load")  # fmt: skip
    rows = tuple(
        (
            f"{row['fingers']:,}",
            *(cell for kind in KINDS for cell in _kind_cells(row, kind)),
            f"{row['stages_p50_ms_unknown']['shortlist']:.0f} / "
            f"{row['stages_p50_ms_unknown']['compare']:.0f}",
            f"{row['load']:.1f}",
        )
        for row in result.facts["sizes"]
    )
    return Table(head, rows, note=_growth_note(result.facts))


def _kind_cells(row: dict[str, Any], kind: str) -> tuple[str, ...]:
    """Times and rank 1 of searches of one kind."""
    times = f"{row[f'p50_ms_{kind}']:.0f} / {row[f'p95_ms_{kind}']:.0f}"
    return times, f"{row[f'cpu_p50_ms_{kind}']:.0f}", percent(row[f"rank1_{kind}"])


def _growth_note(facts: dict[str, Any]) -> str:
    """The fits in words."""
    told = []
    for kind in KINDS:
        fit = facts[f"growth_cpu_p50_ms_{kind}"]
        steps = ", ".join(f"{one:.2f}" for one in fit["steps"])
        told.append(
            f"finger {kind}: CPU time grows with N to the {fit['exponent']:.2f} (from size to "
            f"size: {steps}); {fit['fixed']:.0f} ms whatever the size and "
            f"{fit['per_million']:.0f} ms a million fingers"
        )
    return (
        f"{facts['probes']} probes, {facts['threads']} threads, medians; CPU time of all threads. "
        + "; ".join(told)
        + ". Times of the machine's clock rise with its load."
    )


def plot_growth(result: Result) -> Figure:
    """Wall and CPU time against size, both logarithmic, with the fits."""
    figure, axes = new_figure(2, 1, (4.6, 3.6))
    for axis, kind in zip(axes, KINDS, strict=True):
        _draw_growth(axis, result.facts, kind)
    limits = [axis.get_ylim() for axis in axes]
    ticks = [20, 50, 100, 200, 500, 1000, 2000, 5000]
    for axis in axes:
        axis.set_yticks(ticks, [str(tick) for tick in ticks])
        axis.yaxis.set_minor_formatter(NullFormatter())
        axis.set_ylim(min(low for low, _ in limits), max(high for _, high in limits))
    axes[0].set_ylabel("milliseconds after extraction")
    axes[0].legend(loc="upper left")
    return figure


def _draw_growth(axis: Axes, facts: dict[str, Any], kind: str) -> None:
    """Times of searches of one kind."""
    rows = facts["sizes"]
    sizes = np.array([row["fingers"] for row in rows], float)
    cpu = np.array([row[f"cpu_p50_ms_{kind}"] for row in rows])
    wall = [row[f"p50_ms_{kind}"] for row in rows]
    late = [row[f"p95_ms_{kind}"] for row in rows]
    fit = facts[f"growth_cpu_p50_ms_{kind}"]
    many = np.geomspace(sizes[0], sizes[-1], 60)
    power = np.exp(np.log(cpu).mean() + fit["exponent"] * (np.log(many) - np.log(sizes).mean()))
    axis.fill_between(sizes, wall, late, color=RECALL, alpha=0.15, linewidth=0)
    axis.plot(sizes, wall, "o-", color=RECALL, label="wall, p50 to p95")
    axis.plot(sizes, cpu, "s-", color=COST, label="CPU, p50")
    axis.plot(many, power, ":", color="#4d4d4d", label="CPU, fitted power of N")
    line = fit["fixed"] + fit["per_million"] * many / 1e6
    axis.plot(many, line, "--", color="#4d4d4d", linewidth=1.2, label="CPU, fixed + rate x N")
    axis.set(xscale="log", yscale="log", xlabel="fingers (N)")
    axis.set_title(f"Finger {kind}: N to the {fit['exponent']:.2f}")


def funnel_table(result: Result) -> Table:
    """Recall and CPU time by each number varied."""
    facts = result.facts
    rows = tuple(
        (
            AXES[row["axis"]],
            _value(facts, row) + (" (in use)" if row["usual"] else ""),
            percent(row["recall"]),
            f"{row['cpu_ms']:.0f}",
        )
        for name in AXES
        for row in facts["rows"]
        if row["axis"] == name
    )
    note = (
        f"N = {facts['fingers']:,}, {facts['probes']} probes of unknown position. Recall: the "
        "mate is in the shortlist. CPU time of one thread, mean, both passes and the exact "
        "comparison. One number is varied, the others are as in use."
    )
    return Table(("number", "value", "recall, %", "CPU ms"), rows, note=note)


def _value(facts: dict[str, Any], row: dict[str, Any]) -> str:
    """What was tried."""
    if row["axis"] == "overlaid":
        return f"{row['value'] * facts['shortlist']:,.0f}"
    if row["axis"] == "asking" and row["value"] > 100:
        return "all"
    return f"{row['value']:g}"


def plot_funnel(result: Result) -> Figure:
    """Recall and CPU time by each number varied, one plot a number."""
    facts = result.facts
    names = [name for name in AXES if any(row["axis"] == name for row in facts["rows"])]
    figure, axes = new_figure(len(names), 1, (2.5, 2.7))
    rates = [row["recall"] for row in facts["rows"]]
    costs = [row["cpu_ms"] for row in facts["rows"]]
    for number, (axis, name) in enumerate(zip(axes, names, strict=True)):
        rows = [row for row in facts["rows"] if row["axis"] == name]
        beside = axis.twinx()
        _draw_number(axis, beside, facts, rows)
        axis.set_ylim(min(rates) - 0.01, max(rates) + 0.01)
        beside.set_ylim(0, 1.1 * max(costs))
        axis.set_xlabel(AXES[name])
        axis.tick_params(labelleft=number == 0)
        beside.tick_params(labelright=number == len(names) - 1)
    axes[0].set_ylabel("recall of mates", color=RECALL)
    beside.set_ylabel("CPU ms a search", color=COST)
    return figure


def _draw_number(
    axis: Axes, beside: Axes, facts: dict[str, Any], rows: Sequence[dict[str, Any]]
) -> None:
    """Two curves over one number; what is in use is ringed."""
    places = range(len(rows))
    rates, costs = [row["recall"] for row in rows], [row["cpu_ms"] for row in rows]
    axis.plot(places, rates, "o-", color=RECALL, markersize=4)
    beside.plot(places, costs, "s--", color=COST, markersize=3.5, linewidth=1.3)
    used = [place for place in places if rows[place]["usual"]]
    axis.plot(used, [rates[place] for place in used], "o", color=RECALL, markersize=10,
              markerfacecolor="none")  # fmt: skip
    axis.set_xticks(places, [_value(facts, row) for row in rows], rotation=60, fontsize=8)
    axis.yaxis.set_major_formatter(_PERCENT)
    axis.xaxis.set_minor_formatter(NullFormatter())
    beside.grid(visible=False)


def peers_table(result: Result) -> Table:
    """Time and rank 1 of linear engines beside ours."""
    facts = result.facts
    rows = sorted(facts["rows"], key=lambda row: (row["fingers"], row["cpu_ms"]))
    cells = tuple(
        (
            row["engine"],
            f"{row['fingers']:,}",
            f"{row['cpu_ms'] / 1000:,.3f}",
            percent(row["rank1"]),
            "measured" if row["measured"] else "in proportion to N, not measured",
        )
        for row in rows
    )
    note = (
        f"{facts['probes']} probes, the same LEADER minutiae for all: the background has no "
        "images, so Bozorth3 does without MINDTCT. CPU time of a search, mean."
    )
    muted = frozenset(place for place, row in enumerate(rows) if not row["measured"])
    return Table(("engine", "fingers", "CPU s a search", "rank 1, %", ""), cells, muted, note)
