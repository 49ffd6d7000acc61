"""Reading the audit chain: by auditors, and by the owners of records."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.audit import (
    AuditPage,
    AuditQuery,
    AuditStateView,
    RowPageQuery,
    show_rows,
    show_state,
)
from api.service import ServiceDep
from engine.audit.reading import list_accesses, list_rows
from engine.audit.state import look_up_state

router = APIRouter(prefix="/v1", tags=["audit"])


@router.get("/audit", responses=problems(422, 503))
def get_rows(
    query: Annotated[AuditQuery, Query()], asker: AskerDep, service: ServiceDep
) -> AuditPage:
    """The acts of your own bureau and accesses to its records, newest first.

    The General Secretariat's auditors see all. There is no total: it would take a walk through
    the whole chain, and tell of rows that you may not see.
    """
    listing = list_rows(service.catalogue, query.to_filter(), asker)
    return show_rows(listing, "/v1/audit", query.asked())


@router.get("/audit/state", responses=problems(503))
def get_state(asker: AskerDep, service: ServiceDep) -> AuditStateView:
    """How long the chain is, when it was signed last, and whether what came since agrees."""
    return show_state(look_up_state(service.catalogue, service.settings, asker))


@router.get("/persons/{person_id}/accesses", responses=problems(403, 404, 422, 503))
def get_accesses(
    person_id: str,
    query: Annotated[RowPageQuery, Query()],
    asker: AskerDep,
    service: ServiceDep,
) -> AuditPage:
    """Who dealt with a person's record, and why; for the people of its owner."""
    listing = list_accesses(service.catalogue, person_id, query.to_filter(), asker)
    return show_rows(listing, f"/v1/persons/{person_id}/accesses", query.asked())
