"""Identification in a gallery of any size, measured as a serving process is used.

Real fingers are enrolled among synthetic ones, over bureaus of five regions; other impressions of
them are searched by the whole path after extraction, first as of unknown position, then of known.
Hit rate is the share of probes whose mate the shortlist holds. What the index costs is told
beside: by exact comparison with every print where the gallery is not too large for it, and by a
shortlist from a comparison with every code.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from benchmarks.protocols.base import Plan, own_engine, percentiles
from benchmarks.scale.adding import measure_adding
from benchmarks.scale.exhaustive import compare_everything, scan_everything
from benchmarks.scale.gallery import ScaleGallery, cores, index_bytes, scale_gallery
from benchmarks.scale.probes import (
    MatedProbe,
    Searched,
    listed_share,
    mated_probes,
    search_probes,
)
from benchmarks.scale.serving import Serving, measure_serving
from benchmarks.scale.sizes import one_size
from benchmarks.scale.together import measure_batch, measure_cards
from benchmarks.store.outcome import Arrays, Outcome
from engine.search import Searcher
from engine.templates.binary import encode

FINGERS = 10_000
"""Unless told otherwise."""

EVERYTHING_MOST = 100_000
"""Fingers up to which every print is compared exactly: some 6 minutes of two cores there."""


def run_scale(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: the engine has another matcher, or there are too few fingers to enrol.
    """
    engine = own_engine(plan)
    fingers = one_size(plan, FINGERS)
    made = scale_gallery(plan, engine.source, fingers)
    probes = mated_probes(plan, engine.source)
    threads = cores()
    serving = measure_serving(
        made.folder, [encode(probe.template) for probe in probes[:20]], threads
    )
    gallery = made.open()
    searcher = Searcher(gallery, None, threads)  # type: ignore[arg-type]  # probes are templates
    try:
        unknown = search_probes(searcher, probes, "Searching")
        known = search_probes(searcher, probes, "Searching one finger", position_known=True)
        # what is timed comes first: the rest works both processors for minutes
        synthetic = made.fingers - len(set(plan.dataset.identities.tolist()))
        shared = measure_cards(searcher, synthetic)
        shared |= measure_batch(searcher, probes, made.fingers // 2)
        shared |= _adding(made, probes, threads)
        load = os.getloadavg()[0]
        figures: dict[str, object] = {
            "fingers": made.fingers,
            "probes": len(probes),
            **_times("", unknown),
            "hit_rate": round(listed_share(searcher, probes), 6),
            "rank1": _rank1([one.rank for one in unknown]),
            **_exhaustive(searcher, probes, made.fingers),
            **_sizes(made, serving),
            "threads": threads,
            **_times("_position_known", known),
            "rank1_position_known": _rank1([one.rank for one in known]),
            **shared,
            "load_when_timed": round(load, 2),
            "stages_ms": _stages(unknown),
            "stages_ms_position_known": _stages(known),
        }
    finally:
        gallery.catalogue.close()
    arrays: Arrays = {
        "total_ms": np.array([one.milliseconds for one in unknown], np.float32),
        "ranks": np.array([one.rank for one in unknown], np.int64),
        "total_ms_position_known": np.array([one.milliseconds for one in known], np.float32),
    }
    size = f"{made.fingers}-fingers"
    return Outcome("scale", plan.engine.name, plan.engine.key, figures, arrays, size)


def _sizes(made: ScaleGallery, serving: Serving) -> dict[str, object]:
    """What the gallery takes to make, to open and to hold."""
    held = serving.private_bytes + serving.mapped_bytes
    return {
        "bytes_per_finger": round(held / made.fingers),
        "build_seconds": made.build_seconds,
        "enrol_seconds": made.enrol_seconds,
        "start_seconds": serving.start_seconds,
        "private_bytes_per_finger": round(serving.private_bytes / made.fingers),
        "mapped_bytes_per_finger": round(serving.mapped_bytes / made.fingers),
        "resident_mib": round(serving.resident_bytes / 2**20),
        "index_bytes_per_finger": round(index_bytes(made.folder) / made.fingers),
    }


def _adding(made: ScaleGallery, probes: Sequence[MatedProbe], threads: int) -> dict[str, object]:
    """Searches while prints are added, where the gallery can be copied in a moment."""
    if made.fingers > EVERYTHING_MOST:
        return {}
    return measure_adding(made.folder, probes, threads)


def _exhaustive(
    searcher: Searcher, probes: Sequence[MatedProbe], fingers: int
) -> dict[str, object]:
    """What the searches find without the index."""
    scanned = scan_everything(searcher, probes)
    figures: dict[str, object] = {
        "exhaustive_rank1": _rank1([rank for _, rank in scanned]),
        "exhaustive_by": "codes",
        "hit_rate_all_codes": round(float(np.mean([hit for hit, _ in scanned])), 6),
        "rank1_all_codes": _rank1([rank for _, rank in scanned]),
    }
    if fingers <= EVERYTHING_MOST:
        figures["exhaustive_rank1"] = _rank1(compare_everything(searcher, probes))
        figures["exhaustive_by"] = "exact comparison"
    return figures


def _rank1(ranks: Sequence[int]) -> float:
    """Share of ranks that are 1."""
    return round(float((np.array(ranks) == 1).mean()), 6)


def _times(end: str, done: Sequence[Searched]) -> dict[str, object]:
    """Median and 95th percentile of whole searches."""
    found = percentiles([one.milliseconds for one in done])
    return {f"p50_ms{end}": found["p50"], f"p95_ms{end}": found["p95"]}


def _stages(done: Sequence[Searched]) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of each stage."""
    return {name: percentiles([one.stages[name] for one in done]) for name in done[0].stages}
