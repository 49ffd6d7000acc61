"""Streams of events for pages: whoever has a session listens, as others do with a token."""

from __future__ import annotations

from dataclasses import dataclass

from engine.gallery.catalogue import Catalogue
from engine.identity.issuer import Bearer
from engine.identity.sessions import open_session


@dataclass(frozen=True, slots=True)
class SessionAuthority:
    """Knows whose a session is. To listen is no use of it: a screen that is left is signed out.

    Attributes:
        catalogue: that holds the sessions.
    """

    catalogue: Catalogue

    def verify(self, token: str) -> Bearer:
        """Whoever has a session.

        Raises:
            BadToken: it has ended.
        """
        return open_session(self.catalogue, token, by_hand=False).bearer
