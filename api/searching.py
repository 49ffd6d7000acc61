"""Searching, counting, and keeping the probe if that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from api.schemas.answers import AnswerView, show_answer
from api.service import Service
from api.shards import show_failures
from engine.asker import Asker
from engine.candidates import SearchRequest
from engine.errors import WhorlError
from engine.probes import keep_probe
from engine.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """A search that somebody wants.

    Attributes:
        request: what is searched.
        asker: who wants it.
        keep: whether the probe is kept.
        watch: tells others how far the search is.
    """

    request: SearchRequest
    asker: Asker
    keep: bool = False
    watch: Stopwatch | None = None


def search_and_keep(service: Service, search: Search) -> AnswerView:
    """Search and count; keep the probe of a search that was answered."""
    try:
        answer = service.searcher.search(search.request, search.asker, search.watch)
    except WhorlError:
        service.metrics.searches.labels("refused").inc()
        raise
    service.metrics.note_stages(answer.times)
    kept = None
    if search.keep:
        days = service.settings.probe_days
        kept = keep_probe(service.catalogue, search.request, answer, days, search.asker).id
    return show_answer(answer, show_failures(service.gallery, answer.shards_failed), kept)
