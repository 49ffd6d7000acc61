"""Corrections and translations of notices on record, on both databases."""

from __future__ import annotations

import pytest

from engine.errors import BadRequest, Conflict, Forbidden
from engine.gallery.gallery import Gallery
from engine.gallery.inbox_store import read_receipts
from engine.noticeboard.acting import Target
from engine.noticeboard.correcting import correct
from engine.noticeboard.drafting import rewrite
from engine.noticeboard.reading import open_notice, read_life
from engine.noticeboard.translating import translate
from engine.notices import Colour
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from engine.notices.review import Verdict
from notice_support import (
    OWNER,
    READER,
    SECRETARY,
    circulate,
    content,
    draft,
    find,
    officer,
    publish,
    step,
)


def propose(gallery: Gallery, file: NoticeFile, **fields: object) -> NoticeFile:
    """The notice after a correction was proposed."""
    new = content(file.notice.colour, **fields)
    return correct(gallery.catalogue, Target(file.key), new, "It was wrong.", OWNER)


def read(gallery: Gallery, file: NoticeFile, name: str) -> object:
    """What a reader reads in a field."""
    return open_notice(gallery.catalogue, file.key, READER).reading.fields.get(name)


def news(gallery: Gallery, file: NoticeFile, ncb: str) -> list[str]:
    """The news of a notice that a bureau got."""
    with gallery.catalogue.reading() as connection:
        receipts = read_receipts(connection, file.key)
    return [one.event.value for one in receipts if one.ncb == ncb]


def test_readers_see_a_correction_once_it_is_approved(gallery: Gallery) -> None:
    """Until then the old version; afterwards both are kept and everybody is told."""
    file = publish(gallery)
    propose(gallery, file, title="Right")
    assert read(gallery, file, "title") is None
    assert news(gallery, file, "IPSG")[-1] == "correction-proposed"
    shown = find(gallery, file)
    assert (shown.version, shown.proposed) == (2, None)
    assert read(gallery, file, "title") == "Right"
    assert news(gallery, file, "JP") == ["published", "corrected"]
    versions = read_life(gallery.catalogue, file.key, OWNER).versions
    assert [(one.number, one.reason) for one in versions] == [(1, ""), (2, "It was wrong.")]


def test_a_refused_correction_never_shows(gallery: Gallery) -> None:
    """It is kept; the owner learns why; readers learn nothing."""
    file = publish(gallery)
    propose(gallery, file, title="Wrong")
    after = find(gallery, file, Verdict.REFUSE)
    assert (after.version, after.proposed) == (1, None)
    assert read(gallery, file, "title") is None
    assert news(gallery, file, "FR")[-1] == "correction-refused"
    assert news(gallery, file, "JP") == ["published"]
    life = read_life(gallery.catalogue, file.key, OWNER)
    assert [one.number for one in life.versions] == [1, 2]
    assert life.reviews[-1].review.version == 2


def test_a_further_proposal_takes_the_place_of_the_first(gallery: Gallery) -> None:
    """What is approved is the latest; no number is given twice."""
    file = publish(gallery)
    propose(gallery, file, title="First")
    assert propose(gallery, file, title="Second").proposed == 3
    find(gallery, file)
    assert read(gallery, file, "title") == "Second"
    assert propose(gallery, file, title="Third").proposed == 4


def test_the_end_of_a_notice_ends_its_proposal(gallery: Gallery) -> None:
    """Nothing is approved into a withdrawn notice."""
    file = publish(gallery)
    propose(gallery, file, title="Late")
    assert step(gallery, file, Step.WITHDRAW, OWNER).proposed is None
    with pytest.raises(Conflict):
        find(gallery, file)


def test_a_suspended_notice_is_corrected_unseen(gallery: Gallery) -> None:
    """Readers see the new version when it is resumed."""
    file = publish(gallery)
    step(gallery, file, Step.SUSPEND, SECRETARY)
    propose(gallery, file, title="Right")
    find(gallery, file)
    assert news(gallery, file, "JP") == ["published", "suspended"]
    step(gallery, file, Step.RESUME, SECRETARY)
    assert read(gallery, file, "title") == "Right"


def test_a_diffusion_is_corrected_at_once(gallery: Gallery) -> None:
    """By its owner, and its recipients are told."""
    file = circulate(gallery, "JP")
    assert propose(gallery, file, title="Right").version == 2
    assert read(gallery, file, "title") == "Right"
    assert news(gallery, file, "JP") == ["circulated", "corrected"]


def test_what_cannot_be_corrected(gallery: Gallery) -> None:
    """A draft, another's notice, without a reason, against the rules of the colour."""
    file = publish(gallery, Colour.GREEN)
    with pytest.raises(Conflict, match="DRAFT: it cannot be corrected"):
        propose(gallery, draft(gallery))
    with pytest.raises(Forbidden, match="only its owner"):
        correct(gallery.catalogue, Target(file.key), content(), "Why.", officer("JP"))
    with pytest.raises(BadRequest, match="needs a reason"):
        correct(gallery.catalogue, Target(file.key), content(), " ", OWNER)
    with pytest.raises(BadRequest, match="description: is missing"):
        propose(gallery, file, description=None)


def test_a_translation_is_marked_and_found_again(gallery: Gallery) -> None:
    """With its translator; other languages fall back to the original and say so."""
    file = publish(gallery)
    texts = {"description": "Localisation recherchée (inventé)."}
    translate(gallery.catalogue, Target(file.key), "fr", texts, SECRETARY)
    reading = open_notice(gallery.catalogue, file.key, READER, "fr").reading
    assert reading.fields["description"] == texts["description"]
    by = reading.origins["description"].translated
    assert by is not None
    assert (by.actor, by.ncb) == (SECRETARY.actor, "IPSG")
    spanish = open_notice(gallery.catalogue, file.key, READER, "es").reading
    assert (spanish.falls_back, spanish.origins["description"].language) == (True, "en")


def test_who_translates_what(gallery: Gallery) -> None:
    """The owner its drafts, the secretariat what was asked of it, nobody else anything."""
    texts = {"description": "Recherche."}
    own, asked = draft(gallery), publish(gallery)
    translate(gallery.catalogue, Target(own.key), "fr", texts, OWNER)
    for asker in (OWNER, READER, officer("JP")):
        with pytest.raises(Forbidden, match="translated by their owner"):
            translate(gallery.catalogue, Target(asked.key), "fr", texts, asker)
    with pytest.raises(BadRequest, match="title: this notice has no such text"):
        translate(gallery.catalogue, Target(asked.key), "fr", {"title": "X"}, SECRETARY)


def test_a_corrected_text_loses_its_translation(gallery: Gallery) -> None:
    """The unchanged ones keep theirs, also when they were translated while it waited."""
    file = publish(gallery, title="Search")
    both = {"description": "Recherche.", "title": "Avis"}
    translate(gallery.catalogue, Target(file.key), "fr", {"title": "Annonce"}, SECRETARY)
    propose(gallery, file, title="Search", description="Seen elsewhere.")
    translate(gallery.catalogue, Target(file.key), "fr", both, SECRETARY)
    find(gallery, file, asker=officer("IPSG", "second"))
    reading = open_notice(gallery.catalogue, file.key, READER, "fr").reading
    assert reading.fields["title"] == "Avis"
    assert reading.fields["description"] == "Seen elsewhere."
    assert reading.origins["description"].fall_back


def test_a_draft_is_rewritten_with_all_versions_kept(gallery: Gallery) -> None:
    """Each with its author; a field that the colour forbids is refused at once."""
    file = draft(gallery)
    rewrite(gallery.catalogue, Target(file.key), content(title="One"), OWNER)
    second = officer("FR", "second")
    rewrite(gallery.catalogue, Target(file.key), content(title="Two"), second, "Better.")
    with pytest.raises(BadRequest, match="arrest_warrants: has no place"):
        rewrite(gallery.catalogue, Target(file.key), content(arrest_warrants=[]), OWNER)
    versions = read_life(gallery.catalogue, file.key, OWNER).versions
    assert [(one.content.fields.get("title"), one.by.actor) for one in versions] == [
        (None, OWNER.actor),
        ("One", OWNER.actor),
        ("Two", second.actor),
    ]
