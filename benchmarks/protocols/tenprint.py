"""Several fingers of a person against several: does adding up their scores pay?

The second impressions of each person are a card to be identified among the first impressions of
all. Two fusions are compared: the sum of the scores of like fingers, and the sum of their log
likelihood ratios, where the engine has a calibration. A finger without a template has score 0,
the worst evidence there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benchmarks.datasets.prints import Print, PrintSet
from benchmarks.engines.base import TemplateEngine
from benchmarks.measures.bootstrap import resample_means
from benchmarks.measures.comparisons import Comparisons
from benchmarks.measures.errors import equal_error_rate, error_curve, fnmr_at_fmr
from benchmarks.protocols.base import Plan, find_failures, telling, template_name
from benchmarks.store.outcome import Outcome
from benchmarks.store.scores import load_scores
from engine.calibration import calibration_for
from engine.calibration.fusion import fuse
from engine.errors import BadInput
from engine.records import Float32Array

Fusion = Callable[[Float32Array], Any]
"""From scores (F, ...) of several fingers to one of their persons (...)."""

COUNTS = (1, 2, 4, 10)
"""Fingers of a card."""


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """Scores of cards.

    Attributes:
        scores: (F, P, P) float32: for each finger, of the second impressions of persons (rows)
            against the first (columns).
        persons: their names.
    """

    scores: Float32Array
    persons: tuple[str, ...]


def run_tenprint(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: the data set does not say which fingers are whose.
    """
    failures = find_failures(plan)
    cards = _score_cards(plan)
    figures: dict[str, object] = {
        "persons": len(cards.persons),
        "fingers": len(cards.scores),
        "failures": len(failures),
    }
    intervals: dict[str, list[float]] = {}
    fusions = _fusions(plan)
    for count in (one for one in COUNTS if one <= len(cards.scores)):
        for name, fusion in fusions.items():
            found, interval = _measure(_runs(cards.scores, count, fusion))
            end = f"{count}_fingers{name}"
            figures |= {f"{figure}_{end}": value for figure, value in found.items()}
            intervals[f"rank1_{end}"] = interval
    said = "sum of scores; _by_lr: sum of log likelihood ratios"
    figures |= {"fusion": said, "ci95": intervals, "failed": failures}
    return Outcome("tenprint", plan.engine.name, plan.engine.key, figures, {"scores": cards.scores})


def _fusions(plan: Plan) -> dict[str, Fusion]:
    """The ways to fuse, by the end of their figures' names."""
    fusions: dict[str, Fusion] = {"": partial(np.sum, axis=0)}
    engine = plan.engine
    if isinstance(engine, TemplateEngine) and engine.matcher.name == "whorl":
        calibration = calibration_for(template_name(plan, engine))
        if calibration is not None:
            fusions["_by_lr"] = partial(fuse, calibration)
    return fusions


def _measure(fused: Float32Array) -> tuple[dict[str, float], list[float]]:
    """Figures of fused scores (R, P, P), and the interval of the rank-1 rate."""
    runs, persons, _ = fused.shape
    rows = np.tile(np.arange(persons), runs)
    hits = _best(fused) == rows
    low, high = resample_means(hits.tolist(), rows)
    curve = error_curve(_comparisons(fused))
    figures = {
        "rank1": round(float(hits.mean()), 6),
        "eer": round(float(equal_error_rate(curve)), 6),
        "fnmr_at_fmr_1e-2": round(float(fnmr_at_fmr(curve, 1e-2)), 6),
    }
    return figures, [round(low, 6), round(high, 6)]


def _runs(scores: Float32Array, count: int, fusion: Fusion) -> Float32Array:
    """(R, P, P) fused scores over every run of `count` neighbours among the fingers."""
    fingers = len(scores)
    starts = range(1 if count == fingers else fingers)
    chosen = [[(start + step) % fingers for step in range(count)] for start in starts]
    return np.stack([fusion(scores[rows]) for rows in chosen]).astype(np.float32)


def _best(fused: Float32Array) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The person with the highest score for each card; a tie goes to no mate."""
    diagonal = np.eye(fused.shape[1], dtype=bool)
    return np.asarray(np.where(diagonal, fused - 1e-6, fused).argmax(axis=2).ravel())


def _comparisons(fused: Float32Array) -> Comparisons:
    """Fused scores with the truth."""
    runs, persons, _ = fused.shape
    rows, columns = np.indices((persons, persons)).reshape(2, -1)
    first, second = np.tile(rows, runs), np.tile(columns, runs)
    return Comparisons(fused.reshape(-1), first, second, first == second)


def _score_cards(plan: Plan) -> Cards:
    """Compare like fingers of all persons."""
    whole = _whole_cards(plan)
    most = min((len(fingers) for fingers in whole.values()), default=0)
    if len(whole) < 2 or not most:
        raise BadInput(f"{plan.dataset.name}: needs two persons with two prints of each finger")
    made = []
    with telling("Comparing cards", most * len(whole) ** 2) as progress:
        for finger in range(most):
            first, second = (
                PrintSet("cards", tuple(fingers[finger][which] for fingers in whole.values()))
                for which in (0, 1)
            )
            made.append(load_scores(plan.engine, second, first, plan.results, progress))
    return Cards(np.stack(made), tuple(whole))


def _whole_cards(plan: Plan) -> dict[str, list[list[Print]]]:
    """The prints of each finger of each person with two prints of every finger."""
    cards: dict[str, dict[str, list[Print]]] = {}
    for one in plan.dataset:
        if one.person is None:
            raise BadInput(f"{plan.dataset.name}: no column person says whose fingers these are")
        cards.setdefault(one.person, {}).setdefault(one.finger, []).append(one)
    whole = {person: list(fingers.values()) for person, fingers in cards.items()}
    return {person: prints for person, prints in whole.items() if min(map(len, prints)) > 1}
