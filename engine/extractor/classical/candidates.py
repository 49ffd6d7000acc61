"""Possible minutiae: ends of ridges are endings, ends of valleys are bifurcations.

A ridge forks around the end of a valley and a valley around the end of a ridge, so both kinds
are found by the same steps, and each should have a fork of the other skeleton at its tip
(Hung 1993 on this duality; SBMEX in pyfing also thins both).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.extractor.classical.parameters import QUALITY, TRACING
from engine.extractor.classical.skeleton import thin
from engine.extractor.classical.tracing import Lines, trace
from engine.records import Float32Array, MinutiaType, UInt8Array


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Possible minutiae at full size.

    Attributes:
        xy: (N, 2) float32, px: the tip of the line.
        direction: (N,) float32, radians, y up, along the line.
        type: (N,) uint8, a `MinutiaType`.
        steps: (N,) float32, px that the line could be followed.
        border: (N,) float32, px to the rim of the print.
        fork: (N,) float32, px to the nearest fork of the other skeleton.
    """

    xy: Float32Array
    direction: Float32Array
    type: UInt8Array
    steps: Float32Array
    border: Float32Array
    fork: Float32Array


def find_candidates(ridges: Float32Array, mask: UInt8Array) -> Candidates:
    """All ends of lines. `ridges` (H, W) is positive on ridges; both are at full size."""
    border = _border_distance(mask)
    inside = mask != 0
    endings = trace(thin(((ridges > 0) & inside).astype(np.uint8)), border)
    splits = trace(thin(((ridges <= 0) & inside).astype(np.uint8)), border)
    tips = np.concatenate([endings.tips, splits.tips])
    columns, rows = tips.astype(np.intp).T
    return Candidates(
        xy=tips,
        direction=np.concatenate([endings.direction, splits.direction]),
        type=np.repeat(
            np.array([MinutiaType.ENDING, MinutiaType.BIFURCATION], np.uint8),
            [len(endings.tips), len(splits.tips)],
        ),
        steps=np.concatenate([endings.steps, splits.steps]),
        border=border[rows, columns],
        fork=np.concatenate([_nearest_fork(endings, splits), _nearest_fork(splits, endings)]),
    )


def place(candidates: Candidates) -> Float32Array:
    """Where the minutiae are, (N, 2) px: thinning stops short of them; see the parameters."""
    shift = np.where(
        candidates.type == MinutiaType.ENDING, TRACING.ending_shift, TRACING.bifurcation_shift
    )
    along = np.stack([np.cos(candidates.direction), -np.sin(candidates.direction)], axis=1)
    return np.asarray(candidates.xy - shift[:, None] * along, np.float32)


def _border_distance(mask: UInt8Array) -> Float32Array:
    padded = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    distance = cv2.distanceTransform(padded, cv2.DIST_L2, cv2.DIST_MASK_3)
    return np.asarray(distance[1:-1, 1:-1], np.float32)


def _nearest_fork(lines: Lines, others: Lines) -> Float32Array:
    if not len(others.forks):
        return np.full(len(lines.tips), QUALITY.fork_reach, np.float32)
    apart = lines.tips[:, None] - others.forks[None]
    return np.asarray(np.sqrt((apart**2).sum(axis=2).min(axis=1)), np.float32)
