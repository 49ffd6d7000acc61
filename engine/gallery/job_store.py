"""Jobs in the catalogue: work that a caller asked for and comes back to fetch."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.errors import NotFound
from engine.gallery.key_store import NETWORK
from engine.gallery.sealed_columns import ANSWER
from engine.gallery.tables import job
from engine.gallery.vault import open_sealed, sealer_for


class JobKind(StrEnum):
    """What a job does."""

    SEARCH = "search"
    ENROL = "enrol"


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One job.

    Attributes:
        id: unique, 32 hexadecimal digits.
        kind: what it does.
        state: how far it is.
        actor: who asked for it; nobody else may read it.
        asked_at: when.
        finished_at: when it ended, None until then.
        answer: what it made, or what went wrong; None until it ended.
        ncb, purpose, case_ref: whose it is and why it was asked for. Whom its answer is shown to
            needs no restriction: its actor alone, as far as the records in it may be seen then.
    """

    id: str
    kind: JobKind
    state: JobState
    actor: str
    asked_at: datetime
    finished_at: datetime | None = None
    answer: dict[str, Any] | None = None
    ncb: str = ""
    purpose: str = ""
    case_ref: str = ""


def add_job(connection: Connection, new: Job) -> None:
    """Record a job."""
    connection.execute(
        insert(job).values(
            id=new.id,
            kind=new.kind.value,
            state=new.state.value,
            actor=new.actor,
            asked_at=new.asked_at,
            ncb=new.ncb,
            purpose=new.purpose,
            case_ref=new.case_ref,
        )
    )


def start_job(connection: Connection, job_id: str) -> None:
    """Note that a job has begun."""
    connection.execute(update(job).where(job.c.id == job_id).values(state=JobState.RUNNING.value))


def finish_job(
    connection: Connection, job_id: str, state: JobState, answer: dict[str, Any]
) -> None:
    """Note how a job ended."""
    sealed = sealer_for(connection, NETWORK).seal(json.dumps(answer).encode(), ANSWER, job_id)
    ended = {"state": state.value, "answer": sealed, "finished_at": datetime.now(UTC)}
    connection.execute(update(job).where(job.c.id == job_id).values(**ended))


def read_job(connection: Connection, kind: JobKind, job_id: str, actor: str) -> Job:
    """A job of this actor.

    Raises:
        NotFound: there is none; another actor's looks the same.
    """
    query = select(job).where(job.c.id == job_id, job.c.kind == kind.value, job.c.actor == actor)
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"no {kind} job {job_id!r}")
    return _job(connection, row)


def find_job(connection: Connection, job_id: str) -> Job | None:
    """A job, whoever asked for it; None if it is not kept any more."""
    row = connection.execute(select(job).where(job.c.id == job_id)).first()
    return None if row is None else _job(connection, row)


def fail_unfinished(connection: Connection, answer: dict[str, Any]) -> int:
    """End all jobs that a dead process has left; returns how many there were."""
    unfinished = job.c.state.in_([JobState.QUEUED.value, JobState.RUNNING.value])
    ids = list(connection.execute(select(job.c.id).where(unfinished)).scalars())
    for job_id in ids:
        finish_job(connection, job_id, JobState.FAILED, answer)
    return len(ids)


def forget_jobs(connection: Connection, before: datetime) -> None:
    """Delete the jobs that ended before a time: their answers hold personal data."""
    connection.execute(delete(job).where(job.c.finished_at < before))


def forget_answers_about(connection: Connection, persons: Collection[str]) -> int:
    """Delete the jobs whose answers show any of these persons; returns how many there were.

    Answers are kept for a day, so that few are opened.
    """
    rows = connection.execute(select(job.c.id, job.c.answer).where(job.c.answer.is_not(None)))
    gone = [one.id for one in rows.all() if _shows(_answer(connection, one), set(persons))]
    connection.execute(delete(job).where(job.c.id.in_(gone)))
    return len(gone)


def _shows(answer: dict[str, Any], persons: set[str]) -> bool:
    """Whether an answer is about persons."""
    shown = [one.get("person") or {} for one in answer.get("candidates") or ()]
    return not persons.isdisjoint({answer.get("person"), *(one.get("id") for one in shown)})


def _answer(connection: Connection, row: Any) -> dict[str, Any]:
    """The answer in a row that has one."""
    found: dict[str, Any] = json.loads(open_sealed(connection, row.answer, ANSWER, NETWORK, row.id))
    return found


def _job(connection: Connection, row: Row[Any]) -> Job:
    """A job from its row."""
    facts = row._mapping
    return Job(
        id=facts["id"],
        kind=JobKind(facts["kind"]),
        state=JobState(facts["state"]),
        actor=facts["actor"],
        asked_at=_as_utc(facts["asked_at"]),
        finished_at=None if facts["finished_at"] is None else _as_utc(facts["finished_at"]),
        answer=None if row.answer is None else _answer(connection, row),
        ncb=facts["ncb"],
        purpose=facts["purpose"],
        case_ref=facts["case_ref"],
    )


def _as_utc(time: datetime) -> datetime:
    """The time with its zone, which SQLite does not keep."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)
