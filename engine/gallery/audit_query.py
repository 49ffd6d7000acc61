"""Finding rows of the audit chain, newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, exists, or_, select, tuple_

from engine.gallery.audit_store import COLUMNS, AuditRow
from engine.gallery.notice_audience import is_visible
from engine.gallery.notice_tables import notice
from engine.gallery.tables import audit, audit_person


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows are wanted; None asks for all.

    Attributes:
        actor, ncb, action, subject: as the row says.
        person: id of a person that the row is about or showed.
        since, until: first and last time.
        before: number that all rows lie below: where the page before ended.
        limit: most rows.
    """

    actor: str | None = None
    ncb: str | None = None
    action: str | None = None
    subject: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    limit: int = 50

    def after(self, rows: Sequence[AuditRow]) -> AuditFilter:
        """The same for the rows that follow these."""
        return replace(self, before=rows[-1].number) if rows else self


def find_rows(connection: Connection, wanted: AuditFilter, ncb: str | None) -> list[AuditRow]:
    """The newest rows that fit.

    Args:
        connection: of the catalogue.
        wanted: the filter.
        ncb: bureau whose acts, and accesses to whose records, are wanted; None is every bureau's.
    """
    conditions = [*_conditions(wanted), *([] if ncb is None else [_concerns(ncb)])]
    query = select(*COLUMNS).where(*conditions).order_by(audit.c.number.desc()).limit(wanted.limit)
    return [AuditRow(*row) for row in connection.execute(query)]


def rows_of(connection: Connection, numbers: Collection[int]) -> list[AuditRow]:
    """The rows of some numbers, newest first."""
    query = select(*COLUMNS).where(audit.c.number.in_(numbers)).order_by(audit.c.number.desc())
    return [AuditRow(*row) for row in connection.execute(query)]


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    """What the filter says."""
    equal = ("actor", "ncb", "action", "subject")
    found = [audit.c[n] == getattr(wanted, n) for n in equal if getattr(wanted, n) is not None]
    if wanted.person is not None:
        linked = select(audit_person.c.number).where(audit_person.c.person_id == wanted.person)
        found.append(audit.c.number.in_(linked))
    if wanted.since is not None:
        found.append(audit.c.at >= _text(wanted.since))
    if wanted.until is not None:
        found.append(audit.c.at <= _text(wanted.until))
    if wanted.before is not None:
        found.append(audit.c.number < wanted.before)
    return found


def _concerns(ncb: str) -> ColumnElement[bool]:
    """Whether a row is an act of a bureau, or an access to a record of it."""
    owned = exists().where(audit_person.c.number == audit.c.number, audit_person.c.owner == ncb)
    return or_(audit.c.ncb == ncb, owned)


def _text(time: datetime) -> str:
    """A time as the chain writes it: such texts have the order of the times."""
    return time.astimezone(UTC).isoformat()


def visible_notices(
    connection: Connection, keys: Collection[tuple[str, str]], ncb: str
) -> set[tuple[str, str]]:
    """Those of some notices, by colour and id, that an organisation may see now."""
    if not keys:
        return set()
    named = tuple_(notice.c.colour, notice.c.entity_id).in_(keys)
    query = select(notice.c.colour, notice.c.entity_id).where(named, is_visible(ncb))
    return {(row.colour, row.entity_id) for row in connection.execute(query)}
