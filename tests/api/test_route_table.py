"""Every route against every role, of the owner's bureau, of another and of a denied one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.access import ROUTES, Access, is_portal
from engine.identity.roles import ROLE_SCOPES, Role
from engine.notices import Colour
from http_support import picture, upload
from notice_support import FIELDS
from portal_support import at_screen
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
LATENT = {
    "transaction_id": "L",
    "case_ref": "case-1",
    "minutiae": [{"x": 10 * place, "y": 20, "direction": 0.5} for place in range(6)],
}
END = {"status": "solved", "reason": "Invented."}
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


CENTRE_ONLY = same(403)
"""The work of the CCC is for its operators."""

HOOK = same(404, but={Role.ADMIN: (403, 403, 403)})
"""Callbacks are for the officers of their bureau."""

HOOK_ID = "0" * 32
SAID = {"note": "Invented."}

NOTICE = "/v1/notices/{colour}/{number}"
PAGE = "/portal/notices/{colour}/{number}"

PAGE_HANDLE = replace(HANDLE, json={"mode": "ALL", "revision": "999"}, but={})
"""Programs have no pages, so there is nobody else who may enrol."""


def page_act(form: Mapping[str, Any]) -> Row:
    """A row of an act on a notice by a page; the form names the revision that was read."""
    return Row(412, 403, 404, {**form, "revision": "999"})


TABLE: dict[tuple[str, str], Row] = {
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
    ("GET", "/v1/probes"): same(200),
    ("GET", "/v1/probes/{probe_id}"): OWN,
    ("GET", "/v1/probes/{probe_id}/images/{place}"): OWN,
    ("GET", "/v1/latents"): same(200),
    ("POST", "/v1/latents"): same(201, json=LATENT),
    ("GET", "/v1/latents/alerts"): same(200),
    ("POST", "/v1/latents/alerts/{entry}/read"): same(404),
    ("GET", "/v1/latents/{latent_id}"): SEEN,
    ("GET", "/v1/latents/{latent_id}/image"): SEEN,
    ("GET", "/v1/latents/{latent_id}/handling"): OWNED,
    ("PATCH", "/v1/latents/{latent_id}/handling"): replace(
        HANDLE, but={Role.SERVICE: (403, 403, 404), Role.EXAMINER: (403, 403, 404)}
    ),
    ("POST", "/v1/latents/{latent_id}/end"): Row(200, 403, 404, END),
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
    ("GET", "/v1/events"): same(200),
    ("GET", "/v1/webhooks"): replace(HOOK, owner=200, other=200, denied=200),
    ("POST", "/v1/webhooks"): replace(
        HOOK, owner=400, other=400, denied=400, json={"url": "https://example.org/"}
    ),
    ("GET", "/v1/events/key"): same(200),
    ("GET", "/v1/webhooks/{webhook_id}"): HOOK,
    ("DELETE", "/v1/webhooks/{webhook_id}"): HOOK,
    ("POST", "/v1/webhooks/{webhook_id}/enable"): HOOK,
    ("GET", "/v1/webhooks/{webhook_id}/dead-letters"): HOOK,
    ("GET", "/v1/centre/duty"): CENTRE_ONLY,
    ("PUT", "/v1/centre/seat"): replace(CENTRE_ONLY, json={"room": "lyon"}),
    ("GET", "/v1/centre/items"): CENTRE_ONLY,
    ("GET", "/v1/centre/items/{item_id}"): CENTRE_ONLY,
    ("POST", "/v1/centre/items/{item_id}/take"): CENTRE_ONLY,
    ("POST", "/v1/centre/items/{item_id}/release"): replace(CENTRE_ONLY, json=SAID),
    ("POST", "/v1/centre/items/{item_id}/finish"): replace(CENTRE_ONLY, json=SAID),
    ("GET", "/v1/centre/handovers"): CENTRE_ONLY,
    ("POST", "/v1/centre/handovers"): replace(CENTRE_ONLY, json=SAID),
    ("POST", "/v1/centre/handovers/{entry}/acknowledge"): CENTRE_ONLY,
    ("GET", "/v1/statistics"): same(200),
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

# Pages: asked by a browser with a session; `json` is the form that it sends.
TABLE |= {
    ("GET", "/portal"): same(200),
    ("GET", "/portal/static/0/portal.js"): same(404),
    ("GET", "/portal/sign-in"): same(303),
    ("POST", "/portal/sign-in"): same(400, json={}),
    ("GET", "/portal/password"): same(200),
    ("POST", "/portal/password"): same(400, json={}),
    ("POST", "/portal/appearance"): same(303, json={"language": "fr"}),
    ("GET", "/portal/profile"): same(200),
    ("GET", "/portal/prints/{print_id}/image"): SEEN,
    ("GET", "/portal/searches/new"): same(200),
    ("POST", "/portal/searches"): same(422, json={"act": "search"}),
    ("POST", "/portal/searches/probes"): same(200, file=True),
    ("GET", "/portal/probes/{search}/image"): same(404),
    ("GET", "/portal/searches/{search}"): same(404),
    ("GET", "/portal/searches/{search}/progress.json"): same(404),
    ("GET", "/portal/searches/{search}/probes/0/image"): same(404),
    ("POST", "/portal/searches/{search}/marked"): same(404, json={"probe": "0", "minutiae": "[]"}),
    ("GET", "/portal/searches/{search}/candidates/1"): same(404),
    ("GET", "/portal/searches/{search}/candidates/1.json"): same(404),
    ("GET", "/portal/prints/{print_id}"): SEEN,
    ("POST", "/portal/prints/{print_id}/handling"): PAGE_HANDLE,
    ("GET", "/portal/persons"): same(200),
    ("POST", "/portal/persons"): same(422, json={"date_of_birth": "no date"}),
    ("GET", "/portal/persons/new"): same(200),
    ("GET", "/portal/persons/{person_id}"): SEEN,
    ("GET", "/portal/persons/{person_id}/accesses"): OWNED,
    ("POST", "/portal/persons/{person_id}/handling"): PAGE_HANDLE,
    ("POST", "/portal/persons/{person_id}/encounters"): Row(422, 403, 404, {}),
    ("GET", "/portal/persons/{person_id}/encounters/new"): OWNED,
    ("GET", "/portal/notices"): same(200),
    ("POST", "/portal/notices"): same(
        303,
        json={**FIELDS[Colour.BLUE], "colour": "blue"},
        but={Role.CCC_OPERATOR: (403, 403, 403)},
    ),
    ("GET", "/portal/notices/new"): same(200),
    ("GET", "/portal/notices/inbox"): same(200),
    ("POST", "/portal/notices/inbox/{entry}/read"): same(404),
    ("GET", "/portal/notices/review"): same(200),
    ("GET", PAGE): SEEN,
    ("POST", PAGE): page_act({"description": "Invented."}),
    ("GET", f"{PAGE}/print"): SEEN,
    ("GET", f"{PAGE}/history"): OWNED,
    ("GET", f"{PAGE}/edit"): replace(OWNED, but={Role.CCC_OPERATOR: (403, 403, 404)}),
    ("POST", f"{PAGE}/corrections"): page_act({"reason": "A reason."}),
    ("POST", f"{PAGE}/steps/withdraw"): page_act({"reason": "A reason."}),
    ("POST", f"{PAGE}/reviews"): page_act({"verdict": "approve"}),
    ("POST", f"{PAGE}/restriction"): page_act({"mode": "ALL"}),
    ("GET", f"{PAGE}/translations/fr"): SEEN,
    ("POST", f"{PAGE}/translations/fr"): page_act({"description": "Inventé."}),
    ("GET", "/portal/examinations"): same(200),
    ("POST", "/portal/examinations"): same(400, json={}),
    ("GET", "/portal/examinations/{case_id}"): OWN,
    ("GET", "/portal/examinations/{case_id}/probe"): same(404),
    ("POST", "/portal/examinations/{case_id}/probe"): Row(422, 404, 404, {}),
    ("POST", "/portal/examinations/{case_id}/verdicts"): Row(422, 404, 404, {}),
    ("GET", "/portal/hits"): same(200),
    ("POST", "/portal/hits/inbox/{entry}/read"): same(404),
    ("GET", "/portal/hits/{hit_id}"): OWN,
    ("POST", "/portal/hits/{hit_id}/steps/reopen"): Row(403, 404, 404, {}),
    ("POST", "/portal/hits/{hit_id}/messages"): Row(422, 404, 404, {}),
    ("GET", "/portal/messages"): same(200),
    ("GET", "/portal/messages/new"): same(200),
    ("POST", "/portal/messages"): same(422, json={}),
    ("GET", "/portal/messages/{thread_id}"): OWN,
    ("POST", "/portal/messages/{thread_id}/replies"): Row(422, 404, 404, {}),
    ("POST", "/portal/messages/{thread_id}/read"): Row(303, 404, 404),
    ("POST", "/portal/messages/{thread_id}/1/acknowledge"): Row(400, 404, 404),
    ("GET", "/portal/messages/{thread_id}/1/attachments/1"): OWN,
    ("GET", "/portal/events"): same(200),
    ("GET", "/portal/centre"): CENTRE_ONLY,
    ("GET", "/portal/centre/live"): CENTRE_ONLY,
    ("GET", "/portal/centre/statistics"): same(200),
    ("POST", "/portal/centre/seat"): replace(CENTRE_ONLY, json={"room": "lyon"}),
    ("GET", "/portal/centre/items/{item_id}"): CENTRE_ONLY,
    ("POST", "/portal/centre/items/{item_id}/take"): CENTRE_ONLY,
    ("POST", "/portal/centre/items/{item_id}/release"): replace(CENTRE_ONLY, json=SAID),
    ("POST", "/portal/centre/items/{item_id}/finish"): replace(CENTRE_ONLY, json=SAID),
    ("POST", "/portal/centre/handovers"): replace(CENTRE_ONLY, json=SAID),
    ("POST", "/portal/centre/handovers/{entry}/acknowledge"): CENTRE_ONLY,
    ("GET", "/portal/administration"): same(200),
    ("POST", "/portal/administration"): same(422, json={}),
    ("GET", "/portal/administration/people/{user_id}"): USER,
    ("POST", "/portal/administration/people/{user_id}"): Row(
        422, 404, 404, {}, but={Role.ADMIN: (422, 422, 422)}
    ),
    ("POST", "/portal/administration/people/{user_id}/disable"): Row(
        303, 404, 404, but={Role.ADMIN: (303, 303, 303)}
    ),
    ("POST", "/portal/administration/people/{user_id}/enable"): replace(POWER, owner=303),
    ("POST", "/portal/administration/people/{user_id}/reset-password"): POWER,
    ("GET", "/portal/administration/bureau"): same(200),
    ("POST", "/portal/administration/bureau"): same(422, json={}),
    ("GET", "/portal/administration/callbacks"): replace(HOOK, owner=200, other=200, denied=200),
    ("POST", "/portal/administration/callbacks"): replace(
        HOOK, owner=422, other=422, denied=422, json={}
    ),
    ("GET", "/portal/administration/callbacks/{webhook_id}"): HOOK,
    ("POST", "/portal/administration/callbacks/{webhook_id}/enable"): HOOK,
    ("POST", "/portal/administration/callbacks/{webhook_id}/remove"): HOOK,
    ("GET", "/portal/administration/index"): same(200),
    ("GET", "/portal/audit"): same(200),
    ("GET", "/portal/audit/chain"): same(200),
}
# What ends the session comes last.
TABLE |= {("POST", "/portal/sign-out"): same(303)}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody, with the world that the paths are about.

    Attributes:
        client: with a token.
        screen: a browser with a session; programs have none.
        world: of the records.
        role: the only one.
    """

    client: TestClient
    screen: TestClient | None
    world: World
    role: Role

    def may_ask(self, path: str) -> bool:
        """Whether there is a way to ask."""
        return self.screen is not None or not is_portal(path)

    def status(self, method: str, path: str, row: Row) -> int:
        """What a call of a route is answered with."""
        asking = self.screen if is_portal(path) and self.screen else self.client
        sent = self._sent(row)
        if is_portal(path) and "json" in sent:
            sent["data"] = sent.pop("json")
        return asking.request(method, self._filled(path), **sent).status_code

    def _filled(self, path: str) -> str:
        """A path about the records."""
        world = self.world
        number = world.notice.rpartition("/")[2]
        return path.format(
            person_id=world.person, print_id=world.print_id, colour="blue", number=number,
            search=world.search, enrolment=world.enrolment, case_id=world.case,
            hit_id=world.hit, thread_id=world.thread, user_id=world.user, code=OWNER, entry=999,
            webhook_id=HOOK_ID, item_id=HOOK_ID, latent_id=world.latent, probe_id=world.probe,
            place=0,
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
    return [_caller(client, ncb, role, world) for ncb in (DENIED, OTHER, OWNER)]


def _caller(client: TestClient, ncb: str, role: Role, world: World) -> Caller:
    """Somebody with one role."""
    screen = None if role is Role.SERVICE else at_screen(client, ncb, role)
    return Caller(as_one(client, ncb, role), screen, world, role)


def test_every_route_has_its_row() -> None:
    """A new route must say here what it tells to whom."""
    plain = {(method, _shape(path)) for method, path in ROUTES}
    assert {(method, _shape(path)) for method, path in TABLE} == plain
    assert len(TABLE) == len(ROUTES) == len(plain)


def _shape(path: str) -> str:
    """A path whose parameters, or what stands for them, have no names."""
    path = re.sub(r"/(steps|translations)/\w+", r"/\1/0", path)
    path = re.sub(r"/1(?=[/.]|$)", "/0", path)
    path = re.sub(r"/static/0/[\w.]+", "/static/0/0", path)
    return re.sub(r"{[\w:]+}", "0", path)


def test_every_route_tells_each_what_the_table_says(callers: list[Caller]) -> None:
    """Whoever lacks the scope gets a 403 whatever there is; the rest, what their bureau may see."""
    wrong = []
    for (method, path), row in TABLE.items():
        need = next(n for (m, p), n in ROUTES.items() if (m, _shape(p)) == (method, _shape(path)))
        for caller, ncb in zip(callers, (DENIED, OTHER, OWNER), strict=True):
            if not caller.may_ask(path):
                continue
            holds = isinstance(need, Access) or need in ROLE_SCOPES[caller.role]
            expected = row.expected(caller.role)[ncb] if holds else 403
            found = caller.status(method, path, row)
            if found != expected:
                wrong.append(f"{method} {path} for {caller.role} of {ncb}: {found}, not {expected}")
    assert not wrong, "\n".join(wrong)
