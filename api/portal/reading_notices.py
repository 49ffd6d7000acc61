"""What the page of a notice needs: the notice in a language, and what its reader may do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.service import Service
from engine.asker import Asker
from engine.errors import Conflict
from engine.gallery.print_store import PrintRecord
from engine.identity.roles import Scope
from engine.noticeboard.correcting import CORRECTED
from engine.noticeboard.drafting import is_owner_author, is_rewritable
from engine.noticeboard.reading import Opened, list_images, open_notice, read_life
from engine.noticeboard.reviewing import is_waiting
from engine.noticeboard.translating import is_translator
from engine.notices import NoticeKey
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Rule, Side, Step, may_act, steps_open_to
from engine.notices.party import party_of
from engine.notices.record import History, Version
from engine.notices.review import Review, Verdict, require_verdict
from engine.notices.texts import original_texts

NEEDED = {Step.PUBLISH: Verdict.APPROVE, Step.REFUSE: Verdict.REFUSE}
"""Findings that steps rest on; the steps are offered when these are there."""


@dataclass(frozen=True, slots=True)
class Doings:
    """What a reader may do with a notice now.

    Attributes:
        steps: of its life.
        edits, corrects: whether its content can be changed at once, or by a correction.
        reviews: whether a version waits for the reader's finding.
        translates, restricts: whether its texts or its recipients are the reader's to change.
    """

    steps: tuple[Rule, ...] = ()
    edits: bool = False
    corrects: bool = False
    reviews: bool = False
    translates: bool = False
    restricts: bool = False


@dataclass(frozen=True, slots=True)
class NoticePage:
    """What the page shows.

    Attributes:
        opened: the notice in the language asked for.
        prints: of the person that it is about.
        doings: of the reader.
        waiting: the version that waits for a finding, for whoever may give one.
        questions: of the latest finding about the version, if it asks any.
    """

    opened: Opened
    prints: Sequence[PrintRecord]
    doings: Doings
    waiting: Version | None
    questions: tuple[str, ...]

    @property
    def file(self) -> NoticeFile:
        """The notice as it stands."""
        return self.opened.file


def notice_page(
    service: Service, key: NoticeKey, asker: Asker, language: str | None = None
) -> NoticePage:
    """The page of a notice.

    Raises:
        NotFound: there is none that the reader may see.
    """
    opened = open_notice(service.catalogue, key, asker, language)
    prints: Sequence[PrintRecord] = ()
    if opened.file.notice.person_id is not None and Scope.READ in asker.scopes:
        _, prints = list_images(service.catalogue, key, asker)
    if not opened.inside or Scope.NOTICE_PUBLISH not in asker.scopes:
        return NoticePage(opened, prints, Doings(), None, ())
    life = read_life(service.catalogue, key, asker)
    doings = doings_of(opened.file, life, asker)
    number = opened.file.reviewed_version
    waiting = next((one for one in life.versions if one.number == number), None)
    shown = waiting if doings.reviews else None
    return NoticePage(opened, prints, doings, shown, _questions(opened.file, life))


def doings_of(file: NoticeFile, life: History, asker: Asker) -> Doings:
    """What an asker may do with a notice now, by the rules that will judge it."""
    notice, party = file.notice, party_of(asker)
    found = [one.review for one in life.reviews]
    owner = is_owner_author(notice, party)
    rules = [one for one in steps_open_to(notice, party) if _is_due(one.step, file, found)]
    texts = original_texts(notice)
    return Doings(
        steps=tuple(rules),
        edits=owner and is_rewritable(file, found),
        corrects=owner and notice.status in CORRECTED,
        reviews=is_waiting(file)
        and may_act(notice, Side.SECRETARIAT, party)
        and not _wrote(file, life, asker),
        translates=bool(texts) and is_translator(notice, party),
        restricts=owner,
    )


def _is_due(step: Step, file: NoticeFile, found: Sequence[Review]) -> bool:
    """Whether the finding that a step rests on is there."""
    needed = NEEDED.get(step)
    if needed is None:
        return True
    try:
        require_verdict(found, file.version, needed)
    except Conflict:
        return False
    return True


def _wrote(file: NoticeFile, life: History, asker: Asker) -> bool:
    """Whether an asker wrote the version that waits: nobody reviews what they wrote."""
    return any(
        one.by.actor == asker.actor for one in life.versions if one.number == file.reviewed_version
    )


def _questions(file: NoticeFile, life: History) -> tuple[str, ...]:
    """The questions that were asked about the version, unless a later finding answers them."""
    about = [one.review for one in life.reviews if one.review.version == file.reviewed_version]
    return about[-1].reasons if about and about[-1].verdict is Verdict.ASK else ()
