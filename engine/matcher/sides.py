"""Prints as compiled code takes them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.descriptor.cylinders import UInt64Array
from engine.descriptor.features import Features
from engine.records import Float32Array


class Side(NamedTuple):
    """One print, or many one after the other.

    Attributes:
        xy: (M, 2) float32, pixels at 500 ppi, y up.
        direction: (M,) float32, radians.
        cylinders: (M, 32) uint64, fine cylinders, bits and masks.
        codes: (M, 4) uint64, index codes.
    """

    xy: Float32Array
    direction: Float32Array
    cylinders: UInt64Array
    codes: UInt64Array


def side_of(features: Features) -> Side:
    """The arrays of prints that kernels take; nothing is copied."""
    codes = features.codes.view(np.uint64)
    return Side(features.xy, features.direction, features.cylinders, codes)
