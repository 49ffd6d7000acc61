"""Which comparisons a protocol is made of, out of blocks of scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.datasets.prints import Dataset, PrintSet
from benchmarks.measures.comparisons import BoolArray, Comparisons, Int64Array, join
from benchmarks.protocols.base import Plan, telling
from benchmarks.store.scores import load_scores
from engine.records import Float32Array


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Numbers of a set's prints.

    Attributes:
        fingers, identities: (N,) see `Dataset`.
        leading: (N,) bool, the first impression of each finger.
    """

    fingers: Int64Array
    identities: Int64Array
    leading: BoolArray


def label(dataset: Dataset) -> list[Labels]:
    """The labels of each set."""
    ends = np.cumsum([len(part) for part in dataset.sets])[:-1]
    rows = zip(
        dataset.sets,
        np.split(dataset.fingers, ends),
        np.split(dataset.identities, ends),
        strict=True,
    )
    return [Labels(fingers, names, _leading(part)) for part, fingers, names in rows]


def _leading(part: PrintSet) -> BoolArray:
    """Which prints are their finger's first; prints are sorted by finger and impression."""
    fingers = [one.finger for one in part.prints]
    return np.array([row == 0 or fingers[row - 1] != one for row, one in enumerate(fingers)], bool)


def compare_within(plan: Plan) -> list[Comparisons]:
    """All pairs within each set, each pair once."""
    pairs = sum(len(part) ** 2 // 2 for part in plan.dataset.sets)
    made = []
    with telling(f"Comparing {plan.dataset.name} by {plan.engine.name}", pairs) as progress:
        for part, labels in zip(plan.dataset.sets, label(plan.dataset), strict=True):
            scores = load_scores(plan.engine, part, part, plan.results, progress)
            made.append(_block(scores, labels, labels, np.triu(np.ones(scores.shape, bool), 1)))
    return made


def compare_across(plan: Plan) -> Comparisons:
    """All pairs of prints of different sets, each pair once."""
    sets, labels = plan.dataset.sets, label(plan.dataset)
    blocks = [(i, j) for i in range(len(sets)) for j in range(i + 1, len(sets))]
    pairs = sum(len(sets[i]) * len(sets[j]) for i, j in blocks)
    made = []
    with telling(f"Comparing across sets by {plan.engine.name}", pairs) as progress:
        for i, j in blocks:
            scores = load_scores(plan.engine, sets[i], sets[j], plan.results, progress)
            made.append(_block(scores, labels[i], labels[j], np.ones(scores.shape, bool)))
    return join(made)


def _block(scores: Float32Array, first: Labels, second: Labels, wanted: BoolArray) -> Comparisons:
    """The wanted pairs of a block."""
    rows, columns = np.nonzero(wanted)
    one, other = first.identities[rows], second.identities[columns]
    return Comparisons(scores[rows, columns], one, other, one == other)


def fvc_pairs(part: PrintSet, comparisons: Comparisons) -> Comparisons:
    """The pairs of the FVC among all pairs of a set.

    Genuine: all impressions of a finger with each other. Impostor: the first impressions of all
    fingers with each other. None of them twice.
    """
    leading = _leading(part)
    rows, columns = np.triu_indices(len(part), 1)
    return comparisons.where(comparisons.mated | (leading[rows] & leading[columns]))
