"""Messages between bureaus and to the CCC: pure rules, without storage and without HTTP."""

from engine.messages.attachment import Attachment, AttachmentFacts
from engine.messages.draft import Draft, check_draft
from engine.messages.priority import Priority, due_at
from engine.messages.thread import Thread, parse_organisation, parties_of, receivers

__all__ = [
    "Attachment",
    "AttachmentFacts",
    "Draft",
    "Priority",
    "Thread",
    "check_draft",
    "due_at",
    "parse_organisation",
    "parties_of",
    "receivers",
]
