"""Do the pairs agree with each other? Each pair is strengthened by those it is compatible with.

A pair's value moves, round by round, towards the mean value of the others weighted by
compatibility: equal distances, equal turns, equal bearings. True pairs keep their value, chance
pairs lose it. Source: Cappelli et al., "Minutia Cylinder-Code", section 4.5, with distances
taken relative to their sum as in the authors' SDK.
"""

from __future__ import annotations

import numpy as np

from engine.kernels import kernel
from engine.matcher.tables import KernelTables
from engine.records import Float32Array

NEGLIGIBLE = np.float32(0.002)
"""A compatibility of distances below this cannot change a score that matters."""


@kernel
def compatibility(pairs: Float32Array, tables: KernelTables, out: Float32Array) -> None:
    """How well each two pairs agree.

    Args:
        pairs: (6, P) float32: x and y in print a, x and y in print b (pixels, y up), cosine and
            sine of the direction in b minus the direction in a.
        tables: see `KernelTables`.
        out: (>= P, >= P) float32, filled with the product of the three sigmoids, 0 for a pair
            and itself.
    """
    n = pairs.shape[1]
    one, tiny = np.float32(1), np.float32(1e-6)
    steps = np.float32(len(tables.distance) - 1)
    half = np.float32(0.5) * steps
    for t in range(n):
        out[t, t] = 0
        for k in range(t):
            ax, ay = pairs[0, k] - pairs[0, t], pairs[1, k] - pairs[1, t]
            bx, by = pairs[2, k] - pairs[2, t], pairs[3, k] - pairs[3, t]
            in_a, in_b = np.sqrt(ax * ax + ay * ay), np.sqrt(bx * bx + by * by)
            apart = abs(in_a - in_b) / (in_a + in_b + tiny)
            alike = tables.distance[np.int32(apart * steps)]
            if alike < NEGLIGIBLE:  # half of all chance pairs end here
                out[t, k] = out[k, t] = 0
                continue
            cos_t, sin_t, cos_k, sin_k = pairs[4, t], pairs[5, t], pairs[4, k], pairs[5, k]
            turned = cos_t * cos_k + sin_t * sin_k
            alike *= tables.turn[np.int32((min(one, max(-one, turned)) + one) * half)]
            straight, across = bx * ax + by * ay, by * ax - bx * ay
            scale = one / (in_a * in_b + tiny)
            from_t = (cos_t * straight + sin_t * across) * scale
            from_k = (cos_k * straight + sin_k * across) * scale
            from_t, from_k = min(one, max(-one, from_t)), min(one, max(-one, from_k))
            out[t, k] = alike * tables.bearing[np.int32((from_t + one) * half)]
            out[k, t] = alike * tables.bearing[np.int32((from_k + one) * half)]


@kernel
def relax(
    rho: Float32Array, start: Float32Array, rounds: int, inertia: float, out: Float32Array
) -> None:
    """Values of the pairs after some rounds.

    Args:
        rho: (>= P, >= P) float32, compatibilities.
        start: (P,) float32, similarities.
        rounds, inertia: see `MatchParameters`.
        out: (P,) float32, filled with the values.
    """
    n = len(start)
    previous = start.copy()
    pull = np.float32((1 - inertia) / max(1, n - 1))
    keep = np.float32(inertia)
    out[:] = start
    for _ in range(rounds):
        for t in range(n):
            support = np.float32(0)
            for k in range(n):
                support += rho[t, k] * previous[k]
            out[t] = keep * previous[t] + pull * support
        previous[:] = out
