"""Reading a print: the one way into the engine for image bytes."""

from __future__ import annotations

from pathlib import Path

from engine.errors import BadImage, ImageTooLarge
from engine.images.decoding import decode
from engine.images.header import read_header
from engine.images.inversion import invert, is_inverted
from engine.images.parameters import MAX_BYTES
from engine.images.resolution import choose_resolution, rescale
from engine.records import PrintImage


def read_image(data: bytes, name: str, ppi: float | None = None) -> PrintImage:
    """Read a print from untrusted bytes of a PNG, BMP, TIFF, JPEG, JPEG 2000 or WSQ file.

    The format is told from the content. The result is grey, at 500 ppi, with dark ridges.
    `ppi` overrides what the file says; without either, 500 ppi is assumed.

    Raises:
        ImageTooLarge: more bytes or pixels than accepted, told from the header.
        BadImage: anything else that is wrong; the message names the file and the reason.
        MissingPart: the WSQ decoder cannot be started.
    """
    shown = _printable(name)
    try:
        return _read(data, shown, ppi)
    except BadImage as error:
        raise type(error)(f"{shown}: {error}") from error


def read_image_file(path: Path, ppi: float | None = None) -> PrintImage:
    """Read a print from a file; errors as in `read_image`, also for a file that is not there."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ImageTooLarge(f"{path}: {size} bytes; at most {MAX_BYTES} are accepted")
        data = path.read_bytes()
    except OSError as error:
        raise BadImage(f"{path}: cannot be read: {error.strerror}") from error
    return read_image(data, str(path), ppi)


def _read(data: bytes, name: str, ppi: float | None) -> PrintImage:
    header = read_header(data)
    raster = decode(data, header)
    resolution = choose_resolution(ppi, raster.density)
    pixels = rescale(raster.pixels, resolution.ppi)
    if is_inverted(pixels):
        pixels = invert(pixels)
    return PrintImage(pixels, resolution.ppi, resolution.known, name, header.format)


def _printable(name: str) -> str:
    """A name that cannot forge lines of a log: it comes from whoever sent the file."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:255]
