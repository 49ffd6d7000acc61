"""What is asked for: searches and enrolments, as JSON or as a form."""

from __future__ import annotations

import base64
import binascii
import json
import math
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from api.schemas.base import Body
from engine import policy
from engine.candidates import MAX_TOP
from engine.latents.marking import LARGEST, LEAST, Mark
from engine.latents.marks_file import parse_type
from engine.lights_out import DEFAULT_FMR, LOOSEST, STRICTEST
from engine.records import MAX_MINUTIAE
from engine.search_modes import SearchMode

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


def decode_json(value: object) -> object:
    """A list from JSON text, which is how a form holds one."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise ValueError("is no JSON") from error


MaybeImage = Annotated[
    bytes | None,
    BeforeValidator(decode_base64, json_schema_input_type=str | None),
    Field(
        description="An image file, as for prints; minutiae may come in its place.",
        json_schema_extra={"contentEncoding": "base64"},
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


TransactionId = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$"),
    Field(
        description="Of your choice. Sent again with the same content it does nothing anew and is "
        "answered as before; with another content it is refused.",
        examples=["2026-CR-00123-1"],
    ),
]


MAX_FINGERS = 10
"""Prints of one search: one a finger."""


class FingerOrder(Body):
    """A print of a further finger of the person who is searched."""

    image: ImageBytes
    filename: str = Field(default="probe", max_length=255, description="For messages.")
    finger: str = Field(description="Which finger it is.", examples=["left_index"])
    ppi: Resolution = None


class MinutiaOrder(Body):
    """A minutia that an examiner has marked."""

    x: float = Field(
        ge=0, le=LARGEST, description="Pixels at 500 ppi from the left.", examples=[143]
    )
    y: float = Field(
        ge=0, le=LARGEST, description="Pixels at 500 ppi from the top.", examples=[201]
    )
    direction: float = Field(
        ge=0,
        le=2 * math.pi,
        description="Radians, counter-clockwise from the right as seen.",
        examples=[1.571],
    )
    type: Literal["ending", "bifurcation", "other"] = Field(default="other", examples=["ending"])
    quality: int = Field(
        default=0, ge=0, le=100, description="1 (worst) to 100; 0 is not reported.", examples=[80]
    )

    def to_mark(self) -> Mark:
        """The engine's form."""
        return Mark(self.x, self.y, self.direction, parse_type(self.type), self.quality)


Minutiae = Annotated[
    list[MinutiaOrder],
    BeforeValidator(decode_json, json_schema_input_type=list[MinutiaOrder]),
    Field(
        max_length=MAX_MINUTIAE,
        description=f"Minutiae as an examiner has marked them, at least {LEAST}; with an image "
        "they are in its frame, and are searched in place of what would be found in it.",
    ),
]


class SearchOrder(Body):
    """A print to be identified, or prints of several fingers of one person, or a latent."""

    image: MaybeImage = None
    minutiae: Minutiae = Field(default=[])
    latent_id: str | None = Field(
        default=None,
        max_length=64,
        description="An unsolved latent on record that is searched (LT-TP and LT-LT).",
        examples=[None],
    )
    mode: SearchMode = Field(
        default=SearchMode.PRINTS,
        description="What is searched against what: TP-TP prints against persons, LT-TP a latent "
        "against persons, TP-UL prints against unsolved latents, LT-LT a latent against unsolved "
        "latents.",
        examples=["TP-TP"],
    )
    decision: Literal["confirmed", "lights_out"] = Field(
        default="confirmed",
        description="`confirmed`: candidates, and people decide. `lights_out` (TP-TP alone): also "
        "what a rule says of them, which is no identification.",
    )
    fmr: float = Field(
        default=DEFAULT_FMR,
        ge=STRICTEST,
        le=LOOSEST,
        description="Of `lights_out`: largest false match rate of a comparison with a hit.",
        examples=[1e-6],
    )
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
    store_probe: bool = Field(
        default=False,
        description="Keep the probe for your bureau, for as long as this server keeps probes; "
        "refused where it keeps none.",
    )
    transaction_id: TransactionId | None = None
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
    transaction_id: TransactionId | None = None
    purpose: Purpose = None
    case_ref: CaseRef = None
