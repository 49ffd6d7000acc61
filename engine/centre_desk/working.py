"""Operators at work: the queue, and its items in one pair of hands at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.centre_desk.desk import require_operator, seated
from engine.centre_desk.opening import tell_of_item
from engine.command_centre.item import Item, ItemKind
from engine.command_centre.working import Operator, check_note, finish, release, take
from engine.gallery.catalogue import Catalogue
from engine.gallery.centre_store import (
    ItemChange,
    ItemFilter,
    list_items,
    read_item,
    read_item_changes,
    save_item,
)
from engine.gallery.message_store import find_numbered
from engine.gallery.receipt_store import mark_acknowledged
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """An item with all that was done with it."""

    item: Item
    changes: tuple[ItemChange, ...]


_Step = Callable[[Item, Operator, datetime], Item]


def list_work(catalogue: Catalogue, wanted: ItemFilter, asker: Asker) -> tuple[list[Item], int]:
    """A part of the work, the most pressing first, and the number of all that fit.

    Raises:
        Forbidden: the asker is no operator of the CCC.
    """
    require_operator(asker)
    with catalogue.recording() as connection:
        found, total = list_items(connection, wanted, asker, today())
        detail = {"items": [one.id for one in found]}
        audit.record(connection, asker, "list.centre-items", "", detail, _persons(found))
        return found, total


def open_work(catalogue: Catalogue, item_id: str, asker: Asker) -> OpenedItem:
    """An item with all that was done with it.

    Raises:
        Forbidden: the asker is no operator of the CCC.
        NotFound: there is none whose subject the asker may see.
    """
    require_operator(asker)
    with catalogue.recording() as connection:
        item = read_item(connection, item_id, asker, today())
        audit.record(connection, asker, "read.centre-item", item.id, {}, _persons([item]))
        return OpenedItem(item, tuple(read_item_changes(connection, item.id)))


def take_item(catalogue: Catalogue, item_id: str, asker: Asker) -> OpenedItem:
    """Take an item into one's own hands.

    Raises:
        Forbidden: the asker is no operator, or of a room that must wait for a hand-over.
        BadRequest: they have not said in which room they work.
        NotFound: there is none whose subject the asker may see.
        Conflict: somebody has it already, or it is done.
    """
    return _act(catalogue, item_id, "take", "", take, asker)


def release_item(catalogue: Catalogue, item_id: str, note: str, asker: Asker) -> OpenedItem:
    """Put an item back; raises as `take_item`, and BadRequest of a note that is none."""
    check_note("note", note)
    return _act(catalogue, item_id, "release", note, lambda item, by, _: release(item, by), asker)


def finish_item(catalogue: Catalogue, item_id: str, note: str, asker: Asker) -> OpenedItem:
    """Finish an item, saying how; what was a message is acknowledged with that.

    Raises as `take_item`, and BadRequest of a note that is none.
    """
    check_note("note", note)
    return _act(catalogue, item_id, "finish", note, finish, asker)


def _act(
    catalogue: Catalogue, item_id: str, act: str, note: str, step: _Step, asker: Asker
) -> OpenedItem:
    """Take a step with an item, with its record, its event and its audit row."""
    with catalogue.recording() as connection:
        by, now = seated(connection, asker), datetime.now(UTC)
        after = step(read_item(connection, item_id, asker, today()), by, now)
        save_item(connection, after, _change(after, act, note, by, now))
        if act == "finish":
            _acknowledge(connection, after, asker, now)
        tell_of_item(connection, after, act, now)
        detail = {"state": after.state.value, "room": after.room.value}
        audit.record(connection, asker, f"centre.{act}", after.id, detail, _persons([after]))
        return OpenedItem(after, tuple(read_item_changes(connection, after.id)))


def _change(after: Item, act: str, note: str, by: Operator, now: datetime) -> ItemChange:
    """What is kept of a step."""
    return ItemChange(after.revision, act, after.room, note, by.actor, now)


def _acknowledge(connection: Connection, item: Item, asker: Asker, now: datetime) -> None:
    """Acknowledge the message that an item was about."""
    if item.kind is ItemKind.MESSAGE:
        message_id = find_numbered(connection, item.subject.id, int(item.occasion))
        mark_acknowledged(connection, message_id, asker, now)


def _persons(items: list[Item]) -> list[str]:
    """The persons that items are about."""
    return [one.subject.person_id for one in items if one.subject.person_id is not None]
