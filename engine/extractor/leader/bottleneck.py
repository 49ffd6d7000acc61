"""The block of the second encoder and decoder and of the heads: an inverted bottleneck.

Depthwise 7x7, normalised, four times as many channels, Gelu, few channels again, sum with the
input, and a 1x1 convolution, which merges with what is before it.

What is normalised is bounded, and by the weights so is all that follows up to the sum: there
16 bits serve, with steps that follow from the weights alone.
"""

from __future__ import annotations

import numpy as np

from engine.extractor.leader.feature_map import BORDER, SPARE, STRIP, Strips
from engine.extractor.leader.packing import (
    FULL,
    Int32Array,
    Layer,
    Rows,
    fill,
    pack,
    pack_depthwise,
    pack_pairs,
    place,
    pointwise,
    round_up,
    spread_rows,
)
from engine.extractor.leader.pixels import SPATIAL_PIXELS, copy, depthwise7, standardise
from engine.extractor.leader.products import HERE, PANEL, PIXELS, add_pairs, gelu_pairs, multiply
from engine.extractor.leader.vectors import LANES
from engine.extractor.leader.weights import LeaderWeights
from engine.kernels import kernel
from engine.records import Float32Array

REACH = 3
"""Pixels that a 7x7 kernel looks to each side."""


class Bottleneck:
    """One such block, with `tail` as one more 1x1 convolution behind it."""

    def __init__(
        self, weights: LeaderWeights, name: str, parts: tuple[int, ...], tail: str = ""
    ) -> None:
        """`parts`: channels of the maps that were joined to its input."""
        layers = weights.convolutions
        rows, norm = place(parts), weights.norms[name]
        plain = pointwise(layers[f"{name}_expand"])
        scaled = plain.kernel * norm.gain[:, None]
        # Its input has mean 0, so a kernel of mean 0 does the same; its bounds are tighter.
        expand = Layer(scaled - scaled.mean(0), plain.bias + norm.offset @ plain.kernel)
        adjust = pointwise(layers[f"{name}_adjust"])
        if tail:
            adjust = adjust.then(pointwise(layers[tail]))
        reduce = pointwise(layers[f"{name}_reduce"]).then(adjust)
        self.channels = round_up(len(reduce.bias), LANES)
        self._spatial = pack_depthwise(weights.depthwise[name], rows)
        self._adjust = pack(Layer(spread_rows(adjust.kernel, rows), reduce.bias))
        self._count = len(rows)
        self._pack_inner(expand, reduce, rows)

    def _pack_inner(self, expand: Layer, reduce: Layer, rows: Rows) -> None:
        """In 16 bits, with steps as fine as the bounds allow.

        The Euclidean norm of a normalised pixel is at most the root of its channels' number.
        """
        norm = float(np.sqrt(len(rows)))
        self._steps = np.full(1, FULL / norm, np.float32)
        widened = spread_rows(expand.kernel, rows)
        first = pack_pairs(widened, np.repeat(self._steps, len(widened)), FULL)
        bound = norm * np.linalg.norm(expand.kernel, axis=0) + np.abs(expand.bias)
        steps = (FULL / bound).astype(np.float32)
        reach = norm * np.linalg.norm(expand.kernel * steps, 2)
        reach += np.linalg.norm(expand.bias * steps)
        scales = [first.units, fill(expand.bias), fill(steps)]
        missing = len(first.units) - len(reduce.kernel)
        second = pack_pairs(np.pad(reduce.kernel, ((0, missing), (0, 0))), scales[2], float(reach))
        self._inner = (first.panels, np.stack(scales), second.panels, second.units)

    def run(self, source: Float32Array, strips: Strips, out: Float32Array, channel: int) -> None:
        """From a map to the channels from `channel` on of another of the same size."""
        outer = (self._spatial, self._adjust, self._steps)
        _run(source, strips, outer, self._inner, self._count, out, channel, self.channels)


@kernel
def _run(  # noqa: PLR0913 - a kernel takes plain arrays
    source: Float32Array,
    strips: Strips,
    outer: tuple[Float32Array, Float32Array, Float32Array],
    inner: tuple[Int32Array, Float32Array, Int32Array, Float32Array],
    count: int,
    out: Float32Array,
    channel: int,
    kept: int,
) -> None:
    spatial, adjust, steps = outer
    expand, scales, reduce, units = inner
    inputs, width, outputs = source.shape[2], scales.shape[1], len(units)
    line, taps, pitch = source.shape[1] * inputs, spatial.shape[1], -(-inputs // PANEL) * PANEL
    panels, depth, reduced = len(expand), inputs // 2, len(reduce)
    pixels, kernels, targets = source.reshape(-1), spatial.reshape(-1), out.reshape(-1)
    expands, reduces, adjusts = expand.reshape(-1), reduce.reshape(-1), adjust.reshape(-1)
    scale = scales.reshape(-1)
    near = np.zeros((STRIP + SPARE) * pitch, np.float32)
    standard = np.zeros((STRIP + SPARE) * pitch, np.int16)
    hidden = np.zeros((STRIP + SPARE) * width, np.int16)
    result = np.zeros((STRIP + SPARE) * outputs, np.float32)
    standard_pairs, hidden_pairs = standard.view(np.int32), hidden.view(np.int32)
    for number in range(len(strips)):
        y, x, length = strips[number]
        corner = (y + BORDER - REACH) * line + (x + BORDER - REACH) * inputs
        middle = (y + BORDER) * line + (x + BORDER) * inputs
        for k in range(0, inputs, LANES):
            for pixel in range(0, length, SPATIAL_PIXELS):
                depthwise7(
                    pixels, corner + pixel * inputs + k, inputs, line, kernels, k * taps,
                    near, pixel * pitch + k, pitch,
                )  # fmt: skip
        for pixel in range(length):
            at = pixel * pitch
            standardise(near, at, pitch // PANEL, count, steps, standard, at)
        for panel in range(panels):
            for pixel in range(0, length, PIXELS):
                gelu_pairs(
                    standard_pairs, pixel * pitch // 2, pitch // 2, HERE, 1, depth,
                    expands, panel * depth * PANEL, scale, panel * PANEL, width,
                    hidden, pixel * width + panel * PANEL, width,
                )  # fmt: skip
        for panel in range(reduced):
            for pixel in range(0, length, PIXELS):
                to = pixel * outputs + panel * PANEL
                multiply(
                    pixels, middle + pixel * inputs, inputs, HERE, 1, inputs,
                    adjusts, panel * (1 + inputs) * PANEL, result, to, outputs,
                )  # fmt: skip
                add_pairs(
                    hidden_pairs, pixel * width // 2, width // 2, HERE, 1, width // 2,
                    reduces, panel * width // 2 * PANEL, units, panel * PANEL, result, to, outputs,
                )  # fmt: skip
        to = ((y + BORDER) * out.shape[1] + x + BORDER) * out.shape[2] + channel
        for pixel in range(length):
            copy(result, pixel * outputs, kept // LANES, targets, to + pixel * out.shape[2])
