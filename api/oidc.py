"""Tokens of an external issuer, verified against the keys that it publishes."""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from api.errors import IssuerUnreachable
from engine.errors import BadRequest, BadToken
from engine.gallery.catalogue import Catalogue
from engine.gallery.user_store import find_subject
from engine.identity.issuer import Bearer
from engine.identity.tokens import Expected, read_token
from engine.settings import Settings

TIMEOUT_SECONDS = 5.0
MAX_BYTES = 256 * 1024

FRESH_SECONDS = 3600.0
"""After this long the keys are fetched again; the issuer may have withdrawn one."""

STALE_SECONDS = 24 * 3600.0
"""How long the keys last while the issuer cannot be reached."""

PAUSE_SECONDS = 30.0
"""Between fetches, whatever key ids strangers make up."""

LEEWAY = timedelta(seconds=30)
"""The clock of another machine."""

CONFIGURATION = "/.well-known/openid-configuration"

log = logging.getLogger("whorl.api")


class PublishedKeys:
    """The keys of an issuer, fetched when they are needed. Safe to share between threads."""

    def __init__(self, issuer: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the issuer's URL."""
        self._issuer = issuer
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, Key] = {}
        self._fetched_at = self._tried_at = float("-inf")

    def find(self, kid: str) -> Key:
        """A key by its id.

        Raises:
            BadToken: the issuer has no such key.
            IssuerUnreachable: its keys are not known.
        """
        if not self._is_fresh() or kid not in self._keys:  # else nobody waits for the issuer
            with self._lock:
                self._fetch_again(kid)
        if self._clock() - self._fetched_at > STALE_SECONDS:
            raise IssuerUnreachable(f"{self._issuer}: its keys cannot be read")
        found = self._keys.get(kid)
        if found is None:
            raise BadToken("the issuer has no such key")
        return found

    def _is_fresh(self) -> bool:
        """Whether the keys were fetched not long ago."""
        return self._clock() - self._fetched_at <= FRESH_SECONDS

    def _fetch_again(self, kid: str) -> None:
        """Fetch the keys, unless another thread just did, or it was tried not long ago."""
        known = self._is_fresh() and kid in self._keys
        if not known and self._clock() - self._tried_at >= PAUSE_SECONDS:
            self._tried_at = self._clock()
            self._fetch()

    def _fetch(self) -> None:
        """Fetch the keys; on failure those that are known stay."""
        try:
            where = _read_json(f"{self._issuer.rstrip('/')}{CONFIGURATION}")
            if where.get("issuer") != self._issuer:
                raise ValueError("its configuration is of another issuer")
            content = _read_json(str(where["jwks_uri"]))
            keys = KeySet.import_key_set({"keys": _usable(content["keys"])}).keys
        except (OSError, ValueError, KeyError, TypeError, JoseError, BadRequest,
                http.client.HTTPException) as error:  # fmt: skip
            log.warning("%s: the keys cannot be fetched: %s", self._issuer, error)
            return
        self._keys = {key.kid: key for key in keys if key.kid}
        self._fetched_at = self._clock()


def _usable(rows: list[dict[str, Any]]) -> list[Any]:
    """Public keys for signatures; sets may hold others. Symmetric keys are never among them."""
    return [row for row in rows if row.get("kty") in ("EC", "OKP", "RSA")
            and row.get("use", "sig") == "sig" and "d" not in row]  # fmt: skip


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Keys come from where the operator said, or not at all."""

    def redirect_request(self, *_: Any) -> None:
        """Follow none."""


def _read_json(url: str) -> dict[str, Any]:
    """A JSON object of bounded size.

    Raises:
        BadRequest: the URL is not of HTTPS, or of HTTP on this machine.
        OSError, ValueError: it cannot be fetched or read.
    """
    require_secure(url)
    opener = urllib.request.build_opener(_NoRedirect)
    with opener.open(url, timeout=TIMEOUT_SECONDS) as response:
        body = response.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise ValueError(f"{url}: more than {MAX_BYTES} bytes")
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError(f"{url}: is no JSON object")
    return content


def require_secure(url: str) -> None:
    """Check that nobody on the way can change what is fetched.

    Raises:
        BadRequest: the URL is neither of HTTPS nor of this machine.
    """
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not (parts.scheme == "https" or local):
        raise BadRequest(f"{url}: keys are fetched over https only")


class ExternalIssuer:
    """Verifies tokens of an external issuer. Whose they are, the catalogue says, by the subject."""

    def __init__(self, catalogue: Catalogue, settings: Settings, keys: PublishedKeys) -> None:
        """Take where users are, what tokens must say, and the issuer's keys."""
        self.catalogue = catalogue
        self.keys = keys
        self.expected = Expected(
            issuer=settings.oidc_issuer or "",
            audience=settings.audience,
            algorithm=settings.oidc_algorithm,
            type=None,
            leeway=LEEWAY,
        )

    def verify(self, token: str) -> Bearer:
        """Whoever bears a token: scopes are those that it shares with the user's roles here.

        Raises:
            BadToken: it does not count, or its subject is no active user here.
            IssuerUnreachable: the issuer's keys are not known.
        """
        claims = read_token(token, self.expected, self.keys.find, datetime.now(UTC))
        with self.catalogue.reading() as connection:
            user = find_subject(connection, claims.subject)
        if user is None or not user.active:
            raise BadToken("the subject is no active user here")
        return Bearer(user, claims.scopes & user.scopes)
