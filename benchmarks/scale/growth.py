"""Latency and CPU time of a search against the number of fingers, with its growth.

The same probes are searched in galleries of rising size, by the whole path after extraction, first
as of unknown position, then of known.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from benchmarks.measures.growth import fit_growth
from benchmarks.protocols.base import Plan, own_engine, percentiles
from benchmarks.scale.gallery import cores, scale_gallery
from benchmarks.scale.probes import (
    MatedProbe,
    Searched,
    mated_probes,
    search_probes,
)
from benchmarks.scale.sizes import rising_sizes
from benchmarks.store.outcome import Arrays, Outcome
from engine.errors import BadInput
from engine.search import Searcher

SIZES = (1000, 3000, 10_000)
"""Unless told otherwise: made in a minute."""

KINDS = ("unknown", "known")
"""What is known of the finger's position."""


def run_growth(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: the engine has another matcher, or fewer than two sizes are asked for.
    """
    engine = own_engine(plan)
    sizes = rising_sizes(plan, SIZES)
    if len(sizes) < 2:
        raise BadInput("growth needs two sizes at least: --fingers 10000,100000")
    probes = mated_probes(plan, engine.source)
    rows: list[dict[str, object]] = []
    arrays: Arrays = {}
    for fingers in sizes:
        made = scale_gallery(plan, engine.source, fingers)
        gallery = made.open()
        searcher = Searcher(gallery, None, cores())  # type: ignore[arg-type]  # probes are templates
        try:
            row, raw = _measure(searcher, probes)
        finally:
            gallery.catalogue.close()
        rows.append({"fingers": made.fingers, **row})
        arrays |= {f"{name}_{fingers}": values for name, values in raw.items()}
    figures = {"probes": len(probes), "threads": cores(), "sizes": rows, **_fits(rows)}
    return Outcome("growth", engine.name, engine.key, figures, arrays)


def _measure(searcher: Searcher, probes: Sequence[MatedProbe]) -> tuple[dict[str, object], Arrays]:
    """Figures and raw times in one gallery."""
    row: dict[str, object] = {}
    arrays: Arrays = {}
    for kind in KINDS:
        title = f"Searching, finger {kind}"
        done = search_probes(searcher, probes, title, position_known=kind == "known")
        row |= {f"{name}_{kind}": value for name, value in _figures(done).items()}
        arrays[f"cpu_ms_{kind}"] = np.array([one.cpu_ms for one in done], np.float32)
        arrays[f"total_ms_{kind}"] = np.array([one.milliseconds for one in done], np.float32)
        arrays[f"ranks_{kind}"] = np.array([one.rank for one in done], np.int64)
    return {**row, "load": round(os.getloadavg()[0], 2)}, arrays


def _figures(done: Sequence[Searched]) -> dict[str, object]:
    """Times of whole searches and of their stages, and the rate of rank 1."""
    wall = percentiles([one.milliseconds for one in done])
    cpu = percentiles([one.cpu_ms for one in done])
    stages = {
        name: percentiles([one.stages[name] for one in done])["p50"] for name in done[0].stages
    }
    return {
        "p50_ms": wall["p50"],
        "p95_ms": wall["p95"],
        "cpu_p50_ms": cpu["p50"],
        "cpu_p95_ms": cpu["p95"],
        "rank1": round(float(np.mean([one.rank == 1 for one in done])), 6),
        "stages_p50_ms": stages,
    }


def _fits(rows: Sequence[dict[str, object]]) -> dict[str, object]:
    """Growth of the medians."""
    sizes = [int(str(row["fingers"])) for row in rows]
    fits: dict[str, object] = {}
    for kind in KINDS:
        for clock in ("p50_ms", "cpu_p50_ms"):
            times = [float(str(row[f"{clock}_{kind}"])) for row in rows]
            found = asdict(fit_growth(sizes, times))
            fits[f"growth_{clock}_{kind}"] = _rounded(found)
            fits[f"exponent_{clock}_{kind}"] = round(found["exponent"], 3)
    return fits


def _rounded(found: dict[str, object]) -> dict[str, object]:
    """The figures of a fit to three places."""
    return {name: np.round(np.array(value), 3).tolist() for name, value in found.items()}
