"""Whatever is done to a chain, wherever: it is found at the first row that it broke."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, update

import audit_support as hands
from engine.audit.breaks import BreakKind
from engine.audit.verification import verify
from engine.gallery.catalogue import Catalogue, open_catalogue
from engine.settings import Settings

ROWS = 12
TEXTS = ("at", "actor", "ncb", "action", "purpose", "case_ref", "subject", "detail", "roles")
COVERED = (*TEXTS, "persons", "previous", "hash")

numbers = st.integers(1, ROWS)
often = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Twelve rows that each example tampers with in a transaction that is undone."""
    folder: Path = tmp_path_factory.mktemp("chain")
    opened = open_catalogue(Settings(data_dir=folder, database_url=None))
    hands.act(opened, ROWS // 2)
    yield opened
    opened.close()


class _Undo(Exception):
    """Ends a transaction without a trace."""


def tampered(chain: Catalogue, hand: Any) -> tuple[int, BreakKind]:
    """Where a chain is broken, and how, once a hand was at it."""
    result: list[tuple[int, BreakKind]] = []

    def do(connection: Connection) -> None:
        hand(connection)
        broken = verify(connection).broken
        assert broken is not None
        result.append((broken.row, broken.kind))
        raise _Undo

    with pytest.raises(_Undo), chain.recording() as connection:
        do(connection)
    return result[0]


@often
@given(row=numbers, column=st.sampled_from(COVERED), value=st.text(max_size=8))
def test_any_edit_is_found(chain: Catalogue, row: int, column: str, value: str) -> None:
    """Of any row and field."""
    with chain.reading() as connection:
        old = getattr(hands.row_at(connection, row), column)
    new = value if value != old else f"{value}x"
    assert tampered(chain, lambda c: hands.rewrite(c, row, **{column: new})) == (
        row,
        BreakKind.EDITED,
    )


@often
@given(row=st.integers(1, ROWS - 1), column=st.sampled_from(TEXTS), value=st.text(max_size=8))
def test_any_edit_with_a_new_hash_is_found(
    chain: Catalogue, row: int, column: str, value: str
) -> None:
    """But of the last row: there only a checkpoint tells."""
    with chain.reading() as connection:
        old = getattr(hands.row_at(connection, row), column)
    new = value if value != old else f"{value}x"
    assert tampered(chain, lambda c: hands.rehash(c, row, **{column: new})) == (
        row,
        BreakKind.EDITED,
    )


@often
@given(first=st.integers(1, ROWS - 1), count=st.integers(1, ROWS), renumber=st.booleans())
def test_any_deletion_is_found(chain: Catalogue, first: int, count: int, *, renumber: bool) -> None:
    """Of one or many rows, with holes in the numbers or without."""
    last = min(first + count - 1, ROWS - 1)

    def hand(connection: Connection) -> None:
        hands.remove(connection, first, last)
        if renumber:
            hands.shift(connection, last + 1, first - last - 1)

    assert tampered(chain, hand) == (first, BreakKind.DELETED)


@often
@given(row=st.integers(2, ROWS), actor=st.text(max_size=8))
def test_any_insertion_is_found(chain: Catalogue, row: int, actor: str) -> None:
    """Though the row that was put in follows the one before as it should."""
    assert tampered(chain, lambda c: hands.put_in(c, row, actor=actor)) == (
        row,
        BreakKind.INSERTED,
    )


@often
@given(pair=st.lists(numbers, min_size=2, max_size=2, unique=True))
def test_any_swap_is_found(chain: Catalogue, pair: list[int]) -> None:
    """At the lower of the two."""
    assert tampered(chain, lambda c: hands.swap_numbers(c, *pair)) == (
        min(pair),
        BreakKind.REORDERED,
    )


@often
@given(row=numbers, person=st.text(min_size=1, max_size=8))
def test_any_edit_of_the_persons_is_found(chain: Catalogue, row: int, person: str) -> None:
    """At the row that they belong to."""
    changed = update(hands.PERSONS).where(hands.PERSONS.c.number == row)
    assert tampered(chain, lambda c: c.execute(changed.values(person_id=f"{person}!"))) == (
        row,
        BreakKind.EDITED,
    )
