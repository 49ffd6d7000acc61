"""What is sent to write to other organisations."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from api.schemas.base import Body
from api.schemas.examinations import TransactionId
from api.schemas.orders import decode_base64
from engine.messages import Attachment, Draft, Priority, parse_organisation
from engine.messages.attachment import LARGEST, MOST, TYPES
from engine.messages.draft import LONGEST_SUBJECT, LONGEST_TEXT
from engine.messages.thread import MOST_PARTIES
from engine.messaging.sending import NewThread

Content = Annotated[
    bytes,
    BeforeValidator(decode_base64, json_schema_input_type=str),
    Field(
        min_length=1,
        max_length=LARGEST,
        description=f"At most {LARGEST} bytes; its type is told from it.",
        json_schema_extra={"contentEncoding": "base64", "type": "string"},
        repr=False,
    ),
]
Code = Annotated[str, Field(min_length=2, max_length=16)]


class AttachmentBody(Body):
    """A file that goes with a message."""

    name: str = Field(min_length=1, max_length=100, examples=["mark.png"])
    media_type: str = Field(
        max_length=40, description=f"One of {', '.join(TYPES)}.", examples=["image/png"]
    )
    content: Content


class ReplyBody(Body):
    """A message in a thread."""

    transaction_id: TransactionId
    text: str = Field(max_length=LONGEST_TEXT, examples=["Which court issued the warrant?"])
    priority: Priority = Field(
        default=Priority.ROUTINE,
        description="Receivers acknowledge a flash within an hour, urgent within a day, routine "
        "within four.",
    )
    attachments: list[AttachmentBody] = Field(default=[], max_length=MOST)

    def to_draft(self) -> Draft:
        """The engine's form."""
        files = [Attachment(one.name, one.media_type, one.content) for one in self.attachments]
        return Draft(self.text, self.priority, tuple(files))


class ThreadBody(ReplyBody):
    """The first message of a new thread."""

    to: list[Code] = Field(
        min_length=1,
        max_length=MOST_PARTIES - 1,
        description="Codes of bureaus, IPSG or CCC.",
        examples=[["DE", "CCC"]],
    )
    subject: str = Field(max_length=LONGEST_SUBJECT, examples=["Case 2026-CR-00123"])

    def to_thread(self) -> NewThread:
        """The engine's form.

        Raises:
            BadRequest: unknown organisation.
        """
        return NewThread(self.subject, frozenset(map(parse_organisation, self.to)))
