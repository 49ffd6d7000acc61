"""Another engine's scores on the same pairs, from a CSV file: probe, candidate, score.

Prints are named `DB1_B/101_3` or, where that is enough, `101_3`; higher is more alike.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np

from benchmarks.datasets.prints import Print, PrintSet
from benchmarks.engines.base import FAILED, Progress
from engine.errors import BadInput
from engine.records import Float32Array


class ScoreFile:
    """An engine that is known by its scores alone. A pair without a score counts against it."""

    def __init__(self, path: Path) -> None:
        """Raises BadInput if the file is not there or has other columns."""
        try:
            content = path.read_bytes()
            rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
            scores = {(row["probe"], row["candidate"]): float(row["score"]) for row in rows}
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise BadInput(f"{path}: needs columns probe, candidate, score: {error}") from error
        # Distances and log-ratios may be negative: the least score becomes 0, as for a failure.
        least = min(scores.values(), default=FAILED)
        self._scores = {pair: score - min(least, FAILED) for pair, score in scores.items()}
        digest = hashlib.sha256(content).hexdigest()
        self.name = f"scores:{path.stem}"
        self.key = f"scores-{path.stem}-{digest[:8]}"
        self.parameters: dict[str, object] = {"pairs": len(scores), "sha256": digest}

    def failures(self, part: PrintSet, progress: Progress) -> dict[str, str]:
        """Prints that no score names."""
        progress(len(part))
        named = {name for pair in self._scores for name in pair}
        return {
            one.name: "in no scored pair"
            for one in part.prints
            if one.name not in named and one.stem not in named
        }

    def scores(self, first: PrintSet, second: PrintSet, progress: Progress) -> Float32Array:
        """The scores of all pairs, in either order; `FAILED` where there is none."""
        scores = np.full((len(first), len(second)), FAILED, np.float32)
        for row, one in enumerate(first.prints):
            scores[row] = [self._score(one, other) for other in second.prints]
            progress(len(second))
        return scores

    def _score(self, one: Print, other: Print) -> float:
        """The score of a pair."""
        for a, b in ((one.name, other.name), (one.stem, other.stem)):
            for pair in ((a, b), (b, a)):
                if pair in self._scores:
                    return self._scores[pair]
        return FAILED
