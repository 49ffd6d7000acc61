"""Do catalogue, segments and index files agree? What does not is named, and can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine import audit
from engine.errors import StorageError, WhorlError
from engine.gallery.catalogue import Catalogue
from engine.gallery.code_index import CodePiece
from engine.gallery.manifest import Manifest, read_manifest
from engine.gallery.nearest import Asked
from engine.gallery.print_store import live_prints, removed_since
from engine.gallery.sealed_rows import prove_seals
from engine.gallery.segment import Int64Array, Segment, coded_rows
from engine.gallery.segment_file import open_segment
from engine.gallery.shards import Shard
from engine.records import UInt8Array


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
        sealed, plain: stored values that open where they stand, and that are not sealed at all.
        signed: whether the manifest bears this catalogue's signature, or there is none yet.
        seal_faults: what is wrong with sealed values and their keys.
    """

    prints: int
    waiting: int
    segments: int
    audit_rows: int
    index_faults: tuple[str, ...]
    audit_fault: str | None
    sealed: int
    plain: int
    signed: bool
    seal_faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether everything agrees."""
        return not (self.index_faults or self.seal_faults or self.audit_fault)


def check(catalogue: Catalogue, folder: Path) -> Report:
    """Compare catalogue, segments, index files, sealed values and audit chain."""
    faults: list[str] = []
    try:
        manifest, signed = read_manifest(folder, catalogue.signer()), True
    except WhorlError as error:
        manifest, signed = Manifest(), False
        faults.append(str(error))
    with catalogue.reading() as connection:
        expected = live_prints(connection, manifest.covers)
        total = len(live_prints(connection, 2**62))
        chain = audit.verify_chain(connection)
        removed = removed_since(connection, 0)
        seals = prove_seals(connection)
    faults += _index_faults(folder, manifest, expected, removed)
    return Report(
        prints=len(expected),
        waiting=total - len(expected),
        segments=len(manifest.segments),
        audit_rows=chain.rows,
        index_faults=tuple(faults),
        audit_fault=chain.broken,
        sealed=seals.sealed,
        plain=seals.plain,
        signed=signed,
        seal_faults=seals.faults,
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
    """What is wrong inside one segment: the index must be that of the minutiae."""
    codes, rows = coded_rows(segment.content)
    held = sum(piece.size for piece in segment.pieces)
    if held != len(rows):
        yield f"{segment.name}: {held} codes in the index, {len(rows)} of its minutiae have one"
    elif not all(_same_codes(segment, piece, codes, rows) for piece in segment.pieces):
        yield f"{segment.name}: the codes of the index are not those of its minutiae"


def _same_codes(segment: Segment, piece: CodePiece, codes: UInt8Array, rows: Int64Array) -> bool:
    """Whether a piece finds for each of some codes one that is equal.

    Where codes lie in cells, equal ones stand first as well: they share cell and quantised form.
    """
    fingers = np.repeat(segment.fingers, np.diff(segment.content.offsets))[rows]
    mine = np.flatnonzero((fingers == piece.finger) | (piece.finger is None))
    asked = codes[mine[np.linspace(0, len(mine) - 1, min(64, len(mine))).astype(np.int64)]]
    found = piece.nearest(Asked(asked), min(_SAME_FORM, piece.size), None).rows
    equal = codes[np.searchsorted(rows, np.maximum(found, 0)) % len(rows)] == asked[:, None]
    return bool(equal.all(axis=2).any(axis=1).all())
