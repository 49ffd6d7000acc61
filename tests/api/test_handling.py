"""Who may see whose records, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from http_support import await_end, bearing, is_problem, picture, upload

DENY = {"restriction": {"mode": "DENY", "ncbs": ["DE"]}}


def stranger(client: TestClient) -> TestClient:
    """A client of another bureau on the same server."""
    return bearing(TestClient(client.app), "stranger", "DE")


def restrict(client: TestClient, person: str) -> None:
    """Deny a person to the other bureau."""
    path = f"/v1/persons/{person}/handling"
    tag = client.get(path).headers["etag"]
    assert client.patch(path, json=DENY, headers={"If-Match": tag}).status_code == 200


def test_a_denied_record_is_none(
    client: TestClient, person: str, enrol: Callable[[str, int], int]
) -> None:
    """By every path to it; a stored answer that held it loses it too."""
    number, other = enrol(person, 140), stranger(client)
    files = [upload(picture(140))]
    job = other.post("/v1/searches", files=files, headers={"Prefer": "respond-async"})
    place = job.headers["location"]
    assert await_end(other, place)["answer"]["candidates"][0]["person"]["id"] == person
    restrict(client, person)
    for path in (f"persons/{person}", f"persons/{person}/handling", f"prints/{number}"):
        assert is_problem(other.get(f"/v1/{path}"), 404, "not-found")
    assert is_problem(other.get(f"/v1/prints/{number}/image"), 404, "not-found")
    sent = other.post(f"/v1/persons/{person}/encounters", files=files)
    assert is_problem(sent, 404, "not-found")
    assert person not in other.get(place).text
    assert person not in other.post("/v1/searches", files=files).text
    assert client.get(f"/v1/persons/{person}").status_code == 200


def test_only_the_owner_changes(client: TestClient, person: str) -> None:
    """Another bureau is refused, so is a version that is past, and a field that is none."""
    path, current = f"/v1/persons/{person}/handling", {"If-Match": '"1"'}
    refused = stranger(client).patch(path, json=DENY, headers=current)
    assert is_problem(refused, 403, "forbidden")
    restrict(client, person)
    assert is_problem(client.patch(path, json=DENY, headers=current), 412, "stale")
    strange = client.patch(path, json={"owner_ncb": "DE"}, headers=current)
    assert is_problem(strange, 422, "invalid")


def test_a_nul_is_no_path(client: TestClient) -> None:
    """It reaches no database."""
    assert is_problem(client.get("/v1/persons/%00"), 404, "not-found")


def test_a_print_is_hidden_alone(
    client: TestClient, person: str, enrol: Callable[[str, int], int]
) -> None:
    """Its person stays, and a search finds what is left; only what a print has can be changed."""
    number, other = enrol(person, 141), stranger(client)
    shown, path = enrol(person, 142), f"/v1/prints/{number}/handling"
    tag = client.get(path).headers["etag"]
    assert is_problem(other.patch(path, json=DENY, headers={"If-Match": tag}), 403, "forbidden")
    done = client.patch(path, json=DENY, headers={"If-Match": tag})
    assert (done.status_code, done.json()["restriction"]) == (200, DENY["restriction"])
    for hidden in (f"/v1/prints/{number}", f"/v1/prints/{number}/image", path):
        assert is_problem(other.get(hidden), 404, "not-found")
    assert [one["id"] for one in other.get(f"/v1/persons/{person}").json()["prints"]] == [shown]
    assert (
        f'"print_id":{number},' not in other.post("/v1/searches", files=[upload(picture(141))]).text
    )
    tag = done.headers["etag"]
    strange = client.patch(path, json={"status": "witness"}, headers={"If-Match": tag})
    assert is_problem(strange, 422, "invalid")
