"""NBIS of NIST: MINDTCT and Bozorth3, through the optional package nbis-py (extra: peers)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.engines.base import Extracted, Progress
from benchmarks.engines.nbis_record import write_record
from benchmarks.engines.stored import ExtractedTemplates
from engine.errors import MissingPart, NoFingerprint, WhorlError
from engine.extractor import Extractor
from engine.records import (
    MAX_MINUTIAE,
    PPI,
    Float32Array,
    Minutiae,
    MinutiaType,
    PrintImage,
    Template,
)

VERSION = "nbis-py-0.1"


class MindtctExtractor(Extractor):
    """NIST's minutiae detector; it refuses no image, as it does not in NIST's programs."""

    def __init__(self) -> None:
        self._nbis, self._extractor = _open()

    @property
    def name(self) -> str:
        """Name and version."""
        return f"mindtct-{VERSION}"

    def extract_many(
        self, images: Sequence[PrintImage], *, exact_quality: bool = True
    ) -> list[Template | NoFingerprint]:
        """For each print, in order, its template or why it has none."""
        return [self._extract(image) for image in images]

    def _extract(self, image: PrintImage) -> Template | NoFingerprint:
        """The template of one print."""
        _, encoded = cv2.imencode(".bmp", image.pixels)
        try:
            found = self._extractor.extract_minutiae(encoded.tobytes()).get()
        except (self._nbis.NbisError, self._nbis.InternalError) as error:
            return NoFingerprint(f"{image.name}: MINDTCT: {error}")
        height, width = image.pixels.shape
        minutiae = self._minutiae(found).best(MAX_MINUTIAE)
        return Template(minutiae, width, height, 0, "none", self.name)

    def _minutiae(self, found: Sequence[Any]) -> Minutiae:
        """Its minutiae as ours: NIST's angles are counter-clockwise too, in degrees."""
        ending = self._nbis.MinutiaKind.RIDGE_ENDING
        kinds = [
            MinutiaType.ENDING if one.kind() == ending else MinutiaType.BIFURCATION for one in found
        ]
        return Minutiae(
            np.array([(one.x(), one.y()) for one in found], np.float32).reshape(-1, 2),
            np.array([math.radians(one.angle() % 360) for one in found], np.float32),
            np.array(kinds, np.uint8),
            np.array([max(1, round(100 * one.reliability())) for one in found], np.uint8),
        )


def open_mindtct(folder: Path) -> ExtractedTemplates:
    """MINDTCT's templates; `folder` keeps them.

    Raises:
        MissingPart: nbis-py is not installed.
    """
    _open()
    return ExtractedTemplates("mindtct", VERSION, lambda _: MindtctExtractor(), folder)


class BozorthMatcher:
    """NIST's matcher. Templates go in as records of bytes, which costs its scores nothing: it
    counts in whole pixels, and MINDTCT's directions are multiples of 8 of a record's 256 steps."""

    name = "bozorth3"

    def __init__(self) -> None:
        """Raises MissingPart if nbis-py is not installed."""
        self._extractor = _open()[1]
        self.key = f"bozorth3-{VERSION}"
        self.parameters = {"package": VERSION}

    def compare(
        self,
        probes: Sequence[Extracted],
        candidates: Sequence[Extracted],
        wanted: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
        progress: Progress,
    ) -> Float32Array:
        """(P, C) float32 of whole numbers; above 40 is commonly called a match."""
        scores = np.zeros(wanted.shape, np.float32)
        gallery = [self.load(one) for one in candidates]
        for row, probe in enumerate(self.load(one) for one in probes):
            columns = np.flatnonzero(wanted[row])
            for column in columns.tolist():
                if probe is not None and gallery[column] is not None:
                    scores[row, column] = max(0, probe.compare(gallery[column]))
            progress(len(columns))
        return scores

    def load(self, one: Extracted) -> Any:
        """A template as Bozorth3 takes it; None for a failure or no minutiae."""
        if isinstance(one, WhorlError) or not len(one.minutiae):
            return None
        return self._extractor.load_iso_19794_2_2005(write_record(one))


def _open() -> tuple[Any, Any]:
    """The package, and its extractor with everything optional off.

    Raises:
        MissingPart: the package is not installed, or does not load here.
    """
    try:
        # Optional, and its machine code does not load everywhere.
        import nbis  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise MissingPart("NBIS needs the package nbis-py: install '.[peers]'") from error
    settings = nbis.NbisExtractorSettings(
        min_quality=0.0,
        get_center=False,
        check_fingerprint=False,
        compute_nfiq2=False,
        ppi=float(PPI),
    )
    return nbis, nbis.new_nbis_extractor(settings)
