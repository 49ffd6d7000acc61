"""Scored comparisons with the truth about them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64Array = NDArray[np.int64]
Float64Array = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Comparisons of two prints each.

    Attributes:
        scores: (N,) higher is more alike.
        first, second: (N,) int64, numbers of the two fingers.
        mated: (N,) bool, whether they are one finger.
    """

    scores: NDArray[np.float32]
    first: Int64Array
    second: Int64Array
    mated: BoolArray

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def genuine(self) -> NDArray[np.float32]:
        """(G,) scores of mates."""
        return self.scores[self.mated]

    @property
    def impostor(self) -> NDArray[np.float32]:
        """(I,) scores of non-mates."""
        return self.scores[~self.mated]

    def where(self, kept: BoolArray) -> Comparisons:
        """Some of the comparisons."""
        return Comparisons(self.scores[kept], self.first[kept], self.second[kept], self.mated[kept])


def join(parts: list[Comparisons]) -> Comparisons:
    """All comparisons of several."""
    return Comparisons(
        np.concatenate([one.scores for one in parts]),
        np.concatenate([one.first for one in parts]),
        np.concatenate([one.second for one in parts]),
        np.concatenate([one.mated for one in parts]),
    )
