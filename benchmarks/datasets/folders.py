"""Sets in a folder: FVC-named images in it, or in folders below it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.datasets.naming import natural, parse_name
from benchmarks.datasets.prints import Print, PrintSet
from engine.images.endings import IMAGE_ENDINGS


@dataclass(slots=True)
class Found:
    """Sets, and the files that are in none with the reason."""

    sets: list[PrintSet] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_folder(folder: Path, ppi: float | None) -> Found:
    """Every folder with FVC-named images is a set, named by its path below `folder`.

    Args:
        folder: where to look, at any depth.
        ppi: resolution of all images, for images that do not tell theirs.
    """
    found = Found()
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in IMAGE_ENDINGS and path.is_file():
            by_folder.setdefault(path.parent, []).append(path)
    for place, paths in by_folder.items():
        name = folder.name if place == folder else place.relative_to(folder).as_posix()
        prints = _read_set(name, paths, ppi, found.ignored)
        if prints:
            found.sets.append(PrintSet(name, prints))
    found.sets.sort(key=lambda one: natural(one.name))
    return found


def _read_set(
    name: str, paths: list[Path], ppi: float | None, ignored: list[str]
) -> tuple[Print, ...]:
    """The prints among the images of one folder."""
    prints = []
    for path in paths:
        parsed = parse_name(path.stem)
        if parsed is None:
            ignored.append(f"{name}/{path.name}: no name like 101_3")
        else:
            prints.append(Print(name, *parsed, path, file_digest(path), ppi))
    return in_order(prints, ignored)


def in_order(prints: list[Print], ignored: list[str]) -> tuple[Print, ...]:
    """Prints by finger and impression; a second file of one name is told, not used."""
    ordered = sorted(prints, key=lambda one: (natural(one.finger), one.impression))
    seen: Counter[str] = Counter()
    kept = []
    for one in ordered:
        seen[one.name] += 1
        if seen[one.name] == 1:
            kept.append(one)
        else:
            ignored.append(f"{one.set}/{one.path.name}: another file has this name")
    return tuple(kept)


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
