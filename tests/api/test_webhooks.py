"""Callbacks to a real server on this machine: signed, pinned to what was looked at, bounded."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from starlette.testclient import TestClient

from api.events import callback
from api.events.callback import Post, post
from engine.identity.roles import Role
from engine.settings import Settings
from engine.webhooks.address import Target
from engine.webhooks.sending import CallFailed
from http_support import is_problem, make_settings
from world_support import as_one

SENT = Post({"Content-Type": "application/json"}, b"{}")
TRUST = ssl.create_default_context()


class Receiver(HTTPServer):
    """Keeps what it gets, and answers as it is told to.

    Attributes:
        got: headers and body of each call.
        status: of the answers.
        arrived: set at each call.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.arrived = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    """Answers a call."""

    server: Receiver

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.got.append((dict(self.headers), self.rfile.read(length)))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.server.arrived.set()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server of a bureau."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a server that may call this machine, for tests."""
    folder = make_settings(tmp_path_factory.mktemp("hooks"))
    return folder.model_copy(update={"webhook_loopback_for_tests": True})


def target(receiver: Receiver) -> Target:
    """Where a receiver is."""
    return Target("127.0.0.1", receiver.server_port, "/in", secure=False)


def test_an_event_is_called_and_signed(client: TestClient, receiver: Receiver) -> None:
    """The receiver verifies id, time and body with the published key; a changed body fails."""
    officer = as_one(client, "BR", Role.NCB_OFFICER)
    url = f"http://127.0.0.1:{receiver.server_port}/in"
    made = officer.post("/v1/webhooks", json={"url": url, "kinds": ["message"]})
    assert made.status_code == 201, made.text
    order = {"transaction_id": "W-1", "text": "x", "to": ["BR"], "subject": "A"}
    assert client.post("/v1/messages", json=order).status_code == 201
    assert receiver.arrived.wait(20)
    headers, body = receiver.got[0]
    key = load_pem_public_key(officer.get("/v1/events/key").json()["public_keys"].encode())
    form, _, signature = headers["Webhook-Signature"].partition(",")
    said = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode()
    assert form == "v1a"
    key.verify(base64.b64decode(signature), said + body)
    with pytest.raises(InvalidSignature):
        key.verify(base64.b64decode(signature), said + body + b" ")
    assert json.loads(body)["id"] == headers["Webhook-Id"]
    assert officer.delete(made.headers["location"]).status_code == 204


@pytest.mark.parametrize("url", ["http://localhost/", "https://example.org/", "file:///etc/passwd"])
def test_no_other_address_is_registered(client: TestClient, url: str) -> None:
    """The settings name none."""
    officer = as_one(client, "BR", Role.NCB_OFFICER)
    assert is_problem(officer.post("/v1/webhooks", json={"url": url}), 400, "bad-request")


@pytest.mark.parametrize("status", [301, 302, 307, 400, 500])
def test_only_a_success_is_an_arrival(receiver: Receiver, status: int) -> None:
    """A redirect is not followed."""
    receiver.status = status
    with pytest.raises(CallFailed, match=f"the answer was {status}"):
        post(target(receiver), SENT, TRUST)
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1"]
)
def test_a_name_that_leads_inside_is_not_called(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Whatever else it leads to: all its addresses are looked at, when it is called."""
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443))
        for one in ("93.184.216.34", address)
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was called"))
    with pytest.raises(CallFailed, match="public"):
        post(Target("hooks.example.org", 443, "/", secure=True), SENT, TRUST)


def test_the_connection_goes_to_the_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not to the name, which may lead elsewhere a moment later."""
    asked = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    def connect(address: tuple[str, int], _: float) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(CallFailed):
        post(Target("hooks.example.org", 443, "/", secure=True), SENT, TRUST)
    assert asked == [("93.184.216.34", 443)]


def test_without_tls_only_this_machine_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if a target came here by mistake."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(CallFailed, match="without TLS"):
        post(Target("example.org", 80, "/", secure=False), SENT, TRUST)


def test_a_server_that_never_ends_its_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though a letter comes now and then."""
    monkeypatch.setattr(callback, "WHOLE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                while not stop.wait(0.02):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        with pytest.raises(CallFailed):
            post(Target("127.0.0.1", listening.getsockname()[1], "/", secure=False), SENT, TRUST)
        stop.set()
        thread.join()
