"""Do catalogue, segments and index files agree? What does not is named, and can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine import audit
from engine.errors import StorageError, WhorlError
from engine.gallery.catalogue import Catalogue
from engine.gallery.manifest import Manifest, read_manifest
from engine.gallery.print_store import live_prints, removed_since
from engine.gallery.segment import Segment
from engine.gallery.segment_file import open_segment
from engine.gallery.shards import Shard


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a check.

    Attributes:
        prints: that the catalogue holds up to the last indexed change.
        waiting: prints added since, which are searched from memory.
        segments: that the manifest names.
        audit_rows: rows of the audit chain that agree.
        index_faults: what is wrong with the index; a rebuild mends it.
        audit_fault: what is wrong with the audit chain; nothing mends that.
    """

    prints: int
    waiting: int
    segments: int
    audit_rows: int
    index_faults: tuple[str, ...]
    audit_fault: str | None

    @property
    def sound(self) -> bool:
        """Whether everything agrees."""
        return not self.index_faults and self.audit_fault is None


def check(catalogue: Catalogue, folder: Path) -> Report:
    """Compare catalogue, segments, index files and audit chain."""
    faults: list[str] = []
    try:
        manifest = read_manifest(folder)
    except WhorlError as error:
        manifest = Manifest()
        faults.append(str(error))
    with catalogue.reading() as connection:
        expected = live_prints(connection, manifest.covers)
        total = len(live_prints(connection, 2**62))
        chain = audit.verify_chain(connection)
        removed = removed_since(connection, 0)
    faults += _index_faults(folder, manifest, expected, removed)
    return Report(
        prints=len(expected),
        waiting=total - len(expected),
        segments=len(manifest.segments),
        audit_rows=chain.rows,
        index_faults=tuple(faults),
        audit_fault=chain.broken,
    )


def _index_faults(
    folder: Path, manifest: Manifest, expected: dict[int, Shard], removed: set[int]
) -> Iterator[str]:
    """What is wrong with the segments, and with their prints taken together."""
    found: dict[int, Shard] = {}
    unreadable: set[Shard] = set()
    for entry in manifest.segments:
        try:
            segment = open_segment(folder, entry)
        except StorageError as error:
            unreadable.add(entry.shard)
            yield str(error)
            continue
        yield from _segment_faults(segment)
        for number in segment.prints.tolist():
            if number in found:
                yield f"print {number} is in two segments"
            found[number] = segment.shard
    missing = [n for n, shard in expected.items() if n not in found and shard not in unreadable]
    extra = [n for n in found if n not in expected and n not in removed]
    astray = [n for n, shard in expected.items() if found.get(n, shard) != shard]
    for numbers, what in ((missing, "in no segment"), (extra, "not in the catalogue"),
                          (astray, "in the segment of another shard")):  # fmt: skip
        if numbers:
            yield f"{len(numbers)} prints are {what}, such as {numbers[:5]}"


_SAME_FORM = 16
"""Codes looked at for an equal one: different codes may have the same quantised form."""


def _segment_faults(segment: Segment) -> Iterator[str]:
    """What is wrong inside one segment."""
    rows = len(segment.features)
    if segment.index.size != rows or segment.offsets[-1] != rows:
        yield f"{segment.name}: {segment.index.size} codes in the index, {rows} in the features"
    elif rows and not _same_codes(segment):
        yield f"{segment.name}: the codes of the index are not those of the features"


def _same_codes(segment: Segment) -> bool:
    """Whether the index finds for each of some codes one that is equal.

    Where codes lie in cells, equal ones stand first as well: they share cell and quantised form.
    """
    sample = np.linspace(0, len(segment.features) - 1, 64).astype(np.int64)
    codes = np.ascontiguousarray(segment.features.codes[sample])
    rows = segment.index.nearest(codes, min(_SAME_FORM, len(segment.features)), None)
    found = segment.features.codes[np.maximum(rows, 0)]
    return bool((found == codes[:, None]).all(axis=2).any(axis=1).all())
