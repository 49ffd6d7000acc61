"""Where the cores and deltas of a finger lie, drawn for its class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.synthetic.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Layout:
    """The singular points of one finger, in the plane of the orientation model.

    Points are complex: x in pixels right of the finger's axis, y in pixels above the crease.

    Attributes:
        pattern: the finger's class.
        cores: where the flow turns by +180 degrees.
        deltas: where the flow turns by -180 degrees.
        reach: half distance of the two points at the finger's sides, in the crease, through
            which the arches of an undisturbed flow pass.
        rise: how steeply a plain arch climbs in its middle, radians; 0 for other classes.
    """

    pattern: Pattern
    cores: tuple[complex, ...]
    deltas: tuple[complex, ...]
    reach: float
    rise: float = 0.0


def sample_layout(pattern: Pattern, rng: np.random.Generator) -> Layout:
    """Draw the singular points of a finger of this class."""
    return _SAMPLERS[pattern](rng)


def _reach(rng: np.random.Generator) -> float:
    return float(rng.uniform(225, 300))


def _point(rng: np.random.Generator, x: float, y: float, spread: float) -> complex:
    return complex(rng.normal(x, spread), rng.normal(y, spread))


def _arch(rng: np.random.Generator) -> Layout:
    return Layout(Pattern.ARCH, (), (), _reach(rng), float(rng.uniform(0.6, 1.0)))


def _tented_arch(rng: np.random.Generator) -> Layout:
    core = _point(rng, 0, 245, 12)
    delta = core + complex(rng.normal(0, 5), -rng.uniform(60, 95))
    return Layout(Pattern.TENTED_ARCH, (core,), (delta,), _reach(rng))


def _left_loop(rng: np.random.Generator) -> Layout:
    core = _point(rng, 5, 280, 12)
    delta = complex(rng.uniform(50, 110), rng.normal(162, 16))
    return Layout(Pattern.LEFT_LOOP, (core,), (delta,), _reach(rng))


def _right_loop(rng: np.random.Generator) -> Layout:
    left = _left_loop(rng)
    cores, deltas = (tuple(-p.conjugate() for p in points) for points in (left.cores, left.deltas))
    return Layout(Pattern.RIGHT_LOOP, cores, deltas, left.reach)


def _whorl(rng: np.random.Generator) -> Layout:
    """Two cores that face each other; far apart and aslant they make a double loop."""
    middle = _point(rng, 0, 268, 12)
    half = rng.uniform(8, 42) * np.exp(1j * rng.normal(np.pi / 2, 0.5))
    left = complex(-rng.uniform(95, 145), rng.normal(142, 16))
    right = complex(rng.uniform(95, 145), rng.normal(142, 16))
    cores = (complex(middle + half), complex(middle - half))
    return Layout(Pattern.WHORL, cores, (left, right), _reach(rng))


_SAMPLERS: dict[Pattern, Callable[[np.random.Generator], Layout]] = {
    Pattern.ARCH: _arch,
    Pattern.TENTED_ARCH: _tented_arch,
    Pattern.LEFT_LOOP: _left_loop,
    Pattern.RIGHT_LOOP: _right_loop,
    Pattern.WHORL: _whorl,
}
