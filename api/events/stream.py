"""A stream of events to one listener, as server-sent events.

Nothing here waits in the loop: reading and the check of the token are done by threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.authority import Authority
from api.events.hub import EventHub
from api.schemas.events import frame_of
from engine.asker import Asker
from engine.errors import BadToken, WhorlError
from engine.events.event import Event
from engine.events.reading import next_events
from engine.gallery.catalogue import Catalogue
from engine.identity.users import asker_of_user

MEDIA_TYPE = "text/event-stream"

PORTION = 100
"""Events that are read at once."""

GLANCE_SECONDS = 0.25
"""From one glance at the hub's number to the next; it is in memory."""

CHECK_SECONDS = 5.0
"""How often the token is verified anew: it expires, its user is disabled or loses a right."""

HEARTBEAT_SECONDS = 15.0
"""A line that says nothing, so that nobody on the way takes the connection for dead."""

RETRY = b"retry: 3000\n\n"
"""Milliseconds after which a listener comes back."""

HEARTBEAT = b": still here\n\n"


@dataclass(slots=True)
class Listener:
    """Whoever listens.

    Attributes:
        catalogue, hub, authority: of the server.
        token: that the listener bears.
        asker: who that is, by the latest check.
        position: of the last event that was read.
        seconds: how long the stream may last.
    """

    catalogue: Catalogue
    hub: EventHub
    authority: Authority
    token: str
    asker: Asker
    position: int
    seconds: float

    def check(self) -> None:
        """Verify the token anew.

        Raises:
            BadToken: it does not count any more.
        """
        bearer = self.authority.verify(self.token)
        why, case = self.asker.purpose, self.asker.case_ref
        self.asker = asker_of_user(bearer.user, bearer.scopes, why, case)

    def read(self) -> list[Event]:
        """The next events, as the listener may see them now.

        Raises:
            BadToken: the token does not count any more.
        """
        self.check()
        upto = self.hub.latest
        found = next_events(self.catalogue, self.position, PORTION, self.asker)
        if len(found) == PORTION:
            self.position = found[-1].position
        else:  # what is hidden from the listener up to there is not looked at again
            self.position = max(self.position, upto, *(one.position for one in found))
        return found


class EventStream(StreamingResponse):
    """The answer; it gives the listener's place back, however it ends."""

    media_type = MEDIA_TYPE

    def __init__(self, listener: Listener) -> None:
        """Take a listener who has a place."""
        super().__init__(frames(listener), headers={"X-Accel-Buffering": "no"})
        self._listener = listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._listener.hub.leave(self._listener.asker.actor)


async def frames(listener: Listener) -> AsyncIterator[bytes]:
    """The bytes of a stream: what there is already, then what comes."""
    clock = asyncio.get_running_loop().time
    ends, check_at, beat_at = clock() + listener.seconds, 0.0, clock() + HEARTBEAT_SECONDS
    yield RETRY
    waiting = True
    try:
        while not listener.hub.is_closing:
            if waiting:
                found = await run_in_threadpool(listener.read)
                for one in found:
                    yield frame_of(one)
                waiting = len(found) == PORTION
                check_at = clock() + CHECK_SECONDS
                if waiting:
                    continue
            if clock() >= ends:
                return
            if clock() >= check_at:
                await run_in_threadpool(listener.check)
                check_at = clock() + CHECK_SECONDS
            if clock() >= beat_at:
                beat_at = clock() + HEARTBEAT_SECONDS
                yield HEARTBEAT
            await asyncio.sleep(GLANCE_SECONDS)
            waiting = listener.hub.latest > listener.position
    except (BadToken, WhorlError):
        return  # the listener comes back, and is told why not
