"""The keys that sign tokens. Private keys are in one file or the environment, never in SQL."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from engine.errors import Conflict, CorruptFile, StorageError
from engine.gallery.files import write_whole
from engine.settings import Settings

FILE_NAME = "signing-keys.json"
ALGORITHM = "ES256"
CURVE = "P-256"
MAX_BYTES = 65_536

RETIRED_FOR = timedelta(minutes=11)
"""A retired key still verifies the tokens that it signed: they live ten minutes."""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key with its time of retirement, None while it may sign."""

    key: ECKey = field(repr=False)
    retired_at: datetime | None = None

    @property
    def kid(self) -> str:
        """Its thumbprint (RFC 7638)."""
        return self.key.thumbprint()


class KeyRing:
    """The keys of an issuer: the first signs, all verify. Follows the file when it changes."""

    def __init__(self, settings: Settings) -> None:
        """Take keys from the settings if they hold any, else from the file in the data folder."""
        given = settings.signing_keys
        self.path = settings.data_dir / FILE_NAME
        self._given = None if given is None else _parse_given(given.get_secret_value())
        self._seen: tuple[object, tuple[StoredKey, ...]] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether there is a key to sign with."""
        return self._given is not None or self.path.exists()

    def signing(self) -> StoredKey:
        """The key that signs now.

        Raises:
            StorageError: there is none, or the file cannot be used.
        """
        return self._keys()[0]

    def verifying(self, now: datetime) -> dict[str, StoredKey]:
        """Keys whose tokens are still good, by their ids."""
        return {one.kid: one for one in self._keys() if _verifies(one, now)}

    def public_set(self, now: datetime) -> dict[str, Any]:
        """The public halves as a JWK set (RFC 7517)."""
        return {"keys": [_public(one.key) for one in self.verifying(now).values()]}

    def rotate(self, now: datetime) -> StoredKey:
        """Put a new key in front; the one before keeps only its public half and verifies a while.

        Raises:
            Conflict: the keys come from the environment.
            StorageError: the file cannot be read or written.
        """
        if self._given is not None:
            raise Conflict(
                "the keys come from WHORL_SIGNING_KEYS: put a new one in front of the set there"
            )
        old = [_retire(one, now) for one in (self._keys() if self.path.exists() else ())]
        new = StoredKey(ECKey.generate_key(CURVE))
        _write(self.path, [new, *(one for one in old if _verifies(one, now))])
        return new

    def _keys(self) -> tuple[StoredKey, ...]:
        """All keys, read again if the file has changed."""
        if self._given is not None:
            return self._given
        stamp = _stamp(self.path)
        if self._seen is None or self._seen[0] != stamp:
            self._seen = (stamp, _read(self.path))
        return self._seen[1]


def _verifies(one: StoredKey, now: datetime) -> bool:
    """Whether tokens of a key may still be about."""
    return one.retired_at is None or now < one.retired_at + RETIRED_FOR


def _retire(one: StoredKey, now: datetime) -> StoredKey:
    """A key without its private half."""
    return StoredKey(ECKey.import_key(_public(one.key)), one.retired_at or now)


def _public(key: ECKey) -> dict[str, Any]:
    """The public half, with what it is for."""
    public = key.as_dict(private=False)
    return {**public, "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}


def _stamp(path: Path) -> object:
    """Changes when the file does."""
    try:
        found = path.stat()
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}; `whorl key rotate` makes one") from error
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(path: Path) -> tuple[StoredKey, ...]:
    """The keys of a file that nobody else may read.

    Raises:
        StorageError: it cannot be read, or others can.
        CorruptFile: it holds no keys.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as file:
            if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
                raise StorageError(f"{path}: others can read it; run `chmod 600` on it")
            return _parse_file(file.read(MAX_BYTES), path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error


def _parse_file(content: bytes, path: Path) -> tuple[StoredKey, ...]:
    """The keys of a file's content.

    Raises:
        CorruptFile: it holds no key that can sign.
    """
    try:
        rows = json.loads(content)["keys"]
        keys = tuple(StoredKey(_import(row["jwk"]), _time(row["retired_at"])) for row in rows)
    except (ValueError, KeyError, TypeError, JoseError) as error:
        raise CorruptFile(f"{path}: holds no signing keys; `whorl key rotate` makes new ones "
                          "after it is moved away") from error  # fmt: skip
    if not keys or not keys[0].key.is_private:
        raise CorruptFile(f"{path}: its first key cannot sign")
    return keys


def _parse_given(text: str) -> tuple[StoredKey, ...]:
    """The keys of the environment. The text is never repeated: it is a secret.

    Raises:
        StorageError: it is no JWK set whose first key can sign.
    """
    try:
        keys = tuple(StoredKey(_import(row)) for row in json.loads(text)["keys"])
    except (ValueError, KeyError, TypeError, JoseError):
        raise StorageError("WHORL_SIGNING_KEYS: is no JWK set of P-256 keys") from None
    if not keys or not keys[0].key.is_private:
        raise StorageError("WHORL_SIGNING_KEYS: its first key cannot sign")
    return keys


def _import(jwk: Mapping[str, Any]) -> ECKey:
    """A P-256 key.

    Raises:
        ValueError: it is of another curve.
    """
    key = ECKey.import_key(dict(jwk))
    if key.curve_name != CURVE:
        raise ValueError(f"curve {key.curve_name}")
    return key


def _time(text: str | None) -> datetime | None:
    """A time of a file."""
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def _write(path: Path, keys: Sequence[StoredKey]) -> None:
    """Put keys in place of those of the file, readable by its owner alone."""
    rows = [
        {
            "jwk": one.key.as_dict(private=one.retired_at is None),
            "retired_at": one.retired_at and one.retired_at.isoformat(),
        }
        for one in keys
    ]
    content = json.dumps({"keys": rows}).encode()

    def fill(beside: Path) -> None:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)

    write_whole(path, fill)
