"""A notice that somebody may read, about a person whom they may not see."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.identity.roles import Role
from engine.notices import Colour
from http_support import is_problem
from notice_support import FIELDS
from world_support import DENIED, OTHER, OWNER, World, as_one, make_world, restrict


@pytest.fixture(scope="module")
def world(client: TestClient) -> World:
    """Records whose person is denied to a bureau that reads the notice."""
    made = make_world(client, "noticed", 70)
    officer = as_one(client, OWNER, Role.NCB_OFFICER)
    tag = {"If-Match": officer.get(made.notice).headers["etag"]}
    body: dict[str, Any] = {"mode": "ALL"}
    assert officer.put(f"{made.notice}/restriction", json=body, headers=tag).status_code == 200
    return made


@pytest.fixture(scope="module")
def outsider(client: TestClient) -> TestClient:
    """An officer of the bureau that may not see the person."""
    return as_one(client, DENIED, Role.NCB_OFFICER)


def test_no_answer_names_the_person(world: World, outsider: TestClient) -> None:
    """Neither the notice, its images, a page of notices nor the inbox."""
    read = outsider.get(world.notice)
    assert (read.status_code, read.json()["_links"]["person"]) == (200, None)
    for path in (world.notice, f"{world.notice}/images", "/v1/notices", "/v1/notices/inbox"):
        assert world.person not in outsider.get(path).text
    assert outsider.get(f"{world.notice}/images").json()["_embedded"]["images"] == []


def test_whoever_sees_the_person_gets_the_link(client: TestClient, world: World) -> None:
    """The owner and other bureaus."""
    for ncb in (OWNER, OTHER):
        read = as_one(client, ncb, Role.NCB_OFFICER).get(world.notice).json()
        assert read["_links"]["person"]["href"] == f"/v1/persons/{world.person}"


def test_no_notices_are_found_by_a_hidden_person(world: World, outsider: TestClient) -> None:
    """The same as by one who is not on record."""
    hidden = outsider.get("/v1/notices", params={"person": world.person})
    none = outsider.get("/v1/notices", params={"person": "nobody"})
    assert hidden.content == none.content.replace(b"nobody", world.person.encode())
    assert hidden.json()["total"] == 0


def test_nobody_drafts_about_a_hidden_person(world: World, outsider: TestClient) -> None:
    """With the words for one who is not on record."""
    order = {"colour": "blue", "fields": FIELDS[Colour.BLUE]}
    hidden = outsider.post("/v1/notices", json={**order, "person": world.person})
    none = outsider.post("/v1/notices", json={**order, "person": "nobody"})
    assert is_problem(hidden, 404, "not-found")
    said = hidden.json()["detail"].replace(world.person, "nobody")
    assert said.split(": ")[1] == none.json()["detail"].split(": ")[1]


def test_a_reviewer_who_may_not_see_the_person_acts_without(client: TestClient) -> None:
    """The answer to an act and the history name nobody either."""
    officer = as_one(client, OWNER, Role.NCB_OFFICER)
    secretary = as_one(client, "IPSG", Role.NCB_OFFICER)
    assert officer.post("/v1/persons", json={"id": "FR-unseen", "ncb": OWNER}).status_code == 201
    order = {"colour": "blue", "fields": FIELDS[Colour.BLUE], "person": "FR-unseen"}
    path = officer.post("/v1/notices", json=order).headers["location"]
    tag = {"If-Match": officer.get(path).headers["etag"]}
    sent = officer.post(f"{path}/steps/submit", json={}, headers=tag)
    restrict(officer, "FR-unseen", "IPSG")
    tag = {"If-Match": sent.headers["etag"]}
    taken = secretary.post(f"{path}/steps/take-up", json={"reasons": ["Routine."]}, headers=tag)
    assert taken.status_code == 200
    assert "FR-unseen" not in taken.text + secretary.get(f"{path}/history").text
    assert "FR-unseen" in officer.get(f"{path}/history").text
