"""How likely each candidate is a minutia of the finger, from what surrounds it."""

from __future__ import annotations

import numpy as np

from engine.extractor.classical.candidates import Candidates
from engine.extractor.classical.parameters import QUALITY, SHRINK
from engine.extractor.classical.smoothing import smooth
from engine.kernels import kernel
from engine.records import Float32Array


def judge(candidates: Candidates, ridges: Float32Array, angle: Float32Array) -> Float32Array:
    """Probability of each candidate, (N,) float32 in [0, 1].

    `ridges` is the enhanced image and `angle` the ridges' angle, both at working size.
    """
    weights = np.array(
        [
            QUALITY.border,
            QUALITY.trace,
            QUALITY.fork,
            QUALITY.facing,
            QUALITY.opposed,
            QUALITY.near,
            QUALITY.strength,
            QUALITY.askew,
        ],
        np.float32,
    )
    logit = describe(candidates, ridges, angle) @ weights + np.float32(QUALITY.bias)
    return np.asarray(1 / (1 + np.exp(-logit)), np.float32)


def describe(candidates: Candidates, ridges: Float32Array, angle: Float32Array) -> Float32Array:
    """What is known of each candidate, (N, 8) float32, in the order of the weights of `Quality`.

    Distances in px, capped where they stop to matter; strength as `enhance` gives it; radians
    between the line and the ridges around it.
    """
    strength = np.sqrt(smooth(ridges * ridges, QUALITY.strength_blur, SHRINK))
    height, width = ridges.shape
    columns = np.minimum(candidates.xy[:, 0].astype(np.intp) // SHRINK, width - 1)
    rows = np.minimum(candidates.xy[:, 1].astype(np.intp) // SHRINK, height - 1)
    turn = candidates.direction - angle[rows, columns]
    own = [
        np.minimum(candidates.border, QUALITY.border_reach),
        candidates.steps,
        np.minimum(candidates.fork, QUALITY.fork_reach),
    ]
    neighbours = _neighbours(candidates.xy, candidates.direction, QUALITY.reach)
    around = [
        strength[rows, columns],
        np.abs(np.mod(turn + np.pi / 2, np.pi) - np.pi / 2),
    ]
    return np.column_stack([*own, neighbours, *around]).astype(np.float32)


@kernel
def _neighbours(xy: Float32Array, direction: Float32Array, reach: float) -> Float32Array:
    """Distance to the nearest tip that faces, that is opposed, and that is any: (N, 3) px.

    Opposed: of a line of the other way, as at a scar. Facing: and across a gap, as at a break.
    """
    count = len(xy)
    nearest = np.full((count, 3), reach, np.float32)
    for one in range(count):
        for other in range(count):
            right = xy[other, 0] - xy[one, 0]
            down = xy[other, 1] - xy[one, 1]
            apart = np.sqrt(right * right + down * down)
            if one == other or apart >= reach:
                continue
            nearest[one, 2] = min(nearest[one, 2], apart)
            if np.cos(direction[one] - direction[other]) > -0.737:  # within 42 degrees
                continue
            nearest[one, 1] = min(nearest[one, 1], apart)
            ahead = np.cos(direction[one]) * right - np.sin(direction[one]) * down
            if ahead < -0.3 * apart:
                nearest[one, 0] = min(nearest[one, 0], apart)
    return nearest
