"""Examiners' cases in the catalogue."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from engine.asker import Asker
from engine.errors import Conflict, NotFound
from engine.examination.case import Case, CaseStatus, Decision, Seat
from engine.examination.examiner import Examiner, examiner_of
from engine.examination.file import CaseFile, FoundCandidate
from engine.examination.verdict import Conclusion, MarkedMinutia, MarkedPair, Verdict
from engine.gallery.examination_tables import examination, examination_decision
from engine.gallery.sealed_columns import MARKS
from engine.gallery.seen_records import is_seen_print
from engine.gallery.times import as_utc
from engine.gallery.vault import open_sealed, sealer_for
from engine.notices.signature import Signature


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are wanted, and which part of the list.

    Attributes:
        offset, limit: cases before the part, and most cases of it.
        status: only those that stand there.
        waiting: only those that wait for the asker.
        person_id: only those about this person.
    """

    offset: int
    limit: int
    status: CaseStatus | None = None
    waiting: bool = False
    person_id: str | None = None


def add_case(connection: Connection, new: CaseFile) -> None:
    """Record a case.

    Raises:
        Conflict: there is one about this candidate of this search.
    """
    about = new.candidate
    same = and_(
        examination.c.ncb == new.ncb,
        examination.c.search == about.search,
        examination.c.print_id == about.print_id,
    )
    if connection.execute(select(examination.c.id).where(same)).first():
        raise Conflict(f"print {about.print_id} of {about.search} has a case already")
    connection.execute(
        insert(examination).values(
            id=new.id,
            ncb=new.ncb,
            owner=new.owner,
            person_id=about.person_id,
            print_id=about.print_id,
            search=about.search,
            probe_sha256=about.probe_sha256,
            score=about.score,
            purpose=new.purpose,
            case_ref=new.case_ref,
            verify_all=new.case.verify_all,
            status=new.case.status.value,
            opened_by=new.opened.actor,
            opened_at=new.opened.at,
        )
    )


def add_decision(connection: Connection, case_id: str, case: Case) -> None:
    """Record the latest decision of a case, and where the case stands after it."""
    new = case.decisions[-1]
    owner = select(examination.c.owner).where(examination.c.id == case_id)
    sealer = sealer_for(connection, connection.execute(owner).scalar_one())
    pairs = [[_place(one.probe), _place(one.candidate)] for one in new.verdict.pairs]
    connection.execute(
        insert(examination_decision).values(
            examination_id=case_id,
            number=new.number,
            seat=new.seat.value,
            conclusion=new.verdict.conclusion.value,
            reason=new.verdict.reason,
            pairs=sealer.seal(json.dumps(pairs).encode(), MARKS, case_id, new.number),
            actor=new.by.actor,
            ncb=new.by.ncb,
            at=new.by.at,
            corrects=new.corrects,
        )
    )
    connection.execute(
        update(examination).where(examination.c.id == case_id).values(status=case.status.value)
    )


def read_case(connection: Connection, case_id: str, asker: Asker, today: date) -> CaseFile:
    """A case of the asker's bureau about a print that the asker may see.

    Raises:
        NotFound: there is none; which of the reasons it is, is not told.
    """
    query = select(examination).where(examination.c.id == case_id, _is_shown(asker, today))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no case {case_id!r}")
    return _file(row, _decisions(connection, [case_id]).get(case_id, ()))


def list_cases(
    connection: Connection, wanted: CaseFilter, asker: Asker, today: date
) -> tuple[list[CaseFile], int]:
    """A part of the cases that the asker may see, the oldest first, and the number of all."""
    where = and_(_is_shown(asker, today), *_wanted(wanted, asker))
    total = connection.execute(
        select(func.count()).select_from(examination).where(where)
    ).scalar_one()
    query = select(examination).where(where).order_by(examination.c.opened_at, examination.c.id)
    rows = connection.execute(query.offset(wanted.offset).limit(wanted.limit)).mappings().all()
    given = _decisions(connection, [row["id"] for row in rows])
    return [_file(row, given.get(row["id"], ())) for row in rows], total


def any_confirmed(connection: Connection, like: CaseFile) -> bool:
    """Whether a case of the same search about the same person is confirmed."""
    query = select(examination.c.id).where(
        examination.c.ncb == like.ncb,
        examination.c.search == like.candidate.search,
        examination.c.person_id == like.candidate.person_id,
        examination.c.status == CaseStatus.CONFIRMED.value,
    )
    return connection.execute(query.limit(1)).first() is not None


def _is_shown(asker: Asker, today: date) -> ColumnElement[bool]:
    """Cases of the asker's bureau whose print the asker may see."""
    own = examination.c.ncb == asker.ncb
    return and_(own, examination.c.ncb != "", is_seen_print(examination.c.print_id, asker, today))


def _wanted(wanted: CaseFilter, asker: Asker) -> list[ColumnElement[bool]]:
    """The conditions of a filter."""
    found: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        found.append(examination.c.status == wanted.status.value)
    if wanted.person_id is not None:
        found.append(examination.c.person_id == wanted.person_id)
    if wanted.waiting:
        found.append(_waits_for(examiner_of(asker)))
    return found


def _waits_for(examiner: Examiner) -> ColumnElement[bool]:
    """`engine.examination.deciding.seat_for` gives somebody a seat."""
    status, given = examination.c.status, examination_decision
    own = and_(given.c.examination_id == examination.c.id, given.c.actor == examiner.actor)
    free = ~exists().where(own)
    open_ = status.in_([CaseStatus.AWAITING_FIRST.value, CaseStatus.AWAITING_SECOND.value])
    waits = and_(open_, free)
    if examiner.supervises:
        neither = ~exists().where(own, given.c.seat != Seat.SUPERVISOR.value)
        waits = or_(waits, and_(status == CaseStatus.IN_CONFLICT.value, neither))
    return and_(waits, examination.c.ncb == (examiner.ncb if examiner.decides else ""))


def _decisions(connection: Connection, ids: Collection[str]) -> dict[str, tuple[Decision, ...]]:
    """The decisions of some cases, in order."""
    given = examination_decision
    joined = given.join(examination, examination.c.id == given.c.examination_id)
    query = select(given, examination.c.owner).select_from(joined)
    mine = query.where(given.c.examination_id.in_(ids)).order_by(given.c.number)
    found: dict[str, tuple[Decision, ...]] = {}
    for row in connection.execute(mine).mappings().all():
        case_id = row["examination_id"]
        found[case_id] = (*found.get(case_id, ()), _decision(connection, row))
    return found


def _file(row: RowMapping, decisions: tuple[Decision, ...]) -> CaseFile:
    """A case from its row."""
    candidate = FoundCandidate(
        search=row["search"],
        person_id=row["person_id"],
        print_id=row["print_id"],
        score=row["score"],
        probe_sha256=row["probe_sha256"],
    )
    return CaseFile(
        id=row["id"],
        candidate=candidate,
        owner=row["owner"],
        purpose=row["purpose"],
        case_ref=row["case_ref"],
        opened=Signature(row["opened_by"], row["ncb"], as_utc(row["opened_at"])),
        case=Case(CaseStatus(row["status"]), decisions, row["verify_all"]),
    )


def _decision(connection: Connection, row: RowMapping) -> Decision:
    """A decision from its row; marks that were erased with the print are none."""
    this = (row["owner"], row["examination_id"], row["number"])
    marks = row["pairs"] and open_sealed(connection, row["pairs"], MARKS, *this)
    both = json.loads(marks) if marks else ()
    pairs = [MarkedPair(MarkedMinutia(*one), MarkedMinutia(*other)) for one, other in both]
    return Decision(
        number=row["number"],
        seat=Seat(row["seat"]),
        verdict=Verdict(Conclusion(row["conclusion"]), row["reason"], tuple(pairs)),
        by=Signature(row["actor"], row["ncb"], as_utc(row["at"])),
        corrects=row["corrects"],
    )


def _place(one: MarkedMinutia) -> list[Any]:
    """A minutia as the column `pairs` holds it."""
    return [one.x, one.y, one.direction]
