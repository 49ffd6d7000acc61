"""Organisations in the catalogue."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, RowMapping, insert, select, update

from engine.errors import BadRequest, Conflict
from engine.gallery.identity_tables import organisation
from engine.identity.organisations import Organisation, OrganisationKind, is_code
from engine.members import find_bureau


def list_organisations(connection: Connection) -> list[Organisation]:
    """All organisations, by code."""
    rows = connection.execute(select(organisation).order_by(organisation.c.code)).mappings()
    return sorted(map(read_row, rows), key=lambda one: one.code)  # databases order `-` differently


def read_organisation(connection: Connection, code: str) -> Organisation:
    """The organisation of a code, in letters of any case.

    Raises:
        BadRequest: there is none.
    """
    found = find_organisation(connection, code)
    if found is None:
        raise BadRequest(
            f"unknown bureau {code!r}: give the two-letter code of a member country, that of a "
            "sub-bureau such as CN-HK, IPSG or CCC"
        )
    return found


def find_organisation(connection: Connection, code: str) -> Organisation | None:
    """The organisation of a code, in letters of any case; None if there is none."""
    if not is_code(code):
        return None
    query = select(organisation).where(organisation.c.code == code.strip().upper())
    row = connection.execute(query).mappings().first()
    return None if row is None else read_row(row)


def add_organisation(connection: Connection, new: Organisation) -> None:
    """Record an organisation.

    Raises:
        Conflict: the code is taken.
    """
    taken = select(organisation.c.code).where(organisation.c.code == new.code)
    if connection.execute(taken).first():
        raise Conflict(f"bureau {new.code} is already on record")
    connection.execute(
        insert(organisation).values(
            code=new.code,
            name=new.name,
            kind=new.kind.value,
            parent=new.parent,
            region=new.region,
            city=new.city,
            languages=list(new.languages),
        )
    )


def write_region(connection: Connection, code: str, region: str) -> None:
    """Move an NCB with its sub-bureaus into a region."""
    those = (organisation.c.code == code) | (organisation.c.parent == code)
    connection.execute(update(organisation).where(those).values(region=region))


def regions_of(connection: Connection, ncbs: Collection[str]) -> dict[str, str]:
    """Region of each of these NCBs: as the catalogue has it, else as the member list has it."""
    listed = {code: find_bureau(code).region for code in ncbs}
    if not listed:
        return listed
    query = select(organisation.c.code, organisation.c.region).where(organisation.c.code.in_(ncbs))
    return {**listed, **{row.code: row.region for row in connection.execute(query)}}


def read_row(row: RowMapping) -> Organisation:
    """An organisation from its row."""
    return Organisation(
        code=row["code"],
        name=row["name"],
        kind=OrganisationKind(row["kind"]),
        parent=row["parent"],
        region=row["region"],
        city=row["city"],
        languages=tuple(row["languages"]),
    )
