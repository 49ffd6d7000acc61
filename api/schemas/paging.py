"""Pages of lists, in the shape of the public notices interface."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from pydantic import Field

from api.schemas.base import Body, Link

Asked = dict[str, str | int]
"""What was asked, with at least `page` and `resultPerPage`."""


class PageLinks(Body):
    """Where to go from a page."""

    self_: Link = Field(alias="self")
    first: Link
    next: Link | None
    last: Link


def page_links(path: str, query: Mapping[str, str | int], total: int) -> PageLinks:
    """The links of a page of a list with so many entries in all."""
    page = int(query["page"])
    last = max(1, -(-total // int(query["resultPerPage"])))

    def at(number: int) -> Link:
        return Link(href=f"{path}?{urlencode({**query, 'page': number})}")

    return PageLinks(
        self_=at(page), first=at(1), next=at(page + 1) if page < last else None, last=at(last)
    )
