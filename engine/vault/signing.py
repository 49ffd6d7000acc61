"""Signatures of files that this program makes and reads again: HMAC-SHA-256 by `cryptography`."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs.

    Attributes:
        number: of the key in the catalogue.
        key: its 32 bytes.
    """

    number: int
    key: bytes = field(repr=False)

    def sign(self, content: bytes) -> str:
        """The signature of some bytes, as hexadecimal digits."""
        return self._mac(content).finalize().hex()

    def has_signed(self, content: bytes, signature: str) -> bool:
        """Whether a signature is of these bytes; takes the same time for every wrong one."""
        try:
            self._mac(content).verify(bytes.fromhex(signature))
        except (InvalidSignature, ValueError):
            return False
        return True

    def _mac(self, content: bytes) -> HMAC:
        """The running signature of some bytes."""
        mac = HMAC(self.key, SHA256())
        mac.update(content)
        return mac
