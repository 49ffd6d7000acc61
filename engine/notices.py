"""Notices: what bureaus tell each other about a person, an object or a method."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.errors import BadRequest

_ENTITY_ID = re.compile(r"(\d{4})[/-](\d{1,7})")


class Colour(StrEnum):
    """Kinds of notices, by the colour that names them."""

    RED = "red"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    BLACK = "black"
    ORANGE = "orange"
    PURPLE = "purple"
    UN = "un"
    SILVER = "silver"


class NoticeStatus(StrEnum):
    """Where a notice stands in its life."""

    DRAFT = "DRAFT"
    REQUESTED = "REQUESTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    PUBLISHED = "PUBLISHED"
    REFUSED = "REFUSED"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        colour: its kind.
        entity_id: `YYYY/NNNNN`, year of the file and serial number.
        ncb: code of the bureau that asked for it.
        status: only PUBLISHED notices are shown with candidates.
        person_id: the person that it is about, if that person is on record.
        fields: all further fields, by the names of the public notices interface.
    """

    colour: Colour
    entity_id: str
    ncb: str
    status: NoticeStatus = NoticeStatus.PUBLISHED
    person_id: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the notice is read: the slash of its id becomes a dash."""
        return f"/v1/notices/{self.colour}/{self.entity_id.replace('/', '-')}"


def parse_colour(text: str) -> Colour:
    """Read a colour.

    Raises:
        BadRequest: names no colour.
    """
    try:
        return Colour(text.strip().lower())
    except ValueError:
        known = ", ".join(Colour)
        raise BadRequest(f"unknown notice colour {text!r}; known are: {known}") from None


def parse_entity_id(text: str) -> str:
    """Read a notice id with slash or dash; returns it with a slash.

    Raises:
        BadRequest: is no notice id.
    """
    match = _ENTITY_ID.fullmatch(text.strip())
    if match is None:
        raise BadRequest(f"notice id {text!r} is not of the form YYYY/NNNNN")
    return f"{match[1]}/{match[2]}"


def parse_notice(row: Mapping[str, Any]) -> Notice:
    """Read a notice from a mapping such as a line of JSON.

    Raises:
        BadRequest: a needed field is missing or malformed.
    """
    missing = [key for key in ("colour", "entity_id", "ncb") if not row.get(key)]
    if missing:
        raise BadRequest(f"notice {row.get('entity_id')!r}: missing {', '.join(missing)}")
    status = str(row.get("status", "PUBLISHED")).upper()
    if status not in NoticeStatus.__members__:
        raise BadRequest(f"notice {row['entity_id']!r}: unknown status {status!r}")
    own = {"colour", "entity_id", "ncb", "status", "person"}
    return Notice(
        colour=parse_colour(str(row["colour"])),
        entity_id=parse_entity_id(str(row["entity_id"])),
        ncb=str(row["ncb"]),
        status=NoticeStatus[status],
        person_id=row.get("person") or None,
        fields={key: value for key, value in row.items() if key not in own},
    )
