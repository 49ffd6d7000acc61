"""How much there is of what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.asking import AskerDep
from api.descriptions import problems
from api.schemas.hits import CountQuery
from api.schemas.statistics import StatisticsView, show_statistics
from api.service import ServiceDep
from engine.statistics.reading import read_all_statistics

router = APIRouter(prefix="/v1/statistics", tags=["statistics"])


@router.get("", responses=problems(400, 403, 422, 503))
def get_statistics(
    query: Annotated[CountQuery, Query()], asker: AskerDep, service: ServiceDep
) -> StatisticsView:
    """Notices, hits, searches and messages by day and region.

    Notices are counted as you may see them; the rest is that of your bureau, or of all bureaus for
    the General Secretariat and the CCC, less what is about persons hidden from you.
    """
    first, last = query.days()
    return show_statistics(read_all_statistics(service.catalogue, first, last, asker))
