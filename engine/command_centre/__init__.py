"""The work of the CCC in its three rooms: pure rules, without storage and without HTTP."""

from engine.command_centre.item import Item, ItemKind, ItemState, due_after, urgency_of
from engine.command_centre.room import Room, Shift, room_on_duty, shift_at
from engine.command_centre.working import finish, release, take, yield_to

__all__ = [
    "Item",
    "ItemKind",
    "ItemState",
    "Room",
    "Shift",
    "due_after",
    "finish",
    "release",
    "room_on_duty",
    "shift_at",
    "take",
    "urgency_of",
    "yield_to",
]
