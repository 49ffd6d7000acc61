"""Encounters: prints of a person, taken on one occasion, into the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Response, status

from api.asking import AskerDep, with_reason
from api.bodies import Received, read_encounter_order, receive
from api.descriptions import body_of, problems
from api.limiting import ENROLMENTS
from api.prefer import WantsAsync, accept
from api.schemas.encounters import EncounterView, show_encounter, show_stored_encounter
from api.schemas.jobs import EnrolmentJobView, show_job
from api.schemas.orders import EncounterOrder, PrintOrder
from api.search_orders import transaction
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.candidates import ImageFile
from engine.enrol import (
    PrintFile,
    add_to_person,
    extract_prints,
    find_enrolled,
    image_digest,
)
from engine.errors import Conflict
from engine.fingers import parse_finger, parse_impression
from engine.gallery.job_store import JobKind
from engine.gallery.print_store import find_prints, known_images
from engine.gallery.transaction_store import Transaction
from engine.seeing import see_own_person

router = APIRouter(prefix="/v1", tags=["persons"])


@router.post(
    "/persons/{person_id}/encounters",
    status_code=status.HTTP_201_CREATED,
    responses={
        202: {"model": EnrolmentJobView, "description": "Accepted; read the job at `Location`."},
        **problems(400, 403, 404, 409, 413, 415, 422, 429, 503),
    },
    openapi_extra=body_of("EncounterOrder", "EncounterForm"),
    dependencies=ENROLMENTS,
)
def post_encounter(
    person_id: str,
    received: Annotated[Received, Depends(receive)],
    later: WantsAsync,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> EncounterView | EnrolmentJobView:
    """Enrol prints of a person on record.

    When this answers 201, the prints are safe and found by every search that starts, and are
    searched against unsolved latents in the background. All are stored or none. With `Prefer:
    respond-async` the answer is a 202 with the address of a job. With a `transaction_id` prints
    that are sent again are stored once, and answered as they are on record.
    """
    order = read_encounter_order(received)
    files = [_file(number, one) for number, one in enumerate(order.prints, start=1)]
    asker = with_reason(asker, order.purpose, order.case_ref)
    once = _once(order, person_id, asker)
    before = None if once is None else _stored(service, person_id, once, asker)
    if before is not None:
        return before
    _require_new(service, person_id, files, asker)
    enrolment = _Enrolment(person_id, files, asker, once)
    if not later:
        return _enrol(service, enrolment)
    job = service.jobs.submit(JobKind.ENROL, asker, lambda: _enrol(service, enrolment))
    accept(response, job)
    return EnrolmentJobView.model_validate(show_job(job))


@router.get("/enrolments/{job_id}", responses=problems(404))
def get_enrolment(job_id: str, asker: AskerDep, service: ServiceDep) -> EnrolmentJobView:
    """How far an enrolment is, with the encounter when it is done. Only its asker sees it."""
    job = service.jobs.read(JobKind.ENROL, job_id, asker)
    return EnrolmentJobView.model_validate(show_job(job))


def _file(number: int, order: PrintOrder) -> PrintFile:
    """The engine's form of a print.

    Raises:
        BadRequest: unknown finger or impression type.
    """
    return PrintFile(
        ImageFile(order.image, order.filename or f"print {number}", order.ppi),
        parse_finger(order.finger),
        parse_impression(order.impression_type),
    )


def _require_new(service: Service, person_id: str, files: list[PrintFile], asker: Asker) -> None:
    """Check what can be checked before anything is computed.

    Raises:
        NotFound: no such person.
        Forbidden: it is another bureau's.
        Conflict: an image is on record for this person, or came twice.
    """
    with service.catalogue.reading() as connection:
        see_own_person(connection, person_id, asker)
        known = known_images(connection, [person_id])
    for file in files:
        key = (person_id, image_digest(file.file))
        if key in known:
            raise Conflict(f"{file.file.name}: this image is on record for person {person_id}")
        known.add(key)


@dataclass(frozen=True, slots=True)
class _Enrolment:
    """Prints that somebody wants enrolled."""

    person_id: str
    files: list[PrintFile]
    asker: Asker
    once: Transaction | None


def _once(order: EncounterOrder, person_id: str, asker: Asker) -> Transaction | None:
    """What is done once, if the order names a transaction."""
    if order.transaction_id is None:
        return None
    content = {"person": person_id, **order.model_dump(mode="python")}
    return transaction(asker, order.transaction_id, "enrol", content)


def _stored(
    service: Service, person_id: str, once: Transaction, asker: Asker
) -> EncounterView | None:
    """What the transaction has stored before, as far as it is on record.

    Raises:
        Conflict: it stands for something else.
        NotFound: the asker may not see the person any more.
    """
    with service.catalogue.reading() as connection:
        see_own_person(connection, person_id, asker)
        done = find_enrolled(connection, once)
        if done is None:
            return None
        known = find_prints(connection, done.prints)
    return show_stored_encounter(done, [known[number] for number in done.prints])


def _enrol(service: Service, wanted: _Enrolment) -> EncounterView:
    """Extract, store and count."""
    prints = extract_prints(wanted.files, service.extractor)
    done = add_to_person(service.catalogue, wanted.person_id, prints, wanted.asker, wanted.once)
    service.metrics.enrolled.inc(len(prints))
    return show_encounter(done, prints)
