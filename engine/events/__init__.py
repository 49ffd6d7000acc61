"""Events: what an organisation is told of at once, by the stream and by callbacks."""

from engine.events.event import Event, EventKind, scopes_for
from engine.events.subject import Subject, SubjectKind

__all__ = ["Event", "EventKind", "Subject", "SubjectKind", "scopes_for"]
