"""What is kept of a notice's life, and who has read news of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas.base import Body, Link
from api.schemas.notices import NoticeLink, show_notice_link
from api.schemas.paging import Asked, PageLinks, page_links
from engine.gallery.inbox_store import Entry, Receipt
from engine.gallery.print_store import PrintRecord
from engine.notices import NoticeStatus, visible_to
from engine.notices.events import Event
from engine.notices.record import Changed, History, SignedReview, Version
from engine.notices.review import Verdict
from engine.notices.signature import Signature

INBOX_PATH = "/v1/notices/inbox"


class SignatureView(Body):
    """Who did something, for which organisation, and when."""

    actor: str = Field(examples=["martin@fr"])
    ncb: str = Field(examples=["FR"])
    at: datetime


class VersionView(Body):
    """A version; none is ever changed."""

    version: int
    fields: dict[str, Any]
    person: str | None
    language: str = Field(examples=["en"])
    public_extract: bool
    reason: str = Field(description="Why it was made; empty for the first.")
    by: SignatureView


class ChangeView(Body):
    """Something that was done with a notice."""

    act: str = Field(examples=["submit"])
    version: int
    status: NoticeStatus = Field(description="After it.")
    reasons: list[str]
    by: SignatureView


class ReviewView(Body):
    """What an examiner of the General Secretariat found."""

    version: int
    verdict: Verdict
    article_2: bool | None
    article_3: bool | None
    gravity: bool | None
    reasons: list[str]
    by: SignatureView


class HistoryView(Body):
    """The life of a notice, each list from its beginning."""

    versions: list[VersionView]
    changes: list[ChangeView]
    reviews: list[ReviewView]


class ReceiptView(Body):
    """Whether a bureau has read news of a notice."""

    ncb: str = Field(examples=["JP"])
    event: Event
    version: int
    delivered_at: datetime
    read_at: datetime | None
    read_by: str | None


class ReceiptList(Body):
    """Everybody who got news of a notice, in the order of delivery."""

    receipts: list[ReceiptView]


class EntryLinks(Body):
    """Where to go from an entry."""

    read: Link = Field(description="Where it is marked as read.")
    notice: NoticeLink | None = Field(description="Null once the notice is not in force.")


class EntryView(Body):
    """News of a notice."""

    id: int
    event: Event
    colour: str = Field(examples=["red"])
    entity_id: str = Field(examples=["2024/12345"])
    version: int = Field(description="Of the notice, when it happened.")
    at: datetime
    read_at: datetime | None
    read_by: str | None
    links: EntryLinks = Field(alias="_links")


class EntriesEmbedded(Body):
    """The entries of a page."""

    entries: list[EntryView]


class InboxView(Body):
    """A page of your bureau's inbox, newest first."""

    total: int
    query: dict[str, str | int]
    embedded: EntriesEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


class ImageLinks(Body):
    """Where an image is."""

    self_: Link = Field(alias="self")


class ImageItem(Body):
    """One image of a notice."""

    picture_id: int
    links: ImageLinks = Field(alias="_links")


class ImagesEmbedded(Body):
    """All images of a notice."""

    images: list[ImageItem]


class ImagesLinks(Body):
    """Where to go from the images."""

    self_: Link = Field(alias="self")
    notice: Link
    thumbnail: Link | None


class ImageList(Body):
    """The images of a notice: prints of the person that it is about."""

    embedded: ImagesEmbedded = Field(alias="_embedded")
    links: ImagesLinks = Field(alias="_links")


def show_history(history: History) -> HistoryView:
    """The life of a notice."""
    return HistoryView(
        versions=[_version(one) for one in history.versions],
        changes=[_change(one) for one in history.changes],
        reviews=[_review(one) for one in history.reviews],
    )


def show_receipts(receipts: Sequence[Receipt]) -> ReceiptList:
    """Who got news of a notice."""
    return ReceiptList(
        receipts=[
            ReceiptView(
                ncb=one.ncb,
                event=one.event,
                version=one.version,
                delivered_at=one.at,
                read_at=one.read_at,
                read_by=one.read_by,
            )
            for one in receipts
        ]
    )


def show_inbox(entries: Sequence[Entry], total: int, query: Asked) -> InboxView:
    """A page of an inbox."""
    return InboxView(
        total=total,
        query=query,
        embedded=EntriesEmbedded(entries=[show_entry(one) for one in entries]),
        links=page_links(INBOX_PATH, query, total),
    )


def show_entry(entry: Entry) -> EntryView:
    """News of a notice."""
    notice = entry.file.notice
    shown = show_notice_link(notice) if visible_to(notice, entry.ncb) else None
    return EntryView(
        id=entry.id,
        event=entry.event,
        colour=notice.colour.value,
        entity_id=notice.entity_id,
        version=entry.version,
        at=entry.at,
        read_at=entry.read_at,
        read_by=entry.read_by,
        links=EntryLinks(read=Link(href=f"{INBOX_PATH}/{entry.id}/read"), notice=shown),
    )


def show_images(path: str, prints: Sequence[PrintRecord]) -> ImageList:
    """The images of the notice at a path."""
    links = [Link(href=f"/v1/prints/{one.id}/image") for one in prints]
    items = [
        ImageItem(picture_id=one.id, links=ImageLinks(self_=here))
        for one, here in zip(prints, links, strict=True)
    ]
    return ImageList(
        embedded=ImagesEmbedded(images=items),
        links=ImagesLinks(
            self_=Link(href=f"{path}/images"),
            notice=Link(href=path),
            thumbnail=links[0] if links else None,
        ),
    )


def _signature(by: Signature) -> SignatureView:
    """Who did something."""
    return SignatureView(actor=by.actor, ncb=by.ncb, at=by.at)


def _version(version: Version) -> VersionView:
    """A version."""
    return VersionView(
        version=version.number,
        fields=dict(version.content.fields),
        person=version.content.person_id,
        language=version.content.language,
        public_extract=version.content.public_extract,
        reason=version.reason,
        by=_signature(version.by),
    )


def _change(change: Changed) -> ChangeView:
    """Something that was done."""
    return ChangeView(
        act=change.act,
        version=change.version,
        status=change.status,
        reasons=list(change.reasons),
        by=_signature(change.by),
    )


def _review(signed: SignedReview) -> ReviewView:
    """What an examiner found."""
    found = signed.review
    return ReviewView(
        version=found.version,
        verdict=found.verdict,
        article_2=found.article_2,
        article_3=found.article_3,
        gravity=found.gravity,
        reasons=list(found.reasons),
        by=_signature(signed.by),
    )
