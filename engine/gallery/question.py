"""What probes ask the index: the codes of each that tell most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.descriptor.features import Features
from engine.gallery.nearest import CELLS_SEEN, Asked
from engine.records import UInt8Array

Int64Array = NDArray[np.int64]

ASKING = 24
"""Codes of a probe that ask. Among a million synthetic prints the first 100 of the shortlist hold
as many mates of 245 FVC probes as if all codes asked, 37 as a rule, in less of the dearest step."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Codes of one or more probes; made once for all pieces of a gallery.

    Attributes:
        probes: features of P prints.
        rows: for each, (Q,) int64: those of its features whose codes ask.
        asked: these codes, those of one probe after those of the other.
    """

    probes: Sequence[Features]
    rows: Sequence[Int64Array]
    asked: Asked

    def parts(self) -> Iterator[tuple[Features, Int64Array, slice]]:
        """Each probe, its rows, and where their codes are."""
        start = 0
        for probe, rows in zip(self.probes, self.rows, strict=True):
            yield probe, rows, slice(start, start + len(rows))
            start += len(rows)


def ask_of(
    probes: Sequence[Features], most: int = ASKING, cells_seen: int = CELLS_SEEN
) -> Question:
    """The question of some probes.

    Args:
        probes: features of P prints.
        most: codes of each that ask.
        cells_seen: cells that each code looks into, where codes lie in cells.
    """
    rows = [_telling(probe.codes, most) for probe in probes]
    codes = [probe.codes[mine] for probe, mine in zip(probes, rows, strict=True)]
    asked = np.concatenate([np.zeros((0, 32), np.uint8), *codes])
    return Question(probes, rows, Asked(asked, cells_seen))


def _telling(codes: UInt8Array, most: int) -> Int64Array:
    """Rows, rising, of the codes with the most bits: their minutiae have the most neighbours.

    Those of best quality do as well, but not every template states it.
    """
    bits = np.bitwise_count(codes).sum(axis=1, dtype=np.int64)
    return np.sort(np.argsort(-bits, kind="stable")[:most])
