"""People managed by the officers of their bureaus, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.service import Service
from engine.gallery.tables import audit
from engine.identity.roles import Role
from http_support import bearing, is_problem, with_token

ORDER = {"login": "martin", "bureau": "MD", "name": "A. Martin", "roles": ["examiner"]}


@pytest.fixture(scope="module")
def officer(client: TestClient) -> TestClient:
    """An officer of one bureau."""
    return bearing(TestClient(client.app), "officer", "MD", frozenset({Role.NCB_OFFICER}))


@pytest.fixture(scope="module")
def foreigner(client: TestClient) -> TestClient:
    """An officer of another bureau."""
    return bearing(TestClient(client.app), "officer", "DE", frozenset({Role.NCB_OFFICER}))


@pytest.fixture
def login(numbers: Any) -> str:
    """A login that no other test takes."""
    return f"user-{next(numbers)}"


def test_an_officer_makes_and_reads_a_user(officer: TestClient, login: str) -> None:
    """The one-time password is told once, at the making."""
    response = officer.post("/v1/users", json={**ORDER, "login": login})
    assert response.status_code == 201
    made = response.json()
    assert made["id"] == f"{login}@md"
    assert made.pop("secret")
    shown = officer.get(response.headers["location"]).json()
    assert shown == made
    assert shown["one_time_password"]
    assert shown["id"] in [one["id"] for one in officer.get("/v1/users").json()["users"]]


def test_an_officer_changes_stops_and_restores(officer: TestClient, login: str) -> None:
    """What is left out of a change stays."""
    path = officer.post("/v1/users", json={**ORDER, "login": login}).headers["location"]
    changed = officer.patch(path, json={"roles": ["investigator"], "languages": ["fr"]}).json()
    assert (changed["roles"], changed["name"]) == (["investigator"], "A. Martin")
    assert not officer.post(f"{path}/disable").json()["active"]
    assert officer.post(f"{path}/enable").json()["active"]
    assert officer.post(f"{path}/reset-password").json()["secret"]


def test_an_officer_reaches_no_other_bureau(
    officer: TestClient, foreigner: TestClient, login: str
) -> None:
    """Its people are not there; making one there is forbidden."""
    path = officer.post("/v1/users", json={**ORDER, "login": login}).headers["location"]
    acts = [("GET", path)]
    acts += [("POST", f"{path}/{act}") for act in ("disable", "enable", "reset-password")]
    for method, there in acts:
        theirs = foreigner.request(method, there)
        nobody = foreigner.request(method, there.replace(login, "nobody"))
        assert is_problem(theirs, 404, "not-found")
        assert theirs.json()["detail"].replace(login, "nobody") == nobody.json()["detail"]
    assert is_problem(foreigner.patch(path, json={"name": "x"}), 404, "not-found")
    assert is_problem(foreigner.post("/v1/users", json=ORDER), 403, "forbidden")
    assert is_problem(foreigner.get("/v1/users?bureau=MD"), 403, "forbidden")
    assert path.rsplit("/", 1)[1] not in foreigner.get("/v1/users").text


@pytest.mark.parametrize(
    "extra",
    [{"roles": ["admin"]}, {"roles": ["examiner", "auditor"]}, {"clearance": "confidential"}],
)
def test_an_officer_gives_no_more_than_they_hold(
    client: TestClient, officer: TestClient, login: str, extra: dict[str, Any]
) -> None:
    """Neither at the making nor later."""
    limited = bearing(TestClient(client.app), "limited", "MD", frozenset({Role.NCB_OFFICER}))
    client.patch("/v1/users/limited@md", json={"clearance": "official"})
    response = limited.post("/v1/users", json={**ORDER, "login": login, **extra})
    assert is_problem(response, 403, "forbidden")
    path = limited.post("/v1/users", json={**ORDER, "login": login}).headers["location"]
    assert is_problem(limited.patch(path, json=extra), 403, "forbidden")


def test_nobody_raises_themselves(officer: TestClient) -> None:
    """One's own account is for others to change."""
    response = officer.patch("/v1/users/officer@md", json={"clearance": "official"})
    assert is_problem(response, 403, "forbidden")
    assert is_problem(officer.post("/v1/users/officer@md/disable"), 403, "forbidden")


@pytest.mark.parametrize(
    "extra", [{"id": "x"}, {"active": True}, {"scopes": ["admin"]}, {"ncb": "DE"}, {"secret": "x"}]
)
def test_undeclared_fields_are_refused(officer: TestClient, extra: dict[str, Any]) -> None:
    """What an account is made of cannot be slipped in."""
    assert is_problem(officer.post("/v1/users", json={**ORDER, **extra}), 422, "invalid")
    assert is_problem(officer.patch("/v1/users/a@md", json=extra), 422, "invalid")


@pytest.mark.parametrize("user_id", ["%00", "%F0%9F%92%A9", "a%2Fb", "'", "x" * 300, "A@MD"])
def test_strange_ids_are_nobody(officer: TestClient, user_id: str) -> None:
    """They reach neither the database nor the chain."""
    assert officer.get(f"/v1/users/{user_id}").status_code == 404


def test_bureaus_are_shown_and_added_to(client: TestClient, officer: TestClient) -> None:
    """An NCB's officer adds sub-bureaus to it alone."""
    everyone = officer.get("/v1/bureaus").json()["bureaus"]
    assert {"IPSG", "CCC", "NA"} <= {one["code"] for one in everyone}
    order = {"suffix": "EA", "name": "Invented territory"}
    made = officer.post("/v1/bureaus/MD/sub-bureaus", json=order)
    assert (made.status_code, made.json()["code"]) == (201, "MD-EA")
    assert officer.get(made.headers["location"]).json()["parent"] == "MD"
    assert officer.get("/v1/bureaus/md").json()["sub_bureaus"] == [made.json()]
    assert is_problem(officer.post("/v1/bureaus/DE/sub-bureaus", json=order), 403, "forbidden")
    assert is_problem(officer.get("/v1/bureaus/%00"), 404, "not-found")


def test_acts_are_in_the_chain_by_their_officer(
    officer: TestClient, service: Service, login: str
) -> None:
    """With the bureau, and the reason that the header gives."""
    headers = {"Whorl-Purpose": "administration", "Whorl-Case-Ref": "hr-7"}
    officer.post("/v1/users", json={**ORDER, "login": login}, headers=headers)
    with service.catalogue.reading() as connection:
        row = connection.execute(audit.select().where(audit.c.subject == f"{login}@md")).one()
    assert (row.actor, row.ncb, row.action) == ("officer@md", "MD", "user.add")
    assert (row.purpose, row.case_ref) == ("administration", "hr-7")


def test_no_answer_holds_a_hash(officer: TestClient) -> None:
    """What is kept of passwords stays there."""
    assert "argon2" not in officer.get("/v1/users").text
    assert with_token(officer, None).get("/v1/users").status_code == 401
