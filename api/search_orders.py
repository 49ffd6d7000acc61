"""What a search order means: the engine's request, and what its sender wants done once."""

from __future__ import annotations

import hashlib
from typing import Any

from api.schemas.orders import SearchOrder
from api.service import Service
from engine.asker import Asker
from engine.candidates import FingerProbe, ImageFile, SearchRequest
from engine.errors import BadRequest, Forbidden
from engine.fingers import parse_finger
from engine.gallery.transaction_store import Transaction
from engine.images import read_image
from engine.latents.marking import template_of_marks
from engine.latents.reading import open_latent
from engine.lights_out import LightsOut
from engine.members import parse_regions
from engine.records import Template


def search_request(order: SearchOrder, service: Service, asker: Asker) -> SearchRequest:
    """The engine's request.

    Raises:
        BadRequest: an unknown finger or region, or fields that do not fit each other.
        BadImage: the image that minutiae were marked in cannot be read.
        NotFound: no such latent on record that the asker may see.
    """
    _check(order)
    probe, number = _probe(order, service, asker)
    return SearchRequest(
        probe=probe,
        finger=parse_finger(order.finger),
        regions=parse_regions(order.region_names),
        mode=order.mode,
        top=order.top,
        others=tuple(
            FingerProbe(ImageFile(one.image, one.filename, one.ppi), parse_finger(one.finger))
            for one in order.others
        ),
        leave_out=number,
        decision=LightsOut(order.fmr) if order.decision == "lights_out" else None,
    )


def _check(order: SearchOrder) -> None:
    """Check that exactly one probe is named, and one that its mode takes.

    Raises:
        BadRequest: says what does not fit.
    """
    named = order.latent_id is not None
    if named is (order.image is not None or bool(order.minutiae)):
        raise BadRequest("a search needs one probe: an image, minutiae, or a latent_id alone")
    if named and not order.mode.is_of_latent:
        raise BadRequest(f"mode {order.mode}: a latent on record is searched by LT-TP or LT-LT")
    if order.minutiae and not order.mode.is_of_latent:
        raise BadRequest(f"mode {order.mode}: minutiae are of a latent, in LT-TP and LT-LT")
    if named and order.store_probe:
        raise BadRequest("store_probe: this latent is on record already")


def _probe(
    order: SearchOrder, service: Service, asker: Asker
) -> tuple[ImageFile | Template, int | None]:
    """What is searched; of a latent on record its number, so that it does not find itself."""
    if order.latent_id is not None:
        latent, template = open_latent(service.catalogue, order.latent_id, asker)
        return template, latent.number
    marks = [one.to_mark() for one in order.minutiae]
    if order.image is None:
        return template_of_marks(marks), None
    file = ImageFile(order.image, order.filename, order.ppi)
    if not marks:
        return file, None
    return template_of_marks(marks, read_image(file.data, file.name, file.ppi)), None


def once(order: SearchOrder, asker: Asker) -> Transaction | None:
    """What is done once, if the order names a transaction.

    Raises:
        Forbidden: the asker is of no organisation, so nothing is its own.
    """
    if order.transaction_id is None:
        return None
    return transaction(asker, order.transaction_id, "search", order.model_dump(mode="python"))


def transaction(asker: Asker, number: str, act: str, content: dict[str, Any]) -> Transaction:
    """Something that an asker's organisation wants done once.

    Args:
        asker: who wants it; another asker's order is another content.
        number: id of the transaction.
        act: what is done.
        content: the order; of images the digest counts.

    Raises:
        Forbidden: the asker is of no organisation.
    """
    if not asker.ncb:
        raise Forbidden("transaction_id: it is that of an organisation")
    reason = {"actor": asker.actor, "purpose": asker.purpose, "case_ref": asker.case_ref}
    left = {name: one for name, one in content.items() if name not in ("transaction_id", *reason)}
    return Transaction(asker.ncb, number, act, {**reason, **_plain(left)})


def _plain(value: Any) -> Any:
    """A value in a form that JSON can hold: bytes as their digest."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
