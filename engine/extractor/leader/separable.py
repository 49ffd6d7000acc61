"""The block of the first encoder and decoder: depthwise 5x5, then 1x1, normalised, Gelu."""

from __future__ import annotations

import numpy as np

from engine.extractor.leader.feature_map import BORDER, SPARE, STRIP, Strips
from engine.extractor.leader.packing import pack, pack_depthwise, pointwise, stack_norm
from engine.extractor.leader.pixels import SPATIAL_PIXELS, copy, depthwise5, normalise
from engine.extractor.leader.products import HERE, PANEL, PIXELS, multiply
from engine.extractor.leader.vectors import LANES
from engine.extractor.leader.weights import LeaderWeights
from engine.kernels import kernel
from engine.records import Float32Array

REACH = 2
"""Pixels that a 5x5 kernel looks to each side."""


class Separable:
    """One such block."""

    def __init__(self, weights: LeaderWeights, name: str) -> None:
        spatial = weights.depthwise[name]
        self._spatial = pack_depthwise(spatial, np.arange(len(spatial)))
        self._panels = pack(pointwise(weights.convolutions[name]))
        self._norm = stack_norm(weights.norms[name])
        self.channels = self._norm.shape[1]

    def run(self, source: Float32Array, strips: Strips, out: Float32Array, channel: int) -> None:
        """From a map to the channels from `channel` on of another of the same size."""
        _run(source, strips, self._spatial, self._panels, self._norm, out, channel)


@kernel
def _run(  # noqa: PLR0913 - a kernel takes plain arrays
    source: Float32Array,
    strips: Strips,
    spatial: Float32Array,
    panels: Float32Array,
    norm: Float32Array,
    out: Float32Array,
    channel: int,
) -> None:
    inputs, channels, line = source.shape[2], norm.shape[1], source.shape[1] * source.shape[2]
    near = np.zeros((STRIP + SPARE) * inputs, np.float32)
    flat = np.zeros((STRIP + SPARE) * channels, np.float32)
    targets, gains, pixels = out.reshape(-1), norm.reshape(-1), source.reshape(-1)
    weights, kernels = panels.reshape(-1), spatial.reshape(-1)
    for number in range(len(strips)):
        y, x, count = strips[number]
        corner = (y + BORDER - REACH) * line + (x + BORDER - REACH) * inputs
        for k in range(0, inputs, LANES):
            for pixel in range(0, count, SPATIAL_PIXELS):
                at = pixel * inputs + k
                depthwise5(
                    pixels, corner + at, inputs, line, kernels, k * spatial.shape[1],
                    near, at, inputs,
                )  # fmt: skip
        for panel in range(len(panels)):
            first = panel * panels.shape[1] * PANEL
            for pixel in range(0, count, PIXELS):
                multiply(
                    near, pixel * inputs, inputs, HERE, 1, inputs, weights, first,
                    flat, pixel * channels + panel * PANEL, channels,
                )  # fmt: skip
        for pixel in range(count):
            normalise(flat, pixel * channels, channels // LANES, channels, gains)
        to = ((y + BORDER) * out.shape[1] + x + BORDER) * out.shape[2] + channel
        for pixel in range(count):
            copy(flat, pixel * channels, channels // LANES, targets, to + pixel * out.shape[2])
