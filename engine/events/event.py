"""The kinds of events, and which right lets somebody be told of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.events.subject import Subject
from engine.identity.roles import Scope


class EventKind(StrEnum):
    """What has happened to what."""

    NOTICE = "notice"
    """A notice was published, corrected, suspended, withdrawn, …"""

    HIT = "hit"
    """A hit was opened or has moved."""

    ALERT = "alert"
    """A record was found by a search that nobody waits for, such as one of unsolved latents."""

    MESSAGE = "message"
    """A message has arrived, or its acknowledgement is late."""

    RECORD = "record"
    """A record of the own bureau is handled in another way, or ends soon."""

    CENTRE = "centre"
    """The work of the CCC has moved."""


_NEEDS: Mapping[EventKind, Scope] = {
    EventKind.NOTICE: Scope.NOTICE_READ,
    EventKind.HIT: Scope.READ,
    EventKind.ALERT: Scope.READ,
    EventKind.RECORD: Scope.READ,
    EventKind.MESSAGE: Scope.MESSAGE,
    EventKind.CENTRE: Scope.MESSAGE,
}
"""The right to read the subject is the right to be told of it."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event as an organisation is told of it. It names records and says nothing of them.

    Attributes:
        position: among all deliveries; to go on after it, and shown to nobody.
        token: by which its receivers know it, 32 hexadecimal digits; each organisation has its own.
        kind, act: what has happened, such as `notice`, `published`.
        subject: what it happened to.
        data: further facts of JSON.
        at: when.
    """

    position: int
    token: str
    kind: EventKind
    act: str
    subject: Subject
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


def scopes_for(kind: EventKind) -> Scope:
    """The scope that lets somebody be told of such events."""
    return _NEEDS[kind]


def kinds_for(scopes: Collection[Scope]) -> frozenset[EventKind]:
    """The events that somebody with these scopes is told of."""
    return frozenset(kind for kind, need in _NEEDS.items() if need in scopes)
