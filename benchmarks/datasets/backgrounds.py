"""A background gallery as an archive of plain minutiae: synthetic fingers in any number."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.code_digest import code_digest
from engine.errors import BadInput

PREFIX = "background:"
"""`background:10000` is the first 10,000 fingers of the gallery of seed 1."""

MOST = 1_000_000


def make_background(folder: Path, name: str) -> Path:
    """Write the archive if it is missing; returns its path.

    Args:
        folder: of all made sets.
        name: `background:COUNT`.

    Raises:
        BadInput: the count makes no sense.
    """
    text = name.removeprefix(PREFIX)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise BadInput(f"{name}: the number of fingers must be from 1 to {MOST}")
    path = folder / f"background-{int(text)}-{code_digest(['benchmarks/background'])}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, int(text))
    return path


def _write(path: Path, count: int) -> None:
    """Draw the fingers and write them beside, then in place."""
    from benchmarks.background.gallery import (  # noqa: PLC0415 - it knows the store, which knows data sets
        background,
    )

    index, minutiae = [], []
    for chunk in background(count, folder=None):
        sizes = np.diff(chunk.offsets)
        ones = np.ones_like(sizes)
        index.append(np.stack([ones, chunk.fingers, ones, sizes], axis=1))
        degrees = chunk.direction[:, None].astype(np.float32) * np.float32(360 / 256)
        minutiae.append(np.concatenate([chunk.xy.astype(np.float32), degrees], axis=1))
    beside = path.with_name(f"{path.name}.part.npz")
    np.savez(beside, index=np.concatenate(index), minutiae=np.concatenate(minutiae))
    beside.replace(path)
