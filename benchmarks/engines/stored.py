"""An extractor that remembers: what it has extracted once is read from disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.datasets.prints import Print
from benchmarks.engines.base import Extracted, Progress
from benchmarks.store.templates import TemplateStore
from engine.errors import BadImage, NoFingerprint
from engine.extractor import Extractor
from engine.images import read_image_file
from engine.records import PrintImage, Template

PORTION = 16
"""Images extracted together; what an interruption can cost."""


class StoredExtractor(Extractor):
    """An engine's extractor with a store before it, so that enrolment and search resume too."""

    def __init__(self, extractor: Extractor, store: TemplateStore) -> None:
        self._extractor = extractor
        self._store = store

    @property
    def name(self) -> str:
        """That of the extractor behind."""
        return self._extractor.name

    def extract(self, image: PrintImage, *, exact_quality: bool = True) -> Template:
        """The template of one print. Raises NoFingerprint as the extractor behind does.

        What is stored has the exact quality, whatever is asked for.
        """
        (result,) = self.extract_many([image])
        if isinstance(result, NoFingerprint):
            raise result
        return result

    def extract_many(
        self, images: Sequence[PrintImage], *, exact_quality: bool = True
    ) -> list[Template | NoFingerprint]:
        """For each print, in order, its template or why it has none."""
        results = {row: self._store.find(image) for row, image in enumerate(images)}
        fresh = [row for row, result in results.items() if result is None]
        if fresh:
            made = self._extractor.extract_many([images[row] for row in fresh])
            for row, result in zip(fresh, made, strict=True):
                self._store.keep(images[row], result)
                results[row] = result
        return [result for result in results.values() if result is not None]


class LateExtractor(Extractor):
    """An extractor that is opened at its first use: stored templates need no network."""

    def __init__(self, opens: Callable[[], Extractor]) -> None:
        self._opens = opens
        self._opened: Extractor | None = None

    @property
    def name(self) -> str:
        """That of the extractor."""
        return self._open().name

    def extract_many(
        self, images: Sequence[PrintImage], *, exact_quality: bool = True
    ) -> list[Template | NoFingerprint]:
        """For each print, in order, its template or why it has none."""
        return self._open().extract_many(images, exact_quality=exact_quality)

    def _open(self) -> Extractor:
        """The extractor."""
        self._opened = self._opened or self._opens()
        return self._opened


class ExtractedTemplates:
    """Templates of images, by any extractor."""

    def __init__(
        self, name: str, version: str, open_extractor: Callable[[int], Extractor], folder: Path
    ) -> None:
        """Take what is needed.

        Args:
            name: for people.
            version: of code and parameters.
            open_extractor: opens the extractor, given the number of threads (0: every processor).
            folder: where templates are kept, those of each key in a folder of their own.
        """
        self.name = name
        self.key = f"{name}-{version}"
        self.parameters: Mapping[str, object] = {"version": version}
        self.open_single = partial(open_extractor, 1)
        """Opens an extractor of one thread that remembers nothing."""
        late = LateExtractor(partial(open_extractor, 0))
        self.extractor: Extractor = StoredExtractor(late, TemplateStore(folder / self.key))
        self._have: dict[tuple[str, float | None], Extracted] = {}

    def templates(self, prints: Sequence[Print], progress: Progress) -> list[Extracted]:
        """The templates of prints, in their order; an unreadable image is a failure too."""
        for start in range(0, len(prints), PORTION):
            portion = prints[start : start + PORTION]
            self._extract([one for one in portion if (one.digest, one.ppi) not in self._have])
            progress(len(portion))
        return [self._have[one.digest, one.ppi] for one in prints]

    def _extract(self, prints: Sequence[Print]) -> None:
        """Extract what this process has not seen yet."""
        images: dict[tuple[str, float | None], PrintImage] = {}
        for one in prints:
            try:
                images[one.digest, one.ppi] = read_image_file(one.path, one.ppi)
            except BadImage as error:
                self._have[one.digest, one.ppi] = error
        results = self.extractor.extract_many(list(images.values()))
        self._have.update(zip(images, results, strict=True))
