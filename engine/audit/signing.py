"""The key that signs checkpoints (Ed25519), and the public halves that verify them.

The private key is in a file that nobody else may read, never in the database. The public halves of
all keys that were ever used stand in a file beside it, and can be given to a third party.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from engine.errors import CorruptFile, StorageError
from engine.gallery.files import write_whole
from engine.settings import Settings

PRIVATE_NAME = "audit-key.pem"
MAX_BYTES = 65_536
_END = "-----END PUBLIC KEY-----"

PublicKeys = Mapping[str, Ed25519PublicKey]
"""Public keys by their ids."""


def private_path(settings: Settings) -> Path:
    """Where the private key is."""
    return settings.audit_key or settings.data_dir / PRIVATE_NAME


def public_path(settings: Settings) -> Path:
    """Where the public halves are: beside it."""
    return private_path(settings).with_suffix(".pub")


def key_id(key: Ed25519PublicKey) -> str:
    """Tells keys apart: the first half of the SHA-256 of the 32 bytes of the public key."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:32]


def signing_key(settings: Settings) -> Ed25519PrivateKey:
    """The private key; it is made where there is none.

    Raises:
        StorageError: the file cannot be read or written, or others can read it.
        CorruptFile: it holds no such key.
    """
    return key_at(private_path(settings))


def key_at(path: Path) -> Ed25519PrivateKey:
    """The private key of a file; it is made where there is none, its public half beside it.

    Raises:
        StorageError: the file cannot be read or written, or others can read it.
        CorruptFile: it holds no such key.
    """
    if not path.exists():
        _make(path)
    key = _read_private(path)
    _publish(key.public_key(), path.with_suffix(".pub"))
    return key


def public_keys(path: Path) -> dict[str, Ed25519PublicKey]:
    """The public keys of a file, one PEM block after the other.

    Raises:
        StorageError: it cannot be read.
        CorruptFile: it holds something else.
    """
    blocks = _read(path).decode("ascii", "replace").split(_END)
    try:
        keys = [load_pem_public_key((block + _END).encode()) for block in blocks[:-1]]
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CorruptFile(f"{path}: holds no public keys in PEM form") from error
    found = {key_id(key): key for key in keys if isinstance(key, Ed25519PublicKey)}
    if not found or len(found) != len({*blocks[:-1]}) or blocks[-1].strip():
        raise CorruptFile(f"{path}: holds something else than Ed25519 public keys in PEM form")
    return found


def is_signed(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether a signature is of this key and message."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _publish(key: Ed25519PublicKey, path: Path) -> None:
    """Add a public key to the file of all of them, if it is not there."""
    before = public_keys(path) if path.exists() else {}
    if key_id(key) not in before:
        text = "".join(public_text(one) for one in (*before.values(), key))
        write_whole(path, lambda beside: _fill(beside, text.encode(), 0o644))


def _make(path: Path) -> None:
    """Make a private key in a file that its owner alone may read."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    write_whole(path, lambda beside: _fill(beside, pem, 0o600))


def _fill(path: Path, content: bytes, mode: int) -> None:
    """Write a new file."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def _read_private(path: Path) -> Ed25519PrivateKey:
    """The private key of a file that nobody else may read."""
    pem = _read(path, secret=True)
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CorruptFile(f"{path}: holds no private key without a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CorruptFile(f"{path}: holds a key of another kind than Ed25519")
    return key


def _read(path: Path, *, secret: bool = False) -> bytes:
    """The content of a small file; a secret one must be its owner's alone."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW if secret else os.O_RDONLY)
        with os.fdopen(handle, "rb") as file:
            if secret and stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
                raise StorageError(f"{path}: others can read it; run `chmod 600` on it")
            return file.read(MAX_BYTES)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
