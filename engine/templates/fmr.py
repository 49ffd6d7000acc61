"""Telling the finger minutiae records apart: ISO/IEC 19794-2 and INCITS 378 share a magic."""

from __future__ import annotations

import struct
from enum import Enum

from engine.errors import BadTemplate

_MAGIC = b"FMR\0"
_ISO_HEADER, _INCITS_HEADER = 24, 26


class RecordFormat(Enum):
    """Families of records, by the names that people know them under."""

    ISO_2005 = "ISO/IEC 19794-2:2005"
    INCITS_2004 = "INCITS 378-2004"
    LATER = "ISO/IEC 19794-2:2011 or INCITS 378-2009"


def tell_format(data: bytes) -> RecordFormat:
    """Which family a record belongs to.

    Both of 2004 and 2005 carry version " 20": ISO goes on with a length of four bytes, INCITS
    with one of two bytes, or with two zero bytes and four. A length below the own header tells
    which it cannot be (the rule of NIST's and FingerprintIO's readers).

    Raises:
        BadTemplate: no finger minutiae record.
    """
    if data[:4] != _MAGIC or len(data) < 12:
        raise BadTemplate("not a finger minutiae record (it does not begin with FMR)")
    version = data[4:8]
    if version in {b"030\0", b"035\0"}:
        return RecordFormat.LATER
    if version == b"020\0":  # as printed in INCITS 378-2004 itself
        return RecordFormat.INCITS_2004
    if version != b" 20\0":
        raise BadTemplate(f"minutiae record version {version!r} is not known")
    high, low = struct.unpack_from(">HH", data, 8)
    if high >= _INCITS_HEADER or (high == 0 and low < _ISO_HEADER):
        return RecordFormat.INCITS_2004
    return RecordFormat.ISO_2005
