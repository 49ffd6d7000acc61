"""The audit chain as it is read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import Field, StringConstraints

from api.schemas.base import Body, Link
from api.schemas.paging import Asked
from engine.audit.reading import Listing
from engine.audit.state import AuditState
from engine.audit.view import ShownRow
from engine.gallery.audit_query import AuditFilter

Word = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class RowPageQuery(Body):
    """Which part of a list of rows. Rows are only ever added, so a page is named by a row."""

    before: int | None = Field(
        default=None, ge=1, lt=2**63, description="Only rows with lower numbers."
    )
    results: int = Field(default=20, ge=1, le=160, alias="resultPerPage")

    def to_filter(self) -> AuditFilter:
        """The engine's filter."""
        return AuditFilter(before=self.before, limit=self.results)

    def asked(self) -> Asked:
        """What was asked, to be said again in links."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class AuditQuery(RowPageQuery):
    """Which rows; what is left out is not asked."""

    actor: Word | None = Field(default=None, examples=["martin@fr"])
    ncb: Word | None = Field(default=None, description="For whom it was done.", examples=["FR"])
    action: Word | None = Field(default=None, examples=["search"])
    subject: Word | None = Field(default=None, description="What it was done to.")
    person: Word | None = Field(default=None, description="Whom it was about, or showed.")
    since: datetime | None = Field(default=None, description="Without a zone it is UTC.")
    until: datetime | None = None

    def to_filter(self) -> AuditFilter:
        """The engine's filter."""
        return AuditFilter(
            actor=self.actor,
            ncb=self.ncb and self.ncb.upper(),
            action=self.action,
            subject=self.subject,
            person=self.person,
            since=_in_utc(self.since),
            until=_in_utc(self.until),
            before=self.before,
            limit=self.results,
        )


class AccessedPerson(Body):
    """A person that an act was about, or that it showed."""

    id: str = Field(examples=["FX-0001"])
    owner: str = Field(description="Bureau whose record it was then.", examples=["MD"])
    way: Literal["about", "shown"]


class AuditRowView(Body):
    """An act: who did what, for whom, why, and whose records it was about or showed."""

    number: int = Field(description="Its place in the chain.", examples=[812])
    at: datetime
    actor: str = Field(examples=["martin@fr"])
    ncb: str = Field(examples=["FR"])
    roles: list[str] = Field(description="Of the actor then.", examples=[["examiner"]])
    action: str = Field(examples=["read.person"])
    purpose: str = Field(examples=["identification"])
    case_ref: str = Field(examples=["2026/17"])
    subject: str = Field(description="Empty if you may not see it.", examples=["FX-0001"])
    persons: list[AccessedPerson] = Field(description="Those that you may see.")
    detail: dict[str, Any] = Field(description="Further facts of your own bureau's acts.")
    hash: str | None = Field(description="For whoever sees all rows: what checkpoints sign.")


class RowLinks(Body):
    """Where to go from a page."""

    self_: Link = Field(alias="self")
    first: Link = Field(description="The newest rows.")
    next: Link | None = Field(description="Older ones.")


class AuditPage(Body):
    """Rows of the chain, newest first."""

    rows: list[AuditRowView]
    links: RowLinks = Field(alias="_links")


class CheckpointView(Body):
    """How far the chain had come when it was signed last."""

    number: int = Field(description="Of the last row then.", examples=[800])
    hash: str
    at: datetime
    key: str = Field(description="Id of the key that signed it.")


class AuditStateView(Body):
    """How the chain stands. `whorl audit verify` walks all of it."""

    rows: int = Field(examples=[812])
    checkpoint: CheckpointView | None
    agrees: bool | None = Field(
        description="Whether the rows since that checkpoint agree with it; null if there is none, "
        "or if they are too many to be walked now."
    )
    fault: str | None = Field(description="What is wrong.")


def show_rows(listing: Listing, path: str, asked: Asked) -> AuditPage:
    """A page of rows."""
    newest = {name: value for name, value in asked.items() if name != "before"}
    oldest = listing.rows[-1].row.number if listing.rows else 0
    following = _at(path, {**newest, "before": oldest}) if listing.more and oldest else None
    links = RowLinks(self_=_at(path, asked), first=_at(path, newest), next=following)
    return AuditPage(rows=[_show(one) for one in listing.rows], links=links)


def show_state(state: AuditState) -> AuditStateView:
    """How the chain stands."""
    claim = state.checkpoint
    view = claim and CheckpointView(
        number=claim.number,
        hash=claim.hash,
        at=datetime.fromisoformat(claim.at),
        key=claim.key,
    )
    return AuditStateView(rows=state.rows, checkpoint=view, agrees=state.agrees, fault=state.fault)


def _show(shown: ShownRow) -> AuditRowView:
    """A row."""
    row = shown.row
    return AuditRowView(
        number=row.number,
        at=datetime.fromisoformat(row.at),
        actor=row.actor,
        ncb=row.ncb,
        roles=row.roles.split(),
        action=row.action,
        purpose=row.purpose,
        case_ref=row.case_ref,
        subject=shown.row.subject,
        persons=[
            AccessedPerson.model_validate({"id": one.person_id, "owner": one.owner, "way": one.way})
            for one in shown.persons
        ],
        detail=dict(shown.detail),
        hash=row.hash if shown.whole else None,
    )


def _at(path: str, query: Asked) -> Link:
    """The address of a page."""
    return Link(href=f"{path}?{urlencode(query)}")


def _in_utc(time: datetime | None) -> datetime | None:
    """A time with a zone."""
    return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time
