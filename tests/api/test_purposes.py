"""Why somebody asks: one of the known purposes, and a case where the server wants one."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from engine.identity.roles import Role
from engine.policy import Purpose
from http_support import bearing, is_problem, make_app, make_settings, picture, upload


@pytest.mark.parametrize("path", ["/v1/persons/nobody", "/v1/notices", "/v1/users", "/v1/hits"])
def test_an_unknown_purpose_is_refused_wherever_it_is_stated(client: TestClient, path: str) -> None:
    """With the known ones, before anything is read."""
    refused = client.get(path, headers={"Whorl-Purpose": "curiosity"})
    assert is_problem(refused, 422, "invalid")
    (error,) = refused.json()["errors"]
    assert error["field"] == "whorl-purpose"
    assert all(f"'{one}'" in error["message"] for one in Purpose)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_known_purpose_is_taken(client: TestClient, purpose: Purpose) -> None:
    """From a header, a form and JSON alike."""
    assert client.get("/v1/notices", headers={"Whorl-Purpose": purpose}).status_code == 200
    files = [upload(picture(20))]
    assert client.post("/v1/searches", data={"purpose": purpose}, files=files).status_code == 200


def test_an_unknown_purpose_of_an_enrolment_is_refused(client: TestClient, person: str) -> None:
    """Nothing is stored."""
    path, files = f"/v1/persons/{person}/encounters", [upload(picture(21))]
    assert is_problem(client.post(path, data={"purpose": "x"}, files=files), 422, "invalid")
    assert client.get(f"/v1/persons/{person}").json()["prints"] == []


def test_investigators_name_a_case_where_the_server_wants_one(tmp_path: Path) -> None:
    """In the body or the header; others, such as a gateway, need not."""
    settings = make_settings(tmp_path / "data").model_copy(update={"case_for_searches": True})
    with TestClient(make_app(settings)) as plain:
        client = bearing(TestClient(plain.app), "inv", "FR", frozenset({Role.INVESTIGATOR}))
        refused = client.post("/v1/searches", files=[upload(picture(22))])
        assert is_problem(refused, 400, "bad-request")
        assert "case_ref" in refused.json()["detail"]
        said, header = {"case_ref": "case-1"}, {"Whorl-Case-Ref": "case-1"}
        for more in ({"data": said}, {"headers": header}):
            answer = client.post("/v1/searches", files=[upload(picture(22))], **more)
            assert answer.status_code == 200
        gateway = bearing(TestClient(plain.app), "gate", "FR", frozenset({Role.SERVICE}))
        assert gateway.post("/v1/searches", files=[upload(picture(22))]).status_code == 200
