"""Any life of a notice that people and the calendar can give it, found by trying."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine import audit
from engine.errors import NotFound, WhorlError
from engine.gallery.gallery import Gallery, open_gallery
from engine.noticeboard.acting import Target
from engine.noticeboard.correcting import correct
from engine.noticeboard.drafting import rewrite
from engine.noticeboard.expiry import run_calendar
from engine.noticeboard.reading import open_notice, read_life
from engine.notices import NoticeStatus
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from engine.notices.period import LONGEST
from engine.notices.review import Verdict
from engine.notices.status import TERMINAL
from engine.settings import Settings
from notice_support import OWNER, READER, SECRETARY, content, draft, find, officer, step

PEOPLE = [OWNER, SECRETARY, READER, officer("JP"), officer("IPSG", "second")]

USUAL = {
    NoticeStatus.DRAFT: (Step.SUBMIT, OWNER),
    NoticeStatus.REQUESTED: (Step.TAKE_UP, SECRETARY),
    NoticeStatus.UNDER_REVIEW: (Step.PUBLISH, SECRETARY),
    NoticeStatus.SUSPENDED: (Step.RESUME, SECRETARY),
}


class Life(RuleBasedStateMachine):
    """One notice, and everybody who tries to do something with it."""

    def __init__(self) -> None:
        """A draft in an empty catalogue."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.gallery: Gallery = open_gallery(Settings(data_dir=Path(self.folder.name)))
        self.file: NoticeFile = draft(self.gallery)
        self.texts = 0
        self.ended: NoticeFile | None = None

    def teardown(self) -> None:
        """Give the catalogue back."""
        self.gallery.catalogue.close()
        self.folder.cleanup()

    @rule(times=st.integers(1, 3), reviewed=st.booleans())
    def go_on(self, times: int, reviewed: bool) -> None:
        """Those whose turn it is take the usual next steps, so that most lives go far."""
        for _ in range(times):
            status = open_notice(self.gallery.catalogue, self.file.key, OWNER).file.notice.status
            if reviewed and status is NoticeStatus.UNDER_REVIEW:
                self._try(lambda: find(self.gallery, self.file))
            if status in USUAL:
                self._try(partial(step, self.gallery, self.file, *USUAL[status]))

    @rule(what=st.sampled_from(Step), who=st.sampled_from(PEOPLE))
    def take_a_step(self, what: Step, who) -> None:
        """Somebody tries a step."""
        self._try(lambda: step(self.gallery, self.file, what, who))

    @rule(verdict=st.sampled_from(Verdict), who=st.sampled_from(PEOPLE))
    def find_something(self, verdict: Verdict, who) -> None:
        """Somebody tries to record a finding."""
        self._try(lambda: find(self.gallery, self.file, verdict, who))

    @rule(who=st.sampled_from([OWNER, *PEOPLE]), in_force=st.booleans())
    def write(self, who, in_force: bool) -> None:
        """Somebody tries to change what the notice says."""
        self.texts += 1
        new, target = content(title=f"Text {self.texts}"), Target(self.file.key)
        if in_force:
            self._try(lambda: correct(self.gallery.catalogue, target, new, "Why.", who))
        else:
            self._try(lambda: rewrite(self.gallery.catalogue, target, new, who))

    @precondition(lambda self: self.texts > 3)
    @rule()
    def let_years_pass(self) -> None:
        """The calendar is run after the notice's end."""
        late = datetime.now(UTC) + LONGEST + timedelta(days=1)
        run_calendar(self.gallery.catalogue, late, OWNER)

    @invariant()
    def readers_read_only_what_was_approved(self) -> None:
        """In the very version, by another person than its author, and while it is in force."""
        try:
            seen = open_notice(self.gallery.catalogue, self.file.key, READER)
        except NotFound:
            return
        assert seen.file.notice.status is NoticeStatus.PUBLISHED
        life = read_life(self.gallery.catalogue, self.file.key, OWNER)
        (shown,) = [one for one in life.versions if one.number == seen.file.version]
        about = [one for one in life.reviews if one.review.version == shown.number]
        assert about[-1].review.verdict is Verdict.APPROVE
        assert about[-1].by.actor != shown.by.actor
        assert shown.content.fields == seen.file.notice.fields

    @invariant()
    def what_has_ended_stays_as_it_was(self) -> None:
        """After an end nothing of the notice changes."""
        now = open_notice(self.gallery.catalogue, self.file.key, OWNER).file
        assert self.ended in (None, now)
        if now.notice.status in TERMINAL:
            self.ended = now

    @invariant()
    def no_version_is_lost(self) -> None:
        """They are numbered without a gap, and the chain of acts holds."""
        life = read_life(self.gallery.catalogue, self.file.key, OWNER)
        assert [one.number for one in life.versions] == list(range(1, len(life.versions) + 1))
        with self.gallery.catalogue.reading() as connection:
            assert audit.verify_chain(connection).broken is None

    def _try(self, act) -> None:
        """Do something that may be refused."""
        try:
            act()
        except WhorlError:
            return


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
