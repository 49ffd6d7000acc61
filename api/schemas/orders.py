"""What is asked for: searches and enrolments, as JSON or as a form."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from pydantic import BeforeValidator, Field

from api.schemas.base import Body
from engine import policy
from engine.candidates import MAX_TOP

MAX_PRINTS = 20
"""Prints of one encounter: ten fingers, rolled and plain."""


def decode_base64(value: object) -> object:
    """Bytes from base64 text; bytes from a form stay as they are."""
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError(f"is no base64: {error}") from error


ImageBytes = Annotated[
    bytes,
    BeforeValidator(decode_base64, json_schema_input_type=str),
    Field(
        description="An image file (PNG, BMP, TIFF, JPEG, JPEG 2000 or WSQ).",
        json_schema_extra={"contentEncoding": "base64", "type": "string"},
        repr=False,
    ),
]
Resolution = Annotated[
    float | None,
    Field(description="Pixels per inch, if the image does not tell.", examples=[500]),
]
Purpose = Annotated[
    policy.Purpose | None,
    Field(description="Why; goes into the audit chain.", examples=["identification"]),
]
CaseRef = Annotated[
    str | None,
    Field(max_length=200, description="Your case.", examples=["2026-CR-00123"]),
]


MAX_FINGERS = 10
"""Prints of one search: one a finger."""


class FingerOrder(Body):
    """A print of a further finger of the person who is searched."""

    image: ImageBytes
    filename: str = Field(default="probe", max_length=255, description="For messages.")
    finger: str = Field(description="Which finger it is.", examples=["left_index"])
    ppi: Resolution = None


class SearchOrder(Body):
    """A print to be identified, or prints of several fingers of one person."""

    image: ImageBytes
    filename: str = Field(default="probe", max_length=255, description="For messages.")
    finger: str | None = Field(
        default=None, description="Which finger it is, by name or code.", examples=["right_index"]
    )
    regions: str | Annotated[list[str], Field(min_length=1)] | None = Field(
        default=None,
        description="Regions to search, a list or with commas; all if left out.",
        examples=["Europe,Africa"],
    )
    top: int = Field(default=20, ge=1, le=MAX_TOP, description="Most candidates.", examples=[20])
    ppi: Resolution = None
    others: list[FingerOrder] = Field(
        default_factory=list,
        max_length=MAX_FINGERS - 1,
        description="Further fingers of the same person; then each print names its finger.",
    )
    purpose: Purpose = None
    case_ref: CaseRef = None

    @property
    def region_names(self) -> str | None:
        """The regions as names with commas."""
        return ",".join(self.regions) if isinstance(self.regions, list) else self.regions


class PrintOrder(Body):
    """A print to be enrolled."""

    image: ImageBytes
    filename: str | None = Field(default=None, max_length=255, description="For messages.")
    finger: str | None = Field(default=None, examples=["right_index"])
    impression_type: str | None = Field(default=None, examples=["live_plain"])
    ppi: Resolution = None


class EncounterOrder(Body):
    """Prints of a person, taken on one occasion."""

    prints: list[PrintOrder] = Field(min_length=1, max_length=MAX_PRINTS)
    purpose: Purpose = None
    case_ref: CaseRef = None
