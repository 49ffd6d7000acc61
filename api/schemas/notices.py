"""Notices, in the shape of the public notices interface."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from api.schemas.base import Body, Link, link
from api.schemas.paging import Asked, PageLinks, page_links
from engine.noticeboard.reading import Opened
from engine.notices import Kind, Notice, NoticeStatus, Restriction, RestrictionMode
from engine.notices.file import NoticeFile
from engine.notices.texts import Reading, TextOrigin

LIST_PATH = "/v1/notices"

_EXAMPLE: dict[str, Any] = {
    "colour": "red",
    "entity_id": "2024/12345",
    "ncb": "FR",
    "kind": "notice",
    "status": "PUBLISHED",
    "language": "en",
    "name": "TESTOVA",
    "forename": "NEMESTA",
    "date_of_birth": "1980/01/25",
    "nationalities": ["MD"],
    "_links": {
        "self": {"href": "/v1/notices/red/2024-12345"},
        "person": {"href": "/v1/persons/FX-0001"},
        "images": {"href": "/v1/notices/red/2024-12345/images"},
    },
}


class NoticeLink(Link):
    """A link to a notice, with enough to show it."""

    colour: str = Field(examples=["red"])
    entity_id: str = Field(examples=["2024/12345"])
    title: str = Field(examples=["Red notice 2024/12345, TESTOVA Nemesta"])


class NoticeLinks(Body):
    """Where to go from a notice."""

    self_: Link = Field(alias="self")
    person: Link | None = Field(description="The person it is about, if on record.")
    images: Link = Field(description="Prints of that person.")


class NoticeItem(Body):
    """A notice in a list. Further fields are those of the public notices interface."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"example": _EXAMPLE})

    colour: str
    entity_id: str = Field(description="Year of the file and number; in paths the slash is a dash.")
    ncb: str = Field(description="Bureau that asked for the notice.")
    kind: Kind
    status: NoticeStatus
    language: str = Field(description="Language that its texts were written in.")
    links: NoticeLinks = Field(alias="_links")


class TextOriginView(Body):
    """Where a text comes from."""

    language: str = Field(description="That the text is in.", examples=["en"])
    fall_back: bool = Field(description="Whether another language was asked for.")
    translated_by: str | None = Field(description="Null for the original.", examples=["eve@ipsg"])
    translated_at: datetime | None


class TextsView(Body):
    """The languages of the texts of a notice."""

    language: str = Field(description="That was asked for.", examples=["fr"])
    falls_back: bool = Field(description="Whether any text is in another language.")
    fields: dict[str, TextOriginView] = Field(description="By the name of the text's field.")


class RestrictionBody(Body):
    """Which bureaus may see a record: all, those of a list, or all but those of a list."""

    mode: RestrictionMode = Field(default=RestrictionMode.ALL, examples=["DENY"])
    ncbs: tuple[str, ...] = Field(default=(), max_length=250, examples=[["BR", "JP"]])


class NoticeView(NoticeItem):
    """A notice. Further fields are those of the public notices interface."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                **_EXAMPLE,
                "version": 1,
                "published_at": "2026-03-01T09:30:00Z",
                "expires_at": "2031-02-28T09:30:00Z",
                "public_extract": False,
                "texts": {"language": "en", "falls_back": False, "fields": {}},
                "restriction": None,
                "revision": None,
                "proposed": None,
            }
        },
    )

    version: int = Field(description="Of the content; a correction makes the next.")
    published_at: datetime | None
    expires_at: datetime | None
    public_extract: bool
    texts: TextsView
    restriction: RestrictionBody | None = Field(
        description="Who may see it; told to its owner and the General Secretariat alone."
    )
    revision: int | None = Field(
        description="Counts every change; told to the same, as is the header `ETag`."
    )
    proposed: int | None = Field(
        description="Number of a correction that waits for its review; told to the same."
    )


class NoticesEmbedded(Body):
    """The notices of a page."""

    notices: list[NoticeItem]


class NoticePage(Body):
    """A page of notices, newest first; where a name is asked for, those spelt so come first."""

    total: int = Field(description="Number of all notices that fit.", examples=[1])
    query: dict[str, str | int] = Field(
        description="What was asked.", examples=[{"colour": "red", "page": 1, "resultPerPage": 20}]
    )
    embedded: NoticesEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


def show_notice(opened: Opened) -> NoticeView:
    """A notice that somebody opened."""
    file = opened.file
    inside: dict[str, Any] = {"restriction": None, "revision": None, "proposed": None}
    if opened.inside:
        restriction = show_restriction(file.notice.restriction)
        inside = {"restriction": restriction, "revision": file.revision, "proposed": file.proposed}
    own = {
        **_own(file.notice),
        "version": file.version,
        "published_at": file.published_at,
        "expires_at": file.expires_at,
        "public_extract": file.notice.public_extract,
        "texts": _texts(opened.reading),
        **inside,
    }
    return NoticeView(**{**opened.reading.fields, **own})


def show_restriction(restriction: Restriction) -> RestrictionBody:
    """Who may see a record."""
    return RestrictionBody(mode=restriction.mode, ncbs=tuple(sorted(restriction.ncbs)))


def show_notice_link(notice: Notice) -> NoticeLink:
    """A link to a notice."""
    name = " ".join(str(notice.fields.get(part) or "") for part in ("name", "forename")).strip()
    title = f"{notice.colour.title()} {notice.kind} {notice.entity_id}"
    return NoticeLink(
        href=notice.path,
        colour=notice.colour.value,
        entity_id=notice.entity_id,
        title=f"{title}, {name}" if name else title,
    )


def show_page(files: Sequence[NoticeFile], total: int, query: Asked) -> NoticePage:
    """A page of notices."""
    return NoticePage(
        total=total,
        query=query,
        embedded=NoticesEmbedded(notices=[_item(file.notice) for file in files]),
        links=page_links(LIST_PATH, query, total),
    )


def _item(notice: Notice) -> NoticeItem:
    """A notice in a list."""
    return NoticeItem(**{**notice.fields, **_own(notice)})


def _own(notice: Notice) -> dict[str, Any]:
    """What every notice has, by the names of the views."""
    person = None if notice.person_id is None else link("persons", notice.person_id)
    here, images = Link(href=notice.path), Link(href=f"{notice.path}/images")
    return {
        "colour": notice.colour.value,
        "entity_id": notice.entity_id,
        "ncb": notice.ncb,
        "kind": notice.kind,
        "status": notice.status,
        "language": notice.language,
        "_links": NoticeLinks(self_=here, person=person, images=images),
    }


def _texts(reading: Reading) -> TextsView:
    """The languages of a reading."""
    fields = {name: _origin(origin) for name, origin in reading.origins.items()}
    return TextsView(language=reading.language, falls_back=reading.falls_back, fields=fields)


def _origin(origin: TextOrigin) -> TextOriginView:
    """Where a text comes from."""
    by = origin.translated
    return TextOriginView(
        language=origin.language,
        fall_back=origin.fall_back,
        translated_by=by and by.actor,
        translated_at=by and by.at,
    )
