"""Latents on record: adding, reading, ending them, and who may see them; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from engine.candidates import ImageFile
from engine.errors import BadRequest, Conflict, Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.latent_store import LatentFilter
from engine.gallery.latent_tables import latent, latent_image
from engine.gallery.tables import audit
from engine.handling import HandlingChange
from engine.images import encode_png
from engine.latents.adding import LatentOrder, enrol_latent
from engine.latents.closing import close
from engine.latents.handling import change_latent_handling, look_up_latent_handling
from engine.latents.latent import LatentStatus
from engine.latents.reading import list_seen_latents, open_latent, open_latent_image
from engine.latents.retention import list_ending_latents, purge_latents
from engine.lookup import look_up_print
from engine.policy import Handling, parse_recipients
from engine.seeing import today
from indexer.builder import build, rebuild
from indexer.checking import check
from latent_support import FRENCH, GERMAN, HIDDEN, JAPANESE, add_part, marks_of, part_of

EVERY = LatentFilter(0, 10)


def ids_of(gallery: Gallery, asker: Any, wanted: LatentFilter = EVERY) -> list[str]:
    """The latents that a list shows to somebody."""
    return [one.id for one in list_seen_latents(gallery.catalogue, wanted, asker)[0]]


def test_a_latent_is_read_back(gallery: Gallery) -> None:
    """With its owner's texts for the owner alone, and of no person."""
    made = add_part(gallery, 1)
    own, template = open_latent(gallery.catalogue, made.id, FRENCH)
    other, _ = open_latent(gallery.catalogue, made.id, GERMAN)
    assert (own.ncb, own.case_ref, own.status) == ("FR", "FR-case-1", LatentStatus.UNSOLVED)
    assert len(template.minutiae) == own.minutiae == 16
    assert (other.id, other.case_ref, other.note) == (own.id, "", "")
    with pytest.raises(NotFound):
        look_up_print(gallery.catalogue, made.number, FRENCH)


def test_a_latent_needs_a_case_a_probe_and_an_own_id(gallery: Gallery) -> None:
    """Each is told by its name."""
    marks = marks_of(part_of(1))
    for order, asker, reason in (
        (LatentOrder(marks=marks), replace(FRENCH, case_ref=""), "case_ref"),
        (LatentOrder(), FRENCH, "needs an image"),
        (LatentOrder(id="DE-1", marks=marks), FRENCH, "latent id 'DE-1'"),
    ):
        with pytest.raises(BadRequest, match=reason):
            enrol_latent(gallery.catalogue, order, None, asker)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        add_part(gallery, 1, replace(FRENCH, ncb="IPSG"))
    add_part(gallery, 1)
    with pytest.raises(Conflict):
        add_part(gallery, 1)


def test_a_transaction_records_once(gallery: Gallery) -> None:
    """Sent again it is the first latent; with another content it is refused."""
    order = LatentOrder(marks=marks_of(part_of(2)), transaction_id="T-1")
    add = lambda one: enrol_latent(gallery.catalogue, one, None, FRENCH)  # type: ignore[arg-type]  # noqa: E731
    assert add(order).id == add(order).id
    assert len(ids_of(gallery, FRENCH)) == 1
    with pytest.raises(Conflict, match="T-1"):
        add(replace(order, note="Another."))


def test_an_image_stays_with_the_marks(gallery: Gallery) -> None:
    """The marks lie in it, and it is read as it came."""
    image = ImageFile(encode_png(np.full((720, 720), 90, np.uint8)), "scene.png", 500)
    order = LatentOrder(image=image, marks=marks_of(part_of(2)))
    made = enrol_latent(gallery.catalogue, order, None, FRENCH)  # type: ignore[arg-type]
    assert open_latent_image(gallery.catalogue, made.id, GERMAN).content == image.data
    with pytest.raises(NotFound):
        open_latent_image(gallery.catalogue, add_part(gallery, 3).id, FRENCH)


def test_what_is_hidden_is_not_there(gallery: Gallery) -> None:
    """In lists, counts, reads, images and ends alike."""
    hidden = add_part(gallery, 1, handling=HIDDEN)
    seen = add_part(gallery, 2)
    assert ids_of(gallery, JAPANESE) == [seen.id]
    assert list_seen_latents(gallery.catalogue, EVERY, JAPANESE)[1] == 1
    assert ids_of(gallery, GERMAN) == [seen.id, hidden.id]
    for read in (open_latent, open_latent_image, look_up_latent_handling):
        with pytest.raises(NotFound, match="FR-L-1"):
            read(gallery.catalogue, hidden.id, JAPANESE)
    with pytest.raises(NotFound):
        close(gallery.catalogue, hidden.id, LatentStatus.SOLVED, "Invented.", JAPANESE)


def test_only_an_officer_of_the_owner_changes_handling(gallery: Gallery) -> None:
    """It holds from the next answer on."""
    made = add_part(gallery, 1)
    wanted = HandlingChange(restriction=parse_recipients("ALLOW", ["DE"]))
    for asker in (GERMAN, replace(FRENCH, roles=frozenset())):
        with pytest.raises(Forbidden):
            change_latent_handling(gallery.catalogue, made.id, wanted, 1, asker)
    assert change_latent_handling(gallery.catalogue, made.id, wanted, 1, FRENCH).revision == 2
    assert (ids_of(gallery, JAPANESE), ids_of(gallery, GERMAN)) == ([], [made.id])


def test_an_ended_latent_stays_on_record(gallery: Gallery) -> None:
    """In one way, once, by its owner and with a reason."""
    made = add_part(gallery, 1)
    with pytest.raises(Forbidden):
        close(gallery.catalogue, made.id, LatentStatus.SOLVED, "Invented.", GERMAN)
    with pytest.raises(BadRequest, match="reason"):
        close(gallery.catalogue, made.id, LatentStatus.SOLVED, "", FRENCH)
    ended = close(gallery.catalogue, made.id, LatentStatus.SOLVED, "Invented.", FRENCH)
    assert (ended.status, ended.reason) == (LatentStatus.SOLVED, "Invented.")
    assert close(gallery.catalogue, made.id, LatentStatus.SOLVED, "Again.", FRENCH) == ended
    with pytest.raises(Conflict):
        close(gallery.catalogue, made.id, LatentStatus.WITHDRAWN, "Invented.", FRENCH)
    assert open_latent(gallery.catalogue, made.id, GERMAN)[0].reason == ""


def test_what_is_over_is_erased(gallery: Gallery) -> None:
    """Template, image and texts; the id is not given again."""
    made = add_part(gallery, 1)
    later = today() + timedelta(days=6 * 365)
    assert [one.latent_id for one in list_ending_latents(gallery.catalogue, FRENCH, later)]
    assert purge_latents(gallery.catalogue, GERMAN, later) == []
    assert [one.latent_id for one in purge_latents(gallery.catalogue, FRENCH, later)] == [made.id]
    with gallery.catalogue.reading() as connection:
        row = connection.execute(select(latent)).one()
        assert (row.template, row.case_ref, row.note) == (b"", "", "")
        assert connection.execute(select(latent_image)).all() == []
    with pytest.raises(Conflict):
        add_part(gallery, 1)
    assert purge_latents(gallery.catalogue, FRENCH, later) == []


def test_the_index_agrees_with_the_catalogue(gallery: Gallery, enrol_template: Any) -> None:
    """Latents beside prints, ended ones too, when it is built and when it is made anew."""
    add_part(gallery, 1)
    enrol_template(gallery, "FR-1", part_of(5))
    gone = add_part(gallery, 2)
    build(gallery.catalogue, gallery.folder)
    assert check(gallery.catalogue, gallery.folder).sound
    close(gallery.catalogue, gone.id, LatentStatus.WITHDRAWN, "Invented.", FRENCH)
    assert check(gallery.catalogue, gallery.folder).sound
    rebuild(gallery.catalogue, gallery.folder)
    report = check(gallery.catalogue, gallery.folder)
    assert (report.sound, report.prints) == (True, 2)


def test_every_act_is_in_the_chain(gallery: Gallery) -> None:
    """Reads and lists included, without minutiae."""
    made = add_part(gallery, 1)
    open_latent(gallery.catalogue, made.id, GERMAN)
    ids_of(gallery, GERMAN)
    close(gallery.catalogue, made.id, LatentStatus.SOLVED, "Invented.", FRENCH)
    with gallery.catalogue.reading() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.number)).all()
    told = [(row.action, row.subject, row.ncb) for row in rows if "latent" in row.action]
    assert told == [
        ("latent.add", made.id, "FR"),
        ("read.latent", made.id, "DE"),
        ("list.latents", "", "DE"),
        ("latent.solved", made.id, "FR"),
    ]


def test_a_class_above_the_clearance_is_refused(gallery: Gallery) -> None:
    """Its recorder would lose sight of it."""
    plain = replace(FRENCH, clearance=Handling().classification)
    secret = Handling(classification=FRENCH.clearance)
    with pytest.raises(Forbidden, match="lose sight"):
        add_part(gallery, 1, plain, secret)
