"""Against forged requests: each form carries a token, and each change comes from our own pages."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

FIELD, HEADER = "csrf", "x-csrf-token"


def token_of(secret: str) -> str:
    """The token of a session or visit: whoever does not know its secret cannot make it."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def is_token(given: str, secret: str) -> bool:
    """Whether a token belongs to a secret."""
    ours = token_of(secret).encode()
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), ours)


def is_from_here(headers: Headers, public_url: str | None) -> bool:
    """Whether a browser says that a request comes from a page of this server.

    Every browser in use says so with a change; what says nothing is refused.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(headers.get("origin", "")).netloc
    ours = {headers.get("host", ""), urlsplit(public_url or "").netloc} - {""}
    return origin in ours
