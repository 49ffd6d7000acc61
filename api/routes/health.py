"""Whether the server lives and can answer, and what it has counted."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import Field

from api.schemas.answers import ShardFailure
from api.schemas.base import Body
from api.service import Service, ServiceDep
from api.shards import show_failures
from engine.errors import StorageError
from engine.gallery.visibility import open_sizes

router = APIRouter(tags=["health"])


class LiveView(Body):
    """The process answers."""

    status: Literal["alive"] = "alive"


class ReadyView(Body):
    """Whether searches can be answered in full, and why not."""

    status: Literal["ready", "not ready"]
    extractor: str = Field(description="What is loaded.", examples=["leader-2"])
    shards: dict[str, int] = Field(
        description="Prints open to all bureaus, in each shard that has any.",
        examples=[{"europe-tp": 48}],
    )
    shards_failed: list[ShardFailure] = Field(default=[])
    reasons: list[str] = Field(default=[], description="Why it is not ready.")


@router.get("/healthz")
async def get_health() -> LiveView:
    """The process is alive."""
    return LiveView()


@router.get("/readyz", responses={503: {"model": ReadyView, "description": "Not ready."}})
def get_readiness(service: ServiceDep, response: Response) -> ReadyView:
    """The catalogue answers, the extractor is loaded and every shard can be searched."""
    view = _readiness(service)
    if view.status != "ready":
        response.status_code = 503
    return view


def _readiness(service: Service) -> ReadyView:
    """What is ready and what is not."""
    name = service.extractor.name
    try:
        service.catalogue.now()
        snapshot = service.gallery.snapshot()
    except StorageError:
        reasons = ["the catalogue or the index cannot be read"]
        return ReadyView(status="not ready", extractor=name, shards={}, reasons=reasons)
    failures = {shard.slug: reason for shard, reason in snapshot.failed.items()}
    return ReadyView(
        status="not ready" if failures else "ready",
        extractor=name,
        shards=open_sizes(snapshot, service.searcher.visibility),
        shards_failed=show_failures(service.gallery, failures),
        reasons=[f"shard {shard} cannot be searched" for shard in sorted(failures)],
    )


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def get_metrics(service: ServiceDep) -> Response:
    """Counters for Prometheus."""
    return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)
