"""Batch enrolment: many prints in, each once however often the work is interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from engine.asker import Asker
from engine.candidates import ImageFile
from engine.enrol import PrintFile, enrol, image_digest, make_print, read_print
from engine.errors import BadInput, Conflict, WhorlError
from engine.extractor import Extractor
from engine.gallery.catalogue import Catalogue
from engine.gallery.print_store import NewPrint, known_images
from engine.records import PrintImage
from indexer.sources import Entry, Refused

PORTION = 32
"""Prints read and extracted together; what an interruption can cost."""

Progress = Callable[[int], None]
"""Told how many further prints are done with."""


@dataclass(slots=True)
class Tally:
    """What a batch did, print by print.

    Attributes:
        enrolled: stored now.
        known: were stored before.
        persons: with at least one print stored now.
        refused: could not be used.
    """

    enrolled: int = 0
    known: int = 0
    persons: set[str] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)


def enrol_batch(
    entries: Iterable[Entry | Refused],
    catalogue: Catalogue,
    extractor: Extractor,
    asker: Asker,
    progress: Progress = lambda _: None,
) -> Tally:
    """Enrol prints; those that are in the catalogue already are passed over.

    Each person's occasion is one transaction, so a stop at any moment leaves only whole ones.

    Raises:
        StorageError: the catalogue failed; what was acknowledged before is safe.
    """
    tally = Tally()
    for portion in _portions(entries):
        _enrol_portion(portion, tally, catalogue, extractor, asker)
        progress(len(portion))
    return tally


def _portions(entries: Iterable[Entry | Refused]) -> Iterator[list[Entry | Refused]]:
    """Portions of about equal size that never part the prints of one occasion."""
    portion: list[Entry | Refused] = []
    for _, occasion in groupby(entries, _occasion):
        portion += occasion
        if len(portion) >= PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _occasion(entry: Entry | Refused) -> object:
    """What prints of one occasion have in common."""
    return (entry.person.id, entry.encounter) if isinstance(entry, Entry) else entry


@dataclass(slots=True)
class _Item:
    """A print on its way: its entry, its file, then its image, then the print to store."""

    entry: Entry
    file: PrintFile
    image: PrintImage | None = None
    ready: NewPrint | None = None


def _enrol_portion(
    portion: Sequence[Entry | Refused],
    tally: Tally,
    catalogue: Catalogue,
    extractor: Extractor,
    asker: Asker,
) -> None:
    """Enrol some prints."""
    tally.refused += [entry for entry in portion if isinstance(entry, Refused)]
    items = _read_files([entry for entry in portion if isinstance(entry, Entry)], tally)
    items = _leave_known(items, tally, catalogue)
    _decode(items, tally)
    _extract([item for item in items if item.image is not None], tally, extractor)
    ready = [item for item in items if item.ready is not None]
    for _, occasion in groupby(ready, lambda item: _occasion(item.entry)):
        _store(list(occasion), tally, catalogue, asker)


def _read_files(entries: Sequence[Entry], tally: Tally) -> list[_Item]:
    """The files of the entries, as far as they can be read."""
    items = []
    for entry in entries:
        try:
            file = ImageFile(entry.path.read_bytes(), str(entry.path), entry.ppi)
        except OSError as error:
            tally.refused.append(Refused(str(entry.path), error.strerror or str(error)))
            continue
        items.append(_Item(entry, PrintFile(file, entry.finger, entry.impression, entry.kind)))
    return items


def _leave_known(items: Sequence[_Item], tally: Tally, catalogue: Catalogue) -> list[_Item]:
    """The items that are not in the catalogue yet, each image of a person once."""
    with catalogue.reading() as connection:
        known = known_images(connection, sorted({item.entry.person.id for item in items}))
    fresh = []
    for item in items:
        key = (item.entry.person.id, image_digest(item.file.file))
        if key in known:
            tally.known += 1
        else:
            known.add(key)
            fresh.append(item)
    return fresh


def _decode(items: Sequence[_Item], tally: Tally) -> None:
    """Read the images; one that cannot be used is refused."""
    for item in items:
        try:
            item.image = read_print(item.file)
        except BadInput as error:
            tally.refused.append(Refused(str(item.entry.path), str(error)))


def _extract(items: Sequence[_Item], tally: Tally, extractor: Extractor) -> None:
    """Find the minutiae; a print with too few is refused."""
    images = [item.image for item in items if item.image is not None]
    for item, image, result in zip(items, images, extractor.extract_many(images), strict=True):
        if isinstance(result, WhorlError):
            tally.refused.append(Refused(str(item.entry.path), str(result)))
        else:
            item.ready = make_print(item.file, image, result)


def _store(occasion: Sequence[_Item], tally: Tally, catalogue: Catalogue, asker: Asker) -> None:
    """Store the prints of one occasion; a conflict refuses all of them."""
    prints = [item.ready for item in occasion if item.ready is not None]
    try:
        done = enrol(catalogue, occasion[0].entry.person, prints, asker)
    except (BadInput, Conflict) as error:
        tally.refused += [Refused(str(item.entry.path), str(error)) for item in occasion]
        return
    tally.enrolled += len(done.prints)
    tally.persons.add(done.person_id)
