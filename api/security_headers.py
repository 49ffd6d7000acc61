"""Headers on every answer: nothing is cached, framed or guessed at."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import docs
from api.access import is_portal

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

_CLOSED = "default-src 'none'; frame-ancestors 'none'"
"""Answers are data."""

_DOCS = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)
"""The page of the docs starts its script in the page itself; nothing comes from elsewhere."""

_PORTAL = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Pages load scripts, styles and pictures from here; pictures that are not sent yet are blobs."""

_FOR_EVER = "public, max-age=31536000, immutable"
"""What is named by its content never changes."""

_HTTPS_ALONE = "max-age=63072000; includeSubDomains"


STATIC = "/portal/static/"


class SecurityHeaders:
    """Adds the headers."""

    def __init__(self, app: ASGIApp, *, https: bool = False) -> None:
        """Wrap an application; `https` is whether it is reached that way, and so always should."""
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                headers["Content-Security-Policy"] = _policy(scope["path"])
                if scope["path"].startswith(STATIC) and message["status"] == 200:
                    headers["Cache-Control"] = _FOR_EVER
                if self.https:
                    headers["Strict-Transport-Security"] = _HTTPS_ALONE
            await send(message)

        await self.app(scope, receive, with_headers)


def _policy(path: str) -> str:
    """What a page of a path may load."""
    if is_portal(path):
        return _PORTAL
    return _DOCS if path == docs.PATH else _CLOSED
