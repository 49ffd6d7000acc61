"""The heads: from the refined features to what is told of each pixel of the print."""

from __future__ import annotations

import math

import numpy as np

from engine.extractor.leader.bottleneck import Bottleneck
from engine.extractor.leader.feature_map import (
    BORDER,
    SPARE,
    STRIP,
    Int64Array,
    Strips,
    size_of,
)
from engine.extractor.leader.packing import Layer, pack, pointwise
from engine.extractor.leader.pixels import VARIANCE_FLOOR, copy, gelu
from engine.extractor.leader.products import HERE, PANEL, PIXELS, multiply
from engine.extractor.leader.vectors import LANES
from engine.extractor.leader.weights import LeaderWeights
from engine.extractor.leader.workspace import Workspace
from engine.kernels import kernel
from engine.records import Float32Array

NEAR = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1)]
"""Pixels of half the size that a 5x5 kernel touches at full size."""


class Head:
    """A bottleneck, two small 1x1 layers, twice the size, and a 5x5 convolution.

    The 1x1 layers run before the doubling. On a doubled map a 5x5 convolution is, for each of
    the four pixels that one has become, a 3x3 convolution of the map before.
    """

    def __init__(self, weights: LeaderWeights, name: str, parts: tuple[int, ...]) -> None:
        """`parts`: channels of the maps that were joined to its input."""
        layers = weights.convolutions
        out = layers[f"{name}_out"]
        self._bottleneck = Bottleneck(weights, name, parts, tail=f"{name}_mix1")
        norm, mix = weights.norms[f"{name}_mix"], pointwise(layers[f"{name}_mix2"])
        self._mix = pack(
            Layer(mix.kernel * norm.gain[:, None], mix.bias + norm.offset @ mix.kernel)
        )
        self._inner = len(norm.gain)
        self._panel = pack(Layer(fold_doubling(out.kernel), np.tile(out.bias, 4)))
        self._outputs = len(out.bias)

    def run(
        self, features: Float32Array, strips: Strips, elsewhere: float, space: Workspace
    ) -> Float32Array:
        """(outputs, 2 H, 2 W) float32 from a map of height H and width W.

        Outside the strips stands `elsewhere`; a strip's rim is computed as if zeros followed.
        """
        height, width = size_of(features)
        mixed = space.empty_map(height, width, self._bottleneck.channels)
        self._bottleneck.run(features, strips, mixed, 0)
        _mix(mixed, strips, self._mix, self._inner)
        line, channels = mixed.shape[1] * mixed.shape[2], mixed.shape[2]
        offsets = np.array([y * line + x * channels for y, x in NEAR], np.int64)
        out = np.full((self._outputs, 2 * height, 2 * width), elsewhere, np.float32)
        _double(mixed, strips, offsets, self._panel, self._inner, out)
        return out


def fold_doubling(kernel_: Float32Array) -> Float32Array:
    """(9 * inputs, 4 * outputs): a 5x5 kernel as 3x3 kernels of the four doubled pixels."""
    outputs, inputs = kernel_.shape[:2]
    folded = np.zeros((len(NEAR), inputs, 4, outputs), np.float32)
    for quarter in range(4):
        for row in range(5):
            for column in range(5):
                y, x = (quarter // 2 + row) // 2, (quarter % 2 + column) // 2
                folded[3 * y + x, :, quarter] += kernel_[:, :, row, column].T
    return folded.reshape(len(NEAR) * inputs, -1)


@kernel
def _mix(mixed: Float32Array, strips: Strips, panel: Float32Array, count: int) -> None:
    """Layer normalisation of the first `count` channels, a 1x1 layer and Gelu, in place."""
    channels = mixed.shape[2]
    scaled = np.zeros((STRIP + SPARE) * count, np.float32)
    weights, targets = panel.reshape(-1), mixed.reshape(-1)
    result = np.zeros((STRIP + SPARE) * PANEL, np.float32)
    for number in range(len(strips)):
        y, x, length = strips[number]
        for pixel in range(length):
            here = mixed[y + BORDER, x + BORDER + pixel]
            mean, square = np.float32(0), np.float32(0)
            for k in range(count):
                mean += here[k] / count
            for k in range(count):
                square += (here[k] - mean) ** 2 / count
            factor = 1 / math.sqrt(square + VARIANCE_FLOOR)
            for k in range(count):
                scaled[pixel * count + k] = (here[k] - mean) * factor
        for pixel in range(0, length, PIXELS):
            multiply(
                scaled, pixel * count, count, HERE, 1, count,
                weights, 0, result, pixel * PANEL, PANEL,
            )  # fmt: skip
        gelu(result, 0, length * PANEL // LANES)
        for pixel in range(length):
            to = ((y + BORDER) * mixed.shape[1] + x + BORDER + pixel) * channels
            copy(result, pixel * PANEL, 1, targets, to)


@kernel
def _double(
    mixed: Float32Array,
    strips: Strips,
    offsets: Int64Array,
    panel: Float32Array,
    depth: int,
    out: Float32Array,
) -> None:
    """The folded 5x5 convolution, each of its four pixels to its place."""
    channels, line = mixed.shape[2], mixed.shape[1] * mixed.shape[2]
    result = np.zeros((STRIP + SPARE, PANEL), np.float32)
    pixels, weights, flat = mixed.reshape(-1), panel.reshape(-1), result.reshape(-1)
    for number in range(len(strips)):
        y, x, length = strips[number]
        middle = (y + BORDER) * line + (x + BORDER) * channels
        for pixel in range(0, length, PIXELS):
            multiply(
                pixels, middle + pixel * channels, channels, offsets, len(offsets), depth,
                weights, 0, flat, pixel * PANEL, PANEL,
            )  # fmt: skip
        for k in range(len(out)):
            for quarter in range(4):
                row, column = 2 * y + quarter // 2, 2 * x + quarter % 2
                for pixel in range(length):
                    out[k, row, column + 2 * pixel] = result[pixel, quarter * len(out) + k]
