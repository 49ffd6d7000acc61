"""Reading the chain. Each reading is an act itself, and leaves its row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from engine.asker import Asker
from engine.audit.recording import record
from engine.audit.view import ShownRow, sees_all, show_rows
from engine.gallery.audit_query import AuditFilter, find_rows, rows_of
from engine.gallery.audit_store import AuditRow
from engine.gallery.catalogue import Catalogue
from engine.seeing import see_own_person

_PORTION = 200
"""Rows that are read at once, some of which the asker may not see."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows.

    Attributes:
        rows: newest first.
        more: whether older ones follow.
    """

    rows: tuple[ShownRow, ...]
    more: bool


def list_rows(catalogue: Catalogue, wanted: AuditFilter, asker: Asker) -> Listing:
    """The newest rows that fit and that the asker may see."""
    found, more = _find(catalogue, wanted, asker)
    with catalogue.recording() as connection:
        listing = Listing(_show_again(connection, found, wanted, asker), more)
        record(connection, asker, "list.audit", "", _told(wanted, listing))
        return listing


def list_accesses(
    catalogue: Catalogue, person_id: str, wanted: AuditFilter, asker: Asker
) -> Listing:
    """Who dealt with a person's record and why, newest first, for the people of its owner.

    Raises:
        NotFound: there is none that the asker may see.
        Forbidden: it is another bureau's.
    """
    about = replace(wanted, person=person_id)
    found, more = _find(catalogue, about, asker)
    with catalogue.recording() as connection:
        see_own_person(connection, person_id, asker)
        listing = Listing(_show_again(connection, found, about, asker), more)
        record(connection, asker, "list.accesses", person_id, _told(wanted, listing))
        return listing


def _find(catalogue: Catalogue, wanted: AuditFilter, asker: Asker) -> tuple[list[int], bool]:
    """Numbers of the rows of a page, and whether others follow.

    It may take long, so it holds up no writer.
    """
    found: list[int] = []
    with catalogue.reading() as connection:
        for shown in _seen(connection, wanted, asker):
            if len(found) == wanted.limit:
                return found, True
            found.append(shown.row.number)
    return found, False


def _show_again(
    connection: Connection, numbers: Sequence[int], wanted: AuditFilter, asker: Asker
) -> tuple[ShownRow, ...]:
    """Rows that were found, as they may be seen now: what was hidden meanwhile goes."""
    portions = (numbers[at : at + _PORTION] for at in range(0, len(numbers), _PORTION))
    rows = (rows_of(connection, portion) for portion in portions)
    return tuple(one for many in rows for one in _fitting(connection, many, wanted, asker))


def _fitting(
    connection: Connection, rows: Sequence[AuditRow], wanted: AuditFilter, asker: Asker
) -> Iterator[ShownRow]:
    """Those of some rows that an asker may see, and that fit by what may be seen of them."""
    return (one for one in show_rows(connection, rows, asker) if _fits(one, wanted))


def _seen(connection: Connection, wanted: AuditFilter, asker: Asker) -> Iterator[ShownRow]:
    """The rows that fit, as the asker may see them."""
    place = replace(wanted, limit=min(_PORTION, wanted.limit + 1))
    ncb = None if sees_all(asker) else asker.ncb
    while rows := find_rows(connection, place, ncb):
        yield from _fitting(connection, rows, wanted, asker)
        place = replace(place.after(rows), limit=_PORTION)


def _fits(shown: ShownRow, wanted: AuditFilter) -> bool:
    """Whether a row still fits by what of it may be seen: else the filter would tell the rest."""
    ids = {one.person_id for one in shown.persons}
    return wanted.subject in (None, shown.row.subject) and (
        wanted.person is None or wanted.person in ids
    )


def _told(wanted: AuditFilter, listing: Listing) -> dict[str, Any]:
    """What the chain keeps of a reading: what was asked, and which rows were shown."""
    names = ("actor", "ncb", "action", "subject", "person")
    asked = {name: getattr(wanted, name) for name in names if getattr(wanted, name) is not None}
    for name in ("since", "until"):
        time: datetime | None = getattr(wanted, name)
        if time is not None:
            asked[name] = time.astimezone(UTC).isoformat()
    numbers = [one.row.number for one in listing.rows]
    span = {"newest": numbers[0], "oldest": numbers[-1]} if numbers else {}
    return {"asked": asked, "rows": len(numbers), **span}
