"""Pays the costs of the first search before anyone waits: sessions opened, kernels compiled."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from engine.descriptor.features import describe
from engine.errors import NoFingerprint
from engine.extractor import Extractor
from engine.fingers import Finger
from engine.gallery.print_store import StoredTemplate
from engine.gallery.recent import add_recent
from engine.gallery.segment import Segment, features_of, gather_prints
from engine.gallery.segment_file import open_segment, write_segment
from engine.gallery.shards import Shard, all_shards
from engine.matcher.alignment import align
from engine.matcher.comparison import compare
from engine.records import Minutiae, MinutiaType, PrintImage, Template, UInt8Array
from engine.scope import Part, compare_found, shortlist_parts

_SIDE = 320
"""Pixels of the invented print: as many as a small sensor gives."""

_PERIOD = 9.0
"""Pixels from ridge to ridge at 500 ppi, an adult's."""


def warm_up(extractor: Extractor) -> None:
    """Run every step of a search once, on an invented print.

    Segments in memory and segments mapped from files are both searched: kernels are compiled
    apart for arrays that can be written and arrays that cannot.
    """
    _extract(extractor)
    probe = describe(_minutiae())
    with TemporaryDirectory(prefix="whorl-") as folder:
        for segment in _segments(Path(folder)):
            listed = shortlist_parts(probe, [Part(segment, None)], threads=1)
            compare_found(probe, listed, threads=1)
            candidate = features_of(segment, 0)
            align(probe, candidate, compare(probe, candidate))


def _extract(extractor: Extractor) -> None:
    """Let the extractor see a print. What it makes of it does not matter."""
    image = PrintImage(_ridges(), 500.0, ppi_known=True, name="warm-up", format="PNG")
    try:
        extractor.extract(image)
    except NoFingerprint:
        return


def _segments(folder: Path) -> tuple[Segment, ...]:
    """The invented print in memory and in a file."""
    shard = all_shards()[0]
    stored = [StoredTemplate(1, "warm-up", shard, Finger.UNKNOWN, _template(), added=1)]
    return (*add_recent((), stored, clock=1), _mapped(folder, shard, stored))


def _mapped(folder: Path, shard: Shard, stored: list[StoredTemplate]) -> Segment:
    """A segment from a file."""
    entry = write_segment(folder, "warm-up", gather_prints(shard, stored, built_at=1))
    return open_segment(folder, entry)


def _template() -> Template:
    """Template of the invented print."""
    return Template(_minutiae(), _SIDE, _SIDE, 50, "none", "warm-up")


def _minutiae() -> Minutiae:
    """Minutiae where `_ridges` has them."""
    xy = _places()
    count = len(xy)
    return Minutiae(
        xy=xy,
        direction=np.zeros(count, np.float32),
        type=np.full(count, MinutiaType.ENDING, np.uint8),
        quality=np.full(count, 50, np.uint8),
    )


def _places() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """(16, 2) float32, x and y: a grid, shaken so that no two neighbourhoods are alike."""
    grid = np.stack(np.meshgrid(np.arange(4), np.arange(4)), axis=-1).reshape(-1, 2)
    shaken = 70 + 60 * grid + np.random.default_rng(1).uniform(-15, 15, grid.shape)
    return shaken.astype(np.float32)


def _ridges() -> UInt8Array:
    """Level ridges with a minutia at each place: a turn of the phase around a point is one."""
    y, x = np.mgrid[:_SIDE, :_SIDE].astype(np.float32)
    phase = 2 * np.pi * y / _PERIOD
    for number, (left, top) in enumerate(_places()):
        phase += (-1) ** number * np.arctan2(y - top, x - left)
    return np.asarray(128 + 100 * np.cos(phase), np.uint8)
