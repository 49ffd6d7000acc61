"""All comparisons of a data set with the sets they come from, and those with a background."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.background.gallery import background
from benchmarks.engines.base import TemplateEngine
from benchmarks.measures.comparisons import BoolArray, Int64Array
from benchmarks.protocols.base import Plan, telling
from benchmarks.protocols.pairs import Labels, label
from benchmarks.store.scores import load_scores
from engine.descriptor.features import concatenate, describe
from engine.errors import WhorlError
from engine.matcher.comparison import compare_many
from engine.records import Float64Array


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Comparisons; mates across sets are left out, as two sensors make another task.

    Attributes:
        scores: (N,) float64.
        mated: (N,) bool.
        groups: (N, 2) int64, group of sets of either print; sets that share fingers are one group.
    """

    scores: Float64Array
    mated: BoolArray
    groups: Int64Array

    def where(self, kept: BoolArray) -> Gathered:
        """Some of them."""
        return Gathered(self.scores[kept], self.mated[kept], self.groups[kept])

    @property
    def genuine(self) -> Float64Array:
        """(G,) scores of mates."""
        return self.scores[self.mated]

    @property
    def impostor(self) -> Float64Array:
        """(I,) scores of non-mates."""
        return self.scores[~self.mated]


def gather(plan: Plan) -> Gathered:
    """All pairs of prints of all sets, each pair once."""
    sets, labels = plan.dataset.sets, label(plan.dataset)
    groups = group_sets(labels)
    blocks = [(i, j) for i in range(len(sets)) for j in range(i, len(sets))]
    pairs = sum(len(sets[i]) * len(sets[j]) for i, j in blocks)
    parts = []
    with telling(f"Comparing {plan.dataset.name} by {plan.engine.name}", pairs) as progress:
        for i, j in blocks:
            scores = load_scores(plan.engine, sets[i], sets[j], plan.results, progress)
            mated = labels[i].identities[:, None] == labels[j].identities[None, :]
            wanted = np.triu(np.ones(scores.shape, bool), 1) if i == j else ~mated
            found = scores[wanted].astype(np.float64)
            pair = np.tile([groups[i], groups[j]], (len(found), 1))
            parts.append(Gathered(found, mated[wanted], pair))
    return Gathered(
        np.concatenate([one.scores for one in parts]),
        np.concatenate([one.mated for one in parts]),
        np.concatenate([one.groups for one in parts]),
    )


def group_sets(labels: list[Labels]) -> list[int]:
    """For each set the first set that it shares a finger with, or itself."""
    fingers = [set(one.identities.tolist()) for one in labels]
    return [next(i for i, other in enumerate(fingers) if own & other) for own in fingers]


def background_scores(
    plan: Plan, engine: TemplateEngine, count: int, seed: int = 1
) -> Float64Array:
    """(P * count,) scores of all prints of a data set against synthetic fingers."""
    templates = engine.source.templates(list(plan.dataset), lambda _: None)
    probes = [describe(one.minutiae) for one in templates if not isinstance(one, WhorlError)]
    parts = []
    with telling("Comparing with synthetic fingers", count * len(probes)) as progress:
        for chunk in background(count, seed, folder=plan.results / "background"):
            rows = np.arange(len(chunk))
            gallery, offsets = concatenate([describe(chunk.minutiae(int(row))) for row in rows])
            for probe in probes:
                parts.append(compare_many(probe, gallery, offsets, rows))
                progress(len(rows))
    return np.concatenate(parts).astype(np.float64) if parts else np.zeros(0)
