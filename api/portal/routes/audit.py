"""The audit chain, for auditors: its rows, and whether it is whole."""

from __future__ import annotations

from fastapi import Request, Response
from pydantic import ValidationError

from api.portal.asking import PageAsker
from api.portal.forms import portal_router
from api.portal.pages import show
from api.schemas.audit import AuditQuery, show_rows, show_state
from api.service import ServiceDep
from engine.audit.reading import list_rows
from engine.audit.state import look_up_state

router = portal_router("portal")


@router.get("/portal/audit")
def get_rows(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """The acts of one's bureau and accesses to its records, newest first."""
    query, wrong = _filter(request)
    listing = list_rows(service.catalogue, query.to_filter(), asker)
    page = show_rows(listing, "/portal/audit", query.asked())
    return show(
        request, "audit/list.html", 422 if wrong else 200,
        page=page, asked=query.asked(), wrong=wrong, before=query.before,
    )  # fmt: skip


@router.get("/portal/audit/chain")
def get_chain(request: Request, asker: PageAsker, service: ServiceDep) -> Response:
    """How long the chain is, and whether it agrees with what was signed last."""
    state = show_state(look_up_state(service.catalogue, service.settings, asker))
    return show(request, "audit/chain.html", state=state)


def _filter(request: Request) -> tuple[AuditQuery, bool]:
    """What a form asks, without the fields that were left empty; and whether it cannot be read."""
    given = {name: value for name, value in request.query_params.items() if value.strip()}
    try:
        return AuditQuery.model_validate(given), False
    except ValidationError:
        return AuditQuery(), True
