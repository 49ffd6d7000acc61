"""The extended data behind the minutiae of a view: walked over, not read."""

from __future__ import annotations

import struct

from engine.errors import BadTemplate

_BLOCK = struct.Struct(">HH")


def check_extensions(data: bytes) -> None:
    """Blocks of type, length and data must fill the extended data exactly.

    The length counts the data only, as FingerprintIO reads ISO/IEC 19794-2:2005, or also the
    four bytes before it, as NIST's libbiomeval does; records of both kinds exist. Ridge counts,
    cores, deltas and zones are not used by this engine.

    Raises:
        BadTemplate: the blocks fit neither way.
    """
    if not (_fits(data, added=_BLOCK.size) or _fits(data, added=0)):
        raise BadTemplate("the extended data does not divide into blocks")


def _fits(data: bytes, added: int) -> bool:
    """Whether blocks end at the end; `added` bytes belong to a block beside its length."""
    position = 0
    while position + _BLOCK.size <= len(data):
        _, length = _BLOCK.unpack_from(data, position)
        if length + added < _BLOCK.size:
            return False
        position += length + added
    return position == len(data)
