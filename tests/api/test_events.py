"""The live stream: resumed, kept alive, bounded, closed with the token, and never blocking."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from httpx import Client, Response
from starlette.testclient import TestClient

from api.errors import TooManyStreams
from api.events import stream
from api.events.hub import EventHub
from api.service import Service
from engine.identity.roles import Role
from http_support import is_problem, make_app, make_settings, make_token, make_user, with_token
from world_support import as_one

FROM_START = {"Last-Event-ID": "0" * 32}


def send(client: TestClient, number: int | str, to: str = "BR") -> None:
    """A message of France."""
    order = {"transaction_id": f"E-{number}-{to}", "text": "A text.", "to": [to], "subject": "A"}
    assert client.post("/v1/messages", json=order).status_code == 201


def told(response: Response | Any) -> list[dict[str, Any]]:
    """The events of a whole stream."""
    lines = response.text.splitlines()
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data:")]


def test_a_stream_tells_what_is_there(client: TestClient) -> None:
    """As server-sent events whose ids are those of the data, with a link to the subject."""
    send(client, 1)
    answer = as_one(client, "BR", Role.NCB_OFFICER).get("/v1/events", headers=FROM_START)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.startswith("retry: ")
    event = told(answer)[0]
    assert f"id: {event['id']}\nevent: message\ndata: " in answer.text
    assert (event["kind"], event["act"]) == ("message", "received")
    assert event["_links"]["subject"]["href"].startswith("/v1/messages/")
    assert "A text" not in answer.text


def test_a_stream_goes_on_after_the_last_event(client: TestClient) -> None:
    """And without one tells nothing of before."""
    reader = as_one(client, "CL", Role.NCB_OFFICER)
    for number in range(3):
        send(client, number, "CL")
    every = told(reader.get("/v1/events", headers=FROM_START))
    after = told(reader.get("/v1/events", headers={"Last-Event-ID": every[0]["id"]}))
    assert [one["id"] for one in after] == [one["id"] for one in every[1:]]
    assert told(reader.get("/v1/events")) == []


@pytest.mark.parametrize("last", ["", "x", "0" * 32, "%00", "' OR 1=1 --"])
def test_an_id_that_was_never_given_begins_with_all(client: TestClient, last: str) -> None:
    """Whatever it is: nothing is told of whether another bureau knows it."""
    send(client, "all", "AR")
    reader = as_one(client, "AR", Role.NCB_OFFICER)
    assert len(told(reader.get("/v1/events", headers={"Last-Event-ID": last}))) == 1


def test_users_have_so_many_streams() -> None:
    """And everybody together; a place that is given back can be taken."""
    hub = EventHub(None, of_one_user=2)  # type: ignore[arg-type]
    for _ in range(2):
        hub.enter("anne")
    with pytest.raises(TooManyStreams, match="you have 2"):
        hub.enter("anne")
    hub.enter("ben")
    hub.leave("anne")
    hub.enter("anne")


def test_too_many_streams_are_a_429(client: TestClient, service: Service) -> None:
    """With the time to wait; a stream that has ended gave its place back."""
    reader = as_one(client, "PE", Role.NCB_OFFICER, name="many")
    for _ in range(9):
        assert reader.get("/v1/events").status_code == 200
    for _ in range(4):
        service.hub.enter("many@pe")
    refused = reader.get("/v1/events")
    assert is_problem(refused, 429, "too-many-streams")
    assert refused.headers["retry-after"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """A real server, whose streams last, and its application."""
    settings = make_settings(tmp_path_factory.mktemp("live")).model_copy(
        update={"events_seconds": 30.0}
    )
    app = make_app(settings)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}", app
    server.should_exit = True
    thread.join()


def bearer(app: Any, login: str, ncb: str = "BR") -> dict[str, str]:
    """The header of an officer of a bureau."""
    service = app.state.service
    user = make_user(service.catalogue, login, ncb, frozenset({Role.NCB_OFFICER}))
    return {"Authorization": f"Bearer {make_token(service.authority, user)}"}


def test_an_event_comes_while_listening(url: tuple[str, Any]) -> None:
    """To each of several listeners, and the server answers others meanwhile."""
    base, app = url
    sender, reader = bearer(app, "sender", "FR"), bearer(app, "reader")
    with Client(base_url=base, timeout=20) as client:
        with (
            client.stream("GET", "/v1/events", headers=reader) as one,
            client.stream("GET", "/v1/events", headers=reader) as two,
        ):
            lines = [one.iter_lines(), two.iter_lines()]
            assert [next(each) for each in lines] == ["retry: 3000"] * 2
            order = {"transaction_id": "L-1", "text": "x", "to": ["BR"], "subject": "A"}
            assert client.post("/v1/messages", json=order, headers=sender).status_code == 201
            found = [next(line for line in each if line.startswith("data:")) for each in lines]
        assert found[0] == found[1]
        assert json.loads(found[0].removeprefix("data: "))["act"] == "received"


def test_a_stream_ends_with_the_right_to_listen(
    url: tuple[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a user who is disabled; the place is given back."""
    monkeypatch.setattr(stream, "CHECK_SECONDS", 0.1)
    base, app = url
    admin, reader = bearer(app, "boss"), bearer(app, "leaver")
    with Client(base_url=base, timeout=20) as client:
        with client.stream("GET", "/v1/events", headers=reader) as one:
            lines = one.iter_lines()
            next(lines)
            done = client.post("/v1/users/leaver@br/disable", headers=admin)
            assert done.status_code == 200
            assert [line for line in lines if line] == []
        assert client.get("/v1/me", headers=reader).status_code == 401
    assert "leaver@br" not in app.state.service.hub._listeners


def test_a_quiet_stream_says_that_it_lives(
    url: tuple[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a line that is no event."""
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.1)
    base, app = url
    with (
        Client(base_url=base, timeout=20) as client,
        client.stream("GET", "/v1/events", headers=bearer(app, "patient")) as one,
    ):
        assert next(line for line in one.iter_lines() if line.startswith(":")) == ": still here"


def test_nobody_listens_without_a_token(client: TestClient) -> None:
    """The stream is a route like others."""
    assert with_token(client, None).get("/v1/events").status_code == 401
