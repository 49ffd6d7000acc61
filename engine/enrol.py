"""Flow 2: prints of a person into the catalogue, in one transaction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.candidates import ImageFile
from engine.errors import BadRequest
from engine.extractor import Extractor
from engine.fingers import Finger, Impression
from engine.gallery.catalogue import Catalogue
from engine.gallery.handling_store import note_if_guarded
from engine.gallery.person_store import add_encounter, add_person, ensure_person
from engine.gallery.print_store import NewPrint, add_prints, read_encounter, remove_prints
from engine.gallery.transaction_store import Transaction, find_done, note_done
from engine.images import read_image
from engine.members import find_bureau
from engine.person_ids import check_own_id
from engine.persons import GalleryKind, Person, check_person
from engine.records import PrintImage, Template
from engine.seeing import require_own, see_own_person


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A print to be enrolled, as it came.

    Attributes:
        file: its image.
        finger, impression: as the bureau states them.
        kind: the gallery that it goes to.
    """

    file: ImageFile
    finger: Finger = Finger.UNKNOWN
    impression: Impression = Impression.LIVE_PLAIN
    kind: GalleryKind = GalleryKind.TENPRINT


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an enrolment made.

    Attributes:
        person_id, encounter_id: of the records.
        prints: numbers of the prints, in the order given.
        tick: number of the change; every search that starts now sees it.
    """

    person_id: str
    encounter_id: str
    prints: tuple[int, ...] = field(default=())
    tick: int = 0


def image_digest(file: ImageFile) -> str:
    """SHA-256 of an image file: what tells that it is enrolled already."""
    return hashlib.sha256(file.data).hexdigest()


def read_print(file: PrintFile) -> PrintImage:
    """The image of a print.

    Raises:
        BadImage: it cannot be read.
    """
    return read_image(file.file.data, file.file.name, file.file.ppi)


def make_print(file: PrintFile, image: PrintImage, template: Template) -> NewPrint:
    """A print that is ready to be stored."""
    return NewPrint(
        template=template,
        finger=file.finger,
        impression=file.impression,
        kind=file.kind,
        image=file.file.data,
        image_format=image.format,
        image_ppi=round(image.source_ppi),
        image_sha256=image_digest(file.file),
        source=file.file.name,
    )


def extract_prints(files: Sequence[PrintFile], extractor: Extractor) -> list[NewPrint]:
    """Read and extract prints.

    Raises:
        BadImage: names the first print that cannot be used.
    """
    images = [read_print(file) for file in files]
    return [
        make_print(file, image, extractor.extract(image))
        for file, image in zip(files, images, strict=True)
    ]


def register_person(catalogue: Catalogue, person: Person, asker: Asker) -> None:
    """Record a new person.

    Raises:
        BadRequest: a field is malformed or the bureau unknown.
        Conflict: the id is taken.
    """
    find_bureau(check_person(person).ncb)
    with catalogue.changing() as change:
        add_person(change, person)
        audit.record(change.connection, asker, "person.add", person.id, {})


def register_own_person(catalogue: Catalogue, person: Person, asker: Asker) -> Person:
    """Record a new person of the asker's own bureau, under an id of the bureau's own space.

    Returns:
        the person with the id: an empty one is replaced.

    Raises:
        Forbidden: the person would be another bureau's.
        BadRequest: the id lies outside the bureau's space, or a field is malformed.
        Conflict: the id was given before; whether its record is still there is not told.
    """
    require_own(asker, person.ncb)
    named = replace(person, id=check_own_id(person.id, person.ncb))
    register_person(catalogue, named, asker)
    return named


def enrol(
    catalogue: Catalogue,
    person: Person,
    prints: Sequence[NewPrint],
    asker: Asker,
    once: Transaction | None = None,
) -> Enrolled:
    """Store the prints of one occasion; a person who is not on record yet is recorded.

    When this returns, the prints are safe and found by every search that starts. What the
    transaction has stored before is answered again.

    Raises:
        BadRequest: a field is malformed, the bureau unknown, or there is no print.
        Conflict: the person is on record with other facts, or the transaction stands for
            something else.
        StorageError: nothing was stored.
    """
    find_bureau(check_person(person).ncb)
    if not prints:
        raise BadRequest(f"person {person.id}: no prints to enrol")
    encounter_id = uuid.uuid4().hex
    with catalogue.changing() as change:
        before = None if once is None else find_enrolled(change.connection, once)
        if before is not None:
            return before
        ensure_person(change, person)
        add_encounter(change, encounter_id, person)
        ids = add_prints(change, encounter_id, person.id, person.ncb, prints)
        note_if_guarded(change, person.id)
        detail = {"encounter": encounter_id, "prints": ids}
        audit.record(change.connection, asker, "enrol", person.id, detail)
        if once is not None:
            note_done(change.connection, once, encounter_id, change.at)
    return Enrolled(person.id, encounter_id, tuple(ids), change.tick)


def find_enrolled(connection: Connection, once: Transaction) -> Enrolled | None:
    """What a transaction has stored before; None if it has not yet.

    Raises:
        Conflict: under this id something else was done.
    """
    encounter_id = find_done(connection, once)
    if encounter_id is None:
        return None
    person_id, numbers, tick = read_encounter(connection, encounter_id)
    return Enrolled(person_id, encounter_id, tuple(numbers), tick)


def add_to_person(
    catalogue: Catalogue,
    person_id: str,
    prints: Sequence[NewPrint],
    asker: Asker,
    once: Transaction | None = None,
) -> Enrolled:
    """Store the prints of one occasion for a person on record.

    Raises:
        NotFound: no such person.
        Forbidden: it is another bureau's.
        BadRequest: there is no print.
        StorageError: nothing was stored.
    """
    with catalogue.reading() as connection:
        person = see_own_person(connection, person_id, asker)
    return enrol(catalogue, person, prints, asker, once)


def withdraw_prints(catalogue: Catalogue, ids: Sequence[int], asker: Asker) -> int:
    """Take prints out of every search at once; returns how many there were."""
    with catalogue.changing() as change:
        removed = remove_prints(change, ids)
        audit.record(change.connection, asker, "prints.remove", "", {"prints": list(ids)})
    return removed
