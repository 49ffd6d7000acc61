"""Searching over HTTP, answered at once."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from api.service import Service
from engine.asker import Asker
from engine.noticeboard.importing import publish_notices
from engine.notices import Colour, Notice
from http_support import is_problem, picture, upload

Enrol = Callable[[str, int], int]


def search(client: TestClient, level: int, **form: str) -> dict:
    """The answer to a form."""
    response = client.post("/v1/searches", data=form, files=[upload(picture(level))])
    assert response.status_code == 200, response.text
    return response.json()


def test_a_mate_is_found(client: TestClient, person: str, enrol: Enrol) -> None:
    """The enrolled finger is at rank 1, with what explains it and where to go on."""
    number = enrol(person, 11)
    best = search(client, 11)["candidates"][0]
    assert (best["rank"], best["person"]["id"], best["ncb"], best["region"]) == (
        1, person, "FR", "Europe",
    )  # fmt: skip
    assert best["_links"]["self"]["href"] == f"/v1/persons/{person}"
    assert best["fingers"][0]["print_id"] == number
    assert best["fingers"][0]["_links"]["image"]["href"] == f"/v1/prints/{number}/image"
    assert best["score"] > 0.5
    assert len(best["pairs"]) > 20
    assert abs(best["transform"]["rotation"]) < 0.05


def test_json_and_form_answer_alike(client: TestClient, person: str, enrol: Enrol) -> None:
    """The same search in the other form gives the same candidates."""
    enrol(person, 12)
    order = {
        "image": base64.b64encode(picture(12)).decode(),
        "regions": ["Europe"],
        "finger": "right_index",
        "top": 3,
    }
    by_json = client.post("/v1/searches", json=order).json()
    by_form = search(client, 12, regions="Europe", finger="right_index", top="3")
    assert by_json["candidates"] == by_form["candidates"]
    assert len(by_json["candidates"]) <= 3


def test_an_answer_tells_what_was_searched(client: TestClient) -> None:
    """Probe, shards, numbers, times and the reminder of what a candidate is."""
    answer = search(client, 13, regions="africa,europe")
    assert answer["shards_searched"] == ["africa-tp", "europe-tp"]
    assert answer["shards_failed"] == []
    assert answer["probe"]["extractor"] == "test-1"
    assert set(answer["probe"]["minutiae"][0]) == {"x", "y", "direction", "type", "quality"}
    assert {"read", "extract", "shortlist", "compare", "rank"} <= set(answer["times"])
    assert "not an identification" in answer["note"]


def test_other_regions_and_fingers_are_left_out(
    client: TestClient, person: str, enrol: Enrol
) -> None:
    """A European index finger is no candidate for Africa, nor for a thumb."""
    enrol(person, 14)
    assert not search(client, 14, regions="Africa")["candidates"]
    thumbs = search(client, 14, finger="left_thumb")["candidates"]
    assert person not in [one["person"]["id"] for one in thumbs]


def test_notices_are_linked(
    client: TestClient, service: Service, person: str, enrol: Enrol, asker: Asker
) -> None:
    """A candidate's published notices are links that can be followed."""
    enrol(person, 15)
    notice = Notice(Colour.RED, "2024/12345", "FR", person_id=person, fields={"name": "ESSAI"})
    assert not publish_notices(service.catalogue, [notice], asker)
    (link,) = search(client, 15)["candidates"][0]["_links"]["notices"]
    assert link == {
        "href": "/v1/notices/red/2024-12345",
        "colour": "red",
        "entity_id": "2024/12345",
        "title": "Red notice 2024/12345, ESSAI",
    }
    assert client.get(link["href"]).json()["name"] == "ESSAI"


def test_the_reason_reaches_the_audit_chain(client: TestClient, service: Service) -> None:
    """Purpose and case of the body count before those of the headers."""
    headers = {"Whorl-Purpose": "elimination", "Whorl-Case-Ref": "case-h"}
    said = {"purpose": "investigation"}
    client.post("/v1/searches", data=said, files=[upload(picture(16))], headers=headers)
    with service.catalogue.reading() as connection:
        last = connection.exec_driver_sql(
            "SELECT actor, action, purpose, case_ref FROM audit ORDER BY number DESC LIMIT 1"
        ).one()
    assert tuple(last) == ("tester@fr", "search", "investigation", "case-h")


@pytest.mark.parametrize(
    "form",
    [{"finger": "sixth"}, {"regions": "Atlantis"}, {"regions": ""}, {"finger": "11"}],
)
def test_unknown_values_are_named(client: TestClient, form: dict[str, str]) -> None:
    """An unknown finger or region is a 400 that lists the known ones; empty means all."""
    response = client.post("/v1/searches", data=form, files=[upload(picture(17))])
    if form == {"regions": ""}:
        assert response.status_code == 200
    else:
        assert is_problem(response, 400, "bad-request")
        assert "known are" in response.json()["detail"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"top": "0"}, "top"),
        ({"top": "101"}, "top"),
        ({"top": "many"}, "top"),
        ({"ppi": "fine"}, "ppi"),
        ({"owner_ncb": "FR"}, "owner_ncb"),
        ({"score": "1"}, "score"),
        ({"purpose": "curiosity"}, "purpose"),
    ],
)
def test_values_that_do_not_fit_are_named(
    client: TestClient, form: dict[str, str], field: str
) -> None:
    """A malformed, oversized or undeclared field is a 422 that names it."""
    response = client.post("/v1/searches", data=form, files=[upload(picture(17))])
    assert is_problem(response, 422, "invalid")
    assert [one["field"] for one in response.json()["errors"]] == [field]


def test_a_field_that_comes_twice_is_refused(client: TestClient) -> None:
    """Which of the regions counts would be a guess; a list of none is no scope either."""
    form = {"regions": ["Europe", "Africa"]}
    response = client.post("/v1/searches", data=form, files=[upload(picture(17))])
    assert is_problem(response, 400, "bad-request")
    empty = {"image": base64.b64encode(picture(17)).decode(), "regions": []}
    assert is_problem(client.post("/v1/searches", json=empty), 422, "invalid")


def test_a_search_takes_images_in_their_field(client: TestClient) -> None:
    """None, more than ten, or a file in another field are refused."""
    many = [upload(picture(17)) for _ in range(11)]
    for files in ([], many, [("photo", ("a.png", picture(17)))]):
        response = client.post("/v1/searches", files=files or {"top": (None, "5")})
        assert is_problem(response, 400, "bad-request")


def test_several_fingers_are_searched_together(
    client: TestClient, person: str, enrol: Enrol
) -> None:
    """Two prints of one person, each with its finger, by form and by JSON."""
    enrol(person, 21)
    two = [upload(picture(21)), upload(picture(22))]
    form = {"finger": ["right_index", "left_index"]}
    answer = client.post("/v1/searches", data=form, files=two).json()
    assert answer["candidates"][0]["person"]["id"] == person
    assert len(answer["others"]) == 1
    first, second = (base64.b64encode(picture(level)).decode() for level in (21, 22))
    others = [{"image": second, "finger": "left_index"}]
    order = {"image": first, "finger": "right_index", "others": others}
    assert client.post("/v1/searches", json=order).json()["candidates"] == answer["candidates"]


def test_each_of_several_prints_names_its_finger(client: TestClient) -> None:
    """Without fingers, with one for two prints, or with one twice, nothing is searched."""
    two = [upload(picture(17)), upload(picture(18))]
    assert is_problem(client.post("/v1/searches", files=two), 422, "invalid")
    for fingers in (["left_index"], ["left_index", "left_index"]):
        response = client.post("/v1/searches", data={"finger": fingers}, files=two)
        assert is_problem(response, 400, "bad-request")


@pytest.mark.parametrize(
    ("media", "content", "status", "slug"),
    [
        ("text/plain", b"x", 415, "unknown-media"),
        ("application/json", b"{", 400, "unparsable"),
        ("application/json", b"[" * 100_000, 400, "unparsable"),
        ("application/json", b"[]", 422, "invalid"),
        ("application/json", b'{"image": "not base64!"}', 422, "invalid"),
        ("application/json", b"{}", 400, "bad-request"),
        ("multipart/form-data", b"x", 400, "unparsable"),
        ("multipart/form-data; boundary=x", b"nonsense", 400, "unparsable"),
    ],
)
def test_bodies_that_cannot_be_read(
    client: TestClient, media: str, content: bytes, status: int, slug: str
) -> None:
    """What is neither JSON nor a form, or only pretends to be, is a problem of its own kind."""
    response = client.post("/v1/searches", content=content, headers={"Content-Type": media})
    assert is_problem(response, status, slug)


def test_what_was_given_is_not_repeated(client: TestClient) -> None:
    """An answer to a wrong body holds none of it: it may be half a fingerprint."""
    response = client.post("/v1/searches", json={"image": "AAAA!SECRET", "top": "SECRET"})
    assert is_problem(response, 422, "invalid")
    assert "SECRET" not in response.text
