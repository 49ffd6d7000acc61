"""An unsolved latent: a print of a scene, of a person whom nobody knows yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from engine.asker import Asker
from engine.errors import BadRequest
from engine.examination.file import check_id
from engine.fingers import Finger, Impression
from engine.notices.values import words
from engine.person_ids import check_own_id
from engine.policy import Handling
from engine.policy.rules import is_owner
from engine.records import Template

LONGEST_CASE_REF = 200
LONGEST_NOTE = 2_000
LONGEST_REASON = 2_000


class LatentStatus(StrEnum):
    """How far a latent is."""

    UNSOLVED = "unsolved"
    SOLVED = "solved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LatentImage:
    """The picture of a latent, as it came.

    Attributes:
        content: bytes of the file.
        format: its format, as told from the content.
        ppi: resolution that it was read with, pixels per inch.
    """

    content: bytes = field(repr=False)
    format: str
    ppi: int


@dataclass(frozen=True, slots=True, eq=False)
class NewLatent:
    """A latent that is ready to be recorded.

    Attributes:
        id: of the bureau's own space; empty to be given one.
        case_ref: the bureau's case.
        note: of crime and scene; may be empty.
        template: found in the image, or marked by an examiner.
        image: None if minutiae were sent alone.
        finger, impression: as far as they are known.
        handling: who may see it.
    """

    id: str
    case_ref: str
    template: Template
    note: str = ""
    image: LatentImage | None = None
    finger: Finger = Finger.UNKNOWN
    impression: Impression = Impression.LATENT_IMPRESSION
    handling: Handling = field(default_factory=Handling)


@dataclass(frozen=True, slots=True)
class Latent:
    """What is on record of a latent, without its template and image.

    Attributes:
        number: in the index.
        id: unique; begins with the owner's code.
        ncb: code of the bureau that owns the record.
        case_ref, note: of the owner; told to nobody else.
        status: how far it is.
        reason: why it ended; told to nobody else.
        purpose: that it was recorded for, and is searched for when prints come in.
        finger, impression: as far as they are known.
        minutiae, quality, quality_measure, extractor: of its template.
        recorded_at, closed_at: when it was recorded, and when it ended.
    """

    number: int
    id: str
    ncb: str
    case_ref: str
    note: str
    status: LatentStatus
    reason: str
    purpose: str
    finger: Finger
    impression: Impression
    minutiae: int
    quality: int
    quality_measure: str
    extractor: str
    recorded_at: datetime
    closed_at: datetime | None

    def shown_to(self, asker: Asker) -> Latent:
        """The record without what is its owner's business, if the asker is somebody else."""
        return self if is_owner(asker, self.ncb) else replace(self, case_ref="", note="", reason="")


def check_latent(new: NewLatent, ncb: str) -> NewLatent:
    """The latent with its id, if its fields are well formed.

    Raises:
        BadRequest: names the field and what is wrong.
    """
    checked = replace(new, id=check_id("id", check_own_id(new.id, ncb, "latent")))
    if fault := words(LONGEST_CASE_REF)(new.case_ref):
        raise BadRequest(f"case_ref: {fault}; a latent is of a case")
    if new.note and (fault := words(LONGEST_NOTE)(new.note)):
        raise BadRequest(f"note: {fault}")
    return checked
