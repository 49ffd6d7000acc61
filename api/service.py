"""What the routes work with, opened at start and closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import Depends, Request

from api.authority import Authority, open_authority
from api.calendar import keeping_calendar
from api.events.calling import keeping_callbacks
from api.events.hub import EventHub, keeping_hub
from api.following import keeping_up
from api.jobs import JobRunner
from api.limits import Limits
from api.metrics import Metrics
from api.rate_limit import RateLimit
from engine.audit.checkpointing import keeping_checkpoints
from engine.errors import StorageError
from engine.extractor import Extractor
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import Gallery, open_gallery
from engine.search import Searcher
from engine.settings import Settings
from engine.warmup import warm_up

HASHES_AT_ONCE = 4
"""Each hash of a password takes 64 MiB, on purpose."""

MakeExtractor = Callable[[Settings], Extractor]


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running server.

    Attributes:
        gallery: what is searched.
        extractor: what reads images.
        searcher: of that gallery, with that extractor.
        jobs: what is done while the caller does not wait.
        metrics: what is counted.
        authority: what verifies tokens.
        sign_ins: how often an address may try to sign in.
        hashing: places for those who sign in at once.
        limits: of searches and enrolments.
        hub: of the streams of events.
        settings: that the server was started with.
    """

    gallery: Gallery
    extractor: Extractor
    searcher: Searcher
    jobs: JobRunner
    metrics: Metrics
    authority: Authority
    sign_ins: RateLimit
    hashing: BoundedSemaphore
    limits: Limits
    hub: EventHub
    settings: Settings

    @property
    def catalogue(self) -> Catalogue:
        """Of the gallery."""
        return self.gallery.catalogue


@contextmanager
def open_service(
    settings: Settings, make_extractor: MakeExtractor, metrics: Metrics
) -> Iterator[Service]:
    """Open everything and run one search, so that the first caller does not pay for it.

    Raises:
        StorageError: the gallery cannot be opened.
        MissingPart: the extractor cannot be made.
    """
    gallery = open_gallery(settings)
    with closing(gallery.catalogue):
        extractor = make_extractor(settings)
        warm_up(extractor)
        with suppress(StorageError):  # `/readyz` tells, and a rebuild mends it meanwhile
            gallery.snapshot()
        metrics.watch(gallery)
        searcher = Searcher(gallery, extractor, settings.threads, settings.calibration)
        authority = open_authority(settings, gallery.catalogue)
        sign_ins = RateLimit(settings.sign_ins_per_minute)
        hashing = BoundedSemaphore(HASHES_AT_ONCE)
        keeping = keeping_checkpoints(gallery.catalogue, settings)
        calendar = keeping_calendar(gallery.catalogue)
        events = keeping_hub(gallery.catalogue, settings.events_per_user)
        calls = keeping_callbacks(gallery.catalogue, settings)
        upkeep = keeping_up(gallery)
        with keeping, calendar, upkeep, calls, events as hub, JobRunner(gallery.catalogue) as jobs:
            yield Service(
                gallery=gallery,
                extractor=extractor,
                searcher=searcher,
                jobs=jobs,
                metrics=metrics,
                authority=authority,
                sign_ins=sign_ins,
                hashing=hashing,
                limits=Limits(gallery.catalogue, settings, metrics),
                hub=hub,
                settings=settings,
            )


def service_of(request: Request) -> Service:
    """The parts of the server that got this request."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]
