"""Looking at a probe before it is searched: what is found in it."""

from __future__ import annotations

import uuid
from dataclasses import replace

from api.bodies import Upload
from api.portal.shelf import ShelvedProbe
from engine.candidates import ImageFile
from engine.extractor import Extractor
from engine.fingers import Finger
from engine.images import encode_png, read_image


def look_at(upload: Upload, ppi: float | None, extractor: Extractor) -> ShelvedProbe:
    """Read an image and find its minutiae, as a search would.

    Raises:
        BadImage: it cannot be used; NoFingerprint if it shows too little of a finger.
    """
    file = ImageFile(upload.data, upload.name or "probe", ppi)
    image = read_image(file.data, file.name, file.ppi)
    template = extractor.extract(image, exact_quality=False)
    return ShelvedProbe(uuid.uuid4().hex, file, encode_png(image.pixels), template)


def of_finger(probe: ShelvedProbe, finger: Finger) -> ShelvedProbe:
    """The same probe as that of a finger."""
    return replace(probe, finger=finger)
