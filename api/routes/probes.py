"""Kept probes, for the bureau that searched them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.notice_query import PageQuery
from api.schemas.probes import KeptProbeDetail, ProbePage, show_kept_probe, show_probes
from api.service import ServiceDep
from api.stored_pictures import picture
from engine.probes import list_kept, open_probe, open_probe_image

router = APIRouter(prefix="/v1/probes", tags=["searches"])

ProbeId = Annotated[str, Path(description="Id of the probe, as its search answered.")]
Place = Annotated[int, Path(ge=0, le=9, description="Which print, from 0.")]


@router.get("", responses=problems(422, 503))
def get_probes(
    query: Annotated[PageQuery, Query()], asker: AskerDep, service: ServiceDep
) -> ProbePage:
    """The probes that searches of your bureau have kept, the newest first."""
    found, total = list_kept(service.catalogue, query.offset, query.results, asker)
    return show_probes(found, total, query.asked())


@router.get("/{probe_id}", responses=problems(404, 503))
def get_probe(probe_id: ProbeId, asker: AskerDep, service: ServiceDep) -> KeptProbeDetail:
    """A kept probe with the minutiae that were searched."""
    return show_kept_probe(*open_probe(service.catalogue, probe_id, asker))


@router.get(
    "/{probe_id}/images/{place}",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {}}, "description": "The print at 500 ppi, grey."},
        **problems(404, 503),
    },
)
def get_probe_image(
    probe_id: ProbeId, place: Place, asker: AskerDep, service: ServiceDep
) -> Response:
    """The image of a print of a kept probe as PNG at 500 ppi."""
    file = open_probe_image(service.catalogue, probe_id, place, asker)
    return picture(file.data, file.name, file.ppi)
