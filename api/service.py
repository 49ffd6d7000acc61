"""What the routes work with, opened at start and closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from api.jobs import JobRunner
from api.metrics import Metrics
from api.token import load_token
from engine.errors import StorageError
from engine.extractor import Extractor
from engine.gallery.catalogue import Catalogue
from engine.gallery.gallery import Gallery, open_gallery
from engine.search import Searcher
from engine.settings import Settings
from engine.warmup import warm_up

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
        token: that callers must bear.
    """

    gallery: Gallery
    extractor: Extractor
    searcher: Searcher
    jobs: JobRunner
    metrics: Metrics
    token: str = field(repr=False)

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
        searcher = Searcher(gallery, extractor, settings.threads)
        token = load_token(settings)
        with JobRunner(gallery.catalogue) as jobs:
            yield Service(gallery, extractor, searcher, jobs, metrics, token)


def service_of(request: Request) -> Service:
    """The parts of the server that got this request."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]
