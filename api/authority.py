"""What verifies tokens: the built-in issuer, or an external one that the settings name."""

from __future__ import annotations

from typing import Protocol

from api.oidc import ExternalIssuer, PublishedKeys, require_secure
from engine.gallery.catalogue import Catalogue
from engine.identity.issuer import Bearer, Issuer
from engine.identity.keys import KeyRing
from engine.identity.rotation import make_first_key
from engine.identity.tokens import Expected
from engine.settings import Settings
from engine.terminal import operator

LOCAL_URL = "http://127.0.0.1:8000"
"""Name of the issuer where nothing tells another."""


class Authority(Protocol):
    """Knows whom a token belongs to."""

    def verify(self, token: str) -> Bearer:
        """Whoever bears a token.

        Raises:
            BadToken: it does not count.
        """
        ...


def open_authority(settings: Settings, catalogue: Catalogue) -> Authority:
    """The authority of these settings; the built-in one gets its first key.

    Raises:
        StorageError: the keys cannot be read or written.
        BadRequest: the external issuer is not of HTTPS.
    """
    if settings.oidc_issuer is not None:
        require_secure(settings.oidc_issuer)
        return ExternalIssuer(catalogue, settings, PublishedKeys(settings.oidc_issuer))
    return open_issuer(settings, catalogue)


def open_issuer(settings: Settings, catalogue: Catalogue) -> Issuer:
    """The built-in issuer.

    Raises:
        StorageError: the keys cannot be read or written.
    """
    keys = KeyRing(settings)
    make_first_key(catalogue, keys, operator())
    keys.signing()
    url = (settings.public_url or LOCAL_URL).rstrip("/")
    return Issuer(catalogue, keys, Expected(url, settings.audience))
