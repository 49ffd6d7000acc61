"""Raw scores of one set against another, one HDF5 file a block; what exists is not made again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

from benchmarks.datasets.prints import PrintSet
from benchmarks.engines.base import Engine, Progress
from benchmarks.store.provenance import provenance
from engine.records import Float32Array


def load_scores(
    engine: Engine, first: PrintSet, second: PrintSet, results: Path, progress: Progress
) -> Float32Array:
    """(N, M) float32 scores of all pairs of two sets; of a set with itself above the diagonal.

    The path names engine and sets by what they hold: other parameters or prints make another file.
    """
    path = results / "scores" / engine.key / f"{first.digest[:16]}-{second.digest[:16]}.h5"
    if path.exists():
        progress(len(first) * len(second))
        return read_array(path, "scores")
    start = time.process_time()
    scores = engine.scores(first, second, progress)
    facts = {
        "engine": engine.name,
        "parameters": engine.parameters,
        "first": {"name": first.name, "sha256": first.digest},
        "second": {"name": second.name, "sha256": second.digest},
        "cpu_s": round(time.process_time() - start, 2),
        **provenance(),
    }
    write_arrays(path, {"scores": scores}, facts)
    return scores


def write_arrays(
    path: Path, arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]], facts: object
) -> None:
    """Write arrays and what is to be known of them, as a whole or not at all."""
    _write(path, lambda file: _fill(file, arrays, facts))


def read_array(path: Path, name: str) -> Float32Array:
    """An array of a file."""
    with h5py.File(path) as file:
        return np.asarray(file[name][...])


def _fill(
    file: h5py.File,
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]],
    facts: object,
) -> None:
    """The content of a file."""
    file.attrs["facts"] = json.dumps(facts)
    for name, array in arrays.items():
        text = array.dtype.kind == "U"
        stored = array.astype(h5py.string_dtype()) if text else array
        squeeze = {} if text or not array.size else {"compression": "gzip", "shuffle": True}
        file.create_dataset(name, data=stored, **squeeze)


def _write(path: Path, fill: Callable[[h5py.File], None]) -> None:
    """Write an HDF5 file beside its place, then move it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    with h5py.File(beside, "w") as file:
        fill(file)
    beside.replace(path)
