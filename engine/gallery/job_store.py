"""Jobs in the catalogue: work that a caller asked for and comes back to fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from engine.errors import NotFound
from engine.gallery.tables import job


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
    """

    id: str
    kind: JobKind
    state: JobState
    actor: str
    asked_at: datetime
    finished_at: datetime | None = None
    answer: dict[str, Any] | None = None


def add_job(connection: Connection, new: Job) -> None:
    """Record a job."""
    connection.execute(
        insert(job).values(
            id=new.id,
            kind=new.kind.value,
            state=new.state.value,
            actor=new.actor,
            asked_at=new.asked_at,
        )
    )


def start_job(connection: Connection, job_id: str) -> None:
    """Note that a job has begun."""
    connection.execute(update(job).where(job.c.id == job_id).values(state=JobState.RUNNING.value))


def finish_job(
    connection: Connection, job_id: str, state: JobState, answer: dict[str, Any]
) -> None:
    """Note how a job ended."""
    ended = {"state": state.value, "answer": answer, "finished_at": datetime.now(UTC)}
    connection.execute(update(job).where(job.c.id == job_id).values(**ended))


def read_job(connection: Connection, kind: JobKind, job_id: str, actor: str) -> Job:
    """A job of this actor.

    Raises:
        NotFound: there is none; another actor's looks the same.
    """
    query = select(job).where(job.c.id == job_id, job.c.kind == kind.value, job.c.actor == actor)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"no {kind} job {job_id!r}")
    return _job(row)


def fail_unfinished(connection: Connection, answer: dict[str, Any]) -> int:
    """End all jobs that a dead process has left; returns how many there were."""
    unfinished = job.c.state.in_([JobState.QUEUED.value, JobState.RUNNING.value])
    ended = {"state": JobState.FAILED.value, "answer": answer, "finished_at": datetime.now(UTC)}
    return connection.execute(update(job).where(unfinished).values(**ended)).rowcount


def forget_jobs(connection: Connection, before: datetime) -> None:
    """Delete the jobs that ended before a time: their answers hold personal data."""
    connection.execute(delete(job).where(job.c.finished_at < before))


def _job(row: RowMapping) -> Job:
    """A job from its row."""
    return Job(
        id=row["id"],
        kind=JobKind(row["kind"]),
        state=JobState(row["state"]),
        actor=row["actor"],
        asked_at=_as_utc(row["asked_at"]),
        finished_at=None if row["finished_at"] is None else _as_utc(row["finished_at"]),
        answer=row["answer"],
    )


def _as_utc(time: datetime) -> datetime:
    """The time with its zone, which SQLite does not keep."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)
