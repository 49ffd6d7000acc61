"""The inner loops, against numpy."""

from __future__ import annotations

from math import erf

import numpy as np
import pytest

from engine.extractor.leader.packing import FULL, Layer, fill, pack, pack_depthwise, pack_pairs
from engine.extractor.leader.pixels import (
    depthwise7,
    gate,
    highest_of_four,
    mean_of_four,
    normalise,
    standardise,
)
from engine.extractor.leader.products import HERE, PANEL, PIXELS, add_pairs, gelu_pairs, multiply
from engine.kernels import kernel
from engine.records import Float32Array

RANDOM = np.random.default_rng(7)


def numbers(*shape: int) -> Float32Array:
    return RANDOM.standard_normal(shape).astype(np.float32)


def gelu_of(x: Float32Array) -> Float32Array:
    return np.array([v / 2 * (1 + erf(v / np.sqrt(2))) for v in x.ravel()]).reshape(x.shape)


@kernel
def run_multiply(x, panels, out):  # type: ignore[no-untyped-def]
    multiply(
        x.reshape(-1),
        0,
        x.shape[1],
        HERE,
        1,
        x.shape[1],
        panels.reshape(-1),
        0,
        out.reshape(-1),
        0,
        PANEL,
    )


@kernel
def run_add_pairs(x, panels, units, out):  # type: ignore[no-untyped-def]
    pairs = x.reshape(-1).view(np.int32)
    depth = x.shape[1] // 2
    add_pairs(
        pairs, 0, depth, HERE, 1, depth, panels.reshape(-1), 0, units, 0, out.reshape(-1), 0, PANEL
    )


@kernel
def run_gelu_pairs(x, panels, units, out):  # type: ignore[no-untyped-def]
    pairs = x.reshape(-1).view(np.int32)
    depth = x.shape[1] // 2
    gelu_pairs(
        pairs,
        0,
        depth,
        HERE,
        1,
        depth,
        panels.reshape(-1),
        0,
        units.reshape(-1),
        0,
        PANEL,
        out.reshape(-1),
        0,
        PANEL,
    )


@kernel
def run_depthwise(x, weights, out):  # type: ignore[no-untyped-def]
    line = x.shape[1] * x.shape[2]
    depthwise7(x.reshape(-1), 0, x.shape[2], line, weights.reshape(-1), 0, out.reshape(-1), 0, 8)


@kernel
def run_normalise(x, norm):  # type: ignore[no-untyped-def]
    normalise(x, 0, len(x) // 8, len(x), norm.reshape(-1))


@kernel
def run_standardise(x, count, steps, out):  # type: ignore[no-untyped-def]
    standardise(x, 0, len(x) // 16, count, steps, out, 0)


@kernel
def run_gate(x, opening, out):  # type: ignore[no-untyped-def]
    gate(x, 0, opening, 0, len(x) // 8, out, 0)


@kernel
def run_pooling(x, highest, mean):  # type: ignore[no-untyped-def]
    highest_of_four(x.reshape(-1), 0, 8, x.shape[1] * 8, 1, highest, 0)
    mean_of_four(x.reshape(-1), 0, 8, x.shape[1] * 8, 1, mean, 0)


def test_a_tile_of_floats_is_a_matrix_product() -> None:
    """Six pixels, 24 inputs, 16 outputs, and the bias."""
    x, kernel_, bias = numbers(PIXELS, 24), numbers(24, PANEL), numbers(PANEL)
    out = np.zeros((PIXELS, PANEL), np.float32)
    run_multiply(x, pack(Layer(kernel_, bias)), out)
    assert out == pytest.approx(x @ kernel_ + bias, abs=1e-4)


def test_a_tile_of_pairs_is_added() -> None:
    """16 bits lose a thousandth of the inputs' spread."""
    x, kernel_, before = numbers(PIXELS, 32), numbers(32, PANEL), numbers(PIXELS, PANEL)
    out, steps = before.copy(), np.full(32, 4000, np.float32)
    packed = pack_pairs(kernel_, steps, FULL)
    run_add_pairs(np.rint(4000 * x).astype(np.int16), packed.panels, packed.units, out)
    assert out == pytest.approx(before + x @ kernel_, abs=5e-3)


def test_gelu_of_a_tile_stays_in_16_bits() -> None:
    """Bias, Gelu and the steps of the result, over the whole range."""
    x, kernel_, bias = numbers(PIXELS, 32), numbers(32, PANEL), numbers(PANEL)
    out = np.zeros((PIXELS, PANEL), np.int16)
    packed = pack_pairs(kernel_, np.full(32, 4000, np.float32), FULL)
    scales = np.stack([packed.units, fill(bias), np.full(PANEL, 1000, np.float32)])
    run_gelu_pairs(np.rint(4000 * x).astype(np.int16), packed.panels, scales, out)
    assert out / 1000 == pytest.approx(gelu_of(x @ kernel_ + bias), abs=5e-3)


def test_the_largest_sum_does_not_overflow() -> None:
    """Inputs along the weights, as long as they may be, give the sum that 32 bits hold."""
    kernel_ = np.tile(numbers(224, 1), (1, PANEL))
    x = np.rint(FULL * kernel_[:, 0] / np.linalg.norm(kernel_[:, 0]))
    packed = pack_pairs(kernel_, np.ones(224, np.float32), FULL)
    out = np.zeros((PIXELS, PANEL), np.float32)
    run_add_pairs(np.tile(x, (PIXELS, 1)).astype(np.int16), packed.panels, packed.units, out)
    assert out == pytest.approx(np.tile(x @ kernel_, (PIXELS, 1)), rel=1e-3)


def test_depthwise_convolves_each_channel() -> None:
    """Eight pixels of a row, 7x7."""
    x, kernel_ = numbers(7, 14, 8), numbers(8, 1, 7, 7)
    out = np.zeros((8, 8), np.float32)
    run_depthwise(x, pack_depthwise(kernel_, np.arange(8)), out)
    expected = [(x[:, p : p + 7] * kernel_[:, 0].transpose(1, 2, 0)).sum((0, 1)) for p in range(8)]
    assert out == pytest.approx(np.array(expected), abs=1e-4)


def test_normalising_ends_in_gelu() -> None:
    """Mean 0 and variance 1 over the channels, gain, offset, Gelu."""
    x, norm = 5 + 3 * numbers(32), numbers(2, 32)
    expected = gelu_of((x - x.mean()) / np.sqrt(x.var() + 1e-3) * norm[0] + norm[1])
    run_normalise(x, norm)
    assert x == pytest.approx(expected, abs=2e-5)


def test_standardising_ignores_the_padding() -> None:
    """Of 16 places 11 are channels; the zeros behind them do not count."""
    x, out = np.zeros(16, np.float32), np.zeros(16, np.int16)
    x[:11] = numbers(11)
    expected = 1000 * (x[:11] - x[:11].mean()) / np.sqrt(x[:11].var() + 1e-3)
    run_standardise(x, 11, np.array([1000], np.float32), out)
    assert out[:11] == pytest.approx(expected, abs=0.51)


def test_a_gate_is_a_sigmoid() -> None:
    """From wide open to shut."""
    opening = np.array([-200, -9, -1, -1e-3, 0, 0.7, 11, 300], np.float32)
    out = np.zeros(8, np.float32)
    run_gate(np.full(8, 2, np.float32), opening, out)
    expected = 2 / (1 + np.exp(-opening.clip(-80, 80).astype(float)))
    assert out == pytest.approx(expected, rel=1e-5, abs=1e-12)


def test_four_pixels_become_one() -> None:
    """The highest of them, or their mean."""
    x = numbers(2, 2, 8)
    highest, mean = np.zeros(8, np.float32), np.zeros(8, np.float32)
    run_pooling(x, highest, mean)
    np.testing.assert_array_equal(highest, x.max((0, 1)))
    assert mean == pytest.approx(x.mean((0, 1)), abs=1e-6)
