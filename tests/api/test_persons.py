"""Persons and their encounters."""

from __future__ import annotations

import base64

import pytest
from starlette.testclient import TestClient

from http_support import bearing, is_problem, picture, upload


def test_a_person_is_recorded_and_read(client: TestClient) -> None:
    """What was sent is what is read, with the bureau's region and links."""
    facts = {
        "id": "NA:1", "ncb": "na", "status": "suspect", "family_name": "Testova",
        "forename": "Nemesta", "sex": "F", "date_of_birth": "1980/01",
        "nationalities": ["NA", "914"],
    }  # fmt: skip
    officer = bearing(TestClient(client.app), "officer", "NA")
    made = officer.post("/v1/persons", json=facts)
    assert made.status_code == 201
    assert made.headers["location"] == "/v1/persons/NA:1"
    read = client.get(made.headers["location"]).json()
    assert {key: read[key] for key in facts} == {**facts, "ncb": "NA"}
    assert read["region"] == "Africa"
    assert read["prints"] == read["_links"]["notices"] == []
    assert read["_links"]["encounters"]["href"] == "/v1/persons/NA:1/encounters"


def test_a_duplicate_is_a_conflict(client: TestClient, person: str) -> None:
    """The id is taken, whatever the facts; what is on record stays."""
    response = client.post("/v1/persons", json={"id": person, "ncb": "FR", "sex": "F"})
    assert is_problem(response, 409, "conflict")
    assert client.get(f"/v1/persons/{person}").json()["ncb"] == "FR"


@pytest.mark.parametrize(
    ("facts", "status", "slug"),
    [
        ({"id": "p", "ncb": "XX"}, 400, "bad-request"),
        ({"id": "FR-a b", "ncb": "FR"}, 400, "bad-request"),
        ({"id": "FR-p", "ncb": "FR", "sex": "X"}, 400, "bad-request"),
        ({"id": "FR-p", "ncb": "FR", "date_of_birth": "yesterday"}, 400, "bad-request"),
        ({"id": "p", "ncb": "FR", "status": "wanted"}, 422, "invalid"),
        ({"id": "p", "ncb": "FR", "classification": 3}, 422, "invalid"),
        ({"id": "FR-p"}, 422, "invalid"),
    ],
)
def test_facts_that_do_not_fit(client: TestClient, facts: dict, status: int, slug: str) -> None:
    """Unknown bureaus and malformed or undeclared fields are refused."""
    assert is_problem(client.post("/v1/persons", json=facts), status, slug)


def test_officers_enrol_for_their_own_bureau(client: TestClient, person: str) -> None:
    """Neither a person nor a print is recorded in another's name."""
    made = client.post("/v1/persons", json={"id": "DE-1", "ncb": "DE"})
    assert is_problem(made, 403, "forbidden")
    other = bearing(TestClient(client.app), "officer", "DE")
    sent = other.post(f"/v1/persons/{person}/encounters", files=[upload(picture(59))])
    assert is_problem(sent, 403, "forbidden")


def test_broken_json_is_no_person(client: TestClient) -> None:
    """It is answered like a search's."""
    response = client.post(
        "/v1/persons", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert is_problem(response, 400, "unparsable")


def test_nobody_is_not_found(client: TestClient) -> None:
    """An unknown person is a 404, also as a place for prints."""
    assert is_problem(client.get("/v1/persons/nobody"), 404, "not-found")
    response = client.post("/v1/persons/nobody/encounters", files=[upload(picture(60))])
    assert is_problem(response, 404, "not-found")


def test_an_encounter_stores_all_its_prints(client: TestClient, person: str) -> None:
    """Repeated fields belong to the images in their order."""
    response = client.post(
        f"/v1/persons/{person}/encounters",
        data={"finger": ["left_thumb", "2"], "impression_type": ["live_rolled", "live_plain"]},
        files=[upload(picture(61)), upload(picture(62))],
    )
    assert response.status_code == 201
    made = response.json()
    assert [one["finger"] for one in made["prints"]] == ["left_thumb", "right_index"]
    read = client.get(f"/v1/persons/{person}").json()["prints"]
    assert [one["impression_type"] for one in read] == ["live_rolled", "live_plain"]
    assert {one["encounter"] for one in read} == {made["id"]}


def test_an_encounter_may_be_json(client: TestClient, person: str) -> None:
    """Prints in base64 are the same as files."""
    image = base64.b64encode(picture(63)).decode()
    order = {"prints": [{"image": image, "finger": "right_ring", "ppi": 500}]}
    response = client.post(f"/v1/persons/{person}/encounters", json=order)
    assert response.status_code == 201
    assert response.json()["prints"][0]["finger"] == "right_ring"


def test_fields_must_fit_the_images(client: TestClient, person: str) -> None:
    """Two images with three fingers could mean anything."""
    response = client.post(
        f"/v1/persons/{person}/encounters",
        data={"finger": ["1", "2", "3"]},
        files=[upload(picture(64)), upload(picture(65))],
    )
    assert is_problem(response, 400, "bad-request")
    assert "finger came 3 times" in response.json()["detail"]


@pytest.mark.parametrize("count", [0, 21])
def test_an_encounter_has_one_to_twenty_prints(client: TestClient, person: str, count: int) -> None:
    """More than ten fingers, rolled and plain, is no encounter."""
    image = base64.b64encode(picture(66)).decode()
    order = {"prints": [{"image": image}] * count}
    response = client.post(f"/v1/persons/{person}/encounters", json=order)
    assert is_problem(response, 422, "invalid")


def test_an_image_is_enrolled_once(client: TestClient, person: str, enrol) -> None:
    """Sending it again, as after a lost answer, is a conflict that stores nothing."""
    enrol(person, 67)
    twice = [upload(picture(68)), upload(picture(68))]
    for files in ([upload(picture(67))], twice):
        response = client.post(f"/v1/persons/{person}/encounters", files=files)
        assert is_problem(response, 409, "conflict")
    assert len(client.get(f"/v1/persons/{person}").json()["prints"]) == 1


def test_unknown_fingers_are_named(client: TestClient, person: str) -> None:
    """So are unknown impression types."""
    for field in ("finger", "impression_type"):
        response = client.post(
            f"/v1/persons/{person}/encounters",
            data={field: "sixth"},
            files=[upload(picture(69))],
        )
        assert is_problem(response, 400, "bad-request")
        assert "'sixth'" in response.json()["detail"]


def test_a_person_without_an_id_is_given_one(client: TestClient) -> None:
    """In the space of its bureau."""
    made = client.post("/v1/persons", json={"ncb": "FR"})
    assert made.status_code == 201
    assert made.json()["id"].startswith("FR-")
    assert client.get(made.headers["location"]).json()["id"] == made.json()["id"]


@pytest.mark.parametrize("path", ["DE-taken", "DE-free", "taken", "FRtaken"])
def test_no_bureau_tries_the_ids_of_another(client: TestClient, path: str) -> None:
    """Outside its own space it is told the same of taken and of free ids."""
    german = bearing(TestClient(client.app), "officer", "DE")
    german.post("/v1/persons", json={"id": "DE-taken", "ncb": "DE"})
    refused = client.post("/v1/persons", json={"id": path, "ncb": "FR"})
    assert is_problem(refused, 400, "bad-request")
    assert refused.json()["detail"] == (
        f"person id {path!r}: ids that FR gives begin with FR- or FR:; leave it out to be given one"
    )
