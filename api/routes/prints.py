"""Prints on record: what is known of them, and their images."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.handling import (
    HandlingView,
    Match,
    PrintHandlingPatch,
    answer_handling,
    revision_of,
)
from api.schemas.prints import PrintDetail, show_print_detail
from api.service import ServiceDep
from api.stored_pictures import picture
from engine.extractor.classical.enhanced_view import enhance_view
from engine.handling import change_print_handling, look_up_print_handling
from engine.lookup import look_up_image, look_up_print

router = APIRouter(prefix="/v1/prints", tags=["prints"])

MAX_NUMBER = 2**63 - 1

PrintNumber = Annotated[int, Path(ge=1, le=MAX_NUMBER, description="Number of the print.")]

View = Literal["plain", "enhanced"]

ViewQuery = Annotated[
    View,
    Query(
        description="`enhanced` is the print after contextual filtering: ridges without grain, "
        "white where there is no print. It helps to look, and proves nothing."
    ),
]


@router.get("/{print_id}", responses=problems(404, 503))
def get_print(print_id: PrintNumber, asker: AskerDep, service: ServiceDep) -> PrintDetail:
    """What is known of a print, with its minutiae."""
    return show_print_detail(*look_up_print(service.catalogue, print_id, asker))


@router.get(
    "/{print_id}/image",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {}}, "description": "The print at 500 ppi, grey."},
        **problems(404, 422, 503),
    },
)
def get_image(
    print_id: PrintNumber, asker: AskerDep, service: ServiceDep, view: ViewQuery = "plain"
) -> Response:
    """The image of a print as PNG at 500 ppi: what its minutiae are placed on."""
    stored = look_up_image(service.catalogue, print_id, asker)
    enhanced = enhance_view if view == "enhanced" else None
    return picture(stored.content, f"print {print_id}", stored.ppi, enhanced)


@router.get("/{print_id}/handling", responses=problems(403, 404, 503))
def get_handling(
    print_id: PrintNumber, asker: AskerDep, service: ServiceDep, response: Response
) -> HandlingView:
    """Who may see a print, beyond what its person's handling says; for the people of the owner."""
    handled = look_up_print_handling(service.catalogue, print_id, asker)
    return answer_handling(handled, response)


@router.patch("/{print_id}/handling", responses=problems(400, 403, 404, 412, 422, 503))
def patch_handling(
    print_id: PrintNumber,
    patch: PrintHandlingPatch,
    if_match: Match,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> HandlingView:
    """Handle a print more strictly than its person; it holds from the next answer on."""
    change, revision = patch.to_change(), revision_of(if_match)
    handled = change_print_handling(service.catalogue, print_id, change, revision, asker)
    return answer_handling(handled, response)
