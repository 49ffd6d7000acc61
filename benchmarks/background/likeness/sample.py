"""Prints whose statistics are taken, real or synthetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.chunk import Chunk
from benchmarks.datasets import Dataset, PrintSet
from benchmarks.engines.base import TemplateSource
from engine.descriptor.features import Features, concatenate, describe
from engine.errors import BadInput
from engine.records import Minutiae, Template

SYNTHETIC_SETS = ("fvc2000/DB4_B", "fvc2002/DB4_B")
"""Sets of the FVC that are themselves synthetic; they are no yardstick for reality."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Prints with their features.

    Attributes:
        owners: (P,) int64, number of the finger of each print.
        sensors: (P,) int64, number of the set of each print; mates are compared within one.
        minutiae: P of them.
        parts: features of each print.
        features, offsets: the same one after the other.
    """

    owners: NDArray[np.int64]
    sensors: NDArray[np.int64]
    minutiae: tuple[Minutiae, ...]
    parts: tuple[Features, ...]
    features: Features
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.minutiae)

    def select(self, kept: NDArray[np.bool_]) -> Sample:
        """Some of the prints: `kept` is (P,) bool."""
        rows = np.flatnonzero(kept)
        minutiae = [self.minutiae[row] for row in rows]
        return _sample(self.owners[rows], self.sensors[rows], minutiae)


def real_sample(dataset: Dataset, source: TemplateSource) -> Sample:
    """The prints of a data set, but for sets that are synthetic and prints without a template.

    Raises:
        BadInput: there are fewer than two fingers of real prints.
    """
    parts = [part for part in dataset.sets if not _synthetic(dataset, part)]
    names = [one.name for part in parts for one in part.prints]
    numbers = dataset.numbers
    templates = source.templates([one for part in parts for one in part.prints], lambda _: None)
    sensors = [row for row, part in enumerate(parts) for _ in part.prints]
    found = [
        (numbers[name], sensor, template.minutiae)
        for name, sensor, template in zip(names, sensors, templates, strict=True)
        if isinstance(template, Template)
    ]
    if len({owner for owner, _, _ in found}) < 2:
        raise BadInput(f"{dataset.name}: needs real prints of two fingers or more")
    owners, kinds, minutiae = zip(*found, strict=True)
    return _sample(np.array(owners), np.array(kinds), minutiae)


def _synthetic(dataset: Dataset, part: PrintSet) -> bool:
    """Whether a set is known to be synthetic."""
    names = (part.name, f"{dataset.name}/{part.name}", dataset.name)
    return any(name.endswith(SYNTHETIC_SETS) for name in names)


def synthetic_sample(chunks: Sequence[Chunk]) -> Sample:
    """The prints of one or more chunks."""
    owners = np.concatenate([chunk.fingers for chunk in chunks])
    minutiae = [chunk.minutiae(row) for chunk in chunks for row in range(len(chunk))]
    return _sample(owners, np.zeros(len(owners), np.int64), minutiae)


def _sample(
    owners: NDArray[np.int64], sensors: NDArray[np.int64], minutiae: Sequence[Minutiae]
) -> Sample:
    """A sample with the features of its prints."""
    parts = [describe(one) for one in minutiae]
    features, offsets = concatenate(parts)
    return Sample(owners, sensors, tuple(minutiae), tuple(parts), features, offsets)
