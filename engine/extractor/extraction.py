"""A print to its template: the one flow that enrolment and search share."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from engine.errors import NoFingerprint
from engine.extractor.base import MinutiaeFinder
from engine.extractor.quality import estimate_quality, measure_quality
from engine.extractor.refusal import require_minutiae, require_ridges
from engine.extractor.ridges import RidgeField
from engine.records import Minutiae, PrintImage, Template
from engine.settings import Settings
from engine.templates.binary import quantise

if TYPE_CHECKING:
    from engine.extractor.classical.finder import ClassicalFinder
    from engine.extractor.leader import LeaderFinder


class Extractor:
    """Makes templates with one minutiae finder. Safe to share between threads."""

    def __init__(self, finder: MinutiaeFinder, threads: int = 0) -> None:
        """`threads` are used by `extract_many`; 0 is every processor."""
        self._finder = finder
        self._threads = threads or os.cpu_count() or 1

    @property
    def name(self) -> str:
        """Name and version of what finds the minutiae."""
        return self._finder.name

    def extract(self, image: PrintImage, *, exact_quality: bool = True) -> Template:
        """The template of one print.

        `exact_quality`: measure NFIQ 2 if it is installed, which takes longer than all the
        rest; a probe, whose quality is shown and not kept, does with our own measure.
        Raises NoFingerprint, with the reason, if the image shows no finger or too little.
        """
        ridges = require_ridges(image)
        minutiae = self._finder.find(image)
        return self._describe(image, ridges, minutiae, exact_quality=exact_quality)

    def extract_many(
        self, images: Sequence[PrintImage], *, exact_quality: bool = True
    ) -> list[Template | NoFingerprint]:
        """For each print, in order, its template or why it has none; see `extract`."""
        describe = partial(self._try_describe, exact_quality=exact_quality)
        with ThreadPoolExecutor(self._threads) as pool:
            ridges = list(pool.map(_try_ridges, images))
            minutiae = self._find_where(images, ridges)
            return list(pool.map(describe, images, ridges, minutiae))

    def _find_where(
        self, images: Sequence[PrintImage], ridges: Iterable[RidgeField | NoFingerprint]
    ) -> list[Minutiae]:
        """The minutiae of the accepted prints; of the others none."""
        accepted = [isinstance(field, RidgeField) for field in ridges]
        wanted = [image for image, take in zip(images, accepted, strict=True) if take]
        found = iter(self._finder.find_many(wanted))
        return [next(found) if take else Minutiae.empty() for take in accepted]

    def _try_describe(
        self,
        image: PrintImage,
        ridges: RidgeField | NoFingerprint,
        minutiae: Minutiae,
        *,
        exact_quality: bool,
    ) -> Template | NoFingerprint:
        if isinstance(ridges, NoFingerprint):
            return ridges
        try:
            return self._describe(image, ridges, minutiae, exact_quality=exact_quality)
        except NoFingerprint as reason:
            return reason

    def _describe(
        self, image: PrintImage, ridges: RidgeField, minutiae: Minutiae, *, exact_quality: bool
    ) -> Template:
        require_minutiae(image, ridges, minutiae)
        if exact_quality:
            quality = measure_quality(image, ridges, minutiae)
        else:
            quality = estimate_quality(ridges, minutiae)
        height, width = image.pixels.shape
        template = Template(
            minutiae, width, height, quality.value, quality.measure, self._finder.name
        )
        return quantise(template)


def make_extractor(settings: Settings) -> Extractor:
    """The extractor that the settings choose. Raises MissingPart if its weights are missing."""
    return Extractor(_choose_finder(settings)(settings.threads), settings.threads)


def extractor_name(settings: Settings) -> str:
    """Name and version of the extractor that the settings choose, without loading it."""
    name: str = _choose_finder(settings).name
    return name


def _choose_finder(settings: Settings) -> type[ClassicalFinder] | type[LeaderFinder]:
    """Imports only the finder that is wanted: each brings a second of libraries."""
    if settings.extractor == "classical":
        from engine.extractor.classical.finder import ClassicalFinder  # noqa: PLC0415

        return ClassicalFinder
    from engine.extractor.leader import LeaderFinder  # noqa: PLC0415

    return LeaderFinder


def _try_ridges(image: PrintImage) -> RidgeField | NoFingerprint:
    try:
        return require_ridges(image)
    except NoFingerprint as reason:
        return reason
