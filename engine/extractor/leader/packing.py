"""Weights in the order in which the inner loops read them.

Layer normalisation's linear parts are merged into the convolutions beside it. Channels of a
map come in eights; where a part of a map has fewer, zeros follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.extractor.leader.products import PANEL
from engine.extractor.leader.vectors import LANES
from engine.extractor.leader.weights import Convolution, Norm
from engine.records import Float32Array

Int32Array = NDArray[np.int32]
Rows = NDArray[np.intp]

FULL = 32000
"""Largest number of 16 bits that is used: a little room is left for rounding."""

FULL_SUM = 2.1e9
"""Largest sum of 32 bits that is used."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A linear layer, inputs to outputs.

    Attributes:
        kernel: (inputs, outputs) float32.
        bias: (outputs,) float32.
    """

    kernel: Float32Array
    bias: Float32Array

    def then(self, other: Layer) -> Layer:
        """This layer and another behind it, as one."""
        return Layer(self.kernel @ other.kernel, self.bias @ other.kernel + other.bias)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A linear layer in numbers of 16 bits.

    Attributes:
        panels: (outputs / 16, inputs / 2, 16) int32: two weights of 16 bits in each.
        units: (outputs,) float32: what a product of one step with one step is worth.
    """

    panels: Int32Array
    units: Float32Array


def pointwise(convolution: Convolution) -> Layer:
    """A 1x1 convolution."""
    return Layer(convolution.kernel[:, :, 0, 0].T, convolution.bias)


def place(parts: tuple[int, ...]) -> Rows:
    """Where the channels of a map's parts lie, each part beginning at a multiple of 8."""
    starts = np.cumsum([0, *(round_up(part, LANES) for part in parts)])
    return np.concatenate(
        [start + np.arange(part) for start, part in zip(starts, parts, strict=False)]
    )


def spread_rows(kernel: Float32Array, rows: Rows) -> Float32Array:
    """The kernel with its inputs at these rows of a longer one, zeros between."""
    spread = np.zeros((round_up(int(rows[-1]) + 1, LANES), kernel.shape[1]), np.float32)
    spread[rows] = kernel
    return spread


def pack(layer: Layer) -> Float32Array:
    """(outputs / 16, 1 + inputs, 16) float32: panels, each with its bias first."""
    rows = np.concatenate([layer.bias[None], layer.kernel])
    return np.ascontiguousarray(_panels(rows), np.float32)


def pack_depthwise(kernel: Float32Array, rows: Rows) -> Float32Array:
    """(channels / 8, taps, 8) float32 from (channels, 1, size, size)."""
    taps = spread_rows(kernel.reshape(len(kernel), -1), rows)
    return np.ascontiguousarray(taps.reshape(-1, LANES, taps.shape[1]).transpose(0, 2, 1))


def pack_pairs(kernel: Float32Array, steps: Float32Array, reach: float) -> Pairs:
    """A layer in 16 bits.

    Args:
        kernel: (inputs, outputs), an even number of inputs.
        steps: (inputs,) how many steps of an input are one; 0 where none comes.
        reach: bound of the inputs' Euclidean norm, steps. No sum then overflows (Cauchy).
    """
    scaled = np.divide(kernel, steps[:, None], out=np.zeros_like(kernel), where=steps[:, None] > 0)
    length = np.maximum(np.linalg.norm(scaled, axis=0), 1e-30)
    largest = np.maximum(np.abs(scaled).max(0), 1e-30)
    fine = np.minimum(FULL / largest, FULL_SUM / (reach * length))
    panels = _panels(np.rint(scaled * fine).astype(np.int16))
    count, inputs, _ = panels.shape
    paired = panels.reshape(count, inputs // 2, 2, PANEL).transpose(0, 1, 3, 2)
    units = np.ones(count * PANEL, np.float32)
    units[: len(fine)] = 1 / fine
    return Pairs(np.ascontiguousarray(paired).view(np.int32)[..., 0].copy(), units)


def fill(values: Float32Array) -> Float32Array:
    """(outputs,) as many as the panels have, zeros behind."""
    return np.pad(values, (0, -len(values) % PANEL)).astype(np.float32)


def stack_norm(norm: Norm) -> Float32Array:
    """(2, channels): gain and offset."""
    return np.stack([norm.gain, norm.offset])


def round_up(count: int, unit: int) -> int:
    """The least multiple of `unit` that is not less."""
    return -(-count // unit) * unit


def _panels(rows: NDArray[np.generic]) -> NDArray[np.generic]:
    """(outputs / 16, rows, 16) from (rows, outputs)."""
    padded = np.pad(rows, ((0, 0), (0, -rows.shape[1] % PANEL)))
    return padded.reshape(len(rows), -1, PANEL).transpose(1, 0, 2)
