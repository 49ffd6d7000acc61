"""The audit chain over HTTP: who reads it, who does not, and what never stands in it."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.access import ROUTES
from api.service import Service
from engine.audit.checkpointing import write_checkpoint
from engine.audit.proof import find_evidence, prove
from engine.gallery.catalogue import open_catalogue
from engine.gallery.print_store import read_image, read_template
from engine.gallery.tables import audit
from engine.identity.roles import ROLE_SCOPES, Role, Scope
from engine.templates import binary
from engine.terminal import operator
from http_support import (
    await_end,
    bearing,
    is_problem,
    make_app,
    make_settings,
    picture,
    upload,
)

DENY = {"restriction": {"mode": "DENY", "ncbs": ["DE"]}}


def auditor(client: TestClient, ncb: str) -> TestClient:
    """A client of an auditor of a bureau on the same server."""
    return bearing(TestClient(client.app), "auditor", ncb, frozenset({Role.AUDITOR}))


def officer(client: TestClient, ncb: str) -> TestClient:
    """The same of an officer."""
    return bearing(TestClient(client.app), "officer", ncb, frozenset({Role.NCB_OFFICER}))


def actions(client: TestClient, **query: str) -> list[str]:
    """What the chain says was done, newest first."""
    return [row["action"] for row in client.get("/v1/audit", params=query).json()["rows"]]


def test_an_auditor_reads(client: TestClient, person: str) -> None:
    """Who, as what, for whom, why and about whom; the reading itself is a row."""
    reading = {"Whorl-Purpose": "investigation", "Whorl-Case-Ref": "2026/17"}
    client.get(f"/v1/persons/{person}", headers=reading)
    found = auditor(client, "FR").get("/v1/audit", params={"person": person}).json()["rows"][0]
    assert (found["actor"], found["ncb"], found["action"]) == ("tester@fr", "FR", "read.person")
    assert (found["purpose"], found["case_ref"]) == ("investigation", "2026/17")
    assert found["persons"] == [{"id": person, "owner": "FR", "way": "about"}]
    assert "ncb_officer" in found["roles"]
    assert found["hash"] is None
    assert actions(auditor(client, "IPSG"), action="list.audit", actor="auditor@fr")


def test_an_auditor_cannot_write() -> None:
    """The role holds one scope, and no route that takes it changes anything."""
    scopes = ROLE_SCOPES[Role.AUDITOR]
    assert scopes == {Scope.AUDIT_READ}
    assert {method for (method, _), need in ROUTES.items() if need in scopes} == {"GET"}


def test_other_bureaus_see_their_part(client: TestClient, person: str) -> None:
    """A read of a French record by Germans: both auditors see it, a third does not."""
    officer(client, "DE").get(f"/v1/persons/{person}")
    for ncb, count in (("FR", 2), ("DE", 1), ("JP", 0), ("IPSG", 2)):
        assert len(actions(auditor(client, ncb), person=person)) == count
    row = auditor(client, "IPSG").get("/v1/audit", params={"person": person}).json()["rows"][0]
    assert (row["actor"], len(row["hash"])) == ("officer@de", 64)


def test_pages_follow_each_other(client: TestClient, person: str) -> None:
    """By the links, without holes or repetition though rows are added meanwhile."""
    for _ in range(4):
        client.get(f"/v1/persons/{person}")
    reader, numbers = auditor(client, "IPSG"), []
    path = f"/v1/audit?person={person}&resultPerPage=2"
    while path:
        page = reader.get(path).json()
        numbers += [row["number"] for row in page["rows"]]
        path = page["_links"]["next"] and page["_links"]["next"]["href"]
    assert len(numbers) == 5
    assert numbers == sorted(set(numbers), reverse=True)


@pytest.mark.parametrize("query", ["resultPerPage=161", "before=0", "since=yesterday", "x=1"])
def test_a_wrong_query_is_told(client: TestClient, query: str) -> None:
    """By its field."""
    assert is_problem(auditor(client, "FR").get(f"/v1/audit?{query}"), 422, "invalid")


def test_the_owner_lists_accesses(client: TestClient, person: str) -> None:
    """Others who see the person are refused; to whom it is hidden, there is none."""
    german, path = officer(client, "DE"), f"/v1/persons/{person}/accesses"
    german.get(f"/v1/persons/{person}")
    rows = client.get(path).json()["rows"]
    assert [(row["actor"], row["action"]) for row in rows] == [
        ("officer@de", "read.person"),
        ("tester@fr", "person.add"),
    ]
    assert is_problem(german.get(path), 403, "forbidden")
    handling = f"/v1/persons/{person}/handling"
    client.patch(handling, json=DENY, headers={"If-Match": client.get(handling).headers["etag"]})
    hidden, none = german.get(path), german.get("/v1/persons/nobody/accesses")
    assert is_problem(hidden, 404, "not-found")
    assert hidden.json()["detail"].replace(person, "nobody") == none.json()["detail"]
    assert person not in auditor(client, "DE").get("/v1/audit").text


def test_a_stored_answer_that_is_read_is_an_access(
    client: TestClient, person: str, enrol: Callable[[str, int], int]
) -> None:
    """To those of its candidates that it still shows."""
    enrol(person, 150)
    sent = client.post(
        "/v1/searches", files=[upload(picture(150))], headers={"Prefer": "respond-async"}
    )
    await_end(client, sent.headers["location"])
    client.get(sent.headers["location"])
    first = actions(auditor(client, "FR"), person=person)
    assert first[:1] == ["read.search"]
    assert "search" in first


def test_the_state_tells_of_the_last_checkpoint(client: TestClient, service: Service) -> None:
    """Before there is one nothing is claimed."""
    reader = auditor(client, "FR")
    assert reader.get("/v1/audit/state").json()["agrees"] is None
    made = write_checkpoint(service.catalogue, service.settings, operator())
    state = reader.get("/v1/audit/state").json()
    assert made is not None
    assert (state["agrees"], state["fault"]) == (True, None)
    assert (state["checkpoint"]["number"], state["checkpoint"]["hash"]) == (
        made.claim.number,
        made.claim.hash,
    )


def test_a_server_signs_the_chain_at_its_end(tmp_path: Path) -> None:
    """With a key that it makes; all that was done until then is covered."""
    settings = make_settings(tmp_path)
    with TestClient(make_app(settings)) as client:
        bearing(client).get("/v1/persons/nobody")
    catalogue = open_catalogue(settings)
    proof = prove(catalogue, find_evidence(settings))
    catalogue.close()
    assert proof.is_sound
    assert (proof.verdict.checkpoints, proof.verdict.covered) == (1, proof.verdict.rows - 1)


def test_nothing_biometric_reaches_chain_or_log(
    client: TestClient,
    service: Service,
    person: str,
    enrol: Callable[[str, int], int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """By enrolment, search and reading: neither image nor template, in no common spelling."""
    caplog.set_level(logging.DEBUG)
    number = enrol(person, 160)
    client.post("/v1/searches", files=[upload(picture(160))])
    client.post("/v1/searches", files=[upload(b"no image at all")])
    for path in (f"prints/{number}", f"prints/{number}/image", f"persons/{person}"):
        assert client.get(f"/v1/{path}").status_code == 200
    with service.catalogue.reading() as connection:
        chain = "\n".join(map(str, connection.execute(select(audit)).all()))
        stored = read_template(connection, number)
        images = [read_image(connection, number).content]
    template, minutiae = binary.encode(stored), stored.minutiae
    said = f"{chain}\n{caplog.text}"
    for payload in (template, *images, b"no image at all"):
        for part in (payload[:12], payload[-12:]):
            for spelling in (part.hex(), base64.b64encode(part).decode(), repr(part)[2:-1]):
                assert spelling not in said
    for x, y in minutiae.xy[:5].tolist():
        assert f"{x}, {y}" not in said
