"""The cookies of the portal.

The one of the session is strict: every page read leaves a row in the audit chain, so no foreign
page may make a user's browser read one. A link from a mail therefore leads to the sign-in first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie.

    Attributes:
        name: without the prefix that it gets over HTTPS.
        same_site: whether other sites' links send it along.
        lasts: seconds; None until the browser closes.
    """

    name: str
    same_site: Literal["strict", "lax"] = "lax"
    lasts: int | None = None

    def read(self, request: HTTPConnection) -> str:
        """Its value; empty if there is none."""
        return request.cookies.get(self._full(is_https(request)), "")

    def write(self, request: HTTPConnection, response: Response, value: str) -> None:
        """Set it."""
        https = is_https(request)
        response.set_cookie(
            self._full(https),
            value,
            max_age=self.lasts,
            secure=https,
            httponly=True,
            samesite=self.same_site,
        )

    def delete(self, request: HTTPConnection, response: Response) -> None:
        """Delete it."""
        https = is_https(request)
        response.delete_cookie(self._full(https), secure=https, httponly=True,
                               samesite=self.same_site)  # fmt: skip

    def _full(self, https: bool) -> str:
        """Its name; the prefix lets browsers take it from this host over HTTPS alone."""
        return f"__Host-{self.name}" if https else self.name


SESSION = Cookie("whorl-session", "strict")
VISIT = Cookie("whorl-visit", "strict")
"""Of whoever has not signed in: forms of strangers are bound to it."""

LANGUAGE = Cookie("whorl-language", lasts=YEAR_SECONDS)
SCHEME = Cookie("whorl-scheme", lasts=YEAR_SECONDS)


def is_https(request: HTTPConnection) -> bool:
    """Whether the server is reached by HTTPS, as its settings say."""
    https: bool = request.app.state.portal.https
    return https
