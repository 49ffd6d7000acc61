"""What is sent about latents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from api.schemas.base import Body
from api.schemas.handling import RestrictionView
from api.schemas.notice_query import PageQuery
from api.schemas.orders import (
    CaseRef,
    MaybeImage,
    Minutiae,
    Purpose,
    Resolution,
    TransactionId,
    decode_json,
)
from engine.candidates import ImageFile
from engine.fingers import Impression, parse_finger, parse_impression
from engine.gallery.latent_store import LatentFilter
from engine.identity.clearance import Clearance, parse_clearance
from engine.latents.adding import LatentOrder
from engine.latents.latent import LONGEST_NOTE, LONGEST_REASON, LatentStatus
from engine.notices.restriction import EVERYBODY
from engine.policy import Handling, parse_recipients


class LatentBody(Body):
    """A latent to be recorded, by its image, an examiner's minutiae, or both."""

    id: str = Field(
        default="",
        max_length=64,
        description="Begins with your bureau's code and a dash or colon; drawn if left out.",
        examples=["FR-L-2026-17"],
    )
    image: MaybeImage = None
    minutiae: Minutiae = Field(default=[])
    filename: str = Field(default="latent", max_length=255, description="For messages.")
    ppi: Resolution = None
    finger: str | None = Field(default=None, description="If it is known.", examples=[None])
    impression_type: str | None = Field(default=None, examples=["latent_lift"])
    note: str = Field(
        default="",
        max_length=LONGEST_NOTE,
        description="Of crime and scene; told to your bureau alone.",
        examples=["Invented: burglary, window frame."],
    )
    restriction: Annotated[
        RestrictionView | None, BeforeValidator(decode_json, json_schema_input_type=RestrictionView)
    ] = Field(default=None, description="Who may see it; everybody if left out.")
    classification: str | None = Field(default=None, max_length=20, examples=["restricted"])
    search: bool = Field(
        default=False,
        description="Search it at once, against prints of persons and other unsolved latents; that "
        "needs the scope `search` too.",
    )
    transaction_id: TransactionId | None = None
    purpose: Purpose = None
    case_ref: CaseRef = None

    def to_order(self) -> LatentOrder:
        """The engine's form.

        Raises:
            BadRequest: an unknown finger, type, bureau, mode or class.
        """
        image = None if self.image is None else ImageFile(self.image, self.filename, self.ppi)
        kind = self.impression_type
        return LatentOrder(
            id=self.id,
            note=self.note,
            image=image,
            marks=tuple(one.to_mark() for one in self.minutiae),
            finger=parse_finger(self.finger),
            impression=Impression.LATENT_IMPRESSION if not kind else parse_impression(kind),
            handling=self._handling(),
            transaction_id=self.transaction_id,
        )

    def _handling(self) -> Handling:
        """Who may see it."""
        wanted, level = self.restriction, self.classification
        return Handling(
            EVERYBODY if wanted is None else parse_recipients(wanted.mode, wanted.ncbs),
            Clearance.OFFICIAL if level is None else parse_clearance(level),
        )


class LatentEnd(Body):
    """How a latent ends."""

    status: Literal[LatentStatus.SOLVED, LatentStatus.WITHDRAWN] = Field(examples=["solved"])
    reason: str = Field(
        max_length=LONGEST_REASON,
        description="Told to your bureau alone.",
        examples=["Identified by two examiners; see the hit."],
    )


class LatentQuery(PageQuery):
    """Which latents."""

    status: LatentStatus | None = None
    own: bool = Field(default=False, description="Only those of your bureau.")

    def to_filter(self) -> LatentFilter:
        """The engine's form."""
        return LatentFilter(self.offset, self.results, self.status, self.own)
