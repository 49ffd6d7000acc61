"""Background galleries of any size, made once and then read from disk, a chunk at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.background.cache import chunk_path, read_chunk, write_chunk
from benchmarks.background.chunk import Chunk
from benchmarks.background.drawing import check_seed, draw_chunk
from benchmarks.background.parameters import PLAIN, Numbers
from benchmarks.code_digest import ROOT
from engine.errors import BadInput, CorruptFile

CHUNK = 10_000
"""Fingers of a chunk: some seconds of work, 3 MB in memory."""

FOLDER = ROOT / "results" / "background"
"""Where chunks are kept unless the caller says otherwise."""


def background(
    count: int, seed: int = 1, numbers: Numbers = PLAIN, folder: Path | None = FOLDER
) -> Iterator[Chunk]:
    """The first `count` fingers of a gallery, in chunks of at most `CHUNK`.

    The same seed gives the same fingers, whatever the count; memory does not grow with it.

    Args:
        count: fingers, 0 or more.
        seed: 0 to 2**31 - 1; other seeds give other galleries.
        numbers: what the prints are like.
        folder: where chunks are kept; None keeps nothing.

    Raises:
        BadInput: count or seed is out of range.
    """
    check_seed(seed)
    if count < 0:
        raise BadInput(f"count {count}: must be 0 or more")
    wanted = (min(CHUNK, count - start) for start in range(0, count, CHUNK))
    return (_load(number, prints, seed, numbers, folder) for number, prints in enumerate(wanted))


def impressions(
    fingers: NDArray[np.int64], impression: int, seed: int = 1, numbers: Numbers = PLAIN
) -> Chunk:
    """Other impressions of fingers of a gallery: mates of what it holds.

    Args:
        fingers: (P,) int64, their numbers in the gallery, in any order.
        impression: 1 or more; each is another print of the same finger.
        seed, numbers: of the gallery.

    Raises:
        BadInput: a number is out of range.
    """
    return draw_chunk(fingers, seed, impression, numbers)


def make_chunk(number: int, seed: int = 1, numbers: Numbers = PLAIN) -> Chunk:
    """Draw the chunk of this number alone, and keep nothing."""
    return _draw(number, CHUNK, seed, numbers)


def _load(number: int, prints: int, seed: int, numbers: Numbers, folder: Path | None) -> Chunk:
    """The first prints of a chunk, from disk if they are there; whole chunks are kept.

    A damaged file is told and drawn again.
    """
    if folder is None:
        return _draw(number, prints, seed, numbers)
    path = chunk_path(folder, seed, number, numbers)
    if path.exists():
        try:
            return read_chunk(path, CHUNK).first(prints)
        except CorruptFile as error:
            print(f"drawn again: {error}", file=sys.stderr)
    chunk = _draw(number, prints, seed, numbers)
    if prints == CHUNK:
        write_chunk(path, chunk)
    return chunk


def _draw(number: int, prints: int, seed: int, numbers: Numbers) -> Chunk:
    """Draw the first prints of a chunk."""
    start = number * CHUNK
    return draw_chunk(np.arange(start, start + prints), seed, numbers=numbers)
