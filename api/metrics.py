"""What is counted, for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.gallery.gallery import Gallery
from engine.gallery.visibility import Visibility, open_sizes

SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
"""Limits of the histograms: stages take from one millisecond, searches up to some seconds."""

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
"""Methods that are counted by name; callers could invent any number of others."""


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        """Start at zero."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "whorl_http_requests_total",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "whorl_http_request_seconds",
            "Time from request to answer.",
            ("route",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.searches = Counter(
            "whorl_searches_total", "Searches, by their end.", ("end",), registry=self.registry
        )
        self.stage_seconds = Histogram(
            "whorl_search_stage_seconds",
            "Time of a search's stages.",
            ("stage",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.refused = Counter(
            "whorl_refused_total",
            "Searches and enrolments refused by a limit.",
            ("limit",),
            registry=self.registry,
        )
        self.enrolled = Counter(
            "whorl_prints_enrolled_total", "Prints stored.", registry=self.registry
        )

    def watch(self, gallery: Gallery) -> None:
        """Tell the size of a gallery too."""
        self.registry.register(_GallerySize(gallery))

    def note_stages(self, times: Mapping[str, float]) -> None:
        """Count a search that was answered, with milliseconds of each stage."""
        self.searches.labels("answered").inc()
        for stage, milliseconds in times.items():
            self.stage_seconds.labels(stage).observe(milliseconds / 1000)

    def text(self) -> bytes:
        """All counters in Prometheus' text form."""
        return generate_latest(self.registry)


class _GallerySize(Collector):
    """Prints that can be searched, and shards that cannot, read when asked."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self.visibility = Visibility(gallery.catalogue)

    def collect(self) -> Iterator[Metric]:
        """The numbers now."""
        snapshot = self.gallery.snapshot()
        prints = open_sizes(snapshot, self.visibility)
        size = GaugeMetricFamily(
            "whorl_gallery_prints",
            "Prints in the index that are open to all bureaus.",
            labels=("shard",),
        )
        for shard, count in prints.items():
            size.add_metric((shard,), count)
        yield size
        yield GaugeMetricFamily(
            "whorl_shards_failed", "Shards that cannot be searched.", len(snapshot.failed)
        )

    def describe(self) -> Iterator[Metric]:
        """Nothing: the gallery need not be read to be registered."""
        return iter(())


class CountRequests:
    """Counts requests by the route that answered, not by the path that was asked."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Wrap an application."""
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if scope["method"] in METHODS else "other"
            self.metrics.requests.labels(method, route, status).inc()
            self.metrics.request_seconds.labels(route).observe(time.perf_counter() - start)
