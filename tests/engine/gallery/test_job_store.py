"""Jobs in the catalogue, on each database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.errors import NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.job_store import (
    Job,
    JobKind,
    JobState,
    add_job,
    fail_unfinished,
    finish_job,
    forget_jobs,
    read_job,
    start_job,
)

NEW = Job("a" * 32, JobKind.SEARCH, JobState.QUEUED, "me", datetime(2026, 1, 2, 3, tzinfo=UTC))


@pytest.fixture
def stored(gallery: Gallery) -> Gallery:
    """A gallery with one job."""
    with gallery.catalogue.recording() as connection:
        add_job(connection, NEW)
    return gallery


def read(gallery: Gallery) -> Job:
    """The job now."""
    with gallery.catalogue.reading() as connection:
        return read_job(connection, JobKind.SEARCH, NEW.id, "me")


def test_a_job_is_read_as_it_was_written(stored: Gallery) -> None:
    """With its time, in whatever zone the database keeps it."""
    assert read(stored) == NEW


def test_a_job_goes_its_way(stored: Gallery) -> None:
    """Queued, running, done with an answer."""
    with stored.catalogue.recording() as connection:
        start_job(connection, NEW.id)
    assert read(stored).state is JobState.RUNNING
    with stored.catalogue.recording() as connection:
        finish_job(connection, NEW.id, JobState.DONE, {"candidates": []})
    done = read(stored)
    assert (done.state, done.answer) == (JobState.DONE, {"candidates": []})
    assert done.finished_at is not None
    assert done.finished_at > done.asked_at


@pytest.mark.parametrize(
    ("kind", "job_id", "actor"),
    [
        (JobKind.ENROL, NEW.id, "me"),
        (JobKind.SEARCH, "b" * 32, "me"),
        (JobKind.SEARCH, NEW.id, "you"),
    ],
)
def test_only_the_actor_reads_it(stored: Gallery, kind: JobKind, job_id: str, actor: str) -> None:
    """For anybody else, and as another kind, there is none."""
    with stored.catalogue.reading() as connection, pytest.raises(NotFound):
        read_job(connection, kind, job_id, actor)


def test_unfinished_jobs_are_failed_once(stored: Gallery) -> None:
    """Finished ones stay as they are."""
    with stored.catalogue.recording() as connection:
        assert fail_unfinished(connection, {"detail": "interrupted"}) == 1
    with stored.catalogue.recording() as connection:
        assert fail_unfinished(connection, {"detail": "again"}) == 0
    failed = read(stored)
    assert (failed.state, failed.answer) == (JobState.FAILED, {"detail": "interrupted"})


def test_answers_are_forgotten(stored: Gallery) -> None:
    """Those that ended before a time; what is unfinished stays."""
    with stored.catalogue.recording() as connection:
        forget_jobs(connection, datetime.now(UTC))
    assert read(stored).state is JobState.QUEUED
    with stored.catalogue.recording() as connection:
        finish_job(connection, NEW.id, JobState.DONE, {})
        forget_jobs(connection, datetime.now(UTC))
    with pytest.raises(NotFound):
        read(stored)
