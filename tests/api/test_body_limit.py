"""Bodies beyond the limit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.body_limit import BodyLimit
from api.errors import BodyTooLarge
from http_support import LIMIT, is_problem, picture, upload

JSON = {"Content-Type": "application/json"}


def test_an_announced_size_is_refused_at_once(client: TestClient) -> None:
    """Content-Length beyond the limit is enough."""
    response = client.post("/v1/searches", content=b" " * (LIMIT + 1), headers=JSON)
    assert is_problem(response, 413, "body-too-large")


@pytest.mark.parametrize("media", ["application/json", "multipart/form-data; boundary=x"])
def test_chunks_are_counted(client: TestClient, media: str) -> None:
    """A body without Content-Length is cut off where it exceeds the limit, JSON or form."""

    def chunks() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
        for _ in range(100):
            yield b" " * 10_000

    response = client.post("/v1/searches", content=chunks(), headers={"Content-Type": media})
    assert is_problem(response, 413, "body-too-large")


def test_no_more_is_read_than_the_limit() -> None:
    """The piece that exceeds it is the last that is taken from the network."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        taken += 10
        return {"type": "http.request", "body": b"x" * 10, "more_body": True}

    async def greedy(_: Scope, receive: Receive, __: Send) -> None:
        while True:
            await receive()

    async def send(_: Message) -> None:
        raise AssertionError("nothing to send")

    app = BodyLimit(greedy, limit=35)
    with pytest.raises(BodyTooLarge, match="at most 35 bytes"):
        asyncio.run(app({"type": "http", "headers": []}, receive, send))
    assert taken == 40


def test_the_limit_holds_where_the_framework_reads(client: TestClient) -> None:
    """Routes that take plain JSON are under it too, chunked or not."""

    def chunks() -> Iterator[bytes]:
        yield b'{"id": "'
        for _ in range(100):
            yield b"x" * 10_000

    response = client.post("/v1/persons", content=chunks(), headers=JSON)
    assert is_problem(response, 413, "body-too-large")


def test_a_body_within_the_limit_passes(client: TestClient) -> None:
    """The limit is the largest size that is taken."""
    data = picture(30)
    padded = data + b"\0" * (LIMIT - len(data) - 2000)
    assert client.post("/v1/searches", files=[upload(padded)]).status_code == 200
