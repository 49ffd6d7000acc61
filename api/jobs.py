"""Jobs: work that a caller does not wait for, done by a few threads in the order of asking.

What a job works on is in memory only. A job that a stop or a crash leaves unfinished is failed at
the next start: the catalogue is served by one such process.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from pydantic import BaseModel
from sqlalchemy import Connection

from api.errors import QueueFull
from api.problems import Kind, describe, make_problem
from engine import audit
from engine.asker import Asker
from engine.errors import Conflict, StorageError
from engine.gallery.catalogue import Catalogue
from engine.gallery.job_store import (
    Job,
    JobKind,
    JobState,
    add_job,
    fail_unfinished,
    find_job,
    finish_job,
    forget_jobs,
    read_job,
    start_job,
)
from engine.gallery.transaction_store import Transaction, find_done, note_again, note_done

THREADS = 2
"""One job can decode and write while another computes; a search uses all processors by itself."""

MAX_WAITING = 64
"""Each holds its images in memory."""

KEPT = timedelta(days=1)
"""How long an answer waits to be fetched: it holds personal data."""

INTERRUPTED = make_problem(
    Kind(503, "interrupted", "The job was interrupted"),
    "interrupted; submit it again: probes are not kept",
)

Work = Callable[[], BaseModel]
"""Does a job and returns its answer."""

Show = Callable[[Job, Connection, Asker], Job]
"""The job with as much of its answer as an asker may see now."""


class JobRunner:
    """Runs jobs and keeps their answers in the catalogue. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Start with no jobs; those that a dead process left are failed."""
        self._catalogue = catalogue
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        self._places = threading.BoundedSemaphore(MAX_WAITING)
        self._fail_unfinished()

    def __enter__(self) -> Self:
        """Nothing to do: the threads start with the first job."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish what runs and fail what waits."""
        self._pool.shutdown(cancel_futures=True)
        with suppress(StorageError):  # the next start does it then
            self._fail_unfinished()

    def submit(
        self, kind: JobKind, asker: Asker, work: Work, once: Transaction | None = None
    ) -> Job:
        """Put work in the queue.

        Args:
            kind: of the work.
            asker: who wants it.
            work: what is done.
            once: of the asker's organisation; what it has begun before is not begun again.

        Raises:
            QueueFull: too much is waiting.
            Conflict: the transaction stands for something else.
        """
        if not self._places.acquire(blocking=False):
            raise QueueFull(f"{MAX_WAITING} jobs are waiting; try again later")
        job = _new(kind, asker, JobState.QUEUED)
        try:
            known = self._begin(job, once)
            if known is not None:
                self._places.release()
                return known
            future = self._pool.submit(self._run, job.id, work)
        except BaseException:
            self._places.release()
            raise
        future.add_done_callback(lambda _: self._places.release())
        return job

    def do_once(self, kind: JobKind, asker: Asker, work: Work, once: Transaction) -> Job:
        """Do work now that its asker's organisation wants done once, and keep the answer.

        Returns:
            the job, which is done; or the one that was begun before, which may still run.

        Raises:
            WhorlError: the work failed. It may be sent again.
            Conflict: the transaction stands for something else, or its answer is not kept.
        """
        job = _new(kind, asker, JobState.RUNNING)
        known = self._begin(job, once)
        if known is not None:
            return known
        try:
            answer = work().model_dump(mode="json", by_alias=True)
        except Exception as error:
            self._end(job.id, JobState.FAILED, describe(error).model_dump())
            raise
        self._end(job.id, JobState.DONE, answer)
        return replace(job, state=JobState.DONE, answer=answer)

    def _begin(self, job: Job, once: Transaction | None) -> Job | None:
        """Record a job, unless its transaction was begun before: then that one's job.

        What has failed, or was cut off, begins anew.

        Raises:
            Conflict: the transaction stands for something else, or its answer is not kept.
        """
        with self._catalogue.recording() as connection:
            forget_jobs(connection, job.asked_at - KEPT)
            before = None if once is None else find_done(connection, once)
            known = None if before is None else find_job(connection, before)
            if before is not None and known is None:
                raise Conflict(
                    f"transaction {once.id if once else ''!r}: was done; its answer, kept for a "
                    "day, is gone. Send it under another id to do it again"
                )
            if known is not None and known.state is not JobState.FAILED:
                return known
            add_job(connection, job)
            if once is not None:
                (note_done if before is None else note_again)(
                    connection, once, job.id, job.asked_at
                )
            return None

    def read(self, kind: JobKind, job_id: str, asker: Asker, show: Show | None = None) -> Job:
        """A job of this asker.

        Args:
            kind: of the job.
            job_id: of the job.
            asker: who wants it.
            show: leaves out of its answer what the asker may not see; the persons that are left
                have been shown then, as their owners are told.

        Raises:
            NotFound: there is none.
        """
        with self._catalogue.recording() as connection:
            job = read_job(connection, kind, job_id, asker.actor)
            detail: dict[str, Any] = {"state": job.state}
            if show is not None:
                job = show(job, connection, asker)
                detail["shown"] = _persons_in(job)
                detail["latents"] = [one["id"] for one in (job.answer or {}).get("latents", [])]
            audit.record(connection, asker, f"read.{kind}", job_id, detail)
            return job

    def _run(self, job_id: str, work: Work) -> None:
        """Do one job."""
        with self._catalogue.recording() as connection:
            start_job(connection, job_id)
        state, answer = _attempt(work)
        self._end(job_id, state, answer)

    def _end(self, job_id: str, state: JobState, answer: dict[str, Any]) -> None:
        """Note how a job ended."""
        with self._catalogue.recording() as connection:
            finish_job(connection, job_id, state, answer)

    def _fail_unfinished(self) -> None:
        """Fail all jobs that are queued or running."""
        with self._catalogue.recording() as connection:
            fail_unfinished(connection, INTERRUPTED.model_dump())


def _new(kind: JobKind, asker: Asker, state: JobState) -> Job:
    """A job of an asker that is not recorded yet."""
    return Job(
        uuid.uuid4().hex,
        kind,
        state,
        asker.actor,
        datetime.now(UTC),
        ncb=asker.ncb,
        purpose=asker.purpose,
        case_ref=asker.case_ref,
    )


def _persons_in(job: Job) -> list[str]:
    """Ids of the candidates of an answer."""
    candidates = (job.answer or {}).get("candidates", [])
    return [one["person"]["id"] for one in candidates]


def _attempt(work: Work) -> tuple[JobState, dict[str, Any]]:
    """How work ends: with its answer, or with the problem."""
    try:
        return JobState.DONE, work().model_dump(mode="json", by_alias=True)
    except Exception as error:
        return JobState.FAILED, describe(error).model_dump()
