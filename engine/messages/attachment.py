"""Small files that go with a message: of a few known types, told from their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.errors import BadRequest

MOST = 5
"""Attachments of one message."""

LARGEST = 1024 * 1024
"""Bytes of one attachment: a scanned page, a print, a short report."""

_NAME = re.compile(r"[^\x00-\x1f\x7f/\\\ud800-\udfff]{1,100}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is sent.

    Attributes:
        name: as its sender calls it; it names no place anywhere.
        media_type: one of `TYPES`.
        content: its bytes.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hash of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """What is known of a file on record, without its content."""

    number: int
    name: str
    media_type: str
    size: int
    sha256: str


def _is_text(content: bytes) -> bool:
    """Whether bytes are UTF-8 without control characters."""
    try:
        return _CONTROL.search(content.decode()) is None
    except UnicodeDecodeError:
        return False


TYPES: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "image/png": ("png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    "image/jpeg": ("jpg", lambda content: content.startswith(b"\xff\xd8\xff")),
    "application/pdf": ("pdf", lambda content: content.startswith(b"%PDF-")),
    "text/plain": ("txt", _is_text),
}
"""Types that may be attached: the ending of a file of each, and how its content is told."""


def check_attachments(attachments: tuple[Attachment, ...]) -> None:
    """Check the files of a message.

    Raises:
        BadRequest: names the file that is too large, of no known type, not of the type that is
            declared, or badly named; or there are too many.
    """
    if len(attachments) > MOST:
        raise BadRequest(f"attachments: at most {MOST}")
    for place, one in enumerate(attachments):
        if fault := _fault(one):
            raise BadRequest(f"attachments: {place}: {fault}")


def file_name(facts: AttachmentFacts) -> str:
    """The name under which a file is handed out: ours, not the sender's."""
    return f"attachment-{facts.number}.{TYPES[facts.media_type][0]}"


def _fault(one: Attachment) -> str | None:
    """What is wrong with a file; None if nothing is."""
    if not _NAME.fullmatch(one.name):
        return "name: use 1 to 100 characters without slashes and control characters"
    if one.media_type not in TYPES:
        return f"media_type {one.media_type!r}: use one of {', '.join(TYPES)}"
    if not 0 < len(one.content) <= LARGEST:
        return f"content: give 1 to {LARGEST} bytes"
    is_of_type = TYPES[one.media_type][1]
    return None if is_of_type(one.content) else f"content: is no {one.media_type}"
