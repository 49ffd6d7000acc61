"""Reading cases: one, or those that wait; always as far as the reader may know them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.examination import CaseStatus, blinded, examiner_of
from engine.examination.file import CaseFile
from engine.gallery.catalogue import Catalogue
from engine.gallery.examination_store import CaseFilter, list_cases, read_case
from engine.gallery.hit_store import hit_of_case
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as its reader may know it.

    Attributes:
        file: without what the reader must not know yet.
        hit_id: of the hit that it made; None if it is not confirmed.
    """

    file: CaseFile
    hit_id: str | None = None


def open_file(catalogue: Catalogue, case_id: str, asker: Asker) -> ShownCase:
    """A case of the asker's bureau.

    Raises:
        NotFound: there is none, or the asker may not see its candidate any more.
    """
    with catalogue.recording() as connection:
        return show(connection, read_case(connection, case_id, asker, today()), asker)


def list_files(
    catalogue: Catalogue, wanted: CaseFilter, asker: Asker
) -> tuple[list[ShownCase], int]:
    """A part of the cases of the asker's bureau, the oldest first, and the number of all."""
    with catalogue.recording() as connection:
        found, total = list_cases(connection, wanted, asker, today())
        detail = {"cases": [one.id for one in found]}
        about = [one.candidate.person_id for one in found]
        audit.record(connection, asker, "list.examinations", "", detail, about)
        return [shown(connection, one, asker) for one in found], total


def show(connection: Connection, file: CaseFile, asker: Asker) -> ShownCase:
    """A case as its reader may know it, with the read's audit row."""
    answer = shown(connection, file, asker)
    detail = {"decisions": [one.number for one in answer.file.case.decisions]}
    about = [file.candidate.person_id]
    audit.record(connection, asker, "read.examination", file.id, detail, about)
    return answer


def shown(connection: Connection, file: CaseFile, asker: Asker) -> ShownCase:
    """A case as its reader may know it."""
    confirmed = file.case.status is CaseStatus.CONFIRMED
    hit_id = hit_of_case(connection, file) if confirmed else None
    return ShownCase(blinded(file, examiner_of(asker)), hit_id)
