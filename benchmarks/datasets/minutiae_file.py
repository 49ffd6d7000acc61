"""Sets in a NumPy archive of plain minutiae, without images.

`index` (N, 4) int: set, finger, impression, number of minutiae; `minutiae` (M, 3): x, y in pixels
at 500 ppi from the top left, direction in degrees counter-clockwise, print after print.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from benchmarks.datasets.folders import Found
from benchmarks.datasets.prints import Print, PrintSet
from engine.errors import BadInput
from engine.records import MAX_MINUTIAE, Float32Array, Minutiae, MinutiaType, Template


def read_minutiae_file(path: Path) -> Found:
    """The sets of an archive.

    Raises:
        BadInput: it is no such archive.
    """
    index, minutiae = _load(path)
    ends = np.cumsum(index[:, 3])
    by_set: dict[str, list[Print]] = {}
    for row, (number, finger, impression, count) in enumerate(index.tolist()):
        content = minutiae[ends[row] - count : ends[row]].tobytes()
        digest = hashlib.sha256(content).hexdigest()
        name = f"DB{number}"
        one = Print(name, str(finger), impression, path, digest, row=row)
        by_set.setdefault(name, []).append(one)
    return Found([PrintSet(name, tuple(prints)) for name, prints in sorted(by_set.items())])


def template_of(one: Print) -> Template:
    """The template of a print of an archive: no types, no qualities; the first 255 minutiae."""
    index, minutiae = _load(one.path)
    row = one.row or 0
    start = int(index[:row, 3].sum())
    part = minutiae[start : start + min(index[row, 3], MAX_MINUTIAE)]
    found = Minutiae(
        xy=np.ascontiguousarray(part[:, :2]),
        direction=np.mod(np.deg2rad(part[:, 2]), 2 * np.pi).astype(np.float32),
        type=np.full(len(part), MinutiaType.OTHER, np.uint8),
        quality=np.zeros(len(part), np.uint8),
    )
    width, height = (int(side) + 1 for side in part[:, :2].max(axis=0, initial=1))
    return Template(found, width, height, 0, "none", "given")


@lru_cache(maxsize=4)
def _load(path: Path) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int64]], Float32Array]:
    """Index and minutiae of an archive."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            index = archive["index"].astype(np.int64)
            minutiae = archive["minutiae"].astype(np.float32)
    except (OSError, KeyError, ValueError) as error:
        raise BadInput(f"{path}: no archive of minutiae: {error}") from error
    return index, minutiae
