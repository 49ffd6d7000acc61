"""A latent into the catalogue: from its image, or as an examiner has marked it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import audit
from engine.asker import Asker
from engine.candidates import ImageFile
from engine.enrol import image_digest
from engine.errors import BadRequest, Forbidden
from engine.extractor import Extractor
from engine.fingers import Finger, Impression
from engine.gallery.catalogue import Catalogue
from engine.gallery.latent_store import add_latent, read_latent
from engine.gallery.transaction_store import Transaction, find_done, note_done
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.images import read_image
from engine.latents.latent import Latent, LatentImage, NewLatent, check_latent
from engine.latents.marking import Mark, template_of_marks
from engine.policy import Handling, parse_purpose
from engine.records import PrintImage, Template
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class LatentOrder:
    """A latent that somebody wants recorded.

    Attributes:
        id: of the bureau's own space; empty to be given one.
        note: of crime and scene.
        image: its picture; None if minutiae come alone.
        marks: an examiner's minutiae; none if they are to be found in the image.
        finger, impression: as far as they are known.
        handling: who may see it.
        transaction_id: of the caller; the same one records no second latent. None does every time.
    """

    id: str = ""
    note: str = ""
    image: ImageFile | None = None
    marks: Sequence[Mark] = ()
    finger: Finger = Finger.UNKNOWN
    impression: Impression = Impression.LATENT_IMPRESSION
    handling: Handling = field(default_factory=Handling)
    transaction_id: str | None = None


def enrol_latent(
    catalogue: Catalogue, order: LatentOrder, extractor: Extractor, asker: Asker
) -> Latent:
    """Record a latent of the asker's bureau; every search that starts now finds it.

    What was recorded under the same transaction id before is answered again, even if it has been
    solved since.

    Raises:
        BadImage: the image cannot be read, or shows too little; then mark minutiae by hand.
        BadRequest: neither image nor minutiae, or a malformed field.
        Forbidden: the asker is of no bureau, or would lose sight of it.
        Conflict: the id was given before, or the transaction id stands for something else.
    """
    _require_bureau(order, asker)
    done = None if order.transaction_id is None else _transaction(order, asker)
    known = None if done is None else _known(catalogue, done, asker)
    if known is not None:
        return known
    new = check_latent(_read(order, extractor, asker), asker.ncb)
    with catalogue.changing() as change:
        before = None if done is None else find_done(change.connection, done)
        if before is not None:
            return read_latent(change.connection, before, asker, today())
        latent = add_latent(change, new, asker)
        if done is not None:
            note_done(change.connection, done, latent.id, change.at)
        detail = {"minutiae": latent.minutiae, "extractor": latent.extractor}
        audit.record(change.connection, asker, "latent.add", latent.id, detail)
        return latent


def _known(catalogue: Catalogue, done: Transaction, asker: Asker) -> Latent | None:
    """What this transaction has recorded before.

    Raises:
        Conflict: under this id something else was done.
    """
    with catalogue.reading() as connection:
        before = find_done(connection, done)
        return None if before is None else read_latent(connection, before, asker, today())


def _require_bureau(order: LatentOrder, asker: Asker) -> None:
    """Check that the asker may own such a latent.

    Raises:
        Forbidden: the asker is of no bureau, or would lose sight of it.
        BadRequest: the purpose is none.
    """
    if asker.ncb in ("", SECRETARIAT, CENTRE):
        raise Forbidden("a latent is that of a bureau")
    if order.handling.classification > asker.clearance:
        raise Forbidden(f"your clearance is {asker.clearance.label}: you would lose sight of it")
    parse_purpose(asker.purpose)


def _read(order: LatentOrder, extractor: Extractor, asker: Asker) -> NewLatent:
    """The latent with its template and, if it has one, its image."""
    if order.image is None and not order.marks:
        raise BadRequest("a latent needs an image, or minutiae that an examiner has marked")
    picture = None if order.image is None else _open(order.image)
    return NewLatent(
        id=order.id,
        case_ref=asker.case_ref,
        template=_template(order, picture, extractor),
        note=order.note,
        image=_kept(order.image, picture),
        finger=order.finger,
        impression=order.impression,
        handling=order.handling,
    )


def _open(image: ImageFile) -> PrintImage:
    """The image as grey levels."""
    return read_image(image.data, image.name, image.ppi)


def _template(order: LatentOrder, picture: PrintImage | None, extractor: Extractor) -> Template:
    """The marked minutiae; without any, those that are found in the image."""
    if order.marks or picture is None:
        return template_of_marks(order.marks, picture)
    return extractor.extract(picture)


def _kept(file: ImageFile | None, picture: PrintImage | None) -> LatentImage | None:
    """The image file as it is stored."""
    if file is None or picture is None:
        return None
    return LatentImage(file.data, picture.format, round(picture.source_ppi))


def _transaction(order: LatentOrder, asker: Asker) -> Transaction:
    """What is done once."""
    handling = order.handling
    content: dict[str, Any] = {
        "id": order.id,
        "case_ref": asker.case_ref,
        "purpose": asker.purpose,
        "note": order.note,
        "image": None if order.image is None else image_digest(order.image),
        "ppi": None if order.image is None else order.image.ppi,
        "marks": [[m.x, m.y, m.direction, int(m.type), m.quality] for m in order.marks],
        "finger": int(order.finger),
        "impression": int(order.impression),
        "restriction": [handling.restriction.mode.value, sorted(handling.restriction.ncbs)],
        "classification": int(handling.classification),
    }
    return Transaction(asker.ncb, order.transaction_id or "", "latent.add", content)
