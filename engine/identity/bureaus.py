"""Organisations as people see and add them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine import audit
from engine.asker import Asker
from engine.errors import BadRequest, NotFound
from engine.gallery.catalogue import Catalogue
from engine.gallery.organisation_store import (
    add_organisation,
    find_organisation,
    list_organisations,
    read_organisation,
    write_region,
)
from engine.identity.management import require_administrator, require_oversight
from engine.identity.organisations import Organisation, OrganisationKind, make_sub_bureau
from engine.members import parse_region


@dataclass(frozen=True, slots=True)
class NewSubBureau:
    """A sub-bureau to be.

    Attributes:
        parent: code of its NCB.
        suffix: what follows the NCB's code and a dash.
        name, city: as in `Organisation`.
    """

    parent: str
    suffix: str
    name: str
    city: str = ""


def look_up_bureaus(catalogue: Catalogue) -> list[Organisation]:
    """All organisations, by code. Which there are is no secret: it leaves no row."""
    with catalogue.reading() as connection:
        return list_organisations(connection)


def look_up_bureau(catalogue: Catalogue, code: str) -> tuple[Organisation, list[Organisation]]:
    """An organisation and its sub-bureaus.

    Raises:
        NotFound: there is none of this code.
    """
    with catalogue.reading() as connection:
        found = find_organisation(connection, code)
        if found is None:
            raise NotFound(f"no bureau {code!r}")
        below = [one for one in list_organisations(connection) if one.parent == found.code]
        return found, below


def move_bureau(catalogue: Catalogue, code: str, region: str, asker: Asker) -> Organisation:
    """Move an NCB into another region. New prints go there at once, others with the next rebuild.

    Until then `whorl check` names the prints that are still in the old region's shard.

    Raises:
        BadRequest: it is no NCB, or there is no such region.
        Forbidden: the asker is no administrator.
    """
    wanted = parse_region(region)
    with catalogue.recording() as connection:
        found = read_organisation(connection, code)
        require_administrator(asker)
        if found.kind is not OrganisationKind.NCB:
            raise BadRequest(f"{found.code} is no NCB: sub-bureaus move with theirs")
        write_region(connection, found.code, wanted)
        detail = {"from": found.region, "to": wanted}
        audit.record(connection, asker, "bureau.move", found.code, detail)
    return replace(found, region=wanted)


def create_sub_bureau(catalogue: Catalogue, new: NewSubBureau, asker: Asker) -> Organisation:
    """Record a sub-bureau; its people act for the NCB above it.

    Raises:
        BadRequest: the parent is no NCB, or a value is malformed.
        Forbidden: the NCB is not the asker's to manage.
        Conflict: the code is taken.
    """
    with catalogue.recording() as connection:
        parent = read_organisation(connection, new.parent)
        require_oversight(asker, parent)
        made = make_sub_bureau(parent, new.suffix, new.name, new.city)
        add_organisation(connection, made)
        audit.record(connection, asker, "bureau.add", made.code, {"name": made.name})
    return made
