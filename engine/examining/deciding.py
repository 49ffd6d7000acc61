"""Verdicts on cases, and what follows: a confirmed identification is a hit."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from engine import audit
from engine.asker import Asker
from engine.examination import Case, CaseStatus, Verdict, correct, decide, examiner_of
from engine.examination.file import CaseFile, check_id
from engine.examining.hit_opening import confirm_hit, withdraw_hit
from engine.examining.reading import ShownCase, show, shown
from engine.gallery.catalogue import Catalogue
from engine.gallery.examination_store import add_decision, read_case
from engine.gallery.transaction_store import Transaction, find_done, note_done
from engine.notices.signature import Signature
from engine.seeing import today


@dataclass(frozen=True, slots=True)
class VerdictOrder:
    """A verdict that somebody gives.

    Attributes:
        transaction_id: of the caller; the same one gives no second verdict.
        case_id: of the case.
        verdict: what was found.
        corrects: number of the own decision that it takes the place of; None if it is new.
    """

    transaction_id: str
    case_id: str
    verdict: Verdict
    corrects: int | None = None


def give_verdict(catalogue: Catalogue, order: VerdictOrder, asker: Asker) -> ShownCase:
    """The case after a verdict or a correction, as far as its giver may know it.

    Sent again under the same transaction id it changes nothing.

    Raises:
        NotFound: there is no such case, or the asker may not see its candidate any more.
        Forbidden, Conflict, BadRequest: see `engine.examination.deciding`; also a Conflict if the
            transaction id stands for something else.
    """
    check_id("transaction_id", order.transaction_id)
    content = {"actor": asker.actor, **asdict(order)}
    wanted = Transaction(asker.ncb, order.transaction_id, "examination.decide", content)
    with catalogue.recording() as connection:
        known = find_done(connection, wanted)
        file = read_case(connection, order.case_id, asker, today())
        if known is not None:
            return show(connection, file, asker)
        by = Signature(asker.actor, asker.ncb, datetime.now(UTC))
        after = replace(file, case=_after(file.case, order, asker, by))
        add_decision(connection, file.id, after.case)
        note_done(connection, wanted, file.id, by.at)
        reasoned = replace(asker, purpose=file.purpose, case_ref=file.case_ref)
        audit.record(connection, reasoned, _act(order), file.id, _told(after.case))
        _follow(connection, file, after, reasoned)
        return shown(connection, after, asker)


def _after(case: Case, order: VerdictOrder, asker: Asker, by: Signature) -> Case:
    """The case after what was ordered."""
    examiner = examiner_of(asker)
    if order.corrects is None:
        return decide(case, order.verdict, examiner, by)
    return correct(case, order.corrects, order.verdict, examiner, by)


def _act(order: VerdictOrder) -> str:
    """What the audit chain calls it."""
    return "examination.decide" if order.corrects is None else "examination.correct"


def _told(case: Case) -> dict[str, object]:
    """What the audit chain keeps of a decision: that it was given, and a hash that binds it.

    Not what it says, and not whom it is about: owners read in the chain who used their records,
    and an owner's own examiner may be the one who has yet to decide blindly. That the record was
    used shows in the rows of opening and reading the case.
    """
    new = case.decisions[-1]
    form = json.dumps(asdict(new), sort_keys=True, ensure_ascii=False, default=str)
    return {"decision": new.number, "decision_sha256": hashlib.sha256(form.encode()).hexdigest()}


def _follow(connection: Connection, before: CaseFile, after: CaseFile, asker: Asker) -> None:
    """Open the hit of a case that is confirmed now, or withdraw that of one that is no more."""
    was = before.case.status is CaseStatus.CONFIRMED
    confirmed = after.case.status is CaseStatus.CONFIRMED
    if confirmed and not was:
        confirm_hit(connection, after, asker)
    elif was and not confirmed:
        withdraw_hit(connection, after, asker)
