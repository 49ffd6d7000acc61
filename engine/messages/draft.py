"""A message that somebody wants to send."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.errors import BadRequest
from engine.messages.attachment import Attachment, check_attachments
from engine.messages.priority import Priority
from engine.notices.values import words

LONGEST_TEXT = 10_000
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be sent.

    Attributes:
        text: what it says.
        priority: how urgent it is.
        attachments: files that go with it.
    """

    text: str
    priority: Priority = Priority.ROUTINE
    attachments: tuple[Attachment, ...] = field(default=())


def check_draft(draft: Draft) -> None:
    """Check that a message can be sent.

    Raises:
        BadRequest: names what is wrong.
    """
    if fault := words(LONGEST_TEXT)(draft.text):
        raise BadRequest(f"text: {fault}")
    check_attachments(draft.attachments)


def check_subject(subject: str) -> str:
    """What a thread is about, trimmed.

    Raises:
        BadRequest: it is empty, too long or more than a line.
    """
    fault = words(LONGEST_SUBJECT)(subject)
    if fault or not subject.isprintable():
        raise BadRequest(f"subject: {fault or 'holds control characters'}")
    return subject.strip()
