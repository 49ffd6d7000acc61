"""Two servers that differ only in records hidden from somebody give them the same bytes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.access import ROUTES, is_portal
from engine.gallery.job_store import JobKind, JobState, read_job
from engine.identity.roles import Role
from engine.latents.reverse import search_all_new_prints
from http_support import make_app, make_settings, picture, upload
from portal_support import at_screen
from world_support import (
    ASYNC,
    DENIED,
    LATENT_LEVEL,
    OTHER,
    OWNER,
    World,
    as_one,
    make_world,
)

HIDDEN, SEEN, OWN = 60, 70, 80
"""Grey levels of the prints: hidden from the outsider, seen by everybody, the outsider's own."""

PEOPLE = (Role.NCB_OFFICER, Role.AUDITOR)
"""What the outsider is: all that people may do who tend no machine."""

GONE = World(
    "FR-before", 9_000, "/v1/notices/blue/2020-0000000", *["0" * 32] * 5, "user-before@fr",
    "FR-before", "0" * 32,
)  # fmt: skip
"""Where nothing is hidden, what the paths to it lead to: nothing."""

NOT_RECORDS = {
    ("GET", "/.well-known/jwks.json"): "holds the keys of each server",
    ("GET", "/v1/events/key"): "holds them too",
    ("GET", "/metrics"): "counts what the server did for everybody",
    ("GET", "/v1/audit/state"): "tells how long the chain is, so that anybody can verify it",
    ("GET", "/portal/audit/chain"): "tells the same at a screen",
}
"""Routes that tell of the machine, and why they may differ."""

_ASIDE = (
    (r"[0-9a-f]{32}", "ID"),
    (r"20\d\d[/-]\d{7}", "NOTICE"),
    (r"\w+ \d+, 20\d\d, [\d:]+\s[AP]M UTC", "TIME"),
    (r"20\d\d-\d\d-\d\dT[0-9:.]+(Z|\+00:00)?", "TIME"),
    (r'"times":\{[^}]*\}', "TIMES"),
    (r'"(print_id|picture_id|id|number)": ?\d+', r'"\1":N'),
    (r'(<th scope="row">|<span class="hidden"> )[\d,]+(<br>|</span>)', r"\1N\2"),
    (r"/(prints|inbox)/\d+", r"/\1/N"),
    (r"Print \d+", "Print N"),
    (r'(name="print_id" value="|translate="no">)\d+', r"\1N"),
    (r"before=\d+", "before=N"),
    (r'"(newest|oldest)": ?\d+', r'"\1":N'),
    (r'"subject":"\d+"', '"subject":"N"'),
    (r'"prints": ?\[\d+\]', '"prints":[N]'),
    (r"no print \d+", "no print N"),
)
"""Ids and times."""


class Server:
    """A server with its outsider.

    Attributes:
        outsider: a client of the denied bureau, with all that its people may do.
        seen: what everybody may see.
        hidden: what the outsider may not; where there is nothing, paths to nothing.
        job: a search of the outsider.
    """

    def __init__(self, client: TestClient, *, hides: bool) -> None:
        self.hidden = make_world(client, "before", HIDDEN) if hides else GONE
        self.seen = make_world(client, "seen", SEEN, denied=False)
        if hides:
            make_world(client, "after", HIDDEN)
        self.outsider = as_one(client, DENIED, *PEOPLE, name="outsider")
        _enrol_own(self.outsider)
        self.screen = at_screen(client, DENIED, *PEOPLE, name="outsider")
        self.job = self._searched(HIDDEN)

    def get(self, path: str) -> Any:
        """An answer to the outsider: to a program, or to a browser."""
        return (self.screen if is_portal(path) else self.outsider).get(path)

    def _searched(self, level: int) -> str:
        """Id of a search job that has ended."""
        sent = self.outsider.post("/v1/searches", files=[upload(picture(level))], headers=ASYNC)
        job = str(sent.json()["id"])
        while not self._has_ended(job):  # asking the server would leave rows in the chain
            time.sleep(0.01)
        return job

    def _has_ended(self, job: str) -> bool:
        """Whether a search of the outsider is done."""
        catalogue = self.outsider.app.state.service.catalogue  # type: ignore[attr-defined]
        with catalogue.reading() as connection:
            state = read_job(connection, JobKind.SEARCH, job, "outsider@jp").state
        return state in (JobState.DONE, JobState.FAILED)

    def paths(self, template: str) -> list[str]:
        """The paths of a route to what is seen, and to what may be hidden."""
        return [self._filled(template, world) for world in (self.seen, self.hidden)]

    def _filled(self, template: str, world: World) -> str:
        """A path to records."""
        template = template.replace("/v1/notices/{colour}/{number}", world.notice)
        page = world.notice.replace("/v1/", "/portal/")
        template = template.replace("/portal/notices/{colour}/{number}", page)
        job = self.job if "searches" in template and world is self.seen else world.enrolment
        return template.replace(":path", "").format(
            person_id=world.person, print_id=world.print_id, job_id=job, case_id=world.case,
            hit_id=world.hit, thread_id=world.thread, user_id=world.user, code=OWNER,
            latent_id=world.latent, probe_id=world.probe,
            webhook_id="0" * 32, item_id="0" * 32, number=1, place=1, digest="0",
            name="portal.js", rank=1,
            language="fr",
        )  # fmt: skip


def _enrol_own(outsider: TestClient) -> None:
    """A person of the outsider's own."""
    person = f"{DENIED}-own"
    assert outsider.post("/v1/persons", json={"id": person, "ncb": DENIED}).status_code == 201
    made = outsider.post(f"/v1/persons/{person}/encounters", files=[upload(picture(OWN))])
    assert made.status_code == 201


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """One that hides records from the outsider, and one that has none to hide."""
    folders: list[Path] = [tmp_path_factory.mktemp(name) for name in ("hiding", "open")]
    with (
        TestClient(make_app(make_settings(folders[0]))) as hiding,
        TestClient(make_app(make_settings(folders[1]))) as plain,
    ):
        yield Server(hiding, hides=True), Server(plain, hides=False)


def told(response: Any) -> tuple[Any, ...]:
    """All of an answer but ids and times."""
    if response.headers.get("content-type") == "image/png":
        return response.status_code, response.content
    text = response.text
    for pattern, name in _ASIDE:
        text = re.sub(pattern, name, text)
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    headers = {name: re.sub("[0-9a-f]{32}", "ID", value) for name, value in headers.items()}
    return response.status_code, headers, text


READS = [path for method, path in ROUTES if method == "GET"]


@pytest.mark.parametrize("route", [one for one in READS if ("GET", one) not in NOT_RECORDS])
def test_every_read_tells_an_outsider_the_same(servers: tuple[Server, Server], route: str) -> None:
    """About what is seen, about what is hidden, and in every list, count and page."""
    hiding, plain = servers
    for there, here in zip(hiding.paths(route), plain.paths(route), strict=True):
        hidden, none = hiding.get(there), plain.get(here)
        assert told(hidden) == told(none), route


@pytest.mark.parametrize(
    "query",
    [
        "/v1/notices?name=TAMESHI",
        "/v1/notices?person=FR-before",
        "/v1/notices?ncb=FR&resultPerPage=1",
        "/v1/notices/inbox?unread=true",
        "/v1/audit?person=FR-before",
        "/v1/examinations?person=FR-before",
        "/v1/hits?status=open",
        "/v1/statistics?from=2020-01-01&to=2020-12-31",
    ],
)
def test_every_filter_tells_the_same(servers: tuple[Server, Server], query: str) -> None:
    """Also by the id or the name of a hidden record."""
    hiding, plain = servers
    assert told(hiding.outsider.get(query)) == told(plain.outsider.get(query))


@pytest.mark.parametrize("last", ["0" * 32, "none"])
def test_every_event_tells_the_same(servers: tuple[Server, Server], last: str) -> None:
    """All that is kept, from the first on; of what is hidden there is not even a gap."""
    answers = [one.outsider.get("/v1/events", headers={"Last-Event-ID": last}) for one in servers]
    assert "event: notice" in answers[0].text
    assert told(answers[0]) == told(answers[1])


@pytest.mark.parametrize("level", [HIDDEN, SEEN, OWN, 200])
@pytest.mark.parametrize("form", [{}, {"top": "1"}, {"regions": "Europe"}, {"regions": "Asia"}])
def test_every_search_tells_the_same(
    servers: tuple[Server, Server], level: int, form: dict[str, str]
) -> None:
    """Ranks, scores, gaps, counts and shards, though the best candidate is hidden."""
    answers = [
        one.outsider.post("/v1/searches", data=form, files=[upload(picture(level))])
        for one in servers
    ]
    assert answers[0].status_code == 200
    assert told(answers[0]) == told(answers[1])


@pytest.mark.parametrize("level", [HIDDEN, SEEN, OWN])
@pytest.mark.parametrize("mode", ["LT-TP", "TP-UL", "LT-LT"])
def test_every_mode_tells_the_same(servers: tuple[Server, Server], level: int, mode: str) -> None:
    """Persons and latents alike, though the best of them is hidden."""
    probe = picture(level + (0 if mode == "LT-TP" else LATENT_LEVEL))
    answers = [
        one.outsider.post("/v1/searches", data={"mode": mode}, files=[upload(probe)])
        for one in servers
    ]
    assert answers[0].status_code == 200
    assert told(answers[0]) == told(answers[1])


def test_a_new_print_tells_its_enroller_of_no_hidden_latent(
    servers: tuple[Server, Server],
) -> None:
    """Neither when it is enrolled nor after it was searched against all latents."""
    for one in servers:
        path = f"/v1/persons/{DENIED}-own/encounters"
        assert one.outsider.post(path, files=[upload(picture(HIDDEN + LATENT_LEVEL))]).is_success
        search_all_new_prints(one.outsider.app.state.service.gallery)  # type: ignore[attr-defined]
    for path in (
        f"/v1/persons/{DENIED}-own/accesses",
        "/v1/latents/alerts",
        "/v1/audit?resultPerPage=160",
    ):
        first, second = (one.outsider.get(path) for one in servers)
        assert told(first) == told(second)
    owner = as_one(TestClient(servers[0].outsider.app), OWNER, Role.NCB_OFFICER)
    assert owner.get("/v1/latents/alerts").json()["total"] >= 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/persons", {"id": "FR-before", "ncb": "JP"}),
        ("POST", "/v1/persons", {"id": "FR-before", "ncb": "FR"}),
        ("POST", "/v1/persons/FR-before/encounters", {"prints": [{"image": ""}]}),
        ("PATCH", "/v1/persons/FR-before/handling", {}),
        ("POST", "/v1/notices", {"colour": "blue", "fields": {}, "person": "FR-before"}),
        ("POST", "/v1/latents/FR-before/end", {"status": "solved", "reason": "Invented."}),
        ("PATCH", "/v1/latents/FR-before/handling", {}),
        ("POST", "/v1/searches", {"mode": "LT-TP", "latent_id": "FR-before"}),
        ("POST", "/v1/latents", {"id": "FR-before", "case_ref": "c", "minutiae": []}),
    ],
)
def test_no_attempt_to_write_tells_of_a_record(
    servers: tuple[Server, Server], method: str, path: str, body: dict[str, Any]
) -> None:
    """It fails in the same words."""
    answers = [
        one.outsider.request(method, path, json=body, headers={"If-Match": "1"}) for one in servers
    ]
    assert answers[0].status_code >= 400
    assert told(answers[0]) == told(answers[1])


def test_others_see_what_is_hidden(servers: tuple[Server, Server]) -> None:
    """So the servers do differ."""
    hiding, _ = servers
    client = as_one(TestClient(hiding.outsider.app), OTHER, Role.NCB_OFFICER)
    assert client.get("/v1/persons/FR-before").status_code == 200
    found = client.post("/v1/searches", files=[upload(picture(HIDDEN))]).json()["candidates"]
    assert {one["person"]["id"] for one in found[:2]} == {"FR-before", "FR-after"}
