"""What the hash of a row covers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from engine.gallery.audit_store import AuditRow, PersonLink

START = "0" * 64
"""What the first row names as its predecessor's hash."""

FORM = 2
"""Form of new rows. Form 1, from before, covers neither roles nor persons."""

_COVERED = {
    1: ("actor", "ncb", "action", "purpose", "case_ref", "subject", "detail"),
    2: ("actor", "ncb", "action", "purpose", "case_ref", "subject", "detail", "roles", "persons"),
}


_JSON = json.JSONEncoder(ensure_ascii=False, default=repr)


def hash_row(row: AuditRow, number: int | None = None, previous: str | None = None) -> str:
    """SHA-256 over the fields of a row in a fixed form; empty if there is no such form.

    Args:
        row: whose own hash does not count.
        number, previous: what the row would say if it stood elsewhere; None is what it says.
    """
    names = _COVERED.get(row.form)
    if names is None or (row.form == 1 and (row.roles or row.persons)):
        return ""
    place = row.number if number is None else number
    before = row.previous if previous is None else previous
    fields = [place, row.at, *(getattr(row, name) for name in names), before]
    form = fields if row.form == 1 else [row.form, *fields]
    return _digest(form)


def hash_links(links: Sequence[PersonLink]) -> str:
    """SHA-256 over the persons of a row in their order; empty if there are none."""
    if not links:
        return ""
    form = [[one.person_id, one.owner, one.way] for one in links]
    return _digest(form)


def _digest(form: list[Any]) -> str:
    """SHA-256 of values as JSON; whatever a damaged file holds gives one, if a wrong one."""
    return hashlib.sha256(_JSON.encode(form).encode(errors="surrogateescape")).hexdigest()
