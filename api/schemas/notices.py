"""Notices, in the shape of the public notices interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from pydantic import ConfigDict, Field

from api.schemas.base import Body, Link, link
from engine.notices import Notice

LIST_PATH = "/v1/notices"


class NoticeLink(Link):
    """A link to a notice, with enough to show it."""

    colour: str = Field(examples=["red"])
    entity_id: str = Field(examples=["2024/12345"])
    title: str = Field(examples=["Red notice 2024/12345, TESTOVA Nemesta"])


class NoticeLinks(Body):
    """Where to go from a notice."""

    self_: Link = Field(alias="self")
    person: Link | None = Field(description="The person it is about, if on record.")


class NoticeView(Body):
    """A notice. Fields beyond those listed are those of the public notices interface."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "colour": "red",
                "entity_id": "2024/12345",
                "ncb": "FR",
                "name": "TESTOVA",
                "forename": "NEMESTA",
                "date_of_birth": "1980/01/25",
                "nationalities": ["MD"],
                "_links": {
                    "self": {"href": "/v1/notices/red/2024-12345"},
                    "person": {"href": "/v1/persons/FX-0001"},
                },
            }
        },
    )

    colour: str
    entity_id: str = Field(description="Year of the file and number; in paths the slash is a dash.")
    ncb: str = Field(description="Bureau that asked for the notice.")
    links: NoticeLinks = Field(alias="_links")


class NoticesEmbedded(Body):
    """The notices of a page."""

    notices: list[NoticeView]


class PageLinks(Body):
    """Where to go from a page."""

    self_: Link = Field(alias="self")
    first: Link
    next: Link | None
    last: Link


class NoticePage(Body):
    """A page of notices, newest first."""

    total: int = Field(description="Number of all notices that fit.", examples=[1])
    query: dict[str, str | int] = Field(
        description="What was asked.", examples=[{"colour": "red", "page": 1, "resultPerPage": 20}]
    )
    embedded: NoticesEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


def show_notice(notice: Notice) -> NoticeView:
    """A notice."""
    person = None if notice.person_id is None else link("persons", notice.person_id)
    own: dict[str, Any] = {
        "colour": notice.colour.value,
        "entity_id": notice.entity_id,
        "ncb": notice.ncb,
        "_links": NoticeLinks(self_=Link(href=notice.path), person=person),
    }
    return NoticeView(**{**notice.fields, **own})


def show_notice_link(notice: Notice) -> NoticeLink:
    """A link to a notice."""
    name = " ".join(str(notice.fields.get(part) or "") for part in ("name", "forename")).strip()
    title = f"{notice.colour.title()} notice {notice.entity_id}"
    return NoticeLink(
        href=notice.path,
        colour=notice.colour.value,
        entity_id=notice.entity_id,
        title=f"{title}, {name}" if name else title,
    )


def show_page(notices: Sequence[Notice], total: int, query: dict[str, str | int]) -> NoticePage:
    """A page of notices; `query` names at least `page` and `resultPerPage`."""
    page = int(query["page"])
    last = max(1, -(-total // int(query["resultPerPage"])))
    return NoticePage(
        total=total,
        query=query,
        embedded=NoticesEmbedded(notices=[show_notice(notice) for notice in notices]),
        links=PageLinks(
            self_=_page_link(query, page),
            first=_page_link(query, 1),
            next=_page_link(query, page + 1) if page < last else None,
            last=_page_link(query, last),
        ),
    )


def _page_link(query: dict[str, str | int], page: int) -> Link:
    """A link to another page of the same query."""
    return Link(href=f"{LIST_PATH}?{urlencode({**query, 'page': page})}")
