"""Any use of a case that people can make of it, with what is kept of it, found by trying."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engine import audit
from engine.errors import WhorlError
from engine.examination import CaseStatus, Conclusion, Seat
from engine.examination.hit import HitStatus
from engine.examining.hits import list_opened
from engine.examining.reading import open_file
from engine.gallery.gallery import Gallery, open_gallery
from engine.gallery.hit_store import HitFilter
from engine.identity.roles import Role
from engine.settings import Settings
from examination_support import (
    ASKING_FIRST,
    ASKING_OFFICER,
    ASKING_SECOND,
    CENTRAL,
    OWNING_OFFICER,
    STRANGER,
    give,
    opened,
    person_of,
)

OTHER_OFFICER = person_of("other", "FR", Role.NCB_OFFICER)
EXAMINERS = [ASKING_FIRST, ASKING_SECOND, ASKING_OFFICER, OTHER_OFFICER]
PEOPLE = [*EXAMINERS, OWNING_OFFICER, STRANGER]


class Examination(RuleBasedStateMachine):
    """One case, and everybody who tries to decide in it."""

    def __init__(self) -> None:
        """A case in an empty catalogue."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.gallery: Gallery = open_gallery(Settings(data_dir=Path(self.folder.name)))
        self.case = opened(self.gallery)

    def teardown(self) -> None:
        """Give the catalogue back."""
        self.gallery.catalogue.close()
        self.folder.cleanup()

    @rule(who=st.sampled_from(PEOPLE), conclusion=st.sampled_from(Conclusion))
    def decide(self, who, conclusion: Conclusion) -> None:
        """Somebody tries to give a verdict."""
        with suppress(WhorlError):
            give(self.gallery, self.case, who, conclusion)

    @rule(
        who=st.sampled_from(EXAMINERS),
        conclusion=st.sampled_from(Conclusion),
        number=st.integers(1, 6),
    )
    def correct(self, who, conclusion: Conclusion, number: int) -> None:
        """Somebody tries to correct one."""
        with suppress(WhorlError):
            give(self.gallery, self.case, who, conclusion, corrects=number)

    @invariant()
    def a_hit_stands_on_two_people(self) -> None:
        """Who hold the identification while it stands; there is one hit at most."""
        hits, total = list_opened(self.gallery.catalogue, HitFilter(0, 9), CENTRAL)
        standing = [one for one in hits if one.status is not HitStatus.WITHDRAWN]
        case = open_file(self.gallery.catalogue, self.case, ASKING_FIRST).file.case
        assert total <= 1
        assert bool(standing) is (case.status is CaseStatus.CONFIRMED)
        if standing:
            latest = [case.standing(seat) for seat in Seat]
            found = {
                one.by.actor
                for one in latest
                if one and one.verdict.conclusion is Conclusion.IDENTIFICATION
            }
            assert len(found) >= 2

    @invariant()
    def nobody_reads_too_early(self) -> None:
        """While a second is waited for, everybody reads their own decisions alone."""
        for who in EXAMINERS:
            file = open_file(self.gallery.catalogue, self.case, who).file
            if file.case.status in (CaseStatus.AWAITING_FIRST, CaseStatus.AWAITING_SECOND):
                assert {one.by.actor for one in file.case.decisions} <= {who.actor}

    @invariant()
    def the_chain_holds(self) -> None:
        """Every act is in it."""
        with self.gallery.catalogue.reading() as connection:
            assert audit.verify_chain(connection).broken is None


TestExamination = Examination.TestCase
TestExamination.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
