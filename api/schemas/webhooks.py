"""Callbacks of a bureau, and what did not arrive at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from api.schemas.base import Body, Link, link
from api.schemas.events import EventView, show_event
from engine.events.event import EventKind
from engine.webhooks.address import LONGEST
from engine.webhooks.webhook import DeadLetter, Webhook, WebhookState


class WebhookOrder(Body):
    """A callback that is wanted."""

    url: str = Field(
        max_length=LONGEST,
        description="By HTTPS, of a host that this server's settings name.",
        examples=["https://alerts.example.org/whorl"],
    )
    kinds: list[EventKind] = Field(
        default=[], max_length=len(EventKind), description="Kinds of events; none is all."
    )


class WebhookLinks(Body):
    """Where to go from a callback."""

    self_: Link = Field(alias="self")
    dead_letters: Link


class WebhookView(Body):
    """A callback."""

    id: str
    url: str
    kinds: list[EventKind]
    state: WebhookState
    failures: int = Field(description="Tries in a row that have failed.")
    made_by: str
    made_at: datetime
    changed_at: datetime
    links: WebhookLinks = Field(alias="_links")


class WebhookList(Body):
    """The callbacks of your bureau."""

    webhooks: list[WebhookView]


class DeadLetterView(Body):
    """An event that did not arrive."""

    event: EventView
    tries: int
    fault: str = Field(examples=["the answer was 500"])


class DeadLetterList(Body):
    """Events that were given up, the latest first; enable the callback to try them again."""

    dead_letters: list[DeadLetterView]


class WebhookKeyView(Body):
    """What verifies the signature on calls."""

    algorithm: str = Field(examples=["Ed25519"])
    public_keys: str = Field(description="In PEM form, all that were ever used.")


def show_webhook(one: Webhook) -> WebhookView:
    """A callback as it is shown."""
    return WebhookView(
        id=one.id,
        url=one.url,
        kinds=sorted(one.kinds),
        state=one.state,
        failures=one.failures,
        made_by=one.actor,
        made_at=one.made_at,
        changed_at=one.changed_at,
        links=WebhookLinks(
            self_=link("webhooks", one.id), dead_letters=link("webhooks", one.id, "dead-letters")
        ),
    )


def show_dead(found: Sequence[DeadLetter]) -> DeadLetterList:
    """Dead letters as they are shown."""
    return DeadLetterList(
        dead_letters=[
            DeadLetterView(event=show_event(one.event), tries=one.call.tries, fault=one.call.fault)
            for one in found
        ]
    )
