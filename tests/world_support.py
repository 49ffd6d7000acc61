"""A small world of records of France, of every kind that a route reads, denied to one bureau."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from engine.identity.roles import Role
from engine.notices import Colour
from http_support import bearing, make_user, picture, upload
from notice_support import FIELDS

OWNER, OTHER, DENIED = "FR", "DE", "JP"
"""Whose the records are, a bureau that may see them, and one that may not."""

DENY = {"mode": "DENY", "ncbs": [DENIED]}
PLACE = {"x": 1.0, "y": 2.0, "direction": 0.5}
LATENT_LEVEL = 130
"""Grey levels that the finger of a world's latent lies above that of its print."""

ASYNC = {"Prefer": "respond-async"}


@dataclass(frozen=True, slots=True)
class World:
    """What the paths to the records hold, by the names of the routes' parameters.

    Attributes:
        person, print_id: a person with a print.
        notice: the path of a notice about the person.
        search, enrolment: jobs of the owner's officer.
        case, hit: an examination of the owner, and a hit between it and a third bureau.
        thread: of the owner with a third bureau; its first message has an attachment.
        user: of the owner.
        latent: an unsolved latent of the owner, like nobody's print here.
        probe: that a search of the owner's officer has kept.
    """

    person: str
    print_id: int
    notice: str
    search: str
    enrolment: str
    case: str
    hit: str
    thread: str
    user: str
    latent: str
    probe: str


def as_one(client: TestClient, ncb: str, *roles: Role, name: str = "") -> TestClient:
    """A client of somebody of a bureau with these roles."""
    login = name or "-".join(role.value.replace("_", "-") for role in roles)
    return bearing(TestClient(client.app), login, ncb, frozenset(roles))


def make_world(client: TestClient, name: str, level: int, *, denied: bool = True) -> World:
    """Make the records under names of their own; the print is a picture of this grey level.

    Args:
        client: of the server.
        name: that theirs begin with.
        level: of the picture.
        denied: whether person and notice are denied to the bureau that may not see them.
    """
    officer = as_one(client, OWNER, Role.NCB_OFFICER, name="maker")
    person, print_id, enrolment = _person(officer, f"{OWNER}-{name}", level)
    notice = _notice(client, officer, person, DENY if denied else {"mode": "ALL"})
    if denied:
        restrict(officer, person)
    job = officer.post("/v1/searches", files=[upload(picture(level))], headers=ASYNC).json()["id"]
    return World(
        person,
        print_id,
        notice,
        job,
        enrolment,
        _case(officer, f"{name}-C", person, print_id),
        _hit(client, f"{name}-H", person, print_id),
        _thread(officer, f"{name}-M"),
        _user(client, name),
        _latent(officer, f"{OWNER}-{name}", level, denied=denied),
        _probe(officer, level),
    )


def restrict(officer: TestClient, person: str, ncb: str = DENIED) -> None:
    """Deny a person to a bureau."""
    path, denied = f"/v1/persons/{person}/handling", {"mode": "DENY", "ncbs": [ncb]}
    done = officer.patch(path, json={"restriction": denied}, headers=_read(officer, path))
    assert done.status_code == 200, done.text


def _read(client: TestClient, path: str) -> dict[str, str]:
    """The header of who has read a record as it stands."""
    return {"If-Match": client.get(path).headers["etag"]}


def _person(officer: TestClient, name: str, level: int) -> tuple[str, int, str]:
    """A person with a print, enrolled by a job."""
    assert officer.post("/v1/persons", json={"id": name, "ncb": OWNER}).status_code == 201
    path = f"/v1/persons/{name}/encounters"
    made = officer.post(path, files=[upload(picture(level))])
    assert made.status_code == 201, made.text
    job = officer.post(path, files=[upload(picture(level, 124))], headers=ASYNC).json()["id"]
    return name, made.json()["prints"][0]["id"], job


def _notice(
    client: TestClient, officer: TestClient, person: str, restriction: Mapping[str, Any]
) -> str:
    """A published notice about a person."""
    secretary = as_one(client, "IPSG", Role.NCB_OFFICER)
    about = {"person": person, "restriction": restriction}
    order = {"colour": "blue", "fields": FIELDS[Colour.BLUE], **about}
    path: str = officer.post("/v1/notices", json=order).headers["location"]
    finding = {"verdict": "approve", "article_2": True, "article_3": True}
    for who, act, body in (
        (officer, "steps/submit", {}),
        (secretary, "steps/take-up", {"reasons": ["Routine."]}),
        (secretary, "reviews", finding),
        (secretary, "steps/publish", {}),
    ):
        done = who.post(f"{path}/{act}", json=body, headers=_read(who, path))
        assert done.status_code == 200, done.text
    return path


def _case(client: TestClient, name: str, person: str, print_id: int) -> str:
    """Id of an examination of a client's bureau."""
    order = {
        "transaction_id": name,
        "search": {"transaction_id": name, "score": 0.5, "probe_sha256": "cd" * 32},
        "person": person,
        "print_id": print_id,
        "case_ref": "case-1",
    }
    made = client.post("/v1/examinations", json=order)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def _hit(client: TestClient, name: str, person: str, print_id: int) -> str:
    """Id of a hit of a third bureau on a person."""
    examiners = [as_one(client, "BR", Role.EXAMINER, name=one) for one in ("one", "two")]
    case = _case(examiners[0], name, person, print_id)
    for place, examiner in enumerate(examiners):
        verdict = {
            "transaction_id": f"{name}-{place}",
            "conclusion": "identification",
            "reason": "Invented.",
            "pairs": [{"probe": PLACE, "candidate": PLACE}],
        }
        done: Any = examiner.post(f"/v1/examinations/{case}/verdicts", json=verdict).json()
    return str(done["_links"]["hit"]["href"].rpartition("/")[2])


def _thread(officer: TestClient, name: str) -> str:
    """Id of a thread with a third bureau."""
    file = {"name": "note.txt", "media_type": "text/plain", "content": "aGVsbG8="}
    order = {"transaction_id": name, "text": "A text.", "to": ["BR"], "subject": "A case"}
    made = officer.post("/v1/messages", json={**order, "attachments": [file]})
    assert made.status_code == 201, made.text
    return str(made.headers["location"].rpartition("/")[2])


def _user(client: TestClient, name: str) -> str:
    """Id of an investigator of the owner."""
    login = f"user-{name.lower().replace('_', '-')}"
    catalogue = client.app.state.service.catalogue  # type: ignore[attr-defined]
    return make_user(catalogue, login, OWNER, frozenset({Role.INVESTIGATOR})).id


def _latent(officer: TestClient, name: str, level: int, *, denied: bool) -> str:
    """Id of a latent: a picture of a grey level of its own."""
    form = {"id": name, "case_ref": "case-1", "note": "Invented."}
    if denied:
        form["restriction"] = json.dumps(DENY)
    made = officer.post("/v1/latents", data=form, files=[upload(picture(level + LATENT_LEVEL))])
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def _probe(officer: TestClient, level: int) -> str:
    """Id of a kept probe."""
    form = {"store_probe": "true"}
    sent = officer.post("/v1/searches", data=form, files=[upload(picture(level))])
    assert sent.status_code == 200, sent.text
    return str(sent.json()["kept_probe"])
