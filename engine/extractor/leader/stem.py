"""The two stems: from grey levels to features of half the size."""

from __future__ import annotations

import numpy as np

from engine.extractor.leader.feature_map import BORDER, SPARE, STRIP, Int64Array, Strips
from engine.extractor.leader.packing import Layer, pack, stack_norm
from engine.extractor.leader.pixels import highest_of_four, mean_of_four, normalise
from engine.extractor.leader.products import PANEL, PIXELS, multiply
from engine.extractor.leader.vectors import LANES
from engine.extractor.leader.weights import LeaderWeights
from engine.kernels import kernel
from engine.records import Float32Array

PLAIN = [(y, x) for y in range(-2, 3) for x in range(-2, 3)]
DILATED = [(2 * y, 2 * x) for y, x in PLAIN]
BOTH = sorted({*PLAIN, *DILATED})
"""Where the 5x5 kernels look, rows and columns from the pixel."""

WIDTH = 2 * STRIP + SPARE
"""Pixels of a buffer: a strip at full size."""


class Stem:
    """A plain and a dilated 5x5 convolution, normalised, with Gelu, then half the size."""

    def __init__(self, weights: LeaderWeights, name: str, *, highest: bool) -> None:
        """`highest`: halved by the maximum of four pixels, else by their mean."""
        plain, dilated = (weights.convolutions[name + end] for end in ("", "_dilated"))
        count = len(plain.bias)
        kernels = [one.kernel.reshape(count, -1).T for one in (plain, dilated)]
        self.channels = 2 * count
        self._highest = highest
        self._norm = stack_norm(weights.norms[name])
        # Eight channels fill half a panel: then both convolutions share one.
        self._taps = [BOTH] if count < PANEL else [PLAIN, DILATED]
        if count < PANEL:
            joined = np.zeros((len(BOTH), self.channels), np.float32)
            joined[[BOTH.index(tap) for tap in PLAIN], :count] = kernels[0]
            joined[[BOTH.index(tap) for tap in DILATED], count:] = kernels[1]
            bias = np.concatenate([plain.bias, dilated.bias])
            self._panels = [pack(Layer(joined, bias))[0]]
        else:
            parts = zip(kernels, (plain, dilated), strict=True)
            self._panels = [pack(Layer(each, one.bias))[0] for each, one in parts]

    def run(self, image: Float32Array, strips: Strips, out: Float32Array, channel: int) -> None:
        """From a map of grey levels to the channels from `channel` on of a map of half the size."""
        line = image.shape[1]
        lists = [np.array([y * line + x for y, x in taps], np.int64) for taps in self._taps]
        offsets, panels = (lists[0], lists[-1]), (self._panels[0], self._panels[-1])
        _run(image, strips, offsets, panels, self._norm, self._highest, out, channel)


@kernel
def _run(  # noqa: PLR0913 - a kernel takes plain arrays
    image: Float32Array,
    strips: Strips,
    offsets: tuple[Int64Array, Int64Array],
    panels: tuple[Float32Array, Float32Array],
    norm: Float32Array,
    highest: bool,
    out: Float32Array,
    channel: int,
) -> None:
    line, grey, channels = image.shape[1], image.reshape(-1), norm.shape[1]
    rows = np.zeros((2, WIDTH, channels), np.float32)
    flat, gains, vectors = rows.reshape(-1), norm.reshape(-1), channels // LANES
    below, targets, taps = WIDTH * channels, out.reshape(-1), len(offsets[0])
    first_panel, last_panel = panels[0].reshape(-1), panels[1].reshape(-1)
    for number in range(len(strips)):
        y, x, count = strips[number]
        for half in range(2):
            source = (2 * y + half + BORDER) * line + 2 * x + BORDER
            first = half * WIDTH
            for pixel in range(0, 2 * count, PIXELS):
                start, place = source + pixel, (first + pixel) * channels
                multiply(
                    grey, start, 1, offsets[0], taps, 1, first_panel, 0,
                    flat, place, channels,
                )  # fmt: skip
                if channels > PANEL:
                    multiply(
                        grey, start, 1, offsets[1], taps, 1, last_panel, 0,
                        flat, place + PANEL, channels,
                    )  # fmt: skip
            for pixel in range(first, first + 2 * count):
                normalise(flat, pixel * channels, vectors, channels, gains)
        for pixel in range(count):
            start = 2 * pixel * channels
            to = ((y + BORDER) * out.shape[1] + x + BORDER + pixel) * out.shape[2] + channel
            if highest:
                highest_of_four(flat, start, channels, below, vectors, targets, to)
            else:
                mean_of_four(flat, start, channels, below, vectors, targets, to)
