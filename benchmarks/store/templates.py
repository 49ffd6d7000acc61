"""Templates that were extracted before, one small file a print."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.errors import NoFingerprint
from engine.records import PrintImage, Template
from engine.templates import decode, encode


class TemplateStore:
    """Templates of one extractor, by the digest of the pixels."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which need not exist."""
        self._folder = folder

    def find(self, image: PrintImage) -> Template | NoFingerprint | None:
        """The template of a print, or why it has none; None if it was never extracted."""
        path = self._path(image)
        if path.with_suffix(".whrt").exists():
            return decode(path.with_suffix(".whrt").read_bytes())
        if path.with_suffix(".failed").exists():
            return NoFingerprint(path.with_suffix(".failed").read_text(encoding="utf-8"))
        return None

    def keep(self, image: PrintImage, result: Template | NoFingerprint) -> None:
        """Store what became of a print."""
        path = self._path(image)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(result, NoFingerprint):
            replace_file(path.with_suffix(".failed"), str(result).encode())
        else:
            replace_file(path.with_suffix(".whrt"), encode(result))

    def _path(self, image: PrintImage) -> Path:
        """Where a print's template is, without its ending."""
        digest = hashlib.sha256(repr(image.pixels.shape).encode())
        digest.update(image.pixels.tobytes())
        name = digest.hexdigest()[:32]
        return self._folder / name[:2] / name


def replace_file(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)
