"""The work of the CCC, its rooms and their hand-overs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import Field

from api.schemas.base import Body, Link, SelfLink, link
from api.schemas.events import SubjectView, link_of_subject
from api.schemas.notice_query import PageQuery
from api.schemas.paging import Asked, PageLinks, page_links
from engine.centre_desk.rooms import Duty
from engine.centre_desk.working import OpenedItem
from engine.command_centre.handover import Handover
from engine.command_centre.item import Item, ItemKind, ItemState
from engine.command_centre.room import Room
from engine.command_centre.working import LONGEST_NOTE
from engine.gallery.centre_store import ItemChange, ItemFilter
from engine.messages import Priority

ITEMS = "/v1/centre/items"


class ItemQuery(PageQuery):
    """Which items; all that is not done, if nothing is asked."""

    state: ItemState | None = None
    room: Room | None = None

    def to_filter(self) -> ItemFilter:
        """The engine's form."""
        return ItemFilter(self.offset, self.results, self.state, self.room)


class NoteBody(Body):
    """What an operator says with a step."""

    note: str = Field(max_length=LONGEST_NOTE, examples=["Answered by telephone and in writing."])


class SeatBody(Body):
    """The room that an operator works in."""

    room: Room


class ItemLinks(Body):
    """Where to go from an item."""

    self_: Link = Field(alias="self")
    subject: Link | None


class ItemView(Body):
    """An item of work."""

    id: str
    kind: ItemKind
    priority: Priority
    state: ItemState
    room: Room
    taken_by: str | None
    opened_at: datetime
    due_at: datetime
    late: bool = Field(description="Its time has passed and it is not done.")
    done_at: datetime | None
    subject: SubjectView
    occasion: str = Field(description="Of a message its number.", examples=["1"])
    links: ItemLinks = Field(alias="_links")


class ItemList(Body):
    """The items of a page."""

    items: list[ItemView]


class ItemPage(Body):
    """A page of the work, the most pressing first."""

    total: int
    query: Asked
    embedded: ItemList = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


class ItemChangeView(Body):
    """Something that was done with an item."""

    act: str = Field(examples=["take"])
    room: Room
    note: str
    actor: str
    at: datetime


class ItemDetail(ItemView):
    """An item with all that was done with it."""

    changes: list[ItemChangeView]


class DutyView(Body):
    """Which room has the duty."""

    room: Room
    starts: datetime
    ends: datetime
    local_starts: datetime = Field(description="By the clock of the room.")
    local_ends: datetime
    own_room: Room | None = Field(description="The room that you work in.")


class HandoverView(Body):
    """A hand-over between two rooms."""

    id: int
    shift_ends_at: datetime
    from_room: Room
    to_room: Room
    note: str
    offered_by: str
    offered_at: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    items: list[SelfLink] = Field(description="Those that passed over and that you may see.")


class HandoverList(Body):
    """The latest hand-overs, the latest first."""

    handovers: list[HandoverView]


def show_item(item: Item) -> ItemView:
    """An item as it is shown."""
    return ItemView(**_fields(item))


def show_opened_item(opened: OpenedItem) -> ItemDetail:
    """An item with its history."""
    return ItemDetail(**_fields(opened.item), changes=[_change(one) for one in opened.changes])


def show_items(found: Sequence[Item], total: int, asked: Asked) -> ItemPage:
    """A page of the work."""
    return ItemPage(
        total=total,
        query=asked,
        embedded=ItemList(items=[show_item(one) for one in found]),
        links=page_links(ITEMS, asked, total),
    )


def show_duty(duty: Duty) -> DutyView:
    """Who has the duty."""
    local_starts, local_ends = duty.shift.local()
    return DutyView(
        room=duty.shift.room,
        starts=duty.shift.starts,
        ends=duty.shift.ends,
        local_starts=local_starts,
        local_ends=local_ends,
        own_room=duty.own,
    )


def show_handover(one: Handover) -> HandoverView:
    """A hand-over as it is shown."""
    return HandoverView(
        id=one.id,
        shift_ends_at=one.shift_ends_at,
        from_room=one.from_room,
        to_room=one.to_room,
        note=one.note,
        offered_by=one.offered_by,
        offered_at=one.offered_at,
        acknowledged_by=one.acknowledged_by,
        acknowledged_at=one.acknowledged_at,
        items=[SelfLink(self_=link("centre", "items", item)) for item in one.items],
    )


def _fields(item: Item) -> dict[str, object]:
    """The fields of an item."""
    about = item.subject
    return {
        "id": item.id,
        "kind": item.kind,
        "priority": item.priority,
        "state": item.state,
        "room": item.room,
        "taken_by": item.taken_by,
        "opened_at": item.opened_at,
        "due_at": item.due_at,
        "late": item.is_late(datetime.now(UTC)),
        "done_at": item.done_at,
        "subject": SubjectView(kind=about.kind, id=about.id),
        "occasion": item.occasion,
        "links": ItemLinks(self_=link("centre", "items", item.id), subject=link_of_subject(about)),
    }


def _change(one: ItemChange) -> ItemChangeView:
    """A change as it is shown."""
    return ItemChangeView(act=one.act, room=one.room, note=one.note, actor=one.actor, at=one.at)
