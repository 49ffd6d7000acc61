"""A sealed value: encrypted, and bound to the one place where it may stand.

    offset  size  field
         0     5  magic "WHRS" and version 1
         5     4  number of the data key, big-endian
         9    12  nonce, random
        21     n  ciphertext
      21+n    16  tag

AES-256-GCM (NIST SP 800-38D) by `cryptography`. The tag also covers the header and the place, so
that a value which was moved to another record, column or bureau does not open. Nonces are random:
a key must seal fewer than 2^32 values, far more than a bureau has.
"""

from __future__ import annotations

import json
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.errors import BrokenSeal

MAGIC = b"WHRS\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
_HEADER = struct.Struct(">5sI")
_LEAST = _HEADER.size + NONCE_BYTES + 16


def place_of(column: str, owner: str, record: tuple[str | int, ...]) -> bytes:
    """What a value is bound to: column, bureau, and what tells the record apart."""
    return json.dumps((column, owner, *record)).encode()


def seal(content: bytes, number: int, cipher: AESGCM, place: bytes) -> bytes:
    """Seal a value with the key of this number."""
    header = _HEADER.pack(MAGIC, number)
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + cipher.encrypt(nonce, content, header + place)


def key_header(number: int) -> bytes:
    """What every value begins with that is sealed with the key of this number."""
    return _HEADER.pack(MAGIC, number)


def key_number(sealed: bytes) -> int:
    """Number of the key that a value is sealed with.

    Raises:
        BrokenSeal: it is not sealed.
    """
    if len(sealed) < _LEAST or not sealed.startswith(MAGIC):
        raise BrokenSeal("is not sealed; `whorl upgrade` seals what an older program stored")
    number: int = _HEADER.unpack_from(sealed)[1]
    return number


def unseal(sealed: bytes, cipher: AESGCM, place: bytes) -> bytes:
    """The value.

    Raises:
        BrokenSeal: it was changed, or stands in another place.
    """
    head, nonce_end = _HEADER.size, _HEADER.size + NONCE_BYTES
    try:
        return cipher.decrypt(sealed[head:nonce_end], sealed[nonce_end:], sealed[:head] + place)
    except InvalidTag:
        raise BrokenSeal("was changed, or moved here from another record") from None
