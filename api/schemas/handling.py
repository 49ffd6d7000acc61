"""How a record is handled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import Header, Response
from pydantic import Field

from api.schemas.base import Body
from engine.errors import BadRequest
from engine.handling import Handled, HandlingChange
from engine.identity.clearance import parse_clearance
from engine.persons import PersonStatus
from engine.policy import parse_recipients

Match = Annotated[
    str,
    Header(alias="If-Match", max_length=20, description="The `ETag` that you have read."),
]


class RestrictionView(Body):
    """Which bureaus may see a record beside its owner."""

    mode: str = Field(max_length=5, description="ALL, ALLOW or DENY.", examples=["DENY"])
    ncbs: list[str] = Field(default=[], max_length=200, examples=[["FR", "CCC"]])


class PrintHandlingPatch(Body):
    """What to change of a print's own handling; what is left out stays.

    Its status and retention date are its person's.
    """

    restriction: RestrictionView | None = None
    classification: str | None = Field(default=None, max_length=20, examples=["restricted"])

    def to_change(self) -> HandlingChange:
        """The engine's form.

        Raises:
            BadRequest: unknown mode, bureau or class.
        """
        wanted, level = self.restriction, self.classification
        return HandlingChange(
            restriction=None if wanted is None else parse_recipients(wanted.mode, wanted.ncbs),
            classification=None if level is None else parse_clearance(level),
        )


class LatentHandlingPatch(PrintHandlingPatch):
    """What to change of a latent's handling; what is left out stays."""

    retention_until: date | None = Field(default=None, description="Last day of use.")

    def to_change(self) -> HandlingChange:
        """The engine's form.

        Raises:
            BadRequest: unknown mode, bureau or class.
        """
        return replace(super().to_change(), retention_until=self.retention_until)


class HandlingPatch(PrintHandlingPatch):
    """What to change; what is left out stays."""

    status: PersonStatus | None = Field(default=None, examples=["suspect"])
    retention_until: date | None = Field(default=None, description="Last day of use.")

    def to_change(self) -> HandlingChange:
        """The engine's form.

        Raises:
            BadRequest: unknown mode, bureau or class.
        """
        own = super().to_change()
        return replace(own, status=self.status, retention_until=self.retention_until)


class HandlingView(Body):
    """How a record is handled."""

    restriction: RestrictionView
    classification: str = Field(examples=["official"])
    status: PersonStatus
    retention_until: date


def revision_of(if_match: str) -> int:
    """The revision that a header names.

    Raises:
        BadRequest: it names none.
    """
    text = if_match.strip().strip('"')
    if not (text.isascii() and text.isdigit()):
        raise BadRequest(f"If-Match {if_match!r} is no revision of a record")
    return int(text)


def answer_handling(handled: Handled, response: Response) -> HandlingView:
    """How a record is handled, with the revision that a change must name in `If-Match`."""
    response.headers["ETag"] = f'"{handled.revision}"'
    own = handled.own.restriction
    return HandlingView(
        restriction=RestrictionView(mode=own.mode.value, ncbs=sorted(own.ncbs)),
        classification=handled.own.classification.label,
        status=handled.facts.status,
        retention_until=handled.facts.retention_until,
    )
