"""What `python -m benchmarks calibrate` does: fit again, and write the calibration file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.calibration.fit import Scores, fit_calibration
from benchmarks.datasets.opening import Source, open_dataset
from benchmarks.engines import make_engine
from benchmarks.protocols.base import Plan, own_engine, template_name
from benchmarks.protocols.gathering import background_scores, gather
from benchmarks.store.provenance import provenance
from engine.calibration.model import Calibration
from engine.calibration.store import save_calibrations

MODELLED = "leader"
"""The background's fingers have minutiae like this extractor's; others are fitted without it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked for on the command line; see there."""

    dataset: str
    engines: tuple[str, ...]
    background: int
    seed: int
    out: Path
    results: Path


def calibrate(task: Task) -> dict[str, object]:
    """Fit a calibration for each engine and write all to one file.

    Raises:
        BadInput: no such data set or engine, or too few comparisons.
    """
    dataset = open_dataset(Source(task.dataset, made=task.results / "made"))
    fitted = []
    for name in task.engines:
        engine = make_engine(name, task.results / "templates")
        fitted.append(_fit(task, Plan(dataset, engine, task.results)))
    save_calibrations(task.out, fitted)
    return {"written": str(task.out), "entries": [one.fitted_on for one in fitted]}


def _fit(task: Task, plan: Plan) -> Calibration:
    """The calibration of one engine."""
    engine, gathered = own_engine(plan), gather(plan)
    synthetic = np.zeros(0)
    if engine.name.startswith(MODELLED) and task.background:
        synthetic = background_scores(plan, engine, task.background, task.seed)
    about = provenance()
    fitted_on: dict[str, object] = {
        "dataset": plan.dataset.name,
        "dataset_sha256": plan.dataset.digest,
        "fingers": len(np.unique(plan.dataset.identities)),
        "genuine": len(gathered.genuine),
        "impostor": len(gathered.impostor),
        "synthetic_impostor": len(synthetic),
        "made_at": about["made_at"],
        "code": about["code"],
    }
    scores = Scores(gathered.genuine, gathered.impostor, synthetic)
    return fit_calibration(template_name(plan, engine), scores, fitted_on)
