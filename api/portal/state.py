"""What the portal of one server keeps in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from api.portal.case_probes import CaseProbes
from api.portal.shelf import Shelf
from api.portal.static_files import StaticFiles, load_static_files
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Portal:
    """The portal of one server.

    Attributes:
        https: whether browsers reach it by HTTPS.
        public_url: where they reach it, None if nothing tells.
        static: scripts and styles.
        shelf: probes of the sessions, for a while.
        probes: of cases that are worked on.
    """

    https: bool
    public_url: str | None
    static: StaticFiles = field(repr=False)
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    probes: CaseProbes = field(default_factory=CaseProbes, repr=False)


def make_portal(settings: Settings) -> Portal:
    """The portal of these settings."""
    url = settings.public_url
    return Portal((url or "").startswith("https:"), url, load_static_files())
