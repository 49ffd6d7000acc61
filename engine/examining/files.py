"""Files that the commands about cases read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import BadInput
from engine.examination import MarkedMinutia, MarkedPair
from engine.records import MAX_MINUTIAE

LARGEST_PAIRS = 1024 * 1024
"""Bytes of a file of marked minutiae; 255 pairs take a twentieth."""

_NAMES = frozenset({"x", "y", "direction"})


def hash_file(path: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error


def read_pairs(path: Path) -> tuple[MarkedPair, ...]:
    """Marked minutiae from a JSON file: a list of {probe, candidate}, each {x, y, direction}.

    Raises:
        BadInput: it cannot be read, or holds something else.
    """
    try:
        if path.stat().st_size > LARGEST_PAIRS:
            raise BadInput(f"{path}: is larger than {LARGEST_PAIRS} bytes")
        rows = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path}: is no JSON: {error}") from error
    if not isinstance(rows, list) or len(rows) > MAX_MINUTIAE:
        raise BadInput(f"{path}: is no list of at most {MAX_MINUTIAE} pairs")
    return tuple(_pair(path, place, row) for place, row in enumerate(rows))


def _pair(path: Path, place: int, row: Any) -> MarkedPair:
    """One pair.

    Raises:
        BadInput: it is none.
    """
    if not isinstance(row, Mapping) or set(row) != {"probe", "candidate"}:
        raise BadInput(f"{path}: {place}: give probe and candidate, and nothing else")
    return MarkedPair(_mark(path, place, row["probe"]), _mark(path, place, row["candidate"]))


def _mark(path: Path, place: int, mark: Any) -> MarkedMinutia:
    """One minutia.

    Raises:
        BadInput: it is none.
    """
    if (
        not isinstance(mark, Mapping)
        or set(mark) != _NAMES
        or not all(map(_is_number, mark.values()))
    ):
        raise BadInput(f"{path}: {place}: a minutia has the numbers x, y and direction alone")
    return MarkedMinutia(float(mark["x"]), float(mark["y"]), float(mark["direction"]))


def _is_number(value: Any) -> bool:
    """Whether a value is a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
