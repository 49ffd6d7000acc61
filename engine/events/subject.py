"""What an event or an item of work is about; who may see that may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.notices import NoticeKey


class SubjectKind(StrEnum):
    """The kinds of subjects, each with its own rule of who may see it."""

    NOTICE = "notice"
    HIT = "hit"
    THREAD = "thread"
    PERSON = "person"
    FREE = "free"
    """Of no rule of its own: for all whom it is sent to, if they may see the person beside it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What something is about.

    Attributes:
        kind: whose rule counts.
        id: of the record; of a notice its entity id.
        colour: of a notice.
        person_id: a person whom the receiver must be allowed to see beside that; None is nobody.
    """

    kind: SubjectKind
    id: str
    colour: str | None = None
    person_id: str | None = None


def notice_subject(key: NoticeKey) -> Subject:
    """A notice."""
    return Subject(SubjectKind.NOTICE, key.entity_id, colour=key.colour.value)


def person_subject(person_id: str) -> Subject:
    """A person on record."""
    return Subject(SubjectKind.PERSON, person_id, person_id=person_id)
