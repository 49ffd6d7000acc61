"""The segments of a WSQ file (FBI IAFIS-IC-0110): size, resolution, and the decoding.

The only decoder at hand is C code that trusts its input: one flipped bit can end the
process. It therefore runs in a process of its own (`wsq_child.py`) with limits on memory and
time, and a crash there is a bad image here.
"""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import BadImage, MissingPart
from engine.images.parameters import MAX_SEGMENTS, WSQ_MEMORY, WSQ_SECONDS
from engine.images.wsq_child import REFUSED
from engine.records import UInt8Array

_FRAME, _BLOCK, _COMMENT = 0xFFA2, 0xFFA3, 0xFFA8
_TABLES = frozenset({0xFFA4, 0xFFA5, 0xFFA6, 0xFFA7})
_END = b"\xff\xa1"
_CHILD = Path(__file__).with_name("wsq_child.py")


@dataclass(frozen=True, slots=True)
class WsqFrame:
    """Size in pixels, ppi of the NIST comment (None if absent), and the file without comments.

    Comments are taken out because the decoder refuses a file whose comment lacks a PPI line.
    """

    width: int
    height: int
    ppi: float | None
    bare: bytes


def read_wsq_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        BadImage: damaged or cut short.
        struct.error: cut short within a segment header.
    """
    frame = read_wsq_frame(data)
    return frame.width, frame.height


def read_wsq_frame(data: bytes) -> WsqFrame:
    """Walk the segments up to the first block of pixels; errors as in `read_wsq_size`."""
    size: tuple[int, int] | None = None
    ppi: float | None = None
    kept = [data[:2]]
    position = 2
    for _ in range(MAX_SEGMENTS):
        marker, length = struct.unpack_from(">HH", data, position)
        end = position + 2 + length
        if marker == _BLOCK:
            break
        if marker == _COMMENT:
            ppi = _read_ppi(data[position + 4 : end]) or ppi
        elif marker in _TABLES or (marker == _FRAME and size is None):
            kept.append(data[position:end])
            if marker == _FRAME:
                size = _read_size(data, position)
        else:
            raise BadImage(f"the WSQ file is damaged at byte {position}")
        position = end
    if size is None or data.rfind(_END) < position:
        raise BadImage("the WSQ file has no frame or is cut short")
    return WsqFrame(*size, ppi, b"".join([*kept, data[position:]]))


def decode_wsq(frame: WsqFrame) -> UInt8Array:
    """Decode to (height, width) uint8.

    Raises:
        BadImage: the decoder refuses the data, crashes on it or exceeds its limits.
        MissingPart: the decoder cannot be started.
    """
    command = [sys.executable, "-I", str(_CHILD), str(WSQ_MEMORY), str(WSQ_SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program and numbers only
            command, input=frame.bare, capture_output=True, timeout=WSQ_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BadImage("the WSQ data takes too long to decode") from error
    reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it crashed"]
    if done.returncode == 1:  # Python's own failure, before any data was looked at
        raise MissingPart(f"the WSQ decoder does not start: {reason[0]}")
    if done.returncode != 0 or len(done.stdout) != frame.width * frame.height:
        why = reason[0] if done.returncode == REFUSED else "the decoder crashed"
        raise BadImage(f"the WSQ data is damaged: {why}")
    # A copy, because a view of bytes is read-only and compiled kernels would treat it apart.
    return np.frombuffer(done.stdout, np.uint8).reshape(frame.height, frame.width).copy()


def _read_size(data: bytes, position: int) -> tuple[int, int]:
    height, width = struct.unpack_from(">HH", data, position + 6)
    return width, height


def _read_ppi(comment: bytes) -> float | None:
    """The PPI line of a NISTCOM comment; -1 there means unknown."""
    found = re.search(rb"^PPI\s+(\d{1,5})\s*$", comment, re.MULTILINE)
    return float(found.group(1)) if found and comment.startswith(b"NIST_COM") else None
