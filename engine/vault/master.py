"""Master keys: they wrap the data keys of bureaus, and nothing else."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.errors import WrongKey
from engine.vault.sealing import KEY_BYTES, NONCE_BYTES


class MasterKey(Protocol):
    """What wraps data keys: a key in memory, or a key management system."""

    @property
    def id(self) -> str:
        """Tells master keys apart, and tells nothing else."""

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """A data key as it may be stored; it unwraps in the same context alone."""

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The data key.

        Raises:
            WrongKey: it was not wrapped by this key in this context.
        """


@dataclass(frozen=True, slots=True)
class LocalKey:
    """A master key in memory: 32 bytes."""

    key: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Derived one way (HKDF, RFC 5869), 16 hexadecimal digits."""
        derived = HKDF(algorithm=SHA256(), length=8, salt=None, info=b"whorl master key id")
        return derived.derive(self.key).hex()

    @property
    def text(self) -> str:
        """As files and the environment hold it."""
        return base64.b64encode(self.key).decode()

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """AES-256-GCM with a random nonce in front; the context is authenticated."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """See `MasterKey`."""
        try:
            nonce, rest = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
            return AESGCM(self.key).decrypt(nonce, rest, context)
        except (InvalidTag, ValueError):
            reason = f"a data key was changed, or is not wrapped by master key {self.id}"
            raise WrongKey(reason) from None


def new_key() -> LocalKey:
    """A new random master key."""
    return LocalKey(os.urandom(KEY_BYTES))


def parse_key(text: str) -> LocalKey:
    """Read a master key.

    Raises:
        ValueError: it is not the base64 of 32 bytes. The text is never repeated: it is a secret.
    """
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("is not the base64 of 32 bytes, such as `openssl rand -base64 32` makes")
    return LocalKey(key)
