"""Hits over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.identity.roles import Role
from http_support import bearing, is_problem

PLACE = {"x": 1.0, "y": 2.0, "direction": 0.5}

As = Callable[..., TestClient]


@pytest.fixture(scope="module")
def as_one(client: TestClient) -> As:
    """Clients of officers, or of people with another role."""

    def make(ncb: str, role: Role = Role.NCB_OFFICER, name: str = "officer") -> TestClient:
        login = f"{name}-{role.value.replace('_', '-')}"
        return bearing(TestClient(client.app), login, ncb, frozenset({role}))

    return make


@pytest.fixture
def hit(as_one: As, person: str, enrol: Callable[[str, int], int], numbers: Iterator[int]) -> str:
    """The path of a hit of Germany on a person of France."""
    number = next(numbers)
    order = {
        "transaction_id": f"H-{number}",
        "search": {"transaction_id": f"H-{number}", "score": 0.5, "probe_sha256": "cd" * 32},
        "person": person,
        "print_id": enrol(person, 20 + number % 200),
        "case_ref": "case-1",
    }
    examiners = [as_one("DE", Role.EXAMINER, name) for name in ("one", "two")]
    path = examiners[0].post("/v1/examinations", json=order).headers["location"]
    for place, examiner in enumerate(examiners):
        verdict = {
            "transaction_id": f"H-{number}-{place}",
            "conclusion": "identification",
            "reason": "Invented.",
            "pairs": [{"probe": PLACE, "candidate": PLACE}],
        }
        case = examiner.post(f"{path}/verdicts", json=verdict).json()
    return case["_links"]["hit"]["href"]


def step(client: TestClient, path: str, what: str, reason: str = "Invented.") -> Any:
    """The answer to a step."""
    return client.post(f"{path}/steps/{what}", json={"reason": reason})


def test_owner_and_asker_read_a_hit(as_one: As, hit: str) -> None:
    """The search is told to the asker alone, examiners to neither; the CCC reads it too."""
    asking, owner = as_one("DE").get(hit).json(), as_one("FR").get(hit).json()
    assert (owner["ncb"], owner["owner"], owner["status"]) == ("DE", "FR", "open")
    assert owner["search"] is None
    assert asking["search"].startswith("transaction:H-")
    assert "examiner" not in as_one("FR").get(hit).text
    assert as_one("CCC", Role.CCC_OPERATOR).get(hit).json()["search"] is None


def test_both_bureaus_get_the_news(as_one: As, hit: str) -> None:
    """In their inbox of hits; who reads it first is named."""
    for ncb in ("DE", "FR"):
        reader = as_one(ncb)
        inbox = reader.get("/v1/hits/inbox?unread=true").json()
        entry = inbox["_embedded"]["entries"][0]
        assert (entry["act"], entry["_links"]["hit"]["href"]) == ("open", hit)
        read = reader.post(entry["_links"]["read"]["href"]).json()
        assert read["read_by"].startswith("officer")
        left = reader.get("/v1/hits/inbox?unread=true").json()
        assert left["total"] == inbox["total"] - 1
        stranger = as_one("JP").post(entry["_links"]["read"]["href"])
        assert is_problem(stranger, 404, "not-found")


def test_the_owner_confirms_and_either_closes(as_one: As, hit: str) -> None:
    """The asker cannot confirm; a closed hit takes no step."""
    asking, owner = as_one("DE"), as_one("FR")
    assert is_problem(step(asking, hit, "confirm"), 403, "forbidden")
    assert step(owner, hit, "confirm").json()["status"] == "confirmed"
    closed = step(asking, hit, "close").json()
    assert [(one["act"], one["ncb"]) for one in closed["changes"]] == [
        ("open", "DE"),
        ("confirm", "FR"),
        ("close", "DE"),
    ]
    assert is_problem(step(owner, hit, "refuse"), 409, "conflict")


def test_steps_of_the_examination_are_nobodys(as_one: As, hit: str) -> None:
    """A hit is withdrawn by a correction of the verdicts alone; no other step is known."""
    for what in ("withdraw", "reopen"):
        assert is_problem(step(as_one("FR"), hit, what), 403, "forbidden")
    assert is_problem(step(as_one("FR"), hit, "open"), 422, "invalid")
    assert is_problem(step(as_one("FR", Role.EXAMINER), hit, "confirm"), 403, "forbidden")
    assert is_problem(step(as_one("FR"), hit, "refuse", ""), 400, "bad-request")


def test_others_find_none(as_one: As, hit: str) -> None:
    """404 as for a hit that never was, and an empty list."""
    for ncb, role in (("JP", Role.NCB_OFFICER), ("IPSG", Role.NCB_OFFICER)):
        stranger = as_one(ncb, role)
        assert is_problem(stranger.get(hit), 404, "not-found")
        assert is_problem(step(stranger, hit, "confirm"), 404, "not-found")
        assert stranger.get("/v1/hits").json()["total"] == 0
        missing = stranger.get(f"/v1/hits/{'0' * 32}").text.replace("0" * 32, "ID")
        assert stranger.get(hit).text.replace(hit[-32:], "ID") == missing


def test_nobody_states_what_is_not_theirs_to_state(as_one: As, hit: str) -> None:
    """A step takes a reason and nothing else."""
    body = {"reason": "Invented.", "owner": "DE", "status": "closed"}
    answer = as_one("FR").post(f"{hit}/steps/refuse", json=body)
    assert is_problem(answer, 422, "invalid")


def test_a_denied_bureau_loses_the_hit(client: TestClient, as_one: As, hit: str) -> None:
    """From the next answer on, in list, inbox and statistics as well."""
    asking = as_one("DE")
    before = {path: asking.get(path).json()["total"] for path in LISTS}
    person = asking.get(hit).json()["person"]
    handling = f"/v1/persons/{person}/handling"
    deny = {"restriction": {"mode": "DENY", "ncbs": ["DE"]}}
    tag = client.get(handling).headers["etag"]
    assert client.patch(handling, json=deny, headers={"If-Match": tag}).status_code == 200
    assert is_problem(asking.get(hit), 404, "not-found")
    for path in LISTS:
        assert asking.get(path).json()["total"] == before[path] - 1
    assert client.get(hit).status_code == 200


LISTS = ("/v1/hits", "/v1/hits/inbox", "/v1/hits/statistics")


def test_hits_are_counted(as_one: As, hit: str) -> None:
    """By day and pair of regions; the secretariat counts all, another bureau none."""
    day = datetime.now(UTC).date().isoformat()
    path = f"/v1/hits/statistics?from={day}&to={day}"
    counted = as_one("IPSG").get(path).json()
    assert counted["total"] == as_one("FR").get(path).json()["total"] >= 1
    (row,) = counted["counts"]
    assert (row["day"], row["asking_region"], row["owner_region"]) == (day, "Europe", "Europe")
    assert as_one("JP").get(path).json()["counts"] == []
    assert as_one("JP").get("/v1/hits/statistics").json()["to"] == day
    for wrong in ("from=2026-02-01&to=2026-01-01", "from=2020-01-01&to=2026-01-01"):
        assert is_problem(as_one("FR").get(f"/v1/hits/statistics?{wrong}"), 400, "bad-request")
    assert as_one("FR").get("/v1/hits/statistics?to=0001-01-01").status_code == 200


def test_a_list_has_pages_with_links(as_one: As, hit: str) -> None:
    """In the shape of all lists."""
    page = as_one("FR").get("/v1/hits?status=open&resultPerPage=1").json()
    assert page["total"] >= 1
    assert page["_embedded"]["hits"][0]["_links"]["self"]["href"] == hit
    assert page["_links"]["last"]["href"].startswith("/v1/hits?")


def test_a_hit_has_a_thread(as_one: As, hit: str) -> None:
    """Between its two bureaus and the CCC, behind a link of the hit."""
    asking, owner = as_one("DE"), as_one("FR")
    thread = owner.get(hit).json()["_links"]["messages"]["href"]
    body = {"transaction_id": f"t-{hit[-20:]}", "text": "Whom have you got?"}
    assert owner.post(f"{thread}/replies", json=body).status_code == 201
    for reader in (asking, as_one("CCC", Role.CCC_OPERATOR)):
        page = reader.get(thread).json()
        assert page["thread"]["_links"]["hit"]["href"] == hit
        assert page["_embedded"]["messages"][0]["text"] == "Whom have you got?"
    for ncb in ("JP", "IPSG"):
        assert is_problem(as_one(ncb).get(thread), 404, "not-found")
