"""What the commands about notices share: words of the command line, and what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import BadInput
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import open_gallery
from engine.notices import NoticeKey, parse_colour, parse_entity_id
from engine.notices.party import parse_owner
from engine.notices.status import NoticeStatus
from engine.terminal import settings_for

Colour = Annotated[str, typer.Argument(help="Such as red.")]
Number = Annotated[str, typer.Argument(help="Such as 2024/12345, with slash or dash.")]
Ncb = Annotated[
    str, typer.Option("--ncb", help="Bureau that you act for, such as FR.", callback=parse_owner)
]
Secretariat = Annotated[
    str,
    typer.Option(
        "--ncb",
        help="Organisation that you act for; none but this one may.",
        callback=parse_owner,
    ),
]
Reasons = Annotated[list[str] | None, typer.Option("--reason", help="Why; may be repeated.")]
Until = Annotated[str | None, typer.Option(help="When it shall end, such as 2029-12-31.")]


def catalogue_of(data_dir: Path | None) -> Catalogue:
    """The catalogue that there is.

    Raises:
        NotFound: there is none.
    """
    return open_gallery(settings_for(data_dir), create=False).catalogue


def key_of(colour: str, number: str) -> NoticeKey:
    """The notice of two words.

    Raises:
        BadRequest: unknown colour or malformed number.
    """
    return NoticeKey(parse_colour(colour), parse_entity_id(number))


def status_of(text: str | None) -> NoticeStatus | None:
    """A status by name.

    Raises:
        BadInput: there is none of this name.
    """
    word = text and text.strip().upper().replace("-", "_")
    if word and word not in NoticeStatus.__members__:
        raise BadInput(f"unknown status {text!r}; known are: {', '.join(NoticeStatus)}")
    return NoticeStatus[word] if word else None


def end_of(text: str | None) -> datetime | None:
    """The beginning of a day.

    Raises:
        BadInput: it is no date.
    """
    try:
        return None if text is None else datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        raise BadInput(f"{text!r} is no date of the form YYYY-MM-DD") from error
