"""What a data set is: sets of prints, and which fingers of different sets are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Print:
    """One print.

    Attributes:
        set: name of its set.
        finger: name of its finger within the set.
        impression: number of the impression.
        path: its image, or the file of minutiae that it is a row of.
        digest: SHA-256 of its content.
        ppi: resolution if it is stated beside the image, pixels per inch.
        row: its number in a file of minutiae; None for an image.
        person: whose it is, where fingers of one person are known.
    """

    set: str
    finger: str
    impression: int
    path: Path
    digest: str
    ppi: float | None = None
    row: int | None = None
    person: str | None = None

    @property
    def stem(self) -> str:
        """Its name within its set, as in the FVC: `101_3`."""
        return f"{self.finger}_{self.impression}"

    @property
    def name(self) -> str:
        """Its name within its data set: `DB1_B/101_3`."""
        return f"{self.set}/{self.stem}"


@dataclass(frozen=True)
class PrintSet:
    """Prints of one sensor, by finger and impression.

    Attributes:
        name: of the folder.
        prints: sorted by finger, then impression.
    """

    name: str
    prints: tuple[Print, ...]

    def __len__(self) -> int:
        return len(self.prints)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over names and content: the same prints give the same digest anywhere."""
        lines = (f"{one.stem} {one.ppi} {one.digest}\n" for one in self.prints)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Dataset:
    """One or more sets.

    Attributes:
        name: of the folder or file.
        sets: in the order of their names.
        same: pairs of fingers, (set, finger) each, that are one finger.
        ignored: files that are no print of a known finger, each with the reason.
    """

    name: str
    sets: tuple[PrintSet, ...]
    same: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = ()
    ignored: tuple[str, ...] = field(default=())

    def __iter__(self) -> Iterator[Print]:
        return (one for part in self.sets for one in part.prints)

    def __len__(self) -> int:
        return sum(len(part) for part in self.sets)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the sets and the declared duplicates."""
        text = "".join(f"{part.digest}\n" for part in self.sets) + repr(self.same)
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def fingers(self) -> NDArray[np.int64]:
        """(N,) number of the finger of each print; each set has its own."""
        return _number([(one.set, one.finger) for one in self])

    @property
    def numbers(self) -> dict[str, int]:
        """Number of the finger of each print, by the print's name; see `identities`."""
        return dict(zip((one.name for one in self), self.identities.tolist(), strict=True))

    @cached_property
    def identities(self) -> NDArray[np.int64]:
        """(N,) as `fingers`, but fingers declared the same have one number."""
        root = {(one.set, one.finger): (one.set, one.finger) for one in self}
        for first, second in self.same:
            if first in root and second in root:
                kept, merged = root[first], root[second]
                root = {key: kept if value == merged else value for key, value in root.items()}
        return _number([root[(one.set, one.finger)] for one in self])


def _number(keys: list[tuple[str, str]]) -> NDArray[np.int64]:
    """Numbers from 0 for keys, in the order of first use."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], np.int64)
