"""Who did something, and when: it stands beside everything that is kept of a notice's life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did something, for which organisation, and when."""

    actor: str
    ncb: str
    at: datetime
