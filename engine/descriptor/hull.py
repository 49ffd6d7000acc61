"""Convex hull of a print's minutiae, and whether a point lies in it or near it."""

from __future__ import annotations

import numpy as np

from engine.kernels import kernel
from engine.records import Float32Array


@kernel
def _turn(o: Float32Array, a: Float32Array, b: Float32Array) -> float:
    """Twice the signed area of a triangle; positive for a counter-clockwise turn."""
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])  # type: ignore[no-any-return]


@kernel
def convex_hull(points: Float32Array) -> Float32Array:
    """Corners of the convex hull, counter-clockwise (Andrew's monotone chain).

    Args:
        points: (N, 2) float32, y up; N >= 1.

    Returns:
        (H, 2) float32; fewer than three corners if all points lie on a line.
    """
    n = len(points)
    order = np.argsort(points[:, 0] * 65536.0 + points[:, 1])
    hull = np.empty((2 * n + 1, 2), np.float32)
    count = 0
    for i in range(n):  # lower chain, left to right
        while count >= 2 and _turn(hull[count - 2], hull[count - 1], points[order[i]]) <= 0:
            count -= 1
        hull[count] = points[order[i]]
        count += 1
    lower = count + 1
    for i in range(n - 2, -1, -1):  # upper chain, back again
        while count >= lower and _turn(hull[count - 2], hull[count - 1], points[order[i]]) <= 0:
            count -= 1
        hull[count] = points[order[i]]
        count += 1
    return hull[: max(1, count - 1)].copy()


@kernel
def near_hull(hull: Float32Array, x: float, y: float, margin: float) -> bool:
    """Whether a point lies in the hull or at most `margin` pixels from it."""
    inside = len(hull) >= 3
    nearest = np.inf
    for i in range(len(hull)):
        j = (i + 1) % len(hull)
        ax, ay, bx, by = hull[i, 0], hull[i, 1], hull[j, 0], hull[j, 1]
        ex, ey = bx - ax, by - ay
        length2 = ex * ex + ey * ey
        if ex * (y - ay) - ey * (x - ax) < 0:
            inside = False
        along = 0.0
        if length2 > 0:
            along = min(1.0, max(0.0, ((x - ax) * ex + (y - ay) * ey) / length2))
        dx, dy = x - (ax + along * ex), y - (ay + along * ey)
        nearest = min(nearest, dx * dx + dy * dy)
    return inside or nearest <= margin * margin
