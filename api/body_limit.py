"""Stops bodies beyond the limit, announced or not, before they fill the memory."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BodyTooLarge
from api.problems import respond_to


class BodyLimit:
    """Counts what arrives and refuses the rest."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """Wrap an application; `limit` is in bytes."""
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, as far as its body goes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif self._announced(scope) > self.limit:
            await respond_to(self._refusal())(scope, receive, send)
        else:
            await self.app(scope, self._counted(receive), send)

    def _announced(self, scope: Scope) -> int:
        """Content-Length; 0 if there is none, as with chunks."""
        value = dict(scope["headers"]).get(b"content-length", b"")
        return int(value) if value.isdigit() else 0

    def _counted(self, receive: Receive) -> Receive:
        """The stream of the body; raises BodyTooLarge where it exceeds the limit."""
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.limit:
                raise self._refusal()
            return message

        return counted

    def _refusal(self) -> BodyTooLarge:
        """The error to answer with."""
        return BodyTooLarge(f"a body may have at most {self.limit} bytes")
