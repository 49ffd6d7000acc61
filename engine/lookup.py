"""Reads of single records, each with its row in the audit chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine import audit
from engine.asker import Asker
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_store import notices_of
from engine.gallery.organisation_store import regions_of
from engine.gallery.person_store import encounter_times
from engine.gallery.print_store import (
    PrintRecord,
    StoredImage,
    read_image,
    read_template,
)
from engine.notices import Notice
from engine.persons import Person
from engine.records import Template
from engine.seeing import see_person, see_print, see_prints_of


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person with everything on record that the asker may see.

    Attributes:
        person: who.
        region: of the person's bureau.
        prints: in the order of their recording.
        notices: those in force about the person.
        taken: when the prints of each encounter were recorded, by its id.
    """

    person: Person
    region: str
    prints: tuple[PrintRecord, ...]
    notices: tuple[Notice, ...]
    taken: Mapping[str, datetime]


def look_up_person(catalogue: Catalogue, person_id: str, asker: Asker) -> PersonFile:
    """A person's file.

    Raises:
        NotFound: no such person.
    """
    with catalogue.recording() as connection:
        person = see_person(connection, person_id, asker)
        audit.record(connection, asker, "read.person", person_id, {})
        notices = notices_of(connection, [person_id], asker.ncb).get(person_id, [])
        region = regions_of(connection, [person.ncb])[person.ncb]
        prints = tuple(see_prints_of(connection, person_id, asker))
        taken = encounter_times(connection, {one.encounter_id for one in prints})
        return PersonFile(person, region, prints, tuple(notices), taken)


def look_up_print(
    catalogue: Catalogue, print_id: int, asker: Asker
) -> tuple[PrintRecord, Template]:
    """What is known of a print, and its template.

    Raises:
        NotFound: no such print.
    """
    with catalogue.recording() as connection:
        record = see_print(connection, print_id, asker)
        audit.record(connection, asker, "read.print", str(print_id), {})
        return record, read_template(connection, print_id)


def look_up_image(catalogue: Catalogue, print_id: int, asker: Asker) -> StoredImage:
    """The image file of a print, as it came.

    Raises:
        NotFound: no such print.
    """
    with catalogue.recording() as connection:
        see_print(connection, print_id, asker)
        audit.record(connection, asker, "read.image", str(print_id), {})
        return read_image(connection, print_id)
