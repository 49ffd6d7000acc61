"""A notice's life on record, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine import audit
from engine.errors import BadRequest, Conflict, Forbidden, NotFound, StaleVersion
from engine.gallery.gallery import Gallery
from engine.gallery.tables import audit as audit_rows
from engine.identity.roles import Role
from engine.noticeboard.acting import Target
from engine.noticeboard.drafting import rewrite
from engine.noticeboard.reading import open_notice, read_life
from engine.noticeboard.reviewing import Finding, review
from engine.noticeboard.steps import StepOrder, take
from engine.notices import Colour, Kind, NoticeStatus
from engine.notices.lifecycle import Step
from engine.notices.period import LONGEST
from engine.notices.review import Verdict
from engine.notices.signature import Signature
from notice_support import (
    OWNER,
    READER,
    SECRETARY,
    all_but,
    circulate,
    content,
    draft,
    find,
    officer,
    publish,
    step,
    under_review,
)


def test_from_draft_to_publication(gallery: Gallery) -> None:
    """Each act is kept with who, for whom and when, and the end is set."""
    file = publish(gallery, Colour.RED)
    life = read_life(gallery.catalogue, file.key, OWNER)
    assert [(one.act, one.status.value) for one in life.changes] == [
        ("draft", "DRAFT"),
        ("submit", "REQUESTED"),
        ("take-up", "UNDER_REVIEW"),
        ("review-approve", "UNDER_REVIEW"),
        ("publish", "PUBLISHED"),
    ]
    assert [one.by.ncb for one in life.changes] == ["FR", "FR", "IPSG", "IPSG", "IPSG"]
    assert life.changes[0].by == Signature(OWNER.actor, "FR", life.versions[0].by.at)
    assert file.expires_at is not None
    assert file.published_at is not None
    assert file.expires_at == file.published_at + LONGEST


def test_every_act_is_in_the_audit_chain(gallery: Gallery) -> None:
    """In its order, under the notice's name, and the chain holds."""
    file = publish(gallery)
    open_notice(gallery.catalogue, file.key, READER)
    with gallery.catalogue.reading() as connection:
        rows = connection.execute(audit_rows.select().order_by(audit_rows.c.number)).all()
        assert audit.verify_chain(connection).broken is None
    assert [row.action for row in rows] == [
        "notice.draft",
        "notice.submit",
        "notice.take-up",
        "notice.review-approve",
        "notice.publish",
        "read.notice",
    ]
    assert {row.subject for row in rows} == {str(file.key)}


def test_nothing_of_a_refused_act_is_left(gallery: Gallery) -> None:
    """Neither a change nor an audit row: they are one transaction."""
    file = draft(gallery, description=None)
    with pytest.raises(BadRequest, match="description: is missing"):
        step(gallery, file, Step.SUBMIT, OWNER)
    assert len(read_life(gallery.catalogue, file.key, OWNER).changes) == 1
    assert open_notice(gallery.catalogue, file.key, OWNER).file.revision == file.revision
    with gallery.catalogue.reading() as connection:
        actions = [row.action for row in connection.execute(audit_rows.select())]
    assert "notice.submit" not in actions


def test_nothing_is_published_without_approval(gallery: Gallery) -> None:
    """Neither unreviewed nor with questions open nor refused."""
    file = under_review(gallery, draft(gallery))
    for verdict in (None, Verdict.ASK, Verdict.REFUSE):
        if verdict is not None:
            find(gallery, file, verdict)
        with pytest.raises(Conflict, match="needs the verdict approve"):
            step(gallery, file, Step.PUBLISH, SECRETARY)
    refused = step(gallery, file, Step.REFUSE, SECRETARY)
    assert refused.notice.status is NoticeStatus.REFUSED


def test_a_changed_request_is_reviewed_anew(gallery: Gallery) -> None:
    """Answering a question makes a version that nobody has approved yet."""
    file = under_review(gallery, draft(gallery))
    with pytest.raises(Conflict, match="UNDER_REVIEW; correct it instead"):
        rewrite(gallery.catalogue, Target(file.key), content(title="New"), OWNER)
    find(gallery, file, Verdict.ASK)
    changed = rewrite(gallery.catalogue, Target(file.key), content(title="New"), OWNER, "Asked.")
    assert (changed.version, changed.notice.fields["title"]) == (2, "New")
    with pytest.raises(Conflict, match="version 2 is not reviewed"):
        step(gallery, changed, Step.PUBLISH, SECRETARY)
    find(gallery, changed)
    assert step(gallery, changed, Step.PUBLISH, SECRETARY).version == 2
    versions = read_life(gallery.catalogue, file.key, SECRETARY).versions
    assert [one.number for one in versions] == [1, 2]
    assert "title" not in versions[0].content.fields


def test_an_examiner_does_not_review_their_own_words(gallery: Gallery) -> None:
    """A notice of the secretariat's own initiative needs another of its people."""
    file = draft(gallery, owner=SECRETARY)
    under_review(gallery, file, SECRETARY)
    with pytest.raises(Forbidden, match="nobody reviews what they wrote"):
        find(gallery, file)
    find(gallery, file, asker=officer("IPSG", "second"))
    assert step(gallery, file, Step.PUBLISH, SECRETARY).notice.ncb == "IPSG"


@pytest.mark.parametrize(
    ("what", "asker"),
    [
        (Step.SUBMIT, officer("FR", roles=frozenset({Role.INVESTIGATOR}))),
        (Step.SUBMIT, officer("FR", roles=frozenset({Role.ADMIN}))),
        (Step.CIRCULATE, OWNER),
        (Step.PUBLISH, OWNER),
    ],
)
def test_a_step_of_somebody_else_is_refused(gallery: Gallery, what: Step, asker) -> None:
    """Wrong role, wrong kind, wrong order."""
    file = draft(gallery)
    with pytest.raises((Forbidden, Conflict)):
        step(gallery, file, what, asker)
    assert open_notice(gallery.catalogue, file.key, OWNER).file.notice.status is NoticeStatus.DRAFT


def test_a_draft_is_nobody_elses(gallery: Gallery) -> None:
    """Others are told that there is none, whatever they try; the secretariat as well."""
    file = draft(gallery)
    for asker in (READER, SECRETARY, officer("JP")):
        with pytest.raises(NotFound, match=f"no blue notice {file.notice.entity_id}"):
            open_notice(gallery.catalogue, file.key, asker)
        with pytest.raises(NotFound, match=f"no blue notice {file.notice.entity_id}"):
            step(gallery, file, Step.WITHDRAW, asker)


def test_who_has_not_read_the_latest_changes_nothing(gallery: Gallery) -> None:
    """A revision that is not the present one is refused, with the present one named."""
    file = draft(gallery)
    rewrite(gallery.catalogue, Target(file.key, file.revision), content(title="A"), OWNER)
    with pytest.raises(StaleVersion, match="is at revision 2, not 1"):
        rewrite(gallery.catalogue, Target(file.key, file.revision), content(title="B"), OWNER)


def test_suspended_resumed_and_cancelled(gallery: Gallery) -> None:
    """Readers see it, do not, do again, and then never."""
    file, seen = publish(gallery), []
    for what in (Step.SUSPEND, Step.RESUME, Step.SUSPEND, Step.CANCEL):
        step(gallery, file, what, SECRETARY)
        try:
            open_notice(gallery.catalogue, file.key, READER)
            seen.append(True)
        except NotFound:
            seen.append(False)
    assert seen == [False, True, False, False]
    with pytest.raises(Conflict):
        step(gallery, file, Step.RESUME, SECRETARY)


def test_a_wish_for_the_end_is_kept_within_five_years(gallery: Gallery) -> None:
    """A renewal starts the five years again."""
    file, now = publish(gallery), datetime.now(UTC)
    renewal = StepOrder(Step.RENEW, ("Examined again.",), now + timedelta(days=30))
    renewed = take(gallery.catalogue, Target(file.key), renewal, OWNER)
    assert renewed.expires_at == now + timedelta(days=30)
    late = StepOrder(Step.RENEW, ("Again.",), now + LONGEST + timedelta(days=1))
    with pytest.raises(BadRequest, match="expiry"):
        take(gallery.catalogue, Target(file.key), late, OWNER)


def test_a_diffusion_goes_to_its_recipients_alone(gallery: Gallery) -> None:
    """Nobody reviews it; the secretariat sees it only as a recipient, others never."""
    file = circulate(gallery, "JP", "BR")
    assert open_notice(gallery.catalogue, file.key, READER).file.notice.kind is Kind.DIFFUSION
    for asker in (SECRETARY, officer("DE"), officer("")):
        with pytest.raises(NotFound):
            open_notice(gallery.catalogue, file.key, asker)
    ended = step(gallery, file, Step.WITHDRAW, OWNER)
    assert ended.notice.status is NoticeStatus.WITHDRAWN


def test_a_diffusion_names_whom_it_is_for(gallery: Gallery) -> None:
    """Not whom it is not for; and it keeps to the rules of its colour."""
    file = draft(gallery, restriction=all_but("JP"), kind=Kind.DIFFUSION)
    with pytest.raises(BadRequest, match="names its recipients"):
        step(gallery, file, Step.CIRCULATE, OWNER)
    poor = draft(gallery, Colour.RED, kind=Kind.DIFFUSION, facts=None)
    with pytest.raises(BadRequest, match="facts: is missing"):
        step(gallery, poor, Step.CIRCULATE, OWNER)


def test_findings_wait_for_a_request(gallery: Gallery) -> None:
    """Nothing is found about a draft, nor about what was decided; and not by the owner."""
    file = under_review(gallery, draft(gallery))
    with pytest.raises(Forbidden, match="review is for the General Secretariat"):
        find(gallery, file, asker=OWNER)
    half = Finding(Verdict.APPROVE, article_2=True)
    with pytest.raises(BadRequest, match="approval needs article_3"):
        review(gallery.catalogue, Target(file.key), half, SECRETARY)
    published = publish(gallery)
    with pytest.raises(Conflict, match="nothing waits for a review"):
        find(gallery, published)


def test_numbers_do_not_tell_of_other_notices(gallery: Gallery) -> None:
    """They are drawn, so no gap shows what one may not see."""
    serials = [int(draft(gallery).notice.entity_id.split("/")[1]) for _ in range(4)]
    assert sorted(serials) != list(range(serials[0], serials[0] + 4))
    assert len(set(serials)) == 4


def test_the_life_is_for_owner_and_secretariat(gallery: Gallery) -> None:
    """A reader of the notice reads no more than the notice."""
    file = publish(gallery)
    assert not open_notice(gallery.catalogue, file.key, READER).inside
    with pytest.raises(Forbidden, match="for its owner and the General Secretariat"):
        read_life(gallery.catalogue, file.key, READER)
