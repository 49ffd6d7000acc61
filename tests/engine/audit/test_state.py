"""How the chain stands, without walking all of it."""

from __future__ import annotations

import audit_support as hands
from audit_support import ACTOR
from engine.audit.checkpoint_file import checkpoint_path
from engine.audit.state import look_up_state
from engine.gallery.catalogue import Catalogue
from engine.settings import Settings


def test_the_rows_since_the_last_checkpoint_are_walked(chain: Catalogue, places: Settings) -> None:
    """They agree; the reading itself is a row."""
    state = look_up_state(chain, places, ACTOR)
    assert (state.rows, state.agrees, state.fault) == (12, True, None)
    assert state.checkpoint is not None
    assert state.checkpoint.number == 9
    assert look_up_state(chain, places, ACTOR).rows == 13


def test_tampering_since_then_is_told(chain: Catalogue, places: Settings) -> None:
    """And at the row that was signed; what lies before is left to the whole walk."""
    for row, agrees in ((3, True), (11, False), (9, False)):
        with chain.recording() as connection:
            hands.rehash(connection, row, actor="x")
        assert look_up_state(chain, places, ACTOR).agrees is agrees


def test_a_missing_end_is_told(chain: Catalogue, places: Settings) -> None:
    """The row that was signed is not there."""
    with chain.recording() as connection:
        hands.remove(connection, 8, 12)
    state = look_up_state(chain, places, ACTOR)
    assert state.fault == "row 9, which was signed, is missing"


def test_a_damaged_file_is_told_without_its_name(chain: Catalogue, places: Settings) -> None:
    """And no file says nothing."""
    path = checkpoint_path(places)
    path.write_text("damaged\n")
    damaged = look_up_state(chain, places, ACTOR)
    assert damaged.agrees is False
    assert path.name not in str(damaged.fault)
    path.unlink()
    assert look_up_state(chain, places, ACTOR).agrees is None
