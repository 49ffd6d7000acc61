"""What is done channel by channel: eight channels of one or a few pixels at a time.

Arrays are flat; starts, steps and places count numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.extractor.leader.vectors import FLOATS, LANES, Vectors, inner_loop

SPATIAL_PIXELS = 8
"""A tile of a depthwise convolution: 8 sums, a row of up to 7 weights and the input."""

VARIANCE_FLOOR = 1e-3
"""Added to a variance; the default of Keras, which pyfing keeps."""


def depthwise(size: int) -> Any:
    """The inner loop of a convolution of each channel by itself, `size` pixels square.

    Of SPATIAL_PIXELS pixels in a row, 8 channels: reads from the window's first pixel,
    `start`; `step` to the next pixel, `line` to the next row. Each row of the input is read
    once for all pixels.
    """

    def emit(  # noqa: PLR0913 - plain places, as kernels have them
        v: Vectors,
        inputs: Any,
        start: Any,
        step: Any,
        line: Any,
        weights: Any,
        first: Any,
        results: Any,
        place: Any,
        stride: Any,
    ) -> None:
        sums = [v.register(v.spread(0.0)) for _ in range(SPATIAL_PIXELS)]
        with v.loop(v.index(size)) as row:
            source = v.add(start, v.multiply(line, row.index))
            kernel = v.add(first, v.multiply(row.index, size * LANES))
            taps = [v.load(weights, v.add(kernel, LANES * tap)) for tap in range(size)]
            for column in range(SPATIAL_PIXELS + size - 1):
                x = v.load(inputs, v.add(source, v.multiply(step, column)))
                for tap, weight in enumerate(taps):
                    if 0 <= column - tap < SPATIAL_PIXELS:
                        total = sums[column - tap]
                        v.write(total, v.fma(x, weight, v.read(total)))
        for pixel, total in enumerate(sums):
            v.store(v.read(total), results, v.add(place, v.multiply(stride, pixel)))

    return inner_loop(emit)


depthwise5 = depthwise(5)
depthwise7 = depthwise(7)


@inner_loop
def normalise(v: Vectors, values: Any, start: Any, vectors: Any, count: Any, norm: Any) -> None:
    """Gelu of a pixel's channels after layer normalisation, in place.

    `norm` holds (gain, offset) of `count` channels, which fill all the vectors.
    """
    mean, deviation = _measure(v, values, start, vectors, count)
    factor = v.builder.fdiv(v.spread(1.0), deviation)
    with v.loop(vectors) as k:
        at = v.multiply(k.index, LANES)
        here = v.add(start, at)
        x = v.builder.fmul(v.builder.fsub(v.load(values, here), mean), factor)
        x = v.fma(x, v.load(norm, at), v.load(norm, v.add(at, count)))
        v.store(v.builder.fmul(x, v.normal_share(x)), values, here)


@inner_loop
def standardise(  # noqa: PLR0913 - plain places, as kernels have them
    v: Vectors,
    values: Any,
    start: Any,
    doubles: Any,
    count: Any,
    steps: Any,
    results: Any,
    place: Any,
) -> None:
    """A pixel's channels with mean 0 and variance 1, in 16 bits; `steps` of them are one.

    Reads twice `doubles` vectors, of which `count` numbers are channels and the rest zeros;
    what is written for those has no meaning.
    """
    mean, deviation = _measure(v, values, start, v.multiply(doubles, 2), count)
    factor = v.builder.fdiv(v.spread(v.number(steps, v.index(0))), deviation)
    with v.loop(doubles) as k:
        at = v.multiply(k.index, 2 * LANES)
        parts = [
            v.builder.fmul(
                v.builder.fsub(v.load(values, v.add(v.add(start, at), LANES * half)), mean), factor
            )
            for half in (0, 1)
        ]
        v.store(v.narrow(*parts), results, v.add(place, at))


@inner_loop
def gelu(v: Vectors, values: Any, start: Any, vectors: Any) -> None:
    """Gelu, in place."""
    with v.loop(vectors) as k:
        here = v.add(start, v.multiply(k.index, LANES))
        x = v.load(values, here)
        v.store(v.builder.fmul(x, v.normal_share(x)), values, here)


@inner_loop
def copy(v: Vectors, values: Any, start: Any, vectors: Any, results: Any, place: Any) -> None:
    """A pixel's channels to another place."""
    with v.loop(vectors) as k:
        at = v.multiply(k.index, LANES)
        v.store(v.load(values, v.add(start, at)), results, v.add(place, at))


def pooling(join: Callable[[Vectors, Any, Any, Any, Any], Any]) -> Any:
    """The inner loop that makes one pixel of four; `step` and `line` lead to the others."""

    def emit(  # noqa: PLR0913 - plain places, as kernels have them
        v: Vectors,
        values: Any,
        start: Any,
        step: Any,
        line: Any,
        vectors: Any,
        results: Any,
        place: Any,
    ) -> None:
        below = v.add(start, line)
        corners = [start, v.add(start, step), below, v.add(below, step)]
        with v.loop(vectors) as k:
            at = v.multiply(k.index, LANES)
            four = [v.load(values, v.add(corner, at)) for corner in corners]
            v.store(join(v, *four), results, v.add(place, at))

    return inner_loop(emit)


def _join_highest(v: Vectors, a: Any, b: Any, c: Any, d: Any) -> Any:
    return v.larger(v.larger(a, b), v.larger(c, d))


def _join_mean(v: Vectors, a: Any, b: Any, c: Any, d: Any) -> Any:
    total = v.builder.fadd(v.builder.fadd(a, b), v.builder.fadd(c, d))
    return v.builder.fmul(total, v.spread(0.25))


highest_of_four = pooling(_join_highest)
mean_of_four = pooling(_join_mean)


@inner_loop
def gate(  # noqa: PLR0913 - plain places, as kernels have them
    v: Vectors,
    values: Any,
    start: Any,
    openings: Any,
    opening: Any,
    vectors: Any,
    results: Any,
    place: Any,
) -> None:
    """A pixel's channels times the sigmoid of `openings`."""
    with v.loop(vectors) as k:
        at = v.multiply(k.index, LANES)
        x, share = v.load(values, v.add(start, at)), v.load(openings, v.add(opening, at))
        v.store(v.builder.fmul(x, v.sigmoid(share)), results, v.add(place, at))


def _measure(v: Vectors, values: Any, start: Any, vectors: Any, count: Any) -> tuple[Any, Any]:
    """Mean and deviation of a pixel's channels, each in all lanes."""
    total, squares = v.register(v.spread(0.0)), v.register(v.spread(0.0))
    with v.loop(vectors) as k:
        x = v.load(values, v.add(start, v.multiply(k.index, LANES)))
        v.write(total, v.builder.fadd(x, v.read(total)))
        v.write(squares, v.fma(x, x, v.read(squares)))
    share = v.spread(v.builder.sitofp(count, FLOATS.element))
    mean = v.builder.fdiv(v.total(v.read(total)), share)
    square = v.builder.fdiv(v.total(v.read(squares)), share)
    variance = v.builder.fsub(square, v.builder.fmul(mean, mean))
    return mean, v.root(v.builder.fadd(variance, v.spread(VARIANCE_FLOOR)))
