"""Templates that somebody else made: a folder of ISO records, or an archive of minutiae."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from benchmarks.datasets.minutiae_file import template_of
from benchmarks.datasets.prints import Print
from benchmarks.engines.base import Extracted, Progress, TemplateSource
from engine.errors import BadInput, BadTemplate, NotFound
from engine.templates import read_iso

ENDINGS = (".iso", ".ist", ".fmr", ".fmd", ".dat", ".bin", ".iso-fmr", ".template")


class GivenMinutiae:
    """The minutiae of data sets that have no images."""

    name = "given"
    key = "given"
    parameters: Mapping[str, object] = MappingProxyType({})

    def templates(self, prints: Sequence[Print], progress: Progress) -> list[Extracted]:
        """The templates of prints of an archive.

        Raises:
            BadInput: the prints are images.
        """
        if any(one.row is None for one in prints):
            raise BadInput("the engine 'given' is for archives of minutiae, these are images")
        progress(len(prints))
        return [template_of(one) for one in prints]


class AlsoGiven:
    """An extractor for images, while plain minutiae among the prints are taken as they are."""

    def __init__(self, source: TemplateSource) -> None:
        self._source = source
        self.name = source.name
        self.key = f"{source.key}-or-given"
        self.parameters = source.parameters

    def templates(self, prints: Sequence[Print], progress: Progress) -> list[Extracted]:
        """The templates of prints of either kind, in their order."""
        images = [one for one in prints if one.row is None]
        extracted = iter(self._source.templates(images, progress))
        progress(len(prints) - len(images))
        return [next(extracted) if one.row is None else template_of(one) for one in prints]


class IsoFolder:
    """ISO/IEC 19794-2:2005 records named as the prints: `DB1_B/101_3.iso` or `101_3.iso`."""

    def __init__(self, folder: Path) -> None:
        """Raises BadInput if there is no such folder."""
        if not folder.is_dir():
            raise BadInput(f"{folder}: no such folder of templates")
        self._files = {
            path.relative_to(folder).with_suffix("").as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.suffix.lower() in ENDINGS
        }
        digest = hashlib.sha256()
        for name, path in self._files.items():
            digest.update(name.encode() + path.read_bytes())
        self.name = f"iso:{folder.name}"
        self.key = f"iso-{folder.name}-{digest.hexdigest()[:8]}"
        self.parameters = {"templates": len(self._files), "sha256": digest.hexdigest()}

    def templates(self, prints: Sequence[Print], progress: Progress) -> list[Extracted]:
        """The templates of prints; a missing or broken record is a failure."""
        progress(len(prints))
        return [self._read(one) for one in prints]

    def _read(self, one: Print) -> Extracted:
        """The first view of a print's record."""
        path = self._files.get(one.name) or self._files.get(one.stem)
        if path is None:
            return NotFound(f"{one.name}: no template")
        try:
            return read_iso(path.read_bytes())[0].template
        except (BadTemplate, IndexError) as error:
            return BadTemplate(f"{one.name}: {error}")
