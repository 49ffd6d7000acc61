"""What is sent again under a transaction id is done once: searches and enrolments."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.service import Service
from engine.gallery.job_store import JobKind
from engine.gallery.tables import audit, job
from engine.identity.roles import Role
from http_support import NO_DISK, await_end, is_problem, picture, upload
from world_support import ASYNC, as_one


def send(client: TestClient, level: int, headers: Any = None, **form: str) -> Any:
    """A search of a grey level."""
    files = [upload(picture(level))]
    return client.post("/v1/searches", data=form, files=files, headers=headers)


def searches(service: Service) -> int:
    """Searches in the audit chain."""
    query = select(func.count()).where(audit.c.action == "search")
    with service.catalogue.reading() as connection:
        return connection.execute(query).scalar_one()


def test_a_search_is_answered_as_before(client: TestClient, service: Service) -> None:
    """Byte for byte, and searched once; without an id it is searched each time."""
    first = send(client, 50, transaction_id="S-50")
    count = searches(service)
    assert send(client, 50, transaction_id="S-50").text == first.text
    assert searches(service) == count
    send(client, 50)
    assert searches(service) == count + 1


def test_another_content_is_refused(client: TestClient) -> None:
    """Another picture, field or sender; another organisation's ids are its own."""
    send(client, 51, transaction_id="S-51")
    for refused in (
        send(client, 52, transaction_id="S-51"),
        send(client, 51, transaction_id="S-51", top="3"),
        send(as_one(client, "FR", Role.INVESTIGATOR), 51, transaction_id="S-51"),
    ):
        assert is_problem(refused, 409, "conflict")
        assert "S-51" in refused.json()["detail"]
    german = as_one(client, "DE", Role.INVESTIGATOR)
    assert send(german, 51, transaction_id="S-51").status_code == 200


def test_a_job_is_begun_once(client: TestClient) -> None:
    """Sent again it is the same job, and its answer when it is done."""
    first = send(client, 53, ASYNC, transaction_id="S-53")
    answer = await_end(client, first.headers["location"])["answer"]
    again = send(client, 53, ASYNC, transaction_id="S-53")
    assert (again.status_code, again.headers["location"]) == (202, first.headers["location"])
    assert send(client, 53, transaction_id="S-53").json() == answer


def test_what_failed_may_be_sent_again(client: TestClient) -> None:
    """The id is not used up."""
    for _ in range(2):
        assert send(client, NO_DISK, transaction_id="S-54").status_code == 503


def test_an_answer_that_is_gone_is_told(client: TestClient, service: Service) -> None:
    """A search is not silently done anew under an old id."""
    send(client, 55, transaction_id="S-55")
    with service.catalogue.recording() as connection:
        connection.execute(job.delete().where(job.c.kind == JobKind.SEARCH.value))
    refused = send(client, 55, transaction_id="S-55")
    assert is_problem(refused, 409, "conflict")
    assert "is gone" in refused.json()["detail"]


def test_a_stored_search_says_whose_it_is(client: TestClient, service: Service) -> None:
    """Bureau, purpose and case beside its asker."""
    form = {"purpose": "investigation", "case_ref": "case-8", "transaction_id": "S-56"}
    send(client, 56, **form)
    query = select(job).where(job.c.case_ref == "case-8")
    with service.catalogue.reading() as connection:
        row = connection.execute(query).one()
    assert (row.actor, row.ncb, row.purpose) == ("tester@fr", "FR", "investigation")


def test_an_enrolment_is_stored_once(client: TestClient, person: str) -> None:
    """Sent again it is the first encounter; with another picture it is refused."""
    path = f"/v1/persons/{person}/encounters"

    def enrol(level: int, headers: Any = None) -> Any:
        form, files = {"transaction_id": f"E-{person}"}, [upload(picture(level))]
        return client.post(path, data=form, files=files, headers=headers)

    first = enrol(57)
    assert (first.status_code, enrol(57).json()) == (201, first.json())
    assert enrol(57, ASYNC).json() == first.json()
    assert is_problem(enrol(58), 409, "conflict")
    assert len(client.get(f"/v1/persons/{person}").json()["prints"]) == 1
    assert json.loads(first.text)["prints"][0]["id"]
