"""Prints on record: their images for pages to show, and the page of one."""

from __future__ import annotations

from fastapi import Request, Response

from api.portal.asking import PageAsker
from api.portal.forms import FormDep, portal_router
from api.portal.handling_form import read_print_handling
from api.portal.marking import N_
from api.portal.pages import go, show
from api.portal.tenprint_card import quality_kind
from api.routes.prints import PrintNumber, View, get_image
from api.schemas.handling import revision_of
from api.service import Service, ServiceDep
from engine.asker import Asker
from engine.errors import BadRequest
from engine.handling import change_print_handling, look_up_print_handling
from engine.lookup import look_up_print
from engine.policy import may_change
from engine.policy.rules import is_owner
from engine.seeing import today

router = portal_router("portal")

WRONG_HANDLING = N_("Give known codes of bureaus, none for all, and a level up to your own.")


@router.get("/portal/prints/{print_id}/image", response_class=Response)
def get_print_image(
    print_id: PrintNumber, asker: PageAsker, service: ServiceDep, view: View = "plain"
) -> Response:
    """The image of a print as PNG at 500 ppi: the same read as that of programs."""
    return get_image(print_id, asker, service, view)


@router.get("/portal/prints/{print_id}")
def get_print(
    print_id: PrintNumber,
    request: Request,
    asker: PageAsker,
    service: ServiceDep,
    view: View = "plain",
) -> Response:
    """A print, large, with what is known of it."""
    return _show(request, service, print_id, asker, view)


@router.post("/portal/prints/{print_id}/handling")
def post_print_handling(
    print_id: PrintNumber, form: FormDep, request: Request, asker: PageAsker, service: ServiceDep
) -> Response:
    """Handle a print more strictly than its person."""
    try:
        change = read_print_handling(form).to_change()
        revision = revision_of(form.one("revision"))
        change_print_handling(service.catalogue, print_id, change, revision, asker)
    except BadRequest:
        return _show(request, service, print_id, asker, wrong=WRONG_HANDLING)
    return go(f"/portal/prints/{print_id}", "handled")


def _show(
    request: Request,
    service: Service,
    print_id: int,
    asker: Asker,
    view: View = "plain",
    wrong: str = "",
) -> Response:
    """The page of a print; `wrong` says what is the matter with the form of its handling."""
    record, template = look_up_print(service.catalogue, print_id, asker)
    owned = is_owner(asker, record.ncb)
    handled = look_up_print_handling(service.catalogue, print_id, asker) if owned else None
    return show(
        request, "persons/print.html", 422 if wrong else 200,
        record=record, size=(template.width, template.height), view=view, handled=handled,
        wrong=wrong,
        changes=handled is not None and may_change(asker, handled.facts, today()),
        quality_kind=quality_kind,
    )  # fmt: skip
