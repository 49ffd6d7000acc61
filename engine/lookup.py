"""Reads of single records, each with its row in the audit chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine import audit
from engine.asker import Asker
from engine.errors import WhorlError
from engine.gallery.catalogue import Catalogue
from engine.gallery.notice_store import (
    NoticeFilter,
    add_notice,
    list_notices,
    notices_of,
    read_notice,
)
from engine.gallery.person_store import read_person
from engine.gallery.print_store import (
    PrintRecord,
    StoredImage,
    find_prints,
    prints_of,
    read_image,
    read_template,
)
from engine.notices import Colour, Notice
from engine.persons import Person
from engine.records import Template


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person with everything on record that the asker may see.

    Attributes:
        person: who.
        prints: in the order of their recording.
        notices: published ones about the person.
    """

    person: Person
    prints: tuple[PrintRecord, ...]
    notices: tuple[Notice, ...]


def look_up_person(catalogue: Catalogue, person_id: str, asker: Asker) -> PersonFile:
    """A person's file.

    Raises:
        NotFound: no such person.
    """
    with catalogue.recording() as connection:
        person = read_person(connection, person_id)
        audit.record(connection, asker, "read.person", person_id, {})
        notices = notices_of(connection, [person_id]).get(person_id, [])
        return PersonFile(person, tuple(prints_of(connection, person_id)), tuple(notices))


def look_up_print(
    catalogue: Catalogue, print_id: int, asker: Asker
) -> tuple[PrintRecord, Template]:
    """What is known of a print, and its template.

    Raises:
        NotFound: no such print.
    """
    with catalogue.recording() as connection:
        audit.record(connection, asker, "read.print", str(print_id), {})
        template = read_template(connection, print_id)
        return find_prints(connection, [print_id])[print_id], template


def look_up_image(catalogue: Catalogue, print_id: int, asker: Asker) -> StoredImage:
    """The image file of a print, as it came.

    Raises:
        NotFound: no such print.
    """
    with catalogue.recording() as connection:
        audit.record(connection, asker, "read.image", str(print_id), {})
        return read_image(connection, print_id)


def look_up_notice(catalogue: Catalogue, colour: Colour, entity_id: str, asker: Asker) -> Notice:
    """A published notice.

    Raises:
        NotFound: no such notice.
    """
    with catalogue.recording() as connection:
        audit.record(connection, asker, "read.notice", f"{colour}/{entity_id}", {})
        return read_notice(connection, colour, entity_id)


def look_up_notices(
    catalogue: Catalogue, wanted: NoticeFilter, offset: int, limit: int, asker: Asker
) -> tuple[list[Notice], int]:
    """A page of published notices, and the number of all that fit."""
    with catalogue.recording() as connection:
        found, total = list_notices(connection, wanted, offset, limit)
        shown = [f"{notice.colour}/{notice.entity_id}" for notice in found]
        audit.record(connection, asker, "list.notices", "", {"shown": shown})
        return found, total


def publish_notices(
    catalogue: Catalogue, notices: Sequence[Notice], asker: Asker
) -> list[tuple[Notice, WhorlError]]:
    """Record notices, each in a transaction of its own; returns those refused, with the reason."""
    refused: list[tuple[Notice, WhorlError]] = []
    for notice in notices:
        try:
            with catalogue.changing() as change:
                add_notice(change, notice)
                subject = f"{notice.colour}/{notice.entity_id}"
                audit.record(change.connection, asker, "notice.add", subject, {})
        except WhorlError as error:
            refused.append((notice, error))
    return refused
