"""The rules themselves. Whatever shows or changes a record asks here, and nowhere else.

1. After its retention date nobody sees a record, its owner included: it waits to be purged.
2. Nobody sees a record above their clearance, the owner's people included.
3. The owner's people see it; those of its sub-bureaus ask for the owner, so they do too.
4. Others see it if every restriction on it admits their bureau or organisation. The General
   Secretariat and the CCC are such others: they host and mediate, the source decides.
5. Who asks for no bureau sees what all may see.
6. A search finds witnesses and victims only if its purpose is one that they gave prints for.
7. An officer of the owner, and nobody else, changes how a record is handled.
"""

from __future__ import annotations

from datetime import date

from engine.asker import Asker
from engine.identity.roles import Role
from engine.policy.purpose import admits_status
from engine.policy.record import RecordFacts


def may_see(asker: Asker, record: RecordFacts, today: date) -> bool:
    """Whether an asker may learn that a record exists (rules 1 to 5)."""
    if today > record.retention_until:
        return False
    if asker.clearance < record.classification:
        return False
    return is_owner(asker, record.owner) or record.admits(asker.ncb)


def may_find(asker: Asker, record: RecordFacts, today: date) -> bool:
    """Whether a search of this asker may come upon a record (rules 1 to 6)."""
    return may_see(asker, record, today) and admits_status(asker.purpose, record.status)


def may_change(asker: Asker, record: RecordFacts, today: date) -> bool:
    """Whether an asker may change how a record is handled (rule 7)."""
    officer = Role.NCB_OFFICER in asker.roles
    return officer and is_owner(asker, record.owner) and may_see(asker, record, today)


def is_owner(asker: Asker, owner: str) -> bool:
    """Whether an asker acts for the owner."""
    return bool(asker.ncb) and asker.ncb == owner
