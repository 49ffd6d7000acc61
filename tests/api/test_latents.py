"""Latents over HTTP: recording, searching, alerts, and what others learn of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.service import Service
from engine.identity.roles import Role
from engine.latents.reverse import search_all_new_prints
from http_support import is_problem, picture, upload
from latent_http_support import CASE, add, marks
from world_support import as_one


def test_a_latent_is_recorded_by_its_image(client: TestClient) -> None:
    """As a form, and read back with minutiae and image."""
    form = {**CASE, "note": "Invented.", "impression_type": "latent_lift"}
    made = client.post("/v1/latents", data=form, files=[upload(picture(10))]).json()
    read = client.get(made["_links"]["self"]["href"]).json()
    assert (read["ncb"], read["case_ref"], read["note"]) == ("FR", "case-1", "Invented.")
    assert (read["status"], read["impression_type"]) == ("unsolved", "latent_lift")
    assert len(read["minutiae"]) == read["minutiae_count"] == 40
    image = client.get(made["_links"]["image"]["href"])
    assert image.headers["content-type"] == "image/png"


def test_a_latent_is_recorded_by_minutiae(client: TestClient) -> None:
    """As JSON or in a form; there is no image then."""
    made = add(client, minutiae=marks(11))
    parts = {**CASE, "minutiae": json.dumps(marks(12))}
    form = [(name, (None, value)) for name, value in parts.items()]
    other = client.post("/v1/latents", files=form)
    assert (made["extractor"], made["prints"], made["latents"]) == ("examiner-1", None, None)
    assert client.get(made["_links"]["image"]["href"]).status_code == 404
    assert other.json()["minutiae_count"] == 16


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({}, 400),
        ({"minutiae": []}, 400),
        ({"minutiae": [{"x": -1, "y": 0, "direction": 0}] * 5}, 422),
        ({"minutiae": [{"x": 1, "y": 1, "direction": 0}] * 4}, 400),
        ({"minutiae": [{"x": 1, "y": 1, "direction": 0}] * 256}, 422),
        ({"minutiae": "[[[["}, 422),
        ({"id": "DE-1", "minutiae": marks(13)}, 400),
        ({"case_ref": " ", "minutiae": marks(13)}, 400),
        ({"restriction": {"mode": "ALLOW", "ncbs": []}, "minutiae": marks(13)}, 400),
    ],
)
def test_a_bad_latent_is_refused(client: TestClient, order: dict[str, Any], status: int) -> None:
    """With a problem of its kind."""
    refused = client.post("/v1/latents", json={**CASE, **order})
    assert refused.status_code == refused.json()["status"] == status


def test_a_new_latent_is_searched_at_once_if_asked(
    client: TestClient, person: str, enrol: Callable[[str, int], int]
) -> None:
    """Against prints of persons and other latents; it does not find itself."""
    enrol(person, 20)
    first = add(client, minutiae=marks(20))
    made = add(client, minutiae=marks(20), search=True)
    assert made["prints"]["mode"] == "LT-TP"
    assert made["prints"]["candidates"][0]["person"]["id"] == person
    assert made["latents"]["mode"] == "LT-LT"
    assert made["latents"]["latents"][0]["id"] == first["id"]
    assert made["id"] not in [one["id"] for one in made["latents"]["latents"]]


def test_a_transaction_records_one_latent(client: TestClient) -> None:
    """Sent again it is answered as before; with another content it is refused."""
    order = {"minutiae": marks(21), "transaction_id": "L-21"}
    assert add(client, **order)["id"] == add(client, **order)["id"]
    other = client.post("/v1/latents", json={**CASE, **order, "note": "Another."})
    assert is_problem(other, 409, "conflict")


def test_a_solved_latent_is_in_no_search(client: TestClient) -> None:
    """It stays on record, with its reason for its owner."""
    made = add(client, minutiae=marks(22))
    end = {"status": "solved", "reason": "Invented."}
    ended = client.post(f"/v1/latents/{made['id']}/end", json=end)
    assert (ended.json()["status"], ended.json()["reason"]) == ("solved", "Invented.")
    found = client.post("/v1/searches", data={"mode": "TP-UL"}, files=[upload(picture(22))]).json()
    assert made["id"] not in [one["id"] for one in found["latents"]]
    listed = client.get("/v1/latents?status=solved&own=true").json()["_embedded"]["latents"]
    assert made["id"] in [one["id"] for one in listed]


def test_a_new_print_alerts_the_latents_owner(
    client: TestClient, service: Service, person: str, enrol: Callable[[str, int], int]
) -> None:
    """And nobody else, until it is read."""
    german = as_one(client, "DE", Role.EXAMINER)
    made = add(german, minutiae=marks(30))
    number = enrol(person, 30)
    search_all_new_prints(service.gallery)
    (alert,) = german.get("/v1/latents/alerts").json()["_embedded"]["alerts"]
    assert (alert["latent"], alert["print_id"], alert["person"]) == (made["id"], number, person)
    assert made["id"] not in client.get("/v1/latents/alerts").text
    assert client.post(alert["_links"]["read"]["href"]).status_code == 404
    assert german.post(alert["_links"]["read"]["href"]).json()["read_by"] == "examiner@de"
    assert german.get("/v1/latents/alerts?unread=true").json()["total"] == 0


def test_an_enroller_learns_nothing_of_a_hidden_latent(
    client: TestClient, service: Service, person: str, enrol: Callable[[str, int], int]
) -> None:
    """Neither by the answer, nor by accesses, the audit chain, lists or searches."""
    german = as_one(client, "DE", Role.EXAMINER)
    hidden = {"mode": "DENY", "ncbs": ["FR"]}
    made = add(german, minutiae=marks(31), restriction=hidden)
    auditor = as_one(client, "FR", Role.NCB_OFFICER, Role.AUDITOR)
    enrol(person, 31)
    search_all_new_prints(service.gallery)
    assert german.get("/v1/latents/alerts").json()["total"] >= 1
    probe = {"data": {"mode": "TP-UL"}, "files": [upload(picture(31))]}
    for answer in (
        auditor.get(f"/v1/persons/{person}/accesses"),
        auditor.get("/v1/audit?resultPerPage=160"),
        auditor.get("/v1/latents"),
        auditor.get("/v1/latents/alerts"),
        auditor.post("/v1/searches", **probe),
    ):
        assert answer.status_code == 200, answer.text
        assert made["id"] not in answer.text
    assert auditor.get(f"/v1/latents/{made['id']}").status_code == 404
    accesses = auditor.get(f"/v1/persons/{person}/accesses").text
    assert "latent" not in accesses
    assert "alert" not in accesses


def test_an_audit_row_tells_no_latent_that_was_hidden_since(client: TestClient) -> None:
    """Of a list, a search and a read of one's own bureau."""
    german = as_one(client, "DE", Role.NCB_OFFICER)
    auditor = as_one(client, "BR", Role.NCB_OFFICER, Role.AUDITOR)
    made = add(german, minutiae=marks(32))
    path = f"/v1/latents/{made['id']}"
    auditor.get(path)
    auditor.get("/v1/latents")
    auditor.post("/v1/searches", data={"mode": "TP-UL"}, files=[upload(picture(32))])
    assert auditor.get("/v1/audit").text.count(made["id"]) == 3
    tag = {"If-Match": german.get(f"{path}/handling").headers["etag"]}
    denied = {"restriction": {"mode": "DENY", "ncbs": ["BR"]}}
    assert german.patch(f"{path}/handling", json=denied, headers=tag).status_code == 200
    assert made["id"] not in auditor.get("/v1/audit?resultPerPage=160").text


def test_whoever_may_not_search_records_alone(client: TestClient, service: Service) -> None:
    """A token without the scope is told which it lacks."""
    officer = as_one(client, "FR", Role.NCB_OFFICER, name="recorder")
    narrow = TestClient(client.app)
    form = {"grant_type": "password", "username": "recorder@fr", "password": "an invented password"}
    token = narrow.post("/v1/token", data={**form, "scope": "latent read"}).json()["access_token"]
    narrow.headers["Authorization"] = f"Bearer {token}"
    order = {**CASE, "minutiae": marks(33), "search": True}
    assert narrow.post("/v1/latents", json=order).status_code == 403
    assert officer.post("/v1/latents", json=order).status_code == 201
