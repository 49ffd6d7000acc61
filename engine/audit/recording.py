"""Appending to the chain."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from engine.asker import Asker
from engine.audit.persons_named import link_persons, name_persons
from engine.audit.row_hash import FORM, START, hash_links, hash_row
from engine.gallery.audit_store import AuditRow, add_row, read_end_and_owners


def record(
    connection: Connection,
    asker: Asker,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    about: Collection[str] = (),
) -> None:
    """Append a row. The caller must hold the catalogue's clock, which orders all writers.

    Args:
        connection: of the act's own transaction.
        asker: who acts.
        action: verb, such as `search`, `enrol`, `read.person`.
        subject: what it was done to, such as a person's id; empty if nothing in particular.
        detail: further facts that JSON can hold; never biometric data.
        about: ids of persons that it is about, beyond those that action, subject and detail tell;
            their owners find the row among the accesses to their records.
    """
    ways = name_persons(connection, action, subject, detail, about)
    end, owners = read_end_and_owners(connection, ways)
    links = link_persons(ways, owners)
    number, previous = end or (0, START)
    row = AuditRow(
        number=number + 1,
        at=datetime.now(UTC).isoformat(),
        actor=asker.actor,
        ncb=asker.ncb,
        action=action,
        purpose=asker.purpose,
        case_ref=asker.case_ref,
        subject=subject,
        detail=json.dumps(detail, sort_keys=True, ensure_ascii=False),
        previous=previous,
        hash="",
        form=FORM,
        roles=" ".join(sorted(asker.roles)),
        persons=hash_links(links),
    )
    add_row(connection, replace(row, hash=hash_row(row)), links)
