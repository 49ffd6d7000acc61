"""Do the calibrated figures hold on data that they were not fitted to?

Each group of sets is left out in turn: the calibration is fitted to comparisons among the others,
and read on those that involve the group. A stated false match rate should be met, and a stated
likelihood ratio should be that of the share of mates. Source: Ramos and Gonzalez-Rodriguez,
"Reliable support: measuring calibration of likelihood ratios", 2013 (Cllr and its minimum).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import isotonic_regression

from benchmarks.calibration.fit import Scores, fit_calibration
from benchmarks.measures.comparisons import BoolArray
from benchmarks.protocols.base import Plan, find_failures, own_engine
from benchmarks.protocols.gathering import Gathered, gather
from benchmarks.store.outcome import Outcome
from engine.calibration.model import Calibration
from engine.errors import BadInput
from engine.records import Float64Array

STATED = (1e-2, 1e-3, 1e-4)
"""False match rates that are checked."""


def run_calibration(plan: Plan) -> Outcome:
    """Measure.

    Raises:
        BadInput: there is only one group of sets, or too few comparisons.
    """
    own_engine(plan)
    failures, gathered = find_failures(plan), gather(plan)
    groups = np.unique(gathered.groups)
    if len(groups) < 2:
        raise BadInput(f"{plan.dataset.name}: leaving a set out needs two sets of other fingers")
    parts = [_leave_out(gathered, int(group)) for group in groups]
    log10_lr = np.concatenate([lr for _, lr, _ in parts])
    decibels = np.concatenate([fmr for fmr, _, _ in parts])
    mated = np.concatenate([one for *_, one in parts])
    figures: dict[str, object] = {
        "groups": len(groups),
        "genuine": int(mated.sum()),
        "impostor": int((~mated).sum()),
        "failures": len(failures),
        **_observed(decibels, mated),
        "cllr": round(cllr(log10_lr, mated), 4),
        "cllr_min": round(_cllr_min(log10_lr, mated), 4),
    }
    arrays = {"log10_lr": log10_lr, "fmr_decibels": decibels, "mated": mated}
    return Outcome("calibration", plan.engine.name, plan.engine.key, figures, arrays)


def _leave_out(gathered: Gathered, group: int) -> tuple[Float64Array, Float64Array, BoolArray]:
    """Decibels, log10 likelihood ratios and truth of a group, by a fit to the others."""
    touches = (gathered.groups == group).any(axis=1)
    others, own = gathered.where(~touches), gathered.where(touches)
    scores = Scores(others.genuine, others.impostor, np.zeros(0))
    fitted = fit_calibration("left out", scores, {})
    return _decibels(fitted, own.scores), fitted.log10_lrs(own.scores), own.mated


def _decibels(fitted: Calibration, scores: Float64Array) -> Float64Array:
    """-10 log10 of the stated false match rate of each score."""
    return -10 * np.interp(scores, fitted.scores, fitted.log10_fmr)


def _observed(decibels: Float64Array, mated: BoolArray) -> dict[str, object]:
    """Rates observed at thresholds for the stated ones."""
    found: dict[str, object] = {}
    for fmr in STATED:
        accepted = decibels >= -10 * np.log10(fmr)
        name = f"{fmr:.0e}".replace("e-0", "e-")
        found[f"fmr_observed_at_{name}"] = float(accepted[~mated].mean().round(8))
        found[f"fnmr_at_stated_fmr_{name}"] = float(1 - accepted[mated].mean().round(6))
    return found


def cllr(log10_lr: Float64Array, mated: BoolArray) -> float:
    """Cost of log-likelihood ratios, bits: 0 for perfect ones, 1 for saying nothing."""
    natural = log10_lr * np.log(10)
    miss = np.logaddexp(0, -natural[mated]).mean()
    alarm = np.logaddexp(0, natural[~mated]).mean()
    return float((miss + alarm) / 2 / np.log(2))


def _cllr_min(log10_lr: Float64Array, mated: BoolArray) -> float:
    """The least cost that any monotone calibration of the same order reaches."""
    order = np.lexsort((~mated, log10_lr))
    weights = np.where(mated, 1 / mated.sum(), 1 / (~mated).sum())[order]
    likely = isotonic_regression(mated[order].astype(np.float64), weights=weights).x
    with np.errstate(divide="ignore"):
        best = np.log10(likely) - np.log10(1 - likely)
    return cllr(np.clip(best, -30, 30), mated[order])
