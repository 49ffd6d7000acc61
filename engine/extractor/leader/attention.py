"""The attention gate: what the context lets through to the refinement."""

from __future__ import annotations

import numpy as np

from engine.extractor.leader.feature_map import BORDER, SPARE, STRIP, Int64Array, Strips
from engine.extractor.leader.packing import Layer, pack, pointwise
from engine.extractor.leader.pixels import gate, gelu
from engine.extractor.leader.products import HERE, PANEL, PIXELS, multiply
from engine.extractor.leader.vectors import LANES
from engine.extractor.leader.weights import LeaderWeights
from engine.kernels import kernel
from engine.records import Float32Array

DILATIONS = (1, 3, 6)

TAPS = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1)]


class Attention:
    """Weights in 0..1 for each channel, from three dilated 3x3 convolutions."""

    def __init__(self, weights: LeaderWeights) -> None:
        layers = weights.convolutions
        views = [layers[f"attention_d{dilation}"] for dilation in DILATIONS]
        kernels = [one.kernel.transpose(2, 3, 1, 0).reshape(-1, len(one.bias)) for one in views]
        self._views = np.concatenate(
            [pack(Layer(each, one.bias)) for each, one in zip(kernels, views, strict=True)]
        )
        self._gate = pack(pointwise(layers["attention_gate"]))
        self.channels = views[0].kernel.shape[1]

    def run(self, source: Float32Array, strips: Strips, out: Float32Array) -> None:
        """From the context's features to the first channels of a map of the same size."""
        line, step = source.shape[1] * source.shape[2], source.shape[2]
        offsets = np.array([[d * (y * line + x * step) for y, x in TAPS] for d in DILATIONS])
        _run(source, strips, offsets, self._views, self._gate, out)


@kernel
def _run(
    source: Float32Array,
    strips: Strips,
    offsets: Int64Array,
    views: Float32Array,
    gates: Float32Array,
    out: Float32Array,
) -> None:
    channels, line, width = source.shape[2], source.shape[1] * source.shape[2], len(views) * PANEL
    pixels, targets, taps = source.reshape(-1), out.reshape(-1), offsets.shape[1]
    panels, openings = views.reshape(-1), gates.reshape(-1)
    size, opening = views.shape[1] * PANEL, gates.shape[1] * PANEL
    seen = np.zeros((STRIP + SPARE) * width, np.float32)
    opened = np.zeros((STRIP + SPARE) * channels, np.float32)
    for number in range(len(strips)):
        y, x, length = strips[number]
        middle = (y + BORDER) * line + (x + BORDER) * channels
        for view in range(len(views)):
            for pixel in range(0, length, PIXELS):
                multiply(
                    pixels, middle + pixel * channels, channels, offsets[view], taps, channels,
                    panels, view * size,
                    seen, pixel * width + view * PANEL, width,
                )  # fmt: skip
        gelu(seen, 0, length * width // LANES)
        for panel in range(len(gates)):
            for pixel in range(0, length, PIXELS):
                multiply(
                    seen, pixel * width, width, HERE, 1, width,
                    openings, panel * opening,
                    opened, pixel * channels + panel * PANEL, channels,
                )  # fmt: skip
        for pixel in range(length):
            to = ((y + BORDER) * out.shape[1] + x + BORDER + pixel) * out.shape[2]
            at = pixel * channels
            gate(pixels, middle + at, opened, at, channels // LANES, targets, to)
