"""The outcome of one protocol: figures as JSON, and beside it the raw arrays behind them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.datasets.prints import Dataset
from benchmarks.store.provenance import provenance
from benchmarks.store.scores import write_arrays
from benchmarks.store.templates import replace_file

Arrays = dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]


@dataclass(frozen=True)
class Outcome:
    """What a protocol found.

    Attributes:
        protocol: its name.
        engine, key: of the engine.
        figures: plain values, as printed; rates are fractions.
        arrays: raw results that plots are made of.
        distractors: name and digest of the data set that was enrolled too; empty for none.
    """

    protocol: str
    engine: str
    key: str
    figures: dict[str, object]
    arrays: Arrays = field(default_factory=dict)
    distractors: str = ""


def describe_outcome(
    outcome: Outcome, dataset: Dataset, parameters: dict[str, object], source: str
) -> dict[str, object]:
    """The figures with all that is needed to judge and repeat them.

    Args:
        outcome: the figures.
        dataset: what was measured.
        parameters: of the engine.
        source: path or name that the data set was opened by.
    """
    return {
        "protocol": outcome.protocol,
        "dataset": dataset.name,
        "engine": outcome.engine,
        **outcome.figures,
        "distractors": outcome.distractors,
        "ignored": list(dataset.ignored),
        "source": source,
        "dataset_sha256": dataset.digest,
        "sets": [part.name for part in dataset.sets],
        "parameters": parameters,
        **provenance(),
    }


def save_outcome(
    outcome: Outcome, dataset: Dataset, facts: dict[str, object], results: Path
) -> Path:
    """Store an outcome; returns the path of its figures."""
    plain = re.sub(r"[^\w.+-]", "-", dataset.name)
    beside = f"+{outcome.distractors}" if outcome.distractors else ""
    folder = results / outcome.protocol / f"{plain}-{dataset.digest[:8]}{beside}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{outcome.key}.json"
    if outcome.arrays:
        write_arrays(path.with_suffix(".h5"), outcome.arrays, facts)
    replace_file(path, json.dumps(facts, indent=1).encode())
    return path


def load_outcomes(results: Path) -> list[tuple[Path, dict[str, object]]]:
    """All stored figures with their paths, the newest first.

    Made galleries, whose facts are kept as deep, are none.
    """
    paths = sorted(results.glob("*/*/*.json"))
    read = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    found = [(path, facts) for path, facts in read if "protocol" in facts]
    return sorted(found, key=lambda one: str(one[1].get("made_at", "")), reverse=True)
