"""Stops bodies that arrive too slowly: whoever sends a byte now and then holds a place for ever."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BodyTooSlow


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a body is waited for.

    Attributes:
        piece: most seconds until its next piece.
        whole: most seconds until its end: 32 MiB, the usual limit, at 1 Mbit/s.
    """

    piece: float = 30
    whole: float = 270


class SlowBodies:
    """Watches the clock while a body arrives."""

    def __init__(self, app: ASGIApp, patience: Patience) -> None:
        """Wrap an application."""
        self.app = app
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, as long as its body keeps coming."""
        watched = self._watched(receive) if scope["type"] == "http" else receive
        await self.app(scope, watched, send)

    def _watched(self, receive: Receive) -> Receive:
        """The stream of the body; raises BodyTooSlow where it falls behind."""
        begun: float | None = None
        ended = False

        async def watched() -> Message:
            nonlocal begun, ended
            if ended:  # what comes now is the end of the connection, and may take its time
                return await receive()
            now = asyncio.get_running_loop().time()
            begun = now if begun is None else begun
            left = min(self.patience.piece, begun + self.patience.whole - now)
            try:
                message = await asyncio.wait_for(receive(), max(left, 0))
            except TimeoutError as error:
                raise BodyTooSlow("the body did not arrive in time") from error
            ended = not message.get("more_body", False)
            return message

        return watched
