"""Bodies that do not arrive."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from api.errors import BodyTooSlow
from api.problems import add_handlers
from api.slow_bodies import Patience, SlowBodies

SCOPE: Scope = {"type": "http", "path": "/", "headers": []}


async def nothing(message: Message) -> None:
    """Sends nothing."""


def drain(pieces: AsyncIterator[Message], patience: Patience) -> list[Message]:
    """What an application gets of a body that waits before its pieces."""
    got: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        got.append(await receive())
        while got[-1].get("more_body"):
            got.append(await receive())

    async def receive() -> Message:
        return await anext(pieces)

    asyncio.run(SlowBodies(app, patience)(SCOPE, receive, nothing))
    return got


async def body(count: int, *, ends: bool) -> AsyncIterator[Message]:
    """A body of so many pieces; one that does not end waits for ever after them."""
    for number in range(count):
        more = not ends or number + 1 < count
        yield {"type": "http.request", "body": b"x", "more_body": more}
    await asyncio.Event().wait()


def test_a_body_that_comes_is_passed_on() -> None:
    """Piece by piece, whatever the clock says afterwards."""
    assert len(drain(body(5, ends=True), Patience())) == 5


@pytest.mark.parametrize("patience", [Patience(0.01, 60), Patience(60, 0.01)])
@pytest.mark.parametrize("count", [0, 3])
def test_a_body_that_stops_is_given_up(patience: Patience, count: int) -> None:
    """Before its first piece or after some; by the time of a piece, or of the whole."""
    with pytest.raises(BodyTooSlow):
        drain(body(count, ends=False), patience)


def test_the_answer_is_a_problem() -> None:
    """While the framework reads JSON for a route."""
    app = FastAPI()
    add_handlers(app)
    app.add_middleware(SlowBodies, patience=Patience(0.01, 60))

    @app.post("/")
    def take(said: dict[str, Any]) -> None:
        """Takes JSON."""

    sent: list[Message] = []
    pieces = body(2, ends=False)

    async def receive() -> Message:
        return await anext(pieces)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    head = {"method": "POST", "query_string": b"", "headers": headers, "root_path": ""}
    asyncio.run(app({**SCOPE, **head, "raw_path": b"/"}, receive, send))
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["type"] == "urn:whorl:problem:body-too-slow"
