"""Events as they are told, by the stream and by callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas.base import Body, Link, link
from engine.events.event import Event, EventKind
from engine.events.subject import Subject, SubjectKind


class SubjectView(Body):
    """What an event is about."""

    kind: SubjectKind
    id: str = Field(examples=["2026/0000001"])


class EventLinks(Body):
    """Where to read more, with a token that may."""

    subject: Link | None


class EventView(Body):
    """An event. It names records and says nothing of them."""

    id: str = Field(description="The same in every delivery; to pass over what one has.")
    kind: EventKind
    act: str = Field(examples=["published"])
    at: datetime
    subject: SubjectView
    data: Mapping[str, Any] = Field(examples=[{"version": 1}])
    links: EventLinks = Field(alias="_links")


def show_event(told: Event) -> EventView:
    """An event as it is told."""
    about = told.subject
    return EventView(
        id=told.token,
        kind=told.kind,
        act=told.act,
        at=told.at,
        subject=SubjectView(kind=about.kind, id=about.id),
        data=dict(told.data),
        links=EventLinks(subject=link_of_subject(about)),
    )


def frame_of(told: Event) -> bytes:
    """An event as a server-sent event; JSON has no line breaks of its own."""
    body = show_event(told).model_dump_json(by_alias=True)
    return f"id: {told.token}\nevent: {told.kind}\ndata: {body}\n\n".encode()


def link_of_subject(about: Subject) -> Link | None:
    """The path of a subject."""
    match about.kind:
        case SubjectKind.NOTICE:
            return link("notices", about.colour, about.id.replace("/", "-"))
        case SubjectKind.HIT:
            return link("hits", about.id)
        case SubjectKind.THREAD:
            return link("messages", about.id)
        case SubjectKind.PERSON:
            return link("persons", about.id)
        case SubjectKind.FREE:
            return None
