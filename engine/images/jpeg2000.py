"""The codestream of a JPEG 2000 file (ISO/IEC 15444-1, annexes A and I), as far as limits need.

A header of a hundred bytes can ask the decoder for millions of tiles, precincts or layers;
so the main header is read, and headers of tiles may not change what it says.
"""

from __future__ import annotations

import struct

from engine.errors import BadImage
from engine.images.parameters import (
    MAX_LAYERS,
    MAX_SEGMENTS,
    MAX_TILES,
    MIN_PRECINCT_EXPONENT,
)

_SIZ, _COD, _COC, _SOT, _SOD, _EOC = 0xFF51, 0xFF52, 0xFF53, 0xFF90, 0xFF93, 0xFFD9
_MAX_COMPONENTS = 4
_MIN_BLOCK_EXPONENT = 8  # of the area of a code block: 16 x 16, the default is 64 x 64


def read_jpeg2000_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, after a walk over all headers.

    Raises:
        BadImage: cut short, without codestream, or beyond the limits.
        struct.error: cut short within a header.
    """
    start = 0 if data.startswith(b"\xff\x4f") else _find_codestream(data)
    width, height = _read_size(data, start + 2)
    position = _walk_headers(data, start + 2, _SOT)
    for _ in range(MAX_SEGMENTS):
        (marker,) = struct.unpack_from(">H", data, position)
        if marker == _EOC:
            return width, height
        position = _next_tile_part(data, position, marker)
    raise BadImage("more JPEG 2000 tile parts than accepted")


def _find_codestream(data: bytes) -> int:
    position = 12
    for _ in range(MAX_SEGMENTS):
        length, kind = struct.unpack_from(">I4s", data, position)
        header = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, position + 8)
            header = 16
        if kind == b"jp2c":
            return position + header
        if length < header:
            break
        position += length
    raise BadImage("the JPEG 2000 file holds no codestream")


def _read_size(data: bytes, position: int) -> tuple[int, int]:
    marker, _, _, right, bottom, left, top = struct.unpack_from(">HHHIIII", data, position)
    tile_width, tile_height, tile_left, tile_top, components = struct.unpack_from(
        ">IIIIH", data, position + 22
    )
    if marker != _SIZ or not tile_width or not tile_height:
        raise BadImage("the JPEG 2000 size header is damaged")
    if components > _MAX_COMPONENTS:
        raise BadImage(f"{components} JPEG 2000 components; at most {_MAX_COMPONENTS} are read")
    columns = -(-(right - tile_left) // tile_width)
    rows = -(-(bottom - tile_top) // tile_height)
    if columns * rows > MAX_TILES:
        raise BadImage(f"{columns * rows} JPEG 2000 tiles; at most {MAX_TILES} are accepted")
    return right - left, bottom - top


def _walk_headers(data: bytes, position: int, stop: int) -> int:
    """Position of the marker `stop`, after a check of every segment before it."""
    for _ in range(MAX_SEGMENTS):
        marker, length = struct.unpack_from(">HH", data, position)
        if marker == stop:
            return position
        if marker in {_COD, _COC}:
            if stop == _SOD:
                raise BadImage("a JPEG 2000 tile changes the coding style")
            _check_style(data, position, marker)
        if length < 2:
            break
        position += 2 + length
    raise BadImage("the JPEG 2000 headers are damaged")


def _check_style(data: bytes, position: int, marker: int) -> None:
    """Layers, code block and precincts of a COD or COC segment (15444-1, A.6.1, A.6.2)."""
    if marker == _COD:
        style, at = data[position + 4], position + 9
        if int.from_bytes(data[position + 6 : position + 8], "big") > MAX_LAYERS:
            raise BadImage(f"more than {MAX_LAYERS} JPEG 2000 layers")
    else:
        style, at = data[position + 5], position + 6
    if data[at + 1] + data[at + 2] + 4 < _MIN_BLOCK_EXPONENT:
        raise BadImage("the JPEG 2000 code blocks are too small")
    levels = data[at]
    precincts = data[at + 5 : at + 6 + levels] if style & 1 else b""
    for level, sizes in enumerate(precincts):  # smallest resolution first
        if min(sizes & 15, sizes >> 4) + levels - level < MIN_PRECINCT_EXPONENT:
            raise BadImage("the JPEG 2000 precincts are too small")


def _next_tile_part(data: bytes, position: int, marker: int) -> int:
    (length,) = struct.unpack_from(">I", data, position + 6)
    if marker != _SOT:
        raise BadImage("the JPEG 2000 tile parts are damaged")
    _walk_headers(data, position + 12, _SOD)
    if length == 0:  # allowed in the last part: it runs up to the end marker
        end = data.rfind(b"\xff\xd9", position)
        return end if end >= 0 else len(data)
    if length < 14:
        raise BadImage("the JPEG 2000 tile parts are damaged")
    return int(position + length)
