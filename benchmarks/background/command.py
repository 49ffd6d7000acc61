"""What the command line asks for: make a gallery, or compare one with real prints."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.background.chunk import Chunk
from benchmarks.background.gallery import background, impressions
from benchmarks.background.likeness.sample import real_sample, synthetic_sample
from benchmarks.background.parameters import PLAIN
from benchmarks.datasets import Dataset
from benchmarks.datasets.opening import Source, open_dataset
from benchmarks.engines.whorl import open_own
from benchmarks.store.provenance import provenance
from benchmarks.store.templates import replace_file
from engine.errors import BadInput, MissingPart

FOLDER = "background"

MATES = 2
"""Further impressions of each synthetic finger whose genuine scores are compared."""


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked for on the command line; see there."""

    count: int
    seed: int
    dataset: str
    results: Path


def make_gallery(task: Task) -> dict[str, object]:
    """Make a gallery, or see that it is there; memory does not grow with it.

    Raises:
        BadInput: count or seed is out of range.
    """
    start, cpu = time.perf_counter(), time.process_time()
    prints, minutiae = 0, 0
    for chunk in background(task.count, task.seed, folder=task.results / FOLDER):
        prints, minutiae = prints + len(chunk), minutiae + len(chunk.xy)
    return {
        "prints": prints,
        "minutiae": minutiae,
        "seconds": round(time.perf_counter() - start, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "folder": str(task.results / FOLDER),
    }


def compare_gallery(task: Task) -> dict[str, object]:
    """Compare a gallery with the real prints of a data set; figures and plots are stored.

    Raises:
        BadInput: no such data set, or a number is out of range.
        MissingPart: matplotlib or LEADER's weights are not here.
    """
    try:
        from benchmarks.background.likeness.plots import save_plots  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingPart(f"matplotlib is missing (extra bench): {error}") from error
    from benchmarks.background.likeness.comparing import (  # noqa: PLC0415 - with the extra only
        compare_samples,
        describe_likeness,
    )

    if task.count < 2:
        raise BadInput(f"count {task.count}: a comparison needs 2 fingers or more")
    dataset = open_dataset(Source(task.dataset, made=task.results / "made"))
    real = real_sample(dataset, open_own("leader", task.results / "templates"))
    chunks = list(background(task.count, task.seed, PLAIN, task.results / FOLDER))
    likeness = compare_samples(
        real, synthetic_sample(chunks), synthetic_sample(list(_mates(chunks, task.seed)))
    )
    folder = task.results / FOLDER
    facts = {**_about(task, dataset, len(real)), **describe_likeness(likeness), **provenance()}
    replace_file(folder / "likeness.json", json.dumps(facts, indent=1).encode())
    save_plots(likeness, folder / "likeness.png")
    return facts


def _mates(chunks: list[Chunk], seed: int) -> Iterator[Chunk]:
    """Other impressions of the fingers of a gallery."""
    fingers = np.concatenate([chunk.fingers for chunk in chunks])
    return (impressions(fingers, number, seed) for number in range(1, MATES + 1))


def _about(task: Task, dataset: Dataset, real: int) -> dict[str, object]:
    """What was compared."""
    return {
        "dataset": dataset.name,
        "dataset_sha256": dataset.digest,
        "real_prints": real,
        "synthetic_prints": task.count,
        "seed": task.seed,
        "numbers": str(PLAIN),
    }
