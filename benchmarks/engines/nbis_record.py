"""Minutiae as nbis-py takes them: nearly, but not quite, ISO/IEC 19794-2:2005.

Its reader wants what its writer writes: no density, no number of views, six bits of quality and
no field for extended data. Told from its records; scores after this detour equal those of its own
minutiae, pair by pair.
"""

from __future__ import annotations

import struct

import numpy as np

from engine.records import MinutiaType, Template

_HEADER = struct.Struct(">4s4sIHHHIHBB")
_MINUTIA = np.dtype([("x", ">u2"), ("y", ">u2"), ("angle", "u1"), ("quality", "u1")])

MOST = 150
"""Minutiae that NIST's program gives to Bozorth3, the best ones."""


def write_record(template: Template) -> bytes:
    """The record of a template, in whole pixels and 1/256 turns, which is all that NBIS has.

    Sorted by x, then y: Bozorth3 relies on that order and scores wrongly without it.
    """
    minutiae = template.minutiae.best(MOST)
    xy = np.rint(minutiae.xy).astype(np.int64)
    order = np.lexsort((xy[:, 1], xy[:, 0]))
    kind = np.where(minutiae.type == MinutiaType.BIFURCATION, 2, 1)  # no matter to Bozorth3
    records = np.zeros(len(minutiae), _MINUTIA)
    records["x"] = (xy[:, 0] | (kind << 14))[order]
    records["y"] = xy[order, 1]
    records["angle"] = (np.rint(minutiae.direction * (256 / (2 * np.pi))).astype(int) % 256)[order]
    records["quality"] = (minutiae.quality.astype(int) * 63 // 100)[order]
    length = _HEADER.size + records.nbytes
    size = (template.width, template.height)
    head = _HEADER.pack(b"FMR\0", b" 20\0", length, 0, *size, 0, 0, 0, len(records))
    return head + records.tobytes()
