"""Rows of the audit chain in the catalogue: adding one, and walking along them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from enum import StrEnum
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    true,
)

from engine.gallery.notice_tables import notice
from engine.gallery.tables import audit, audit_person, clock, person, print_

_lenient = partial(str, encoding="utf-8", errors="surrogateescape")
"""Makes a text of bytes that need not be UTF-8."""

_PORTION = 2000
"""Rows that are in memory at once while the chain is walked."""


class Way(StrEnum):
    """What a row of the chain has to do with a person."""

    ABOUT = "about"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, order=True)
class PersonLink:
    """A person that a row is about or showed.

    Attributes:
        person_id: of the person.
        owner: code of the bureau whose record it was then.
        way: whether the row is about the person, or showed the person among others.
    """

    person_id: str
    owner: str
    way: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row of the chain as it stands in the catalogue.

    Attributes:
        number: from 1, without gaps.
        at: time, ISO 8601 in UTC.
        actor, ncb, roles: who did it, for which bureau, as what.
        action: verb, such as `search`.
        purpose, case_ref: why.
        subject: what it was done to.
        detail: further facts, as JSON.
        persons: digest of its persons; empty if there are none.
        previous: hash of the row before.
        hash: of this row.
        form: what the hash covers.
    """

    number: int
    at: str
    actor: str
    ncb: str
    action: str
    purpose: str
    case_ref: str
    subject: str
    detail: str
    previous: str
    hash: str
    form: int
    roles: str
    persons: str


_NAMES = tuple(AuditRow.__dataclass_fields__)

_ADD_ALL = text(
    " ".join(
        (
            "WITH made AS (INSERT INTO audit (",
            ", ".join(_NAMES),
            ") VALUES (",
            ", ".join(f":{name}" for name in _NAMES),
            ")) INSERT INTO audit_person (number, person_id, owner, way)",
            "SELECT :number, one.* FROM unnest(",
            "CAST(:ids AS text[]), CAST(:owners AS text[]), CAST(:ways AS text[])) AS one",
        )
    )
)
"""A row with its persons in one statement of PostgreSQL: each is a way there and back."""

COLUMNS = [audit.c[name] for name in _NAMES]
_LINK = (audit_person.c.person_id, audit_person.c.owner, audit_person.c.way)

# What every act runs is put together once: that takes longer than the database does.
_ADD_ROW, _ADD_LINKS = insert(audit), insert(audit_person)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_END = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
_OWNERS = select(person.c.id, person.c.ncb).where(person.c.id.in_(_IDS))
_end = _END.subquery()
_END_AND_OWNERS = select(_end.c.number, _end.c.hash, person.c.id, person.c.ncb).select_from(
    select(literal(1)).subquery().outerjoin(_end, true()).outerjoin(person, person.c.id.in_(_IDS))
)


def read_end(connection: Connection) -> tuple[int, str] | None:
    """Number and hash of the last row; None if there is none."""
    row = connection.execute(_END).first()
    return None if row is None else (row.number, row.hash)


def read_head(connection: Connection) -> AuditRow | None:
    """The last row; None if there is none."""
    return _one(connection, select(*COLUMNS).order_by(audit.c.number.desc()).limit(1))


def find_row(connection: Connection, number: int) -> AuditRow | None:
    """The row of a number."""
    return _one(connection, select(*COLUMNS).where(audit.c.number == number))


def rows_after(connection: Connection, previous: str) -> Iterator[AuditRow]:
    """The rows that name this hash as that of the row before; reads the whole chain."""
    for row in connection.execute(select(*COLUMNS).where(audit.c.previous == previous)):
        yield AuditRow(*row)


def _one(connection: Connection, query: Select[Any]) -> AuditRow | None:
    """The row of a query that finds one at most."""
    row = connection.execute(query).first()
    return None if row is None else AuditRow(*row)


def add_row(connection: Connection, row: AuditRow, links: Sequence[PersonLink]) -> None:
    """Append a row with its persons."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    if links and connection.dialect.name == "postgresql":
        columns = zip(*(astuple(one) for one in links), strict=True)
        lists = zip(("ids", "owners", "ways"), map(list, columns), strict=True)
        connection.execute(_ADD_ALL, {**values, **dict(lists)})
        return
    connection.execute(_ADD_ROW, values)
    if links:
        many = [{"number": row.number, **asdict(one)} for one in links]
        connection.execute(_ADD_LINKS, many)


def owners_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The bureau of each of some persons that are on record."""
    return {row.id: row.ncb for row in connection.execute(_OWNERS, {"ids": list(ids)})}


def read_end_and_owners(
    connection: Connection, ids: Collection[str]
) -> tuple[tuple[int, str] | None, dict[str, str]]:
    """What `read_end` and `owners_of` tell, in one statement."""
    if not ids:
        return read_end(connection), {}
    rows = connection.execute(_END_AND_OWNERS, {"ids": list(ids)}).all()
    last = None if rows[0].number is None else (rows[0].number, rows[0].hash)
    return last, {row.id: row.ncb for row in rows if row.id is not None}


def persons_of_prints(connection: Connection, numbers: Collection[int]) -> set[str]:
    """The persons whose prints these are; a withdrawn print keeps its person."""
    query = select(print_.c.person_id).where(print_.c.id.in_(numbers)).distinct()
    return set(connection.execute(query).scalars())


def persons_of_notice(connection: Connection, colour: str, entity_id: str) -> set[str]:
    """The person that a notice is about, if there is one on record."""
    this = (notice.c.colour == colour, notice.c.entity_id == entity_id)
    found = connection.execute(select(notice.c.person_id).where(*this)).scalar()
    return set() if found is None else {found}


def links_of(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[PersonLink, ...]]:
    """The persons of some rows, by number."""
    return _links(connection, audit_person.c.number.in_(numbers))


def walk_rows(
    connection: Connection, after: int | None = None
) -> Iterator[tuple[AuditRow, tuple[PersonLink, ...]]]:
    """All rows with their persons in order, a portion at a time, up to the last row as of now.

    Args:
        connection: of the catalogue.
        after: number of the row after which to start; None starts with the lowest number.
    """
    head = connection.execute(select(func.max(audit.c.number))).scalar()
    place = after
    while head is not None:
        query = select(*COLUMNS).where(audit.c.number <= head).order_by(audit.c.number)
        beyond = query if place is None else query.where(audit.c.number > place)
        portion = [AuditRow(*row) for row in connection.execute(beyond.limit(_PORTION))]
        if not portion:
            return
        first, place = portion[0].number, portion[-1].number
        links = _links(connection, audit_person.c.number.between(first, place))
        for row in portion:
            yield row, links.get(row.number, ())


def _links(
    connection: Connection, wanted: ColumnElement[bool]
) -> dict[int, tuple[PersonLink, ...]]:
    """Persons by the numbers of their rows, in the order that the digest wants."""
    query = select(audit_person.c.number, *_LINK).where(wanted)
    found = connection.execute(query.order_by(audit_person.c.number))
    return {
        number: tuple(sorted((PersonLink(*row[1:]) for row in rows), key=_by_person))
        for number, rows in groupby(found, key=lambda row: row[0])
    }


def first_orphan(connection: Connection) -> int | None:
    """The lowest number that persons are on record for without there being such a row."""
    owned = exists().where(audit.c.number == audit_person.c.number)
    query = select(func.min(audit_person.c.number)).where(~owned)
    return connection.execute(query).scalar()


def catalogue_clock(connection: Connection) -> int:
    """Number of the latest change of the catalogue, which an old copy has not come to."""
    return int(connection.execute(select(clock.c.value)).scalar_one())


@contextmanager
def any_bytes(connection: Connection) -> Iterator[None]:
    """Read texts of SQLite whatever their bytes are: damaged ones must be named, not fatal."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    before, raw.text_factory = raw.text_factory, _lenient
    try:
        yield
    finally:
        raw.text_factory = before


def _by_person(link: PersonLink) -> str:
    """Order of a row's persons, whatever a damaged file holds."""
    return str(link.person_id)
