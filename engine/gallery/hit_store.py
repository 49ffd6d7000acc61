"""Hits in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from engine.asker import Asker
from engine.errors import NotFound
from engine.examination.file import CaseFile, HitChange, HitFile
from engine.examination.hit import HitStatus, Sides
from engine.gallery.examination_tables import hit, hit_change
from engine.gallery.seen_records import is_seen_person
from engine.gallery.times import as_utc
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.notices.signature import Signature


@dataclass(frozen=True, slots=True)
class HitFilter:
    """Which hits are wanted, and which part of the list.

    Attributes:
        offset, limit: hits before the part, and most hits of it.
        status: only those that stand there.
        person_id: only those about this person.
    """

    offset: int
    limit: int
    status: HitStatus | None = None
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class HitCount:
    """Hits of one day between two regions."""

    day: date
    asking_region: str
    owner_region: str
    hits: int


def find_hit(connection: Connection, case: CaseFile) -> HitFile | None:
    """The hit of a case, whoever may see it: of its search, on its person."""
    row = connection.execute(select(hit).where(_is_of(case))).mappings().first()
    return None if row is None else as_hit(row)


def hit_of_case(connection: Connection, case: CaseFile) -> str | None:
    """Id of the hit of a case."""
    return connection.execute(select(hit.c.id).where(_is_of(case))).scalar()


def add_hit(connection: Connection, new: HitFile, change: HitChange) -> None:
    """Record a hit."""
    connection.execute(
        insert(hit).values(
            id=new.id,
            ncb=new.sides.asking,
            owner=new.sides.owner,
            person_id=new.person_id,
            search=new.search,
            purpose=new.purpose,
            case_ref=new.case_ref,
            status=new.status.value,
            revision=new.revision,
            opened_at=new.opened_at,
            opened_on=new.opened_at.date(),
            asking_region=new.regions.asking,
            owner_region=new.regions.owner,
        )
    )
    _add_change(connection, new.id, change)


def save_hit(connection: Connection, file: HitFile, change: HitChange) -> None:
    """Write where a hit stands after a change."""
    standing = {"status": file.status.value, "revision": file.revision}
    connection.execute(update(hit).where(hit.c.id == file.id).values(**standing))
    _add_change(connection, file.id, change)


def read_hit(connection: Connection, hit_id: str, asker: Asker, today: date) -> HitFile:
    """A hit of the asker's bureau on a person that the asker may see; the CCC sees all bureaus'.

    Raises:
        NotFound: there is none; which of the reasons it is, is not told.
    """
    query = select(hit).where(hit.c.id == hit_id, is_shown_hit(asker, today))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no hit {hit_id!r}")
    return as_hit(row)


def read_changes(connection: Connection, hit_id: str) -> list[HitChange]:
    """All that was done with a hit, in order."""
    query = select(hit_change).where(hit_change.c.hit_id == hit_id).order_by(hit_change.c.revision)
    return [
        HitChange(
            revision=row["revision"],
            act=row["act"],
            status=HitStatus(row["status"]),
            reason=row["reason"],
            by=Signature(row["actor"], row["ncb"], as_utc(row["at"])),
        )
        for row in connection.execute(query).mappings()
    ]


def list_hits(
    connection: Connection, wanted: HitFilter, asker: Asker, today: date
) -> tuple[list[HitFile], int]:
    """A part of the hits that the asker may see, the newest first, and the number of all."""
    asked = true() if wanted.status is None else hit.c.status == wanted.status.value
    about = true() if wanted.person_id is None else hit.c.person_id == wanted.person_id
    where = and_(is_shown_hit(asker, today), asked, about)
    total = connection.execute(select(func.count()).select_from(hit).where(where)).scalar_one()
    query = select(hit).where(where).order_by(hit.c.opened_at.desc(), hit.c.id)
    rows = connection.execute(query.offset(wanted.offset).limit(wanted.limit)).mappings()
    return [as_hit(row) for row in rows], total


def count_hits(
    connection: Connection, first: date, last: date, asker: Asker, today: date
) -> list[HitCount]:
    """Hits by day and pair of regions, of those that the asker may see and that stand.

    The General Secretariat and the CCC count those of all bureaus, a bureau its own.
    """
    every = true() if asker.ncb in (SECRETARIAT, CENTRE) else _is_party(asker.ncb)
    keys = (hit.c.opened_on, hit.c.asking_region, hit.c.owner_region)
    query = (
        select(*keys, func.count().label("hits"))
        .where(every, is_seen_person(hit.c.person_id, asker, today))
        .where(hit.c.status != HitStatus.WITHDRAWN.value, hit.c.opened_on.between(first, last))
        .group_by(*keys)
        .order_by(*keys)
    )
    return [HitCount(*row) for row in connection.execute(query)]


def _is_of(case: CaseFile) -> ColumnElement[bool]:
    """The hit that a case made."""
    about = case.candidate
    return and_(
        hit.c.ncb == case.ncb,
        hit.c.search == about.search,
        hit.c.person_id == about.person_id,
    )


def _is_party(ncb: str) -> ColumnElement[bool]:
    """Hits between a bureau and others."""
    return or_(hit.c.ncb == ncb, hit.c.owner == ncb) if ncb else false()


def is_shown_hit(asker: Asker, today: date) -> ColumnElement[bool]:
    """Hits that an asker may see."""
    party = true() if asker.ncb == CENTRE else _is_party(asker.ncb)
    return and_(party, is_seen_person(hit.c.person_id, asker, today))


def _add_change(connection: Connection, hit_id: str, change: HitChange) -> None:
    """Record what was done with a hit."""
    connection.execute(
        insert(hit_change).values(
            hit_id=hit_id,
            revision=change.revision,
            act=change.act,
            status=change.status.value,
            reason=change.reason,
            actor=change.by.actor,
            ncb=change.by.ncb,
            at=change.by.at,
        )
    )


def as_hit(row: RowMapping) -> HitFile:
    """A hit from its row."""
    return HitFile(
        id=row["id"],
        sides=Sides(row["ncb"], row["owner"]),
        regions=Sides(row["asking_region"], row["owner_region"]),
        person_id=row["person_id"],
        search=row["search"],
        purpose=row["purpose"],
        case_ref=row["case_ref"],
        opened_at=as_utc(row["opened_at"]),
        status=HitStatus(row["status"]),
        revision=row["revision"],
    )
