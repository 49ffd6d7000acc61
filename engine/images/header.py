"""What a file is and how large, read from its first bytes before anything is allocated."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import BadImage, ImageTooLarge
from engine.images.jpeg import read_jpeg_size
from engine.images.jpeg2000 import read_jpeg2000_size
from engine.images.parameters import MAX_BYTES, MAX_PIXELS, MAX_SIDE, MAX_SIDE_RATIO
from engine.images.png import read_png_size
from engine.images.tiff import read_tiff_size
from engine.images.wsq_file import read_wsq_size


@dataclass(frozen=True, slots=True)
class Header:
    """Format (PNG, BMP, TIFF, JPEG, JP2 or WSQ) and size in pixels as stored."""

    format: str
    width: int
    height: int


def read_header(data: bytes) -> Header:
    """Tell the format from the content and check the announced size against the limits.

    Raises:
        ImageTooLarge: more bytes or pixels than accepted.
        BadImage: unknown format, damaged header or impossible size.
    """
    if len(data) > MAX_BYTES:
        raise ImageTooLarge(f"{len(data)} bytes; at most {MAX_BYTES} are accepted")
    file_format, read_size = _sniff(data)
    try:
        width, height = read_size(data)
    except (struct.error, IndexError) as error:
        raise BadImage(f"the {file_format} file is cut short") from error
    _check_size(width, height)
    return Header(file_format, width, height)


def _check_size(width: int, height: int) -> None:
    if width <= 0 or height <= 0:
        raise BadImage(f"{width} x {height} pixels is no image")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise ImageTooLarge(
            f"{width} x {height} pixels; at most {MAX_SIDE} a side and "
            f"{MAX_PIXELS} in all are accepted"
        )
    if max(width, height) > MAX_SIDE_RATIO * min(width, height):
        raise BadImage(f"{width} x {height} pixels is too long and thin for a print")


def _sniff(data: bytes) -> tuple[str, Callable[[bytes], tuple[int, int]]]:
    if not data:
        raise BadImage("the file is empty")
    for magic, file_format, read_size in _FORMATS:
        if data.startswith(magic):
            return file_format, read_size
    raise BadImage("not an image of a known format (PNG, BMP, TIFF, JPEG, JPEG 2000 or WSQ)")


def _read_bmp_size(data: bytes) -> tuple[int, int]:
    (header_length,) = struct.unpack_from("<I", data, 14)
    if header_length == 12:  # OS/2, 16-bit sizes
        width, height = struct.unpack_from("<HH", data, 18)
        return width, height
    width, height = struct.unpack_from("<ii", data, 18)
    return width, abs(height)  # a negative height means that the top row comes first


_FORMATS: tuple[tuple[bytes, str, Callable[[bytes], tuple[int, int]]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG", read_png_size),
    (b"\xff\xd8\xff", "JPEG", read_jpeg_size),
    (b"\xff\xa0\xff", "WSQ", read_wsq_size),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JP2", read_jpeg2000_size),
    (b"\xff\x4f\xff\x51", "JP2", read_jpeg2000_size),
    (b"II*\x00", "TIFF", read_tiff_size),
    (b"MM\x00*", "TIFF", read_tiff_size),
    (b"BM", "BMP", _read_bmp_size),
)
