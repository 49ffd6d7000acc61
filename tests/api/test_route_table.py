"""Every route against every role, of the owner's bureau, of another and of a denied one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.access import ROUTES, Access
from engine.identity.roles import ROLE_SCOPES, Role
from engine.notices import Colour
from http_support import picture, upload
from notice_support import FIELDS
from world_support import DENIED, OTHER, OWNER, PLACE, World, as_one, make_world

STALE = {"If-Match": '"999"'}
"""So that a change which is allowed is not made: it ends as 412."""

CASE = {
    "transaction_id": "C",
    "search": {"transaction_id": "C", "score": 0.5, "probe_sha256": "cd" * 32},
    "person": "P",
    "print_id": 1,
    "case_ref": "case-1",
}
VERDICT = {
    "transaction_id": "V",
    "conclusion": "exclusion",
    "reason": "Invented.",
    "pairs": [{"probe": PLACE, "candidate": PLACE}],
}
AGAIN = {**VERDICT, "corrects": 9}
REPLY = {"transaction_id": "R", "text": "A text."}
CONTENT = {"fields": FIELDS[Colour.BLUE]}


@dataclass(frozen=True, slots=True)
class Row:
    """What a route answers to somebody who holds its scope.

    Attributes:
        owner, other, denied: status for people of the owner, of a bureau that may see its
            records, and of one that may not.
        json: of the request.
        file: whether the request is a form with a print.
        but: the three of roles that hold the scope and yet are told something else.
    """

    owner: int
    other: int
    denied: int
    json: Mapping[str, Any] | None = None
    file: bool = False
    but: Mapping[Role, tuple[int, int, int]] = field(default_factory=dict)

    def expected(self, role: Role) -> dict[str, int]:
        """The status by bureau."""
        told = self.but.get(role, (self.owner, self.other, self.denied))
        return dict(zip((OWNER, OTHER, DENIED), told, strict=True))


def same(status: int, **more: Any) -> Row:
    """A row of a route that answers all bureaus alike, or each with what is its own."""
    return Row(status, status, status, **more)


SEEN, OWNED, OWN = Row(200, 200, 404), Row(200, 403, 404), Row(200, 404, 404)

HANDLE = Row(412, 403, 404, {}, but={Role.SERVICE: (403, 403, 404)})
"""How a record is handled is changed by an officer of its owner, whoever else may enrol."""

USER = Row(200, 404, 404, but={Role.ADMIN: (200, 200, 200)})
"""Administrators manage the people of all bureaus."""

POWER = Row(200, 404, 404, but={Role.ADMIN: (403, 403, 403)})
"""And give nobody rights that they do not hold themselves, as a password would."""


def act(json: Mapping[str, Any]) -> Row:
    """A row of an act on a notice."""
    return Row(412, 403, 404, json)


NOTICE = "/v1/notices/{colour}/{number}"

TABLE: Mapping[tuple[str, str], Row] = {
    ("GET", "/healthz"): same(200),
    ("GET", "/readyz"): same(200),
    ("GET", "/metrics"): same(200),
    ("GET", "/.well-known/openid-configuration"): same(200),
    ("GET", "/.well-known/jwks.json"): same(200),
    ("POST", "/v1/token"): same(400),
    ("POST", "/v1/token/revoke"): same(400),
    ("POST", "/v1/password"): same(422, json={}),
    ("GET", "/v1/me"): same(200),
    ("GET", "/v1/users"): same(200),
    ("POST", "/v1/users"): same(422, json={}),
    ("GET", "/v1/users/{user_id}"): USER,
    ("PATCH", "/v1/users/{user_id}"): replace(POWER, json={}),
    ("POST", "/v1/users/{user_id}/disable"): USER,
    ("POST", "/v1/users/{user_id}/enable"): POWER,
    ("POST", "/v1/users/{user_id}/reset-password"): POWER,
    ("GET", "/v1/bureaus"): same(200),
    ("GET", "/v1/bureaus/{code}"): same(200),
    ("POST", "/v1/bureaus/{code}/sub-bureaus"): same(422, json={}),
    ("GET", "/v1/regions"): same(200),
    ("POST", "/v1/searches"): same(200, file=True),
    ("GET", "/v1/searches/{search}"): same(404),
    ("POST", "/v1/persons"): Row(201, 403, 403, {"id": "NEW", "ncb": OWNER}),
    ("GET", "/v1/persons/{person_id}"): SEEN,
    ("POST", "/v1/persons/{person_id}/encounters"): Row(409, 403, 404, file=True),
    ("GET", "/v1/persons/{person_id}/handling"): OWNED,
    ("PATCH", "/v1/persons/{person_id}/handling"): HANDLE,
    ("GET", "/v1/persons/{person_id}/accesses"): OWNED,
    ("GET", "/v1/enrolments/{enrolment}"): same(404),
    ("GET", "/v1/prints/{print_id}"): SEEN,
    ("GET", "/v1/prints/{print_id}/image"): SEEN,
    ("GET", "/v1/prints/{print_id}/handling"): OWNED,
    ("PATCH", "/v1/prints/{print_id}/handling"): HANDLE,
    ("GET", "/v1/examinations"): same(200),
    ("POST", "/v1/examinations"): Row(201, 201, 404, CASE),
    ("GET", "/v1/examinations/{case_id}"): OWN,
    ("POST", "/v1/examinations/{case_id}/verdicts"): replace(OWN, json=VERDICT),
    ("POST", "/v1/examinations/{case_id}/corrections"): Row(409, 404, 404, AGAIN),
    ("GET", "/v1/hits"): same(200),
    ("GET", "/v1/hits/inbox"): same(200),
    ("POST", "/v1/hits/inbox/{entry}/read"): same(404),
    ("GET", "/v1/hits/statistics"): same(200),
    ("GET", "/v1/hits/{hit_id}"): OWN,
    ("POST", "/v1/hits/{hit_id}/steps/confirm"): Row(
        200, 404, 404, {"reason": "Invented."}, but={Role.EXAMINER: (403, 404, 404)}
    ),
    ("GET", "/v1/messages"): same(200),
    ("POST", "/v1/messages"): same(201, json={**REPLY, "to": ["BR"], "subject": "A case"}),
    ("GET", "/v1/messages/escalations"): same(403),
    ("GET", "/v1/messages/{thread_id}"): OWN,
    ("POST", "/v1/messages/{thread_id}/replies"): Row(201, 404, 404, REPLY),
    ("POST", "/v1/messages/{thread_id}/read"): OWN,
    ("POST", "/v1/messages/{thread_id}/1/acknowledge"): Row(400, 404, 404),
    ("GET", "/v1/messages/{thread_id}/1/attachments/1"): OWN,
    ("GET", "/v1/audit"): same(200),
    ("GET", "/v1/audit/state"): same(200),
    ("GET", "/v1/notices"): same(200),
    ("POST", "/v1/notices"): same(
        201, json={**CONTENT, "colour": "blue"}, but={Role.CCC_OPERATOR: (403, 403, 403)}
    ),
    ("GET", "/v1/notices/inbox"): same(200),
    ("POST", "/v1/notices/inbox/{entry}/read"): same(404),
    ("GET", NOTICE): SEEN,
    ("PUT", NOTICE): act(CONTENT),
    ("GET", f"{NOTICE}/images"): SEEN,
    ("GET", f"{NOTICE}/history"): OWNED,
    ("GET", f"{NOTICE}/receipts"): OWNED,
    ("POST", f"{NOTICE}/steps/withdraw"): act({"reasons": ["A reason."]}),
    ("POST", f"{NOTICE}/reviews"): act({"verdict": "approve"}),
    ("POST", f"{NOTICE}/corrections"): act({**CONTENT, "reason": "A reason."}),
    ("PUT", f"{NOTICE}/translations/fr"): act({"texts": {"description": "Inventé."}}),
    ("PUT", f"{NOTICE}/restriction"): act({"mode": "ALL"}),
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody, with the world that the paths are about."""

    client: TestClient
    world: World
    role: Role

    def status(self, method: str, path: str, row: Row) -> int:
        """What a call of a route is answered with."""
        return self.client.request(method, self._filled(path), **self._sent(row)).status_code

    def _filled(self, path: str) -> str:
        """A path about the records."""
        world = self.world
        number = world.notice.rpartition("/")[2]
        return path.format(
            person_id=world.person, print_id=world.print_id, colour="blue", number=number,
            search=world.search, enrolment=world.enrolment, case_id=world.case,
            hit_id=world.hit, thread_id=world.thread, user_id=world.user, code=OWNER, entry=999,
        )  # fmt: skip

    def _sent(self, row: Row) -> dict[str, Any]:
        """The rest of a request, with ids of its own."""
        if row.file:
            return {"files": [upload(picture(LEVEL))], "headers": STALE}
        if row.json is None:
            return {"headers": STALE}
        fresh = {"transaction_id": uuid.uuid4().hex, "id": f"{OWNER}-{uuid.uuid4().hex}"}
        said = {name: fresh.get(name, value) for name, value in row.json.items()}
        if "person" in said:
            said.update(person=self.world.person, print_id=self.world.print_id)
            said["search"] = {**said["search"], "transaction_id": uuid.uuid4().hex}
        return {"json": said, "headers": STALE}


LEVEL = 90


@pytest.fixture(params=list(Role), scope="module")
def callers(request: pytest.FixtureRequest, client: TestClient) -> list[Caller]:
    """People with one role: of the bureau to whom the records are denied, another, the owner."""
    role: Role = request.param
    world = make_world(client, f"W-{role.value}", LEVEL)
    return [Caller(as_one(client, ncb, role), world, role) for ncb in (DENIED, OTHER, OWNER)]


def test_every_route_has_its_row() -> None:
    """A new route must say here what it tells to whom."""
    plain = {(method, _shape(path)) for method, path in ROUTES}
    assert {(method, _shape(path)) for method, path in TABLE} == plain
    assert len(TABLE) == len(ROUTES) == len(plain)


def _shape(path: str) -> str:
    """A path whose parameters, or what stands for them, have no names."""
    path = re.sub(r"/(steps|translations)/\w+", r"/\1/0", path)
    path = re.sub(r"/1(?=/)|/1$", "/0", path)
    return re.sub(r"{\w+}", "0", path)


def test_every_route_tells_each_what_the_table_says(callers: list[Caller]) -> None:
    """Whoever lacks the scope gets a 403 whatever there is; the rest, what their bureau may see."""
    wrong = []
    for (method, path), row in TABLE.items():
        need = next(n for (m, p), n in ROUTES.items() if (m, _shape(p)) == (method, _shape(path)))
        for caller, ncb in zip(callers, (DENIED, OTHER, OWNER), strict=True):
            holds = isinstance(need, Access) or need in ROLE_SCOPES[caller.role]
            expected = row.expected(caller.role)[ncb] if holds else 403
            found = caller.status(method, path, row)
            if found != expected:
                wrong.append(f"{method} {path} for {caller.role} of {ncb}: {found}, not {expected}")
    assert not wrong, "\n".join(wrong)
