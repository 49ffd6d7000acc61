"""Commands that write notices and take them through their life."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from engine.gallery.gallery import open_gallery
from engine.identity.organisations import SECRETARIAT
from engine.noticeboard import read_commands
from engine.noticeboard.acting import Target
from engine.noticeboard.command_words import (
    Colour,
    Ncb,
    Number,
    Reasons,
    Secretariat,
    Until,
    catalogue_of,
    end_of,
    key_of,
)
from engine.noticeboard.drafting import Draft, write_draft
from engine.noticeboard.expiry import WARN_DAYS, run_calendar
from engine.noticeboard.files import read_notices, read_object
from engine.noticeboard.importing import publish_notices
from engine.noticeboard.reviewing import Finding, review
from engine.noticeboard.steps import StepOrder, take
from engine.notices import NoticeKey, parse_notice
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from engine.notices.record import Content
from engine.notices.review import Verdict
from engine.terminal import DataDir, operator, settings_for

notice_app = typer.Typer(
    help="Write, review, publish and read notices and diffusions.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    read_commands.add_to(notice_app)
    app.add_typer(notice_app, name="notice")


@notice_app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="JSON file with a list of notices.")],
    data_dir: DataDir = None,
) -> None:
    """Take over notices that another system has published, from a JSON file.

    Each names colour, entity_id, ncb and, if any, person.
    """
    gallery = open_gallery(settings_for(data_dir))
    notices = list(read_notices(file))
    refused = publish_notices(gallery.catalogue, notices, operator())
    Console().print(f"{len(notices) - len(refused)} notices recorded, {len(refused)} refused")
    for notice, error in refused:
        Console().print(f"  {notice.entity_id}: {escape(str(error))}", soft_wrap=True)
    if refused:
        raise typer.Exit(1)


@notice_app.command("draft")
def draft_command(
    file: Annotated[Path, typer.Argument(help="JSON file with one notice, without entity_id.")],
    ncb: Ncb,
    data_dir: DataDir = None,
) -> None:
    """Draft a notice or diffusion from a JSON file.

    It holds colour and fields and may hold kind, person, language, public_extract and
    restriction {mode, ncbs}. The number is drawn.
    """
    asker = operator(ncb)
    row = {**read_object(file), "entity_id": "0000/0", "ncb": ncb}
    notice = parse_notice(row)
    content = Content(notice.fields, notice.person_id, notice.language, notice.public_extract)
    draft = Draft(notice.colour, content, notice.kind, notice.restriction)
    _tell(write_draft(catalogue_of(data_dir), draft, asker))


@notice_app.command("submit")
def submit_command(colour: Colour, number: Number, ncb: Ncb, data_dir: DataDir = None) -> None:
    """Ask the General Secretariat to publish a draft."""
    _take(data_dir, key_of(colour, number), StepOrder(Step.SUBMIT), ncb)


@notice_app.command("circulate")
def circulate_command(
    colour: Colour, number: Number, ncb: Ncb, until: Until = None, data_dir: DataDir = None
) -> None:
    """Send a diffusion to its recipients."""
    order = StepOrder(Step.CIRCULATE, expires_at=end_of(until))
    _take(data_dir, key_of(colour, number), order, ncb)


@notice_app.command("review")
def review_command(  # noqa: PLR0913 - each argument is an option of the command
    colour: Colour,
    number: Number,
    verdict: Annotated[Verdict | None, typer.Option(help="None takes the request up.")] = None,
    article_2: Annotated[bool | None, typer.Option(help="Human rights in order.")] = None,
    article_3: Annotated[bool | None, typer.Option(help="No political matter and so on.")] = None,
    gravity: Annotated[bool | None, typer.Option(help="Grave enough; Red only.")] = None,
    reason: Reasons = None,
    ncb: Secretariat = SECRETARIAT,
    data_dir: DataDir = None,
) -> None:
    """Take a request under review, or record what was found. Nobody reviews what they wrote."""
    key, reasons = key_of(colour, number), tuple(reason or ())
    if verdict is None:
        _take(data_dir, key, StepOrder(Step.TAKE_UP, reasons), ncb)
        return
    finding = Finding(verdict, article_2, article_3, gravity, reasons)
    _tell(review(catalogue_of(data_dir), Target(key), finding, operator(ncb)))


@notice_app.command("publish")
def publish_command(
    colour: Colour,
    number: Number,
    until: Until = None,
    ncb: Secretariat = SECRETARIAT,
    data_dir: DataDir = None,
) -> None:
    """Publish a request whose review approved it."""
    order = StepOrder(Step.PUBLISH, expires_at=end_of(until))
    _take(data_dir, key_of(colour, number), order, ncb)


@notice_app.command("suspend")
def suspend_command(
    colour: Colour,
    number: Number,
    reason: Reasons = None,
    ncb: Secretariat = SECRETARIAT,
    data_dir: DataDir = None,
) -> None:
    """Take a notice out of force until it is resumed or cancelled."""
    _take(data_dir, key_of(colour, number), StepOrder(Step.SUSPEND, tuple(reason or ())), ncb)


@notice_app.command("withdraw")
def withdraw_command(
    colour: Colour, number: Number, ncb: Ncb, reason: Reasons = None, data_dir: DataDir = None
) -> None:
    """Withdraw a notice or diffusion of your bureau."""
    _take(data_dir, key_of(colour, number), StepOrder(Step.WITHDRAW, tuple(reason or ())), ncb)


@notice_app.command("step")
def step_command(  # noqa: PLR0913 - each argument is an option of the command
    step: Annotated[Step, typer.Argument(help="Such as refuse, resume, cancel or renew.")],
    colour: Colour,
    number: Number,
    ncb: Ncb,
    reason: Reasons = None,
    until: Until = None,
    data_dir: DataDir = None,
) -> None:
    """Take any step of a notice's life that the organisation may take."""
    order = StepOrder(step, tuple(reason or ()), end_of(until))
    _take(data_dir, key_of(colour, number), order, ncb)


@notice_app.command("expire")
def expire_command(
    warn_days: Annotated[
        int, typer.Option(help="Warn owners so many days before.", min=0, max=1825)
    ] = WARN_DAYS,
    data_dir: DataDir = None,
) -> None:
    """End the notices whose day has come, and warn the owners of those that end soon.

    Run it every day; a second run does nothing more.
    """
    done = run_calendar(catalogue_of(data_dir), datetime.now(UTC), operator(), warn_days)
    for key in done.ended:
        Console().print(f"expired: {key}")
    for key in done.warned:
        Console().print(f"owner warned: {key}")
    Console().print(f"{len(done.ended)} expired, {len(done.warned)} owners warned")


def _take(data_dir: Path | None, key: NoticeKey, order: StepOrder, ncb: str) -> None:
    """Take a step for an organisation and tell how the notice stands."""
    _tell(take(catalogue_of(data_dir), Target(key), order, operator(ncb)))


def _tell(file: NoticeFile) -> None:
    """Print how a notice stands."""
    Console().print(f"{file.key} is {file.notice.status}, revision {file.revision}")
