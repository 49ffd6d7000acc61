"""Our own form of a template: compact, versioned, checksummed, and free of code.

All integers are little-endian:

    offset  size  field
         0     4  magic "WHRT"
         4     1  version 1
         5     1  quality 0 to 100
         6     2  width, pixels at 500 ppi
         8     2  height
        10     1  number of minutiae n
        11     1  length a of the extractor's name
        12     1  length b of the quality measure's name
        13     a  extractor, UTF-8
      13+a     b  quality measure, UTF-8
               8n minutiae: x, y (uint16, 1/16 pixel), direction (uint16, 2 pi / 65536),
                  type (uint8), quality (uint8)
                4  CRC-32 of all before it

A sixteenth of a pixel is a tenth of what any extractor can place, and lets 16 bits cover 4095
pixels, the largest print that is read. Whatever `decode` accepts, `encode` gives back byte
for byte.
"""

from __future__ import annotations

import dataclasses
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadTemplate
from engine.records import MAX_MINUTIAE, Minutiae, MinutiaType, Template
from engine.templates.quantised import RADIANS, STEPS, TURN

_HEADER = struct.Struct("<4sBBHHBBB")
_CHECKSUM = struct.Struct("<I")
_MAGIC, _VERSION = b"WHRT", 1
_MINUTIA = np.dtype(
    [("x", "<u2"), ("y", "<u2"), ("direction", "<u2"), ("type", "u1"), ("quality", "u1")]
)


def encode(template: Template) -> bytes:
    """The bytes to store.

    Raises:
        BadTemplate: a value that the form cannot hold or that makes no sense.
    """
    records = _to_records(template)
    extractor = template.extractor.encode()
    measure = template.quality_measure.encode()
    _check_header(template, len(extractor), len(measure))
    header = _HEADER.pack(
        _MAGIC,
        _VERSION,
        template.quality,
        template.width,
        template.height,
        len(records),
        len(extractor),
        len(measure),
    )
    body = header + extractor + measure + records.tobytes()
    return body + _CHECKSUM.pack(zlib.crc32(body))


def decode(data: bytes) -> Template:
    """The template that `encode` was given, with its minutiae quantised.

    Raises:
        BadTemplate: anything is wrong with the bytes; the message says what.
    """
    if len(data) < _HEADER.size + _CHECKSUM.size:
        raise BadTemplate(f"{len(data)} bytes are too few for a template")
    magic, version, quality, width, height, count, a, b = _HEADER.unpack_from(data)
    if magic != _MAGIC:
        raise BadTemplate("not a template of this program")
    if version != _VERSION:
        raise BadTemplate(f"template version {version} is not known; this program reads 1")
    start = _HEADER.size + a + b
    expected = start + count * _MINUTIA.itemsize + _CHECKSUM.size
    if len(data) != expected:
        raise BadTemplate(f"the template has {len(data)} bytes where its counts ask for {expected}")
    if zlib.crc32(data[: -_CHECKSUM.size]) != _CHECKSUM.unpack_from(data, expected - 4)[0]:
        raise BadTemplate("the template is damaged: its checksum is wrong")
    extractor = _read_text(data[_HEADER.size : _HEADER.size + a])
    measure = _read_text(data[_HEADER.size + a : start])
    records = np.frombuffer(data, _MINUTIA, count, start)
    template = Template(_from_records(records), width, height, quality, measure, extractor)
    _check_header(template, a, b)
    _check_records(records, template)
    return template


def quantise(template: Template) -> Template:
    """The template as it will be read back, so that a probe equals what is stored of it.

    Raises:
        BadTemplate: as `encode`.
    """
    return dataclasses.replace(template, minutiae=_from_records(_to_records(template)))


def _to_records(template: Template) -> NDArray[np.void]:
    minutiae = template.minutiae
    _check_arrays(minutiae)
    records = np.zeros(len(minutiae), _MINUTIA)
    position = np.rint(minutiae.xy.astype(np.float64) * STEPS)
    if ((position < 0) | (position >= 1 << 16)).any():
        raise BadTemplate("a minutia lies where the stored form cannot reach")
    records["x"], records["y"] = position.T
    turns = minutiae.direction.astype(np.float64) / (2 * np.pi)
    records["direction"] = np.rint(turns * TURN).astype(np.int64) % TURN
    records["type"], records["quality"] = minutiae.type, minutiae.quality
    _check_records(records, template)
    return records


def _from_records(records: NDArray[np.void]) -> Minutiae:
    xy = np.stack([records["x"], records["y"]], axis=1).astype(np.float32) / STEPS
    direction = records["direction"].astype(np.float64) * RADIANS
    return Minutiae(
        xy.astype(np.float32),
        direction.astype(np.float32),
        records["type"].astype(np.uint8),
        records["quality"].astype(np.uint8),
    )


def _check_arrays(minutiae: Minutiae) -> None:
    count = len(minutiae)
    if count > MAX_MINUTIAE:
        raise BadTemplate(f"{count} minutiae; at most {MAX_MINUTIAE} can be kept")
    shapes = [minutiae.direction.shape, minutiae.type.shape, minutiae.quality.shape]
    if minutiae.xy.shape != (count, 2) or shapes != [(count,)] * 3:
        raise BadTemplate("the arrays of the minutiae differ in length")
    if not (np.isfinite(minutiae.xy).all() and np.isfinite(minutiae.direction).all()):
        raise BadTemplate("a minutia has no finite position and direction")


def _check_records(records: NDArray[np.void], template: Template) -> None:
    if (records["type"] > max(MinutiaType)).any() or (records["quality"] > 100).any():
        raise BadTemplate("a minutia has an unknown type or a quality above 100")
    if len(records) and (
        records["x"].max() > template.width * STEPS or records["y"].max() > template.height * STEPS
    ):
        raise BadTemplate("a minutia lies outside of the image")


def _check_header(template: Template, *lengths: int) -> None:
    if not (0 < template.width < 1 << 16 and 0 < template.height < 1 << 16):
        raise BadTemplate(f"{template.width} x {template.height} pixels is no size of an image")
    if not 0 <= template.quality <= 100:
        raise BadTemplate(f"a quality of {template.quality}; it goes from 0 to 100")
    if max(lengths) > 255:
        raise BadTemplate("the name of the extractor or quality measure is too long")


def _read_text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadTemplate("a name in the template is not UTF-8") from error
