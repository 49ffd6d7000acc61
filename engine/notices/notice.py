"""A notice: what a bureau tells others about a person, an object or a method."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import BadRequest
from engine.notices.colour import Colour, parse_colour
from engine.notices.party import parse_owner
from engine.notices.restriction import EVERYBODY, Restriction, parse_restriction
from engine.notices.status import Kind, NoticeStatus

_ENTITY_ID = re.compile(r"(\d{4})[/-](\d{1,7})", re.ASCII)

_OWN = (
    "colour", "entity_id", "ncb", "status", "person", "kind", "restriction", "language",
    "public_extract",
)  # fmt: skip
"""Keys of a mapping that are no field of the notice's content."""


@dataclass(frozen=True, slots=True, order=True)
class NoticeKey:
    """What names a notice: its colour, and `YYYY/NNNNN`."""

    colour: Colour
    entity_id: str

    def __str__(self) -> str:
        return f"{self.colour}/{self.entity_id}"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        colour: its kind.
        entity_id: `YYYY/NNNNN`, year of the file and serial number.
        ncb: code of the bureau that asked for it and owns it.
        status: readers see PUBLISHED and CIRCULATED ones only.
        person_id: the person that it is about, if that person is on record.
        fields: all further fields, by the names of the public notices interface.
        kind: a notice, or a diffusion.
        restriction: which bureaus may see it; of a diffusion, its recipients.
        language: code of the language that its texts were written in.
        public_extract: whether its owner lets an extract be shown to the public.
    """

    colour: Colour
    entity_id: str
    ncb: str
    status: NoticeStatus = NoticeStatus.PUBLISHED
    person_id: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    kind: Kind = Kind.NOTICE
    restriction: Restriction = EVERYBODY
    language: str = "en"
    public_extract: bool = False

    @property
    def path(self) -> str:
        """Where the notice is read: the slash of its id becomes a dash."""
        return f"/v1/notices/{self.colour}/{self.entity_id.replace('/', '-')}"

    @property
    def key(self) -> NoticeKey:
        """What names it."""
        return NoticeKey(self.colour, self.entity_id)


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
    """Read a notice from a mapping such as a line of JSON; fields of no value are left out.

    Raises:
        BadRequest: a needed field is missing or malformed.
    """
    missing = [key for key in ("colour", "entity_id", "ncb") if not row.get(key)]
    if missing:
        raise BadRequest(f"notice {row.get('entity_id')!r}: missing {', '.join(missing)}")
    return Notice(
        colour=parse_colour(str(row["colour"])),
        entity_id=parse_entity_id(str(row["entity_id"])),
        ncb=parse_owner(str(row["ncb"])),
        status=_parse_status(row),
        person_id=row.get("person") or None,
        fields={key: value for key, value in row.items() if key not in _OWN and value is not None},
        kind=_parse_kind(row),
        restriction=_parse_restriction(row),
        language=str(row.get("language", "en")),
        public_extract=row.get("public_extract") is True,
    )


def _parse_status(row: Mapping[str, Any]) -> NoticeStatus:
    """The status of a mapping; nothing is PUBLISHED.

    Raises:
        BadRequest: names no status.
    """
    status = str(row.get("status", "PUBLISHED")).upper()
    if status not in NoticeStatus.__members__:
        raise BadRequest(f"notice {row['entity_id']!r}: unknown status {status!r}")
    return NoticeStatus[status]


def _parse_kind(row: Mapping[str, Any]) -> Kind:
    """The kind of a mapping; nothing is a notice.

    Raises:
        BadRequest: names no kind.
    """
    kind = str(row.get("kind", Kind.NOTICE))
    if kind not in set(Kind):
        raise BadRequest(f"notice {row['entity_id']!r}: unknown kind {kind!r}")
    return Kind(kind)


def _parse_restriction(row: Mapping[str, Any]) -> Restriction:
    """The restriction of a mapping; nothing admits everybody.

    Raises:
        BadRequest: it is malformed.
    """
    given = row.get("restriction") or {}
    ncbs = given.get("ncbs") or [] if isinstance(given, Mapping) else None
    if not isinstance(ncbs, list) or not isinstance(given, Mapping):
        raise BadRequest(f"notice {row['entity_id']!r}: restriction is not {{mode, ncbs: [...]}}")
    return parse_restriction(str(given.get("mode", "")), map(str, ncbs))
