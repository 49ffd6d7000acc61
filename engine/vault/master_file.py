"""Master keys in a file that its owner alone may read, one a line; the first wraps."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from engine.errors import StorageError, WrongKey
from engine.gallery.files import write_whole
from engine.settings import Settings
from engine.vault.master import LocalKey, parse_key

FILE_NAME = "master.key"
MAX_BYTES = 65_536


def master_path(settings: Settings) -> Path:
    """Where the file is."""
    return settings.master_key_file or settings.data_dir / FILE_NAME


def read_keys(path: Path) -> tuple[LocalKey, ...]:
    """The keys of a file; none if there is no file.

    Raises:
        StorageError: it cannot be read, or others can read it.
        WrongKey: it holds something else.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
    with os.fdopen(handle, "rb") as file:
        if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
            raise StorageError(f"{path}: others can read it; run `chmod 600` on it")
        lines = file.read(MAX_BYTES).decode("ascii", "replace").split()
    try:
        keys = tuple(map(parse_key, lines))
    except ValueError as error:
        raise WrongKey(f"{path}: a line {error}") from None
    if not keys:
        raise WrongKey(f"{path}: holds no key")
    return keys


def write_keys(path: Path, keys: Sequence[LocalKey]) -> None:
    """Put keys in place of those of the file.

    Raises:
        StorageError: it cannot be written.
    """
    content = "".join(f"{one.text}\n" for one in keys).encode()

    def fill(beside: Path) -> None:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)

    write_whole(path, fill)
