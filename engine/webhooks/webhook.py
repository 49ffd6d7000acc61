"""A callback of a bureau, and as whom it is told of events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.asker import Asker
from engine.events.event import Event, EventKind
from engine.identity.roles import Scope

_SCOPES = frozenset({Scope.READ, Scope.NOTICE_READ, Scope.MESSAGE})


class WebhookState(StrEnum):
    """Whether a callback is called."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A callback.

    Attributes:
        id: unique, 32 hexadecimal digits.
        ncb: whose events it gets.
        url: where to.
        kinds: of events that are wanted; empty is all.
        state: whether it is called.
        position: of the last event that was planned.
        failures: tries in a row that have failed.
        actor: who registered it.
        made_at, changed_at: when it was registered, and when its state last changed.
    """

    id: str
    ncb: str
    url: str
    kinds: frozenset[EventKind]
    state: WebhookState
    position: int
    failures: int
    actor: str
    made_at: datetime
    changed_at: datetime

    @property
    def asker(self) -> Asker:
        """As whom it is told: of the bureau, with the lowest clearance.

        Who reads what its server receives is not known here.
        """
        return Asker(f"webhook:{self.id}", self.ncb, "administration", scopes=_SCOPES)

    def wants(self, event: Event) -> bool:
        """Whether an event is of a kind that it wants."""
        return not self.kinds or event.kind in self.kinds


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is to be made.

    Attributes:
        webhook_id: of whom.
        delivery_id: of which event.
        tries: that have failed.
        due_at: of the next try; None is given up.
        fault: of the last try.
    """

    webhook_id: str
    delivery_id: int
    tries: int
    due_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A call that was given up, with its event as somebody may see it."""

    call: Call
    event: Event
