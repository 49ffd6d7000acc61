"""Opening a case: a candidate of a search is put before the examiners of the bureau."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, Forbidden, NotFound
from engine.examination.case import Case
from engine.examination.file import CaseFile, FoundCandidate, check_candidate, check_id
from engine.examining.reading import ShownCase, show
from engine.gallery.catalogue import Catalogue
from engine.gallery.examination_store import add_case, read_case
from engine.gallery.handling_store import find_print_facts
from engine.gallery.print_store import find_prints
from engine.gallery.transaction_store import Transaction, find_done, note_done
from engine.notices.signature import Signature
from engine.notices.values import words
from engine.policy import may_find, parse_purpose
from engine.seeing import today

LONGEST_CASE_REF = 200


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """A case that somebody wants opened.

    Attributes:
        transaction_id: of the caller; the same one opens no second case.
        candidate: what the case is about.
        verify_all: whether a second examiner is asked whatever the first finds.
    """

    transaction_id: str
    candidate: FoundCandidate
    verify_all: bool = False


def open_case(catalogue: Catalogue, order: CaseOrder, asker: Asker) -> ShownCase:
    """A new case; what was opened under the same transaction id before is answered again.

    Raises:
        NotFound: a search of the asker could not find the candidate.
        Conflict: the candidate has a case, or the transaction id stands for something else.
        Forbidden: the asker is of no organisation.
        BadRequest: no purpose or case reference, or a malformed candidate.
    """
    _check(order, asker)
    wanted = _transaction(order, asker)
    with catalogue.recording() as connection:
        known = find_done(connection, wanted)
        if known is not None:
            return show(connection, read_case(connection, known, asker, today()), asker)
        file = _new(connection, order, asker)
        add_case(connection, file)
        note_done(connection, wanted, file.id, file.opened.at)
        detail = {**asdict(order.candidate), "verify_all": order.verify_all}
        about = [order.candidate.person_id]
        audit.record(connection, asker, "examination.open", file.id, detail, about)
        return ShownCase(file)


def _check(order: CaseOrder, asker: Asker) -> None:
    """Check what can be checked without the catalogue.

    Raises:
        Forbidden: the asker is of no organisation.
        BadRequest: something is missing or malformed.
    """
    if not asker.ncb:
        raise Forbidden("a case is that of an organisation")
    parse_purpose(asker.purpose)
    if fault := words(LONGEST_CASE_REF)(asker.case_ref):
        raise BadRequest(f"case_ref: {fault}")
    check_id("transaction_id", order.transaction_id)
    check_candidate(order.candidate)


def _new(connection: Connection, order: CaseOrder, asker: Asker) -> CaseFile:
    """The case that an order opens.

    Raises:
        NotFound: a search of the asker could not find the candidate.
    """
    about = order.candidate
    record = find_prints(connection, [about.print_id]).get(about.print_id)
    facts = find_print_facts(connection, [about.print_id]).get(about.print_id)
    found = facts is not None and may_find(asker, facts, today())
    if record is None or not found or record.person_id != about.person_id:
        raise NotFound(f"no print {about.print_id} of a person {about.person_id!r}")
    return CaseFile(
        id=uuid.uuid4().hex,
        candidate=about,
        owner=record.ncb,
        purpose=parse_purpose(asker.purpose).value,
        case_ref=asker.case_ref,
        opened=Signature(asker.actor, asker.ncb, datetime.now(UTC)),
        case=Case(verify_all=order.verify_all),
    )


def _transaction(order: CaseOrder, asker: Asker) -> Transaction:
    """What is done once."""
    content = {
        "actor": asker.actor,
        "purpose": asker.purpose,
        "case_ref": asker.case_ref,
        "verify_all": order.verify_all,
        **asdict(order.candidate),
    }
    return Transaction(asker.ncb, order.transaction_id, "examination.open", content)
