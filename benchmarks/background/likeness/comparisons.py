"""Scores of the exact comparison within and between samples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.likeness.sample import Sample
from engine.matcher.comparison import compare_many
from engine.records import Float32Array


def impostor_scores(probes: Sample, gallery: Sample) -> Float32Array:
    """Scores of all prints of different fingers; each pair once if both are the same sample."""
    same = probes is gallery
    apart = probes.owners[:, None] != gallery.owners[None]
    return _scores(probes, gallery, np.triu(apart, 1) if same else np.ones_like(apart))


def genuine_scores(prints: Sample, mates: Sample) -> Float32Array:
    """Scores of all prints of the same finger and sensor; a print is no mate of itself."""
    together = prints.owners[:, None] == mates.owners[None]
    together &= prints.sensors[:, None] == mates.sensors[None]
    return _scores(prints, mates, np.triu(together, 1) if prints is mates else together)


def _scores(probes: Sample, gallery: Sample, wanted: NDArray[np.bool_]) -> Float32Array:
    """(K,) float32 scores of the wanted pairs, probe by probe."""
    return np.concatenate(
        [
            compare_many(part, gallery.features, gallery.offsets, np.flatnonzero(wanted[row]))
            for row, part in enumerate(probes.parts)
        ]
    )
