"""Numbers of the exact comparison.

Source: the optimal set of the Minutia Cylinder-Code SDK 1.4 (distance-normalised relaxation),
which measured better on real prints than the numbers of the paper; the first look at the index
codes is our own. Formulas in `relaxation`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sigmoid:
    """Z(v) = 1 / (1 + exp(-slope (v - centre))): a soft threshold.

    Attributes:
        centre: where it is one half (mu).
        slope: steepness; negative where small values are good (tau).
    """

    centre: float
    slope: float

    def __call__(self, value: float) -> float:
        """Z(value)."""
        return 1 / (1 + math.exp(-self.slope * (value - self.centre)))


@dataclass(frozen=True, slots=True)
class MatchParameters:
    """How two prints are compared.

    Attributes:
        min_code_similarity: two minutiae whose index codes are less alike are not compared
            further. The fine cylinders of two thirds of all pairs are thus never read, and no
            error rate rose over the eight FVC B sets; from 0.45 mates are lost.
        min_common_cells: share of the base that must be valid in both cylinders (minME).
        max_turn: largest difference of direction of two paired minutiae, radians.
        max_relaxed: most pairs that enter the relaxation (MaxNR).
        min_scored, max_scored: least and most pairs that make the score (minNP, maxNP).
        scored: how the number of scored pairs grows with the smaller print's minutiae.
        inertia: share of a pair's own value that a relaxation round keeps (w_R).
        rounds: rounds of relaxation (n_rel).
        distance: compatibility by relative difference of distances (d1 / their sum).
        turn: compatibility by difference of turns, radians.
        bearing: compatibility by difference of bearings, radians.
    """

    min_code_similarity: float = 0.4
    min_common_cells: float = 0.3
    max_turn: float = 3 * math.pi / 4
    max_relaxed: int = 50
    min_scored: int = 4
    max_scored: int = 10
    scored: Sigmoid = Sigmoid(32, 0.25)
    inertia: float = 0.5
    rounds: int = 2
    distance: Sigmoid = Sigmoid(1 / 24, -50)
    turn: Sigmoid = Sigmoid(math.pi / 4, -15)
    bearing: Sigmoid = Sigmoid(math.radians(12), -28)


DEFAULT = MatchParameters()
