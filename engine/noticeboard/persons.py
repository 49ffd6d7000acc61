"""The person that a notice is about, as far as somebody may see the person's record.

A notice and its person are restricted apart: whoever may read the one need not know of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from engine.asker import Asker
from engine.errors import NotFound
from engine.gallery.notice_store import status_of_person
from engine.notices import Notice
from engine.notices.file import NoticeFile
from engine.notices.record import History
from engine.persons import PersonStatus
from engine.seeing import seen_persons, sees_person


def seen_status(connection: Connection, about: Notice, asker: Asker) -> PersonStatus | None:
    """Status of the person that a notice is about; None if it is about nobody on record.

    Raises:
        NotFound: there is no such person that the asker may see; which of the two is not told.
    """
    if about.person_id is not None and not sees_person(connection, about.person_id, asker):
        raise NotFound(f"notice {about.entity_id}: no person {about.person_id!r}")
    return status_of_person(connection, about)


def as_seen(connection: Connection, files: Sequence[NoticeFile], asker: Asker) -> list[NoticeFile]:
    """Notices that are about nobody on record where the asker may not see the person."""
    named = {one.notice.person_id for one in files if one.notice.person_id is not None}
    seen = seen_persons(connection, sorted(named), asker)
    return [
        one if one.notice.person_id in seen else replace(one, notice=_about_nobody(one.notice))
        for one in files
    ]


def history_as_seen(connection: Connection, history: History, asker: Asker) -> History:
    """The same of all versions of a notice."""
    named = {one.content.person_id for one in history.versions if one.content.person_id is not None}
    seen = seen_persons(connection, sorted(named), asker)
    versions = [
        one
        if one.content.person_id in seen
        else replace(one, content=replace(one.content, person_id=None))
        for one in history.versions
    ]
    return replace(history, versions=tuple(versions))


def _about_nobody(notice: Notice) -> Notice:
    """A notice without its person."""
    return replace(notice, person_id=None)
