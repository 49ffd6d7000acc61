"""Unsolved latents, and the alerts that new prints raise about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response, status

from api.asking import AskerDep, with_reason
from api.bodies import Received, read_latent_order, receive
from api.descriptions import body_of, problems
from api.schemas.answers import AnswerView
from api.schemas.handling import (
    HandlingView,
    LatentHandlingPatch,
    Match,
    answer_handling,
    revision_of,
)
from api.schemas.hits import NewsQuery
from api.schemas.latent_orders import LatentEnd, LatentQuery
from api.schemas.latents import (
    AlertPage,
    AlertView,
    LatentDetail,
    LatentPage,
    LatentView,
    NewLatentView,
    show_alert,
    show_alerts,
    show_latent,
    show_latent_detail,
    show_latents,
    show_new_latent,
)
from api.searching import Search, search_and_keep
from api.service import Service, ServiceDep
from api.stored_pictures import picture
from engine.asker import Asker
from engine.candidates import SearchRequest
from engine.errors import Forbidden
from engine.identity.roles import Scope
from engine.latents.adding import enrol_latent
from engine.latents.alerts import acknowledge_alert, read_alerts
from engine.latents.closing import close
from engine.latents.handling import change_latent_handling, look_up_latent_handling
from engine.latents.latent import Latent
from engine.latents.reading import list_seen_latents, open_latent, open_latent_image
from engine.search_modes import SearchMode

router = APIRouter(prefix="/v1/latents", tags=["latents"])

LatentId = Annotated[str, Path(description="Id of the latent.")]


@router.get("", responses=problems(422, 503))
def get_latents(
    query: Annotated[LatentQuery, Query()], asker: AskerDep, service: ServiceDep
) -> LatentPage:
    """The latents that you may see, of all bureaus, the newest first."""
    found, total = list_seen_latents(service.catalogue, query.to_filter(), asker)
    return show_latents(found, total, query.asked())


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(400, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=body_of("LatentBody", "LatentForm"),
)
def post_latent(
    received: Annotated[Received, Depends(receive)],
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> NewLatentView:
    """Record a latent of your bureau, by its image, an examiner's minutiae, or both.

    When this answers 201, searches of unsolved latents find it, and every print that comes in is
    searched against it; what is like it is told in `/v1/latents/alerts`. It needs a case. With
    `search` it is also searched at once.
    """
    order = read_latent_order(received)
    asker = with_reason(asker, order.purpose, order.case_ref)
    if order.search and Scope.SEARCH not in asker.scopes:
        raise Forbidden("search: your token lacks the scope search")
    latent = enrol_latent(service.catalogue, order.to_order(), service.extractor, asker)
    found = _search(service, latent, asker) if order.search else (None, None)
    response.headers["Location"] = f"/v1/latents/{latent.id}"
    return show_new_latent(latent, *found)


def _search(service: Service, latent: Latent, asker: Asker) -> tuple[AnswerView, AnswerView]:
    """What prints and what other latents a latent is like."""
    _, template = open_latent(service.catalogue, latent.id, asker)
    prints, latents = (
        search_and_keep(
            service,
            Search(
                SearchRequest(template, latent.finger, mode=mode, leave_out=latent.number), asker
            ),
        )
        for mode in (SearchMode.LATENT_TO_PRINTS, SearchMode.LATENTS)
    )
    return prints, latents


@router.get("/alerts", responses=problems(422, 503))
def get_alerts(
    query: Annotated[NewsQuery, Query()], asker: AskerDep, service: ServiceDep
) -> AlertPage:
    """Prints that came in and are like latents of your bureau, the newest first.

    An alert is a lead. To have it decided, open an examination of the print that names its search
    by a `transaction_id` such as `alert-3`, with the alert's score.
    """
    found, total = read_alerts(service.catalogue, query.to_part(), asker)
    return show_alerts(found, total, query.asked())


@router.post("/alerts/{entry}/read", responses=problems(404, 422, 503))
def post_alert_reading(entry: int, asker: AskerDep, service: ServiceDep) -> AlertView:
    """Mark an alert of your bureau as read; who reads it first is named."""
    return show_alert(acknowledge_alert(service.catalogue, entry, asker))


@router.get("/{latent_id}", responses=problems(404, 503))
def get_latent(latent_id: LatentId, asker: AskerDep, service: ServiceDep) -> LatentDetail:
    """What is known of a latent, with its minutiae."""
    return show_latent_detail(*open_latent(service.catalogue, latent_id, asker))


@router.get(
    "/{latent_id}/image",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {}}, "description": "The latent at 500 ppi, grey."},
        **problems(404, 503),
    },
)
def get_latent_image(latent_id: LatentId, asker: AskerDep, service: ServiceDep) -> Response:
    """The image of a latent as PNG at 500 ppi: what its minutiae are placed on."""
    stored = open_latent_image(service.catalogue, latent_id, asker)
    return picture(stored.content, f"latent {latent_id}", stored.ppi)


@router.get("/{latent_id}/handling", responses=problems(403, 404, 503))
def get_latent_handling(
    latent_id: LatentId, asker: AskerDep, service: ServiceDep, response: Response
) -> HandlingView:
    """Who may see a latent; for the people of the owner."""
    handled = look_up_latent_handling(service.catalogue, latent_id, asker)
    return answer_handling(handled, response)


@router.patch("/{latent_id}/handling", responses=problems(400, 403, 404, 412, 422, 503))
def patch_latent_handling(
    latent_id: LatentId,
    patch: LatentHandlingPatch,
    if_match: Match,
    asker: AskerDep,
    service: ServiceDep,
    response: Response,
) -> HandlingView:
    """Change who may see a latent; it holds from the next answer on."""
    change, revision = patch.to_change(), revision_of(if_match)
    handled = change_latent_handling(service.catalogue, latent_id, change, revision, asker)
    return answer_handling(handled, response)


@router.post("/{latent_id}/end", responses=problems(400, 403, 404, 409, 422, 503))
def post_latent_end(
    latent_id: LatentId, body: LatentEnd, asker: AskerDep, service: ServiceDep
) -> LatentView:
    """Solve or withdraw a latent of your bureau: no search finds it any more."""
    return show_latent(close(service.catalogue, latent_id, body.status, body.reason, asker))
