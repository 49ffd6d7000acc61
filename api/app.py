"""The HTTP interface as one application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version

from fastapi import Depends, FastAPI
from fastapi.concurrency import contextmanager_in_threadpool
from fastapi.telemetry import TelemetryConfig
from starlette.types import Lifespan

from api.body_limit import BodyLimit
from api.clean_text import refuse_controls
from api.descriptions import describe_interface
from api.docs import add_docs
from api.guard import Guard
from api.last_resort import LastResort
from api.metrics import CountRequests, Metrics
from api.portal.problem_pages import ProblemPages
from api.portal.routes import PAGES
from api.portal.state import make_portal
from api.problems import add_handlers
from api.routes import (
    account,
    audit,
    bureaus,
    centre,
    discovery,
    encounters,
    events,
    examinations,
    health,
    hits,
    latents,
    messages,
    notice_acts,
    notices,
    persons,
    prints,
    probes,
    regions,
    searches,
    statistics,
    tokens,
    users,
    webhooks,
)
from api.security_headers import SecurityHeaders
from api.service import MakeExtractor, open_service
from api.slow_bodies import Patience, SlowBodies
from api.token_form import OAuthError
from engine.extractor import make_extractor
from engine.settings import Settings

TAGS = [
    {"name": "searches", "description": "A print in, a ranked list out."},
    {"name": "latents", "description": "Unsolved latents, and prints that are like them."},
    {"name": "persons", "description": "Persons on record and their prints."},
    {"name": "prints", "description": "Single prints and their images."},
    {"name": "examinations", "description": "Examiners decide on candidates, two by two."},
    {"name": "hits", "description": "Confirmed identifications between two bureaus."},
    {"name": "messages", "description": "Messages between bureaus and to the CCC."},
    {"name": "notices", "description": "Notices and diffusions, and their inbox."},
    {"name": "centre", "description": "The work of the CCC in its three rooms."},
    {"name": "statistics", "description": "How much there is of what."},
    {"name": "events", "description": "What happens, as it happens."},
    {"name": "audit", "description": "Who did what to which record, and why."},
    {"name": "regions", "description": "What a search may be narrowed to."},
    {"name": "identity", "description": "Sign in and out."},
    {"name": "users", "description": "People, programs and bureaus."},
    {"name": "health", "description": "For whoever runs the server."},
]

ROOMS = (
    searches,
    probes,
    latents,
    persons,
    encounters,
    prints,
    examinations,
    hits,
    messages,
    centre,
    events,
    webhooks,
    statistics,
    notices,
    notice_acts,
    audit,
    regions,
    tokens,
    account,
    users,
    bureaus,
    discovery,
    health,
)

SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework would send traces where the environment tells it; ours stay on the machine."""


def create_app(settings: Settings, make: MakeExtractor = make_extractor) -> FastAPI:
    """The application of these settings; everything is opened when it starts.

    Args:
        settings: of the server.
        make: makes the extractor.
    """
    metrics = Metrics()
    app = FastAPI(
        title="Whorl",
        version=version("whorl"),
        docs_url=None,
        redoc_url=None,
        openapi_tags=TAGS,
        telemetry=SILENT,
        lifespan=_lifespan(settings, make, metrics),
        dependencies=[Depends(refuse_controls)],
    )
    app.state.portal = make_portal(settings)
    for room in (*ROOMS, *PAGES):
        app.include_router(room.router)
    add_docs(app)
    add_handlers(app)
    app.add_exception_handler(OAuthError, tokens.answer_oauth_error)
    _wrap(app, settings, metrics)
    app.openapi = cache(lambda: describe_interface(app))  # type: ignore[method-assign]
    return app


def _lifespan(settings: Settings, make: MakeExtractor, metrics: Metrics) -> Lifespan[FastAPI]:
    """What happens at start and end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opening = open_service(settings, make, metrics)
        async with contextmanager_in_threadpool(opening) as service:
            app.state.service = service
            yield
            app.state.portal.shelf.clear()

    return lifespan


def _wrap(app: FastAPI, settings: Settings, metrics: Metrics) -> None:
    """Put the layers around the routes; the last added is the outermost."""
    app.add_middleware(SlowBodies, patience=Patience())
    app.add_middleware(BodyLimit, limit=settings.max_upload_bytes)
    app.add_middleware(Guard)
    app.add_middleware(LastResort)
    app.add_middleware(ProblemPages)
    app.add_middleware(CountRequests, metrics=metrics)
    app.add_middleware(SecurityHeaders, https=app.state.portal.https)
