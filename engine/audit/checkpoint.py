"""A checkpoint: a signed line that says how far the chain had come, and with which hash."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit.signing import PublicKeys, is_signed
from engine.errors import BadInput

MAX_LINE = 2048
"""Bytes that a line may have; whole ones have about 450."""

_PURPOSE = b"whorl audit checkpoint 1\n"
"""Before what is signed, so that the key's signature of something else is no checkpoint."""

_HEX = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("hash", "at", "key", "previous", "signature")
_NUMBERS = ("number", "clock")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a checkpoint says.

    Attributes:
        number: of the last row.
        hash: of that row.
        at: time, ISO 8601 in UTC.
        clock: number of the catalogue's latest change: tells an old copy of the whole database.
        key: id of the key that signs it.
        previous: digest of the line before; of zeros on the first.
    """

    number: int
    hash: str
    at: str
    clock: int
    key: str
    previous: str

    @property
    def signed(self) -> bytes:
        """What is signed."""
        return _PURPOSE + _compact(asdict(self)).encode()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A line of the file.

    Attributes:
        claim: what it says.
        line: its text, without the end of the line.
    """

    claim: Claim
    line: str

    @property
    def digest(self) -> str:
        """SHA-256 of the line: what the next line and the chain call it by."""
        return hashlib.sha256(self.line.encode()).hexdigest()


def sign(claim: Claim, key: Ed25519PrivateKey) -> Checkpoint:
    """A checkpoint of a claim that names this key."""
    signature = base64.b64encode(key.sign(claim.signed)).decode()
    return Checkpoint(claim, _compact({**asdict(claim), "signature": signature}))


def parse_checkpoint(line: bytes, keys: PublicKeys) -> Checkpoint:
    """Read a line and check its signature.

    Raises:
        BadInput: it is damaged, or not signed by one of these keys.
    """
    fields = _fields(line)
    signature = fields.pop("signature")
    claim = Claim(**fields)
    key = keys.get(claim.key)
    if key is None:
        raise BadInput(f"is signed with the key {claim.key[:40]!r}, which is not among those given")
    if not is_signed(key, _decode(signature), claim.signed):
        raise BadInput("its signature does not fit: it was changed or forged")
    return Checkpoint(claim, line.decode())


def _fields(line: bytes) -> dict[str, Any]:
    """The fields of a line, each of its kind, in the one form that a line may have.

    Raises:
        BadInput: it is no line of this kind.
    """
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInput("is damaged: no JSON") from None
    if not isinstance(fields, dict) or set(fields) != {*_TEXTS, *_NUMBERS}:
        raise BadInput("is damaged: no checkpoint")
    texts = all(isinstance(fields[name], str) for name in _TEXTS)
    numbers = all(type(fields[name]) is int for name in _NUMBERS)
    if not texts or not numbers or not all(_HEX.fullmatch(fields[n]) for n in ("hash", "previous")):
        raise BadInput("is damaged: a field is of the wrong form")
    if _compact(fields).encode() != line:
        raise BadInput("is damaged: not in the form in which it was written")
    return fields


def _decode(signature: str) -> bytes:
    """The bytes of a signature.

    Raises:
        BadInput: they are not in base 64.
    """
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("is damaged: its signature is not in base 64") from None


def _compact(fields: dict[str, Any]) -> str:
    """JSON in one form."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"))
