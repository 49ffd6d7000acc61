"""Half and twice the size of a map."""

from __future__ import annotations

from engine.extractor.leader.feature_map import BORDER, BORDER_RIGHT
from engine.extractor.leader.pixels import copy, highest_of_four, mean_of_four
from engine.extractor.leader.vectors import LANES
from engine.kernels import kernel
from engine.records import Float32Array


@kernel
def halve(features: Float32Array, channel: int, out: Float32Array) -> None:
    """The channels from `channel` on, into a map of half the size.

    Its first half of the channels is the maximum of four pixels, the other their mean.
    """
    step, half = features.shape[2], out.shape[2] // 2
    line, vectors = features.shape[1] * step, half // LANES
    values, results = features.reshape(-1), out.reshape(-1)
    for y in range(BORDER, out.shape[0] - BORDER):
        for x in range(BORDER, out.shape[1] - BORDER_RIGHT):
            start = (2 * y - BORDER) * line + (2 * x - BORDER) * step + channel
            to = (y * out.shape[1] + x) * 2 * half
            highest_of_four(values, start, step, line, vectors, results, to)
            mean_of_four(values, start + half, step, line, vectors, results, to + half)


@kernel
def double(features: Float32Array, out: Float32Array) -> None:
    """Every pixel four times, into the first channels of a map of twice the size."""
    channels, vectors, step = features.shape[2], features.shape[2] // LANES, out.shape[2]
    values, results, line = features.reshape(-1), out.reshape(-1), out.shape[1] * step
    for y in range(BORDER, features.shape[0] - BORDER):
        for x in range(BORDER, features.shape[1] - BORDER_RIGHT):
            start = (y * features.shape[1] + x) * channels
            to = (2 * y - BORDER) * line + (2 * x - BORDER) * step
            for quarter in range(4):
                place = to + quarter // 2 * line + quarter % 2 * step
                copy(values, start, vectors, results, place)
