"""Commands about unsolved latents."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.candidates import ImageFile
from engine.errors import BadInput
from engine.extractor import make_extractor
from engine.fingers import Impression, parse_finger, parse_impression
from engine.gallery.gallery import INDEX_FOLDER, open_gallery
from engine.gallery.hit_inbox_store import NewsPart
from engine.gallery.latent_store import LatentFilter
from engine.identity.clearance import Clearance, parse_clearance
from engine.identity.facts_shown import existing_catalogue
from engine.latents.adding import LatentOrder, enrol_latent
from engine.latents.alerts import read_alerts
from engine.latents.closing import close
from engine.latents.latent import Latent, LatentStatus
from engine.latents.marks_file import read_marks
from engine.latents.reading import list_seen_latents, open_latent
from engine.latents.retention import (
    EndingLatent,
    list_ending_latents,
    purge_latents,
)
from engine.members import find_bureau
from engine.notices.restriction import EVERYBODY
from engine.policy import Handling, parse_recipients
from engine.protection.erasing import purge_copies
from engine.retention import WARN_DAYS
from engine.terminal import DataDir, Why, operator, settings_for

group = typer.Typer(help="Unsolved latents of scenes of crime.", no_args_is_help=True)

Ncb = Annotated[str, typer.Option(help="Your bureau, such as FR.")]
LatentId = Annotated[str, typer.Argument(help="Id of the latent.")]
Reason = Annotated[str, typer.Option(help="Why; told to your bureau alone.")]

MOST = 100
"""Rows that a list shows."""


@group.command("add")
def add_command(  # noqa: PLR0913 - each argument is an option of the command
    ncb: Ncb,
    case: Annotated[str, typer.Option(help="Your case.")],
    image: Annotated[Path | None, typer.Argument(help="Picture of the latent.")] = None,
    minutiae: Annotated[
        Path | None,
        typer.Option(help="Minutiae that an examiner has marked: JSON, or an ISO 19794-2 record."),
    ] = None,
    latent_id: Annotated[
        str, typer.Option("--id", help="Of your bureau's space, such as FR-L-1; else drawn.")
    ] = "",
    note: Annotated[str, typer.Option(help="Of crime and scene; told to your bureau alone.")] = "",
    finger: Annotated[str | None, typer.Option(help="Which finger, if it is known.")] = None,
    impression: Annotated[str | None, typer.Option(help="Such as latent_lift.")] = None,
    ppi: Annotated[
        float | None, typer.Option(help="Resolution, if the image does not tell.")
    ] = None,
    mode: Annotated[str | None, typer.Option(help="ALL, ALLOW or DENY.")] = None,
    bureau: Annotated[
        list[str] | None, typer.Option(help="Bureau that is allowed or denied; once for each.")
    ] = None,
    classification: Annotated[
        str | None, typer.Option(help="official, restricted or confidential.")
    ] = None,
    purpose: Why = "investigation",
    data_dir: DataDir = None,
) -> None:
    """Record a latent by its picture, marked minutiae, or both."""
    settings = settings_for(data_dir)
    order = LatentOrder(
        id=latent_id,
        note=note,
        image=None if image is None else _read(image, ppi),
        marks=() if minutiae is None else read_marks(minutiae),
        finger=parse_finger(finger),
        impression=Impression.LATENT_IMPRESSION if not impression else parse_impression(impression),
        handling=Handling(
            EVERYBODY if mode is None else parse_recipients(mode, bureau or []),
            Clearance.OFFICIAL if classification is None else parse_clearance(classification),
        ),
    )
    asker = operator(find_bureau(ncb).code, purpose, case)
    catalogue = open_gallery(settings).catalogue
    latent = enrol_latent(catalogue, order, make_extractor(settings), asker)
    Console().print(f"{escape(latent.id)} recorded with {latent.minutiae} minutiae")


@group.command("list")
def list_command(
    ncb: Ncb,
    status: Annotated[
        LatentStatus | None, typer.Option(help="Only those that stand there.")
    ] = None,
    own: Annotated[bool, typer.Option(help="Only those of your bureau.")] = False,
    data_dir: DataDir = None,
) -> None:
    """List the latents that your bureau may see, the newest first."""
    wanted = LatentFilter(0, MOST, status, own)
    catalogue = existing_catalogue(settings_for(data_dir))
    _show(*list_seen_latents(catalogue, wanted, operator(find_bureau(ncb).code)))


@group.command("show")
def show_command(latent_id: LatentId, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Show a latent."""
    catalogue = existing_catalogue(settings_for(data_dir))
    latent, template = open_latent(catalogue, latent_id, operator(find_bureau(ncb).code))
    _show([latent], 1)
    console = Console()
    console.print(f"{template.width} x {template.height} pixels, quality {template.quality}, "
                  f"minutiae by {escape(template.extractor)}")  # fmt: skip
    for text in (latent.note, latent.reason):
        if text:
            console.print(escape(text), soft_wrap=True)


@group.command("solve")
def solve_command(latent_id: LatentId, ncb: Ncb, reason: Reason, data_dir: DataDir = None) -> None:
    """Note that it is known whose a latent is: no search finds it any more."""
    _close(latent_id, ncb, reason, LatentStatus.SOLVED, data_dir)


@group.command("withdraw")
def withdraw_command(
    latent_id: LatentId, ncb: Ncb, reason: Reason, data_dir: DataDir = None
) -> None:
    """Take a latent out of every search for another reason."""
    _close(latent_id, ncb, reason, LatentStatus.WITHDRAWN, data_dir)


@group.command("alerts")
def alerts_command(
    ncb: Ncb,
    unread: Annotated[bool, typer.Option(help="Only those that nobody has read.")] = False,
    data_dir: DataDir = None,
) -> None:
    """List prints that came in and are like latents of your bureau, the newest first."""
    catalogue = existing_catalogue(settings_for(data_dir))
    asker = operator(find_bureau(ncb).code)
    found, total = read_alerts(catalogue, NewsPart(0, MOST, unread), asker)
    table = Table("alert", "latent", "print", "person", "NCB", "score", "found")
    for one in found:
        numbers = (str(one.print_id), escape(one.person_id), one.owner, f"{one.score:.3f}")
        table.add_row(str(one.id), escape(one.latent_id), *numbers, f"{one.at:%Y-%m-%d %H:%M}")
    Console().print(table)
    Console().print(f"{total} alerts. A score is a lead, not an identification.")


@group.command("expired")
def expired_command(
    ncb: Ncb,
    erase: Annotated[
        bool, typer.Option("--purge", help="Erase those whose last day has passed, for good.")
    ] = False,
    warn_days: Annotated[
        int, typer.Option(min=0, max=3650, help="Name records that end within so many days.")
    ] = WARN_DAYS,
    data_dir: DataDir = None,
) -> None:
    """List a bureau's latents whose last day of use has passed or is near; or erase the former."""
    settings = settings_for(data_dir)
    catalogue = existing_catalogue(settings)
    asker, today = operator(find_bureau(ncb).code), datetime.now(UTC).date()
    if not erase:
        _show_ending(list_ending_latents(catalogue, asker, today, warn_days))
        return
    gone = purge_latents(catalogue, asker, today)
    _show_ending(gone)
    Console().print(f"{len(gone)} latents erased")
    if gone:
        purge_copies(catalogue, settings.data_dir / INDEX_FOLDER)
        Console().print("none is left in index files")


def _close(
    latent_id: str, ncb: str, reason: str, status: LatentStatus, data_dir: Path | None
) -> None:
    """End a latent."""
    catalogue = existing_catalogue(settings_for(data_dir))
    latent = close(catalogue, latent_id, status, reason, operator(find_bureau(ncb).code))
    Console().print(f"{escape(latent.id)} is {latent.status}")


def _read(path: Path, ppi: float | None) -> ImageFile:
    """The bytes of an image file.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        return ImageFile(path.read_bytes(), str(path), ppi)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error


def _show(found: list[Latent], total: int) -> None:
    """Print latents."""
    table = Table("latent", "NCB", "status", "case", "finger", "minutiae", "recorded")
    for one in found:
        facts = (one.ncb, one.status.value, escape(one.case_ref), one.finger.label)
        table.add_row(escape(one.id), *facts, str(one.minutiae), f"{one.recorded_at:%Y-%m-%d}")
    Console().print(table)
    if total > len(found):
        Console().print(f"{total} in all, the newest {len(found)} are shown")


def _show_ending(ending: list[EndingLatent]) -> None:
    """Print which records end."""
    table = Table("latent", "last day", "state")
    for one in ending:
        state = "over" if one.over else "ends soon"
        table.add_row(escape(one.latent_id), one.until.isoformat(), state)
    Console().print(table)
