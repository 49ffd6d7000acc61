"""Finger minutiae records of ISO/IEC 19794-2:2005 (clause 7, record format), in and out.

Layout and its source are in the standard; all integers are big-endian. Read strictly, with
three exceptions that records in the field need: bits 15 and 14 of y are ignored, zero bytes
may follow the record (cards and drivers hand over whole buffers), and extended data may count
its lengths in two ways (see `extensions.py`).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadTemplate
from engine.fingers import Finger, Impression
from engine.records import MAX_MINUTIAE, PPI, Float32Array, Minutiae, MinutiaType, Template
from engine.templates.extensions import check_extensions
from engine.templates.finger_view import FingerView, check_view_numbers
from engine.templates.fmr import RecordFormat, tell_format

EXTRACTOR = "iso19794-2:2005"
"""Stands for the unknown extractor of a record that came from outside."""

MEASURE = "reported"
"""Stands for the unknown quality measure of such a record."""

_HEADER = struct.Struct(">4s4sIHHHHHBB")
_VIEW = struct.Struct(">BBBB")
_EXTENSION = struct.Struct(">H")
_MINUTIA = np.dtype([("x", ">u2"), ("y", ">u2"), ("angle", "u1"), ("quality", "u1")])

_MAX_VIEWS = 176  # 11 positions of 16 views
_MIN_DENSITY = 99  # pixels per cm, the standard's least
_DENSITY = 197  # pixels per cm: 500 ppi rounded as the standard rounds it
_CM_PER_INCH = 2.54
_TOLERANCE = 0.01  # 500 ppi is written as 196, 197 or 198
_COORDINATE = 0x3FFF  # the low 14 bits; above them is the type in x, nothing in y
_REACH = 4095  # pixels at 500 ppi that our own form reaches; 20 cm hold a whole hand
_ANGLES = 256  # steps in a full turn

_IMPRESSIONS = {
    0: Impression.LIVE_PLAIN,
    1: Impression.LIVE_ROLLED,
    2: Impression.NONLIVE_PLAIN,
    3: Impression.NONLIVE_ROLLED,
    8: Impression.LIVE_SWIPE,
    9: Impression.UNKNOWN,  # not in the standard, but NIST's software writes it
}


def read_iso(data: bytes) -> list[FingerView]:
    """All views of a record, positions at 500 ppi, minutiae by falling quality.

    Raises:
        BadTemplate: another format, or one that breaks the standard; the message says how.
    """
    found = tell_format(data)
    if found is not RecordFormat.ISO_2005:
        raise BadTemplate(f"this is {found.value}; only {RecordFormat.ISO_2005.value} is read")
    try:
        return _read_record(data)
    except struct.error as error:
        raise BadTemplate("the minutiae record is cut short") from error


def write_iso(views: Sequence[FingerView]) -> bytes:
    """A record of several views, in whole pixels at 197 per cm.

    The format has one image size for all views: the largest is written.

    Raises:
        BadTemplate: more views or minutiae than the format holds, or a latent impression.
    """
    if not 1 <= len(views) <= _MAX_VIEWS:
        raise BadTemplate(f"{len(views)} views; a record holds 1 to {_MAX_VIEWS}")
    check_view_numbers(views)
    body = b"".join(_write_view(view) for view in views)
    width = max(view.template.width for view in views)
    height = max(view.template.height for view in views)
    if max(width, height) > _COORDINATE:
        raise BadTemplate(f"{width} x {height} pixels is too large for the format")
    length = _HEADER.size + len(body)
    fields = (b"FMR\0", b" 20\0", length, 0, width, height, _DENSITY, _DENSITY, len(views), 0)
    return _HEADER.pack(*fields) + body


def _read_record(data: bytes) -> list[FingerView]:
    _, _, length, _, width, height, x_density, y_density, count, reserved = _HEADER.unpack_from(
        data
    )
    if length > len(data) or data[length:].strip(b"\0"):
        raise BadTemplate(f"the record says {length} bytes and has {len(data)}")
    if not width or not height or reserved or count > _MAX_VIEWS:
        raise BadTemplate("the header has no image size, too many views or a reserved byte set")
    scale = _read_scale(x_density, y_density)
    size = (math.ceil(width * scale), math.ceil(height * scale))
    views = []
    position = _HEADER.size
    for _ in range(count):
        view, position = _read_view(data[:length], position, size, scale)
        views.append(view)
    if position != length:
        raise BadTemplate(f"{length - position} bytes are left behind the last view")
    check_view_numbers(views)
    return views


def _read_scale(x_density: int, y_density: int) -> float:
    """Factor from pixels of the record to pixels at 500 ppi."""
    if min(x_density, y_density) < _MIN_DENSITY:
        raise BadTemplate(f"a resolution of {min(x_density, y_density)} pixels per cm is too low")
    if not math.isclose(x_density, y_density, rel_tol=_TOLERANCE):
        raise BadTemplate(f"pixels are not square: {x_density} by {y_density} per cm")
    if math.isclose(x_density, _DENSITY, rel_tol=_TOLERANCE):
        return 1.0
    return PPI / (x_density * _CM_PER_INCH)


def _read_view(
    data: bytes, position: int, size: tuple[int, int], scale: float
) -> tuple[FingerView, int]:
    """The view at a position, and the position behind it."""
    finger, number_and_impression, quality, count = _VIEW.unpack_from(data, position)
    number, impression = divmod(number_and_impression, 16)
    if finger > max(Finger) or impression not in _IMPRESSIONS or quality > 100:
        raise BadTemplate("a view has an unknown finger or impression, or a quality above 100")
    start = position + _VIEW.size
    end = start + count * _MINUTIA.itemsize
    (extension,) = _EXTENSION.unpack_from(data, end)
    behind = end + _EXTENSION.size + extension
    if behind > len(data):
        raise BadTemplate("the extended data of a view goes beyond the record")
    check_extensions(data[end + _EXTENSION.size : behind])
    minutiae = _read_minutiae(np.frombuffer(data, _MINUTIA, count, start), scale)
    if (minutiae.xy > size).any():
        raise BadTemplate("a minutia lies outside of the image")
    if (minutiae.xy > _REACH).any():
        raise BadTemplate(
            f"a minutia lies beyond pixel {_REACH} at 500 ppi, the largest print kept"
        )
    template = Template(minutiae.best(count), *size, quality, MEASURE, EXTRACTOR)
    return FingerView(Finger(finger), _IMPRESSIONS[impression], number, template), behind


def _read_minutiae(records: NDArray[np.void], scale: float) -> Minutiae:
    kind = (records["x"] >> 14).astype(np.uint8)
    if (kind > max(MinutiaType)).any() or (records["quality"] > 100).any():
        raise BadTemplate("a minutia has an unknown type or a quality above 100")
    xy = np.stack([records["x"] & _COORDINATE, records["y"] & _COORDINATE], axis=1)
    direction = records["angle"].astype(np.float32) * np.float32(2 * np.pi / _ANGLES)
    scaled: Float32Array = (xy * scale).astype(np.float32)
    return Minutiae(scaled, direction, kind, records["quality"].astype(np.uint8))


def _write_view(view: FingerView) -> bytes:
    codes = [code for code, one in _IMPRESSIONS.items() if one is view.impression]
    if not codes:
        raise BadTemplate(f"an impression {view.impression.label} has no place in the format")
    template = view.template
    count = len(template.minutiae)
    if count > MAX_MINUTIAE or not 0 <= template.quality <= 100:
        raise BadTemplate(f"{count} minutiae or quality {template.quality} do not fit the format")
    head = _VIEW.pack(view.finger, view.view * 16 + codes[0], template.quality, count)
    return head + _write_minutiae(template).tobytes() + _EXTENSION.pack(0)


def _write_minutiae(template: Template) -> NDArray[np.void]:
    minutiae = template.minutiae
    highest = np.minimum([template.width - 1, template.height - 1], _COORDINATE)
    xy = np.clip(np.rint(minutiae.xy), 0, highest).astype(np.uint16)
    steps = np.rint(minutiae.direction * (_ANGLES / (2 * np.pi))).astype(np.int64)
    records = np.zeros(len(minutiae), _MINUTIA)
    records["x"] = xy[:, 0] | (minutiae.type.astype(np.uint16) << 14)
    records["y"] = xy[:, 1]
    records["angle"] = steps % _ANGLES
    records["quality"] = minutiae.quality
    return records
