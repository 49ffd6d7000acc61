"""Sets synthetic prints beside real ones; two halves of the real fingers are the yardstick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.likeness import statistics
from benchmarks.background.likeness.comparisons import genuine_scores
from benchmarks.background.likeness.distance import (
    earth_mover,
    kolmogorov_smirnov,
    root_mean_square,
    total_variation,
)
from benchmarks.background.likeness.impostors import Impostors, compare_impostors
from benchmarks.background.likeness.sample import Sample

Float64 = NDArray[np.float64]

VALUES: dict[str, Callable[[Sample], Float64]] = {
    "minutiae": statistics.counts,
    "nearest_px": statistics.nearest_distances,
    "quality": statistics.qualities,
    "bits_set": statistics.bits_set,
}
"""Statistics with one value a print, a minutia or a code."""

GENUINE_SHARES = (0.01, 0.05, 0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Statistics of real prints, of two halves of them, and of synthetic prints.

    Attributes:
        values: by the names of `VALUES`, then by `real`, `synthetic`, `half_1` and `half_2`.
        bits: frequencies of the bits of index codes, likewise.
        pairs: histograms of pairs of minutiae, likewise.
        impostors: likewise, and `real_to_synthetic`: real probes, synthetic gallery.
        genuine: scores of mates, as `values`.
    """

    values: dict[str, dict[str, Float64]]
    bits: dict[str, Float64]
    pairs: dict[str, Float64]
    impostors: dict[str, Impostors]
    genuine: dict[str, Float64]


def compare_samples(real: Sample, synthetic: Sample, mates: Sample) -> Likeness:
    """Take all statistics.

    Args:
        real: real prints, several of each finger.
        synthetic: prints of a gallery, one of each finger.
        mates: other impressions of the fingers of `synthetic`.
    """
    even = np.unique(real.owners, return_inverse=True)[1] % 2 == 0
    half_1, half_2 = real.select(even), real.select(~even)
    sides = {"real": real, "synthetic": synthetic, "half_1": half_1, "half_2": half_2}
    impostors = {name: compare_impostors(one, one) for name, one in sides.items()}
    impostors["real_to_synthetic"] = compare_impostors(real, synthetic)
    genuine = {
        name: genuine_scores(one, one) for name, one in sides.items() if one is not synthetic
    }
    genuine["synthetic"] = genuine_scores(synthetic, mates)
    return Likeness(
        values={name: _of_each(sides, take) for name, take in VALUES.items()},
        bits=_of_each(sides, statistics.bit_frequencies),
        pairs=_of_each(sides, statistics.pair_histogram),
        impostors=impostors,
        genuine={name: scores.astype(np.float64) for name, scores in genuine.items()},
    )


def _of_each(sides: dict[str, Sample], take: Callable[[Sample], Float64]) -> dict[str, Float64]:
    """A statistic of each sample."""
    return {name: take(one) for name, one in sides.items()}


def describe_likeness(likeness: Likeness) -> dict[str, object]:
    """Distances and tails as plain values.

    `ks` is the Kolmogorov-Smirnov distance, `emd` the earth mover's distance in the statistic's own
    unit, each of the synthetic prints from the real ones; `_halves` is the same of the two halves
    of the real fingers.
    """
    values = {name: _distances(one) for name, one in likeness.values.items()}
    tails = {name: one.tails() for name, one in likeness.impostors.items()}
    return {
        "values": values,
        "first_pass": _distances(
            {k: one.first_pass.astype(np.float64) for k, one in likeness.impostors.items()}
        ),
        "score": _distances(
            {k: one.scores.astype(np.float64) for k, one in likeness.impostors.items()}
        ),
        "bit_frequencies": {
            "rms": _apart(likeness.bits, root_mean_square),
            "rms_halves": _apart(likeness.bits, root_mean_square, halves=True),
        },
        "minutiae_pairs": {
            "tv": _apart(likeness.pairs, total_variation),
            "tv_halves": _apart(likeness.pairs, total_variation, halves=True),
        },
        "tails": {
            kind: {name: tail[kind] for name, tail in tails.items()}
            for kind in ("gamma", "first_pass", "score")
        },
        "genuine": {
            **_distances(likeness.genuine),
            **{
                name: [round(float(np.quantile(one, share)), 4) for share in GENUINE_SHARES]
                for name, one in likeness.genuine.items()
            },
        },
    }


def _distances(one: dict[str, Float64]) -> dict[str, float]:
    """Means, and distances of synthetic from real and of half from half."""
    return {
        "real_mean": round(float(one["real"].mean()), 4),
        "synthetic_mean": round(float(one["synthetic"].mean()), 4),
        "ks": _apart(one, kolmogorov_smirnov),
        "ks_halves": _apart(one, kolmogorov_smirnov, halves=True),
        "emd": _apart(one, earth_mover),
        "emd_halves": _apart(one, earth_mover, halves=True),
    }


def _apart(
    one: dict[str, Float64], measure: Callable[[Float64, Float64], float], halves: bool = False
) -> float:
    """A distance of the synthetic prints from the real ones, or of two halves of these."""
    first, second = ("half_1", "half_2") if halves else ("real", "synthetic")
    return round(measure(one[first], one[second]), 4)
