"""The chunks of a PNG file (ISO/IEC 15948): size, and whether every chunk is whole."""

from __future__ import annotations

import struct
import zlib

from engine.errors import BadImage
from engine.images.parameters import MAX_CHUNKS

_SIGNATURE_LENGTH = 8


def read_png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, after checking the sum of every chunk up to the last.

    Decoders skip the checksum of the pixel data, and so show damage as if it were skin.

    Raises:
        BadImage: a chunk is damaged or the file is cut short.
        struct.error: shorter than its header.
    """
    length, kind, width, height = struct.unpack_from(">I4sII", data, _SIGNATURE_LENGTH)
    if kind != b"IHDR" or length != 13:
        raise BadImage("the PNG header is damaged")
    _check_chunks(data)
    return width, height


def _check_chunks(data: bytes) -> None:
    position = _SIGNATURE_LENGTH
    view = memoryview(data)
    for _ in range(MAX_CHUNKS):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 8 + length
        (expected,) = struct.unpack_from(">I", data, end)
        if zlib.crc32(view[position + 4 : end]) != expected:
            raise BadImage(f"the PNG chunk at byte {position} is damaged")
        if kind == b"IEND":
            return
        position = end + 4
    raise BadImage(f"more than {MAX_CHUNKS} PNG chunks")
