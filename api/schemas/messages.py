"""Messages between organisations, as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from api.schemas.base import Body, Link, link
from api.schemas.notice_query import PageQuery
from api.schemas.paging import Asked, PageLinks, page_links
from engine.gallery.message_store import ThreadPart
from engine.messages import AttachmentFacts, Priority, Thread
from engine.messages.message import Late, Listed, Message, Receipt
from engine.messaging.reading import OpenedThread
from engine.messaging.sending import Sent

PATH = "/v1/messages"
LATE_PATH = f"{PATH}/escalations"


class ThreadQuery(PageQuery):
    """Which threads."""

    unread: bool = Field(default=False, description="Only those with something unread.")

    def to_part(self) -> ThreadPart:
        """The engine's form."""
        return ThreadPart(self.offset, self.results, self.unread)


class AttachmentLinks(Body):
    """Where a file is."""

    content: Link


class AttachmentView(Body):
    """A file of a message."""

    number: int
    name: str = Field(description="As its sender calls it.", examples=["mark.png"])
    media_type: str = Field(examples=["image/png"])
    size: int = Field(description="Bytes.")
    sha256: str
    links: AttachmentLinks = Field(alias="_links")


class ReceiptView(Body):
    """What became of a message at one organisation; its people are named to itself alone."""

    ncb: str = Field(examples=["DE"])
    due_at: datetime | None = Field(description="By when it acknowledges; null if it owes nothing.")
    read_at: datetime | None
    read_by: str | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    escalated_at: datetime | None = Field(description="When the CCC was told that it is late.")


class MessageLinks(Body):
    """Where to go from a message."""

    thread: Link
    acknowledge: Link | None = Field(description="Where you acknowledge; null if you owe nothing.")


class MessageView(Body):
    """A message; none is ever changed."""

    number: int = Field(description="Within the thread, from 1.")
    ncb: str = Field(description="Organisation that sent it.", examples=["FR"])
    sent_by: str | None = Field(description="Told to the sender's organisation alone.")
    at: datetime
    priority: Priority
    text: str
    attachments: list[AttachmentView]
    receipts: list[ReceiptView]
    links: MessageLinks = Field(alias="_links")


class ThreadLinks(Body):
    """Where to go from a thread."""

    self_: Link = Field(alias="self")
    replies: Link = Field(description="Where an answer is sent.")
    read: Link = Field(description="Where it is marked as read.")
    hit: Link | None


class ThreadView(Body):
    """A thread that you take part in."""

    id: str
    subject: str = Field(description="Empty for the thread of a hit.")
    parties: list[str] = Field(examples=[["CCC", "DE", "FR"]])
    opened_at: datetime
    latest_at: datetime | None
    links: ThreadLinks = Field(alias="_links")


class ListedThreadView(ThreadView):
    """A thread in a list."""

    messages: int
    unread: int = Field(description="That your organisation has not read.")
    owed: int = Field(description="That it has yet to acknowledge.")


class SentView(Body):
    """A message that was sent, with its thread."""

    thread: ThreadView
    message: MessageView


class ThreadsEmbedded(Body):
    """The threads of a page."""

    threads: list[ListedThreadView]


class ThreadPage(Body):
    """A page of threads, the one with the latest message first."""

    total: int
    query: dict[str, str | int]
    embedded: ThreadsEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


class MessagesEmbedded(Body):
    """The messages of a page."""

    messages: list[MessageView]


class MessagePage(Body):
    """A thread with a page of its messages, the first first."""

    thread: ThreadView
    total: int
    query: dict[str, str | int]
    embedded: MessagesEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


class ReadView(Body):
    """What was marked as read."""

    messages: int = Field(description="That were unread.")


class LateView(Body):
    """An acknowledgement that is late: who owes it to whom, and nothing of what was said."""

    thread: str
    number: int
    ncb: str = Field(description="Organisation that owes it.", examples=["DE"])
    sender: str = Field(description="Organisation that waits.", examples=["FR"])
    priority: Priority
    sent_at: datetime
    due_at: datetime | None
    read_at: datetime | None
    escalated_at: datetime | None


class LateEmbedded(Body):
    """The entries of a page."""

    escalations: list[LateView]


class LatePage(Body):
    """A page of acknowledgements that are late, the oldest first."""

    total: int
    query: dict[str, str | int]
    embedded: LateEmbedded = Field(alias="_embedded")
    links: PageLinks = Field(alias="_links")


def show_threads(found: Sequence[Listed], total: int, query: Asked) -> ThreadPage:
    """A page of threads."""
    shown = [
        ListedThreadView(
            **dict(show_thread(one.thread)),
            messages=one.messages,
            unread=one.unread,
            owed=one.owed,
        )
        for one in found
    ]
    return ThreadPage(
        total=total,
        query=query,
        embedded=ThreadsEmbedded(threads=shown),
        links=page_links(PATH, query, total),
    )


def show_thread(thread: Thread) -> ThreadView:
    """A thread."""
    here = f"{PATH}/{thread.id}"
    return ThreadView(
        id=thread.id,
        subject=thread.subject,
        parties=sorted(thread.parties),
        opened_at=thread.opened.at,
        latest_at=thread.latest_at,
        links=ThreadLinks(
            self_=Link(href=here),
            replies=Link(href=f"{here}/replies"),
            read=Link(href=f"{here}/read"),
            hit=None if thread.hit_id is None else link("hits", thread.hit_id),
        ),
    )


def show_opened(opened: OpenedThread, query: Asked, ncb: str) -> MessagePage:
    """A thread with a page of its messages, for an organisation."""
    shown = [show_message(one, ncb) for one in opened.messages]
    return MessagePage(
        thread=show_thread(opened.thread),
        total=opened.total,
        query=query,
        embedded=MessagesEmbedded(messages=shown),
        links=page_links(f"{PATH}/{opened.thread.id}", query, opened.total),
    )


def show_sent(sent: Sent, ncb: str) -> SentView:
    """A message that was sent, for its sender."""
    return SentView(thread=show_thread(sent.thread), message=show_message(sent.message, ncb))


def show_message(message: Message, ncb: str) -> MessageView:
    """A message, for an organisation."""
    thread = f"{PATH}/{message.thread_id}"
    here = f"{thread}/{message.number}"
    owes = any(one.ncb == ncb and one.due_at for one in message.receipts)
    return MessageView(
        number=message.number,
        ncb=message.by.ncb,
        sent_by=message.by.actor if message.by.ncb == ncb else None,
        at=message.by.at,
        priority=message.priority,
        text=message.text,
        attachments=[_attachment(one, here) for one in message.attachments],
        receipts=[_receipt(one, ncb) for one in message.receipts],
        links=MessageLinks(
            thread=Link(href=thread),
            acknowledge=Link(href=f"{here}/acknowledge") if owes else None,
        ),
    )


def show_late(found: Sequence[Late], total: int, query: Asked) -> LatePage:
    """A page of acknowledgements that are late."""
    return LatePage(
        total=total,
        query=query,
        embedded=LateEmbedded(escalations=[_late(one) for one in found]),
        links=page_links(LATE_PATH, query, total),
    )


def _attachment(facts: AttachmentFacts, message: str) -> AttachmentView:
    """A file of the message at a path."""
    return AttachmentView(
        number=facts.number,
        name=facts.name,
        media_type=facts.media_type,
        size=facts.size,
        sha256=facts.sha256,
        links=AttachmentLinks(content=Link(href=f"{message}/attachments/{facts.number}")),
    )


def _receipt(one: Receipt, ncb: str) -> ReceiptView:
    """What became of a message at one organisation, for an organisation."""
    own = one.ncb == ncb
    return ReceiptView(
        ncb=one.ncb,
        due_at=one.due_at,
        read_at=one.read_at,
        read_by=one.read_by if own else None,
        acknowledged_at=one.acknowledged_at,
        acknowledged_by=one.acknowledged_by if own else None,
        escalated_at=one.escalated_at,
    )


def _late(one: Late) -> LateView:
    """A late acknowledgement."""
    return LateView(
        thread=one.thread_id,
        number=one.number,
        ncb=one.receipt.ncb,
        sender=one.sender,
        priority=one.priority,
        sent_at=one.sent_at,
        due_at=one.receipt.due_at,
        read_at=one.receipt.read_at,
        escalated_at=one.receipt.escalated_at,
    )
