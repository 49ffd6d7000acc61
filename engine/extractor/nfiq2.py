"""True NFIQ 2 (ISO/IEC 29794-4) through the optional package `nbis-py`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2

from engine.errors import MissingPart
from engine.records import PPI, PrintImage


def measure_nfiq2(image: PrintImage) -> int | None:
    """NFIQ 2 quality, 0..100; None if NFIQ 2 finds no finger to judge.

    Takes 0.1 s. Raises MissingPart if `nbis-py` is not installed.
    """
    nbis, extractor = _open()
    # It reads files only; BMP costs nothing to write.
    _, encoded = cv2.imencode(".bmp", image.pixels)
    try:
        found = extractor.extract_minutiae(encoded.tobytes()).quality()
    except (nbis.NbisError, nbis.InternalError):
        return None
    return int(found.score) if 0 <= found.score <= 100 else None


@lru_cache(maxsize=1)
def _open() -> tuple[Any, Any]:
    """The package and its extractor, which threads may share."""
    try:
        # Optional, and its machine code does not load everywhere.
        import nbis  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise MissingPart("NFIQ 2 needs the package nbis-py (extra: peers).") from error
    # NFIQ 2 finds minutiae of its own; of the others we want none.
    settings = nbis.NbisExtractorSettings(
        min_quality=1.0,
        get_center=False,
        check_fingerprint=False,
        compute_nfiq2=True,
        ppi=float(PPI),
    )
    return nbis, nbis.new_nbis_extractor(settings)
