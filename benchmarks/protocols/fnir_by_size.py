"""How the miss rate grows with the gallery: exact scores of all, then galleries drawn from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.datasets.prints import Dataset, Print, PrintSet
from benchmarks.engines.base import TemplateEngine
from benchmarks.engines.given import AlsoGiven
from benchmarks.measures.comparisons import Int64Array
from benchmarks.measures.searches import Searches, fnir_at_fpir
from benchmarks.protocols.base import Plan, telling
from benchmarks.protocols.enrolment import OTHERS
from benchmarks.store.scores import load_scores
from engine.records import Float32Array

DRAWS = 20
"""Galleries drawn of each size; the rates are means over them."""

SEED = 7

SMALLEST = 10


def fnir_by_size(
    plan: Plan, engine: TemplateEngine, enrolled: Sequence[Print], probes: Sequence[Print]
) -> list[dict[str, float]]:
    """FNIR at FPIR 1 % with galleries of growing size, by exact scores without the index.

    The mate is always enrolled, the others are drawn; of distractors one print a finger.
    """
    strangers = _first_of_each(plan.distractors)
    scores = _score(plan, engine, (list(probes), list(enrolled)), strangers)
    numbers = plan.dataset.numbers
    rows = np.array([numbers[one.name] for one in probes], np.int64)
    columns = np.array([numbers[one.name] for one in enrolled] + [OTHERS] * len(strangers))
    random = np.random.default_rng(SEED)
    found = []
    for size in _sizes(len(columns)):
        rates = [_fnir(scores, rows, columns, _draw(random, len(columns), size))
                 for _ in range(DRAWS)]  # fmt: skip
        found.append({"gallery": size, "fnir_at_fpir_1e-2": round(float(np.mean(rates)), 6)})
    return found


def _sizes(largest: int) -> list[int]:
    """Sizes of galleries, each double the last, and the largest, if it is clearly larger."""
    sizes = []
    size = SMALLEST
    while size < 0.8 * largest:
        sizes.append(size)
        size *= 2
    return [*sizes, largest]


def _draw(random: np.random.Generator, columns: int, size: int) -> Int64Array:
    """Columns of a gallery."""
    return random.choice(columns, size, replace=False)


def _fnir(scores: Float32Array, rows: Int64Array, columns: Int64Array, drawn: Int64Array) -> float:
    """FNIR at FPIR 1 % with the drawn gallery."""
    mates = np.where(rows[:, None] == columns, scores, -1.0).max(axis=1)
    others = np.where(rows[:, None] == columns[drawn], -1.0, scores[:, drawn]).max(axis=1)
    ranks = np.where(mates > 0, 1, 0)  # a score of 0 is a failure, which is never listed
    return fnir_at_fpir(Searches(rows, ranks, mates, others), 1e-2)


def _score(
    plan: Plan,
    engine: TemplateEngine,
    pairs: tuple[list[Print], list[Print]],
    strangers: list[Print],
) -> Float32Array:
    """(S, E) exact scores of probes against the enrolled, then against the distractors."""
    probes, enrolled = pairs
    both = TemplateEngine(AlsoGiven(engine.source), engine.matcher)
    blocks = []
    with telling("Comparing exactly", len(probes) * (len(enrolled) + len(strangers))) as progress:
        for used, gallery in ((engine, enrolled), (both, strangers)):
            if not gallery:
                continue
            sets = PrintSet("probes", tuple(probes)), PrintSet("gallery", tuple(gallery))
            blocks.append(load_scores(used, *sets, plan.results, progress))
    return np.concatenate(blocks, axis=1)


def _first_of_each(dataset: Dataset | None) -> list[Print]:
    """The first impression of each finger."""
    seen: dict[tuple[str, str], Print] = {}
    for one in dataset or ():
        seen.setdefault((one.set, one.finger), one)
    return list(seen.values())
