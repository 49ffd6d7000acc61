"""How a case makes a hit, and how a hit falls with it. One search finds a person once."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.centre_desk.opening import open_item
from engine.command_centre.item import ItemKind
from engine.events.event import EventKind
from engine.events.noting import note_event
from engine.events.subject import Subject, SubjectKind
from engine.examination.file import OPENED, CaseFile, HitChange, HitFile
from engine.examination.hit import HitStatus, HitStep, Sides, follow
from engine.gallery.examination_store import any_confirmed
from engine.gallery.hit_inbox_store import deliver_hit
from engine.gallery.hit_store import add_hit, find_hit, save_hit
from engine.gallery.organisation_store import find_organisation
from engine.identity.organisations import CENTRE
from engine.messaging.sending import open_hit_thread
from engine.notices.signature import Signature

CONFIRMED_ANEW = "The identification was confirmed anew."
IN_DOUBT = "The identification is in doubt."


def confirm_hit(connection: Connection, case: CaseFile, asker: Asker) -> None:
    """Open the hit of a confirmed case; another print of the same person adds nothing to it."""
    known = find_hit(connection, case)
    if known is None:
        _open(connection, case, asker)
    elif known.status is HitStatus.WITHDRAWN:
        change_hit(connection, known, HitStep.REOPEN, CONFIRMED_ANEW, asker)


def withdraw_hit(connection: Connection, case: CaseFile, asker: Asker) -> None:
    """Withdraw the hit of a case that is not confirmed any more, unless another one holds it."""
    known = find_hit(connection, case)
    if known is not None and not any_confirmed(connection, case):
        change_hit(connection, known, HitStep.WITHDRAW, IN_DOUBT, asker)


def change_hit(
    connection: Connection, file: HitFile, step: HitStep, reason: str, asker: Asker
) -> HitFile:
    """Take a step, with its record, its news to both bureaus and its audit row.

    Raises:
        Conflict: the step does not start where the hit stands.
    """
    after = replace(file, status=follow(file.status, step), revision=file.revision + 1)
    change = _change(after, step, reason, asker)
    save_hit(connection, after, change)
    _tell(connection, after, change, asker)
    return after


def _open(connection: Connection, case: CaseFile, asker: Asker) -> None:
    """Record a new hit."""
    sides = Sides(case.ncb, case.owner)
    new = HitFile(
        id=uuid.uuid4().hex,
        sides=sides,
        regions=Sides(_region(connection, sides.asking), _region(connection, sides.owner)),
        person_id=case.candidate.person_id,
        search=case.candidate.search,
        purpose=case.purpose,
        case_ref=case.case_ref,
        opened_at=datetime.now(UTC),
    )
    change = _change(new, OPENED, "", asker)
    add_hit(connection, new, change)
    open_hit_thread(connection, new, asker)
    _tell(connection, new, change, asker)


def _change(after: HitFile, act: str, reason: str, asker: Asker) -> HitChange:
    """What is kept of an act."""
    by = Signature(asker.actor, asker.ncb, datetime.now(UTC))
    return HitChange(after.revision, act, after.status, reason, by)


def _tell(connection: Connection, file: HitFile, change: HitChange, asker: Asker) -> None:
    """Put the news of an act into both inboxes, before the CCC, and into the audit chain."""
    both = sorted({file.sides.asking, file.sides.owner})
    deliver_hit(connection, file.id, change, both)
    about = Subject(SubjectKind.HIT, file.id, person_id=file.person_id)
    data = {"status": file.status.value, "revision": change.revision}
    told = [*both, CENTRE]
    note_event(connection, EventKind.HIT, change.act, about, told, data=data, at=change.by.at)
    if change.act == OPENED:
        open_item(connection, ItemKind.HIT, about, asker.actor, at=change.by.at)
    detail = {"status": file.status.value, "told": both}
    audit.record(connection, asker, f"hit.{change.act}", file.id, detail, [file.person_id])


def _region(connection: Connection, code: str) -> str:
    """Region of an organisation; empty for those of the whole network."""
    found = find_organisation(connection, code)
    return (found and found.region) or ""
