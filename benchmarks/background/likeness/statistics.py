"""Statistics of single prints: how many minutiae, how far apart, which bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.likeness.sample import Sample
from engine.records import Minutiae

Float64 = NDArray[np.float64]

PAIR_DISTANCES = np.arange(0, 101, 5)
PAIR_TURNS = np.linspace(0, np.pi, 13)
"""Cells of the histogram of pairs of minutiae: pixels, and difference of direction in radians."""

CODE_BITS = 255
"""Bits of an index code."""


def counts(sample: Sample) -> Float64:
    """Minutiae of each print."""
    return np.array([len(one) for one in sample.minutiae], np.float64)


def nearest_distances(sample: Sample) -> Float64:
    """Pixels from each minutia to the nearest other one of its print."""
    found = [_distances(one) for one in sample.minutiae if len(one) > 1]
    return np.concatenate([np.sort(one, axis=1)[:, 1] for one in found])


def qualities(sample: Sample) -> Float64:
    """Quality of each minutia."""
    found = np.concatenate([one.quality for one in sample.minutiae])
    return np.asarray(found, np.float64)


def bits_set(sample: Sample) -> Float64:
    """Number of bits of each index code."""
    return np.asarray(np.bitwise_count(sample.features.codes).sum(axis=1), np.float64)


def bit_frequencies(sample: Sample) -> Float64:
    """(255,) share of the index codes that have each bit."""
    bits = np.unpackbits(sample.features.codes, axis=1, bitorder="little")
    return np.asarray(bits[:, :CODE_BITS].mean(axis=0))


def pair_histogram(sample: Sample) -> Float64:
    """(20, 12) share of pairs of minutiae by distance and difference of direction.

    The second-order statistics with which Gottschlich and Huckemann (IET Biometrics 3, 2014) tell
    synthetic from real prints.
    """
    histogram = np.zeros((len(PAIR_DISTANCES) - 1, len(PAIR_TURNS) - 1))
    for one in sample.minutiae:
        rows = np.triu_indices(len(one), 1)
        turns = np.abs(one.direction[:, None] - one.direction[None])
        turns = np.minimum(turns, 2 * np.pi - turns)[rows]
        bins = (PAIR_DISTANCES, PAIR_TURNS)
        histogram += np.histogram2d(_distances(one)[rows], turns, bins=bins)[0]
    return np.asarray(histogram / max(1.0, histogram.sum()))


def _distances(minutiae: Minutiae) -> Float64:
    """(N, N) pixels between the minutiae of a print."""
    between = minutiae.xy[:, None].astype(np.float64) - minutiae.xy[None]
    return np.asarray(np.hypot(between[..., 0], between[..., 1]))
