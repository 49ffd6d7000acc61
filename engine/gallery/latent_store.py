"""Unsolved latents in the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from engine.asker import Asker
from engine.errors import Conflict, NotFound
from engine.fingers import Finger, Impression
from engine.gallery.catalogue import Change
from engine.gallery.handling_store import note_policy
from engine.gallery.latent_rows import FIRST_LATENT, number_of_row
from engine.gallery.latent_tables import latent, latent_alert, latent_image
from engine.gallery.notice_audience import join_codes, split_codes
from engine.gallery.person_store import RETENTION
from engine.gallery.print_store import StoredImage
from engine.gallery.sealed_columns import LATENT_IMAGE, LATENT_TEMPLATE
from engine.gallery.seen_records import is_admitted
from engine.gallery.times import as_utc, as_utc_or_none
from engine.gallery.vault import open_sealed, sealer_for
from engine.identity.clearance import Clearance
from engine.latents.latent import Latent, LatentStatus, NewLatent
from engine.notices.restriction import RestrictionMode
from engine.persons import PersonStatus
from engine.policy import Handling, RecordFacts
from engine.records import Template
from engine.templates.binary import decode, encode

ERASED = b""
"""What is left of a template."""


@dataclass(frozen=True, slots=True)
class LatentFilter:
    """Which latents are wanted, and which part of the list.

    Attributes:
        offset, limit: latents before the part, and most latents of it.
        status: only those that stand there.
        own: only those of the asker's bureau.
    """

    offset: int
    limit: int
    status: LatentStatus | None = None
    own: bool = False


def add_latent(change: Change, new: NewLatent, asker: Asker) -> Latent:
    """Record a latent of the asker's bureau.

    Raises:
        Conflict: the id was given before.
    """
    taken = select(latent.c.serial).where(latent.c.id == new.id)
    if change.connection.execute(taken).first():
        raise Conflict(f"the id {new.id} was given before")
    sealer = sealer_for(change.connection, asker.ncb)
    sealer = sealer_for(change.connection, asker.ncb)
    values = {**_facts_of(new), **_columns(new.handling), **_of_asker(asker, change)}
    values["template"] = sealer.seal(encode(new.template), LATENT_TEMPLATE, new.id)
    values["template"] = sealer.seal(encode(new.template), LATENT_TEMPLATE, new.id)
    add = insert(latent).values(**values).returning(latent.c.serial)
    serial = change.connection.execute(add).scalar_one()
    if new.image is not None:
        content = sealer.seal(new.image.content, LATENT_IMAGE, new.id)
        one = {"format": new.image.format, "ppi": new.image.ppi, "content": content}
        change.connection.execute(insert(latent_image).values(serial=serial, **one))
    if new.handling != Handling():
        note_policy(change)
    return find_latents(change.connection, [FIRST_LATENT + serial])[FIRST_LATENT + serial]


def _facts_of(new: NewLatent) -> dict[str, Any]:
    """What a latent's row says of the latent itself."""
    return {
        "id": new.id,
        "case_ref": new.case_ref,
        "note": new.note,
        "status": LatentStatus.UNSOLVED.value,
        "reason": "",
        "finger": int(new.finger),
        "impression": int(new.impression),
        "extractor": new.template.extractor,
        "minutiae": len(new.template.minutiae),
        "quality": new.template.quality,
        "quality_measure": new.template.quality_measure,
    }


def _of_asker(asker: Asker, change: Change) -> dict[str, Any]:
    """What it says of the act."""
    return {
        "ncb": asker.ncb,
        "actor": asker.actor,
        "purpose": asker.purpose,
        "recorded_at": change.at,
        "retention_until": change.at + RETENTION,
        "revision": 1,
        "added": change.tick,
    }


_RECORD = [
    number_of_row.label("number"),
    *(
        latent.c[name]
        for name in (
            "id", "ncb", "case_ref", "note", "status", "reason", "purpose", "finger", "impression",
            "minutiae", "quality", "quality_measure", "extractor", "recorded_at", "closed_at",
        )
    ),
]  # fmt: skip


_POLICY = [
    number_of_row.label("number"),
    *(
        latent.c[name]
        for name in ("id", "ncb", "retention_until", "restriction", "ncbs", "classification")
    ),
]


def find_latents(connection: Connection, numbers: Collection[int]) -> dict[int, Latent]:
    """Those of some latents that are on record and can be searched, by number in the index."""
    serials = [number - FIRST_LATENT for number in numbers if number >= FIRST_LATENT]
    query = select(*_RECORD).where(latent.c.serial.in_(serials), latent.c.removed.is_(None))
    return {row["number"]: _latent(row) for row in connection.execute(query).mappings()}


def read_latent(connection: Connection, latent_id: str, asker: Asker, today: date) -> Latent:
    """A latent that the asker may see, whatever became of it.

    Raises:
        NotFound: there is none that the asker may see; which of the two is not told.
    """
    query = select(*_RECORD).where(latent.c.id == latent_id, _is_seen(asker, today))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no latent {latent_id!r}")
    return _latent(row)


def list_latents(
    connection: Connection, wanted: LatentFilter, asker: Asker, today: date
) -> tuple[list[Latent], int]:
    """A part of the latents that the asker may see, the newest first, and the number of all."""
    where = and_(
        _is_seen(asker, today),
        true() if wanted.status is None else latent.c.status == wanted.status.value,
        latent.c.ncb == asker.ncb if wanted.own else true(),
    )
    total = connection.execute(select(func.count()).select_from(latent).where(where)).scalar_one()
    query = select(*_RECORD).where(where).order_by(latent.c.serial.desc())
    rows = connection.execute(query.offset(wanted.offset).limit(wanted.limit)).mappings()
    return [_latent(row) for row in rows], total


def visible_latents(
    connection: Connection, ids: Collection[str], asker: Asker, today: date
) -> set[str]:
    """Those of some latents that the asker may see."""
    query = select(latent.c.id).where(latent.c.id.in_(ids), _is_seen(asker, today))
    return set(connection.execute(query).scalars())


def read_latent_template(connection: Connection, latent_id: str) -> Template:
    """The template of a latent on record.

    Raises:
        NotFound: there is none, or nothing is left of it.
    """
    query = select(latent.c.template, latent.c.ncb).where(latent.c.id == latent_id)
    row = connection.execute(query).first()
    if row is None or not row.template:
        raise NotFound(f"no latent {latent_id!r}")
    return decode(open_sealed(connection, row.template, LATENT_TEMPLATE, row.ncb, latent_id))


def read_latent_image(connection: Connection, latent_id: str) -> StoredImage:
    """The image file of a latent.

    Raises:
        NotFound: there is none; an examiner's minutiae may have come alone.
    """
    query = (
        select(latent_image.c.content, latent_image.c.format, latent_image.c.ppi, latent.c.ncb)
        .join(latent, latent.c.serial == latent_image.c.serial)
        .where(latent.c.id == latent_id)
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"no image of latent {latent_id!r}")
    content = open_sealed(connection, row.content, LATENT_IMAGE, row.ncb, latent_id)
    return StoredImage(content, row.format, row.ppi)


def close_latent(change: Change, latent_id: str, status: LatentStatus, reason: str) -> None:
    """End a latent: it is in no search any more."""
    ended = {"status": status.value, "reason": reason, "closed_at": change.at}
    where = latent.c.id == latent_id
    change.connection.execute(update(latent).where(where).values(removed=change.tick, **ended))


def latents_until(connection: Connection, ncb: str, day: date) -> list[tuple[str, date]]:
    """Latents of a bureau that may be used until this day at most, the earliest first.

    Those of which nothing is left to be erased are not among them.
    """
    query = select(latent.c.id, latent.c.retention_until).where(
        latent.c.ncb == ncb,
        latent.c.retention_until <= datetime.combine(day, time.max, UTC),
        func.length(latent.c.template) > 0,
    )
    rows = connection.execute(query.order_by(latent.c.retention_until, latent.c.id))
    return [(row.id, as_utc(row.retention_until).date()) for row in rows]


def erase_latent(change: Change, latent_id: str) -> None:
    """Take a latent out of every search, and erase template, image, texts and alerts.

    What is left is a row with id, owner and dates: the id is not given again.
    """
    this = latent.c.id == latent_id
    serials = select(latent.c.serial).where(this)
    change.connection.execute(delete(latent_image).where(latent_image.c.serial.in_(serials)))
    change.connection.execute(delete(latent_alert).where(latent_alert.c.latent_id == latent_id))
    blank = {"template": ERASED, "note": "", "case_ref": "", "reason": "", "minutiae": 0}
    removed = func.coalesce(latent.c.removed, change.tick)
    change.connection.execute(update(latent).where(this).values(removed=removed, **blank))
    note_policy(change)


def has_unsolved(connection: Connection) -> bool:
    """Whether there is any latent to be searched."""
    query = select(latent.c.serial).where(latent.c.removed.is_(None)).limit(1)
    return connection.execute(query).first() is not None


def find_latent_facts(connection: Connection, ids: Collection[str]) -> dict[str, RecordFacts]:
    """What the policy must know of those of some latents that are on record, by id."""
    query = select(*_POLICY).where(latent.c.id.in_(ids))
    return {row["id"]: _facts(row) for row in connection.execute(query).mappings()}


def guarded_latents(connection: Connection, today: date) -> dict[int, RecordFacts]:
    """Latents in searches that somebody may not find on this day, by number in the index."""
    guarded = or_(
        latent.c.restriction != RestrictionMode.ALL.value,
        latent.c.classification > int(Clearance.OFFICIAL),
        latent.c.retention_until < datetime.combine(today, time.min, UTC),
    )
    query = select(*_POLICY).where(guarded, latent.c.removed.is_(None))
    return {row["number"]: _facts(row) for row in connection.execute(query).mappings()}


def read_latent_revision(connection: Connection, latent_id: str) -> int:
    """How often the handling of a latent on record was changed, from 1."""
    query = select(latent.c.revision).where(latent.c.id == latent_id)
    return int(connection.execute(query).scalar_one())


def write_latent_handling(change: Change, latent_id: str, facts: RecordFacts) -> None:
    """Store a latent's handling and retention date; counts the change."""
    values = {
        **_columns(facts.handling[0]),
        "retention_until": datetime.combine(facts.retention_until, time.max, UTC),
        "revision": latent.c.revision + 1,
    }
    change.connection.execute(update(latent).where(latent.c.id == latent_id).values(**values))
    note_policy(change)


def is_seen_latent(latent_id: Column[Any], asker: Asker, today: date) -> ColumnElement[bool]:
    """Whether a row names a latent that an asker may see."""
    return exists().where(latent.c.id == latent_id, _is_seen(asker, today))


def _is_seen(asker: Asker, today: date) -> ColumnElement[bool]:
    """The rules of `engine.policy.may_see`, for the rows of `latent`."""
    kept = latent.c.retention_until >= datetime.combine(today, time.min, UTC)
    cleared = latent.c.classification <= int(asker.clearance)
    owns = latent.c.ncb == asker.ncb if asker.ncb else false()
    return and_(kept, cleared, or_(owns, is_admitted(latent, asker.ncb)))


def _facts(row: RowMapping) -> RecordFacts:
    """The facts of a latent; nothing is known of its person, so nothing guards that person."""
    restriction = split_codes(row["restriction"], row["ncbs"])
    return RecordFacts(
        owner=row["ncb"],
        status=PersonStatus.OTHER,
        retention_until=as_utc(row["retention_until"]).date(),
        handling=(Handling(restriction, Clearance(row["classification"])),),
    )


def _columns(handling: Handling) -> Mapping[str, Any]:
    """Restriction and classification as columns."""
    return {
        "restriction": handling.restriction.mode.value,
        "ncbs": join_codes(handling.restriction),
        "classification": int(handling.classification),
    }


def _latent(row: RowMapping) -> Latent:
    """A latent from its row."""
    facts = dict(row)
    facts["status"] = LatentStatus(facts["status"])
    facts["finger"] = Finger(facts["finger"])
    facts["impression"] = Impression(facts["impression"])
    facts["recorded_at"] = as_utc(facts["recorded_at"])
    facts["closed_at"] = as_utc_or_none(facts["closed_at"])
    return Latent(**facts)
