"""The synthetic data set: tenprint cards of nobody, written once and then an ordinary set.

Impression 1 is what a clerk enrols; impression 2 is a small part,
turned, noisy, dry or wet, like a find at a scene.
"""

from __future__ import annotations

import csv
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from benchmarks.code_digest import code_digest
from benchmarks.synthetic import EVERYDAY, HARD_PARTIAL, make_impression
from benchmarks.synthetic.fixture_prints import make_finger, write_print
from engine.fingers import Finger
from engine.terminal import progress_bar

PERSONS = 20

FIRST = 20_000
"""Number of the first person; the fixtures' people have lower ones."""

SCENE = replace(
    HARD_PARTIAL, area=(0.34, 0.5), off_centre=(30.0, 75.0), moisture=(-0.9, 0.8), noise=14.0
)
"""Harder than hard: single fingers must miss, or fusion has nothing to gain."""

CONDITIONS = {1: EVERYDAY, 2: SCENE}

FIELDS = ("path", "finger", "impression", "set", "ppi", "person")


def make_synthetic(folder: Path, persons: int = PERSONS) -> Path:
    """Write the images that are missing; returns the path of the manifest.

    Args:
        folder: of all made sets; ours is named by the generator's code.
        persons: ten fingers each.
    """
    place = folder / f"{persons}-{code_digest(['benchmarks/synthetic', __file__])}"
    manifest = place / "synthetic.csv"
    if manifest.exists():
        return manifest
    place.mkdir(parents=True, exist_ok=True)
    jobs = [(place, FIRST + number, finger) for number in range(persons) for finger in _FINGERS]
    # Not fork: OpenCV and numba have threads.
    pool = ProcessPoolExecutor(mp_context=get_context("spawn"))
    with progress_bar("Growing fingers", len(jobs)) as bar, pool:
        for _ in pool.map(_write_finger, jobs):
            bar.advance(bar.task_ids[0])
    _write_manifest(manifest, persons)
    return manifest


_FINGERS = [finger for finger in Finger if finger is not Finger.UNKNOWN]


def _name(person: int, finger: Finger, impression: int) -> str:
    """Name of an image."""
    return f"{person}-{finger.label}_{impression}.png"


def _write_finger(job: tuple[Path, int, Finger]) -> None:
    """Write the impressions of one finger that are missing."""
    place, person, finger = job
    paths = {number: place / _name(person, finger, number) for number in CONDITIONS}
    if all(path.exists() for path in paths.values()):
        return
    master = make_finger(person, finger)
    for number, path in paths.items():
        beside = path.with_suffix(".part.png")
        write_print(beside, make_impression(master, number, CONDITIONS[number]))
        beside.replace(path)


def _write_manifest(path: Path, persons: int) -> None:
    """Write the manifest last: where it is, all images are."""
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(FIELDS)
        for person in range(FIRST, FIRST + persons):
            for finger in _FINGERS:
                for number in CONDITIONS:
                    name = _name(person, finger, number)
                    key = f"{person}-{finger.label}"
                    table.writerow((name, key, number, "synthetic", 500, person))
    beside.replace(path)
