"""Notices in the catalogue, as they stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, tuple_, update

from engine.errors import Conflict, NotFound
from engine.gallery.notice_audience import is_visible, join_codes, split_codes
from engine.gallery.notice_tables import notice
from engine.gallery.person_store import find_persons
from engine.gallery.times import as_utc, as_utc_or_none
from engine.notices import Colour, Kind, Notice, NoticeKey, NoticeStatus
from engine.notices.file import NoticeFile
from engine.notices.keys import born_between
from engine.notices.status import IN_FORCE
from engine.persons import PersonStatus


def add_file(connection: Connection, new: NoticeFile) -> None:
    """Record a notice.

    Raises:
        Conflict: a notice of this colour and id exists.
        NotFound: its person is not on record.
    """
    if find_file(connection, new.key) is not None:
        raise Conflict(f"notice {new.notice.colour} {new.notice.entity_id} is already on record")
    status_of_person(connection, new.notice)
    key = {"colour": new.notice.colour.value, "entity_id": new.notice.entity_id}
    fixed = {"ncb": new.notice.ncb, "kind": new.notice.kind.value, "recorded_at": new.recorded_at}
    connection.execute(
        insert(notice).values(**key, **fixed, revision=new.revision, **_standing(new))
    )


def save_file(connection: Connection, file: NoticeFile) -> NoticeFile:
    """Write how a notice stands now; returns it with the next revision.

    The caller holds the catalogue's clock since it read the file, so nobody came between.
    """
    saved = replace(file, revision=file.revision + 1)
    connection.execute(
        update(notice).where(*_is(file.key)).values(revision=saved.revision, **_standing(saved))
    )
    return saved


def find_file(connection: Connection, key: NoticeKey) -> NoticeFile | None:
    """The notice of this key, whoever may see it."""
    row = connection.execute(select(notice).where(*_is(key))).mappings().first()
    return None if row is None else as_file(row)


def read_file(connection: Connection, key: NoticeKey, ncb: str) -> NoticeFile:
    """The notice of this key, for an organisation.

    Raises:
        NotFound: there is none that the organisation may see; which of the two is not told.
    """
    query = select(notice).where(*_is(key), is_visible(ncb))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no {key.colour} notice {key.entity_id}")
    return as_file(row)


def notices_of(
    connection: Connection, person_ids: Collection[str], ncb: str
) -> dict[str, list[Notice]]:
    """Notices in force about these persons that an organisation may see, by person."""
    query = select(notice).where(notice.c.person_id.in_(person_ids), _in_force(), is_visible(ncb))
    found: dict[str, list[Notice]] = {}
    for row in connection.execute(query.order_by(notice.c.entity_id.desc())).mappings():
        found.setdefault(row["person_id"], []).append(as_file(row).notice)
    return found


def linked_among(connection: Connection, keys: Collection[NoticeKey], ncb: str) -> set[NoticeKey]:
    """Those of some notices that are in force and that an organisation may see."""
    named = tuple_(notice.c.colour, notice.c.entity_id).in_(
        [(key.colour.value, key.entity_id) for key in keys]
    )
    query = select(notice.c.colour, notice.c.entity_id).where(named, _in_force(), is_visible(ncb))
    return {NoticeKey(Colour(row.colour), row.entity_id) for row in connection.execute(query)}


def keys_in_force(connection: Connection, expired_by: datetime) -> Sequence[NoticeKey]:
    """Notices in force that end by a time, the earliest first."""
    query = select(notice.c.colour, notice.c.entity_id).where(
        _in_force(), notice.c.expires_at <= expired_by
    )
    rows = connection.execute(query.order_by(notice.c.expires_at, notice.c.entity_id))
    return [NoticeKey(Colour(row.colour), row.entity_id) for row in rows]


def status_of_person(connection: Connection, about: Notice) -> PersonStatus | None:
    """Status of the person that a notice is about; None if it is about nobody on record.

    Raises:
        NotFound: the person is not on record.
    """
    if about.person_id is None:
        return None
    found = find_persons(connection, [about.person_id]).get(about.person_id)
    if found is None:
        raise NotFound(f"notice {about.entity_id}: no person {about.person_id!r}")
    return found.status


def as_file(row: RowMapping) -> NoticeFile:
    """A notice from its row."""
    return NoticeFile(
        notice=Notice(
            colour=Colour(row["colour"]),
            entity_id=row["entity_id"],
            ncb=row["ncb"],
            status=NoticeStatus(row["status"]),
            person_id=row["person_id"],
            fields=row["fields"],
            kind=Kind(row["kind"]),
            restriction=split_codes(row["restriction"], row["ncbs"]),
            language=row["language"],
            public_extract=row["public_extract"],
        ),
        version=row["version"],
        revision=row["revision"],
        recorded_at=as_utc(row["recorded_at"]),
        proposed=row["proposed"],
        published_at=as_utc_or_none(row["published_at"]),
        expires_at=as_utc_or_none(row["expires_at"]),
        warned_at=as_utc_or_none(row["warned_at"]),
    )


def _in_force() -> ColumnElement[bool]:
    """The condition of notices that readers see."""
    return notice.c.status.in_([status.value for status in IN_FORCE])


def _is(key: NoticeKey) -> tuple[Any, Any]:
    """Conditions of the row of a notice."""
    return notice.c.colour == key.colour.value, notice.c.entity_id == key.entity_id


def _standing(file: NoticeFile) -> dict[str, Any]:
    """The columns that change in a notice's life."""
    shown, born = file.notice, born_between(file.notice)
    return {
        "status": shown.status.value,
        "person_id": shown.person_id,
        "fields": dict(shown.fields),
        "restriction": shown.restriction.mode.value,
        "ncbs": join_codes(shown.restriction),
        "language": shown.language,
        "public_extract": shown.public_extract,
        "version": file.version,
        "proposed": file.proposed,
        "published_at": file.published_at,
        "expires_at": file.expires_at,
        "warned_at": file.warned_at,
        "born_first": born and born[0],
        "born_last": born and born[1],
    }
