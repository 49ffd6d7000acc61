"""Modes of a search over HTTP, decisions by rule, and kept probes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from engine.identity.roles import Role
from engine.settings import Settings
from http_support import (
    FakeExtractor,
    await_end,
    bearing,
    is_problem,
    make_settings,
    picture,
    upload,
)
from latent_http_support import add, marks
from world_support import ASYNC, as_one

Enrol = Callable[[str, int], int]


def search(client: TestClient, **order: Any) -> dict[str, Any]:
    """The answer to a search as JSON."""
    sent = client.post("/v1/searches", json=order)
    assert sent.status_code == 200, sent.text
    found: dict[str, Any] = sent.json()
    return found


def test_marked_minutiae_find_a_person(client: TestClient, person: str, enrol: Enrol) -> None:
    """As JSON, and in a form as text."""
    enrol(person, 40)
    found = search(client, mode="LT-TP", minutiae=marks(40))
    form = {"mode": "LT-TP", "minutiae": json.dumps(marks(40))}
    same = client.post("/v1/searches", data=form, files=[upload(picture(40, 800))]).json()
    for answer in (found, same):
        best = answer["candidates"][0]
        assert (best["person"]["id"], best["calibrated"]) == (person, None)
        assert (answer["mode"], answer["latents"]) == ("LT-TP", [])
        assert answer["probe"]["extractor"] == "examiner-1"


def test_a_print_finds_a_latent(client: TestClient) -> None:
    """As a latent, which is no person; its case is told to its owner alone."""
    made = add(client, minutiae=marks(41))
    german = as_one(client, "DE", Role.INVESTIGATOR)
    for asker, case in ((client, "case-1"), (german, None)):
        sent = asker.post("/v1/searches", data={"mode": "TP-UL"}, files=[upload(picture(41))])
        answer = sent.json()
        best = answer["latents"][0]
        assert (best["id"], best["ncb"], best["case_ref"]) == (made["id"], "FR", case)
        assert (answer["candidates"], answer["shards_searched"][0]) == ([], "africa-ul")


def test_a_latent_on_record_is_searched_by_its_id(
    client: TestClient, person: str, enrol: Enrol
) -> None:
    """Against persons, and against other latents."""
    enrol(person, 42)
    made, other = add(client, minutiae=marks(42)), add(client, minutiae=marks(42))
    found = search(client, mode="LT-TP", latent_id=made["id"])
    assert found["candidates"][0]["person"]["id"] == person
    found = search(client, mode="LT-LT", latent_id=made["id"])
    ids = [one["id"] for one in found["latents"]]
    assert (ids[0], made["id"] in ids) == (other["id"], False)
    gone = client.post("/v1/searches", json={"mode": "LT-LT", "latent_id": "FR-none"})
    assert is_problem(gone, 404, "not-found")


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"mode": "LT-TP", "minutiae": marks(43), "latent_id": "FR-1"},
        {"latent_id": "FR-1"},
        {"minutiae": marks(43)},
        {"mode": "LT-TP", "minutiae": marks(43), "decision": "lights_out"},
        {"mode": "LT-TP", "latent_id": "FR-1", "store_probe": True},
    ],
)
def test_a_probe_must_fit_its_mode(client: TestClient, order: dict[str, Any]) -> None:
    """What does not is refused with a reason."""
    assert is_problem(client.post("/v1/searches", json=order), 400, "bad-request")


def test_a_rule_says_with_its_numbers_what_it_finds(client: TestClient) -> None:
    """Without a calibration it leaves everything to people; candidates alone are the default."""
    form = {"decision": "lights_out", "fmr": "0.0001"}
    said = client.post("/v1/searches", data=form, files=[upload(picture(44))]).json()["decision"]
    assert (said["outcome"], said["fmr"], said["hit_score"]) == ("undecided", 1e-4, None)
    plain = client.post("/v1/searches", files=[upload(picture(44))]).json()
    assert plain["decision"] is None


def test_a_job_answers_in_every_mode(client: TestClient) -> None:
    """And leaves out a latent that was hidden since."""
    german = as_one(client, "DE", Role.NCB_OFFICER)
    made = add(german, minutiae=marks(45))
    order = {"mode": "LT-LT", "minutiae": marks(45)}
    sent = client.post("/v1/searches", json=order, headers=ASYNC)
    path = sent.headers["location"]
    before = await_end(client, path)["answer"]
    assert before["latents"][0]["id"] == made["id"]
    there = f"/v1/latents/{made['id']}/handling"
    tag = {"If-Match": german.get(there).headers["etag"]}
    german.patch(there, json={"restriction": {"mode": "DENY", "ncbs": ["FR"]}}, headers=tag)
    after = client.get(path).json()["answer"]
    assert made["id"] not in json.dumps(after)
    assert [one["rank"] for one in after["latents"]] == list(range(1, len(after["latents"]) + 1))
    assert after["searched"] == before["searched"] - 1


def test_a_probe_is_kept_if_asked_for(client: TestClient) -> None:
    """For the own bureau alone, with who, why and until when."""
    form = {"store_probe": "true", "case_ref": "case-7"}
    sent = client.post("/v1/searches", data=form, files=[upload(picture(46))]).json()
    path = f"/v1/probes/{sent['kept_probe']}"
    kept = client.get(path).json()
    assert (kept["actor"], kept["case_ref"], kept["mode"]) == ("tester@fr", "case-7", "TP-TP")
    assert len(kept["prints"][0]["minutiae"]) == 40
    assert client.get(kept["prints"][0]["image"]["href"]).headers["content-type"] == "image/png"
    german = as_one(client, "DE", Role.NCB_OFFICER)
    assert german.get(path).status_code == 404
    assert german.get("/v1/probes").json()["total"] == 0
    assert client.get("/v1/probes").json()["total"] >= 1


def test_probes_are_dropped_otherwise(client: TestClient, tmp_path: Any) -> None:
    """If nobody asks, and where the server keeps none."""
    sent = client.post("/v1/searches", files=[upload(picture(47))]).json()
    assert sent["kept_probe"] is None
    settings: Settings = make_settings(tmp_path).model_copy(update={"probe_days": 0})
    with TestClient(create_app(settings, lambda _: FakeExtractor())) as strict:
        form = {"store_probe": "true"}
        sent = bearing(strict).post("/v1/searches", data=form, files=[upload(picture(47))])
        assert is_problem(sent, 403, "forbidden")
