"""What waits for somebody, by kind, as far as their rights go."""

from __future__ import annotations

from dataclasses import dataclass

from engine.asker import Asker
from engine.examination.file import CaseFile
from engine.examining.hits import read_news
from engine.examining.reading import list_files
from engine.gallery.catalogue import Catalogue
from engine.gallery.examination_store import CaseFilter
from engine.gallery.hit_inbox_store import HitNews, NewsPart
from engine.gallery.inbox_store import Entry
from engine.gallery.message_store import ThreadPart
from engine.identity.roles import Scope
from engine.messages.message import Listed
from engine.messaging.reading import list_opened_threads
from engine.noticeboard.inbox import InboxPage, read_inbox

SHOWN = 5
"""Of each kind; the rest is on the page of the kind."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: the first few of each kind and the number of all; None where one has no right.

    Attributes:
        cases: that wait for one's verdict.
        hits, notices: news that nobody of the bureau has read.
        threads: with messages that nobody of the organisation has read.
    """

    cases: tuple[list[CaseFile], int] | None = None
    hits: tuple[list[HitNews], int] | None = None
    notices: tuple[list[Entry], int] | None = None
    threads: tuple[list[Listed], int] | None = None


def what_waits(catalogue: Catalogue, asker: Asker) -> Waiting:
    """What waits for an asker."""
    may, in_bureau = asker.scopes, bool(asker.ncb)
    return Waiting(
        _cases(catalogue, asker) if in_bureau and Scope.DECIDE in may else None,
        read_news(catalogue, NewsPart(0, SHOWN, True), asker)
        if in_bureau and Scope.READ in may
        else None,
        read_inbox(catalogue, InboxPage(0, SHOWN, True), asker)
        if in_bureau and Scope.NOTICE_READ in may
        else None,
        list_opened_threads(catalogue, ThreadPart(0, SHOWN, unread=True), asker)
        if in_bureau and Scope.MESSAGE in may
        else None,
    )


def _cases(catalogue: Catalogue, asker: Asker) -> tuple[list[CaseFile], int]:
    """The cases that wait for an asker."""
    found, total = list_files(catalogue, CaseFilter(0, SHOWN, waiting=True), asker)
    return [one.file for one in found], total
