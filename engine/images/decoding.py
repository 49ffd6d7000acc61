"""From the bytes of a known format to grey levels and the density that the file claims."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from engine.errors import BadImage, MissingPart
from engine.images.header import Header
from engine.images.tone import to_grey
from engine.images.wsq_file import decode_wsq, read_wsq_frame
from engine.records import UInt8Array

_PILLOW_NAMES = {
    "PNG": "PNG",
    "BMP": "BMP",
    "TIFF": "TIFF",
    "JPEG": "JPEG",
    "JP2": "JPEG2000",
}


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Grey levels as stored, before any rescaling.

    Attributes:
        pixels: (H, W) uint8.
        density: pixels per inch along x and y as the file claims, or None.
    """

    pixels: UInt8Array
    density: tuple[float, float] | None


def decode(data: bytes, header: Header) -> Raster:
    """Decode a file whose header has been checked.

    Raises:
        BadImage: damaged, cut short, or in a colour form that is not read.
        MissingPart: the WSQ decoder cannot be started.
    """
    try:
        if header.format == "WSQ":
            return _decode_wsq(data)
        return _decode_with_pillow(data, header)
    except (BadImage, MissingPart):
        raise
    except UnidentifiedImageError as error:
        raise BadImage(f"the {header.format} header is damaged") from error
    except Exception as error:
        # Decoders raise what they like: OSError, SyntaxError, struct.error, ValueError,
        # DecompressionBombError, and a warning where warnings are errors.
        raise BadImage(f"the {header.format} data cannot be decoded: {error}") from error


def _decode_wsq(data: bytes) -> Raster:
    frame = read_wsq_frame(data)
    density = (frame.ppi, frame.ppi) if frame.ppi is not None else None
    return Raster(decode_wsq(frame), density)


def _decode_with_pillow(data: bytes, header: Header) -> Raster:
    with Image.open(BytesIO(data), formats=[_PILLOW_NAMES[header.format]]) as image:
        # Nothing is allocated before load(): what Pillow will allocate must be what was checked.
        if image.size != (header.width, header.height):
            raise BadImage(f"the {header.format} header contradicts itself")
        image.load()
        return Raster(to_grey(image), _read_density(image.info.get("dpi")))


def _read_density(claim: Any) -> tuple[float, float] | None:
    if not isinstance(claim, tuple) or len(claim) != 2:
        return None
    try:
        return float(claim[0]), float(claim[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None  # TIFF rationals may be 0/0
