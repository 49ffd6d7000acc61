"""Commands for the operators of the CCC."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.asker import Asker
from engine.centre_desk.rooms import (
    choose_room,
    list_hand_overs,
    offer_handover,
    read_duty,
    take_over,
)
from engine.centre_desk.working import (
    finish_item,
    list_work,
    open_work,
    release_item,
    take_item,
)
from engine.command_centre.item import ItemState
from engine.command_centre.room import parse_room
from engine.examining.command_words import Most, id_column
from engine.gallery.centre_store import ItemFilter
from engine.identity.organisations import CENTRE
from engine.noticeboard.command_words import catalogue_of
from engine.terminal import DataDir, operator

centre_app = typer.Typer(help="The work of the CCC in its three rooms.", no_args_is_help=True)

Item = Annotated[str, typer.Argument(help="Id of the item.")]
Note = Annotated[str, typer.Argument(help="What the next one should know.")]


def add_to(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(centre_app, name="centre")


@centre_app.command("duty")
def duty_command(data_dir: DataDir = None) -> None:
    """Tell which room has the duty, and until when."""
    duty = read_duty(catalogue_of(data_dir), _asker())
    ends = f"{duty.shift.ends:%H:%M} UTC, {duty.shift.local()[1]:%H:%M} there"
    Console().print(f"{duty.shift.room} until {ends}")
    Console().print(f"you work in {duty.own}" if duty.own else "you work in no room yet")


@centre_app.command("sit")
def sit_command(
    room: Annotated[str, typer.Argument(help="singapore, lyon or buenos_aires.")],
    data_dir: DataDir = None,
) -> None:
    """Say in which room you work."""
    duty = choose_room(catalogue_of(data_dir), parse_room(room), _asker())
    Console().print(f"you work in {duty.own}")


@centre_app.command("list")
def list_command(
    state: Annotated[ItemState | None, typer.Option(help="Only those that stand there.")] = None,
    room: Annotated[str | None, typer.Option(help="Only those of this room.")] = None,
    most: Most = 50,
    data_dir: DataDir = None,
) -> None:
    """List the work, the most pressing first."""
    wanted = ItemFilter(0, most, state, None if room is None else parse_room(room))
    found, total = list_work(catalogue_of(data_dir), wanted, _asker())
    table = Table(id_column("item"), "kind", "priority", "due", "room", "state", "subject")
    for one in found:
        state_now = f"{one.state} {one.taken_by}" if one.taken_by else one.state
        about = f"{one.subject.kind} {one.subject.id} {one.occasion}".strip()
        due = f"{one.due_at:%Y-%m-%d %H:%M}"
        table.add_row(one.id, one.kind, one.priority, due, one.room, state_now, escape(about))
    Console().print(table)
    Console().print(f"{len(found)} of {total}")


@centre_app.command("show")
def show_command(item: Item, data_dir: DataDir = None) -> None:
    """Show all that was done with an item."""
    opened = open_work(catalogue_of(data_dir), item, _asker())
    for one in opened.changes:
        line = f"{one.at:%Y-%m-%d %H:%M} {one.act} in {one.room} by {one.actor} {one.note}"
        Console().print(escape(line.strip()), soft_wrap=True)


@centre_app.command("take")
def take_command(item: Item, data_dir: DataDir = None) -> None:
    """Take an item into your hands."""
    _tell(take_item(catalogue_of(data_dir), item, _asker()).item.state)


@centre_app.command("release")
def release_command(item: Item, note: Note, data_dir: DataDir = None) -> None:
    """Put an item back that you have taken."""
    _tell(release_item(catalogue_of(data_dir), item, note, _asker()).item.state)


@centre_app.command("finish")
def finish_command(item: Item, note: Note, data_dir: DataDir = None) -> None:
    """Say that an item is done, and how."""
    _tell(finish_item(catalogue_of(data_dir), item, note, _asker()).item.state)


@centre_app.command("hand-over")
def hand_over_command(note: Note, data_dir: DataDir = None) -> None:
    """Write the hand-over of your room, from half an hour before its duty ends."""
    made = offer_handover(catalogue_of(data_dir), note, _asker())
    Console().print(f"hand-over {made.id} from {made.from_room} to {made.to_room}")


@centre_app.command("take-over")
def take_over_command(
    number: Annotated[int, typer.Argument(help="Of the hand-over.")], data_dir: DataDir = None
) -> None:
    """Say that your room has taken over."""
    done = take_over(catalogue_of(data_dir), number, _asker())
    Console().print(f"{len(done.items)} items passed over from {done.from_room}")


@centre_app.command("handovers")
def handovers_command(data_dir: DataDir = None) -> None:
    """List the latest hand-overs."""
    table = Table("number", "end of duty", "from", "to", "note", "taken by")
    for one in list_hand_overs(catalogue_of(data_dir), _asker()):
        ends, taken = f"{one.shift_ends_at:%Y-%m-%d %H:%M}", one.acknowledged_by or ""
        table.add_row(str(one.id), ends, one.from_room, one.to_room, escape(one.note), taken)
    Console().print(table)


def _asker() -> Asker:
    """Whoever runs the command, for the CCC."""
    return operator(CENTRE)


def _tell(state: ItemState) -> None:
    """Print where an item stands."""
    Console().print(state.value)
