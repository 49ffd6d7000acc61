"""The manifest: which segments make the index now, and up to which change they reach.

It is signed with a key of the catalogue and holds the digest of every file that it names, so what
is searched is what this program wrote.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.descriptor.parameters import DESCRIPTOR_VERSION
from engine.errors import CorruptFile
from engine.gallery.files import write_whole
from engine.gallery.segment_file import SegmentEntry
from engine.vault.signing import Signer

NAME = "manifest.json"

VERSION = f"{DESCRIPTOR_VERSION}, files 2"
"""Of the features that the index was made from, and of the form of its files."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of the index.

    Attributes:
        generation: rises with every swap.
        covers: number of the change up to which every added print is in a segment.
        descriptor: version of the features and the files.
        segments: in the order of their making.
    """

    generation: int = 0
    covers: int = 0
    descriptor: str = VERSION
    segments: tuple[SegmentEntry, ...] = ()


def read_manifest(folder: Path, signer: Signer) -> Manifest:
    """The manifest of an index folder; an empty one if there is none yet.

    Raises:
        CorruptFile: it was not signed by this catalogue's key, was changed, or is of another
            version of the descriptor.
    """
    path = folder / NAME
    mend = "run `whorl index rebuild` to make the index again from the catalogue"
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        body, signature = stored["manifest"], stored.get("signature")
        entries = tuple(SegmentEntry(**entry) for entry in body["segments"])
        manifest = Manifest(**{**body, "segments": entries})
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptFile(f"{path}: is no manifest ({error}); {mend}") from error
    if signature is None:
        raise CorruptFile(f"{path}: is not signed, as an older program left it; {mend}")
    if not signer.has_signed(_content(body), str(signature)):
        raise CorruptFile(f"{path}: changed, or not signed by this catalogue's key; {mend}")
    if manifest.descriptor != VERSION:
        raise CorruptFile(
            f"{path}: its index is of version {manifest.descriptor!r}, this program needs "
            f"{VERSION!r}; {mend}"
        )
    return manifest


def swap_manifest(folder: Path, manifest: Manifest, signer: Signer) -> Manifest:
    """Make a manifest the current one, at once and whole; returns it with its generation.

    Raises:
        StorageError: it could not be written; the old one still counts.
    """
    new = replace(manifest, generation=manifest.generation + 1)
    body = asdict(new)
    signed = {"manifest": body, "key": signer.number, "signature": signer.sign(_content(body))}
    text = json.dumps(signed, indent=1)
    write_whole(folder / NAME, lambda path: _write_text(path, text))
    return new


def _write_text(path: Path, text: str) -> None:
    """Write text."""
    path.write_text(text, encoding="utf-8")


def _content(body: Any) -> bytes:
    """A manifest's content in a fixed form, which is what is signed."""
    return json.dumps(body, sort_keys=True).encode()


def manifest_stamp(folder: Path) -> tuple[int, int, int] | None:
    """What changes whenever the manifest is swapped: cheaper to look at than to read it."""
    try:
        status = (folder / NAME).stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
