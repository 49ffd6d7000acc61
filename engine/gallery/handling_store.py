"""How records are handled, in the catalogue, and which prints are not for everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from engine.gallery.catalogue import Change
from engine.gallery.notice_audience import join_codes, split_codes
from engine.gallery.tables import person, policy_clock, print_, print_handling
from engine.gallery.times import as_utc
from engine.identity.clearance import Clearance
from engine.notices.restriction import RestrictionMode
from engine.persons import PersonStatus
from engine.policy.purpose import FOUND_ONLY_FOR
from engine.policy.record import Handling, RecordFacts

_PERSON = [
    person.c[name]
    for name in ("ncb", "status", "retention_until", "restriction", "ncbs", "classification")
]
_OWN = [
    print_handling.c[name].label(f"own_{name}")
    for name in ("restriction", "ncbs", "classification")
]


def find_person_facts(connection: Connection, ids: Collection[str]) -> dict[str, RecordFacts]:
    """What the policy must know of those of the asked persons that are on record, by id."""
    query = select(person.c.id, *_PERSON).where(person.c.id.in_(ids))
    return {row["id"]: _facts(row) for row in connection.execute(query).mappings()}


def find_print_facts(connection: Connection, ids: Collection[int]) -> dict[int, RecordFacts]:
    """The same of prints that are not removed, by number."""
    query = _prints().where(print_.c.id.in_(ids))
    return {row["id"]: _print_facts(row) for row in connection.execute(query).mappings()}


def guarded_prints(connection: Connection, today: date) -> dict[int, RecordFacts]:
    """Prints that somebody may not find on this day, by number; all others everybody may."""
    query = _prints().where(or_(_guarded(today), print_handling.c.print_id.is_not(None)))
    return {row["id"]: _print_facts(row) for row in connection.execute(query).mappings()}


def read_policy_clock(connection: Connection) -> int:
    """Number of the latest change that concerned a guarded print."""
    return int(connection.execute(select(policy_clock.c.value)).scalar_one())


def note_policy(change: Change) -> None:
    """Let every server read anew which prints are guarded."""
    change.connection.execute(update(policy_clock).values(value=change.tick))


def note_if_guarded(change: Change, person_id: str) -> None:
    """The same, if a person who got prints is not for everybody."""
    guarded = exists().where(person.c.id == person_id, _guarded(change.at.date()))
    change.connection.execute(update(policy_clock).where(guarded).values(value=change.tick))


def read_person_revision(connection: Connection, person_id: str) -> int:
    """How often the handling of a person on record was changed, from 1."""
    query = select(person.c.revision).where(person.c.id == person_id)
    return int(connection.execute(query).scalar_one())


def write_person_handling(change: Change, person_id: str, facts: RecordFacts) -> None:
    """Store a person's handling, status and retention date; counts the change."""
    values = {
        **_columns(facts.handling[0]),
        "status": facts.status.value,
        "retention_until": datetime.combine(facts.retention_until, time.max, UTC),
        "revision": person.c.revision + 1,
    }
    change.connection.execute(update(person).where(person.c.id == person_id).values(**values))
    note_policy(change)


def read_print_handling(connection: Connection, print_id: int) -> tuple[Handling, int]:
    """A print's own handling with its revision; revision 1 is as its person's."""
    query = select(print_handling).where(print_handling.c.print_id == print_id)
    row = connection.execute(query).mappings().first()
    return (Handling(), 1) if row is None else (_handling(row), row["revision"])


def write_print_handling(change: Change, print_id: int, own: Handling, revision: int) -> None:
    """Store a print's own handling."""
    mine = print_handling.c.print_id == print_id
    values: dict[str, Any] = {"print_id": print_id, "revision": revision, **_columns(own)}
    change.connection.execute(delete(print_handling).where(mine))
    change.connection.execute(insert(print_handling).values(**values))
    note_policy(change)


def _prints() -> Select[Any]:
    """Prints that are not removed, with what the policy must know of them."""
    joined = print_.join(person, print_.c.person_id == person.c.id).outerjoin(
        print_handling, print_handling.c.print_id == print_.c.id
    )
    return (
        select(print_.c.id, *_PERSON, *_OWN).select_from(joined).where(print_.c.removed.is_(None))
    )


def _guarded(today: date) -> ColumnElement[bool]:
    """Whether somebody may not find a person's prints on this day."""
    return or_(
        person.c.restriction != RestrictionMode.ALL.value,
        person.c.classification > int(Clearance.OFFICIAL),
        person.c.status.in_([status.value for status in FOUND_ONLY_FOR]),
        person.c.retention_until < datetime.combine(today, time.min, UTC),
    )


def _facts(row: RowMapping) -> RecordFacts:
    """The facts of a person from its row."""
    return RecordFacts(
        owner=row["ncb"],
        status=PersonStatus(row["status"]),
        retention_until=as_utc(row["retention_until"]).date(),
        handling=(_handling(row),),
    )


def _print_facts(row: RowMapping) -> RecordFacts:
    """The facts of a print from the row that joins it with its person."""
    whole = _facts(row)
    if row["own_restriction"] is None:
        return whole
    names = ("restriction", "ncbs", "classification")
    own = _handling({name: row[f"own_{name}"] for name in names})
    return RecordFacts(whole.owner, whole.status, whole.retention_until, (*whole.handling, own))


def _handling(row: Mapping[Any, Any]) -> Handling:
    """Restriction and classification of a row."""
    restriction = split_codes(row["restriction"], row["ncbs"])
    return Handling(restriction, Clearance(row["classification"]))


def _columns(handling: Handling) -> dict[str, Any]:
    """Restriction and classification as columns."""
    return {
        "restriction": handling.restriction.mode.value,
        "ncbs": join_codes(handling.restriction),
        "classification": int(handling.classification),
    }
