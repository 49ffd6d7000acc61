"""Kept probes: until their day is over, for their bureau; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.candidates import ImageFile, SearchRequest
from engine.errors import Forbidden, NotFound
from engine.gallery.gallery import Gallery
from engine.gallery.latent_tables import probe_print
from engine.probes import erase_over, keep_probe, list_kept, open_probe, require_keeping
from engine.search import Searcher
from engine.search_modes import SearchMode
from latent_support import FRENCH, GERMAN
from support import make_template

TEMPLATE = make_template(1)


@pytest.fixture
def kept(gallery: Gallery) -> str:
    """Id of a probe that is kept for three days."""
    request = SearchRequest(TEMPLATE, mode=SearchMode.LATENT_TO_PRINTS)
    answer = Searcher(gallery, None).search(request, FRENCH)  # type: ignore[arg-type]
    return keep_probe(gallery.catalogue, request, answer, 3, FRENCH).id


def test_a_kept_probe_says_whose_it_is(gallery: Gallery, kept: str) -> None:
    """And is read by the own bureau alone, with the clearance of who searched."""
    found, prints = open_probe(gallery.catalogue, kept, FRENCH)
    assert (found.ncb, found.case_ref, found.mode) == ("FR", "FR-case-1", "LT-TP")
    assert prints[0].template.minutiae.xy.tolist() == TEMPLATE.minutiae.xy.tolist()
    assert prints[0].image is None
    low = replace(FRENCH, clearance=type(FRENCH.clearance)(1))
    for asker in (GERMAN, low, replace(FRENCH, ncb="")):
        with pytest.raises(NotFound):
            open_probe(gallery.catalogue, kept, asker)
        assert list_kept(gallery.catalogue, 0, 9, asker) == ([], 0)


def test_a_kept_probe_ends_with_its_day(gallery: Gallery, kept: str) -> None:
    """It is erased with its prints, once."""
    now = datetime.now(UTC)
    assert erase_over(gallery.catalogue, now + timedelta(days=3), FRENCH) == 0
    assert erase_over(gallery.catalogue, now + timedelta(days=4), FRENCH) == 1
    assert erase_over(gallery.catalogue, now + timedelta(days=4), FRENCH) == 0
    with gallery.catalogue.reading() as connection:
        assert connection.execute(select(probe_print)).all() == []
    with pytest.raises(NotFound):
        open_probe(gallery.catalogue, kept, FRENCH)


def test_an_image_is_kept_as_it_came(gallery: Gallery) -> None:
    """Beside the template that was searched."""
    request = SearchRequest(TEMPLATE)
    answer = Searcher(gallery, None).search(request, FRENCH)  # type: ignore[arg-type]
    with_image = SearchRequest(ImageFile(b"invented", "probe.png", 500.0))
    made = keep_probe(gallery.catalogue, with_image, answer, 1, FRENCH)
    (one,) = open_probe(gallery.catalogue, made.id, FRENCH)[1]
    assert (one.image, one.ppi) == (b"invented", 500.0)


@pytest.mark.parametrize(("days", "ncb"), [(0, "FR"), (3, "")])
def test_probes_are_kept_where_that_is_allowed(days: int, ncb: str) -> None:
    """By the machine's settings, and for an organisation."""
    with pytest.raises(Forbidden, match="store_probe"):
        require_keeping(days, replace(FRENCH, ncb=ncb))
    require_keeping(3, FRENCH)
