"""Work that the caller does not wait for."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.errors import QueueFull
from api.jobs import JobRunner
from api.schemas.base import Body
from api.service import Service
from engine.asker import Asker
from engine.gallery.catalogue import open_catalogue
from engine.gallery.gallery import Gallery
from engine.gallery.job_store import Job, JobKind, JobState, add_job
from engine.gallery.tables import audit
from http_support import (
    CRASH,
    FakeExtractor,
    await_end,
    bearing,
    is_problem,
    make_app,
    make_settings,
    picture,
    upload,
)

ASYNC = {"Prefer": "respond-async"}


def ask(client: TestClient, level: int) -> tuple[dict, str]:
    """Submit a search; returns the job and where it is read."""
    response = client.post("/v1/searches", files=[upload(picture(level))], headers=ASYNC)
    assert response.status_code == 202
    assert response.headers["preference-applied"] == "respond-async"
    job = response.json()
    assert response.headers["location"] == f"/v1/searches/{job['id']}"
    return job, response.headers["location"]


def test_a_search_is_fetched_when_it_is_done(client: TestClient, person: str, enrol) -> None:
    """The job ends with the answer that a waiting caller would have got."""
    enrol(person, 50)
    job, path = ask(client, 50)
    assert job["state"] == "queued"
    done = await_end(client, path)
    assert done["state"] == "done"
    assert done["finished_at"] >= done["asked_at"]
    waited = client.post("/v1/searches", files=[upload(picture(50))]).json()
    assert done["answer"]["candidates"] == waited["candidates"]


def test_a_failed_search_carries_the_problem(client: TestClient) -> None:
    """The problem is the one that a waiting caller would have got."""
    _, path = ask(client, 255)
    failed = await_end(client, path)
    assert (failed["state"], failed["answer"]) == ("failed", None)
    assert failed["problem"]["type"] == "urn:whorl:problem:no-fingerprint"


def test_a_crash_is_a_failed_job_without_secrets(client: TestClient) -> None:
    """Unexpected errors end the job, not the queue."""
    _, path = ask(client, CRASH)
    failed = await_end(client, path)
    assert failed["problem"]["status"] == 500
    assert "secret" not in str(failed)
    assert await_end(client, ask(client, 51)[1])["state"] == "done"


def test_bad_values_are_told_at_once(client: TestClient) -> None:
    """What can be checked without the image makes no job."""
    form = {"regions": "Atlantis"}
    response = client.post("/v1/searches", data=form, files=[upload(picture(52))], headers=ASYNC)
    assert is_problem(response, 400, "bad-request")


def test_an_enrolment_is_fetched_when_it_is_done(client: TestClient, person: str) -> None:
    """Its job ends with the encounter, and the person has the print."""
    response = client.post(
        f"/v1/persons/{person}/encounters", files=[upload(picture(53))], headers=ASYNC
    )
    assert response.status_code == 202
    done = await_end(client, response.headers["location"])
    (made,) = done["answer"]["prints"]
    (stored,) = client.get(f"/v1/persons/{person}").json()["prints"]
    assert stored["id"] == made["id"]
    assert stored["encounter"] == done["answer"]["id"]


def test_jobs_of_one_kind_are_not_those_of_the_other(client: TestClient) -> None:
    """A search is no enrolment."""
    job, _ = ask(client, 54)
    assert is_problem(client.get(f"/v1/enrolments/{job['id']}"), 404, "not-found")


def test_another_actors_job_looks_like_none(client: TestClient, service: Service) -> None:
    """Only who submitted a job may read it; others get the answer for one that never was."""
    job = Job("a" * 32, JobKind.SEARCH, JobState.QUEUED, "somebody else", datetime.now(UTC))
    with service.catalogue.recording() as connection:
        add_job(connection, job)
    theirs, none = (client.get(f"/v1/searches/{one}").json() for one in ("a" * 32, "b" * 32))
    assert theirs["status"] == none["status"] == 404
    assert theirs["detail"].replace("a" * 32, "b" * 32) == none["detail"]


def test_a_dead_process_leaves_no_job_hanging(tmp_path: Path) -> None:
    """At the next start its jobs are failed and say what to do; finished ones stay."""
    settings = make_settings(tmp_path)
    catalogue = open_catalogue(settings)
    with catalogue.recording() as connection:
        for letter, state in (("a", "queued"), ("b", "running"), ("c", "done")):
            job = Job(letter * 32, JobKind.SEARCH, JobState(state), "tester@fr", datetime.now(UTC))
            add_job(connection, job)
    catalogue.close()
    with TestClient(make_app(settings)) as client:
        bearing(client)
        a, b, c = (client.get(f"/v1/searches/{letter * 32}").json() for letter in "abc")
    assert (a["state"], b["state"], c["state"]) == ("failed", "failed", "done")
    assert a["problem"]["detail"] == "interrupted; submit it again: probes are not kept"


class SlowExtractor(FakeExtractor):
    """Extracts only when it is let."""

    def __init__(self) -> None:
        self.begun, self.let = threading.Event(), threading.Event()

    def extract(self, image, *, exact_quality=True):  # type: ignore[no-untyped-def]
        """The template, after the wait; the warm-up is let through."""
        if image.name != "warm-up":
            self.begun.set()
            assert self.let.wait(10)
        return super().extract(image)


def test_a_job_is_seen_running(tmp_path: Path) -> None:
    """Between queued and done its state is running, without an answer."""
    slow = SlowExtractor()
    with TestClient(make_app(make_settings(tmp_path), slow)) as client:
        _, path = ask(bearing(client), 55)
        assert slow.begun.wait(10)
        running = client.get(path).json()
        slow.let.set()
        assert (running["state"], running["answer"]) == ("running", None)
        assert await_end(client, path)["state"] == "done"


class Nothing(Body):
    """An answer without content."""


def test_the_queue_has_an_end(
    embedded: Gallery, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond it, work is refused; when a job has ended there is room again."""
    monkeypatch.setattr("api.jobs.MAX_WAITING", 1)
    let = threading.Event()

    def wait() -> Nothing:
        assert let.wait(10)
        return Nothing()

    with JobRunner(embedded.catalogue) as jobs:
        jobs.submit(JobKind.SEARCH, asker, wait)
        with pytest.raises(QueueFull):
            jobs.submit(JobKind.SEARCH, asker, Nothing)
        let.set()


def test_a_stop_fails_what_waits(embedded: Gallery, asker: Asker) -> None:
    """Jobs that run are finished, those that wait are failed."""
    let = threading.Event()

    def wait() -> Nothing:
        assert let.wait(10)
        return Nothing()

    jobs = JobRunner(embedded.catalogue)
    running = [jobs.submit(JobKind.SEARCH, asker, wait) for _ in range(2)]
    waiting = jobs.submit(JobKind.SEARCH, asker, wait)
    threading.Timer(0.3, let.set).start()
    jobs.__exit__(None, None, None)
    states = [jobs.read(JobKind.SEARCH, one.id, asker).state for one in (*running, waiting)]
    assert states == [JobState.DONE, JobState.DONE, JobState.FAILED]


def test_reading_a_stored_answer_is_recorded(client: TestClient, service: Service) -> None:
    """Each reading of a job leaves its row, like every other read."""
    job, path = ask(client, 60)
    await_end(client, path)
    with service.catalogue.reading() as connection:
        rows = connection.execute(audit.select().where(audit.c.subject == job["id"])).all()
    assert {row.action for row in rows} == {"read.search"}
    assert '"done"' in rows[-1].detail
