"""Products with weights: a tile of a few pixels and 16 output channels at a time.

A tile's sums stay in registers. Arrays are flat; starts, steps and offsets count numbers.
Where the inputs are bounded they are kept in 16 bits: `pmaddwd` then does twice the work of a
float multiplication on any x86-64, with no loss that is seen (steps of 1/32000 of the bound).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.extractor.leader.vectors import FLOATS, LANES, PAIRS, WORDS, Vectors, inner_loop

PIXELS = 6
VECTORS = 2
"""A tile of a product: 12 sums, which leaves 4 of 16 registers for what is multiplied."""

PANEL = VECTORS * LANES
"""Output channels of a tile. Weights lie panel by panel: `packing.py`."""

HERE = np.zeros(1, np.int64)
"""The offset of a 1x1 convolution's only tap."""

Product = Callable[[Any, Any, Any], Any]


@inner_loop
def multiply(  # noqa: PLR0913 - plain places, as kernels have them
    v: Vectors,
    inputs: Any,
    start: Any,
    step: Any,
    offsets: Any,
    taps: Any,
    depth: Any,
    weights: Any,
    first: Any,
    results: Any,
    place: Any,
    stride: Any,
) -> None:
    """Of PIXELS pixels, a panel of output channels: bias plus products.

    Pixel i reads, for each of `taps` taps, `depth` numbers from start + i * step + offset on.
    The panel starts with its bias. Pixel i is written to place + i * stride.
    """
    bias = [v.load(weights, v.add(first, LANES * k)) for k in range(VECTORS)]
    sums = [[v.register(bias[k]) for k in range(VECTORS)] for _ in range(PIXELS)]
    _accumulate(
        v,
        sums,
        (inputs, start, step),
        (offsets, taps, depth),
        (weights, v.add(first, PANEL), FLOATS),
        lambda x, weight, total: v.fma(v.spread(x), weight, total),
    )
    for pixel, line in enumerate(sums):
        to = v.add(place, v.multiply(stride, pixel))
        for k, total in enumerate(line):
            v.store(v.read(total), results, v.add(to, LANES * k))


@inner_loop
def add_pairs(  # noqa: PLR0913 - plain places, as kernels have them
    v: Vectors,
    inputs: Any,
    start: Any,
    step: Any,
    offsets: Any,
    taps: Any,
    depth: Any,
    weights: Any,
    first: Any,
    units: Any,
    unit: Any,
    results: Any,
    place: Any,
    stride: Any,
) -> None:
    """Add to `results` the products of pairs of 16 bits, times the unit of each channel.

    As `multiply`, but inputs, weights, steps and depth are in pairs, and without bias.
    """
    sums = _multiply_pairs(v, (inputs, start, step), (offsets, taps, depth), (weights, first))
    scales = [v.load(units, v.add(unit, LANES * k)) for k in range(VECTORS)]
    for pixel, line in enumerate(sums):
        to = v.add(place, v.multiply(stride, pixel))
        for k, total in enumerate(line):
            here = v.add(to, LANES * k)
            product = v.builder.sitofp(total, FLOATS)
            v.store(v.fma(product, scales[k], v.load(results, here)), results, here)


@inner_loop
def gelu_pairs(  # noqa: PLR0913 - plain places, as kernels have them
    v: Vectors,
    inputs: Any,
    start: Any,
    step: Any,
    offsets: Any,
    taps: Any,
    depth: Any,
    weights: Any,
    first: Any,
    units: Any,
    unit: Any,
    width: Any,
    results: Any,
    place: Any,
    stride: Any,
) -> None:
    """Gelu of a product of pairs, again in 16 bits.

    `units` holds three rows of `width` channels: unit of the product, bias, and how many
    steps of the result are one.
    """
    sums = _multiply_pairs(v, (inputs, start, step), (offsets, taps, depth), (weights, first))
    scale, bias, steps = (
        [
            v.load(units, v.add(v.add(unit, v.multiply(width, row)), LANES * k))
            for k in range(VECTORS)
        ]
        for row in range(3)
    )
    for pixel, line in enumerate(sums):
        done = []
        for k, total in enumerate(line):
            x = v.fma(v.builder.sitofp(total, FLOATS), scale[k], bias[k])
            done.append(v.builder.fmul(v.builder.fmul(x, steps[k]), v.normal_share(x)))
        v.store(v.narrow(*done), results, v.add(place, v.multiply(stride, pixel)))


def _multiply_pairs(
    v: Vectors,
    source: tuple[Any, Any, Any],
    window: tuple[Any, Any, Any],
    panel: tuple[Any, Any],
) -> list[list[Any]]:
    """The sums of a tile, 32 bits."""
    zero = v.spread(0, WORDS)
    sums = [[v.register(zero) for _ in range(VECTORS)] for _ in range(PIXELS)]

    def product(x: Any, weight: Any, total: Any) -> Any:
        pair = v.builder.bitcast(v.spread(x, WORDS), PAIRS)
        return v.builder.add(v.product_of_pairs(pair, weight), total)

    _accumulate(v, sums, source, window, (*panel, PAIRS), product)
    return [[v.read(total) for total in line] for line in sums]


def _accumulate(
    v: Vectors,
    sums: list[list[Any]],
    source: tuple[Any, Any, Any],
    window: tuple[Any, Any, Any],
    panel: tuple[Any, Any, Any],
    product: Product,
) -> None:
    """Add to each sum of a tile the products over all taps and their depth."""
    inputs, start, step = source
    offsets, taps, depth = window
    weights, first, kind = panel
    pixels = [v.add(start, v.multiply(step, pixel)) for pixel in range(PIXELS)]
    row = v.register(first)
    with v.loop(taps) as tap:
        offset = v.number(offsets, tap.index)
        places = [v.add(pixel, offset) for pixel in pixels]
        with v.loop(depth) as k:
            at = v.read(row)
            factors = [v.load(weights, v.add(at, LANES * part), kind) for part in range(VECTORS)]
            for place, line in zip(places, sums, strict=True):
                x = v.number(inputs, v.add(place, k.index))
                for total, factor in zip(line, factors, strict=True):
                    v.write(total, product(x, factor, v.read(total)))
            v.write(row, v.add(at, PANEL))
