"""The first directory of a TIFF file (TIFF 6.0, section 2): size, layout, number of pages."""

from __future__ import annotations

import struct

from engine.errors import BadImage
from engine.images.parameters import MAX_TILES

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
_STRIPS, _TILES = 273, 324

_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946})
"""None, fax (2 to 4), LZW, JPEG, deflate, PackBits, old deflate. Rarer coders are left out:
no scanner of prints writes them and each is one more decoder open to the world."""


def read_tiff_size(data: bytes) -> tuple[int, int]:
    """Width and height of the only page, in pixels.

    Raises:
        BadImage: more than one page (which one is the print is not ours to guess), too many
            tiles or strips, or a compression that is not read.
        struct.error: cut short.
    """
    order = "<" if data[:2] == b"II" else ">"
    (offset,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, offset)
    counts, values = _read_entries(data, order, offset + 2, count)
    (following,) = struct.unpack_from(order + "I", data, offset + 2 + 12 * count)
    if following:
        raise BadImage("the TIFF has more than one page")
    if values.get(COMPRESSION, 1) not in _COMPRESSIONS:
        raise BadImage(f"TIFF compression {values[COMPRESSION]} is not read")
    width, height = values.get(WIDTH, 0), values.get(HEIGHT, 0)
    if counts.get(_STRIPS, 0) > height or counts.get(_TILES, 0) > MAX_TILES:
        raise BadImage("the TIFF is cut into too many pieces")
    return width, height


def _read_entries(
    data: bytes, order: str, offset: int, count: int
) -> tuple[dict[int, int], dict[int, int]]:
    """Number of values of each tag, and the value of those with one short or long value."""
    counts: dict[int, int] = {}
    values: dict[int, int] = {}
    for position in range(offset, offset + 12 * count, 12):
        tag, kind, number = struct.unpack_from(order + "HHI", data, position)
        counts[tag] = number
        if number == 1 and kind in {3, 4}:
            (values[tag],) = struct.unpack_from(order + (" HI"[kind - 2]), data, position + 8)
    return counts, values
