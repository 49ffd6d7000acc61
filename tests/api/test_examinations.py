"""Examiners' cases over HTTP."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.identity.roles import Role
from http_support import await_end, bearing, is_problem, picture, upload

PLACE = {"x": 10.5, "y": 20.0, "direction": 6.2832}
PAIRS = [{"probe": PLACE, "candidate": PLACE}]
ASYNC = {"Prefer": "respond-async"}

As = Callable[..., TestClient]
Enrol = Callable[[str, int], int]


@pytest.fixture(scope="module")
def as_one(client: TestClient) -> As:
    """Clients of people by name, bureau and role."""

    def make(name: str, ncb: str = "DE", role: Role = Role.EXAMINER) -> TestClient:
        return bearing(TestClient(client.app), name, ncb, frozenset({role}))

    return make


@pytest.fixture
def order(person: str, enrol: Enrol, numbers: Iterator[int]) -> dict[str, Any]:
    """A case that can be opened about a new person of France."""
    number = next(numbers)
    return {
        "transaction_id": f"T-{number}",
        "search": {
            "transaction_id": f"S-{number}",
            "score": 0.75,
            "probe_sha256": "ab" * 32,
        },
        "person": person,
        "print_id": enrol(person, 20 + number % 200),
        "case_ref": "case-1",
    }


def opened(client: TestClient, order: dict[str, Any], **more: Any) -> str:
    """The path of a new case."""
    response = client.post("/v1/examinations", json={**order, **more})
    assert response.status_code == 201, response.text
    return response.headers["location"]


def decide(client: TestClient, path: str, conclusion: str = "identification", **more: Any) -> Any:
    """The answer to a verdict."""
    body = {
        "transaction_id": uuid.uuid4().hex,
        "conclusion": conclusion,
        "reason": "Invented.",
        "pairs": PAIRS,
        **more,
    }
    return client.post(f"{path}/{'corrections' if 'corrects' in more else 'verdicts'}", json=body)


def test_an_identification_takes_two_examiners(as_one: As, order: dict[str, Any]) -> None:
    """The first reads what is their own, the second nothing, and then both everything."""
    first, second = as_one("first"), as_one("second")
    path = opened(first, order)
    assert first.get(path).json()["status"] == "awaiting_first"
    own = decide(first, path).json()
    assert own["status"] == "awaiting_second"
    assert [one["seat"] for one in own["decisions"]] == ["first"]
    assert own["decisions"][0]["pairs"] == PAIRS
    blind = second.get(path).json()
    assert (blind["decisions"], blind["opened_by"]) == ([], None)
    done = decide(second, path).json()
    assert done["status"] == "confirmed"
    assert [one["by"]["actor"] for one in done["decisions"]] == ["first@de", "second@de"]
    assert first.get(done["_links"]["hit"]["href"]).json()["status"] == "open"


@pytest.mark.parametrize("verify_all", [False, True])
def test_the_second_gets_the_same_bytes_whatever_the_first_said(
    as_one: As, order: dict[str, Any], verify_all: bool
) -> None:
    """From the case and from the queue, for an examiner and for an officer."""
    firsts = [as_one("first"), as_one("another"), as_one("third")]
    said = ["identification", "exclusion", "inconclusive"] if verify_all else ["identification"] * 3
    seen: dict[str, set[bytes]] = {}
    for number, (first, conclusion) in enumerate(zip(firsts, said, strict=True)):
        search = {**order["search"], "transaction_id": f"B{number}-{verify_all}"}
        new = {**order, "transaction_id": f"B{number}-{verify_all}", "search": search}
        path = opened(first, new, verify_all=verify_all)
        given = decide(first, path, conclusion, reason=f"Because {number}.")
        when = given.json()["opened_at"]
        for second in (as_one("second"), as_one("officer", role=Role.NCB_OFFICER)):
            listed = second.get(f"/v1/examinations?waiting=true&person={order['person']}")
            rows = listed.json()["_embedded"]["examinations"]
            (row,) = [one for one in rows if one["search"] == f"transaction:B{number}-{verify_all}"]
            assert row == second.get(path).json()
            body = second.get(path).content.replace(path[-32:].encode(), b"ID")
            body = body.replace(f"B{number}-".encode(), b"B-").replace(when.encode(), b"WHEN")
            seen.setdefault(second.headers["authorization"], set()).add(body)
    assert all(len(bodies) == 1 for bodies in seen.values()) and len(seen) >= 2  # noqa: PT018


def test_a_candidate_is_taken_from_the_answer_of_a_job(
    as_one: As, person: str, enrol: Enrol, numbers: Iterator[int]
) -> None:
    """With the score that was shown; who states one beside it is refused."""
    first, number = as_one("first"), next(numbers)
    print_id = enrol(person, 15)
    job = first.post("/v1/searches", files=[upload(picture(15))], headers=ASYNC).json()["id"]
    answer = await_end(first, f"/v1/searches/{job}")["answer"]
    body = {
        "transaction_id": f"J-{number}",
        "search": {"job": job},
        "person": person,
        "print_id": print_id,
        "case_ref": "case-1",
    }
    for more in ({"score": 0.99}, {"transaction_id": "x"}):
        wrong = {**body, "search": {"job": job, **more}}
        assert is_problem(first.post("/v1/examinations", json=wrong), 400, "bad-request")
    path = opened(first, body)
    shown = [one for one in answer["candidates"] if one["person"]["id"] == person]
    assert first.get(path).json()["score"] == shown[0]["fingers"][0]["score"]
    assert first.get(path).json()["search"] == f"job:{job}"
    assert opened(first, body) == path
    missing = {**body, "transaction_id": "x", "print_id": 10**6}
    assert is_problem(first.post("/v1/examinations", json=missing), 404, "not-found")
    stolen = as_one("second").post("/v1/examinations", json={**body, "transaction_id": "y"})
    assert is_problem(stolen, 404, "not-found")


def test_each_finger_of_a_search_has_its_own_probe(
    client: TestClient, as_one: As, person: str
) -> None:
    """The case keeps the hash and the score of the probe that the print was compared with."""
    first, sent = as_one("first"), {"finger": ["right_index", "left_index"]}
    files = [upload(picture(230)), upload(picture(231))]
    enrolled = client.post(f"/v1/persons/{person}/encounters", data=sent, files=files).json()
    search = first.post("/v1/searches", data=sent, files=files, headers=ASYNC).json()["id"]
    assert await_end(first, f"/v1/searches/{search}")["state"] == "done"
    cases = []
    for one in enrolled["prints"]:
        body = {
            "transaction_id": f"F-{one['id']}",
            "search": {"job": search},
            "person": person,
            "print_id": one["id"],
            "case_ref": "case-1",
        }
        cases.append(first.get(opened(first, body)).json())
    assert len({one["probe_sha256"] for one in cases}) == 2
    assert all(one["score"] > 0.5 for one in cases)


def test_the_same_transaction_does_it_once(as_one: As, order: dict[str, Any]) -> None:
    """Opening and deciding; another content under the same id is a conflict."""
    first = as_one("first")
    path = opened(first, order)
    assert opened(first, order) == path
    changed = first.post("/v1/examinations", json={**order, "verify_all": True})
    assert is_problem(changed, 409, "conflict")
    one = decide(first, path, transaction_id=f"V{path[-8:]}")
    again = decide(first, path, transaction_id=f"V{path[-8:]}")
    assert (one.status_code, again.json()) == (200, one.json())
    other = decide(first, path, "exclusion", transaction_id=f"V{path[-8:]}")
    assert is_problem(other, 409, "conflict")


def test_a_conflict_is_settled_by_a_supervisor(as_one: As, order: dict[str, Any]) -> None:
    """Who reads both sides; an examiner is refused, and so are the two."""
    first, second, third = as_one("first"), as_one("second"), as_one("third")
    officer = as_one("officer", role=Role.NCB_OFFICER)
    path = opened(first, order)
    decide(first, path)
    conflict = decide(second, path, "exclusion").json()
    assert conflict["status"] == "in_conflict"
    assert [one["seat"] for one in conflict["decisions"]] == ["second"]
    for who in (first, second, third):
        assert is_problem(decide(who, path, "inconclusive"), 403, "forbidden")
    assert len(officer.get(path).json()["decisions"]) == 2
    settled = decide(officer, path, "exclusion").json()
    assert settled["status"] == "not_confirmed"
    assert settled["_links"]["hit"] is None
    assert is_problem(decide(third, path), 409, "conflict")


def test_a_correction_names_the_old_decision(as_one: As, order: dict[str, Any]) -> None:
    """And nobody corrects another's."""
    first, second = as_one("first"), as_one("second")
    path = opened(first, order)
    decide(first, path)
    decide(second, path)
    assert is_problem(decide(first, path, "exclusion", corrects=2), 409, "conflict")
    corrected = decide(second, path, "exclusion", corrects=2).json()
    assert corrected["status"] == "in_conflict"
    assert [one["corrects"] for one in corrected["decisions"]] == [None, 2]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "confirmed"),
        ("ncb", "FR"),
        ("owner", "DE"),
        ("opened_by", "other@de"),
        ("score", 0.99),
        ("decisions", []),
    ],
)
def test_nobody_states_what_is_not_theirs_to_state(
    as_one: As, order: dict[str, Any], field: str, value: object
) -> None:
    """Fields of the record are none of the order."""
    answer = as_one("first").post("/v1/examinations", json={**order, field: value})
    assert is_problem(answer, 422, "invalid")


def test_a_verdict_states_no_seat_and_no_name(as_one: As, order: dict[str, Any]) -> None:
    """They follow from the case and from the token."""
    first = as_one("first")
    path = opened(first, order)
    for field in ("seat", "actor", "by", "number", "status"):
        assert is_problem(decide(first, path, **{field: "supervisor"}), 422, "invalid")
    wrong = decide(first, path, pairs=[])
    assert is_problem(wrong, 400, "bad-request")
    assert "marks the minutiae" in wrong.json()["detail"]


@pytest.mark.parametrize(
    ("change", "status", "slug"),
    [
        ({"case_ref": None}, 400, "bad-request"),
        ({"case_ref": "a\u0000b"}, 422, "invalid"),
        ({"purpose": "curiosity"}, 422, "invalid"),
        ({"search": {}}, 400, "bad-request"),
        ({"search": {"transaction_id": "S", "score": 0.5}}, 400, "bad-request"),
        ({"transaction_id": "a b"}, 422, "invalid"),
        ({"print_id": 2**63}, 422, "invalid"),
        ({"print_id": 10**9}, 404, "not-found"),
        ({"person": "nobody"}, 404, "not-found"),
    ],
)
def test_mistakes_are_told(
    as_one: As, order: dict[str, Any], change: dict[str, Any], status: int, slug: str
) -> None:
    """Purpose, case reference, search, ids and numbers."""
    answer = as_one("first").post("/v1/examinations", json={**order, **change})
    assert is_problem(answer, status, slug)


def test_half_a_character_is_no_text(as_one: As, order: dict[str, Any]) -> None:
    """It reaches no database, in a case reference as in a reason."""
    first, headers = as_one("first"), {"Content-Type": "application/json"}
    wrong = json.dumps({**order, "case_ref": "\ud800"})
    answer = first.post("/v1/examinations", content=wrong, headers=headers)
    assert is_problem(answer, 422, "invalid")
    verdict = {"transaction_id": "half", "conclusion": "exclusion", "reason": "\ud800"}
    path = f"{opened(first, order)}/verdicts"
    answer = first.post(path, content=json.dumps(verdict), headers=headers)
    assert is_problem(answer, 422, "invalid")


def test_another_bureaus_case_is_none(as_one: As, order: dict[str, Any]) -> None:
    """By every path to it, for the owner of the record as well."""
    path = opened(as_one("first"), order)
    texts = set()
    for ncb, role in (("FR", Role.NCB_OFFICER), ("JP", Role.EXAMINER)):
        stranger = as_one("stranger", ncb, role)
        for place in (path, f"/v1/examinations/{'0' * 32}"):
            answers = [
                stranger.get(place),
                decide(stranger, place),
                decide(stranger, place, corrects=1),
            ]
            assert all(is_problem(answer, 404, "not-found") for answer in answers)
            texts |= {answer.text.replace(place[-32:], "ID") for answer in answers}
        assert stranger.get("/v1/examinations").json()["total"] == 0
    assert len(texts) == 1


def test_a_hidden_candidate_takes_its_case_along(
    client: TestClient, as_one: As, order: dict[str, Any]
) -> None:
    """From the next answer on: read, listed, counted and decided it is none."""
    first = as_one("first")
    path = opened(first, order)
    query = f"/v1/examinations?person={order['person']}"
    assert first.get(query).json()["total"] == 1
    handling = f"/v1/persons/{order['person']}/handling"
    deny = {"restriction": {"mode": "DENY", "ncbs": ["DE"]}}
    tag = client.get(handling).headers["etag"]
    assert client.patch(handling, json=deny, headers={"If-Match": tag}).status_code == 200
    assert is_problem(first.get(path), 404, "not-found")
    assert is_problem(decide(first, path), 404, "not-found")
    replay = first.post("/v1/examinations", json=order)
    assert is_problem(replay, 404, "not-found")
    assert first.get(query).json()["total"] == 0


def test_a_list_has_pages_with_links(as_one: As, order: dict[str, Any]) -> None:
    """In the shape of all lists."""
    first = as_one("first", "NA")
    for number in range(3):
        search = {**order["search"], "transaction_id": f"P{number}"}
        opened(first, {**order, "transaction_id": f"P{number}", "search": search})
    page = first.get("/v1/examinations?waiting=true&resultPerPage=2").json()
    assert (page["total"], len(page["_embedded"]["examinations"])) == (3, 2)
    following = page["_links"]["next"]["href"]
    assert "waiting=True" in following or "waiting=true" in following
    assert len(first.get(following).json()["_embedded"]["examinations"]) == 1
    assert first.get("/v1/examinations?status=confirmed").json()["total"] == 0
