"""A member changes its region; its prints follow without being enrolled again."""

from __future__ import annotations

from typing import Any

import pytest

from engine.asker import Asker
from engine.errors import BadRequest, Forbidden
from engine.gallery.gallery import Gallery
from engine.identity.bureaus import (
    NewSubBureau,
    create_sub_bureau,
    look_up_bureau,
    move_bureau,
)
from engine.lookup import look_up_person
from engine.terminal import operator
from indexer.builder import build, rebuild
from indexer.checking import check
from support import make_template


def shards(gallery: Gallery) -> dict[str, int]:
    """Prints by shard."""
    found: dict[str, int] = {}
    for segment in gallery.snapshot().segments:
        found[segment.shard.slug] = found.get(segment.shard.slug, 0) + len(segment.prints)
    return found


def test_prints_follow_with_a_rebuild(gallery: Gallery, enrol_template: Any, asker: Asker) -> None:
    """New ones at once; until the rebuild the check names those that are astray."""
    enrol_template(gallery, "P1", make_template(1), ncb="TR")
    enrol_template(gallery, "P2", make_template(2), ncb="FR")
    build(gallery.catalogue, gallery.folder)
    move_bureau(gallery.catalogue, "tr", "middle east", operator())
    enrol_template(gallery, "P3", make_template(3), ncb="TR")
    assert shards(gallery) == {"europe-tp": 2, "middle-east-north-africa-tp": 1}
    assert "another shard" in str(check(gallery.catalogue, gallery.folder).index_faults)
    rebuild(gallery.catalogue, gallery.folder)
    assert shards(gallery) == {"europe-tp": 1, "middle-east-north-africa-tp": 2}
    assert check(gallery.catalogue, gallery.folder).sound
    region = look_up_person(gallery.catalogue, "P1", asker).region
    assert region == "Middle East & North Africa"


def test_sub_bureaus_move_with_their_ncb(gallery: Gallery) -> None:
    """And not by themselves; the whole network is in no region."""
    catalogue, local = gallery.catalogue, operator()
    create_sub_bureau(catalogue, NewSubBureau("CN", "HK", "Hong Kong"), local)
    move_bureau(catalogue, "CN", "Europe", local)
    assert look_up_bureau(catalogue, "CN-HK")[0].region == "Europe"
    for code in ("CN-HK", "IPSG"):
        with pytest.raises(BadRequest, match="is no NCB"):
            move_bureau(catalogue, code, "Africa", local)
    for region in ("Atlantis", "", "all", "a,b"):
        with pytest.raises(BadRequest, match="unknown region"):
            move_bureau(catalogue, "CN", region, local)


def test_moving_is_for_administrators(gallery: Gallery, asker: Asker) -> None:
    """An NCB does not choose its region."""
    with pytest.raises(Forbidden):
        move_bureau(gallery.catalogue, "FR", "Africa", asker)
