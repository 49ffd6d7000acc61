"""Answers errors that nobody expected: a problem for the caller, the trace for the log."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import respond_to


class LastResort:
    """Catches what the handlers of the table do not."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer 500 if it fails before an answer began."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except ClientDisconnect:
            return  # nobody is left to answer, and a trace each would fill the log
        except Exception as error:
            if begun:
                raise
            await respond_to(error)(scope, receive, send)
