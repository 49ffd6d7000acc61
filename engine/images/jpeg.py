"""The size of a JPEG image from its frame header (ITU-T T.81, annex B)."""

from __future__ import annotations

import struct

from engine.errors import BadImage
from engine.images.parameters import MAX_SCANS, MAX_SEGMENTS

_START_OF_SCAN = 0xDA
_END_OF_IMAGE = 0xD9
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive. Lossless and arithmetic frames have no common reader."""


def read_jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        BadImage: no frame header before the pixels, or too many scans.
        struct.error: cut short.
    """
    if data.count(b"\xff\xda") > MAX_SCANS:
        raise BadImage(f"more than {MAX_SCANS} JPEG scans")
    position = 2
    for _ in range(MAX_SEGMENTS):
        mark, code, length = struct.unpack_from(">BBH", data, position)
        if mark != 0xFF or code in {_START_OF_SCAN, _END_OF_IMAGE}:
            break
        if code in _FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            return width, height
        # Any number of 0xFF may stand before a marker as filling.
        position += 1 if code == 0xFF else 2 + length
    raise BadImage("the JPEG has no frame header that we can read")
