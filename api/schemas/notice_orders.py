"""What is sent to write a notice and to take it through its life."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.schemas.base import Body
from api.schemas.notices import RestrictionBody
from engine.noticeboard.drafting import Draft
from engine.noticeboard.reviewing import Finding
from engine.noticeboard.steps import StepOrder
from engine.notices import Colour, Kind, Restriction, parse_restriction
from engine.notices.lifecycle import Step
from engine.notices.record import Content
from engine.notices.review import Verdict

Reason = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
Reasons = Annotated[tuple[Reason, ...], Field(max_length=20)]


class ContentOrder(Body):
    """What a notice says."""

    fields: dict[str, Any] = Field(
        description="By the names of the public notices interface.",
        examples=[{"name": "TESTOVA", "description": "Whereabouts sought (invented)."}],
    )
    person: str | None = Field(
        default=None, max_length=64, pattern=r"^[\w.:-]+$", examples=["FX-0001"]
    )
    language: str = Field(default="en", max_length=2, description="Of its texts: ar, en, fr or es.")
    public_extract: bool = Field(
        default=False, description="Whether an extract may be shown to the public."
    )

    def to_content(self) -> Content:
        """The engine's form; fields of no value are left out."""
        fields = {name: value for name, value in self.fields.items() if value is not None}
        return Content(fields, self.person, self.language, self.public_extract)


class DraftOrder(ContentOrder):
    """A notice or diffusion to be drafted for your bureau."""

    colour: Colour = Field(examples=["blue"])
    kind: Kind = Field(default=Kind.NOTICE)
    restriction: RestrictionBody = Field(
        default=RestrictionBody(),
        description="Who may see it; of a diffusion, ALLOW with its recipients, or ALL.",
    )
    expires_on: date | None = Field(
        default=None,
        description="When it shall end; five years on if left out.",
        examples=["2029-12-31"],
    )

    def to_draft(self) -> Draft:
        """The engine's form.

        Raises:
            BadRequest: the restriction names an unknown bureau.
        """
        return Draft(
            colour=self.colour,
            content=self.to_content(),
            kind=self.kind,
            restriction=to_restriction(self.restriction),
            expires_at=_midnight(self.expires_on),
        )


class EditOrder(ContentOrder):
    """Another content of a draft, or an answer to questions about a request."""

    reason: str = Field(default="", max_length=2000, pattern=r"^[^\x00]*$")


class CorrectionOrder(ContentOrder):
    """Another content of a notice in force."""

    reason: Reason = Field(examples=["The date of birth was wrong."])


class StepBody(Body):
    """What a step needs."""

    reasons: Reasons = Field(default=(), examples=[["The person was located."]])
    expires_on: date | None = Field(
        default=None,
        description="When the notice shall end; of publish, circulate and renew.",
        examples=["2029-12-31"],
    )

    def to_order(self, step: Step) -> StepOrder:
        """The engine's form."""
        return StepOrder(step, self.reasons, _midnight(self.expires_on))


class ReviewOrder(Body):
    """What an examiner found."""

    verdict: Verdict = Field(examples=["approve"])
    article_2: bool | None = Field(default=None, description="Respects human rights.")
    article_3: bool | None = Field(
        default=None, description="No political, military, religious or racial matter."
    )
    gravity: bool | None = Field(
        default=None, description="The offence is grave enough; of Red notices only."
    )
    reasons: Reasons = Field(default=(), examples=[["Which court issued the warrant?"]])

    def to_finding(self) -> Finding:
        """The engine's form."""
        return Finding(self.verdict, self.article_2, self.article_3, self.gravity, self.reasons)


class TranslationOrder(Body):
    """Texts of a notice in another language."""

    texts: dict[str, str] = Field(
        description="By the name of the text's field.",
        max_length=20,
        examples=[{"description": "Localisation recherchée (inventé)."}],
    )


def to_restriction(body: RestrictionBody) -> Restriction:
    """The engine's form.

    Raises:
        BadRequest: unknown bureau, or a list where none belongs or none where one does.
    """
    return parse_restriction(body.mode.value, body.ncbs)


def _midnight(day: date | None) -> datetime | None:
    """The beginning of a day."""
    return None if day is None else datetime.combine(day, time(), UTC)
